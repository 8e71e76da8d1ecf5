"""The command line: one word chooses a command or the app, and only that is imported."""

import gc
import os
import sys
from argparse import SUPPRESS, ArgumentParser, RawDescriptionHelpFormatter
from contextlib import suppress
from typing import TYPE_CHECKING, NoReturn, cast

from tui import __version__, last_frame, terminal_options
from tui.model import BadInput, BadWord, Problem, StoreTrouble, clean_line
from tui.opening import open_sources, sample, settings
from tui.output.streams import point, tell
from tui.store.paths import home

if TYPE_CHECKING:
    from tui.commands import Command

# command -> what it answers, in the order of the help
COMMANDS = {
    "trending": "what is trending now, in the Hub's own order",
    "search": "repos by words, author, task and order",
    "show": "the facts of one model, dataset or Space",
    "card": "the README of a repo",
    "files": "the files of a repo with their sizes, and its sets of weights",
    "get": "take files of a repo onto this machine: a quantization, or by name",
    "fit": "what a model takes in memory, by quantization and context",
    "evals": "the evaluation results that a model's repo states",
    "diff": "two models side by side: facts, files, licence, base, evaluations",
    "tree": "a model's lineage: up to its roots, and down by relation",
    "families": "which model families lead, by whose count; --registry: which repos are whose",
    "family": "every measure of one or more families, with its definition",
    "compare": "families side by side, and how robust their order is",
    "origins": "whose models stand in a list: shares by country, with what is not known",
    "claims": "seven claims of the press, and what decides each",
    "why": "which rules give a repo its family and its origin",
    "save": "keep a search under a name, or a repo with a note",
    "saved": "bookmarks, saved searches, recent repos",
    "watch": "what changed on bookmarks and saved searches; for cron",
    "prefetch": "store lists, facts and cards for a time without a network",
    "snapshot": "dated looks: list, export, import, diff",
    "local": "the Hugging Face cache on this machine: what it holds, deletion",
    "machine": "what memory this machine has for a model",
    "census": "every model of the Hub on this machine: crawl, update, pull, status, remove, export",
    "series": "a family month by month, from a census: downloads, repos, derivatives, share",
    "cache": "what lies in the local store: where, size, prune, clear",
    "keys": "a cheat sheet of the keys in force, and of the words on the screen",
    "config": "the settings in force, and the file they come from",
    "completion": "a script for bash, zsh or fish that completes commands, options and values",
}
COMPLETE = "__complete"  # asked by the scripts of `completion`, and in no help
EPILOG = """\
without a command the app opens; `hubscope ORG/NAME` or a Hub URL opens it on
that card.
exit codes: 0 ok (stored rows included), 1 error, 2 usage, 3 not found or
private, 4 gated or no access, 5 offline and nothing stored, 6 rate-limited;
10 something changed, of `saved` and `snapshot diff` with --exit-code."""
RARELY = 50_000  # objects that come before garbage is looked for: a short command never does
_WIDTH = 79  # cells of a line of help, on the narrowest terminals too


class Parser(ArgumentParser):
    """argparse, with usage errors in the project's one-line form."""

    def error(self, message: str) -> NoReturn:
        """Raise the message as a Problem."""
        raise BadInput(f"{clean_line(message)}; see `{self.prog} --help`")


def entry() -> NoReturn:
    """The console script. Leaves at once: no thread that waits on a network is waited for."""
    code = main()
    try:
        if sys.stdout is not None:
            sys.stdout.flush()  # of --help and --version; an answer has been flushed
    except BrokenPipeError:
        pass
    except OSError as error:
        tell(f"the answer cannot be written: {error.strerror}; check the disk")
        code = code or 1
    with suppress(OSError, ValueError, AttributeError):
        sys.stderr.flush()
    os._exit(code)


def main(argv: list[str] | None = None) -> int:
    """Run ``hubscope`` with ``argv`` and return its exit code."""
    words = sys.argv[1:] if argv is None else argv
    try:
        return _run(words)
    except Problem as problem:
        last_frame.leave()
        tell(str(problem))
        if isinstance(problem, BadWord):
            point(problem)
        return problem.exit_code
    except KeyboardInterrupt:
        return 130
    except SystemExit as leaving:  # --help and --version
        return int(leaving.code or 0)


def _run(words: list[str]) -> int:
    if words[:1] == [COMPLETE]:
        from tui.completing import answer

        return answer(words[1:])
    chosen = settings()[0]
    terminal_options.speak(words, chosen.ascii)
    if endpoint := chosen.endpoint:
        os.environ.setdefault("HF_ENDPOINT", endpoint)  # huggingface_hub is to see it too
    name = next((word for word in words if word in COMMANDS), None)
    if name is None:
        return _app(words)
    other_words = list(words)
    other_words.remove(name)
    return _command(name, other_words)


