import gzip
import json
from collections import defaultdict
from typing import Any

import pytest

from tests.unit.store.real import DATA
from tui.model import Coverage, Repo
from tui.store.connection import Link
from tui.store.history import Point
from tui.store.store import Store

KEY = "model&sort=trending"
HUB = "https://huggingface.co"


def scored(*scores: float | None) -> list[Repo]:
    return [Repo(f"a/{n}", trending_score=s, likes=n) for n, s in enumerate(scores, 1)]


def ranks(store: Store, snapshot_id: int) -> list[tuple[int, int]]:
    return [(member.rank_lo, member.rank_hi) for member in store.history.members(snapshot_id)]


def look(store: Store, rows: list[Repo], at: float = 0.0, key: str = KEY, who: str = "") -> None:
    store.history.add_snapshot(key, HUB, who, at, rows)


def test_equal_scores_share_their_ranks(store: Store) -> None:
    look(store, scored(9, 7, 7, 7, 3, None, None, 1))
    assert ranks(store, 1) == [(1, 1), (2, 4), (2, 4), (2, 4), (5, 5), (6, 6), (7, 7), (6, 6)]


def test_ranks_are_positions_where_the_list_is_not_sorted_by_trending(store: Store) -> None:
    look(store, scored(7, 7, 9), key="model&sort=downloads")
    assert ranks(store, 1) == [(1, 1), (2, 2), (3, 3)]


def test_members_come_back_in_order_with_their_figures(store: Store) -> None:
    look(store, [Repo("b/b", trending_score=2.5, downloads=10), Repo("a/a", likes=10**30)])
    assert store.history.members(1) == (
        (1, 1, "b/b", 2.5, 10, None),
        (2, 2, "a/a", None, None, 2**63 - 1),
    )


def test_a_private_row_is_counted_but_not_kept(store: Store) -> None:
    first, second, third = scored(9, 8, 7)
    look(store, [first, second._replace(private=True), third], who="ada")
    assert [(m.id, m.rank_lo) for m in store.history.members(1)] == [("a/1", 1), ("a/3", 3)]
    assert store.history.snapshots() == ()
    assert [s.n for s in store.history.snapshots("ada")] == [2]


def test_the_same_look_within_ten_minutes_is_kept_once(store: Store) -> None:
    look(store, scored(9, 8), 0.0)
    look(store, [r._replace(likes=99) for r in scored(9.5, 8)], 599.0)
    look(store, scored(9, 9), 599.0)
    look(store, scored(9, 9), 600.0, who="ada")
    look(store, scored(9, 9), 1199.0)
    assert [(s.at, s.who) for s in store.history.snapshots("ada")] == [
        (1199.0, ""),
        (600.0, "ada"),
        (599.0, ""),
        (0.0, ""),
    ]


def test_the_baseline_is_the_newest_before_of_the_same_list(store: Store) -> None:
    for at in (0.0, 1000.0, 5000.0):
        look(store, scored(at), at)
    look(store, scored(1), 900.0, who="ada")
    store.history.add_snapshot(KEY, "http://mirror", "", 1100.0, scored(1))
    found = store.history.baseline(KEY, HUB, "", 5000.0 - 3600.0)
    assert found is not None
    assert (found.at, found.endpoint, found.who) == (1000.0, HUB, "")
    exact = store.history.baseline(KEY, HUB, "", 1000.0)
    assert exact == found
    assert store.history.baseline(KEY, HUB, "", -1.0) is None
    assert store.history.baseline("model&sort=likes", HUB, "", 9999.0) is None
    assert len(store.history.snapshots("", "model&sort=likes")) == 0


def test_points_come_back_oldest_first(store: Store) -> None:
    older = Point("qwen", "repos", "own repos", 10.0, 430.0, "exact")
    newer = older._replace(
        at=9000.0, value=None, kind="unknown", coverage=Coverage(1, 2, "parents", 0.5),
        lens="origin by root", registry="2026-11", endpoint=HUB,
    )  # fmt: skip
    store.history.add_points([newer, older, older._replace(family="llama")])
    assert store.history.points("qwen", "repos") == (older, newer)


def test_many_points_are_one_transaction(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    look(store, scored(1))  # which makes the file
    done, transact = [0], Link.transact

    def counted(self: Link, job: Any) -> Any:
        done[0] += 1
        return transact(self, job)

    monkeypatch.setattr(Link, "transact", counted)
    point = Point("qwen", "repos", "own repos", 10.0, 430.0, "exact")
    store.history.add_points(point._replace(at=number * 1e4) for number in range(60))
    assert done == [1]
    assert len(store.history.points("qwen", "repos")) == 60


def test_an_unchanged_point_within_ten_minutes_is_kept_once(store: Store) -> None:
    point = Point("qwen", "repos", "own repos", 0.0, None, "unknown")
    changes: list[dict[str, Any]] = [
        {"at": 599.0},
        {"at": 600.0},
        {"at": 1.0, "value": 2.0},
        {"at": 1.0, "lens": "l"},
    ]
    for change in [{}, *changes]:
        store.history.add_points([point._replace(**change)])
    assert len(store.history.points("qwen", "repos")) == 4


def test_real_looks(store: Store) -> None:
    file = DATA / "starscreener_trending_history.jsonl.gz"
    if not file.exists():
        pytest.skip("no real data beside the checkout")
    looks: dict[str, list[Repo]] = defaultdict(list)
    with gzip.open(file, "rt", encoding="utf-8") as lines:
        for raw in map(json.loads, lines):
            looks[raw["snapshot"]].append(Repo(raw["id"], trending_score=raw["trendingScore"]))
    for number, rows in enumerate(looks.values(), 1):
        look(store, rows, number * 3600.0)
        scores = [row.trending_score or 0 for row in rows]
        for (low, high), score in list(zip(ranks(store, number), scores))[::50]:
            assert low == 1 + sum(other > score for other in scores)
            assert high == sum(other >= score for other in scores)
    assert len(store.history.snapshots()) == len(looks) == 31
