"""Stories of the first minutes: a first run, a morning, search to card to author and back."""

from textual import events

from tests.app.stage import (
    AppPilot,
    Clock,
    Stage,
    ids,
    leave,
    listing,
    page,
    press,
    reading,
    screen_text,
    sees,
    settled,
    wait_for,
)
from tests.loopback import LoopbackHub, World
from tui.config import Config
from tui.screens.chooser import Chooser


async def test_a_first_run_without_a_hub_opens_the_sample(away: Stage) -> None:
    async with away.play(fallback=True, newcomer=True) as pilot:
        await sees(pilot, "? lists everything that works here")
        await sees(pilot, "sample of 2026-10", "top 10 by uploader")
        assert len(ids(pilot)) == 100
        await press(pilot, "row.open")
        await sees(pilot, "sample of 2026-10", "license")
        assert reading(pilot).card.readme is not None


async def test_without_the_sample_a_first_run_says_why_it_is_empty(away: Stage) -> None:
    async with away.play() as pilot:
        await sees(pilot, "cannot reach 127.0.0.1")
        assert ids(pilot) == []
        assert "sample" not in screen_text(pilot.app)
        # every key still does something, or says why not
        await press(pilot, "row.open")
        await sees(pilot, "no repo is highlighted")
        await press(pilot, "row.copy", "row.mark", "pane.preview", "move.bottom", "list.reverse")
        await press(pilot, "list.depth", "app.help")
        assert isinstance(pilot.app.screen, Chooser)


async def test_the_hint_of_a_first_start_hides_no_error(away: Stage) -> None:
    async with away.play(newcomer=True) as pilot:
        await wait_for(pilot, lambda: page(pilot).problem, "the Hub is found to be away")
        await pilot.pause()
        assert "cannot reach 127.0.0.1" in screen_text(pilot.app)


async def test_what_was_once_stored_is_preferred_to_the_sample(
    hub: LoopbackHub, stage: Stage
) -> None:
    async with stage.play() as pilot:
        await settled(pilot)
    hub.stop()
    async with stage.play(fallback=True) as pilot:
        await sees(pilot, "offline", "Qwen/Qwen3-8B")
        assert "sample" not in screen_text(pilot.app)


async def test_a_morning_look_says_what_moved_since_yesterday(
    hub: LoopbackHub, stage: Stage, world: World, clock: Clock
) -> None:
    async with stage.play() as pilot:
        await settled(pilot)
        await sees(pilot, "moves need an earlier look")
    clock.advance(15 * 3600)
    world.repos["models"]["acme/base"].facts["trendingScore"] = 70
    world.model("new/arrival", trendingScore=50, downloads=12, task="text-generation")
    async with stage.play() as pilot:
        await sees(pilot, "new/arrival", "moves since 15h ago")
        lines = {
            repo_id: next(line for line in screen_text(pilot.app).splitlines() if repo_id in line)
            for repo_id in ("acme/base", "Qwen/Qwen3-8B", "new/arrival")
        }
        assert "▲6" in lines["acme/base"]
        assert "▼1" in lines["Qwen/Qwen3-8B"]
        assert "NEW" in lines["new/arrival"]


async def test_a_look_of_a_minute_ago_is_no_baseline(stage: Stage, clock: Clock) -> None:
    async with stage.play((120, 36)) as pilot:
        await settled(pilot)
    clock.advance(60)
    async with stage.play((120, 36)) as pilot:
        await sees(pilot, "live")
        await sees(pilot, "moves need an earlier look")


