"""Fixed lines, a pane to read, and the pane of a card."""

from textual.geometry import Region

from tests.unit.widgets.host import PAINTER, shown, text
from tui.render.spans import Line
from tui.widgets.card import CardPane
from tui.widgets.lines import Lines
from tui.widgets.pane import Pane

BASE = "https://hub.test/acme/base"
LONG = "".join(f"## Part {number}\n\n{'word ' * 120}\n\n" for number in range(80))


def line(words: str) -> Line:
    return ((words, "text"),)


class WatchedLines(Lines):
    regions: list[Region]

    def refresh(self, *regions: Region, **how: object) -> "WatchedLines":
        self.regions = [*getattr(self, "regions", []), *regions]
        return super().refresh(*regions, **how)  # type: ignore[arg-type]


async def test_of_fixed_lines_only_the_changed_ones_are_painted() -> None:
    lines = WatchedLines(PAINTER, 3)
    async with shown(lines) as pilot:
        lines.show([line("one"), line("two"), line("three")])
        await pilot.pause()
        assert text(pilot.app)[:3] == ["one", "two", "three"]
        lines.regions = []
        lines.show([line("one"), line("TWO"), line("three")])
        assert [region.y for region in lines.regions] == [1]
        await pilot.pause()
        assert text(pilot.app)[:3] == ["one", "TWO", "three"]


async def test_a_line_too_long_is_cut_at_the_edge() -> None:
    lines = Lines(PAINTER, 1)
    async with shown(lines, size=(10, 4)) as pilot:
        lines.show([line("模型模型模型")])
        await pilot.pause()
        assert text(pilot.app)[0] == "模型模型模"


async def test_a_pane_scrolls_and_keeps_its_place_when_asked() -> None:
    pane = Pane(PAINTER)
    async with shown(pane) as pilot:
        pane.show([line(f"line {number}") for number in range(100)])
        pane.scroll_lines(40)
        await pilot.pause()
        assert (pane.top, text(pilot.app)[0]) == (40, "line 40")
        pane.show([line(f"other {number}") for number in range(100)], keep_place=True)
        await pilot.pause()
        assert text(pilot.app)[0] == "other 40"
        pane.scroll_lines(10**7)
        await pilot.pause()
        assert text(pilot.app)[-1] == "other 99"
        pane.scroll_lines(-(10**7))
        assert pane.top == 0
        pane.show([line("new")])
        await pilot.pause()
        assert text(pilot.app)[:2] == ["new", ""]


async def test_a_card_shows_its_first_screen_before_the_rest_is_made() -> None:
    pane = CardPane(PAINTER)
    async with shown(pane, size=(60, 20)) as pilot:
        pane.open(LONG * 20, BASE)
        document = pane.document
        assert document is not None
        assert not document.done
        assert len(document.lines) >= 20
        await pilot.pause()
        assert "Part 0" in text(pilot.app)[0]


async def test_a_card_keeps_its_place_over_sizes_and_over_another_text() -> None:
    pane = CardPane(PAINTER)
    async with shown(pane, size=(60, 20)) as pilot:
        pane.open(LONG, BASE)
        assert pane.document is not None
        while not pane.document.done:
            await pilot.pause()
        heading = next(h for h in pane.document.outline if h.text == "Part 40")
        pane.go_to(heading.line)
        await pilot.pause()
        for size in ((100, 30), (30, 10), (60, 20)):
            await pilot.resize_terminal(*size)
            await pilot.pause()
            assert "Part 40" in text(pilot.app)[0]
        pane.open(LONG.replace("word", "other"), BASE)
        await pilot.pause()
        assert pane.top > 100
        pane.open(LONG.replace("word", "other"), BASE)  # the same text: nothing is begun anew
        assert pane.top > 100


async def test_find_goes_around_and_says_where_there_is_none() -> None:
    pane = CardPane(PAINTER)
    async with shown(pane, size=(60, 10)) as pilot:
        pane.open(
            "".join(f"# Item {n}\n\n{'needle' if n in (3, 9) else 'hay'}\n\n" for n in range(12)),
            BASE,
        )
        pane.mark("NEEDLE")
        found: list[int] = []
        for _ in range(3):
            assert pane.next_match(1)
            await pilot.pause()
            found.append(pane.top)
        assert found[0] == found[2] != found[1]
        assert pane.next_match(-1)
        await pilot.pause()
        assert pane.top == found[1]
        pane.mark("gone")
        assert not pane.next_match(1)
        pane.mark("")
        assert not pane.next_match(1)


async def test_find_goes_sideways_to_what_a_wide_line_hides() -> None:
    pane = CardPane(PAINTER)
    async with shown(pane, size=(60, 10)) as pilot:
        pane.open(f"```\n{'x' * 150}needle\n```\n\nneedle\n", BASE)
        pane.mark("needle")
        assert pane.next_match(1, here=True)
        await pilot.pause()
        assert any("needle" in one and "xxx" in one for one in text(pilot.app))
        assert pane.next_match(1)
        await pilot.pause()
        assert int(pane.scroll_offset.x) == 0
        assert "needle" in [one.strip() for one in text(pilot.app)]


async def test_a_message_takes_the_place_of_a_card() -> None:
    pane = CardPane(PAINTER)
    async with shown(pane) as pilot:
        pane.open("# Card\n", BASE)
        pane.message([line("no card")])
        await pilot.pause()
        assert text(pilot.app)[0] == "no card"
        assert pane.document is None
        assert not pane.next_match(1)
        pane.open("# Card\n", BASE)
        await pilot.pause()
        assert "Card" in text(pilot.app)[0]
