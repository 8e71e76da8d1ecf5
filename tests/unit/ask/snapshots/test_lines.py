import json

import pytest
from hypothesis import given

from tests.unit.analysis.data import trending
from tests.unit.hub.repos import repos
from tui.ask.snapshots.lines import (
    Counts,
    KeptPage,
    ListPage,
    Look,
    RepoLine,
    Seen,
    Value,
    read,
    write,
)
from tui.model import Coverage, Edge, Repo
from tui.store.history import Member, Point, Snapshot


@given(repos())
def test_a_row_is_the_same_before_and_after(repo: Repo) -> None:
    assert read(write(RepoLine(repo, 12.5)).encode()) == RepoLine(repo, 12.5)


def test_the_rows_of_a_real_list_are_the_same_before_and_after() -> None:
    for repo in trending():
        clean = repo._replace(tags=tuple(tag for tag in repo.tags if tag.isprintable()))
        found = read(write(RepoLine(clean, 1.0)).encode())
        assert isinstance(found, RepoLine)
        assert found.repo._replace(license=None) == clean


@pytest.mark.parametrize(
    "value",
    [
        ListPage("model&sort=trending", 1, "/api/models?cursor=abc", ("a/b", "c"), 5.5),
        ListPage("dataset&sort=likes", 0, None, (), 5.0),
        KeptPage("own qwen", 2, "/api/models?x=1", "http://h/api", (Repo("a/b", author="a"),), 1.0),
        Counts("a/b", {"finetune": 3, "merge": 0}, 9.25),
        Seen(Edge("a/b", "c/d", "adapter", True), 3.0),
        Look(
            Snapshot(0, "model&sort=trending", "http://h", "", 7.0, 2),
            (Member(1, 2, "a/b", 1.5, None, 3), Member(1, 2, "c/d", 1.5, 7, None)),
        ),
        Point("qwen", "repos", "own", 4.0, None, "exact", "--llm", "2026-11", "http://h"),
        Point("qwen", "repos", "own", 4.0, 5.0, "edges", coverage=Coverage(1, 2, "repos", 0.5)),
    ],
)
def test_every_kind_of_line_is_the_same_before_and_after(value: Value) -> None:
    assert read(write(value).encode()) == value


@pytest.mark.parametrize(
    "path", ["http://other/api/models", "//other/api", "/etc", "/api/x\x1b", "/api/é", "", 7]
)
def test_a_cursor_that_leads_elsewhere_is_dropped(path: object) -> None:
    said = {"what": "list", "key": "model&sort=likes", "page": 0, "ids": [], "at": 1.0}
    found = read(json.dumps({**said, "next": path}).encode())
    assert isinstance(found, ListPage)
    assert found.next is None
