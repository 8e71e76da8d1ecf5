"""The columns of a list of repos, and the line that says what the list is."""

from collections.abc import Sequence
from typing import Any

from tui.analysis.memory.parameters import of_repo
from tui.analysis.registry.registry import UNKNOWN
from tui.model import Author, Measure, Query, Row, Term, View
from tui.model.when import seconds
from tui.render import cells
from tui.render.left_out import reasons
from tui.render.spans import Line
from tui.render.table import Column

KIND_WORDS = {"model": "models", "dataset": "datasets", "space": "Spaces"}
SORT_WORDS = {
    "trending": "trending",
    "downloads": "most downloaded, 30 days",
    "likes": "most liked",
    "created": "newest",
    "modified": "last changed",
}


def _rank(rank: int | None) -> str:
    return cells.count(rank) if rank is None or rank > 9999 else f"{rank}"


def _age(row: Any, now: float) -> str:
    return cells.age(seconds(row.repo.created_at), now)


_RANK = Column("rank", "#", 4, lambda row, now: _rank(row.rank))
_MOVE = Column("move", "move", 4, lambda row, now: cells.move(row.move), priority=3)
_ORIGIN = Column("origin", "from", 4, lambda row, now: row.origin, priority=2, right=False)
_DOWNLOADS = Column("downloads", "↓30d", 5, lambda row, now: cells.count(row.repo.downloads))
_LIKES = Column("likes", "♥", 5, lambda row, now: cells.count(row.repo.likes), priority=4)
_AGE = Column("age", "age", 4, _age, priority=5)
_PARAMS = Column(
    "params", "params", 6, lambda row, now: cells.parameters(of_repo(row.repo)), priority=7
)
_SCORE = Column(
    "score", "score", 5, lambda row, now: cells.score(row.repo.trending_score), priority=8
)
_LICENSE = Column(
    "license", "license", 11, lambda row, now: row.repo.license or cells.UNKNOWN, 9, right=False
)


def _id(head: str) -> Column:
    return Column(
        "id",
        head,
        24,
        lambda row, now: "● " * row.here + "Δ " * row.changed + row.repo.id,
        right=False,
        elastic=True,
        role="id",
        is_id=True,
    )


def _task(head: str, cell: Any) -> Column:
    return Column("task", head, 9, cell, priority=6, right=False)


_TITLE = Column(
    "title", "title", 24, lambda row, now: row.repo.title or "", priority=10, right=False
)
_COLUMNS = {
    "model": (
        _RANK,
        _MOVE,
        _id("model"),
        _ORIGIN,
        _task("task", lambda row, now: cells.task(row.repo.task, 9)),
        _PARAMS,
        _LICENSE,
        _SCORE,
        _DOWNLOADS,
        _LIKES,
        _AGE,
    ),
    "dataset": (
        _RANK,
        _MOVE,
        _id("dataset"),
        _TITLE,
        _ORIGIN,
        _task("task", lambda row, now: cells.task(row.repo.task, 9)),
        _LICENSE,
        _SCORE,
        _DOWNLOADS,
        _LIKES,
        _AGE,
    ),
    "space": (
        _RANK,
        _MOVE,
        _id("Space"),
        _TITLE,
        _ORIGIN,
        _task("sdk", lambda row, now: row.repo.sdk or cells.UNKNOWN),
        _SCORE,
        _LIKES,
        _AGE,
    ),
}


def columns(kind: str) -> Sequence[Column]:
    """The columns of a list of ``kind``."""
    return _COLUMNS[kind]


def title(query: Query) -> str:
    """What the list is: ``models · trending``, ``models · qwen · by Qwen · newest``."""
    parts = [KIND_WORDS[query.kind]]
    if query.words:
        parts.append(" ".join(query.words))
    if query.author:
        parts.append(f"by {query.author}")
    if query.task:
        parts.append(query.task)
    parts += list(query.filters)
    parts += [_term(term) for term in query.terms]
    parts.append(SORT_WORDS[query.sort])
    return " · ".join(parts)


def _term(term: Term) -> str:
    """A field as it is written; which of its meanings ``base:none`` has."""
    written = f"{'!' if term.negated else ''}{term.field}:{term.value}"
    if term.field != "base":
        return written
    bare = (term.value == "none") is not term.negated
    return f"{written} (declares {'no repo' if bare else 'a repo'} as its base)"


def origin_strip(view: View[Row], depth: int, rule: str, room: int) -> Line:
    """``top 10 by uploader:  CN 5  US 3  ?? 1``: weights in whole or half rows, unknown last.

    Where ``room`` cells are too few the rule is left to the line below.
    """
    shares: dict[str, Measure] = {
        key.removeprefix("origin."): measure
        for key, measure in (view.measures or {}).items()
        if key.startswith("origin.")
    }
    if not shares:
        return ()
    ranked = sorted(
        shares.items(), key=lambda pair: (pair[0] == UNKNOWN, -(pair[1].value or 0), pair[0])
    )
    shown = "  ".join(f"{origin} {_weight(measure.value)}" for origin, measure in ranked)
    by = {"lab": "nearest lab"}.get(rule, rule)
    counted = ranked[0][1].n or depth
    head = f"top {counted} by {by}:  "
    if len(head) + len(shown) > room:
        head = f"top {counted}:  "
    return ((head, "muted"), (shown, "text"))


def left_out(view: View[Row]) -> str:
    """What the list does not hold: `` · 1,000 rows looked through · 12 left out, params: …``.

    "" for a list of the Hub's own, which is all there and goes on below.
    """
    if not (view.left_out or view.query.terms):
        return ""
    said = reasons(view.left_out)
    if view.more and view.looked:
        said.insert(0, f"{view.looked:,} rows looked through, not all")
    return "".join(f" · {one}" for one in said)


def author(found: Author) -> str:
    """Who an author is, in one line: name, kind and the Hub's own totals."""
    totals = (
        (found.models, "models"),
        (found.datasets, "datasets"),
        (found.spaces, "Spaces"),
        (found.followers, "followers"),
    )
    said = [f"{cells.count(n)} {what}" for n, what in totals if n is not None]
    return " · ".join([found.fullname or found.name, found.type, *said])


def _weight(value: float | None) -> str:
    return cells.UNKNOWN if value is None else f"{value:.1f}".removesuffix(".0")
