"""What it costs to show what is kept, counted in statements."""

from typing import Any

import pytest

from tests.unit.ask.conftest import Make
from tui.ask.lineage import children
from tui.ask.saved import saved
from tui.model import BaseModels, Repo
from tui.store.database import Database

KEPT = 700


def test_thousands_of_bookmarks_are_read_by_the_hundred(
    make: Make, monkeypatch: pytest.MonkeyPatch
) -> None:
    sources = make()
    store = sources.store
    store.cache.put_repos([Repo(f"acme/m-{n}", private=False) for n in range(KEPT)], "", 5.0)
    for n in range(KEPT):
        store.library.toggle_bookmark("model", f"acme/m-{n}", float(n))
    made: list[str] = []
    read = Database.read

    def counted(self: Database, sql: str, values: Any = ()) -> Any:
        made.append(sql)
        return read(self, sql, values)

    monkeypatch.setattr(Database, "read", counted)
    rows = saved.peek(sources).rows
    assert len(rows) == KEPT
    assert all(entry.repo is not None for entry in rows)
    assert len(made) <= 10


def test_children_are_sorted_in_by_one_look_at_each(
    make: Make, monkeypatch: pytest.MonkeyPatch
) -> None:
    base = BaseModels("finetune", ("acme/base",))
    rows = [Repo(f"ann/m-{n}", private=False, base_models=base) for n in range(500)]
    branches = children.no_children({"finetune": 500})
    made: list[object] = []
    replace = children.Branch._replace

    def counted(self: children.Branch, **changes: Any) -> children.Branch:
        made.append(changes)
        return replace(self, **changes)

    monkeypatch.setattr(children.Branch, "_replace", counted)
    children.sort_in(make(), branches, "acme/base", [*rows, *rows])
    assert [repo.id for repo in branches["finetune"].repos] == [repo.id for repo in rows]
    assert len(made) == len(branches)
