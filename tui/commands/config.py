"""``hubscope config``: the settings in force, the file they come from, and a first one of it."""

import os
from argparse import ArgumentParser, Namespace

from tui import config
from tui.ask.sources import Sources
from tui.commands._answer import context, local, write
from tui.model import Problem
from tui.output.config import output
from tui.store.paths import home, make_folder


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
    folders = home(os.environ)
    if args.action == "init":
        _begin(folders.config)
    found, faults = config.read(folders.config)
    settings = {
        "file": folders.config_file,
        **found._asdict(),
        "lens": found.lens._asdict() | {"relations": list(found.lens.relations)},
        "keys": {name: list(keys) for name, keys in found.keys.items()},
    }
    if args.action != "show":
        settings = {"file": folders.config_file}
    view = local(settings)
    code = write(args, sources, view, output(view, context("config", sources)))
    return 2 if faults and args.action == "show" else code


def _begin(folder: str) -> None:
    path = os.path.join(folder, config.FILE)
    try:
        make_folder(folder)
        with open(path, "x", encoding="utf-8") as file:
            file.write(config.EXAMPLE)
    except FileExistsError:
        raise Problem(f"{path} is there already; edit it, `hubscope config` shows it") from None
    except OSError as error:
        raise Problem(f"{path}: {error.strerror}; nothing was written") from None
