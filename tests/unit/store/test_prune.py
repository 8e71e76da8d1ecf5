import os
from pathlib import Path

from tui.model import Repo
from tui.store.paths import Home
from tui.store.store import Store

KB = 1024


def noise(size: int) -> str:
    return os.urandom(size // 2).hex()


def test_the_cache_stays_below_its_cap_and_drops_the_oldest_first(place: Home) -> None:
    with Store.open(place, sync=True, cap_bytes=2000 * KB) as store:
        store.cache.put_list("old", "model", "", 0, [Repo("a/b")], "next", 0.5)
        store.cache.put_list("old", "model", "", 1, [Repo("a/c")], None, 2000.0)
        for number in range(600):
            store.cache.put_body(f"k{number}", "", noise(16 * KB), float(number))
            assert store.cache.body(f"k{number}", "") is not None
        kept = [store.cache.body(f"k{number}", "") is not None for number in range(600)]
        assert kept == sorted(kept)
        assert 20 < sum(kept) < 300
        assert store.cache.list("old", "") is None
        assert store.cache.repo("model", "a/b", "") is not None
    assert Path(store.cache.where()).stat().st_size <= 2000 * KB
    assert store.notices == []


def test_repos_go_when_nothing_else_is_left(place: Home) -> None:
    with Store.open(place, sync=True, cap_bytes=1000 * KB) as store:
        for number in range(3000):
            row = Repo(f"a/{number}", tags=(noise(KB),))
            store.cache.put_repos([row], "", float(number))
        assert store.cache.repo("model", "a/2999", "") is not None
        assert store.cache.repo("model", "a/0", "") is None
    assert Path(store.cache.where()).stat().st_size <= 1000 * KB


def test_pruning_and_clearing_by_hand(store: Store) -> None:
    for number in range(300):
        store.cache.put_body(f"k{number}", "", noise(8 * KB), float(number))
    store.cache.put_list("k", "model", "", 0, [Repo("a/b")], None, 1000.0)
    store.library.toggle_bookmark("model", "a/b", 1.0)
    store.cache.prune(500 * KB)
    assert store.cache.body("k0", "") is None
    assert store.cache.list("k", "") is not None
    store.cache.clear()
    assert store.cache.list("k", "") is None
    assert store.cache.repo("model", "a/b", "") is None
    assert len(store.library.bookmarks()) == 1
    path = Path(store.cache.where())
    store.close()
    assert path.stat().st_size < 100 * KB
