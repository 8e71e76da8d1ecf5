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
    rows = [_look(look) for look in view.rows]
    listed = [f"{row[0]:>5}  {row[3]}  {row[4]:>5} rows  {row[1]}" for row in rows]
    return Output(
        body=json.envelope(context, view, {"snapshots": [dict(zip(_LOOK, row)) for row in rows]}),
        heads=_LOOK,
        rows=rows,
        text=listed or ["no look is kept yet; each list that comes from the Hub is kept as one"],
        ids=[str(row[0]) for row in rows],
    )


def _look(look: Look) -> list[Cell]:
    return [look.id, look.query_key, look.endpoint, iso(look.at), look.n]


def exported(view: View[Any], context: Context) -> Output:
    """What went into a file."""
    report: Any = view.value
    counts = [f"{count:,} {noun}" for noun, count in report.counts.items()]
    left = [f"{report.private:,} private rows left out"] if report.private else []
    body = {
        "path": report.path,
        "bytes": report.size,
        "counts": report.counts,
        "private": report.private,
    }
    contents = ", ".join([*counts, *left]) or "nothing stored"
    text = f"{report.path}: {cells.size(report.size)}, {contents}"
    left_out = {"private rows left out": report.private} if report.private else {}
    return _counted(view, context, body, report.counts | left_out, text)


def imported(view: View[Any], context: Context) -> Output:
    """What came out of a file, and what was left out."""
    report: Any = view.value
    parts = [f"{count:,} {noun}" for noun, count in report.counts.items()]
    left = [f"{count:,} {why}" for why, count in report.left_out.items()]
    words = f"; {', '.join(left)}" if left else ""
    body = {"path": report.path, "counts": report.counts, "left_out": report.left_out}
    counts = report.counts | {f"left out: {why}": count for why, count in report.left_out.items()}
    text = f"{report.path}: {', '.join(parts) or 'nothing'}{words}"
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
    comparison: Between = view.value
    rows = [_changed(change) for change in comparison.rows]
    body = {
        "before": dict(zip(_LOOK, _look(comparison.before))),
        "after": dict(zip(_LOOK, _look(comparison.after))),
        "rows": [dict(zip(_CHANGE, row)) for row in rows],
    }
    return Output(
        body=json.envelope(context, view, body),
        heads=_CHANGE,
        rows=rows,
        text=_lines(comparison),
        ids=[change.id for change in comparison.rows if change.move == "new"],
        caption=_caption(comparison),
    )


def _changed(change: Change) -> list[Cell]:
    now = change.after or change.before
    return [
        change.id,
        change.move,
        change.before and change.before.rank_lo,
        change.after and change.after.rank_lo,
        now and now.downloads,
        change.downloads,
        now and now.likes,
        change.likes,
    ]


def _lines(comparison: Between) -> Iterator[str]:
    yield _caption(comparison)
    yield f"{'#':>5}  {'move':>5}  {'↓30d ±':>8}  {'♥ ±':>6}  model"
    for change in comparison.rows:
        yield (
            f"{change.after.rank_lo if change.after else '':>5}  {cells.move(change.move):>5}"
            f"  {_signed(change.downloads):>8}  {_signed(change.likes):>6}  {change.id}"
        )


def _caption(comparison: Between) -> str:
    before, after = iso(comparison.before.at), iso(comparison.after.at)
    return f"{comparison.after.query_key}: from {before} to {after}; ranks share ties"


def _signed(change: int | None) -> str:
    if change is None:
        return cells.UNKNOWN
    return f"{'+' if change > 0 else '−' if change < 0 else ''}{cells.count(abs(change))}"
