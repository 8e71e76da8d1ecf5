"""Searching a census: over all ids, by index and by looking, and in the box before the Hub."""

import json
from typing import Any

import pytest

from tests.loopback import LoopbackHub
from tests.unit.ask.families.places import Place
from tests.unit.census.conftest import COUNT, NOW
from tests.unit.census.test_rows import ranked
from tui.analysis.query.query_line import RowIndex, parse
from tui.analysis.registry.registry import load
from tui.ask.census import browse, names
from tui.ask.census.held import Held, held
from tui.ask.census.search import asked
from tui.ask.census.search import found as found_in
from tui.ask.lists import search, trending
from tui.ask.lists.rows import row
from tui.ask.sources import Sources
from tui.model import Query, Repo, View
from tui.store.census import hits
from tui.store.census.reader import Census

WORDS = (
    ["qwen"], ["QWEN", "gguf"], ["aurora-"], ["7b"], ["x"], ["user", "swarm1"], ["l_ma"], ["%"],
    ['a"b'], ["qwen2.5-7b"], ["/basalt"], ["nothing-has-this"], ["gg", "x7"], ["_b"], ["zq"],
    ["lo", "e"], ['"a'], ["ba", "aurora"],
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
    query = Query(words=tuple(words), sort="downloads")
    wanted = [row.id for row in RowIndex(ranked(rows)).select(query, load(), NOW)]
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
    view = trending.peek(sources, query)
    assert view is not None
    assert (view.source, view.stale) == ("census", True)
    assert [row.repo.id for row in view.rows] == [r.id for r in ranked(rows) if test(r)][:40]
    assert len(made_hub.requests) == before


def test_what_a_census_does_not_keep_it_does_not_answer(sources: Sources) -> None:
    assert trending.peek(sources, parse("qwen has:gguf lang:en")) is None
    assert trending.peek(sources, parse("")) is None


FIELDS = (
    "likes:>2", "!likes:>2 qwen", "downloads:10..500", "alltime:>=1k", "created:2025",
    "created:>2025-06 gguf", "created:<2023", "modified:2024-02..2024-05", "origin:CN",
    "!origin:??", "origin:US,FR", "family:qwen", "!family:qwen family:llama",
    "family:qwen:qwen2.5", "relation:merge", "relation:finetune,adapter",
    "!relation:quantized base:any", "base:none", "!base:none gguf", "base:Qwen/Qwen-7B",
    "base:quantized:qwen/qwen-7b", "!base:gone/x aurora", "gated:no", "gated:yes", "gated:auto",
    "task:any-to-any", "!task:text-generation", "license:mit", "license:mit,apache-2.0",
    "!license:mit", "author:swarm1", "author:swarm1,user1", "!author:swarm1", "!name:gguf,awq",
    "!aurora", "params:7b..8b", "params:<1b qwen", "!params:>1b likes:>9", "user_5",
    "qwen2.5_7b", "gguf likes:>3 license:mit created:>2024",
)  # fmt: skip


@pytest.mark.parametrize("line", FIELDS)
def test_every_field_over_all_rows(sources: Sources, rows: list[Repo], line: str) -> None:
    """What a census finds is what the query line finds among all the rows, in the same order."""
    query = parse(f"{line} sort:downloads")
    wanted = RowIndex(ranked(rows)).select(query, sources.registry, NOW)
    walked = every(sources, line)
    assert walked == [repo.id for repo in wanted]
    assert 0 < len(walked) < len(rows), "the field tells nothing apart"


@pytest.mark.parametrize("sort", ["downloads", "trending", "likes", "created", "modified"])
@pytest.mark.parametrize(
    "line", ["", "swarm1", "author:swarm1", "license:mit", "license:mit 7b", "likes:>3 gated:auto"]
)
def test_every_order(sources: Sources, rows: list[Repo], line: str, sort: str) -> None:
    query = parse(f"{line} sort:{sort}")
    wanted = RowIndex(ranked(rows)).select(query, sources.registry, NOW)
    assert every(sources, f"{line} sort:{sort}") == [repo.id for repo in wanted]


def test_the_first_rows_of_an_order_come_before_all_are_found(sources: Sources) -> None:
    """They are looked for in the order itself; no row comes twice."""
    census = held(sources)
    assert census is not None
    pieces = list(found_in(sources, census, parse("license:mit sort:likes")))
    assert len(pieces[0]) > 20
    told = [number for piece in pieces for number in piece]
    assert len(told) == len(set(told))


@pytest.mark.parametrize("line", ["aurora gguf", "family:qwen", "base:Qwen/Qwen-7B likes:>0"])
def test_what_is_dear_to_begin_is_asked_once(
    sources: Sources, census: Held, monkeypatch: pytest.MonkeyPatch, line: str
) -> None:
    """Words of many ids, and lists of children, are not looked up again for each part of it."""
    asked_sql: list[str] = []
    for name in ("ask", "pieces"):
        plain = getattr(Census, name)

        def noted(self: Census, sql: str, *rest: Any, plain: Any = plain, **kw: Any) -> Any:
            asked_sql.append(sql)
            return plain(self, sql, *rest, **kw)

        monkeypatch.setattr(Census, name, noted)
    monkeypatch.setattr(hits, "FIRST", 100)
    monkeypatch.setattr(hits, "MOST", 100)
    assert [
        n for piece in found_in(sources, census, parse(f"{line} sort:downloads")) for n in piece
    ]
    assert sum("MATCH" in sql or "FROM below" in sql for sql in asked_sql) == 1


def test_an_id_of_two_letters_is_found(census: Held, monkeypatch: pytest.MonkeyPatch) -> None:
    """The index of names knows no part of it, so every id is looked at."""
    assert "trigram" in names.holding(census, ["zq"]).tables
    monkeypatch.setattr(type(census.census), "find", lambda self, name: 7)
    assert "trigram" not in names.holding(census, ["zq"]).tables


def every(sources: Sources, line: str) -> list[str]:
    """The ids of all rows that a census finds, read by their numbers."""
    census = held(sources)
    assert census is not None
    query = parse(line)
    query = query if "sort:" in line else query._replace(sort="downloads")
    assert asked(sources, census, query) is not None
    found = [number for piece in found_in(sources, census, query) for number in piece]
    names = census.census.ids(found)
    return [names[number] for number in found]


@pytest.mark.parametrize(
    "line",
    ["has:gguf", "lang:en", "provider:nebius", "fits:24gb", "quant:q4_k_m", "kind:dataset x"],
)
def test_what_no_census_keeps_is_not_answered(sources: Sources, census: Held, line: str) -> None:
    assert asked(sources, census, parse(line)) is None


async def test_the_box_finds_all_rows_of_the_census_behind_those_it_has_not(
    sources: Sources, rows: list[Repo]
) -> None:
    query = parse("gguf")
    held_back = next(one for one in rows if "gguf" in one.id.lower())
    strange = held_back._replace(id="swarm1/gguf-today", likes=9)
    local = View(
        tuple(row(sources, None, one) for one in (strange, held_back)), "cache", 1.0, query
    )
    found = [view async for view in search.counted(sources, query, local)][-1]
    wanted = [row.id for row in ranked(rows) if "gguf" in row.id.lower()]
    assert [row.repo.id for row in found.rows] == ["swarm1/gguf-today", *wanted[:100]]
    assert (found.source, found.looked, found.complete) == ("mixed", len(wanted) + 1, False)
    shown = found.read
    assert [one.repo.id for one in shown.part(90, 50).rows] == wanted[90:140]
    assert shown.part(len(wanted), 50).rows == ()
    newer = wanted[3]
    fresh = next(one for one in rows if one.id == newer)._replace(likes=77)
    came = View(
        (row(sources, 1, fresh), row(sources, 2, strange._replace(id="swarm1/gguf-later"))),
        "hub",
        2.0,
    )
    joined = browse.joined(sources, found, came)
    assert [one.repo.id for one in joined.rows[:2]] == ["swarm1/gguf-today", "swarm1/gguf-later"]
    assert [one.repo.likes for one in joined.read.part(3, 1).rows] == [77]
    assert len(joined.read.part(0, 5000).rows) == len(wanted)


async def test_what_is_newest_and_what_trends_is_asked_of_the_hub(sources: Sources) -> None:
    for line, there in (("", False), ("sort:created", False), ("sort:downloads", True)):
        found = [view async for view in search.counted(sources, parse(line))]
        assert bool(found) is there, line
    found = [view async for view in search.counted(sources, parse(""), instead=True)]
    assert found[-1].looked == COUNT
    assert found[-1].query.sort == "downloads"


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
