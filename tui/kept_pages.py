"""The screens of the places visited: kept as they were left, the oldest made anew."""

from importlib import import_module
from typing import TYPE_CHECKING, Any

from tui.places import Place

if TYPE_CHECKING:
    from textual.app import App

    from tui.screens.page import Page

KEPT = 12  # screens kept alive


class KeptPages:
    """A screen for each place, made when it is first asked for."""

    def __init__(self, app: "App[Any]") -> None:
        self._app = app
        self._pages: dict[Place, Page] = {}

    def at(self, place: Place) -> "Page":
        """The screen of a place: as it was left, or made anew."""
        page = self._pages.pop(place, None)
        if page is None:
            page = _made(place)
            self._app.install_screen(page, f"{id(page)}")
        self._pages[place] = page
        for old in list(self._pages)[:-KEPT]:
            self.forget(old).remove()
        return page

    def held(self, place: Place) -> "Page | None":
        """The screen of a place, where it is kept."""
        return self._pages.get(place)

    def forget(self, place: Place) -> "Page":
        """Let go of a screen that is not in sight. Raises KeyError where it is not kept."""
        page = self._pages.pop(place)
        self._app.uninstall_screen(page)
        return page


def _made(place: Place) -> "Page":
    """A new screen of a place, whose module is imported when it is first gone to."""
    module, _, name = place.screen.partition(":")
    page: Page = getattr(import_module(module), name)(place)
    return page
