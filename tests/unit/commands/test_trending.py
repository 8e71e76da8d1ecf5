"""``trending``: the Hub's own order, whole, and the same again with the Hub gone."""

import json
from typing import Any
from urllib.request import urlopen

import pytest

from tests.conftest import Shell
from tests.loopback import LoopbackHub, World

KEYS = [
    *("rank", "id", "author", "origin", "task", "library", "license", "downloads", "likes"),
    *("trending_score", "created_at", "last_modified", "params", "gated", "move"),
]
ENVELOPE = ["schema", "command", "endpoint", "as_of", "source", "stale"]
LONG = "an-organisation-with-a-long-name/" + "a-model-name-that-no-table-would-show-whole" * 3


def rows(text: str) -> list[dict[str, Any]]:
    listed: list[dict[str, Any]] = json.loads(text)["rows"]
    return listed


def hub_order(hub: LoopbackHub, limit: int, kind: str = "models") -> list[str]:
    """The ids as the endpoint itself lists them to anyone."""
    url = f"{hub.url}/api/{kind}?sort=trendingScore&limit={limit}"
    with urlopen(url) as answer:
        return [repo["id"] for repo in json.load(answer)]


@pytest.fixture
def world(world: World) -> World:
    world.model(LONG, trendingScore=99.5, downloads=7, license="mit", gated="auto")
    world.model("plain/unknown", trendingScore=98)
    return world


def test_the_hubs_own_order_with_ids_whole_and_every_key(hub: LoopbackHub, run: Shell) -> None:
    told = run("trending", "--limit", "30", "--json")
    assert (told.code, told.err) == (0, "")
    answer = json.loads(told.out)
    assert list(answer) == [*ENVELOPE, "query", "rows", "complete", "looked", "left_out"]
    assert answer["complete"] is False  # there are more
    assert answer["schema"] == "hubscope/1"
    assert (answer["command"], answer["endpoint"]) == ("trending", hub.url)
    assert (answer["source"], answer["stale"]) == ("hub", False)
    assert answer["as_of"].endswith("Z")
    listed = rows(told.out)
    assert [row["id"] for row in listed] == hub_order(hub, 30)
    assert [row["rank"] for row in listed] == list(range(1, 31))
    assert all(list(row) == KEYS for row in listed)
    assert listed[0]["id"] == LONG
    assert listed[0]["gated"] == "auto"
    assert listed[1]["task"] is None
    assert listed[1]["license"] is None


def test_with_the_hub_gone_the_same_rows_are_told_from_the_store(
    hub: LoopbackHub, run: Shell
) -> None:
    fresh = run("trending", "--limit", "30", "--json")
    hub.stop()
    stored = run("trending", "--limit", "30", "--json")
    assert stored.code == 0
    assert rows(stored.out) == rows(fresh.out)
    assert (json.loads(stored.out)["source"], json.loads(stored.out)["stale"]) == ("cache", True)
    assert json.loads(stored.out)["as_of"] == json.loads(fresh.out)["as_of"]


def test_stored_rows_say_so_beside_the_data_and_not_in_it(hub: LoopbackHub, run: Shell) -> None:
    fresh = run("trending", "--limit", "5")
    hub.stop()
    stored = run("trending", "--limit", "5")
    assert stored.out == fresh.out
    problem, age, first = stored.err.splitlines()
    assert f"{first}\n" == fresh.err == "hubscope: 5 of more; --limit 0 for all\n"
    assert "cannot reach" in problem
    assert age.startswith("hubscope: stored rows, ")


def test_the_store_answers_a_shorter_question_than_it_was_asked(
    hub: LoopbackHub, run: Shell
) -> None:
    whole = run("trending", "--limit", "30", "-q").out.split()
    hub.stop()
    assert run("trending", "--limit", "4", "-q").out.split() == whole[:4]


def test_more_rows_than_a_page_holds_are_fetched_page_by_page(
    world: World, hub: LoopbackHub, run: Shell
) -> None:
    for number in range(1200):
        world.model(f"many/model-{number:04}", trendingScore=1000 - number / 2)
    told = run("trending", "--limit", "1100", "-q")
    assert told.out.split() == [f"many/model-{number:04}" for number in range(1100)]
    asked = hub.seen("/api/models")
    assert len(asked) == 2
    assert all("limit=1000" in request.target for request in asked)


@pytest.mark.parametrize("kind", ["dataset", "space"])
def test_datasets_and_spaces_have_lists_of_their_own(
    hub: LoopbackHub, run: Shell, kind: str
) -> None:
    told = run("trending", "--kind", kind, "--json")
    assert told.code == 0
    assert [row["id"] for row in rows(told.out)] == hub_order(hub, 30, f"{kind}s")
    hub.stop()
    assert rows(run("trending", "--kind", kind, "--json").out) == rows(told.out)


def test_a_task_narrows_the_list(hub: LoopbackHub, run: Shell) -> None:
    told = rows(run("trending", "--task", "image-text-to-text", "--json").out)
    assert [row["id"] for row in told] == ["nvidia/Cosmos-Reason1-7B"]


def test_a_list_without_rows_is_no_error(hub: LoopbackHub, run: Shell) -> None:
    told = run("trending", "--task", "no-such-task")
    assert (told.code, told.err) == (0, "hubscope: nothing found; drop a word or a field\n")
    assert told.out == "\t".join(KEYS) + "\n"
    assert run("trending", "--task", "no-such-task", "-q").out == ""
