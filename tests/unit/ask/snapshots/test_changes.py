"""What changed between looks, against counts written out plainly."""

from itertools import pairwise
from pathlib import Path

import pytest

from tests.loopback import LoopbackHub, World
from tests.unit.analysis.data import history, places
from tests.unit.ask.snapshots.shell import Homes
from tui.analysis.registry.registry import load
from tui.ask.snapshots import changes
from tui.ask.sources import Sources
from tui.model import Query, Repo
from tui.model.when import seconds
from tui.store.paths import Home
from tui.store.store import Store

HERE = "http://127.0.0.1:1"
KEY = Query().key


@pytest.fixture
def sources(tmp_path: Path) -> Sources:
    home = Home(*(str(tmp_path / part) for part in Home._fields))
    return Sources(Store.open(home, HERE, sync=True), HERE, lambda: 1e9, load)


def look(sources: Sources, at: float, *rows: tuple[str, float, int, int]) -> None:
    repos = [
        Repo(repo_id, trending_score=score, downloads=downloads, likes=likes)
        for repo_id, score, downloads, likes in rows
    ]
    sources.store.history.add_snapshot(KEY, HERE, "", at, repos)


def test_rises_falls_news_and_what_is_gone(sources: Sources) -> None:
    look(sources, 0, ("a/a", 9, 100, 5), ("b/b", 8, 50, 5), ("c/c", 7, 10, 5))
    look(sources, 9000, ("b/b", 9, 45, 8), ("a/a", 8, 130, 5), ("d/d", 7, 1, 1))
    found = changes.since(sources, Query())
    assert found is not None
    told = [(one.id, one.move, one.downloads, one.likes) for one in found.rows]
    assert told == [
        ("b/b", 1, -5, 3),
        ("a/a", -1, 30, 0),
        ("d/d", "new", None, None),
        ("c/c", "gone", None, None),
    ]


def test_one_look_is_no_change_yet(sources: Sources) -> None:
    assert changes.since(sources, Query()) is None
    look(sources, 0, ("a/a", 9, 100, 5))
    assert changes.since(sources, Query()) is None


def test_movement_and_growth_over_a_week_equal_a_plain_count(sources: Sources) -> None:
    week = history()
    assert len(week) == 31
    for snapshot in week:
        rows = [
            (row["id"], row["trendingScore"], row["downloads"], row["likes"]) for row in snapshot
        ]
        look(sources, seconds(snapshot[0]["snapshot"]) or 0.0, *rows)
    kept = sources.store.history.snapshots()[::-1]
    assert len(kept) == 31
    fell = tied = 0
    for (before, after), (then, now) in zip(pairwise(kept), pairwise(week)):
        found = {one.id: one for one in changes.between(sources, before, after).rows}
        assert set(found) == {row["id"] for row in (*then, *now)}
        old = {row["id"]: row for row in then}
        ranks, former = places(now), places(then)
        for row in now:
            change, first = found[row["id"]], old.get(row["id"])
            if first is None:
                assert change.downloads is None
                continue
            assert change.downloads == row["downloads"] - first["downloads"]
            assert change.likes == row["likes"] - first["likes"]
            (low, high), (old_low, old_high) = (
                ranks[row["trendingScore"]],
                former[first["trendingScore"]],
            )
            risen = old_low - high if high < old_low else 0
            assert change.move == (risen or (old_high - low if low > old_high else 0))
            fell += row["downloads"] < first["downloads"]
            tied += low != high
    assert fell > 100
    assert tied > 1000


def test_the_command_holds_two_looks_together(
    world: World, hub: LoopbackHub, homes: Homes, monkeypatch: pytest.MonkeyPatch
) -> None:
    clock = [1_795_000_000.0]
    monkeypatch.setattr("time.time", lambda: clock[0])
    homes.json("one", "trending")
    world.repos["models"]["qwen/qwen3-8b"].facts["downloads"] -= 1000
    world.model("late/riser", trendingScore=1000)
    clock[0] += 7200
    homes.json("one", "trending")
    told = homes.json("one", "snapshot", "diff")
    assert (told["rows"][0]["id"], told["rows"][0]["move"]) == ("late/riser", "new")
    assert told["rows"][1]["id"] == "Qwen/Qwen3-8B"
    assert told["rows"][1]["downloads_change"] == -1000
    assert told["rows"][1]["move"] == -1
    assert homes.json("one", "snapshot", "diff", "2", "1") == told
    assert homes.json("one", "snapshot", "diff", "1")["rows"] == told["rows"]
    code, out, _ = homes("one", "snapshot", "diff", "--md")
    assert code == 0
    assert "late/riser" in out


def test_looks_at_two_lists_are_not_held_together(hub: LoopbackHub, homes: Homes) -> None:
    homes.json("one", "trending")
    homes.json("one", "trending", "--kind", "dataset")
    code, out, err = homes("one", "snapshot", "diff", "1", "2")
    assert (code, out) == (2, "")
    assert "two lists" in err


def test_searches_are_kept_and_taken_away(homes: Homes) -> None:
    assert homes("one", "save", "small", "qwen", "params:..8b")[0] == 0
    assert homes("one", "save", "small", "qwen", "params:..4b")[0] == 0
    [entry] = homes.json("one", "saved")["saved"]
    assert (entry["shelf"], entry["name"], entry["query"]) == (
        "search",
        "small",
        "qwen params:..4b",
    )
    for words in (("save", "x"), ("save", "x", "params:lots"), ("save", "y", "--remove")):
        code, out, err = homes("one", *words)
        assert (code, out) == (2, ""), words
        assert len(err.splitlines()) == 1  # carets are for a terminal
    assert homes("one", "save", "small", "--remove")[0] == 0
    assert homes.json("one", "saved")["saved"] == []
