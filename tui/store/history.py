"""history.db: dated looks at lists and dated figures, from which movement and growth come.

Nothing here is ever pruned by us. Private repos are left out.
"""

import json
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Sequence
from typing import Any, NamedTuple

from tui.model import Coverage, Repo
from tui.store.connection import Link
from tui.store.database import Database
from tui.store.repo_text import stored_value

_BY_SCORE = "sort=trending"  # the part of a Query's key that says so
_SAME_LOOK = 600.0  # seconds within which an unchanged look or figure is the same one


class Snapshot(NamedTuple):
    """One dated look at a list; its rows are its members."""

    id: int
    query_key: str
    endpoint: str
    who: str
    at: float
    n: int  # members


class Member(NamedTuple):
    """A repo in a snapshot. Its rank is an interval: repos of equal score share their ranks."""

    rank_lo: int
    rank_hi: int
    id: str
    score: float | None
    downloads: int | None
    likes: int | None


class Point(NamedTuple):
    """One dated figure of a family. Two points compare only where all but at and value agree."""

    family: str
    measure: str
    definition: str
    at: float
    value: float | None
    kind: str  # as of Measure
    lens: str = ""  # in words or flags; the same lens, the same text
    registry: str | None = None
    endpoint: str = ""
    coverage: Coverage | None = None


class History:
    """Snapshots with their members, and points."""

    __slots__ = ("_database",)

    def __init__(self, database: Database) -> None:
        self._database = database

    def add_snapshot(
        self,
        query_key: str,
        endpoint: str,
        who: str,
        at: float,
        rows: Sequence[Repo],
    ) -> None:
        """Keep a look at the list of ``query_key`` (a Query's key), its rows in the Hub's order.

        In a list sorted by trending, rows of equal score share their ranks; in any other, ranks
        are positions. A private row counts in the ranks but becomes no member. A look within 10
        minutes of the newest one with the same ids in the same ranks is that one, and not kept.
        """
        members = _members(rows, _BY_SCORE in query_key.split("&"))

        def job(link: Link) -> None:
            if not _seen(link, query_key, endpoint, who, at, members):
                _insert(link, query_key, endpoint, who, at, members)

        self._database.write(job)

    def baseline(self, query_key: str, endpoint: str, who: str, before: float) -> Snapshot | None:
        """The newest look of the same query, endpoint and account taken at ``before`` or earlier.

        For movement, ``before`` is an hour ago.
        """
        rows = self._database.read(
            "SELECT id, query_key, endpoint, who, at, n FROM snapshot WHERE query_key = ?"
            " AND endpoint = ? AND who = ? AND at <= ? ORDER BY at DESC, id DESC LIMIT 1",
            (query_key, endpoint, who, before),
        )
        return Snapshot(*rows[0]) if rows else None

    def snapshots(self, who: str = "", query_key: str | None = None) -> tuple[Snapshot, ...]:
        """The account's looks and the public ones, newest first; of one query where named."""
        rows = self._database.read(
            "SELECT id, query_key, endpoint, who, at, n FROM snapshot WHERE who IN ('', ?)"
            " AND (? IS NULL OR query_key = ?) ORDER BY at DESC, id DESC",
            (who, query_key, query_key),
        )
        return tuple(Snapshot(*row) for row in rows)

    def members(self, snapshot_id: int) -> tuple[Member, ...]:
        """The members of a snapshot in the order of the list."""
        rows = self._database.read(
            "SELECT rank_lo, rank_hi, id, score, downloads, likes FROM member"
            " WHERE snapshot = ? ORDER BY position",
            (snapshot_id,),
        )
        return tuple(Member(*row) for row in rows)

    def add_points(self, points: Iterable[Point]) -> None:
        """Keep dated figures, all or none: one equal in all but ``at`` within 10 minutes is had."""
        rows = [_bound(point) for point in points]
        self._database.write(
            lambda link: link.many(
                "INSERT INTO point (family, measure, definition, lens, registry, endpoint, kind,"
                " value, coverage, at) SELECT ?, ?, ?, ?, ?, ?, ?, ?, ?, ? WHERE NOT EXISTS"
                " (SELECT 1 FROM point WHERE family = ? AND measure = ? AND definition = ?"
                " AND lens = ? AND registry IS ? AND endpoint = ? AND kind = ? AND value IS ?"
                " AND coverage IS ? AND abs(at - ?) < ?)",
                rows,
            )
        )

    def points(self, family: str, measure: str) -> tuple[Point, ...]:
        """The dated figures of one measure of one family, oldest first."""
        rows = self._database.read(
            "SELECT family, measure, definition, at, value, kind, lens, registry, endpoint,"
            " coverage FROM point WHERE family = ? AND measure = ? ORDER BY at, rowid",
            (family, measure),
        )
        return tuple(Point(*row)._replace(coverage=_coverage(row[-1])) for row in rows)


def _bound(point: Point) -> tuple[Any, ...]:
    """The point twice, to be kept and to be looked for."""
    coverage = json.dumps(point.coverage) if point.coverage else None
    same = (*point[:3], point.lens, point.registry, point.endpoint, point.kind)
    dated = (*same, point.value, coverage, point.at)
    return (*dated, *dated, _SAME_LOOK)


def _members(rows: Sequence[Repo], by_score: bool) -> tuple[Member, ...]:
    scores = [row.trending_score if by_score else None for row in rows]
    ascending = sorted(score for score in scores if score is not None)
    return tuple(
        Member(*_ranks(score, rank, ascending), row.id, score, row.downloads, row.likes)
        for rank, (row, score) in enumerate(zip(rows, scores), 1)
        if not row.private
    )


def _ranks(score: float | None, rank: int, ascending: Sequence[float]) -> tuple[int, int]:
    """[1 + #{score > s}, #{score >= s}]; a row without a score has the rank it stands at."""
    if score is None:
        return rank, rank
    total = len(ascending)
    return 1 + total - bisect_right(ascending, score), total - bisect_left(ascending, score)


def _seen(
    link: Link, query_key: str, endpoint: str, who: str, at: float, members: Sequence[Member]
) -> bool:
    newest = link.rows(
        "SELECT id, at FROM snapshot WHERE query_key = ? AND endpoint = ? AND who = ?"
        " ORDER BY at DESC, id DESC LIMIT 1",
        (query_key, endpoint, who),
    )
    if not newest or abs(at - newest[0][1]) >= _SAME_LOOK:
        return False
    before = link.rows(
        "SELECT rank_lo, rank_hi, id FROM member WHERE snapshot = ? ORDER BY id", newest[0][:1]
    )
    return before == sorted((member[:3] for member in members), key=lambda ranked: ranked[2])


def _insert(
    link: Link, query_key: str, endpoint: str, who: str, at: float, members: Sequence[Member]
) -> None:
    # above the members of looks, too, that damage to the file has left without their date
    ((number,),) = link.rows(
        "SELECT 1 + max((SELECT coalesce(max(id), 0) FROM snapshot),"
        " (SELECT coalesce(max(snapshot), 0) FROM member))"
    )
    link.rows(
        "INSERT INTO snapshot (id, query_key, endpoint, who, at, n) VALUES (?, ?, ?, ?, ?, ?)",
        (number, query_key, endpoint, who, at, len(members)),
    )
    link.many(
        "INSERT INTO member VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
        [(number, position, *member) for position, member in enumerate(members)],
    )


def _coverage(text: str | None) -> Coverage | None:
    parts = stored_value(text) if text else None
    try:
        return Coverage(*parts) if isinstance(parts, list) else None
    except TypeError:
        return None
