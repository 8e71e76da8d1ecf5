"""Stories of bad days: no network, a used-up window, closed doors, a card that means harm."""

from pathlib import Path

import pytest

from tests.app.stage import (
    Clock,
    Stage,
    hubscope,
    ids,
    listing,
    press,
    reading,
    screen_text,
    sees,
    settled,
    shut,
    wait_for,
)
from tests.loopback import LoopbackHub, World, faults
from tui.model import NoAccess, Problem, RateLimited, Unreadable
from tui.places import CardPlace


async def test_a_flight_is_offline_from_start_to_end(
    hub: LoopbackHub, stage: Stage, clock: Clock
) -> None:
    async with stage.play() as pilot:
        await settled(pilot)
        await press(pilot, "row.open")
        await sees(pilot, "A made model.")
    hub.stop()
    clock.advance(5 * 3600)
    async with stage.play() as pilot:
        await sees(pilot, "offline, 5h old", "Qwen/Qwen3-8B", "cannot reach 127.0.0.1")
        stored = ids(pilot)
        await press(pilot, "row.open")
        await sees(pilot, "A made model.", "offline, 5h old")
        await press(pilot, "tab.next")
        await sees(pilot, "all-time", "90,000,000")
        await press(pilot, "go.up", "move.bottom", "row.open")
        await sees(pilot, "cannot reach")  # a card that was never read: its facts from the list
        await press(pilot, "row.author")
        await sees(pilot, "cannot reach")
        await press(pilot, "go.trending", "search.open")
        await pilot.press(*"llama", "enter")
        await sees(pilot, "meta-llama/Llama-3.1-8B")
        await press(pilot, "go.up", "row.bookmark", "tab.next")
        await sees(pilot, "datasets", "cannot reach")
        await press(pilot, "data.refresh", "tab.previous")
        await sees(pilot, "models · trending", "offline, 5h old")
        assert ids(pilot) == stored


async def test_offline_by_choice_asks_for_nothing(hub: LoopbackHub, stage: Stage) -> None:
    async with stage.play() as pilot:
        await settled(pilot)
    asked = len(hub.requests)
    async with stage.play((120, 36), offline=True) as pilot:
        await sees(pilot, "offline", "Qwen/Qwen3-8B")
        await press(pilot, "data.refresh", "move.down", "row.open")
        await sees(pilot, "no request is sent")
    assert len(hub.requests) == asked


async def test_the_hub_comes_back_and_r_brings_it(hub: LoopbackHub, stage: Stage) -> None:
    async with stage.play() as pilot:
        await settled(pilot)
        hub.stop()
        await press(pilot, "data.refresh")
        await sees(pilot, "offline", "cannot reach")
        hub.start()
        await press(pilot, "data.refresh")
        await sees(pilot, "● live")
        assert "cannot reach" not in screen_text(pilot.app)


async def test_a_used_up_window_leaves_the_rows_and_says_how_long(
    hub: LoopbackHub, stage: Stage
) -> None:
    async with stage.play() as pilot:
        await settled(pilot)
        before = ids(pilot)
        hub.limits.quotas["api"] = 1
        await press(pilot, "data.refresh")
        await sees(pilot, "the Hub asks to wait", "stored")
        assert isinstance(listing(pilot).problem, RateLimited)
        assert ids(pilot) == before
        await press(pilot, "move.down", "row.open")  # what is stored is still to be read
        await sees(pilot, "the Hub asks to wait", "meta-llama/Llama-3.1-8B")
        hub.limits.quotas.clear()
        hub.limits.begin_window()


NO_ANSWERS: dict[str, tuple[faults.Effect, type[Problem]]] = {
    "bytes": (faults.garbage, Unreadable),
    "half JSON": (faults.truncated_json, Unreadable),
    "a page": (faults.html_page(200), Unreadable),
    "too deep": (faults.deep(10_000), Unreadable),
    "nothing": (faults.empty_body, Unreadable),
    "refused": (faults.respond(403), NoAccess),
    "the edge's 429": (faults.html_page(429), RateLimited),
}


