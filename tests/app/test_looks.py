"""Colours: contrast of every theme, no colour where none is wanted, one picture of each theme."""

import asyncio
from collections.abc import Callable
from itertools import product
from typing import Any

import pytest
from rich.color import ColorType
from textual.app import App
from textual.css.stylesheet import Stylesheet

from tests.app.stage import AppPilot, Clock, Stage, hubscope, press, sees, settled, shut
from tui.app import Hubscope
from tui.config import Config
from tui.themes import PALETTES, ROLES, Palette, style

AA = 4.5  # WCAG 2, normal text


def luminance(colour: str) -> float:
    """Relative luminance as WCAG 2 defines it, of ``#rrggbb``."""
    channels = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one: str, other: str) -> float:
    lighter, darker = sorted((luminance(one), luminance(other)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


def test_the_formula_gives_the_known_ends() -> None:
    assert contrast("#000000", "#ffffff") == pytest.approx(21)
    assert contrast("#777777", "#ffffff") == pytest.approx(4.48, abs=0.01)


COLOURED = [palette for palette in PALETTES.values() if not palette.ansi]
INKS = ("text", "soft", "muted", "accent", "good", "warn", "bad")


@pytest.mark.parametrize("palette", COLOURED, ids=lambda palette: palette.name)
def test_text_stands_out_from_both_backgrounds(palette: Palette) -> None:
    for ink, ground in product(INKS, ("background", "cursor")):
        assert contrast(getattr(palette, ink), getattr(palette, ground)) >= AA, (ink, ground)


@pytest.mark.parametrize("palette", COLOURED, ids=lambda palette: palette.name)
def test_every_role_is_drawn_with_contrast(palette: Palette) -> None:
    for role in ROLES:
        if role.endswith("rule"):
            continue
        drawn = style(palette, role)
        assert drawn.color is not None, role
        assert drawn.bgcolor is not None, role
        ink, ground = drawn.color.get_truecolor().hex, drawn.bgcolor.get_truecolor().hex
        assert contrast(ink, ground) >= AA, role


def test_the_terminals_own_theme_asks_for_none_but_the_sixteen_colours() -> None:
    for role in ROLES:
        drawn = style(PALETTES["terminal"], role)
        for colour in (drawn.color, drawn.bgcolor):
            assert colour is None or colour.type in (ColorType.DEFAULT, ColorType.STANDARD), role


@pytest.mark.parametrize("palette", PALETTES.values(), ids=lambda palette: palette.name)
def test_the_cursor_and_a_match_differ_by_more_than_ink(palette: Palette) -> None:
    plain, cursor, found = (style(palette, role) for role in ("cell", "cursor", "mark"))
    for other in (cursor, found):
        assert (other.bgcolor, other.reverse) != (plain.bgcolor, plain.reverse)


async def test_choosing_colours_shows_each_and_escape_brings_the_old_ones_back(
    stage: Stage,
) -> None:
    async with stage.play() as pilot:
        await settled(pilot)
        await press(pilot, "look.theme")
        for name in list(PALETTES)[1:]:
            await pilot.press("down")
            assert hubscope(pilot).painter.palette.name == name
        await pilot.press("escape")
        assert hubscope(pilot).painter.palette.name == "dark"
        await press(pilot, "look.theme")
        await pilot.press("down", "enter")
        assert hubscope(pilot).theme == "light"
        assert hubscope(pilot).session["theme"] == "light"


async def test_styles_are_made_once_at_a_start_and_anew_for_other_colours(
    stage: Stage, monkeypatch: pytest.MonkeyPatch
) -> None:
    made, reparse = [0], Stylesheet.reparse

    def counted(self: Stylesheet) -> None:
        made[0] += 1
        reparse(self)

    monkeypatch.setattr(Stylesheet, "reparse", counted)
    async with stage.play(config=Config(theme="light")) as pilot:
        await settled(pilot)
        assert made == [0]
        assert pilot.app.screen.styles.background.hex.lower() == PALETTES["light"].background
        await press(pilot, "look.theme")
        await pilot.press("up", "enter")
        await settled(pilot)
        theme = hubscope(pilot).theme
        assert theme != "light"
        assert made[0] >= 1
        assert pilot.app.screen.styles.background.hex.lower() == PALETTES[theme].background


async def test_without_colour_nothing_is_lost_but_colour(
    stage: Stage, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("NO_COLOR", "1")
    async with stage.play() as pilot:
        await sees(pilot, "▌    1", "● live")
        strips = pilot.app.screen._compositor.render_strips()
        inks = {
            segment.style.color.get_truecolor()
            for strip in strips
            for segment in strip
            if segment.style and segment.style.color
        }
        assert len(inks) > 1
        assert all(red == green == blue for red, green, blue in inks)


@pytest.mark.parametrize("name", PALETTES)
def test_a_picture_of_each_theme(
    clock: Clock, name: str, snap_compare: Callable[..., bool], snapshot_folder: None
) -> None:
    sources, note = Stage("https://huggingface.co", clock).sample()
    sources.store.library.put_session("last", {"theme": name})  # a first start shows a hint
    sources.store.flush()
    app: App[Any] = Hubscope(sources, Config(theme=name), None, None, note)

    async def before(pilot: AppPilot) -> None:
        await settled(pilot)
        await press(pilot, "move.down", "row.mark")
        await pilot.pause()

    assert snap_compare(app, run_before=before, terminal_size=(80, 24))
    asyncio.run(shut(sources))
