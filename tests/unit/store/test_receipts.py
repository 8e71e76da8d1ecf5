"""What is said to be kept: known only once it is committed, and told where it is not."""

import asyncio
import sqlite3
import threading
from contextlib import closing
from pathlib import Path

import pytest

from tui.ask.saved import saved
from tui.model import StoreTrouble
from tui.store import database as database_module
from tui.store.paths import Home
from tui.store.receipt import Receipt
from tui.store.store import Store


def in_file(place: Home) -> list[str]:
    """The bookmarks as another process finds them."""
    with closing(sqlite3.connect(Path(place.data, "library.db"))) as other:
        return [row[0] for row in other.execute("SELECT id FROM mark WHERE shelf = 'bookmark'")]


@pytest.mark.parametrize("sync", [True, False])
def test_an_answer_comes_once_the_file_has_it(place: Home, sync: bool) -> None:
    with Store.open(place, sync=sync) as store:
        assert store.library.toggle_bookmark("model", "a/b", 1.0).wait() is True
        assert in_file(place) == ["a/b"]
        assert store.library.toggle_bookmark("model", "A/B", 2.0).wait() is False
        assert in_file(place) == []
        store.library.save_query("n", "q", 1.0).wait()
        assert store.library.remove_query("n").wait() is True
        assert store.library.remove_query("n").wait() is False


async def test_the_loop_goes_on_while_an_answer_is_awaited(place: Home) -> None:
    receipt = Receipt()
    waiting = asyncio.ensure_future(saved.answered(receipt))
    await asyncio.sleep(0)
    assert not waiting.done()
    threading.Thread(target=receipt.settle, args=("kept",)).start()
    assert await waiting == "kept"
    assert await saved.answered(receipt) == "kept"


def test_a_private_repo_without_a_login_is_not_said_to_be_kept(store: Store) -> None:
    with pytest.raises(StoreTrouble, match="log in"):
        store.library.toggle_bookmark("model", "a/b", 1.0, private=True).wait()
    assert store.library.bookmarks() == ()


def test_what_nobody_heard_of_is_told_on_leaving(
    place: Home, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(database_module, "WAIT", 0.01)
    store = Store.open(place)
    store.library.toggle_bookmark("model", "a/b", 1.0).wait()
    with closing(sqlite3.connect(Path(place.data, "library.db"), isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        heard = store.library.toggle_bookmark("model", "c/d", 1.0)
        with pytest.raises(StoreTrouble):
            heard.wait()
        store.library.save_query("n", "q", 1.0)
        (line,) = store.close()
    assert "held by another process" in line
    with pytest.raises(StoreTrouble, match="too slow"):
        store.library.toggle_bookmark("model", "e/f", 1.0).wait()


def test_a_receipt_is_answered_once() -> None:
    receipt, calls = Receipt(), []
    receipt.when_settled(lambda: calls.append(1))
    receipt.settle(1)
    receipt.settle(trouble="late")
    receipt.when_settled(lambda: calls.append(2))
    assert (receipt.wait(), calls) == (1, [1, 2])


def test_a_disk_that_never_answers_is_not_waited_for() -> None:
    with pytest.raises(StoreTrouble, match="not known to be kept"):
        Receipt().wait(0.01)


def test_confirming_tells_of_what_was_dropped(place: Home) -> None:
    with Store.open(place) as store:
        store.cache.put_body("k", "", "text", 1.0)
        store.confirm()
    Path(place.state).parent.joinpath("file").write_text("no folder")
    broken = Home(*(f"{Path(place.state).parent}/file/{part}" for part in Home._fields))
    with Store.open(broken) as store:
        store.cache.put_body("k", "", "text", 1.0)
        with pytest.raises(StoreTrouble, match="Not a directory"):
            store.confirm()
