"""The dated looks that are kept, what went to a file and came from one, and two looks compared."""

from collections.abc import Iterator, Mapping
from typing import Any, Protocol

from tui.model import View
from tui.model.when import iso
from tui.output import json
from tui.output.forms import Cell, Context, Output
from tui.render import cells

_LOOK = ("id", "query", "endpoint", "at", "rows")
_CHANGE = (
    "id", "move", "rank_before", "rank_after", "downloads", "downloads_change", "likes",
    "likes_change",
)  # fmt: skip


class Look(Protocol):
    """One dated look at a list, as the ask hands it out."""

    id: int
    query_key: str
    endpoint: str
    at: float
    n: int


class Change(Protocol):
    """One repo of two looks, as the ask hands it out."""

    id: str
    before: Any  # with rank_lo, downloads, likes; None where it was not there
    after: Any
    move: int | str | None
    downloads: int | None
    likes: int | None


class Between(Protocol):
    """Two looks at one list, as the ask hands them out."""

    before: Look
    after: Look
    rows: tuple[Change, ...]


def looks(view: View[Any], context: Context) -> Output:
    """The looks that are kept."""
    rows = [_look(one) for one in view.rows]
    listed = [f"{row[0]:>5}  {row[3]}  {row[4]:>5} rows  {row[1]}" for row in rows]
    return Output(
        body=json.envelope(context, view, {"snapshots": [dict(zip(_LOOK, row)) for row in rows]}),
        heads=_LOOK,
        rows=rows,
        text=listed or ["no look is kept yet; each list that comes from the Hub is kept as one"],
        ids=[str(row[0]) for row in rows],
    )


def _look(one: Look) -> list[Cell]:
    return [one.id, one.query_key, one.endpoint, iso(one.at), one.n]


def exported(view: View[Any], context: Context) -> Output:
    """What went into a file."""
    done: Any = view.value
    said = [f"{count:,} {what}" for what, count in done.counts.items()]
    left = [f"{done.private:,} private rows left out"] if done.private else []
    body = {"path": done.path, "bytes": done.size, "counts": done.counts, "private": done.private}
    text = f"{done.path}: {cells.size(done.size)}, {', '.join([*said, *left]) or 'nothing stored'}"
    left_out = {"private rows left out": done.private} if done.private else {}
    return _counted(view, context, body, done.counts | left_out, text)


def imported(view: View[Any], context: Context) -> Output:
    """What came out of a file, and what was left out."""
    done: Any = view.value
    said = [f"{count:,} {what}" for what, count in done.counts.items()]
    left = [f"{count:,} {why}" for why, count in done.left_out.items()]
    words = f"; {', '.join(left)}" if left else ""
    body = {"path": done.path, "counts": done.counts, "left_out": done.left_out}
    counts = done.counts | {f"left out: {why}": count for why, count in done.left_out.items()}
    text = f"{done.path}: {', '.join(said) or 'nothing'}{words}"
    return _counted(view, context, body, counts, text)


def _counted(
    view: View[Any], context: Context, body: dict[str, Any], counts: Mapping[str, int], text: str
) -> Output:
    return Output(
        body=json.envelope(context, view, body),
        heads=("what", "count"),
        rows=list(counts.items()),
        text=[text],
        ids=[str(body["path"])],
    )


def compared(view: View[Any], context: Context) -> Output:
    """What changed from one look to another."""
    found: Between = view.value
    rows = [_changed(one) for one in found.rows]
    body = {
        "before": dict(zip(_LOOK, _look(found.before))),
        "after": dict(zip(_LOOK, _look(found.after))),
        "rows": [dict(zip(_CHANGE, row)) for row in rows],
    }
    return Output(
        body=json.envelope(context, view, body),
        heads=_CHANGE,
        rows=rows,
        text=_lines(found),
        ids=[one.id for one in found.rows if one.move == "new"],
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


def _lines(found: Between) -> Iterator[str]:
    yield _caption(found)
    yield f"{'#':>5}  {'move':>5}  {'↓30d ±':>8}  {'♥ ±':>6}  model"
    for one in found.rows:
        yield (
            f"{one.after.rank_lo if one.after else '':>5}  {cells.move(one.move):>5}"
            f"  {_signed(one.downloads):>8}  {_signed(one.likes):>6}  {one.id}"
        )


def _caption(found: Between) -> str:
    before, after = iso(found.before.at), iso(found.after.at)
    return f"{found.after.query_key}: from {before} to {after}; ranks share ties"


def _signed(change: int | None) -> str:
    if change is None:
        return cells.UNKNOWN
    return f"{'+' if change > 0 else '−' if change < 0 else ''}{cells.count(abs(change))}"
