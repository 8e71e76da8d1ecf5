"""``hubscope config``: the settings in force, and the file they come from."""

import os
from argparse import ArgumentParser, Namespace

from tui import config
from tui.ask.sources import Sources
from tui.commands._answer import write
from tui.model import View
from tui.output import json as shapes
from tui.output.forms import Output
from tui.store.paths import home


def arguments(parser: ArgumentParser) -> None:
    """Add nothing: ``config`` has no options of its own."""


def run(args: Namespace, sources: Sources) -> int:
    """Print the settings. Raises BadInput where the file cannot be used."""
    folders = home(os.environ)
    found = config.read(folders.config)
    settings = {
        "file": os.path.join(folders.config, config.FILE),
        "theme": found.theme,
        "mouse": found.mouse,
        "refresh": found.refresh,
        "keys": {name: list(keys) for name, keys in found.keys.items()},
    }
    rows = [(name, _text(value)) for name, value in settings.items()]
    view = View(rows=(), source="cache", as_of=None)
    output = Output(
        body=shapes.envelope("config", sources.endpoint, view, {"config": settings}),
        heads=("setting", "value"),
        rows=rows,
        text=[f"{name:<8} {value}" for name, value in rows],
        ids=[name for name, _ in rows],
    )
    write(args, output)
    return 0


def _text(value: object) -> str:
    if isinstance(value, dict):
        return ", ".join(f"{name} = {' '.join(keys)}" for name, keys in value.items()) or "default"
    if isinstance(value, bool):
        return "true" if value else "false"
    return "default" if value is None else str(value)
