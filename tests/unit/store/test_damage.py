"""A damaged file: looked at twice, set aside by one, with what can be read carried over."""

import os
import random
import shutil
import sqlite3
import subprocess
import sys
from contextlib import closing
from itertools import pairwise
from pathlib import Path

import pytest

from tui.model import Repo
from tui.store import notes
from tui.store.connection import Link, file_id
from tui.store.damage import replace
from tui.store.file import File
from tui.store.history import Point
from tui.store.migrations import LIBRARY
from tui.store.paths import Home, home
from tui.store.store import Store

PAGE = 4096
MANY, FIGURES = 400, 1200


def library(place: Home) -> Path:
    return Path(place.data, "library.db")


@pytest.fixture(scope="module")
def made_full(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A library of many bookmarks and some searches, a history of many figures."""
    root = tmp_path_factory.mktemp("full")
    place = home({"HUBSCOPE_HOME": str(root)})
    marks = [(f"org/model-{n:04}", f"org/Model-{n:04}", float(n)) for n in range(MANY)]
    points = [(n * 1e4, float(n)) for n in range(FIGURES)]
    with Store.open(place, sync=True) as store:
        _, library, history = store.databases
        library.write(
            lambda link: link.many(
                "INSERT INTO mark VALUES ('bookmark', 'model', ?, '', ?, ?)", marks
            )
        )
        for number in range(9):
            store.library.save_query(f"search {number}", "qwen", 1.0).wait()
        history.write(
            lambda link: link.many(
                "INSERT INTO point (family, measure, definition, lens, endpoint, kind, at, value)"
                " VALUES ('qwen', 'repos', 'd', '', '', 'exact', ?, ?)",
                points,
            )
        )
    return root


@pytest.fixture
def full(made_full: Path, place: Home) -> Home:
    """The same, to be damaged."""
    shutil.copytree(made_full, Path(place.data).parent)
    return place


def smash(path: Path, *pages: int) -> None:
    """Overwrite whole pages, counted from 1, with bytes that are none."""
    with path.open("r+b") as file:
        for page in pages:
            file.seek((page - 1) * PAGE)
            file.write(b"\xa5" * PAGE)


def leaves(path: Path, kind: int) -> list[int]:
    """The pages of a kind (10: a leaf of a table without rowids, 13: of one with), from 1."""
    body = path.read_bytes()
    cells = {
        start: int.from_bytes(body[start + 3 : start + 5]) for start in range(0, len(body), PAGE)
    }
    return [
        start // PAGE + 1 for start, count in cells.items() if body[start] == kind and count > 9
    ]


def first_rowid(path: Path, page: int) -> int:
    """The first key of a leaf whose rows are shorter than 128 bytes."""
    body = path.read_bytes()[(page - 1) * PAGE : page * PAGE]
    cell = int.from_bytes(body[8:10])
    key = body[cell + 1]
    return key if key < 128 else (key & 127) << 7 | body[cell + 2]


def test_of_a_library_with_a_ruined_page_all_others_are_carried_over(full: Home) -> None:
    smash(library(full), leaves(library(full), 10)[4])
    with Store.open(full, sync=True) as store:
        store.library.put_session("s", 1)
        store.library.bookmarks()
        kept = {mark.id for mark in store.library.bookmarks()}
        assert MANY - 120 < len(kept) < MANY
        assert len(store.library.queries()) == 9
    (line,) = store.notices
    assert "carried over" in line
    assert Path(line.rpartition(" ")[2]).exists()


def test_a_library_without_its_first_page_is_read_with_a_new_one(full: Home) -> None:
    smash(library(full), 1)
    with Store.open(full, sync=True) as store:
        store.library.bookmarks()
        assert len(store.library.bookmarks()) == MANY
        assert len(store.library.queries()) == 9
    assert f"{MANY + 9} entries were carried over" in store.notices[0]


def test_between_two_ruined_pages_of_the_history_nothing_whole_is_left_behind(full: Home) -> None:
    path = Path(full.data, "history.db")
    pages = sorted(leaves(path, 13), key=lambda page: first_rowid(path, page))
    smash(path, pages[1], pages[-2])
    with Store.open(full, sync=True) as store:
        store.history.points("qwen", "repos")
        values = [int(point.value or 0) for point in store.history.points("qwen", "repos")]
    gaps = [two - one for one, two in pairwise(values) if two - one > 1]
    assert len(gaps) == 2
    assert len(values) > FIGURES * 0.7


def test_a_sound_file_is_left_where_it_is(full: Home) -> None:
    path = library(full)
    seen = file_id(str(path))
    assert seen is not None
    assert replace(File(full.data, LIBRARY), seen, 0.1) is None
    assert file_id(str(path)) == seen


def test_what_another_process_has_replaced_is_not_replaced_again(full: Home) -> None:
    path = library(full)
    seen = file_id(str(path))
    assert seen is not None
    path.rename(f"{path}.damaged-elsewhere")
    path.write_bytes(b"no database" * 1000)
    assert replace(File(full.data, LIBRARY), seen, 0.1) is None
    assert path.read_bytes().startswith(b"no database")


_MEET = """
import sys
from tui.store.store import Store
from tui.store.paths import home
with Store.open(home({"HUBSCOPE_HOME": sys.argv[1]}), sync=True) as store:
    store.library.bookmarks()
    store.library.toggle_bookmark("model", sys.argv[2], 1.0).wait()
    print(len([line for line in store.notices if "damaged" in line]))
"""


def test_of_many_processes_that_meet_damage_one_sets_it_aside(full: Home) -> None:
    smash(library(full), 1)
    root = str(Path(full.data).parent)
    all_of_them = [
        subprocess.Popen(
            [sys.executable, "-c", _MEET, root, f"new/{number}"], stdout=subprocess.PIPE, text=True
        )
        for number in range(6)
    ]
    told = [int(process.communicate(timeout=60)[0]) for process in all_of_them]
    assert sum(told) == 1
    assert len([one for one in os.listdir(full.data) if one.startswith("library.db.dam")]) == 1
    with Store.open(full, sync=True) as store:
        ids = {mark.id for mark in store.library.bookmarks()}
    assert {f"new/{number}" for number in range(6)} <= ids
    assert len(ids) == MANY + 6


def test_a_commit_to_a_file_that_was_moved_is_made_again(full: Home) -> None:
    path = library(full)
    moved: list[int] = []

    def job(link: Link) -> str:
        link.rows("INSERT OR REPLACE INTO session VALUES ('k', '1')")
        if not moved:
            moved.append(1)
            for part in ("", "-wal", "-shm"):
                Path(f"{path}{part}").rename(f"{path}.moved{part}")
        return "done"

    with Store.open(full, sync=True) as store:
        assert store.databases[1].keep(job).wait() == "done"
        assert store.library.session("k") == 1


def test_what_a_dead_process_left_beside_is_not_taken_for_the_new_files(full: Home) -> None:
    path = library(full)
    with Store.open(full, sync=True) as store:
        store.library.put_session("k", "old")
        for part in ("", "-wal", "-shm"):
            os.link(f"{path}{part}", f"{path}.copy{part}")
    for part in ("-wal", "-shm"):
        os.replace(f"{path}.copy{part}", f"{path}{part}")
    path.unlink()
    with Store.open(full, sync=True) as store:
        store.library.put_session("other", 1)
        assert store.library.session("k") is None
        assert store.library.session("other") == 1
    assert store.notices == []


def ruin(path: Path, seed: int) -> None:
    """Overwrite a stretch of the file at a place that the seed chooses."""
    chance = random.Random(seed)
    body = bytearray(path.read_bytes())
    start = chance.randrange(len(body))
    length = chance.choice([1, 8, 64, 512, PAGE])
    body[start : start + length] = chance.randbytes(len(body[start : start + length]))
    path.write_bytes(body)


def everything(store: Store) -> None:
    """Read all that a start, a list and a saved view read; then write to each file."""
    store.cache.listed("k", "model", "", 100)
    store.cache.search(["org"], "model", "", 100)
    store.cache.body("readme", "")
    for number in range(60):
        store.cache.repo("model", f"org/m{number}", "")
        store.cache.detail("model", f"org/m{number}", "")
    for mark in (*store.library.bookmarks(), *store.library.recent()):
        assert isinstance(mark.at, float)
    for one in store.library.queries():
        assert isinstance(one.text, str)
    store.library.session("last")
    store.library.jobs()
    for look in store.history.snapshots():
        store.history.members(look.id)
    store.history.points("qwen", "repos")


ROWS = [Repo(f"org/m{number}", tags=("x" * 99,), likes=number) for number in range(60)]


@pytest.fixture(scope="module")
def of_each_kind(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A home with something of each kind in its three files."""
    root = tmp_path_factory.mktemp("each")
    with Store.open(home({"HUBSCOPE_HOME": str(root)}), sync=True) as store:
        store.cache.put_list("k", "model", "", 0, ROWS, None, 1.0)
        store.cache.put_body("readme", "", "text " * 3000, 1.0)
        store.history.add_snapshot("k", "e", "", 1.0, ROWS)
        for number in range(60):
            store.library.toggle_bookmark("model", f"org/m{number}", 1.0).wait()
            store.history.add_points([Point("qwen", "repos", "d", number * 1e4, 1.0, "exact")])
        store.library.put_session("last", {"theme": "x" * 900})
    return root


@pytest.mark.parametrize("name", ["cache.db", "library.db", "history.db"])
@pytest.mark.parametrize("seed", range(17))
def test_damaged_anywhere_the_store_goes_on(
    of_each_kind: Path, place: Home, name: str, seed: int
) -> None:
    shutil.copytree(of_each_kind, Path(place.data).parent)
    (path,) = Path(place.data).parent.rglob(name)
    ruin(path, seed)
    for _ in range(2):
        with Store.open(place, sync=True) as store:
            everything(store)
            store.cache.put_list("k", "model", "", 0, ROWS, None, 2.0)
            notes.annotate(store.library, notes.Repo("model", "new/one"), 2.0, None, None).wait()
            store.history.add_snapshot("new", "e", "", 2.0, ROWS)
            everything(store)
            assert "new/one" in {mark.id for mark in store.library.bookmarks()}
            listed = store.cache.listed("k", "model", "", 100)
            assert listed is not None
            assert len(listed.rows) == 60
            assert "new" in {look.query_key for look in store.history.snapshots()}
        assert len(store.notices) <= 1, store.notices
    assert store.notices == []
    with closing(sqlite3.connect(path)) as one:
        assert one.execute("PRAGMA user_version").fetchone()[0] > 0
