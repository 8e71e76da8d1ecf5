"""The table: a cursor that follows its row, and no more painting than there is change."""

import pytest
from textual.geometry import Size

from tests.unit.widgets.host import Host, Watched, shown, text
from tui.widgets.table import RowTable

TEN = [f"r{number}" for number in range(10)]


async def test_rows_stand_under_the_heads() -> None:
    table = Watched()
    async with shown(table) as pilot:
        table.fill(TEN[:3])
        await pilot.pause()
        assert text(pilot.app)[:5] == ["head", ">  r0".replace("  ", " ", 1), "  r1", "  r2", ""]


async def test_only_the_rows_in_sight_are_made() -> None:
    table = Watched()
    async with shown(table) as pilot:
        table.fill(f"r{number}" for number in range(10_000))
        await pilot.pause()
        assert len(table.made) <= 10
        table.move_to(9_999)
        await pilot.pause()
        assert len(table.made) <= 20
        assert text(pilot.app)[-1] == "> r9999"
        assert text(pilot.app)[0] == "head"


async def test_a_move_repaints_two_rows() -> None:
    table = Watched()
    async with shown(table) as pilot:
        table.fill(TEN)
        await pilot.pause()
        table.repainted()
        table.made.clear()
        table.move_to(4)
        assert table.repainted() == [1, 5]
        await pilot.pause()
        assert sorted(value for value, _, _ in table.made) == ["r0", "r4"]


async def test_a_move_back_makes_no_row_again() -> None:
    table = Watched()
    async with shown(table) as pilot:
        table.fill(TEN)
        table.move_to(1)
        await pilot.pause()
        table.move_to(0)
        await pilot.pause()
        table.made.clear()
        table.move_to(1)
        await pilot.pause()
        assert table.made == []


async def test_fresh_values_repaint_the_rows_that_changed() -> None:
    table = Watched()
    async with shown(table) as pilot:
        table.fill(TEN)
        await pilot.pause()
        table.repainted()
        values = [*TEN]
        values[3] = "changed"
        table.show(TEN, tuple(values))
        assert table.repainted() == [4]
        await pilot.pause()
        assert text(pilot.app)[4] == "  changed"
        table.show(TEN, tuple(values))
        assert table.repainted() == []


async def test_the_cursor_follows_its_key_when_rows_arrive_above_it() -> None:
    table = Watched()
    async with shown(table) as pilot:
        table.fill(f"r{number}" for number in range(100))
        table.move_to(50)
        await pilot.pause()
        line = text(pilot.app).index("> r50")
        table.fill([*(f"new{number}" for number in range(7)), *(f"r{n}" for n in range(100))])
        await pilot.pause()
        assert (table.key, table.cursor) == ("r50", 57)
        assert text(pilot.app).index("> r50") == line  # the row stays where the eye is


@pytest.mark.parametrize("row", [3, 60, 97, 99])
async def test_a_cursor_set_before_the_first_frame_is_in_sight(row: int) -> None:
    class Early(Watched):
        def on_mount(self) -> None:
            self.fill(f"r{number}" for number in range(100))
            self.move_to(row)

    async with shown(Early()) as pilot:
        assert f"> r{row}" in text(pilot.app)
        assert "" not in text(pilot.app)


async def test_a_list_at_its_top_shows_what_arrives_there() -> None:
    table = Watched()
    async with shown(table) as pilot:
        table.fill(TEN)
        await pilot.pause()
        table.fill(["new", *TEN])
        await pilot.pause()
        assert text(pilot.app)[1:3] == ["  new", "> r0"]


async def test_when_its_row_leaves_the_cursor_takes_the_place_next_to_it() -> None:
    table = Watched()
    async with shown(table):
        table.fill(TEN)
        table.move_to(9)
        table.fill(TEN[:4])
        assert (table.key, table.cursor) == ("r3", 3)
        table.fill([])
        assert (table.key, table.value, table.cursor) == (None, None, 0)
        table.fill(TEN)
        assert table.key == "r0"


async def test_moves_stop_at_both_ends_and_in_an_empty_table() -> None:
    table = Watched()
    async with shown(table):
        table.move_to(5)
        assert (table.cursor, table.key) == (0, None)
        table.fill(TEN)
        table.move_to(-5)
        assert table.key == "r0"
        table.move_to(10**9)
        assert table.key == "r9"
        assert table.move_to_key("r4")
        assert not table.move_to_key("gone")
        assert table.key == "r4"


async def test_the_cursor_says_where_it_is_once_for_a_flood_of_moves() -> None:
    table = Watched()
    async with shown(table) as pilot:
        table.fill(f"r{number}" for number in range(1000))
        await pilot.pause()
        host = pilot.app
        assert isinstance(host, Host)
        host.heard.clear()
        for row in range(1, 200):
            table.move_to(row)
        await pilot.pause()
        moves = [message for message in host.heard if isinstance(message, RowTable.Moved)]
        assert moves[-1].key == "r199"
        assert len(moves) < 5


async def test_near_its_end_it_asks_for_more() -> None:
    table = Watched()
    async with shown(table) as pilot:
        table.fill(f"r{number}" for number in range(100))
        await pilot.pause()
        host = pilot.app
        assert isinstance(host, Host)
        table.move_to(70)
        await pilot.pause()
        assert not any(isinstance(message, RowTable.NearEnd) for message in host.heard)
        table.move_to(85)
        await pilot.pause()
        assert any(isinstance(message, RowTable.NearEnd) for message in host.heard)


async def test_marks_belong_to_keys_and_keep_their_order() -> None:
    table = Watched()
    async with shown(table) as pilot:
        table.fill(TEN)
        for row in (3, 1):
            table.move_to(row)
            table.toggle_mark()
        table.fill(reversed(TEN))
        await pilot.pause()
        assert list(table.marked) == ["r3", "r1"]
        assert " *r3" in text(pilot.app)
        assert table.key == "r1"
        table.toggle_mark()
        assert list(table.marked) == ["r3"]


async def test_a_smaller_screen_keeps_the_cursor_in_sight() -> None:
    table = Watched()
    async with shown(table) as pilot:
        table.fill(f"r{number}" for number in range(100))
        table.move_to(9)
        await pilot.resize_terminal(20, 5)
        await pilot.pause()
        assert "> r9" in text(pilot.app)
        assert table.size == Size(20, 5)


async def test_a_click_moves_and_a_second_click_opens() -> None:
    table = Watched()
    async with shown(table) as pilot:
        table.fill(TEN)
        await pilot.pause()
        host = pilot.app
        assert isinstance(host, Host)
        await pilot.click(Watched, offset=(3, 4))
        assert table.key == "r3"
        assert not any(isinstance(message, RowTable.Opened) for message in host.heard)
        await pilot.click(Watched, offset=(3, 4))
        assert any(isinstance(message, RowTable.Opened) for message in host.heard)
        await pilot.click(Watched, offset=(3, 0))
        assert table.key == "r3"


@pytest.mark.parametrize(("index", "top"), [(3, 0), (15, 6)])
async def test_a_place_taken_before_there_is_a_size_hides_no_row_without_need(
    index: int, top: int
) -> None:
    table = Watched()
    table.fill(f"r{number}" for number in range(20))
    table.move_to(index)
    async with shown(table) as pilot:
        await pilot.pause()
        assert (table.cursor, int(table.scroll_offset.y)) == (index, top)
