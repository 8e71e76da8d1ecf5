"""What is closed is let go of; what is kept for the next start is of one theme."""

import asyncio
import gc
import inspect
import os
from collections import Counter
from typing import Any

import pytest
from textual.screen import Screen
from textual.strip import Strip
from textual.widget import Widget

from tests.app.stage import AppPilot, Stage, hubscope, press, reading, resize, settled, wait_for
from tests.loopback import World
from tui import last_frame
from tui.places import CardPlace
from tui.render.card import CardDocument

CARD = "# Long\n\n" + "\n\n".join(f"Paragraph {number}: " + "words " * 60 for number in range(60))
COUNTED = (Screen, Widget, Strip, CardDocument)


def closed_over(call: Any) -> list[Any]:
    """What a function holds, and what the functions that it holds do."""
    held = [cell.cell_contents for cell in getattr(call, "__closure__", None) or ()]
    return held + [one for inner in held if inspect.isfunction(inner) for one in closed_over(inner)]


async def test_hearing_of_a_theme_keeps_no_screen_in_memory(stage: Stage) -> None:
    async with stage.play() as pilot:
        heard = dict(pilot.app.theme_changed_signal._subscriptions)
        assert pilot.app.screen in heard
        for screen, calls in heard.items():
            for call in calls:
                held = closed_over(call)
                assert not any(one is screen for one in held)
                assert not any(inspect.ismethod(one) for one in held)


async def test_a_frame_of_another_theme_is_not_left_behind(stage: Stage) -> None:
    async with stage.play() as pilot:
        app = pilot.app
        folder = app.state_folder  # type: ignore[attr-defined]
        last_frame.keep(app, folder)  # type: ignore[arg-type]
        first = [name for name in os.listdir(folder) if name.startswith("frame-")]
        other = next(name for name in app.available_themes if name != app.theme)
        app.theme = other
        last_frame.keep(app, folder)  # type: ignore[arg-type]
        second = [name for name in os.listdir(folder) if name.startswith("frame-")]
    assert len(first) == len(second) == 1
    assert second[0].endswith(f".{other}")


async def read(pilot: AppPilot, name: str) -> None:
    """Open a card, and wait until it is laid out to its end."""
    hubscope(pilot).visit(CardPlace("model", name))
    await wait_for(pilot, lambda: reading(pilot).card.readme, "a card")
    card = reading(pilot).pane
    await wait_for(pilot, lambda: card.document is not None and card.document.done, "its end")
    await settled(pilot)


def alive() -> Counter[str]:
    """How many things of each type there are."""
    gc.collect()
    held = [thing for thing in gc.get_objects() if isinstance(thing, COUNTED)]
    return Counter(type(thing).__name__ for thing in held)


async def test_thirty_cards_hold_no_more_than_ten(
    stage: Stage, world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("tui.kept_pages.KEPT", 4)
    for number in range(30):
        world.model(f"long/card-{number}", readme=CARD + str(number))
    counts, tasks = [], []
    async with stage.play() as pilot:
        await settled(pilot)
        for number in range(30):
            await read(pilot, f"long/card-{number}")
            await pilot.press("escape")
            await settled(pilot)
            if number in (9, 29):
                await wait_for(pilot, lambda: alive()["CardScreen"] == 3, "the last three cards")
                counts.append(alive())
                tasks.append(len(asyncio.all_tasks()))
    assert counts[0] == counts[1]
    assert tasks[1] <= tasks[0] + 6  # some are about to end
    assert counts[0]["CardDocument"] <= 2  # the preview's
    assert counts[0]["Strip"] < 350


def in_sight(pilot: AppPilot) -> list[str]:
    """The lines of the card in sight."""
    pane = reading(pilot).pane
    return pane.plain()[pane.top : pane.top + pane.size.height]


async def test_a_card_is_as_it_was_left(stage: Stage, world: World) -> None:
    world.model("long/card", readme=CARD)
    async with stage.play() as pilot:
        await read(pilot, "long/card")
        await pilot.press(*"GGkkkkkkk")
        before, top = in_sight(pilot), reading(pilot).pane.top
        assert top > 100
        assert any("Paragraph 5" in line for line in before)
        left = reading(pilot).pane.document
        await pilot.press("escape")
        await settled(pilot)
        assert left is not None
        assert left.parts_laid_out == 0
        await press(pilot, "go.forward")
        await settled(pilot)
        assert (in_sight(pilot), reading(pilot).pane.top) == (before, top)


async def test_a_card_keeps_its_place_where_the_terminal_changed_meanwhile(
    stage: Stage, world: World
) -> None:
    world.model("long/card", readme=CARD)
    async with stage.play() as pilot:
        await read(pilot, "long/card")
        pane = reading(pilot).pane
        line = next(n for n, text in enumerate(pane.plain()) if "Paragraph 30" in text)
        pane.go_to(line)
        await pilot.press("escape")
        await settled(pilot)
        await resize(pilot, 60, 30)
        await press(pilot, "go.forward")
        await settled(pilot)
        await wait_for(pilot, lambda: "Paragraph 30" in in_sight(pilot)[0], "the same place")


async def test_a_list_over_a_card_takes_nothing_from_it(stage: Stage, world: World) -> None:
    world.model("long/card", readme=CARD)
    async with stage.play() as pilot:
        await read(pilot, "long/card")
        card = reading(pilot)
        await press(pilot, "app.help")
        await wait_for(pilot, lambda: pilot.app.screen is not card, "a list over the card")
        assert card.pane.document is not None
        assert card.pane.document.done
