"""``hubscope config``: the settings in force, the file they come from, and a first one of it."""

import os
from argparse import ArgumentParser, Namespace

from tui import config
from tui.ask.sources import Sources
from tui.commands._answer import context, local, write
from tui.output.config import output


def arguments(parser: ArgumentParser) -> None:
    """Add the options of ``config``."""
    parser.add_argument(
        "action",
        nargs="?",
        choices=("show", "path", "init"),
        default="show",
        help="init writes a file in which every setting is explained, and none is changed",
    )


def run(args: Namespace, sources: Sources) -> int:
    """Print the settings, or the file's path; 2 where a setting of the file cannot be used."""
    folder = config.folder()
    if args.action == "init":
        config.begin(folder)
    chosen, faults = config.read(folder)
    path = os.path.join(folder, config.FILE)
    settings = {
        "file": path,
        **chosen._asdict(),
        "lens": chosen.lens._asdict() | {"relations": list(chosen.lens.relations)},
        "keys": {name: list(keys) for name, keys in chosen.keys.items()},
        "columns": {view: list(names) for view, names in chosen.columns.items()},
    }
    if args.action != "show":
        settings = {"file": path}
    view = local(settings)
    code = write(args, sources, view, output(view, context("config", sources)))
    return 2 if faults and args.action == "show" else code
