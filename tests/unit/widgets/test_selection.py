"""Text selected by mouse: which characters are meant, how they look, what is copied."""

import base64

import pytest
from textual.geometry import Offset
from textual.pilot import Pilot
from textual.screen import Screen
from textual.selection import SELECT_ALL, Selection
from textual.widget import Widget

from tests.app.stage import Clock, Stage, page, press, reading, screen_text, sees, settled
from tests.loopback import LoopbackHub
from tests.unit.widgets.host import PAINTER, shown
from tui.render.spans import Line
from tui.widgets.card import CardPane
from tui.widgets.pane import Pane

BASE = "https://hub.test/acme/base"


def lines(*texts: str) -> list[Line]:
    """Lines of two spans each, so that a selection begins and ends within a span."""
    return [((text[:2], "text"), (text[2:], "code")) for text in texts]


def marked(pane: Pane, y: int) -> str:
    """The text of line ``y`` in sight that is drawn as selected."""
    style = PAINTER.strip((("x", "mark"),), 1)._segments[0].style
    return "".join(segment.text for segment in pane.render_line(y) if segment.style == style)


async def select(pilot: Pilot[None], start: tuple[int, int], end: tuple[int, int]) -> None:
    """Drag the mouse from a cell of the screen to another."""
    await pilot.mouse_down(offset=start)
    await pilot.hover(offset=end)
    await pilot.mouse_up(offset=end)
    await pilot.pause()


async def test_a_cell_is_the_character_that_is_drawn_there() -> None:
    pane = Pane(PAINTER)
    async with shown(pane, size=(6, 2)):
        pane.show(lines("a模型b", "e\u0301f", "0123456789", "last"))
        cells = [pane.character_at(x, 0).x for x in range(6)]
        assert cells == [0, 1, 1, 2, 2, 3]
        assert [pane.character_at(x, 1).x for x in range(3)] == [0, 2, 3]
        assert pane.character_at(-5, -5) == Offset(0, 0)
        assert pane.character_at(99, 99).y == 1
        pane.scroll_lines(2)
        assert pane.character_at(1, 0) == Offset(1, 2)
        pane.scroll_to(x=3, animate=False, immediate=True, force=True)
        assert pane.character_at(1, 0) == Offset(4, 2)


async def test_a_wide_character_cut_by_the_edge_is_still_itself() -> None:
    pane = Pane(PAINTER)
    async with shown(pane, size=(6, 2)):
        pane.show(lines("模型模型模型"))
        pane.scroll_to(x=1, animate=False, immediate=True, force=True)
        assert [pane.character_at(x, 0).x for x in range(4)] == [0, 1, 1, 2]


async def test_past_the_end_of_a_line_or_of_all_lines_there_is_nothing() -> None:
    pane = Pane(PAINTER)
    async with shown(pane, size=(10, 4)):
        pane.show(lines("one"))
        assert pane.character_at(8, 0) == Offset(3, 0)
        assert pane.character_at(2, 3) == Offset(0, 3)
        assert pane.get_selection(Selection(Offset(0, 3), Offset(4, 3)))[0] == ""


@pytest.mark.parametrize(
    ("selection", "text"),
    [
        (Selection(Offset(1, 0), Offset(3, 0)), "ne"),
        (Selection(Offset(2, 0), Offset(3, 2)), "e\ntwo\nthr"),
        (Selection(Offset(4, 1), Offset(99, 1)), ""),
        (Selection(None, Offset(1, 1)), "one\nt"),
        (Selection(Offset(3, 1), None), "\nthree"),
        (SELECT_ALL, "one\ntwo\nthree"),
    ],
)
async def test_the_selected_text_ends_where_its_words_end(selection: Selection, text: str) -> None:
    pane = Pane(PAINTER)
    async with shown(pane):
        pane.show(lines("one   ", "two ", "three"))
        assert pane.get_selection(selection) == (text, "\n")


async def test_an_accent_and_a_joined_emoji_stay_with_their_character() -> None:
    pane = Pane(PAINTER)
    family = "👨\u200d👩\u200d👧"
    async with shown(pane):
        pane.show(lines("cafe\u0301 au lait", f"a{family}b"))
        assert pane.get_selection(Selection(Offset(0, 0), Offset(4, 0)))[0] == "cafe\u0301"
        assert pane.get_selection(Selection(Offset(1, 1), Offset(2, 1)))[0] == family


