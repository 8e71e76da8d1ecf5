"""Visits to the pages of figures, and a page that holds a lineage alone."""

from collections.abc import Iterable
from dataclasses import dataclass

from textual.widget import Widget

from tests.app.stage import AppPilot, ended, hubscope, page, wait_for
from tui.places import Place
from tui.render.spans import Line
from tui.screens.card.lineage import LineageTab
from tui.screens.family_page import FamilyPage
from tui.screens.page import Page


class LineagePage(Page):
    """A page that holds the Lineage tab alone."""

    def __init__(self, place: "LineagePlace") -> None:
        super().__init__(place)
        self.repo_id = place.id

    def body(self) -> Iterable[Widget]:
        self.tab = LineageTab(self.hubscope.painter, self.repo_id)
        yield self.tab

    def heading(self, width: int) -> Line:
        return ((f" {self.repo_id}", "title"),)

    def definition(self, width: int) -> Line:
        return ((f" {self.tab.definition()}", "muted"),)

    def reader(self) -> LineageTab:
        return self.tab

    def begin(self) -> None:
        self.call_after_refresh(self.tab.open)


@dataclass(frozen=True)
class LineagePlace(Place):
    """A place in the app for a lineage alone."""

    name, screen = "lineage", "tests.app.figures:LineagePage"
    id: str


def figures(pilot: AppPilot) -> FamilyPage:
    """The page of figures in sight."""
    assert isinstance(pilot.app.screen, FamilyPage)
    return pilot.app.screen


async def go(pilot: AppPilot, place: Place) -> None:
    """Visit a page, and wait until it has asked what it asks by itself."""
    hubscope(pilot).visit(place)
    await wait_for(pilot, lambda: page(pilot).place == place, f"{place} in sight")
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
    return [shown.row.family.label for shown in figures(pilot).rows.values]
