"""The table of commands: what it says is bound, found, listed and written in the README."""

from typing import Any

import pytest

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
from tests.keys_table import BEGIN, END, between_markers, table
from tests.paths import CHECKOUT
from tui import keys
from tui.app import Hubscope
from tui.config import Config
from tui.keys import (
    CARD,
    CLAIM,
    CLAIMS,
    COMMANDS,
    COMPARE,
    DIFF,
    FAMILIES,
    LIST,
    MEMBERS,
    PLACES,
    SAVED,
    Command,
    here,
)
from tui.remap import FORBIDDEN, remap
from tui.screens.card import CardScreen
from tui.screens.chooser import Chooser
from tui.screens.claims import ClaimScreen, ClaimsScreen
from tui.screens.compare import CompareScreen
from tui.screens.diff import DiffScreen
from tui.screens.families import FamiliesScreen
from tui.screens.members import MembersScreen
from tui.screens.page import Page
from tui.screens.saved import SavedScreen
from tui.screens.trending import TrendingScreen
from tui.widgets.table import RowTable

README = CHECKOUT / "README.md"
SCREENS: dict[str, type[Page]] = {
    LIST: TrendingScreen,
    CARD: CardScreen,
    SAVED: SavedScreen,
    DIFF: DiffScreen,
    FAMILIES: FamiliesScreen,
    COMPARE: CompareScreen,
    MEMBERS: MembersScreen,
    CLAIMS: ClaimsScreen,
    CLAIM: ClaimScreen,
}
# how each place is reached from the first one
WAY = {
    LIST: (),
    CARD: ("row.open",),
    SAVED: ("go.saved",),
    DIFF: ("row.mark", "row.mark", "row.compare"),
    FAMILIES: ("go.families",),
    COMPARE: ("go.families", "row.mark", "row.mark", "row.compare"),
    MEMBERS: ("go.families", "row.open"),
    CLAIMS: ("go.claims",),
    CLAIM: ("go.claims", "row.open"),
}


async def go(pilot: AppPilot, place: str) -> None:
    """Go to a place by its keys, each pressed when there is something to press it on."""
    for command_id in WAY[place]:
        await settled(pilot)
        await press(pilot, command_id)
    await wait_for(pilot, lambda: place == page(pilot).PLACE, f"a screen of {place}")


def walk() -> list[Any]:
    return [
        pytest.param(place, command, id=f"{place}-{command.id}")
        for place in PLACES
        for command in here(place)
    ]


def method(command: Command) -> tuple[str, str]:
    """Where an action lives, "app" or "screen", and the name of its method."""
    name = command.action.partition("(")[0]
    room, dot, bare = name.rpartition(".")
    return (room if dot else "screen"), f"action_{bare}"


def test_every_command_has_an_id_keys_a_label_and_a_sentence() -> None:
    assert len({command.id for command in COMMANDS}) == len(COMMANDS)
    for command in COMMANDS:
        assert command.id.count(".") == 1
        assert command.keys
        assert command.help.endswith(".")
        assert 0 < len(command.label) <= 14
        assert "." not in command.label
        assert set(command.places) <= set(PLACES)


@pytest.mark.parametrize(("place", "command"), walk())
def test_every_command_has_an_action_where_it_works(place: str, command: Command) -> None:
    room, name = method(command)
    owner = Hubscope if room == "app" else SCREENS[place]
    assert callable(getattr(owner, name, None)), f"{owner.__name__} has no {name}"


@pytest.mark.parametrize("place", PLACES)
def test_the_labels_of_a_place_tell_commands_apart(place: str) -> None:
    labels = [command.label for command in here(place)]
    assert sorted(set(labels)) == sorted(labels)


@pytest.mark.parametrize("place", PLACES)
async def test_every_key_does_what_the_table_says(
    stage: Stage, monkeypatch: pytest.MonkeyPatch, place: str
) -> None:
    async with stage.play() as pilot:
        await settled(pilot)
        await press(pilot, *WAY[place])
        await wait_for(pilot, lambda: place == page(pilot).PLACE, f"a screen of {place}")
        done: list[tuple[str, tuple[object, ...]]] = []

        def record(name: str) -> Any:
            return lambda *arguments: done.append((name, arguments))

        screen = page(pilot)
        for command in here(place):
            room, name = method(command)
            owner = hubscope(pilot) if room == "app" else screen
            monkeypatch.setattr(owner, name, record(name))
        for command in here(place):
            inside = command.action.partition("(")[2].rstrip(")")
            said = eval(f"({inside},)") if inside else ()
            for key in command.keys:
                done.clear()
                await pilot.press(key)
                assert done == [(method(command)[1], said)], f"{key} of {command.id}"


