"""One widget on a screen of its own, with the regions it asks to repaint and the lines it makes."""

from collections.abc import AsyncIterator, Iterable
from contextlib import asynccontextmanager
from typing import Any

from textual.app import App, ComposeResult
from textual.geometry import Region
from textual.message import Message
from textual.pilot import Pilot
from textual.widget import Widget

from tui.render.spans import Line
from tui.themes import PALETTES
from tui.widgets.paint import Painter
from tui.widgets.table import RowTable

PAINTER = Painter(PALETTES["dark"])


class Host(App[None]):
    """An app that holds what it is given."""

    ENABLE_COMMAND_PALETTE = False

    def __init__(self, *widgets: Widget) -> None:
        super().__init__()
        self.widgets = widgets
        self.heard: list[Message] = []

    def compose(self) -> ComposeResult:
        yield from self.widgets

    def on_row_table_moved(self, message: RowTable.Moved) -> None:
        self.heard.append(message)

    def on_row_table_near_end(self, message: RowTable.NearEnd) -> None:
        self.heard.append(message)

    def on_row_table_opened(self, message: RowTable.Opened) -> None:
        self.heard.append(message)


@asynccontextmanager
async def shown(*widgets: Widget, size: tuple[int, int] = (40, 11)) -> AsyncIterator[Pilot[None]]:
    """The widgets in an app of this size, painted once."""
    host = Host(*widgets)
    async with host.run_test(size=size) as pilot:
        await pilot.pause()
        host.heard.clear()
        yield pilot


class Watched(RowTable):
    """A table that keeps count: rows made, lines asked to be painted again."""

    def __init__(self) -> None:
        super().__init__(PAINTER, self.head_line, self.row_line)
        self.made: list[tuple[Any, bool, bool]] = []
        self.regions: list[Region] = []

    def head_line(self, width: int) -> Line:
        return (("head", "head"),)

    def row_line(self, value: Any, width: int, cursor: bool, marked: bool) -> Line:
        self.made.append((value, cursor, marked))
        return ((f"{'>' if cursor else ' '}{'*' if marked else ' '}{value}", "cell"),)

    def refresh(self, *regions: Region, **how: Any) -> "Watched":
        self.regions += regions or (Region(0, 0, 0, 0),)
        return super().refresh(*regions, **how)

    def repainted(self) -> list[int]:
        """The lines asked to be painted again since the last question; 0 alone: everything."""
        asked, self.regions = sorted({region.y for region in self.regions}), []
        return asked

    def fill(self, names: Iterable[str], suffix: str = "") -> None:
        keys = list(names)
        self.show(keys, tuple(f"{key}{suffix}" for key in keys))


def text(app: App[None]) -> list[str]:
    """The lines of the screen."""
    return [strip.text.rstrip() for strip in app.screen._compositor.render_strips()]
