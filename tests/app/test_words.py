"""Words that a newcomer does not know are explained where they first stand on the screen."""

from tests.app.stage import (
    AppPilot,
    Stage,
    hubscope,
    page,
    press,
    screen_text,
    sees,
    settled,
    wait_for,
)
from tui.render.lens import SWITCHES, explained
from tui.render.words import FIRST_LOOK, WORDS
from tui.screens.family_page import FamilyPage

FIRST_VIEWS = {"families": "go.families", "claims": "go.claims"}


async def test_a_first_look_explains_its_words_once(stage: Stage) -> None:
    async with stage.play(newcomer=True) as pilot:
        await settled(pilot)
        for name, key in FIRST_VIEWS.items():
            await press(pilot, key)
            await sees(pilot, FIRST_LOOK[name])
        assert hubscope(pilot).session["seen"] == [*FIRST_VIEWS]
        await press(pilot, "app.end")
    async with stage.play(newcomer=True) as pilot:
        await settled(pilot)
        for name, key in FIRST_VIEWS.items():
            await press(pilot, key)
            await settled(pilot)
            assert FIRST_LOOK[name] not in screen_text(pilot.app)


async def test_the_comparison_explains_its_signs(stage: Stage) -> None:
    async with stage.play(newcomer=True) as pilot:
        await settled(pilot)
        await press(pilot, "go.families")
        await settled(pilot)
        await press(pilot, "row.mark", "row.mark", "row.compare")
        await sees(pilot, FIRST_LOOK["compare"])


async def test_each_switch_of_the_lens_is_explained_under_the_cursor(stage: Stage) -> None:
    async with stage.play() as pilot:
        await settled(pilot)
        await press(pilot, "go.families")
        await settled(pilot)
        await press(pilot, "figure.lens")
        await sees(pilot, f"lens: {WORDS['lens']}")
        rows = family(pilot).rows.size.height
        for at in range(len(SWITCHES)):
            await pilot.press("j")
            await sees(pilot, explained(at))
        assert family(pilot).rows.size.height == rows  # it costs no row
        await pilot.press("k", "space")  # turns the one it is on
        await wait_for(
            pilot, lambda: "merge" not in hubscope(pilot).lens.relations, "merges left out"
        )
        await pilot.press("c")
        await sees(pilot, "credit: ")
        await pilot.press("escape")
        await wait_for(pilot, lambda: "credit: " not in screen_text(pilot.app), "no lens")


def family(pilot: AppPilot) -> FamilyPage:
    shown = page(pilot)
    assert isinstance(shown, FamilyPage)
    return shown


async def test_help_finds_what_a_word_means(stage: Stage) -> None:
    async with stage.play() as pilot:
        await settled(pilot)
        await press(pilot, "app.help")
        await pilot.press(*"tier")
        await sees(pilot, WORDS["tier"])
        await pilot.press("enter")  # there is nothing to run
        await wait_for(pilot, lambda: page(pilot).is_current, "the list again")
