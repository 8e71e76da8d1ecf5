import os
import re
import sqlite3
import stat
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import pytest

from tui.model import Repo, StoreTrouble
from tui.store import database as database_module
from tui.store import file as file_module
from tui.store import notes
from tui.store.connection import Link
from tui.store.migrations import LIBRARY
from tui.store.paths import Home
from tui.store.store import Store

ROW = Repo("a/b", likes=1)


def fill(place: Home, count: int = 1) -> None:
    rows = [ROW, *(Repo(f"org/m{n}", tags=("x" * 400,)) for n in range(count - 1))]
    with Store.open(place, sync=True) as store:
        store.cache.put_list("k", "model", "", 0, rows, None, 1.0)
        store.library.toggle_bookmark("model", "a/b", 1.0)
        store.history.add_snapshot("k", "e", "", 1.0, [ROW])
    assert store.notices == []


def files(place: Home) -> list[Path]:
    return [
        Path(place.cache, "cache.db"),
        Path(place.data, "library.db"),
        Path(place.data, "history.db"),
    ]


def read_all(store: Store) -> list[int]:
    listed = store.cache.listed("k", "model", "", 9)
    return [
        len(listed.rows) if listed else 0,
        len(store.library.bookmarks()),
        len(store.history.snapshots()),
    ]


def write_all(store: Store) -> None:
    store.cache.put_list("k", "model", "", 0, [ROW], None, 1.0)
    notes.annotate(store.library, notes.Repo("model", "a/b"), 1.0, None, None)
    store.library.put_session("s", 1)
    store.history.add_snapshot("k", "e", "", 1.0, [ROW])


@contextmanager
def held(path: Path) -> Iterator[None]:
    with closing(sqlite3.connect(path, isolation_level=None)) as other:
        other.execute("BEGIN EXCLUSIVE")
        yield
        other.execute("ROLLBACK")


@pytest.mark.parametrize("first", ["read", "write"])
@pytest.mark.parametrize("sync", [True, False])
def test_damaged_files_are_set_aside_and_begun_anew(place: Home, first: str, sync: bool) -> None:
    fill(place)
    for path in files(place):
        path.write_bytes(b"no database at all " * 400)
    with Store.open(place, sync=sync) as store:
        if first == "read":
            assert read_all(store) == [0, 0, 0]
        write_all(store)
        assert store.flush()
        assert read_all(store) == [1, 1, 1]
    assert len(store.notices) == 3
    for path, notice in zip(files(place), store.notices):
        aside = notice.rpartition(" ")[2]
        assert re.fullmatch(re.escape(str(path)) + r"\.damaged-\d{8}T\d{6}Z", aside)
        assert Path(aside).read_bytes().startswith(b"no database at all")


def test_a_file_cut_short_is_set_aside_too(place: Home) -> None:
    fill(place, 500)
    path = files(place)[0]
    path.write_bytes(path.read_bytes()[: 3 * 4096 + 100])
    with Store.open(place, sync=True) as store:
        store.cache.listed("k", "model", "", 500)
        write_all(store)
        assert read_all(store) == [1, 1, 1]
    assert [notice.startswith("the cache was damaged") for notice in store.notices] == [True]


def test_only_the_newest_damaged_cache_is_kept_but_every_library(place: Home) -> None:
    for _ in range(3):
        fill(place)
        for path in files(place):
            path.write_bytes(b"broken" * 4096)
        with Store.open(place, sync=True) as store:
            read_all(store)
    assert len([name for name in os.listdir(place.cache) if ".damaged-" in name]) == 1
    assert len([name for name in os.listdir(place.data) if "library.db.damaged-" in name]) == 3


def test_a_file_that_another_process_has_replaced_is_opened_anew(place: Home) -> None:
    with Store.open(place, sync=True) as store:
        write_all(store)
        for path in files(place):
            path.rename(f"{path}.damaged-elsewhere")
            for part in ("-wal", "-shm"):
                Path(f"{path}{part}").unlink()
        assert read_all(store) == [0, 0, 0]
        write_all(store)
        assert read_all(store) == [1, 1, 1]
    assert store.notices == []