async def test_search_to_card_to_author_and_back_keeps_every_place(stage: Stage) -> None:
    async with stage.play() as pilot:
        await settled(pilot)
        whole = ids(pilot)
        await press(pilot, "search.open")
        await pilot.press(*"merge")
        await wait_for(
            pilot, lambda: all("merge" in repo_id for repo_id in ids(pilot)), "merges only"
        )
        await pilot.press("enter")
        await settled(pilot)
        found = ids(pilot)
        assert found
        await press(pilot, "move.down")
        chosen = listing(pilot).rows.key
        assert chosen == found[1]
        await press(pilot, "row.open")
        await sees(pilot, "Card", "Facts", chosen)
        await settled(pilot)
        author = chosen.partition("/")[0]
        await press(pilot, "row.author")
        await sees(pilot, f"by {author}")
        await settled(pilot)
        assert all(repo_id.startswith(f"{author}/") for repo_id in ids(pilot))
        await press(pilot, "go.up")
        assert reading(pilot).repo_id == chosen
        await press(pilot, "go.up")
        assert ids(pilot) == found
        assert listing(pilot).rows.key == chosen
        await press(pilot, "go.up")  # out of the search: the whole list, the cursor on its repo
        assert ids(pilot) == whole
        assert listing(pilot).rows.key == chosen


async def test_escape_never_leaves_and_q_leaves_at_the_root_alone(stage: Stage) -> None:
    async with stage.play() as pilot:
        await settled(pilot)
        await press(pilot, "go.up", "go.up")
        await sees(pilot, "this is the root; q leaves hubscope")
        await press(pilot, "row.open")
        await press(pilot, "go.quit")
        assert listing(pilot).is_current
        await leave(pilot)


async def test_backward_forward_and_last_place(stage: Stage) -> None:
    async with stage.play() as pilot:
        await settled(pilot)
        await press(pilot, "go.backward")
        await sees(pilot, "nowhere to go back to")
        await press(pilot, "go.last")
        await sees(pilot, "no other place visited yet")
        await press(pilot, "move.down", "row.open")
        first = reading(pilot).repo_id
        await press(pilot, "go.backward")
        assert listing(pilot).rows.key == first
        await press(pilot, "go.forward")
        assert reading(pilot).repo_id == first
        await press(pilot, "go.saved")
        await sees(pilot, "saved")
        await press(pilot, "go.last")
        assert reading(pilot).repo_id == first
        await press(pilot, "go.last")
        assert page(pilot).place.name == "saved"


async def test_the_session_comes_back(stage: Stage) -> None:
    async with stage.play() as pilot:
        await settled(pilot)
        await press(pilot, "tab.next")
        await settled(pilot)
        await press(pilot, "move.down")
        held = listing(pilot).rows.key
        await press(pilot, "go.saved")
        await leave(pilot)
    async with stage.play() as pilot:
        assert listing(pilot).query_now.kind == "dataset"
        await wait_for(pilot, lambda: listing(pilot).rows.key == held, "the cursor of last time")


async def test_a_pasted_address_opens_its_card(stage: Stage) -> None:
    async with stage.play() as pilot:
        await settled(pilot)
        await press(pilot, "search.open")
        await paste(pilot, f"{stage.endpoint}/google/gemma-3-4b-it/tree/main")
        await sees(pilot, "google/gemma-3-4b-it", "Facts")
        assert reading(pilot).kind == "model"
        await press(pilot, "go.up", "search.open")
        await paste(pilot, f"{stage.endpoint}/docs/transformers")
        await sees(pilot, "a page of the Hub's own, no repo")


async def paste(pilot: AppPilot, text: str) -> None:
    """Paste a line, as a terminal hands it over, and send it off."""
    pilot.app.post_message(events.Paste(text))
    await pilot.press("enter")


async def test_with_refresh_never_only_the_key_asks(hub: LoopbackHub, stage: Stage) -> None:
    async with stage.play() as pilot:
        await settled(pilot)
    asked = len(hub.requests)
    async with stage.play(config=Config(refresh="never")) as pilot:
        await sees(pilot, "Qwen/Qwen3-8B", "stored")
        await press(pilot, "move.down", "move.down")
        await pilot.pause()
        assert len(hub.requests) == asked
        await press(pilot, "data.refresh")
        await sees(pilot, "live")
        assert len(hub.requests) == asked + 1
