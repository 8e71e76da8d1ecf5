"""``hubscope diff A B``: two models side by side; ``diff A``: one model since an earlier look."""

from argparse import ArgumentParser, Namespace
from shutil import get_terminal_size

from tui.analysis.repo.diff import Side, rows
from tui.ask.repo import diff as ask
from tui.ask.snapshots import changes
from tui.ask.sources import Sources
from tui.commands._answer import answer, note, write
from tui.commands.one import repo_of
from tui.model import BadInput, View
from tui.model.when import iso
from tui.output import json as shapes
from tui.output.forms import Output
from tui.render import diff as drawn
from tui.render.spans import plain

_HEADS = ("field", "a", "b", "same")


def arguments(parser: ArgumentParser) -> None:
    """Add the options of ``diff``."""
    what = "a model's id or its Hub URL"
    parser.add_argument("a", metavar="A", help=what)
    parser.add_argument(
        "b", metavar="B", nargs="?", help=f"{what}; without it, A now and at the look before"
    )
    parser.add_argument("--changed", action="store_true", help="only what is known to differ")


def run(args: Namespace, sources: Sources) -> int:
    """Print the fields of both."""
    if args.b is None:
        return _run_since(args, sources)
    ids = [_model(text, sources) for text in (args.a, args.b)]
    view = answer(args, sources, lambda: ask.peek(sources, ids), lambda: ask.stream(sources, ids))
    note(args, view, sources.now())
    write(args, _output(sources, view, args.changed))
    return 0


def _run_since(args: Namespace, sources: Sources) -> int:
    """Print what one model was at the look before, and what it is."""
    repo_id = _model(args.a, sources)
    view = answer(
        args,
        sources,
        lambda: changes.peek(sources, "model", repo_id),
        lambda: changes.stream(sources, "model", repo_id),
    )
    note(args, view, sources.now())
    write(args, _since(sources, view, args.changed))
    return 0


def _since(sources: Sources, view: View, changed: bool) -> Output:
    since: changes.Since = view.rows[0]
    found = [row for row in since.rows if row.same is False or not changed]
    before, after = since.before and iso(since.before.at), iso(since.after.at)
    cells = [(row.field, *row.values, row.same) for row in found]
    body = {
        "a": since.id,
        "b": since.id,
        "before": before,
        "after": after,
        "rows": [dict(zip(_HEADS, row, strict=True)) for row in cells],
    }
    first = f"no earlier look at {since.id} is kept; the one of {after} is the first"
    lines = drawn.lines([before or "", after], found, get_terminal_size().columns)
    return Output(
        body=shapes.envelope("diff", sources.endpoint, view, body),
        heads=("field", "before", "after", "same"),
        rows=cells,
        text=[plain(line).rstrip() for line in lines] if before else [first],
        ids=[since.id],
        caption=f"{since.id}: looks of {before} and {after}" if before else first,
    )


def _model(text: str, sources: Sources) -> str:
    kind, repo_id = repo_of(Namespace(repo=text, kind="model"), sources)
    if kind != "model":
        raise BadInput(f"{repo_id} is a {kind}; only models are held against each other")
    return repo_id


def _output(sources: Sources, view: View, changed: bool) -> Output:
    sides = [Side(one.id, one.detail, one.files) for one in view.rows]
    found = [row for row in rows(sides) if row.same is False or not changed]
    cells = [(row.field, *row.values, row.same) for row in found]
    ids = [side.id for side in sides]
    body = {
        "a": ids[0],
        "b": ids[1],
        "rows": [dict(zip(_HEADS, row, strict=True)) for row in cells],
    }
    lines = drawn.lines(ids, found, get_terminal_size().columns)
    return Output(
        body=shapes.envelope("diff", sources.endpoint, view, body),
        heads=_HEADS,
        rows=cells,
        text=[plain(line).rstrip() for line in lines],
        ids=ids,
        caption="same: empty where one side is not known",
    )
