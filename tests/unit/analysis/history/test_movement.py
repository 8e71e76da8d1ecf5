from itertools import pairwise

import pytest

from tests.unit.analysis.data import history, places, repo
from tui.analysis.history.movement import Member, Rank, members, move, movement, rank_intervals


def test_a_tie_spans_itsplaces() -> None:
    assert rank_intervals([9, 7, 7, 7, 1]) == [(1, 1), (2, 4), (2, 4), (2, 4), (5, 5)]
    assert rank_intervals([]) == []
    assert rank_intervals([5, None, 5]) == [(1, 2), (2, 2), (1, 2)]


@pytest.mark.parametrize(
    ("now", "then", "moved"),
    [
        ((1, 1), (4, 6), 3),
        ((4, 6), (1, 1), -3),
        ((2, 4), (4, 9), 0),
        ((2, 4), (1, 2), 0),
        ((3, 3), (3, 3), 0),
        ((1, 2), (3, 3), 1),
    ],
)
def test_a_move_is_the_distance_of_the_nearer_ends(
    now: tuple[int, int], then: tuple[int, int], moved: int
) -> None:
    assert move(Rank(*now), Rank(*then)) == moved


def test_new_needs_a_baseline_as_long_as_the_rank() -> None:
    now = [Member("a/a", Rank(1, 1)), Member("b/b", Rank(2, 2)), Member("c/c", Rank(3, 3))]
    then = [Member("A/a", Rank(2, 2)), Member("z/z", Rank(1, 1))]
    assert movement(now, then) == {"a/a": 1, "b/b": "new", "c/c": None}
    assert movement(now, []) == {"a/a": None, "b/b": None, "c/c": None}


def test_a_tie_that_reaches_past_the_baseline_is_not_new() -> None:
    now = [Member("a/a", Rank(1, 3))]
    assert movement(now, [Member("z/z", Rank(1, 1)), Member("y/y", Rank(2, 2))]) == {"a/a": None}


def test_movement_over_a_week_of_snapshots_equals_a_plain_count() -> None:
    snapshots = history()
    assert len(snapshots) == 31
    moved = 0
    for then, now in pairwise(snapshots):
        rows = [[repo(r["id"], trending_score=r["trendingScore"]) for r in s] for s in (then, now)]
        found = movement(members(rows[1]), members(rows[0]))
        assert len(found) == len(now)
        old = {row["id"]: row["trendingScore"] for row in then}
        ranks, former = places(now), places(then)
        for row in now:
            lo, hi = ranks[row["trendingScore"]]
            if row["id"] not in old:
                assert found[row["id"]] == ("new" if len(then) >= hi else None)
                continue
            first, last = former[old[row["id"]]]
            apart = first - hi if hi < first else last - lo
            overlap = set(range(lo, hi + 1)) & set(range(first, last + 1))
            assert found[row["id"]] == (0 if overlap else apart)
            moved += not overlap
    assert moved > 100
