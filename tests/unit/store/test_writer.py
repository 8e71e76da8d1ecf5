import threading
from functools import partial

import pytest

from tui.store.paths import Home
from tui.store.store import Store
from tui.store.writer import Writer


def test_jobs_are_done_in_order_on_one_thread() -> None:
    done: list[tuple[int, str]] = []

    def note(number: int) -> None:
        done.append((number, threading.current_thread().name))

    writer = Writer(lambda line: None)
    for number in range(50):
        writer.put(partial(note, number))
    assert writer.flush(10)
    assert done == [(number, "store-writer") for number in range(50)]
    assert writer.close(10)


def test_nothing_runs_before_the_first_job() -> None:
    before = threading.active_count()
    writer = Writer(lambda line: None)
    assert writer.flush(0)
    assert threading.active_count() == before
    writer.put(lambda: None)
    assert threading.active_count() == before + 1
    assert writer.close(10)
    assert threading.active_count() == before


@pytest.mark.parametrize("sync", [True, False])
def test_a_failing_job_is_a_notice_and_the_next_one_is_done(sync: bool) -> None:
    notices: list[str] = []
    done: list[int] = []

    def fail() -> None:
        raise ValueError("no luck")

    writer = Writer(notices.append, sync)
    writer.put(fail)
    writer.put(lambda: done.append(1))
    assert writer.flush(10)
    assert notices == ["a write to the store failed (no luck); it was left out"]
    assert done == [1]
    assert writer.close(10)


def test_leaving_waits_no_longer_than_it_says() -> None:
    stuck, begun = threading.Event(), threading.Event()

    def hang() -> None:
        begun.set()
        stuck.wait(10)

    writer = Writer(lambda line: None)
    writer.put(hang)
    assert begun.wait(10)
    assert not writer.flush(0.01)
    assert not writer.close(0.01)
    stuck.set()


def test_what_was_put_is_written_by_leaving(place: Home) -> None:
    with Store.open(place) as store:
        store.library.toggle_bookmark("model", "a/b", 1.0)
    with Store.open(place) as again:
        assert [mark.id for mark in again.library.bookmarks()] == ["a/b"]
        again.close()
        again.library.toggle_bookmark("model", "a/b", 2.0)
        assert len(again.library.bookmarks()) == 1


def test_another_thread_reads_what_this_one_wrote(place: Home) -> None:
    found: list[str] = []

    def read(store: Store) -> None:
        found.extend(mark.id for mark in store.library.bookmarks())

    with Store.open(place) as store:
        store.library.toggle_bookmark("model", "a/b", 1.0)
        assert store.flush()
        thread = threading.Thread(target=read, args=(store,))
        thread.start()
        thread.join()
    assert found == ["a/b"]
