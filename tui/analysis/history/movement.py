"""How a ranked list moved since an earlier look, with a tie as an interval of ranks.

Inside a tie the Hub's order is not stable: of 1,000 trending rows 926 shared their score. So a
rank is an interval, from the first to the last place the id could stand at, and a move is what
is left when the two intervals are apart.
"""

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Sequence
from typing import Literal, NamedTuple

from tui.model import Repo

Move = int | Literal["new"] | None


class Rank(NamedTuple):
    """The places an id could hold in its list, counted from 1, both ends included."""

    lo: int
    hi: int


def rank_intervals(scores: Sequence[float | None]) -> list[Rank]:
    """The rank of each score: [1 + number of higher scores, number of scores not lower].

    A row without a score could have stood anywhere behind the rows before it; it keeps the place
    at which the Hub listed it.
    """
    return ranks_among(sorted(score for score in scores if score is not None), scores)


def ranks_among(
    known: Sequence[float], scores: Sequence[float | None], before: int = 0
) -> list[Rank]:
    """The ranks of ``scores``, which stand behind ``before`` others.

    ``known`` are all scores of the list, these among them, the lowest first.
    """
    count = len(known)
    return [
        Rank(place, place)
        if score is None
        else Rank(1 + count - bisect_right(known, score), count - bisect_left(known, score))
        for place, score in enumerate(scores, before + 1)
    ]


def move(now: Rank, then: Rank) -> int:
    """The places risen (positive) or fallen (negative); 0 where the intervals overlap."""
    if now.hi < then.lo:
        return then.lo - now.hi
    if now.lo > then.hi:
        return then.hi - now.lo
    return 0


class Member(NamedTuple):
    """One row of a list looked at earlier."""

    id: str
    rank: Rank


def members(rows: Iterable[Repo]) -> list[Member]:
    """A trending list as it is kept for a later comparison."""
    listed = list(rows)
    ranks = rank_intervals([row.trending_score for row in listed])
    return [Member(row.id, rank) for row, rank in zip(listed, ranks)]


def movement(now: Sequence[Member], then: Sequence[Member]) -> dict[str, Move]:
    """The move of each id of ``now`` since ``then``, the earlier look.

    "new" for an id that the earlier list does not hold although it is at least as long as the
    id's rank; None where that list is too short to tell.
    """
    before = {member.id.lower(): member.rank for member in then}
    moves: dict[str, Move] = {}
    for member in now:
        earlier = before.get(member.id.lower())
        if earlier is not None:
            moves[member.id] = move(member.rank, earlier)
        else:
            moves[member.id] = "new" if len(then) >= member.rank.hi else None
    return moves