async def test_an_answer_that_is_none_costs_no_row(hub: LoopbackHub, stage: Stage) -> None:
    async with stage.play() as pilot:
        await settled(pilot)
        before = ids(pilot)
        for name, (effect, kind) in NO_ANSWERS.items():
            hub.fault("/api/models", effect, times=None)
            await press(pilot, "data.refresh")
            await wait_for(pilot, lambda: listing(pilot).problem is not None, name)
            assert type(listing(pilot).problem) is kind, name
            await sees(pilot, str(listing(pilot).problem)[:70])
            assert ids(pilot) == before, name
            hub.clear_faults()
            if kind is not RateLimited:  # after which nothing is asked for a while
                await press(pilot, "data.refresh")
                await wait_for(pilot, lambda: listing(pilot).problem is None, f"no {name}")


DOORS = {
    "acme/manual-7b": "gated",
    "acme/secret": "private",
    "gone/away": "private",
    "acme/disabled": "disabled",
}


async def test_a_closed_door_is_one_line(hub: LoopbackHub, stage: Stage) -> None:
    hub.quirks.gated_readme = False
    first = ("model", next(iter(DOORS)))
    async with stage.play((100, 30), target=first) as pilot:
        for repo_id, line in DOORS.items():
            if repo_id != first[1]:
                hubscope(pilot).visit(CardPlace("model", repo_id))
            await sees(pilot, repo_id)
            await sees(pilot, line)
            await press(pilot, "tab.next", "go.up")
            await sees(pilot, "models · trending")


async def test_a_login_opens_its_own_doors(stage: Stage, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HF_TOKEN", "hf_ann")
    async with stage.play(target=("model", "acme/secret"), token="hf_ann") as pilot:
        await sees(pilot, "acme/secret")
        await wait_for(pilot, lambda: reading(pilot).card.detail is not None, "its facts")
    async with stage.play(target=("model", "acme/secret")) as pilot:
        await wait_for(pilot, lambda: reading(pilot).problem is not None, "a refusal")
        assert reading(pilot).card.detail is None


STEERING = {"\x1b", "\x07", "\x9b", "\x9d", "\u202e", "\u202c", "\U000e0041"}


async def test_nothing_of_a_hostile_card_steers_the_terminal(stage: Stage, world: World) -> None:
    world.repos["models"]["evil/nasty"].facts |= {
        "library_name": "\x1b]0;title\x07lib",
        "pipeline_tag": "text\u202egen\x9b31m",
        "trendingScore": 99,
    }
    async with stage.play((120, 36)) as pilot:
        await sees(pilot, "evil/nasty")
        await sees(pilot, "Nasty")  # its card, in the preview
        seen = [screen_text(pilot.app)]
        await press(pilot, "row.open")
        await sees(pilot, "[red]markup[/red]")
        seen.append(screen_text(pilot.app))
        await press(pilot, "tab.next")
        await sees(pilot, "]0;title")
        seen.append(screen_text(pilot.app))
        await press(pilot, "row.copy_menu")
        await sees(pilot, "hf download evil/nasty")
        seen.append(screen_text(pilot.app))
    for text in seen:
        assert not set(text) & STEERING
    assert "]52;c;aGVsbG8=" in seen[1]
    assert "desrever" in seen[1]


def damage(path: str) -> None:
    Path(path).write_bytes(b"no database" * 1000)


async def test_a_damaged_store_is_one_line_and_the_app_goes_on(stage: Stage) -> None:
    async with stage.play() as pilot:
        await settled(pilot)
    sources = stage.sources()
    damage(sources.store.files()[0][0])
    await shut(sources)
    async with stage.play((120, 30)) as pilot:
        await sees(pilot, "Qwen/Qwen3-8B", "● live")
        await sees(pilot, "the cache was damaged and is begun anew")
