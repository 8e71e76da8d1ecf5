"""Visits to the pages of figures, and a page that holds a lineage alone."""

from collections.abc import Iterable
from typing import Any

import pytest
from textual.screen import Screen
from textual.widget import Widget

from tests.app.stage import AppPilot, ended, hubscope, page, wait_for
from tui.app import Hubscope
from tui.render.spans import Line
from tui.screens.figures import FigurePage
from tui.screens.lineage import LineageTab
from tui.screens.page import Page
from tui.trail import Place


class LineagePage(Page):
    """A page that holds the Lineage tab alone."""

    def __init__(self, repo_id: str) -> None:
        super().__init__()
        self.repo_id = repo_id

    def body(self) -> Iterable[Widget]:
        yield LineageTab(self.hubscope.painter, self.repo_id)

    def heading(self, width: int) -> Line:
        return ((f" {self.repo_id}", "title"),)

    def definition(self, width: int) -> Line:
        return ((f" {self.reader().definition()}", "muted"),)

    def reader(self) -> LineageTab:
        return self.query_one(LineageTab)

    def on_mount(self) -> None:
        super().on_mount()
        self.reader().focus()
        self.call_after_refresh(self.reader().open)


@pytest.fixture(autouse=True)
def wired(monkeypatch: pytest.MonkeyPatch) -> None:
    """A place in the app for a lineage alone."""
    usual = Hubscope._make

    def make(app: Hubscope, place: Place) -> Screen[Any]:
        return LineagePage(str(place.what)) if place.view == "lineage" else usual(app, place)

    monkeypatch.setattr(Hubscope, "_make", make)


def figures(pilot: AppPilot) -> FigurePage:
    """The page of figures in sight."""
    assert isinstance(pilot.app.screen, FigurePage)
    return pilot.app.screen


async def go(pilot: AppPilot, view: str, what: Any = None) -> None:
    """Visit a page, and wait until it has asked what it asks by itself."""
    hubscope(pilot).visit(view, what)
    await wait_for(pilot, lambda: hubscope(pilot).trail.here.view == view, f"{view} in sight")
    await done(pilot)


async def done(pilot: AppPilot) -> None:
    """Wait until nothing is asked any more."""

    def still() -> bool:
        return page(pilot).view is not None and not page(pilot).busy

    await pilot.pause()
    await wait_for(pilot, still, "nothing is asked any more")
    await ended(pilot, "deepen", "lens", "figures", "offer")
    await pilot.pause()


async def act(pilot: AppPilot, *actions: str) -> None:
    """Do what keys are bound to."""
    for action in actions:
        await page(pilot).run_action(action)
        await pilot.pause()


def lower(pilot: AppPilot) -> str:
    """The words below the table, on one line."""
    return " ".join(" ".join(figures(pilot).defined()).split())


def labels(pilot: AppPilot) -> list[str]:
    """The families in the order of the league table."""
    return [shown.row.family.label for shown in figures(pilot).reader().values]
