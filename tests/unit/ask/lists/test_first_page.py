"""The first page of a list: conditional, in the author's own spelling, begun anew, narrowed."""

from collections.abc import AsyncIterator

import pytest

from tests.loopback import LoopbackHub, World
from tests.unit.ask.conftest import Clock, Make
from tui.analysis.query.query_line import parse
from tui.ask.calls import pages
from tui.ask.lineage import family_tree
from tui.ask.lists import trending
from tui.ask.repo import card
from tui.hub import parse as reading
from tui.model import BadInput, Lens, Query, View

LENS = Lens()
LIST = Query(limit=30)


async def last(stream: AsyncIterator[View]) -> View:
    *_, view = [view async for view in stream]
    return view


def ids(view: View | None) -> list[str]:
    return [row.repo.id for row in view.rows] if view else []


async def test_a_list_that_has_not_changed_is_not_sent_and_not_parsed_again(
    hub: LoopbackHub, make: Make, clock: Clock, monkeypatch: pytest.MonkeyPatch
) -> None:
    hub.quirks.not_modified = True
    first = await last(trending.stream(make(), LIST))
    parsed: list[int] = []
    honest = reading.rows

    def counted(body: bytes, kind: str) -> reading.Rows:
        parsed.append(len(body))
        return honest(body, kind)

    monkeypatch.setattr(reading, "rows", counted)
    clock.now += 60
    second = await last(trending.stream(make(), LIST))
    sent = hub.requests[-1].headers
    assert sent["if-none-match"]
    assert parsed == []
    assert [row.repo for row in second.rows] == [row.repo for row in first.rows]
    assert (second.source, second.stale, second.as_of) == ("hub", False, clock.now)
    stored = trending.peek(make(offline=True), LIST)
    assert stored is not None
    assert stored.as_of == clock.now
    hub.world.repos["models"]["acme/base"].facts["trendingScore"] = 1000
    third = await last(trending.stream(make(), LIST))
    assert ids(third)[0] == "acme/base"
    assert len(parsed) == 1


async def test_a_page_whose_rows_are_gone_from_the_store_is_asked_for_whole(
    hub: LoopbackHub, make: Make
) -> None:
    hub.quirks.not_modified = True
    sources = make()
    await last(trending.stream(sources, LIST))
    sources.store.cache.clear()
    assert ids(await last(trending.stream(make(), LIST)))
    assert "if-none-match" not in hub.requests[-1].headers


async def test_a_readme_that_has_not_changed_is_not_sent_again(
    hub: LoopbackHub, make: Make, clock: Clock
) -> None:
    hub.quirks.not_modified = True
    before = await last(card.stream(make(), "model", "acme/base"))
    clock.now += 60
    after = await last(card.stream(make(), "model", "acme/base"))
    asked = [request for request in hub.requests if "resolve-cache" in request.path]
    assert ["if-none-match" in request.headers for request in asked] == [False, True]
    assert after.rows[0].readme == before.rows[0].readme
    assert after.as_of == clock.now
    hub.world.repos["models"]["acme/base"].files["README.md"] = b"# Anew"
    changed = await last(card.stream(make(), "model", "acme/base"))
    assert changed.rows[0].readme == "# Anew"


async def test_an_author_in_other_letters_is_asked_for_as_the_hub_spells_it(
    hub: LoopbackHub, make: Make
) -> None:
    sources = make()
    view = await last(trending.stream(sources, parse("author:QWEN")))
    assert ids(view) == ["Qwen/Qwen3-8B"]
    assert [request.one("author") for request in hub.seen("/api/models")] == ["QWEN", "Qwen"]
    assert len(hub.requests) == 3
    assert sources.store.notices == [
        "the Hub spells QWEN as Qwen; its repos are listed by that name"
    ]
    await last(trending.stream(sources, parse("author:bo")))  # a user, without repos
    assert "the Hub spells bo as Bo; its repos are listed by that name" in sources.store.notices
    asked = len(hub.requests)
    view = await last(trending.stream(sources, parse("author:Qwen nothing-like-it")))
    assert ids(view) == []
    assert len(hub.requests) == asked + 1  # its spelling is known


