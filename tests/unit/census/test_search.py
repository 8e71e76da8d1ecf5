"""Searching a census: over all ids, by index and by looking, and in the box before the Hub."""

import json
from typing import Any

import pytest

from tests.loopback import LoopbackHub
from tests.unit.ask.families.places import Place
from tests.unit.census.conftest import NOW
from tests.unit.census.test_rows import ranked
from tui.analysis.query.query_line import parse
from tui.ask.census import names
from tui.ask.census.held import Held, held
from tui.ask.lists import search, trending
from tui.ask.lists.rows import row
from tui.ask.sources import Sources
from tui.model import Lens, Repo, View

WORDS = (
    ["qwen"], ["QWEN", "gguf"], ["aurora-"], ["7b"], ["x"], ["user", "swarm1"], ["l_ma"], ["%"],
    ['a"b'], ["qwen2.5-7b"], ["/basalt"], ["nothing-has-this"],
)  # fmt: skip


@pytest.fixture(scope="module")
def sources(crawled: Place) -> Sources:
    return crawled.open()


@pytest.fixture(scope="module")
def census(sources: Sources) -> Held:
    found = held(sources)
    assert found is not None
    return found


@pytest.mark.parametrize("words", WORDS, ids=" ".join)
def test_the_first_rows_are_those_of_a_loop_over_all_ids(
    census: Held, rows: list[Repo], words: list[str]
) -> None:
    wanted = [row.id for row in ranked(rows) if all(w.lower() in row.id.lower() for w in words)]
    found = [repo.id for _, repo in names.first(census, words, 100)]
    assert found == wanted[:100]


@pytest.mark.parametrize(
    ("line", "test"),
    [
        ("qwen author:user1", lambda row: "qwen" in row.id.lower() and row.author == "user1"),
        ("task:any-to-any", lambda row: row.task == "any-to-any"),
        ("gguf license:mit", lambda row: "gguf" in row.id.lower() and row.license == "mit"),
        ("author:swarm1 likes:>3", lambda row: row.author == "swarm1" and (row.likes or 0) > 3),
    ],
)
def test_a_query_by_fields(
    sources: Sources, rows: list[Repo], made_hub: LoopbackHub, line: str, test: Any
) -> None:
    before = len(made_hub.requests)
    query = parse(f"{line} sort:downloads")._replace(limit=40)
    view = trending.peek(sources, query, Lens())
    assert view is not None
    assert (view.source, view.stale) == ("census", True)
    assert [row.repo.id for row in view.rows] == [r.id for r in ranked(rows) if test(r)][:40]
    assert len(made_hub.requests) == before


def test_what_a_census_does_not_keep_it_does_not_answer(sources: Sources) -> None:
    assert trending.peek(sources, parse("qwen has:gguf lang:en"), Lens()) is None
    assert trending.peek(sources, parse(""), Lens()) is None


def test_the_box_finds_rows_of_the_census_behind_those_at_hand(
    sources: Sources, rows: list[Repo]
) -> None:
    query = parse("swarm1 sort:downloads")
    held_back = next(one for one in rows if one.author == "swarm1")
    local = View((row(sources, None, held_back),), "cache", None, query)
    found = search.counted(sources, query, local)
    wanted = [row.id for row in ranked(rows) if "swarm1" in row.id]
    assert found.rows[0].repo == held_back
    assert [row.repo.id for row in found.rows[1:]] == [n for n in wanted if n != held_back.id]
    assert found.complete
    alone = search.counted(sources, query, local._replace(rows=()))
    assert (alone.source, alone.as_of) == ("census", NOW)


def test_a_search_offline_answers_from_the_census(
    crawled: Place, made_hub: LoopbackHub, run: Any
) -> None:
    told = run(
        "search", "qwen2.5-7b", "--offline", "--json", "--sort", "downloads",
        HUBSCOPE_HOME=str(crawled.folder), HF_ENDPOINT=made_hub.url,
    )  # fmt: skip
    body = json.loads(told.out)
    assert (told.code, body["source"]) == (0, "census")
    assert body["rows"]
    assert all("qwen2.5-7b" in row["id"].lower() for row in body["rows"])
