"""Make the pictures anew: ``python screenshots/make.py``.

The app runs without a terminal on the bundled sample, at a fixed moment, so that anyone gets the
same pictures from the same version. The course of families is drawn from made rows.
"""

import asyncio
import os
import sys
import tempfile
from collections.abc import Awaitable, Callable, Iterator, Sequence
from contextlib import contextmanager
from functools import partialmethod
from pathlib import Path
from typing import Any

FOLDER = Path(__file__).parent
MOMENT = 1793664000.0  # 2026-11-03: a little after the sample's newest facts
_GLANCE = 0.4  # seconds after which a glance at the row in hand has been drawn
SIZES = {"80x24": (80, 24), "120x36": (120, 36)}
SECONDS = 4.0  # that each step of the walk is shown
WALK = (
    ("j j", "what is trending, and whose"),
    ("3", "3: the claims of the press, then and now"),
    ("enter", "Enter: every definition tried, and what decides"),
    ("escape 2", "2: the families behind it"),
    ("x", "x: whose count is it? The lens"),
    ("escape space j space c", "space, c: two of them side by side"),
)

sys.path.insert(0, str(FOLDER.parent))

from screenshots import series  # noqa: E402
from screenshots.steps import in_turn  # noqa: E402

os.environ["TEXTUAL_ANIMATIONS"] = "none"

Act = Callable[[Any], Awaitable[None]]


def _app(theme: str) -> Any:
    from tui.analysis.registry.registry import load
    from tui.app import Hubscope
    from tui.config import Config
    from tui.opening import sample_sources
    from tui.render.words import FIRST_LOOK
    from tui.sample.facts import sample_date
    from tui.screens.first_look import SEEN
    from tui.store.paths import home
    from tui.store.store import Store

    folders = home({"HUBSCOPE_HOME": tempfile.mkdtemp(prefix="hubscope-pictures-")})
    sources = sample_sources(Store.without_cache(folders), "https://huggingface.co", load)
    sources.now = lambda: MOMENT
    # one who has been here before: the words of a first look would hide what the keys do
    sources.store.library.put_session("last", {"theme": theme, SEEN: list(FIRST_LOOK)})
    sources.store.flush()
    note = f"sample of {sample_date().newest}"
    return Hubscope(sources, Config(theme=theme), sample_note=note)


async def _walk(name: str, size: tuple[int, int], steps: Sequence[tuple[str, str]]) -> None:
    """One picture of several steps in a session: each the keys to press and what they are for."""
    app, frames = _app("dark"), []
    async with app.run_test(size=size) as pilot:
        await _rest(pilot)
        for keys, words in steps:
            await pilot.press(*keys.split())
            await _rest(pilot)
            frames.append(app.export_screenshot(title=words))
    (FOLDER / f"{name}.svg").write_text(in_turn(frames, SECONDS))
    print(name)


async def _take(
    name: str, size: tuple[int, int], act: Act, theme: str = "dark", *, light: bool = False
) -> None:
    app = _app(theme)
    async with app.run_test(size=size) as pilot:
        await _rest(pilot)
        await act(pilot)
        await _rest(pilot)
        with _colours(light):
            made = app.export_screenshot(title="hubscope")
        (FOLDER / f"{name}.svg").write_text(made)
        print(name)


@contextmanager
def _colours(light: bool) -> Iterator[None]:
    """Give the 16 colours, the text and the background those of a light terminal."""
    from rich.console import Console
    from rich.terminal_theme import DEFAULT_TERMINAL_THEME  # black on white

    export = Console.export_svg
    if light:
        Console.export_svg = partialmethod(export, theme=DEFAULT_TERMINAL_THEME)
    try:
        yield
    finally:
        Console.export_svg = export


async def _rest(pilot: Any) -> None:
    """Wait until the app has nothing left to do, and has drawn what it draws at a rest."""
    for _ in range(3):
        await pilot.app.workers.wait_for_complete()
        await pilot.pause(_GLANCE)


async def trending(pilot: Any) -> None:
    """The list as it opens."""
    await pilot.press("j", "j")


async def card(pilot: Any) -> None:
    """The card of the highlighted model."""
    await pilot.press("j", "enter")


async def search(pilot: Any) -> None:
    """A search with fields."""
    await pilot.press("slash", *"qwen params:7b..40b !has:gguf")


async def help_(pilot: Any) -> None:
    """What works here."""
    await pilot.press("question_mark")


async def families(pilot: Any) -> None:
    """The league of families."""
    await pilot.press("2")


async def claims(pilot: Any) -> None:
    """The claims of the press."""
    await pilot.press("3")


async def compare(pilot: Any) -> None:
    """Two families side by side, and their derivatives over time."""
    await pilot.press("2")
    await _rest(pilot)
    await pilot.press("space", "j", "space", "c")
    await _rest(pilot)
    await pilot.press(*"jjjjjj")


async def nothing(pilot: Any) -> None:
    """The list, untouched."""


async def main() -> None:
    """Take every picture."""
    from tui.themes import PALETTES

    acts: dict[str, Act] = {
        "trending": trending,
        "card": card,
        "search": search,
        "help": help_,
        "families": families,
        "claims": claims,
        "compare": compare,
    }
    for name, act in acts.items():
        for label, size in SIZES.items():
            await _take(f"{name}-{label}", size, act)
    await _walk("walk-80x24", SIZES["80x24"], WALK)
    for theme in PALETTES:
        await _take(f"theme-{theme}", SIZES["80x24"], nothing, theme)
    await _take("theme-terminal-light", SIZES["80x24"], nothing, "terminal", light=True)
    series.take(FOLDER / "series.svg")
    print("series")


if __name__ == "__main__":
    asyncio.run(main())
