"""``hubscope diff A B``: two models side by side; ``diff A``: one model since an earlier look."""

from argparse import ArgumentParser, Namespace

from tui.ask.repo import diff as ask
from tui.ask.snapshots import changes
from tui.ask.sources import Sources
from tui.commands._answer import answer, context, write
from tui.commands._options import model_of
from tui.output.diff import output, since


def arguments(parser: ArgumentParser) -> None:
    """Add the options of ``diff``."""
    help_text = "a model's id or its Hub URL"
    parser.add_argument("a", metavar="A", help=help_text)
    parser.add_argument(
        "b", metavar="B", nargs="?", help=f"{help_text}; without it, A now and at the look before"
    )
    parser.add_argument("--changed", action="store_true", help="only what is known to differ")


def run(args: Namespace, sources: Sources) -> int:
    """Print the fields of both."""
    ids = [_model(text, sources) for text in (args.a, args.b) if text is not None]
    where = context("diff", sources)
    if len(ids) == 1:
        view = answer(
            args,
            sources,
            lambda: changes.peek(sources, "model", ids[0]),
            lambda: changes.stream(sources, "model", ids[0]),
        )
        return write(args, sources, view, since(view, where, changed=args.changed))
    view = answer(args, sources, lambda: ask.peek(sources, ids), lambda: ask.stream(sources, ids))
    return write(args, sources, view, output(view, where, changed=args.changed))


def _model(text: str, sources: Sources) -> str:
    return model_of(Namespace(repo=text, kind="model"), sources, "is held against nothing")
