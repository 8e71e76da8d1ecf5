"""One repo, its files, its author: each part with its own age and its own trouble."""

from collections.abc import AsyncIterator

import pytest

from tests.loopback import LoopbackHub, World, faults
from tests.unit.ask.conftest import Clock, Make
from tui.ask.lists import author
from tui.ask.repo import card, files
from tui.ask.saved import saved
from tui.ask.sources import Sources
from tui.model import Gated, NotFound, Offline, Problem, RateLimited, Unreadable, View

QWEN = "Qwen/Qwen3-8B"


async def views(stream: AsyncIterator[View]) -> list[View]:
    return [view async for view in stream]


async def test_facts_come_before_the_readme_and_both_are_stored(
    hub: LoopbackHub, make: Make, clock: Clock
) -> None:
    facts, whole = await views(card.stream(make(), "model", QWEN))
    assert facts.rows[0].detail is not None
    assert facts.rows[0].readme is None
    assert "A made model." in whole.rows[0].readme
    assert "---" not in whole.rows[0].readme
    asked = len(hub.requests)
    clock.now += 500
    stored = card.peek(make(), "model", QWEN)
    assert stored is not None
    assert stored.rows[0].readme == whole.rows[0].readme
    assert stored.rows[0].detail == whole.rows[0].detail
    assert stored.as_of == clock.now - 500
    assert len(hub.requests) == asked
    assert not [r for r in hub.requests if "/raw/" in r.path or r.path.endswith("config.json")]


async def test_an_old_name_leads_to_the_repo_of_today(sources: Sources) -> None:
    *_, last = await views(card.stream(sources, "model", "acme/old-base"))
    assert last.rows[0].id == "acme/base"
    assert last.rows[0].readme


@pytest.mark.parametrize("effect", [faults.garbage, faults.truncated_json, faults.respond(429)])
async def test_stored_facts_stand_when_fresh_ones_fail(
    hub: LoopbackHub, make: Make, effect: faults.Effect
) -> None:
    await views(card.stream(make(), "model", QWEN))
    hub.fault(f"/api/models/{QWEN}", effect, times=None)
    *_, last = await views(card.stream(make(), "model", QWEN))
    assert last.rows[0].detail is not None
    assert last.rows[0].readme
    assert isinstance(last.problems[0], Unreadable | RateLimited)


async def test_a_readme_behind_a_gate_is_the_readmes_problem(
    hub: LoopbackHub, sources: Sources
) -> None:
    hub.quirks.gated_readme = False
    *_, last = await views(card.stream(sources, "model", "acme/manual-7b"))
    assert last.rows[0].detail is not None
    assert isinstance(last.rows[0].readme_problem, Gated)
    assert last.rows[0].readme is None


async def test_a_repo_without_a_readme_has_an_empty_one(sources: Sources) -> None:
    *_, last = await views(card.stream(sources, "model", "bare/no-card"))
    assert last.rows[0].readme == ""
    assert last.problems == ()


async def test_missing_and_private_look_the_same_and_leave_nothing(make: Make) -> None:
    for repo_id in ("gone/away", "acme/secret"):
        sources = make()
        with pytest.raises(NotFound):
            await views(card.stream(sources, "model", repo_id))
        assert card.peek(sources, "model", repo_id) is None


async def test_a_private_card_is_not_kept_for_others(
    make: Make, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("HF_TOKEN", "hf_ann")
    owner = make(token="hf_ann")
    *_, last = await views(card.stream(owner, "model", "acme/secret"))
    assert last.rows[0].readme
    await views(files.stream(owner, "model", "acme/secret"))
    stranger = make(offline=True)
    assert card.peek(stranger, "model", "acme/secret") is None
    assert files.peek(stranger, "model", "acme/secret") is None
    again = make(token="hf_ann")
    assert card.peek(again, "model", "acme/secret") is not None
    assert files.peek(again, "model", "acme/secret") is not None


async def test_files_are_stored_and_survive_the_hub(hub: LoopbackHub, make: Make) -> None:
    *_, fresh = await views(files.stream(make(), "model", QWEN))
    paths = [file.path for file in fresh.rows]
    assert "model-00001-of-00002.safetensors" in paths
    assert fresh.complete
    hub.stop()
    stored, last = await views(files.stream(make(), "model", QWEN))
    assert stored.rows == last.rows == fresh.rows
    assert isinstance(last.problems[0], Offline)
    with pytest.raises(Offline):
        await views(files.stream(make(), "model", "acme/base"))


@pytest.mark.parametrize(
    "effect", [faults.garbage, faults.respond(429), faults.respond(500), faults.empty_body]
)
async def test_a_fault_of_the_tree_is_raised_only_with_nothing_stored(
    hub: LoopbackHub, make: Make, effect: faults.Effect
) -> None:
    tree = f"/api/models/{QWEN}/tree"
    fault = hub.fault(tree, effect, times=None)
    with pytest.raises(Problem):
        await views(files.stream(make(), "model", QWEN))
    fault.times = 0
    await views(files.stream(make(), "model", QWEN))
    fault.times = None
    *_, last = await views(files.stream(make(), "model", QWEN))
    assert last.rows
    assert last.problems


async def test_an_organisation_and_a_person(hub: LoopbackHub, make: Make) -> None:
    *_, org = await views(author.stream(make(), "Qwen"))
    assert (org.rows[0].type, org.rows[0].followers) == ("org", 90_000)
    *_, person = await views(author.stream(make(), "ann"))
    assert person.rows[0].type == "user"
    hub.stop()
    *_, stored = await views(author.stream(make(), "Qwen"))
    assert stored.rows == org.rows
    assert stored.problems
    with pytest.raises(Offline):
        await views(author.stream(make(), "Bo"))


async def test_a_stored_overview_that_cannot_be_read_is_none(sources: Sources) -> None:
    for text in ("no JSON", "7", "[1,2,3,4,5,6,7,8,9,10,11,12,13]"):
        sources.store.cache.put_body("author qwen", "", text, 1.0)
        assert author.peek(sources, "Qwen") is None
        (fresh,) = await views(author.stream(sources, "Qwen"))
        assert fresh.rows[0].name == "Qwen"


async def test_what_is_saved_stands_by_shelf_the_newest_first(
    sources: Sources, clock: Clock, world: World
) -> None:
    library = sources.store.library
    library.toggle_bookmark("model", "a/old", 1.0, "", private=False)
    library.toggle_bookmark("model", "a/new", 2.0, "", private=False)
    library.opened("dataset", "b/seen", 9.0, "", private=False)
    view = saved.peek(sources)
    assert [(entry.shelf, entry.name) for entry in view.rows] == [
        ("bookmark", "a/new"),
        ("bookmark", "a/old"),
        ("recent", "b/seen"),
    ]
