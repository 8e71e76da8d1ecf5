import pytest

from tui.store.library import RECENT_KEPT, Job
from tui.store.notes import Repo, annotate
from tui.store.store import Store


def test_bookmarks(store: Store) -> None:
    library = store.library
    library.toggle_bookmark("model", "Qwen/Qwen3-8B", 1.0)
    library.toggle_bookmark("dataset", "qwen/qwen3-8b", 2.0)
    annotate(library, Repo("model", "qwen/qwen3-8B"), 3.0, None, None)
    assert library.bookmarks() == (
        ("model", "qwen/qwen3-8B", 3.0),
        ("dataset", "qwen/qwen3-8b", 2.0),
    )
    library.toggle_bookmark("model", "QWEN/QWEN3-8B", 4.0)
    assert [mark.kind for mark in library.bookmarks()] == ["dataset"]
    assert library.recent() == ()


def test_private_ids_are_their_accounts_alone(store: Store) -> None:
    for keep in (store.library.toggle_bookmark, store.library.opened):
        keep("model", "ada/secret", 1.0, "ada", True)
        keep("model", "ada/lost", 1.0, "", True)
        keep("model", "ada/open", 2.0, "ada", False)
    for kept in (store.library.bookmarks, store.library.recent):
        assert [mark.id for mark in kept("")] == ["ada/open"]
        assert [mark.id for mark in kept("bob")] == ["ada/open"]
        assert [mark.id for mark in kept("ada")] == ["ada/open", "ada/secret"]


def test_recent_forgets_the_oldest(store: Store) -> None:
    store.library.toggle_bookmark("model", "a/old", -1.0)
    for number in range(RECENT_KEPT + 3):
        store.library.opened("model", f"a/{number}", float(number))
    recent = store.library.recent()
    assert len(recent) == RECENT_KEPT
    assert (recent[0].id, recent[-1].id) == (f"a/{RECENT_KEPT + 2}", "a/3")
    assert len(store.library.bookmarks()) == 1


def test_saved_queries(store: Store) -> None:
    store.library.save_query("b", "qwen \udcff", 1.0)
    store.library.save_query("a", "llama", 2.0)
    store.library.save_query("a", "llama sort:likes", 3.0)
    store.library.remove_query("none")
    assert [saved.name for saved in store.library.queries()] == ["a", "b"]
    assert store.library.queries()[0] == ("a", "llama sort:likes", 3.0)
    store.library.remove_query("a")
    assert [saved.name for saved in store.library.queries()] == ["b"]


def test_session(store: Store) -> None:
    assert store.library.session("last") is None
    store.library.put_session("last", {"view": 1, "\ud800": [None]})
    assert store.library.session("last") == {"view": 1, "\ud800": [None]}
    with pytest.raises(TypeError):
        store.library.put_session("last", object())


def test_jobs(store: Store) -> None:
    first = Job("1", "claims", {"done": [1]}, 1.0)
    store.library.put_job(first)
    store.library.put_job(Job("2", "families", None, 2.0))
    later = first._replace(state=[], updated_at=3.0)
    store.library.put_job(later)
    assert store.library.job("1") == later
    assert [job.id for job in store.library.jobs()] == ["1", "2"]
    store.library.remove_job("1")
    assert store.library.job("1") is None
