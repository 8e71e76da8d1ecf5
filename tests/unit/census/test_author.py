"""What an author has in all equals a loop over the raw rows; in the app and in the shell."""

import json
from typing import Any

import pytest

from tests.app.stage import Clock, Stage, listing, press, sees
from tests.loopback import LoopbackHub
from tests.unit.ask.families.places import Place
from tests.unit.census.conftest import DATE, NOW
from tests.unit.census.plain import Plain
from tui.analysis.registry.registry import load
from tui.ask.census.held import held
from tui.ask.lists import totals
from tui.model import Lens, Query, Repo
from tui.places import author_list

WALKED = Lens(walk="walked", credit="multi", first_party="in")


def asked(author: str) -> Query:
    query: Query = author_list(author).query or Query()
    return query


@pytest.mark.parametrize("author", ["swarm1", "SWARM2", "Qwen", "google"])
def test_the_totals_are_those_of_all_rows(
    crawled: Place, made: list[dict[str, Any]], author: str
) -> None:
    found = totals.counted(crawled.open(), asked(author))
    assert found is not None
    mine = [item for item in made if item["author"].lower() == author.lower()]
    assert (found.author.lower(), found.repos) == (author.lower(), len(mine))
    assert found.downloads == sum(item["downloads"] for item in mine)
    assert found.downloads_all_time == sum(item["downloadsAllTime"] for item in mine)
    assert found.likes == sum(item["likes"] for item in mine)
    newest = max(mine, key=lambda item: item["createdAt"])
    assert (found.newest, found.created) == (newest["id"], newest["createdAt"])
    assert (found.whole, found.source) == (True, f"census {DATE}")


@pytest.mark.parametrize("author", ["swarm1", "Qwen"])
def test_the_families_are_those_owned_or_built_on(
    crawled: Place, made: list[dict[str, Any]], author: str
) -> None:
    plain, registry = Plain(made, load(), ""), load()
    mine = {i["id"].lower() for i in made if i["author"].lower() == author.lower()}
    wanted = {}
    for family in registry.families:
        built = {one[0] for one in plain.built(family.key, WALKED)}
        repos = mine & (built | set(plain.own(family.key, llm=False)))
        if repos:
            wanted[family.key] = len(repos)
    found = totals.counted(crawled.open(), asked(author))
    assert found is not None
    assert found.families is not None
    assert {one.family: one.repos for one in found.families}.items() <= wanted.items()
    assert [one.repos for one in found.families] == sorted(wanted.values(), reverse=True)[:6]


def test_there_are_no_totals_of_a_search_or_of_nobody(crawled: Place) -> None:
    sources = crawled.open()
    assert totals.counted(sources, asked("nobody-at-all")) is None
    assert not totals.of_author(asked("swarm1")._replace(words=("gguf",)))
    assert totals.of_author(asked("swarm1"))
    assert held(sources) is not None


def test_the_shell_prints_them(crawled: Place, made_hub: LoopbackHub, run: Any) -> None:
    env = {"HUBSCOPE_HOME": str(crawled.folder), "HF_ENDPOINT": made_hub.url}
    wanted = totals.counted(crawled.open(), asked("swarm1"))
    assert wanted is not None
    told = run("search", "author:swarm1", "--sort", "downloads", "--offline", "--json", **env)
    body = json.loads(told.out)
    assert (body["totals"]["repos"], body["totals"]["likes"]) == (wanted.repos, wanted.likes)
    assert body["totals"]["source"] == f"census {DATE}"
    assert body["totals"]["command"] == "hubscope search 'author:swarm1 sort:downloads'"
    told = run("search", "author:swarm1", "--sort", "downloads", "--offline", **env)
    assert f"{wanted.repos:,} repos · " in told.err
    narrower = run("search", "author:swarm1 gguf", "--offline", "--json", **env)
    assert json.loads(narrower.out)["totals"] is None


async def test_the_list_of_an_author_tells_them(
    crawled: Place, made_hub: LoopbackHub, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("HUBSCOPE_HOME", str(crawled.folder))
    wanted = totals.counted(crawled.open(), asked("swarm1"))
    assert wanted is not None
    async with Stage(made_hub.url, Clock(NOW)).play((120, 30), offline=True) as pilot:
        await press(pilot, "search.open")
        await pilot.press(*"swarm1 sort:downloads", "enter")
        await sees(pilot, "1 of ")
        await press(pilot, "row.author")
        await sees(pilot, f"{wanted.repos:,} repos · ", "downloads in 30 days", "newest swarm1/")
        await sees(pilot, "own or built on: ")
        await press(pilot, "search.open")
        await pilot.press(*"gguf", "enter")
        await sees(pilot, "· gguf ·")
        assert listing(pilot).totals == []


def test_without_a_census_the_rows_at_hand_are_added_up(rows: list[Repo]) -> None:
    from tui.model import Row, View

    mine = tuple(Row(None, row) for row in rows if row.author == "swarm1")[:5]
    found = totals.listed(
        View(mine, "hub", NOW, asked("swarm1"), more=True), [row.repo for row in mine]
    )
    assert found is not None
    assert (found.repos, found.whole, found.families) == (5, False, None)
    assert found.downloads == sum(row.repo.downloads or 0 for row in mine)