async def test_what_is_selected_is_drawn_so_and_only_that() -> None:
    pane = Pane(PAINTER)
    async with shown(pane, size=(6, 2)):
        pane.show(lines("0123456789", "模型模型", "abc"))
        pane.selection_updated(Selection(Offset(1, 0), Offset(3, 1)))
        assert [marked(pane, y) for y in range(3)] == ["12345", "模型模", ""]
        pane.scroll_to(x=2, animate=False, immediate=True, force=True)
        assert [marked(pane, y) for y in range(3)] == ["234567", "型模", ""]
        pane.scroll_lines(1)
        assert marked(pane, 0) == "型模"
        assert pane.selected == "123456789\n模型模"
        pane.selection_updated(None)
        assert [marked(pane, y) for y in range(3)] == ["", "", ""]
        assert pane.selected == ""


async def test_selecting_all_of_a_card_takes_in_what_is_not_rendered_yet() -> None:
    pane = CardPane(PAINTER)
    async with shown(pane, size=(60, 10)):
        pane.open("".join(f"# Part {n}\n\ntext\n\n" for n in range(500)), BASE)
        assert pane.document is not None
        assert not pane.document.done
        assert "Part 499" in pane.get_selection(SELECT_ALL)[0]


async def test_a_pane_is_not_selected_where_its_screen_does_not_ask_for_it() -> None:
    pane = Pane(PAINTER)
    async with shown(pane) as pilot:
        pane.show(lines("one", "two", "three"))
        await select(pilot, (0, 0), (2, 1))
        assert pane.selected == ""


class Selecting(Screen[None]):
    """A screen of one pane that can be selected."""

    def __init__(self, pane: Pane) -> None:
        super().__init__()
        self.pane = pane
        pane.selectable = True

    def compose(self) -> list[Widget]:
        return [self.pane]

    def get_widget_and_offset_at(self, x: int, y: int) -> tuple[Widget, Offset]:
        return self.pane, self.pane.character_at(x, y)


async def test_a_drag_selects_in_both_directions_and_a_click_ends_it() -> None:
    pane = Pane(PAINTER)
    async with shown() as pilot:
        await pilot.app.push_screen(Selecting(pane))
        pane.show(lines("模型 one", "two", "three"))
        await select(pilot, (2, 0), (1, 1))
        assert pane.selected == "型 one\ntw"
        await select(pilot, (1, 1), (2, 0))
        assert pane.selected == "型 one\ntw"
        await pilot.click(offset=(0, 2))
        assert pane.selected == ""


@pytest.fixture
def clipboard(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """What was sent to the terminal's clipboard."""
    sent: list[str] = []

    def send(app: object, sequence: str) -> None:
        body = sequence.removeprefix("\x1b]52;c;").removesuffix("\x07")
        sent.append(base64.b64decode(body, validate=True).decode())

    monkeypatch.setattr("tui.screens.copying.write", send)
    return sent


async def test_a_card_copies_the_text_between_the_ends_of_a_drag(
    hub: LoopbackHub, clipboard: list[str]
) -> None:
    async with Stage(hub.url, Clock()).play(target=("model", "acme/base")) as pilot:
        await settled(pilot)
        shown_lines = screen_text(pilot.app).splitlines()
        pane = reading(pilot).pane
        first = pane.content_region.y
        assert pane.content_region.x == 1  # the drag begins in the margin
        await select(pilot, (0, first), (79, 23))
        await press(pilot, "card.copy_selection")
        wanted = "\n".join(line[1:] for line in shown_lines[first : pane.content_region.bottom])
        assert clipboard == [wanted.strip("\n")]
        assert "\n" in clipboard[0]
        await sees(pilot, "sent to the terminal: " + clipboard[0].splitlines()[0])
        assert len(screen_text(pilot.app).splitlines()) == len(shown_lines)


async def test_each_tab_copies_its_own_selection(hub: LoopbackHub, clipboard: list[str]) -> None:
    async with Stage(hub.url, Clock()).play(target=("model", "acme/base")) as pilot:
        await settled(pilot)
        await press(pilot, "card.copy_selection")
        await sees(pilot, "nothing is selected")
        await select(pilot, (1, 3), (10, 3))
        await press(pilot, "tab.next", "card.copy_selection")
        assert clipboard == []
        facts = pilot.app.screen.query_one("#Facts", Pane)
        await select(pilot, (0, 3), (79, 3))
        await press(pilot, "card.copy_selection")
        assert clipboard == [facts.plain()[0].rstrip()]
        await press(pilot, "tab.next", "card.copy_selection")  # lineage: rows, to be clicked
        assert len(clipboard) == 1
        assert page(pilot) is pilot.app.screen
