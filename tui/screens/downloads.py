"""Downloads as every page sees them: nothing is imported for them before there is one."""

import os
from collections.abc import Callable
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from tui.analysis.memory.selection import Choice
    from tui.app import Hubscope
    from tui.ask.repo.facts_and_files import FactsAndFiles
    from tui.screens.taking import Taking

_FOLDER = "downloads"  # in the state folder; there once something was taken


class Downloads:
    """The downloads of this app, and those that an earlier start of it left running."""

    def __init__(self, app: "Hubscope") -> None:
        self._app = app
        self._taking: Taking | None = None

    @property
    def line(self) -> str:
        """How far they are, in one line; "" where none is on its way."""
        return "" if self._taking is None else self._taking.line

    def take(self, repo: "FactsAndFiles", choice: "Choice", gate: str) -> None:
        """Offer to take chosen files of a repo; ``gate`` says who may read them."""
        self.taking.offer(repo, choice, gate)

    def rejoin(self) -> None:
        """Follow what is on its way already."""
        if os.path.isdir(os.path.join(self._app.state_folder, _FOLDER)):
            self.taking.rejoin()

    def asks(self, again: Callable[[], object]) -> bool:
        """Ask what is to become of them, then call ``again``; False: nothing to ask."""
        return self._taking is not None and self._taking.asks(again)

    @property
    def taking(self) -> "Taking":
        """What takes them, made when there is something to take."""
        if self._taking is None:
            from tui.screens.taking import Taking

            self._taking = Taking(self._app)
        return self._taking
