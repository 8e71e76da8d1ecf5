"""What a stranger meets in the first minutes at 80x24: nothing cut, nothing unsaid."""

from pathlib import Path

from tests.app.stage import AppPilot, Stage, hubscope, press, screen_text, sees, settled, wait_for
from tests.loopback import World
from tui.places import ClaimPlace
from tui.screens.chooser import Chooser


async def end(pilot: AppPilot) -> list[str]:
    """Leave from anywhere; the names of the frames that are kept then."""
    folder = hubscope(pilot).state_folder
    await pilot.press("ctrl+q")
    await wait_for(pilot, lambda: not pilot.app.is_running, "an end")
    return frames(folder)


def frames(folder: str) -> list[str]:
    return [path.name for path in Path(folder).glob("frame-*")]


async def test_the_list_is_there_again_however_it_was_left(stage: Stage) -> None:
    async with stage.play() as pilot:
        await settled(pilot)
        await press(pilot, "row.open")
        await settled(pilot)
        assert await end(pilot) == [], "a card is not what the next start opens"
    async with stage.play() as pilot:
        await settled(pilot)
        await press(pilot, "search.open")
        assert await end(pilot) == [], "nor a box that is being typed in"
    async with stage.play() as pilot:
        await settled(pilot)
        assert len(await end(pilot)) == 1


async def test_a_search_has_no_moves_and_its_title_stands_apart(stage: Stage) -> None:
    async with stage.play() as pilot:
        await settled(pilot)
        await sees(pilot, "moves need an earlier look")
        await press(pilot, "search.open")
        for words in ("license:apache-2.0 params:..9b", " task:text-generation"):
            await pilot.press(*words)
            await settled(pilot)
            await wait_for(pilot, lambda: "params" in heading(pilot), "the search")
            assert "moves need" not in screen_text(pilot.app)
            assert "trending top" not in heading(pilot), "the two run into each other"


def heading(pilot: AppPilot) -> str:
    return screen_text(pilot.app).splitlines()[1]


async def test_the_outline_opens_where_the_reader_is(stage: Stage, world: World) -> None:
    text = "".join(f"## Part {n}\n\n{'word ' * 200}\n\n" for n in range(30))
    world.model("long/card", readme=text, trendingScore=99)
    async with stage.play(target=("model", "long/card")) as pilot:
        await sees(pilot, "Part 0")
        await press(pilot, "card.outline")
        await pilot.press(*"part 17", "enter")
        await sees(pilot, "Part 17")
        await press(pilot, "card.outline")
        await wait_for(pilot, lambda: isinstance(pilot.app.screen, Chooser), "the outline")
        await sees(pilot, "▌   Part 17")


async def test_a_claim_says_that_its_definitions_are_below(stage: Stage) -> None:
    async with stage.play() as pilot:
        hubscope(pilot).visit(ClaimPlace("qwen-derivatives"))
        await sees(pilot, "j definitions ·")
