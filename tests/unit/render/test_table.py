"""Which columns a width has room for, and rows that are never wider than it."""

import pytest

from tui.model import KINDS, Repo, Row
from tui.render import table
from tui.render.list_columns import columns
from tui.render.spans import line_width, plain
from tui.render.table import Column, layout

NOW = 1_795_000_000.0
LONG = Row(
    1234,
    Repo(
        "DavidAU/Qwen3.6-40B-Claude-4.6-Opus-Deckard-Heretic-Uncensored-NEO-MAX-GGUF",
        task="zero-shot-image-classification",
        license="a-licence-of-its-own-with-a-long-name",
        downloads=987_654_321,
        likes=123_456,
        params=1_598_839_674_782,
        trending_score=1234.5,
        created_at="2026-04-17T21:38:35.000Z",
    ),
    "CN+US+FR",
    -321,
)
BARE = Row(None, Repo("a/b"))


@pytest.mark.parametrize("kind", KINDS)
def test_a_row_has_the_width_of_its_heads(kind: str) -> None:
    for width in (40, 58, 60, 70, 79, 80, 99, 120, 200):
        plan = layout(columns(kind), width)
        for value in (LONG, BARE):
            made = table.row(plan, value, NOW)
            assert line_width(made) == line_width(table.header(plan)) == width


@pytest.mark.parametrize("kind", KINDS)
def test_columns_leave_by_priority_and_never_come_back(kind: str) -> None:
    last: set[str] = set()
    for width in range(40, 220):
        kept = {column.key for column, _ in layout(columns(kind), width).columns}
        assert last <= kept
        assert {"rank", "id"} <= kept
        gone = [column.priority for column in columns(kind) if column.key not in kept]
        here = [column.priority for column in columns(kind) if column.key in kept]
        assert not gone or max(here) < min(gone)
        last = kept
    assert last == {column.key for column in columns(kind)}


def test_at_eighty_cells_the_columns_of_the_daily_look_are_there() -> None:
    kept = [column.key for column, _ in layout(columns("model"), 80).columns]
    assert kept == ["rank", "move", "id", "origin", "task", "downloads", "likes", "age"]


def test_a_row_costs_three_runs_of_style_at_most() -> None:
    plan = layout(columns("model"), 200)
    for cursor in (False, True):
        assert len(table.row(plan, LONG, NOW, cursor=cursor, marked=True)) <= 3


def test_no_figure_of_a_row_is_cut() -> None:
    plan = layout(columns("model"), 200)
    shown = plain(table.row(plan, LONG, NOW))
    for figure in ("1234", "▼321", "988M", "123k", "1.6T"):
        assert f" {figure} " in shown


def test_the_cursor_and_a_mark_are_glyphs() -> None:
    plan = layout(columns("model"), 80)
    assert plain(table.row(plan, LONG, NOW, cursor=True, marked=True)).startswith("▌●")
    assert plain(table.row(plan, LONG, NOW)).startswith("  ")


def test_the_elastic_column_takes_what_is_left() -> None:
    fixed = Column("n", "n", 3, lambda value, now: "1")
    name = Column("id", "id", 5, lambda value, now: "x" * 99, elastic=True)
    assert [cells for _, cells in layout((fixed, name), 60).columns] == [3, 60 - 2 - 2 - 3]
