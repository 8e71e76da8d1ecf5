"""The shell: a command reads its arguments, asks one question and prints the answer.

One file for each command, with the command's name; what several share begins with ``_``.
"""

from argparse import ArgumentParser, Namespace
from typing import Protocol

from tui.ask.sources import Sources


class Command(Protocol):
    """What a command is: a module with these two functions."""

    def arguments(self, parser: ArgumentParser) -> None:
        """Add the command's own options."""

    def run(self, args: Namespace, sources: Sources) -> int:
        """Print the answer and return the exit code. Raises the Problem that leaves none."""
