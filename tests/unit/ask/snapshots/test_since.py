"""One model since the look before: licence, gate, downloads, files and base."""

from pathlib import Path
from typing import Any

import pytest

from tests.loopback import LoopbackHub, World
from tests.unit.ask.snapshots.shell import Homes
from tui.model import Detail, Repo
from tui.store.looks import add_look, looks_at
from tui.store.paths import Home
from tui.store.store import Store

MODEL = "acme/changing"


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> list[float]:
    clock = [1_795_000_000.0]
    monkeypatch.setattr("time.time", lambda: clock[0])
    return clock


@pytest.fixture
def world() -> World:
    world = World()
    world.model("acme/base")
    world.model("acme/other")
    world.model(
        MODEL,
        base=("finetune", ["acme/base"]),
        license="mit",
        downloads=100,
        files={"old.safetensors": 5, "config.json": 2},
    )
    return world


def fields(told: dict[str, Any]) -> dict[str, tuple[Any, Any]]:
    """What is known to differ."""
    return {row["field"]: (row["a"], row["b"]) for row in told["rows"] if row["same"] is False}


def test_a_model_that_changed_between_two_visits(
    world: World, hub: LoopbackHub, homes: Homes, clock: list[float]
) -> None:
    assert homes("one", "show", MODEL)[0] == 0
    world.model(
        MODEL,
        base=("merge", ["acme/base", "acme/other"]),
        license="llama3",
        downloads=90,
        gated="manual",
        files={"new.safetensors": 5, "config.json": 2},
    )
    clock[0] += 86400
    told = homes.json("one", "diff", MODEL)
    assert (told["a"], told["b"]) == (MODEL, MODEL)
    assert (told["before"], told["after"]) == ("2026-11-18T11:06:40Z", "2026-11-19T11:06:40Z")
    found = fields(told)
    assert found["licence"] == ("mit", "llama3")
    assert found["gated"] == (False, "manual")
    assert found["downloads 30 d"] == (100, 90)
    assert found["base model"] == ("acme/base", "acme/base, acme/other")
    assert found["relation"] == ("finetune", "merge")
    assert found["files added"] == (None, "new.safetensors")
    assert found["files removed"] == ("old.safetensors", None)
    assert "author" not in found
    hub.stop()
    stored = homes.json("one", "diff", MODEL, "--offline")
    assert stored["rows"] == told["rows"]


def test_what_is_saved_says_what_changed_on_it(
    world: World, hub: LoopbackHub, homes: Homes, clock: list[float]
) -> None:
    homes("one", "save", "ours", "acme", "sort:downloads")
    homes("one", "search", "acme", "sort:downloads")
    home = Home(*(str(homes.folder / "one" / part) for part in Home._fields))
    with Store(home, sync=True) as store:
        store.library.toggle_bookmark("model", MODEL, clock[0])
    homes("one", "show", MODEL)
    assert {entry["changed"] for entry in homes.json("one", "saved")["saved"]} == {None}
    world.repos["models"][MODEL].facts |= {"downloads": 90, "gated": "auto"}
    world.model("acme/newer", downloads=1000)
    clock[0] += 86400
    homes("one", "search", "acme", "sort:downloads")
    homes("one", "show", MODEL)
    told = {entry["name"]: entry["changed"] for entry in homes.json("one", "saved")["saved"]}
    assert told["ours"] == "1 new: acme/newer since 2026-11-18"
    assert told[MODEL] == "gated False → auto, downloads 30 d 100 → 90 since 2026-11-18"
    assert "1 new: acme/newer since" in homes("one", "saved", "--csv")[1]


def test_the_first_look_says_so_and_an_unchanged_model_has_no_change(
    hub: LoopbackHub, homes: Homes, clock: list[float]
) -> None:
    first = homes.json("one", "diff", MODEL)
    assert (first["before"], first["rows"]) == (None, [])
    clock[0] += 86400
    again = homes.json("one", "diff", MODEL)
    assert again["before"] == first["after"]
    assert fields(again) == {}
    assert again["rows"]


def test_a_look_a_moment_later_is_the_same_look(
    hub: LoopbackHub, homes: Homes, clock: list[float]
) -> None:
    homes("one", "show", MODEL)
    clock[0] += 60
    assert homes.json("one", "diff", MODEL)["before"] is None


def test_nothing_stored_and_no_hub_is_an_error(homes: Homes) -> None:
    assert homes("one", "diff", MODEL, "--offline")[0] == 5
    assert homes("one", "diff", MODEL)[0] == 5


def test_a_missing_model_is_missing(hub: LoopbackHub, homes: Homes) -> None:
    code, out, err = homes("one", "diff", "acme/nowhere")
    assert (code, out) == (3, "")
    assert len(err.splitlines()) == 1


def test_looks_at_private_repos_are_their_accounts(tmp_path: Path) -> None:
    store = Store(Home(*(str(tmp_path / part) for part in Home._fields)), sync=True)
    secret = Detail(Repo("ann/secret", private=True))
    add_look(store.history, secret, "", 1.0)
    add_look(store.history, secret, "ann", 2.0)
    assert looks_at(store.history, "model", "ann/secret", "") == ()
    assert looks_at(store.history, "model", "ann/secret", "bo") == ()
    assert [look.at for look in looks_at(store.history, "model", "Ann/Secret", "ann")] == [2.0]
    store.close()


def test_a_history_of_the_version_before_takes_looks_in(tmp_path: Path) -> None:
    from tui.store.database import Database
    from tui.store.history import History
    from tui.store.migrations import HISTORY
    from tui.store.writer import Writer

    home = Home(*(str(tmp_path / part) for part in Home._fields))
    before = HISTORY._replace(steps=HISTORY.steps[:1])
    writer = Writer(print, sync=True)
    old = Database(home.data, before, writer, print)
    History(old).add_snapshot("model&sort=likes", "", "", 1.0, [Repo("a/b")])
    old.close_readers()
    old.close_writing()
    new = Store(home, sync=True)
    add_look(new.history, Detail(Repo("a/b")), "", 5.0)
    assert len(looks_at(new.history, "model", "a/b", "")) == 1
    assert len(new.history.snapshots()) == 1
    assert new.notices == []
    new.close()
