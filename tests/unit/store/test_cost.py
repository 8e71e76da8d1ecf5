"""What a question costs the store, counted: statements, pages of ids, and texts kept twice."""

from collections.abc import Iterator
from typing import Any

import pytest

from tui.model import Query, Repo
from tui.store.database import Database
from tui.store.places import BEGIN, Place
from tui.store.repo_text import read_repo, repo_text
from tui.store.store import Store

Statements = list[tuple[str, int]]  # each statement with the number of rows it gave


@pytest.fixture
def statements(monkeypatch: pytest.MonkeyPatch) -> Statements:
    made: Statements = []
    read = Database.read

    def counted(self: Database, sql: str, values: Any = ()) -> Any:
        found = read(self, sql, values)
        made.append((sql, len(found)))
        return found

    monkeypatch.setattr(Database, "read", counted)
    return made


def keep_list(store: Store, pages: int, size: int) -> str:
    key = Query().key
    for page in range(pages):
        rows = [Repo(f"acme/m-{page * size + n:05}", private=False) for n in range(size)]
        store.cache.put_list(key, "model", "", page, rows, f"/page/{page + 1}", 10.0)
    store.flush()
    return key


def places(store: Store, key: str, size: int) -> Iterator[tuple[str, ...]]:
    place: Place | None = BEGIN
    while place is not None:
        found = store.cache.listed(key, "model", "", size, place)
        assert found is not None
        yield tuple(row.id for row in found.rows)
        place = found.after


@pytest.mark.parametrize("size", [7, 50, 120, 1000])
def test_the_parts_of_a_list_are_the_list(store: Store, size: int) -> None:
    key = keep_list(store, pages=3, size=50)
    parts = list(places(store, key, size))
    assert [repo_id for part in parts for repo_id in part] == [f"acme/m-{n:05}" for n in range(150)]
    assert all(len(part) == size for part in parts[:-1])


def test_the_next_rows_of_a_long_list_cost_no_more_than_the_first(
    store: Store, statements: Statements
) -> None:
    key = keep_list(store, pages=40, size=50)
    statements.clear()
    found = store.cache.listed(key, "model", "", 50, (38, 10))
    assert found is not None
    assert found.rows[0].id == "acme/m-01910"
    assert sum(rows for sql, rows in statements if " ids " in f"{sql} " and "page, ids" in sql) <= 2


def test_rows_share_what_they_all_say() -> None:
    one, other = (
        read_repo(repo_text(Repo(f"acme/{name}", author="acme", tags=("gguf", "license:mit"))))
        for name in ("a", "b")
    )
    assert one is not None
    assert other is not None
    assert one.author is other.author
    assert all(tag is same for tag, same in zip(one.tags, other.tags))


def test_a_search_reads_no_row_that_is_at_hand(store: Store, statements: Statements) -> None:
    rows = [Repo(f"acme/m-{n}", private=False, downloads=n) for n in range(20)]
    store.cache.put_repos(rows, "", 5.0)
    store.flush()
    known = {row.id: row._replace(likes=1) for row in rows[5:]}
    statements.clear()
    found = store.cache.search(("m-",), "model", "", 100, known)
    assert [row.id for row in found] == [row.id for row in reversed(rows)]
    assert [row.likes for row in found] == [1] * 15 + [None] * 5
    assert [count for sql, count in statements if "facts" in sql] == [5]
