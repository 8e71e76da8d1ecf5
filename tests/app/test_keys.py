"""The table of commands: what it says is bound, found, listed and written in the README."""

import re
from importlib import import_module
from typing import Any

import pytest
from textual import events
from textual.keys import key_to_character

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
from tui.app import Hubscope
from tui.config import Config
from tui.key_names import shown
from tui.keys import COMMANDS, PLACES, Command, here
from tui.places import (
    CardPlace,
    ClaimPlace,
    ClaimsPlace,
    ComparePlace,
    DiffPlace,
    DownloadsPlace,
    FamiliesPlace,
    ListPlace,
    MembersPlace,
    PicturePlace,
    Place,
    SavedPlace,
)
from tui.remap import FORBIDDEN, changed, remap
from tui.screens.card.text import CardTabs
from tui.screens.chooser import Chooser
from tui.screens.frame import footer, views
from tui.screens.glance import Glance
from tui.screens.list_panes import ListPanes
from tui.screens.page import Page
from tui.widgets.table import RowTable

README = CHECKOUT / "README.md"
PARTS = {"panes": ListPanes, "text": CardTabs, "glance": Glance}
PRESSED = {command.id: command.keys for command in COMMANDS}
# how each place is reached from the first one
WAY: dict[type[Place], tuple[str, ...]] = {
    ListPlace: (),
    CardPlace: ("row.open",),
    SavedPlace: ("go.saved",),
    DiffPlace: ("row.mark", "row.mark", "row.compare"),
    FamiliesPlace: ("go.families",),
    ComparePlace: ("go.families", "row.mark", "row.mark", "row.compare"),
    MembersPlace: ("go.families", "row.open"),
    ClaimsPlace: ("go.claims",),
    ClaimPlace: ("go.claims", "row.open"),
    DownloadsPlace: ("go.downloads",),
    PicturePlace: (),
}


def screen_of(place: type[Place]) -> type[Page]:
    module, _, name = place.screen.partition(":")
    found: type[Page] = getattr(import_module(module), name)
    return found


def name_of(value: Any) -> str | None:
    return value.name if isinstance(value, type) and issubclass(value, Place) else None


async def go(pilot: AppPilot, place: type[Place]) -> None:
    """Go to a place by its keys, each pressed when there is something to press it on."""
    if place is PicturePlace:  # of a card that has one
        await settled(pilot)
        hubscope(pilot).visit(PicturePlace("model", "acme/base", "a.svg", "a drawing", 1))
    for command_id in WAY[place]:
        await settled(pilot)
        await press(pilot, command_id)
    await wait_for(pilot, lambda: type(page(pilot).place) is place, f"a screen of {place}")


def method(command: Command) -> tuple[str, str]:
    """Where an action lives, "app", a part or "" (the screen), and the name of its method."""
    name = command.action.partition("(")[0]
    room, _, bare = name.rpartition(".")
    return room or command.part, f"action_{bare}"


def owner_of(room: str, place: type[Place]) -> type[Any]:
    return Hubscope if room == "app" else PARTS.get(room) or screen_of(place)


def test_every_command_has_an_id_keys_a_label_and_a_sentence() -> None:
    assert len({command.id for command in COMMANDS}) == len(COMMANDS)
    for command in COMMANDS:
        assert command.id.count(".") == 1
        assert command.keys
        assert command.help.endswith(".")
        assert 0 < len(command.label) <= 14
        assert "." not in command.label
        assert set(command.places) <= set(PLACES)


@pytest.mark.parametrize("place", PLACES, ids=name_of)
def test_every_command_has_an_action_where_it_works(place: type[Place]) -> None:
    for command in here(place):
        room, name = method(command)
        owner = owner_of(room, place)
        assert callable(getattr(owner, name, None)), f"{owner.__name__} has no {name}"


@pytest.mark.parametrize("place", PLACES, ids=name_of)
def test_every_action_of_a_screen_and_of_its_parts_has_a_row(place: type[Place]) -> None:
    rows = {method(command) for command in here(place)}
    rooms = {room for room, _ in rows}
    for room in rooms:
        ours = [one for one in owner_of(room, place).__mro__ if one.__module__.startswith("tui.")]
        actions = {name for one in ours for name in vars(one) if name.startswith("action_")}
        assert {(room, name) for name in actions} <= rows


@pytest.mark.parametrize("place", PLACES, ids=name_of)
def test_no_handler_of_a_screen_runs_twice(place: type[Place]) -> None:
    ours = [one for one in screen_of(place).__mro__ if one.__module__.startswith("tui.")]
    handlers = [name for one in ours for name in vars(one) if name.startswith("on_")]
    assert sorted(set(handlers)) == sorted(handlers)
    assert len(ours) <= 3


@pytest.mark.parametrize("place", PLACES, ids=name_of)
def test_the_labels_of_a_place_tell_commands_apart(place: type[Place]) -> None:
    labels = [command.label for command in here(place)]
    assert sorted(set(labels)) == sorted(labels)


@pytest.mark.parametrize("place", PLACES, ids=name_of)
async def test_help_and_palette_list_what_works_here_and_each_key_does_what_they_say(
    stage: Stage, monkeypatch: pytest.MonkeyPatch, place: type[Place]
) -> None:
    async with stage.play() as pilot:
        await go(pilot, place)
        for menu in ("app.help", "app.palette"):
            await press(pilot, menu)
            await wait_for(pilot, lambda: isinstance(pilot.app.screen, Chooser), "a menu")
            listed = [choice.value for choice in pilot.app.screen.query_one(RowTable).values]
            assert [one for one in listed if isinstance(one, Command)] == here(place)
            written = screen_text(pilot.app)
            for command in here(place)[:10]:
                assert command.help in written
                assert shown(command.keys[0]) in written
            await pilot.press("escape")
            await wait_for(pilot, lambda: isinstance(pilot.app.screen, Page), "the place again")
        await each_key_acts(pilot, monkeypatch, place)


