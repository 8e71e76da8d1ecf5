"""The app: theme, where answers come from, and the trail of places. No fetching, no drawing."""

from collections.abc import Callable
from typing import Any

from textual.app import App
from textual.screen import Screen

from tui.ask.sources import Sources
from tui.model import Query
from tui.themes import DEFAULT, PALETTES, textual_theme
from tui.widgets.paint import Painter

_LAST = "last"  # the session's name in the library


class Hubscope(App[None], inherit_bindings=False):
    """The keyboard explorer."""

    CSS_PATH = "app.tcss"
    ENABLE_COMMAND_PALETTE = False
    TITLE = "hubscope"

    def __init__(
        self,
        sources: Sources,
        target: tuple[str, str] | None = None,
        sample: Callable[[], tuple[Sources, str]] | None = None,
    ) -> None:
        super().__init__()
        self.sources = sources
        self._target = target
        self._sample = sample
        self.sample_note = ""
        self.painter = Painter(PALETTES[DEFAULT])
        self.animation_level = "none"
        for palette in PALETTES.values():
            self.register_theme(textual_theme(palette))
        self.theme = DEFAULT

    def get_default_screen(self) -> Screen[Any]:
        """The first screen: the list as it was left, drawn from the store."""
        from tui.screens.trending import TrendingScreen

        last = self.sources.store.library.session(_LAST)
        last = last if isinstance(last, dict) else {}
        kind = last.get("kind")
        query = Query(kind=kind if kind in ("model", "dataset", "space") else "model", limit=100)
        return TrendingScreen(query, cursor=last.get("cursor"))

    def on_mount(self) -> None:
        """Open the card that the command line named."""
        if self._target is not None:
            self.open_card(*self._target)

    def open_card(self, kind: str, repo_id: str) -> None:
        """Open a repo's card over the screen in sight."""
        from tui.screens.card import CardScreen

        self.push_screen(CardScreen(kind, repo_id))

    def go_up(self, *, leave: bool) -> None:
        """One level back. At the root the app ends if ``leave``."""
        if len(self.screen_stack) > 1:
            self.pop_screen()
        elif leave:
            self.exit()

    def take_sample(self) -> bool:
        """Go on with the bundled sample; False where it is on already, or not wanted."""
        if self._sample is None or self.sources.universe == "sample":
            return False
        self.sources, self.sample_note = self._sample()
        return True


def run(
    sources: Sources,
    target: tuple[str, str] | None = None,
    *,
    sample: Callable[[], tuple[Sources, str]] | None = None,
    sample_note: str = "",
    mouse: bool = True,
) -> int:
    """Run the app until its reader leaves; returns the exit code."""
    app = Hubscope(sources, target, sample)
    app.sample_note = sample_note
    app.run(mouse=mouse)
    return app.return_code or 0
