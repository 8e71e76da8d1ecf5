"""``hubscope config``: the settings in force, and the file they come from."""

import os
from argparse import ArgumentParser, Namespace

from tui import config
from tui.ask.sources import Sources
from tui.commands._answer import context, local, write
from tui.output.config import output


def arguments(parser: ArgumentParser) -> None:
    """Add nothing: ``config`` has no options of its own."""


def run(args: Namespace, sources: Sources) -> int:
    """Print the settings. Raises BadInput where the file cannot be used."""
    folder = config.folder()
    found = config.read(folder)
    settings = {
        "file": os.path.join(folder, config.FILE),
        "theme": found.theme,
        "mouse": found.mouse,
        "refresh": found.refresh,
        "keys": {name: list(keys) for name, keys in found.keys.items()},
    }
    view = local(settings)
    return write(args, sources, view, output(view, context("config", sources)))