def test_a_newer_file_is_left_alone(place: Home) -> None:
    fill(place)
    for path in files(place):
        with closing(sqlite3.connect(path)) as other:
            other.execute("PRAGMA user_version=99")
    before = [path.read_bytes() for path in files(place)]
    for first in (read_all, write_all):
        with Store.open(place, sync=True) as store:
            first(store)
            write_all(store)
            assert read_all(store) == [0, 0, 0]
        assert len(store.notices) == 3
        assert all("made by a newer hubscope" in notice for notice in store.notices)
    assert [path.read_bytes() for path in files(place)] == before


def test_an_older_file_steps_forward(place: Home, monkeypatch: pytest.MonkeyPatch) -> None:
    fill(place)
    steps = (*LIBRARY.steps, ("ALTER TABLE mark ADD COLUMN note TEXT",))
    monkeypatch.setattr("tui.store.store.LIBRARY", LIBRARY._replace(steps=steps))
    with Store.open(place, sync=True) as store:
        assert read_all(store) == [1, 1, 1]
        assert store.notices == []
    with closing(sqlite3.connect(files(place)[1])) as other:
        assert other.execute("PRAGMA user_version").fetchone() == (3,)
        assert other.execute("SELECT note FROM mark").fetchone() == (None,)


def test_a_folder_that_cannot_be_made(place: Home) -> None:
    Path(place.cache).parent.write_text("a file where the folder should be")
    for sync in (True, False):
        with Store.open(place, sync=sync) as store:
            write_all(store)
            assert store.flush()
            assert read_all(store) == [0, 0, 0]
            assert store.cache.size() == 0
        assert store.notices == [
            "the store cannot be written (Not a directory); going on, nothing new is kept"
        ]


def test_a_full_disk(place: Home, monkeypatch: pytest.MonkeyPatch) -> None:
    fill(place)
    made = file_module.File.writing

    def small(self: file_module.File, wait: float) -> Link:
        link = made(self, wait)
        link.rows("PRAGMA max_page_count=1")
        return link

    monkeypatch.setattr(file_module.File, "writing", small)
    with Store.open(place, sync=True) as store:
        store.cache.put_body("k", "", os.urandom(50_000).hex(), 1.0)
        store.library.put_session("big", "x" * 50_000)
        with pytest.raises(StoreTrouble, match="disk is full"):
            store.library.save_query("big", "x" * 50_000, 1.0).wait()
        assert store.cache.body("k", "") is None
        assert read_all(store) == [1, 1, 1]
    assert store.notices == [
        "the store cannot be written (database or disk is full); going on, nothing new is kept"
    ]


def test_a_disk_that_may_only_be_read(place: Home, monkeypatch: pytest.MonkeyPatch) -> None:
    fill(place)
    monkeypatch.setattr("os.access", lambda path, mode: False)
    monkeypatch.setattr(file_module, "read_only", lambda path: True)
    with Store.open(place, sync=True) as store:
        write_all(store)
        with pytest.raises(StoreTrouble, match="Read-only file system"):
            store.library.toggle_bookmark("model", "c/d", 1.0).wait()
        assert read_all(store) == [1, 1, 1]
    assert store.notices == [
        "the store cannot be written (Read-only file system); going on, nothing new is kept"
    ]


