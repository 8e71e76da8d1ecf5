"""``hubscope snapshot``: the dated looks that are kept; to a file, from a file, held together."""

from argparse import ArgumentParser, Namespace
from typing import Any

from tui.ask.snapshots import changes, snapshot
from tui.ask.snapshots.changes import Between, Change
from tui.ask.sources import Sources
from tui.commands._answer import write
from tui.model import BadInput, View
from tui.model.when import iso
from tui.output import json as shapes
from tui.output.forms import Cell, Output
from tui.render import cells
from tui.store.history import Snapshot

_ACTIONS = ("list", "export", "import", "diff")
_LOOK = ("id", "query", "endpoint", "at", "rows")
_CHANGE = (
    "id", "move", "rank_before", "rank_after", "downloads", "downloads_change", "likes",
    "likes_change",
)  # fmt: skip


def arguments(parser: ArgumentParser) -> None:
    """Add the options of ``snapshot``."""
    parser.add_argument(
        "action",
        nargs="?",
        choices=_ACTIONS,
        default="list",
        help="list the looks kept; export all that is stored and public to FILE; import FILE (or a "
        "table of published figures, .csv); diff two looks by their numbers",
    )
    parser.add_argument("what", nargs="*", metavar="FILE | NUMBER", help="see the action")


def run(args: Namespace, sources: Sources) -> int:
    """Do it, and print what there is now."""
    actions = {"list": _list, "export": _export, "import": _import, "diff": _diff}
    output = actions[args.action](args, sources)
    write(args, output)
    return 0


def _list(args: Namespace, sources: Sources) -> Output:
    if args.what:
        raise BadInput("`snapshot list` takes no further word; see `hubscope snapshot --help`")
    view = snapshot.peek(sources)
    rows = [_look(one) for one in view.rows]
    return Output(
        body=_envelope(sources, view, {"snapshots": [dict(zip(_LOOK, row)) for row in rows]}),
        heads=_LOOK,
        rows=rows,
        text=[f"{row[0]:>5}  {row[3]}  {row[4]:>5} rows  {row[1]}" for row in rows]
        or ["no look is kept yet; each list that comes from the Hub is kept as one"],
        ids=[str(row[0]) for row in rows],
    )


def _look(one: Snapshot) -> list[Cell]:
    return [one.id, one.query_key, one.endpoint, iso(one.at), one.n]


def _export(args: Namespace, sources: Sources) -> Output:
    done = snapshot.export(sources, _file(args))
    said = [f"{count:,} {what}" for what, count in done.counts.items()]
    left = [f"{done.private:,} private rows left out"] if done.private else []
    body = {"path": done.path, "bytes": done.size, "counts": done.counts, "private": done.private}
    text = f"{done.path}: {cells.size(done.size)}, {', '.join([*said, *left]) or 'nothing stored'}"
    left_out = {"private rows left out": done.private} if done.private else {}
    return _told(sources, body, done.counts | left_out, text)


def _import(args: Namespace, sources: Sources) -> Output:
    done = snapshot.load(sources, _file(args))
    said = [f"{count:,} {what}" for what, count in done.counts.items()]
    left = [f"{count:,} {why}" for why, count in done.left_out.items()]
    words = f"; {', '.join(left)}" if left else ""
    body = {"path": done.path, "counts": done.counts, "left_out": done.left_out}
    counts = done.counts | {f"left out: {why}": count for why, count in done.left_out.items()}
    return _told(sources, body, counts, f"{done.path}: {', '.join(said) or 'nothing'}{words}")


def _told(sources: Sources, body: dict[str, Any], counts: dict[str, int], text: str) -> Output:
    view = View(rows=(), source="cache", as_of=None)
    return Output(
        body=_envelope(sources, view, body),
        heads=("what", "count"),
        rows=list(counts.items()),
        text=[text],
        ids=[str(body["path"])],
    )


def _diff(args: Namespace, sources: Sources) -> Output:
    if len(args.what) > 2 or not all(word.isdecimal() for word in args.what):
        raise BadInput("`snapshot diff` takes up to two numbers; `hubscope snapshot list` has them")
    found = changes.between(sources, *changes.pair(sources, [int(word) for word in args.what]))
    rows = [_changed(one) for one in found.rows]
    body = {
        "before": dict(zip(_LOOK, _look(found.before))),
        "after": dict(zip(_LOOK, _look(found.after))),
        "rows": [dict(zip(_CHANGE, row)) for row in rows],
    }
    return Output(
        body=_envelope(sources, changes.listed(found), body),
        heads=_CHANGE,
        rows=rows,
        text=_lines(found),
        ids=[one.id for one in found.rows],
        caption=_caption(found),
    )


def _changed(one: Change) -> list[Cell]:
    now = one.after or one.before
    return [
        one.id,
        one.move,
        one.before and one.before.rank_lo,
        one.after and one.after.rank_lo,
        now and now.downloads,
        one.downloads,
        now and now.likes,
        one.likes,
    ]


def _lines(found: Between) -> list[str]:
    made = [
        f"{one.after.rank_lo if one.after else '':>5}  {cells.move(one.move):>5}"
        f"  {_signed(one.downloads):>8}  {_signed(one.likes):>6}  {one.id}"
        for one in found.rows
    ]
    return [_caption(found), f"{'#':>5}  {'move':>5}  {'↓30d ±':>8}  {'♥ ±':>6}  model", *made]


def _caption(found: Between) -> str:
    before, after = iso(found.before.at), iso(found.after.at)
    return f"{found.after.query_key}: from {before} to {after}; ranks share ties"


def _signed(change: int | None) -> str:
    if change is None:
        return cells.UNKNOWN
    return f"{'+' if change > 0 else '−' if change < 0 else ''}{cells.count(abs(change))}"


def _file(args: Namespace) -> str:
    if len(args.what) != 1:
        raise BadInput(f"`snapshot {args.action}` wants one file name; give it")
    name: str = args.what[0]
    return name


def _envelope(sources: Sources, view: View, body: dict[str, Any]) -> dict[str, Any]:
    return shapes.envelope("snapshot", sources.endpoint, view, body)
