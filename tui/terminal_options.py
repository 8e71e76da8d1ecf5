"""What the reader says of the terminal in front of him: on the command line, else in the file."""

import os
import sys
from argparse import ArgumentParser, BooleanOptionalAction, Namespace
from collections.abc import Sequence
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from tui.config import Config

APP_ALONE = ("--no-mouse", "--slow-line", "--no-slow-line")


def ascii_option(parser: ArgumentParser) -> None:
    """Add ``--ascii``."""
    parser.add_argument_group("terminal").add_argument(
        "--ascii",
        action=BooleanOptionalAction,
        help="write ASCII to a terminal; on by itself where the locale is not UTF-8",
    )


def app_options(parser: ArgumentParser) -> None:
    """Add what only the app knows."""
    parser.add_argument("--no-mouse", action="store_true", help="leave the mouse to the terminal")
    parser.add_argument(
        "--slow-line",
        action=BooleanOptionalAction,
        help="16 colours, no preview until asked, half pages, no clock; on by itself over SSH "
        "where the terminal answers late",
    )


def told(config: "Config", args: Namespace) -> "Config":
    """The settings, as the options in ``args`` change them."""
    names = ("ascii", "slow_line")
    options = {name: getattr(args, name, None) for name in names}
    return config._replace(**{name: value for name, value in options.items() if value is not None})


def speak(words: Sequence[str], ascii: bool | None) -> None:
    """Write to the terminal in the signs that it has, before ``words`` are read for the rest."""
    if not any(stream is not None and stream.isatty() for stream in (sys.stdout, sys.stderr)):
        return
    from tui.key_names import spell_out
    from tui.output import streams
    from tui.plain import signs

    for word in words:
        if word in ("--ascii", "--no-ascii"):
            ascii = word == "--ascii"
    terminal_signs = signs(os.environ, ascii)
    if ascii is not None or not terminal_signs.whole:
        streams.speak(terminal_signs)
    if not terminal_signs.whole:
        spell_out()