def test_a_locked_file_is_no_answer_now(place: Home, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(file_module, "on_network", lambda folder: True)
    fill(place)
    with Store.open(place, sync=True) as store:
        assert read_all(store) == [1, 1, 1]
        with held(Path(store.cache.where())):
            assert store.cache.listed("k", "model", "", 9) is None
        assert read_all(store) == [1, 1, 1]
    assert store.notices == []


def test_a_write_to_a_held_file_is_dropped_with_a_notice(
    place: Home, monkeypatch: pytest.MonkeyPatch
) -> None:
    fill(place)
    monkeypatch.setattr(database_module, "WAIT", 0.01)
    with Store.open(place, sync=True) as store:
        with held(files(place)[1]):
            store.library.put_session("s", 1)
            with pytest.raises(StoreTrouble, match="held by another process"):
                store.library.toggle_bookmark("model", "c/d", 2.0).wait()
            assert len(store.library.bookmarks()) == 1
        store.library.toggle_bookmark("model", "e/f", 3.0)
        assert [mark.id for mark in store.library.bookmarks()] == ["e/f", "a/b"]
    assert len(store.notices) == 1
    assert "held by another process" in store.notices[0]


def test_on_a_network_each_host_has_its_cache_and_no_log_in_memory(
    place: Home, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(file_module, "on_network", lambda folder: True)
    fill(place)
    (cache,) = Path(place.cache).glob("*.db")
    assert cache.name == f"cache-{os.uname().nodename}.db"
    for path in (cache, *files(place)[1:]):
        with closing(sqlite3.connect(path)) as other:
            assert other.execute("PRAGMA journal_mode").fetchone() == ("delete",)


def test_where_wal_is_refused_the_host_gets_its_own_cache(
    place: Home, monkeypatch: pytest.MonkeyPatch
) -> None:
    rows = Link.rows

    def without_wal(self: Link, sql: str, params: tuple[object, ...] = ()) -> object:
        return [("delete",)] if sql == "PRAGMA journal_mode=WAL" else rows(self, sql, params)

    monkeypatch.setattr(Link, "rows", without_wal)
    fill(place)
    with Store.open(place, sync=True) as store:
        assert Path(store.cache.where()).name == f"cache-{os.uname().nodename}.db"
        assert read_all(store) == [1, 1, 1]


def test_files_are_the_users_own_and_named(place: Home) -> None:
    before = os.umask(0)
    try:
        with Store.open(place, sync=True) as store:
            assert [taken for _, taken, _ in store.files()] == [0, 0, 0]
            write_all(store)
            made = [*Path(place.cache).iterdir(), *Path(place.data).iterdir()]
            assert len(made) == 12  # each with its log, its index and its lock
            assert {stat.S_IMODE(path.stat().st_mode) for path in made} == {0o600}
            folders = (place.cache, place.data, os.path.dirname(place.data))
            assert {stat.S_IMODE(os.stat(path).st_mode) for path in folders} == {0o700}
            assert [path for path, taken, _ in store.files() if taken > 4096] == [
                str(path) for path in files(place)
            ]
    finally:
        os.umask(before)


_MANY = """
import sys
from tui.model import Repo
from tui.store.store import Store
from tui.store.paths import home
name = sys.argv[1]
with Store.open(home({"HUBSCOPE_HOME": sys.argv[2]}), sync=True) as store:
    for number in range(40):
        store.cache.put_repos([Repo(f"{name}/{number}")], "", 1.0)
        store.library.toggle_bookmark("model", f"{name}/{number}", 1.0)
print(store.notices)
"""


def test_two_processes_write_at_once(place: Home) -> None:
    root = os.path.dirname(place.cache)
    both = [
        subprocess.Popen(
            [sys.executable, "-c", _MANY, name, root], stdout=subprocess.PIPE, text=True
        )
        for name in ("one", "two")
    ]
    assert [process.communicate(timeout=60)[0] for process in both] == ["[]\n", "[]\n"]
    with Store.open(place, sync=True) as store:
        assert len(store.library.bookmarks()) == 80
        assert len(store.cache.search(["/"], "model", "", 100)) == 80


@pytest.mark.parametrize("room", ["paths", "store"])
def test_nothing_heavy_is_imported(place: Home, room: str) -> None:
    heavy = {"asyncio", "dataclasses", "pathlib", "platformdirs", "tomllib", "rich", "textual"}
    heavy |= {"httpx2", "threading", "queue", "socket", "urllib", "ctypes", "inspect"}
    if room == "paths":
        heavy |= {"sqlite3", "json", "zlib", "tui.model"}
    code = f"import sys; sys.path.insert(0, {os.getcwd()!r})\nimport tui.store.{room}"
    done = subprocess.run(
        [sys.executable, "-I", "-S", "-c", f"{code}\nprint(*sys.modules)"],
        capture_output=True,
        text=True,
        check=True,
    )
    assert f"tui.store.{room}" in done.stdout.split()
    assert heavy.isdisjoint(done.stdout.split())