async def each_key_acts(
    pilot: AppPilot, monkeypatch: pytest.MonkeyPatch, place: type[Place]
) -> None:
    """Every key calls the method of its command, with the words of the table, and no other."""
    done: list[tuple[str, tuple[object, ...]]] = []

    def record(name: str) -> Any:
        return lambda *arguments: done.append((name, arguments))

    screen = page(pilot)
    expected = []
    for command in here(place):
        room, name = method(command)
        owner = hubscope(pilot) if room == "app" else screen.parts.get(room, screen)
        monkeypatch.setattr(owner, name, record(name))
        inside = command.action.partition("(")[2].rstrip(")")
        words = eval(f"({inside},)") if inside else ()
        expected += [(key, name, words) for key in command.keys]
    for key, *_ in expected:
        typed(pilot, key)
    await wait_for(pilot, lambda: len(done) >= len(expected), "an action of each key")
    keys = [key for key, *_ in expected]
    assert [(key, *did) for key, did in zip(keys, done, strict=True)] == expected


def typed(pilot: AppPilot, key: str) -> None:
    """A key goes into the app as a terminal's does; nothing is waited for."""
    character = key_to_character(key)
    pilot.app.post_message(events.Key(key, character))


async def test_a_menu_runs_what_is_chosen(stage: Stage) -> None:
    async with stage.play() as pilot:
        await settled(pilot)
        for menu in ("app.help", "app.palette"):
            await press(pilot, menu)
            await pilot.press(*"order", "enter")
            await sees(pilot, "Order", "most liked")
            await pilot.press("escape")
            await wait_for(pilot, lambda: isinstance(pilot.app.screen, Page), f"{menu} is done")


@pytest.mark.parametrize("place", PLACES, ids=name_of)
def test_the_footer_names_commands_of_the_place(place: type[Place]) -> None:
    for room in (40, 60, 80, 120):
        line = "".join(text for text, _ in footer(here(place), PRESSED, room))
        assert len(line) <= room
        assert "? help" in line
    whole = "".join(text for text, _ in footer(here(place), PRESSED, 1000))
    for command in here(place):
        assert (f"{shown(command.keys[0])} {command.label}  " in whole) == bool(command.footer)
    for known in ("q quit", "Esc back", "y copy id"):  # what one knows after a minute
        assert known not in whole


def test_the_footer_begins_with_what_one_would_press_next() -> None:
    line = footer(here(CardPlace), PRESSED, 80, ("tab.fetch", "tab.context"))
    assert "".join(text for text, _ in line).startswith(" + read config  M context  / find")


async def test_the_footer_follows_the_tab_and_the_marks(stage: Stage) -> None:
    async with stage.play((100, 30)) as pilot:
        await settled(pilot)
        await press(pilot, "row.mark", "row.mark")
        await sees_footer(pilot, "c compare")
        await press(pilot, "row.open")
        for first in ("/ find", "] next tab", "⏎ open", "D take  space mark", "s order"):
            await sees_footer(pilot, first)
            await press(pilot, "tab.next")


async def sees_footer(pilot: AppPilot, first: str) -> None:
    await wait_for(pilot, lambda: footer_line(pilot).startswith(f" {first}"), first)


def footer_line(pilot: AppPilot) -> str:
    return screen_text(pilot.app).splitlines()[-1]


def test_the_line_of_views_shows_the_keys_in_force() -> None:
    pressed = {**PRESSED, "go.claims": ("f3",)}
    text = "".join(text for text, _ in views("Claims", pressed, 80))
    assert text == " hubscope   1 Trending  2 Families  f3 Claims  4 Saved "


NAMED = re.compile(r"`([^`]+)`")
MARKS = frozenset("=·≥≈●Δ!")  # what the screens print, and no key


def test_every_key_that_the_readme_names_is_a_key() -> None:
    known = {shown(key) for command in COMMANDS for key in command.keys}
    text = README.read_text("utf-8")
    cells = [line.split("|")[1] for line in between_markers(text).splitlines() if "|" in line]
    assert {name for cell in cells[2:] for name in NAMED.findall(cell)} == known
    prose = re.sub(r"```.*?```", "", text.replace(between_markers(text), ""), flags=re.DOTALL)
    single = {name for name in NAMED.findall(prose) if len(name) == 1 or name.startswith("ctrl+")}
    assert single <= known | MARKS


WORDS = re.compile(r'"([^"\n]*)"')
PROMISE = re.compile(
    r"(?:^|[ (;,·])([A-Za-z+/\]\[]|⏎|Esc) (?:reads|shows|goes|fetches|asks|finds|lists|marks"
    r"|bookmarks|keeps|takes|leaves|opens|copies)\b"
)


def test_every_key_that_a_screen_names_acts() -> None:
    known = {shown(key) for command in COMMANDS for key in command.keys}
    folder = CHECKOUT / "tui"
    named = {
        key
        for path in folder.rglob("*.py")
        for text in WORDS.findall(path.read_text("utf-8"))
        for key in PROMISE.findall(text)
        if key not in "aAI"
    }
    assert {"+", "b", "B"} <= named  # the search finds what it looks for
    assert named <= known


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
    assert changed(pressed) == {"row.bookmark": "f5,ctrl+k", "app.help": "question_mark,f1"}
    assert changed(remap({})[0]) == {}  # what Textual goes through at each press


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
    pressed, refused = remap({"card.links": ["t"], "list.task": ["t"]})
    assert refused == []
    assert pressed["card.links"] == pressed["list.task"] == ("t",)


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
