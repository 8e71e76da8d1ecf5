"""A store that may only be read is read, with its log or as it stands, and says so in a line."""

import os
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from tui.model import Repo
from tui.store.paths import Home, home
from tui.store.store import Store

NOBODY = 65534

pytestmark = pytest.mark.skipif(
    not hasattr(os, "geteuid") or os.geteuid() != 0, reason="only root can become somebody else"
)

_READ = """
import fcntl, os, sys
import tui.store.damage, tui.store.history, tui.store.library, tui.store.receipt, tui.store.store
from tui.model import Repo, StoreTrouble
from tui.store.store import Store
from tui.store.paths import home
os.setgroups([])
os.setuid(int(sys.argv[2]))  # only now: not everybody can read the interpreter
with Store.open(home({"HUBSCOPE_HOME": sys.argv[1]}), sync=True) as store:
    listed = store.cache.listed("k", "model", "", 9)
    print(len(listed.rows) if listed else 0, len(store.library.bookmarks()),
          len(store.history.snapshots()))
    store.cache.put_repos([Repo("c/d")], "", 2.0)
    try:
        store.library.toggle_bookmark("model", "c/d", 2.0).wait()
    except StoreTrouble as trouble:
        print(trouble)
    print(len(store.library.bookmarks()), *store.notices, sep="|")
"""


@pytest.fixture
def place() -> Iterator[Home]:
    """A store where everybody can go."""
    with tempfile.TemporaryDirectory() as folder:
        os.chmod(folder, 0o755)
        yield home({"HUBSCOPE_HOME": folder})


def others(place: Home) -> list[str]:
    """What another user, who may not write there, finds."""
    root = Path(place.data).parent
    for path in root.rglob("*"):
        path.chmod(0o755 if path.is_dir() else 0o644)
    done = subprocess.run(
        [sys.executable, "-c", _READ, str(root), str(NOBODY)],
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    return done.stdout.splitlines()


def fill(place: Home) -> None:
    with Store.open(place, sync=True) as store:
        store.cache.put_list("k", "model", "", 0, [Repo("a/b")], None, 1.0)
        store.library.toggle_bookmark("model", "a/b", 1.0).wait()
        store.history.add_snapshot("k", "e", "", 1.0, [Repo("a/b")])


REFUSED = "the store cannot be written (Permission denied); going on, nothing new is kept"


def test_it_is_read_as_it_stands(place: Home) -> None:
    fill(place)
    assert not list(Path(place.data).glob("*-wal"))
    before = sorted(Path(place.data).iterdir())
    assert others(place) == ["1 1 1", REFUSED, f"1|{REFUSED}"]
    assert sorted(Path(place.data).iterdir()) == before


def test_it_is_read_with_the_log_of_who_writes_it(place: Home) -> None:
    with Store.open(place, sync=True) as store:
        store.cache.put_list("k", "model", "", 0, [Repo("a/b")], None, 1.0)
        store.library.toggle_bookmark("model", "a/b", 1.0).wait()
        store.history.add_snapshot("k", "e", "", 1.0, [Repo("a/b")])
        assert others(place) == ["1 1 1", REFUSED, f"1|{REFUSED}"]


def test_a_damaged_one_is_left_where_it_is(place: Home) -> None:
    fill(place)
    for path in (*Path(place.data).glob("*.db"), *Path(place.cache).glob("*.db")):
        path.write_bytes(b"no database" * 999)
    found = others(place)
    assert found[0] == "0 0 0"
    assert "cannot be read" in found[-1]
    assert not list(Path(place.data).glob("*.damaged*"))
