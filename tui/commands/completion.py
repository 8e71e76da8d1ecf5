"""``hubscope completion bash|zsh|fish``: a script that completes the command line."""

from argparse import ArgumentParser, Namespace

from tui.ask.sources import Sources
from tui.output.completion import SCRIPTS
from tui.output.streams import write


def arguments(parser: ArgumentParser) -> None:
    """Add the shell."""
    parser.add_argument("shell", choices=list(SCRIPTS), help="the shell that is to read it")


def run(args: Namespace, sources: Sources) -> int:
    """Print the script."""
    write(SCRIPTS[args.shell].splitlines())
    return 0
