"""``hubscope keys``: a cheat sheet of the keys in force, and of the words on the screen."""

from argparse import ArgumentParser, Namespace

from tui import config
from tui.ask.sources import Sources
from tui.commands._answer import context, local, write
from tui.key_groups import group_of, grouped, where
from tui.key_names import shown
from tui.output.keys import Pressed, output
from tui.output.streams import tell
from tui.remap import remap


def arguments(parser: ArgumentParser) -> None:
    """Add no options: there is one sheet."""


def run(args: Namespace, sources: Sources) -> int:
    """Print the commands with the reader's own keys, by what one wants to do."""
    keys, refused = remap(config.read(config.folder())[0].keys)
    for line in refused:
        tell(line)
    rows = [
        Pressed(
            command.id,
            [shown(key) for key in keys[command.id]],
            command.label,
            command.help,
            where(command),
            group_of(command),
        )
        for commands in grouped().values()
        for command in commands
    ]
    view = local(*rows)
    return write(args, sources, view, output(view, context("keys", sources)))