def command(name: str) -> "tuple[Command, Parser]":
    """A command and the parser of all its words."""
    from importlib import import_module

    module = cast("Command", import_module(f"tui.commands.{name}"))
    parser = Parser(
        prog=f"hubscope {name}", description=f"{COMMANDS[name][:1].upper()}{COMMANDS[name][1:]}."
    )
    module.arguments(parser)
    formats(parser)
    sources_options(parser)
    return module, parser


def _command(name: str, words: list[str]) -> int:
    called, parser = command(name)
    args = parser.parse_args(words)
    if args.bom and args.format != "csv":
        raise BadInput("--bom marks comma-separated values for a spreadsheet; use it with --csv")
    sources = open_sources(args, sync=True)
    trouble_text = ""
    _begin_to_collect()
    try:
        return called.run(args, sources)
    except StoreTrouble as trouble:
        trouble_text = str(trouble)
        raise
    finally:
        sources.store.close()
        for line in sources.store.notices:
            if line != trouble_text:
                tell(line)


def _begin_to_collect() -> None:
    """Look for garbage from here on, where the start put it off until all was imported."""
    if not gc.isenabled():
        gc.freeze()
        gc.set_threshold(RARELY, *gc.get_threshold()[1:])
        gc.enable()


def app_parser() -> Parser:
    """The parser of the words that open the app."""
    from textwrap import fill

    listed = "\n".join(
        fill(f"  {name:<10} {meaning}", _WIDTH, subsequent_indent=" " * 13)
        for name, meaning in COMMANDS.items()
    )
    parser = Parser(
        prog="hubscope",
        description="A keyboard explorer for the Hugging Face Hub in a terminal.",
        usage="hubscope [COMMAND | ORG/NAME | URL] [options]",
        epilog=f"commands:\n{listed}\n\n{EPILOG}",
        formatter_class=RawDescriptionHelpFormatter,
    )
    parser.add_argument("repo", nargs="?", help=SUPPRESS)
    parser.add_argument("--version", action="version", version=f"hubscope {__version__}")
    terminal_options.app_options(parser)
    sources_options(parser)
    return parser


def _app(words: list[str]) -> int:
    args = app_parser().parse_args(words)
    target = None if args.repo is None else _target(args.repo)
    if target is None and not sys.stdout.isatty():
        command_words = [word for word in words if word not in terminal_options.APP_ALONE]
        return _command("trending", [*command_words, "--tsv"])
    if (os.environ.get("TERM") or "dumb") == "dumb" or not (os.isatty(0) and os.isatty(1)):
        raise BadInput("this terminal cannot show the app; use `hubscope trending` or `show ID`")
    from tui.app import Hubscope
    from tui.run import run

    folders, config = home(os.environ), terminal_options.told(settings()[0], args)
    fallback = None if args.no_sample else lambda: sample(args)
    sources, sample_note = sample(args) if args.sample else (open_sources(args), "")
    mouse = config.mouse and not args.no_mouse
    _guard_terminal()
    app = Hubscope(sources, config, target, fallback, sample_note, folders.state)
    return run(app, mouse=mouse)


def _guard_terminal() -> None:
    """Draw on the terminal whatever standard error is: the toolkit draws on standard error."""
    if not os.isatty(2):
        sys.__stderr__ = sys.__stdout__  # type: ignore[misc]  # where the toolkit looks for it


def _target(text: str) -> tuple[str, str]:
    """The kind and id that the one free word names. Raises BadInput where it names no repo."""
    from tui.hub.token import endpoint
    from tui.model.address import only_main, parse, read

    if "/" not in text.strip() and read(text, endpoint()) is None:
        raise BadInput(f"{clean_line(text)!r} is no command and no repo id; see `hubscope --help`")
    address = parse(text, endpoint())
    if note := only_main(address):
        tell(note)
    return address.kind, address.id


def formats(parser: ArgumentParser) -> None:
    """Add the options that say how an answer is written."""
    output = parser.add_argument_group("output")
    group = output.add_mutually_exclusive_group()
    for name, meaning in (
        ("json", "one JSON object"),
        ("csv", "comma-separated values"),
        ("tsv", "tab-separated values; what a pipe gets by default"),
        ("md", "a Markdown table"),
    ):
        group.add_argument(
            f"--{name}", dest="format", action="store_const", const=name, help=meaning
        )
    group.add_argument(
        "-q", "--quiet", dest="format", action="store_const", const="ids", help="ids only"
    )
    output.add_argument(
        "--bom", action="store_true", help="begin --csv with the mark that spreadsheets want"
    )


def sources_options(parser: ArgumentParser) -> None:
    """Add the options that say where an answer may come from."""
    group = parser.add_argument_group("source")
    group.add_argument("--offline", action="store_true", help="send no request; stored rows only")
    group.add_argument("--sample", action="store_true", help="answer from the bundled sample")
    group.add_argument("--no-sample", action="store_true", help="never fall back to the sample")
    group.add_argument("--partial", action="store_true", help="print what is there, though not all")
    group.add_argument("--wait", action="store_true", help="wait where the Hub asks to")
    terminal_options.ascii_option(parser)