@pytest.mark.parametrize("place", PLACES)
@pytest.mark.parametrize("menu", ["app.help", "app.palette"])
async def test_help_and_palette_list_what_works_here_and_nothing_else(
    stage: Stage, place: str, menu: str
) -> None:
    async with stage.play() as pilot:
        await settled(pilot)
        await press(pilot, *WAY[place])
        await wait_for(pilot, lambda: place == page(pilot).PLACE, f"a screen of {place}")
        await press(pilot, menu)
        await wait_for(pilot, lambda: isinstance(pilot.app.screen, Chooser), "a menu")
        listed = [choice.value for choice in pilot.app.screen.query_one(RowTable).values]
        assert listed == here(place)
        written = screen_text(pilot.app)
        for command in here(place)[:10]:
            assert command.help in written
            assert keys.shown(command.keys[0]) in written


@pytest.mark.parametrize("menu", ["app.help", "app.palette"])
async def test_a_menu_runs_what_is_chosen(stage: Stage, menu: str) -> None:
    async with stage.play() as pilot:
        await settled(pilot)
        await press(pilot, menu)
        await pilot.press(*"order", "enter")
        await sees(pilot, "Order", "most liked")


@pytest.mark.parametrize("place", PLACES)
def test_the_footer_names_commands_of_the_place(place: str) -> None:
    from tui.screens.page import footer

    pressed = {command.id: command.keys for command in COMMANDS}
    for room in (40, 60, 80, 120):
        line = "".join(text for text, _ in footer(here(place), pressed, room))
        assert len(line) <= room
        assert "? help" in line
    for command in here(place):
        if command.footer:
            assert f"{keys.shown(command.keys[0])} {command.label}" in "".join(
                text for text, _ in footer(here(place), pressed, 1000)
            )


def test_no_place_has_a_key_twice_and_no_key_is_the_terminals() -> None:
    for place in PLACES:
        taken = [key for command in here(place) for key in command.keys]
        assert sorted(set(taken)) == sorted(taken)
        assert not set(taken) & set(FORBIDDEN)


def test_the_readme_has_the_same_table() -> None:
    text = README.read_text("utf-8")
    assert BEGIN in text
    assert END in text
    assert between_markers(text) == table()


# remapping


def test_a_remapping_is_taken() -> None:
    pressed, refused = remap({"row.bookmark": ["f5", "ctrl+k"], "app.help": ["?", "f1"]})
    assert refused == []
    assert pressed["row.bookmark"] == ("f5", "ctrl+k")
    assert pressed["app.help"] == ("question_mark", "f1")
    assert pressed["row.copy"] == ("y",)


@pytest.mark.parametrize(
    ("chosen", "named"),
    [
        ({"row.bookmark": ["y"]}, "row.copy"),
        ({"list.sort": ["tab"]}, "pane.next"),
        ({"card.links": ["O"]}, "card.outline"),
        ({"row.bookmark": ["?"]}, "app.help"),
        ({"no.such": ["x"]}, "no.such"),
        ({"row.bookmark": ["ctrl+b"]}, "ctrl+b"),
        ({"row.bookmark": ["ctrl+a"]}, "ctrl+a"),
    ],
)
def test_a_bad_remapping_is_refused_with_a_line(chosen: dict[str, list[str]], named: str) -> None:
    pressed, refused = remap(chosen)
    assert pressed == {command.id: command.keys for command in COMMANDS}
    assert len(refused) == 1
    assert named in refused[0]


def test_one_key_may_serve_two_places() -> None:
    pressed, refused = remap({"card.links": ["s"], "list.sort": ["s"]})
    assert refused == []
    assert pressed["card.links"] == pressed["list.sort"] == ("s",)


def test_a_second_choice_for_the_key_of_a_first_is_refused() -> None:
    pressed, refused = remap({"row.bookmark": ["f5"], "row.copy": ["f5"]})
    assert pressed["row.bookmark"] == ("f5",)
    assert pressed["row.copy"] == ("y",)
    assert refused == ["row.bookmark has the key wanted for row.copy; it keeps its own"]


async def test_a_remapped_key_works_and_is_shown_everywhere(stage: Stage) -> None:
    config = Config(keys={"list.sort": ("f5",)})
    async with stage.play((120, 36), config=config) as pilot:
        await settled(pilot)
        await sees(pilot, "f5 sort")
        await pilot.press("s")
        assert page(pilot) is pilot.app.screen
        await pilot.press("f5")
        await sees(pilot, "most liked")
        await pilot.press("escape", "question_mark")
        await sees(pilot, "f5         sort")


async def test_a_clash_is_reported_on_the_screen(stage: Stage) -> None:
    async with stage.play((120, 36), config=Config(keys={"list.sort": ("q",)})) as pilot:
        await sees(pilot, "go.quit has the key wanted for list.sort")
        assert hubscope(pilot).pressed["list.sort"] == ("s",)
