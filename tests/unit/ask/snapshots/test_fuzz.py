"""A stranger's snapshot file: each line a value whose every text is clean, or none."""

import json
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from tests.unit.hub.test_fuzz import VALUE, places, texts
from tui.ask.snapshots.lines import Counts, KeptPage, ListPage, Look, RepoLine, Seen, read, write
from tui.model import Coverage, Edge, Repo, Unreadable, clean
from tui.store.history import Member, Point, Snapshot

HONEST = [
    json.loads(write(value))
    for value in (
        RepoLine(Repo("a/b", author="a", tags=("x",), likes=3), 1.0),
        ListPage("model&sort=trending", 1, "/api/models?cursor=abc", ("a/b", "c"), 5.5),
        KeptPage("own qwen", 2, "/api/models?x=1", "http://h/api", (Repo("a/b", author="a"),), 1.0),
        Counts("a/b", {"finetune": 3, "merge": 0}, 9.25),
        Seen(Edge("a/b", "c/d", "adapter", True), 3.0),
        Look(Snapshot(0, "model", "http://h", "", 7.0, 1), (Member(1, 2, "a/b", 1.5, None, 3),)),
        Point("qwen", "repos", "own", 4.0, 5.0, "edges", coverage=Coverage(1, 2, "repos", 0.5)),
    )
]


@settings(max_examples=200)
@given(
    st.sampled_from(HONEST), st.lists(st.tuples(st.integers(0, 99), VALUE), min_size=1, max_size=4)
)
def test_of_any_line_every_text_is_clean(line: Any, changes: list[tuple[int, Any]]) -> None:
    said = json.loads(json.dumps(line))
    for number, value in changes:
        found = list(places(said))
        container, key = found[number % len(found)]
        if key != "what":
            container[key] = value
    read_back: object = None
    try:
        read_back = read(json.dumps(said).encode())
    except Unreadable as refused:
        read_back = str(refused)
    for text in texts(read_back):
        assert clean(text) == text