async def test_a_list_in_other_letters_replaces_none(hub: LoopbackHub, make: Make) -> None:
    sources = make()
    right, wrong = parse("author:Qwen"), parse("author:QWEN")
    await last(trending.stream(sources, right))
    hub.fault("/api/organizations", 404, times=None)
    hub.fault("/api/users", 404, times=None)
    sources.store.cache.put_body("author qwen", "", "[]", 1.0)
    assert ids(await last(trending.stream(sources, wrong))) == []
    later = make(offline=True)
    assert ids(trending.peek(later, right)) == ["Qwen/Qwen3-8B"]
    keys = {look.query_key for look in later.store.history.snapshots("")}
    assert {right.key, wrong.key} <= keys
    for author in ("Qwen", "QWEN"):
        await pages.fetch(sources, f"own {author}", pages.own_path(author), None, "foreground")
    kept = pages.stored(later, "own Qwen")
    assert kept is not None
    assert [row.id for row in kept.rows] == ["Qwen/Qwen3-8B"]


@pytest.mark.parametrize("status", [400, 404])
async def test_a_cursor_that_is_taken_no_more_begins_the_list_anew(
    hub: LoopbackHub, world: World, make: Make, status: int
) -> None:
    for number in range(250):
        world.model(f"many/model-{number:03}", trendingScore=500 - number)
    await last(trending.stream(make(), LIST._replace(limit=100)))
    world.model("new/one", trendingScore=999)
    hub.quirks.refuse_cursors = status
    sources = make()
    stored = trending.peek(sources, LIST._replace(limit=100))
    assert stored is not None
    view = await trending.more(sources, stored)
    assert ids(view)[:2] == ["new/one", "many/model-000"]
    assert [row.rank for row in view.rows] == list(range(1, 101))
    hub.quirks.refuse_cursors = 0
    assert len(ids(await trending.more(sources, view))) == 200


async def test_kept_pages_and_children_begin_anew_too(
    hub: LoopbackHub, world: World, make: Make
) -> None:
    for number in range(150):
        world.model(f"kid/k-{number:03}", base=("finetune", ["acme/base"]), downloads=number)
    sources = make()
    path = pages.children_path("acme/base").replace("limit=1000", "limit=100")
    name = "children acme/base"
    held = await pages.fetch(sources, name, path, None, "foreground")
    assert held.next
    hub.quirks.refuse_cursors = 404
    anew = await pages.fetch(sources, name, held.next, held, "foreground")
    assert (anew.held, len(anew.rows)) == (1, 100)
    branch = await family_tree.expand(sources, "acme/base", "finetune")
    more = await family_tree.expand(sources, "acme/base", "finetune", branch)
    assert {repo.id for repo in more.repos} == {repo.id for repo in branch.repos}
    hub.fault("/api/models", 400, times=None)
    with pytest.raises(BadInput):
        await pages.fetch(sources, name, path, None, "foreground")


async def test_what_the_hub_can_narrow_it_is_asked_for_and_the_rows_are_tested_again(
    hub: LoopbackHub, world: World, make: Make
) -> None:
    world.model("acme/runs", apps=["ollama"], trendingScore=1)
    for line, parameter, found in (
        (
            "params:600b..700b",
            "num_parameters=min%3A37500M%2Cmax%3A700B",
            ["deepseek-ai/DeepSeek-R1"],
        ),
        ("gated:manual", "gated=true", ["acme/manual-7b"]),
        ("app:ollama", "apps=ollama", ["acme/runs"]),
        ("provider:together llama", "inference_provider=together", ["meta-llama/Llama-3.1-8B"]),
    ):
        before = len(hub.requests)
        view = await last(trending.stream(make(), parse(line)))
        assert ids(view) == found
        (asked,) = hub.requests[before:]
        assert parameter in asked.target.replace(":", "%3A")
        assert ids(trending.peek(make(offline=True), parse(line))) == found
    assert "expand=inferenceProviderMapping" in asked.target
    small = await last(trending.stream(make(), parse("params:<2b")))
    assert "acme/base" in ids(small)
    assert all((row.repo.params or 0) <= 2e9 for row in small.rows)
