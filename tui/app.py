"""The app: colours, where answers come from, and which screen is in sight. It asks for nothing."""

import gc
import os
import sys
from collections.abc import Callable
from contextlib import ExitStack
from importlib import import_module
from typing import Any

from textual.app import App
from textual.screen import Screen

from tui.ask.saved import session
from tui.ask.sources import Sources
from tui.config import Config
from tui.lastframe import app_takes_over, frame_path
from tui.model import KINDS, Lens, Query
from tui.remap import remap
from tui.themes import DEFAULT, PALETTES, textual_theme
from tui.trail import Place, Trail
from tui.widgets.paint import Painter

_HINT = "j k move, ⏎ opens a card, / searches, ? lists everything that works here"
_LOOK = 3.0  # seconds between looks whether the terminal is still there
_HUNG_UP = 129  # as a shell reports SIGHUP
_KEPT = 12  # screens kept alive; older ones are made anew from the store

TRENDING, SAVED, CARD, LIST, MODELS = "trending", "saved", "card", "list", "models"
FAMILIES, COMPARE, MEMBERS = "families", "compare", "members"
CLAIMS, CLAIM = "claims", "claim"


class Hubscope(App[None], inherit_bindings=False):
    """The keyboard explorer."""

    CSS_PATH = "app.tcss"
    ENABLE_COMMAND_PALETTE = False
    TITLE = "hubscope"

    def __init__(
        self,
        sources: Sources,
        config: Config,
        target: tuple[str, str] | None = None,
        sample: Callable[[], tuple[Sources, str]] | None = None,
        sample_note: str = "",
        state_folder: str = "",
    ) -> None:
        super().__init__()
        self.state_folder = state_folder
        self.sources = sources
        self.config = config
        self.sample_note = sample_note
        self._sample = sample
        self.session = session.load(sources)
        self.lens = Lens()
        self._remarks: list[str] = []
        self._hint = "" if self.session else _HINT
        first = Place(CARD, target, 1) if target else Place(TRENDING)
        self.trail = Trail(first)
        self._screens: dict[Place, Screen[Any]] = {}
        self._whole_frame = ExitStack()
        self._painted = False
        self._waiting: list[Callable[[], object]] = []
        self.animation_level = "none"
        for palette in PALETTES.values():
            self.register_theme(textual_theme(palette))
        chosen = config.theme or self.session.get("theme")
        self.theme = chosen if chosen in PALETTES else DEFAULT
        self.painter = Painter(PALETTES[self.theme])
        self.pressed, refused = remap(config.keys)
        self._remarks += refused
        self.set_keymap({name: ",".join(pressed) for name, pressed in self.pressed.items()})

    def get_default_screen(self) -> Screen[Any]:
        """The first screen, drawn from the store."""
        screen = self._screen(self.trail.here)
        # The toolkit gives every pushed screen a place for its result, but not the default one,
        # and takes it away when the screen is switched.
        screen._push_result_callback(self, None)
        return screen

    def on_load(self) -> None:
        """Hold the first frame until every widget has its lines: it is painted once, not thrice."""
        self._whole_frame.enter_context(self.batch_update())

    def on_mount(self) -> None:
        """Keep an eye on the terminal."""
        self.set_interval(_LOOK, self._leave_a_lost_terminal)

    def on_ready(self) -> None:
        """Let the first frame out; what can wait comes after it."""
        self._whole_frame.close()
        screen = self.screen
        screen.refresh()
        screen.call_after_refresh(self._first_frame_is_out)
        screen._on_timer_update()  # now, not at the next tick of its clock

    def when_painted(self, begin: Callable[[], object]) -> None:
        """Call ``begin`` once the reader sees the screen."""
        if self._painted:
            self.screen.call_after_refresh(begin)
        else:
            self._waiting.append(begin)

    def _first_frame_is_out(self) -> None:
        """Begin what waited, fetch what the next keys need, and spare the collector."""
        self._painted = True
        for begin in self._waiting:
            begin()
        gc.collect()
        gc.freeze()
        self.run_worker(self._warm, group="warm", thread=True, exit_on_error=False)

    def _leave_a_lost_terminal(self) -> None:
        """End where the terminal has gone: the toolkit would read from it forever."""
        if self.is_headless or sys.__stdin__ is None:
            return
        try:
            os.get_terminal_size(sys.__stdin__.fileno())
        except OSError:
            self._keep_session()
            self.sources.shut()
            os._exit(_HUNG_UP)

    def _warm(self) -> None:
        import_module("tui.render.card")
        if not self.sources.offline:
            import_module("tui.hub.client")

    # places

    def visit(self, view: str, what: Any = None, *, level: int | None = None) -> None:
        """Go to a place; by default one level below the one in sight."""
        self.trail.visit(Place(view, what, self.trail.here.level + 1 if level is None else level))
        self._show()

    def open_card(self, kind: str, repo_id: str) -> None:
        """Go to a repo's card."""
        self.visit(CARD, (kind, repo_id))

    def action_view(self, name: str) -> None:
        """Go to a view of its own."""
        self.visit(name, level=0)

    def action_history(self, by: int) -> None:
        """Go back or forward among the places visited."""
        if self.trail.step(by):
            self._show()
        else:
            self._say("nowhere to go back to" if by < 0 else "nowhere to go forward to")

    def action_last_place(self) -> None:
        """Change between this place and the one before."""
        if self.trail.last():
            self._show()
        else:
            self._say("no other place visited yet")

    def go_up(self, *, leave: bool) -> None:
        """One level back. At the root the app ends if ``leave``."""
        if self.trail.up(Place(TRENDING)):
            self._show()
        elif leave:
            self._keep_session()
            self._keep_frame()
            self.exit()
        else:
            self._say("this is the root; q leaves hubscope")

    def _show(self) -> None:
        self.switch_screen(self._screen(self.trail.here))

    def _screen(self, place: Place) -> Screen[Any]:
        """The screen of a place: as it was left, or made anew."""
        screen = self._screens.pop(place, None)
        if screen is None:
            screen = self._make(place)
            self.install_screen(screen, f"{id(screen)}")
        self._screens[place] = screen
        for old in list(self._screens)[:-_KEPT]:
            forgotten = self._screens.pop(old)
            self.uninstall_screen(forgotten)
            forgotten.remove()
        return screen

    def _make(self, place: Place) -> Screen[Any]:
        if place.view == CARD:
            from tui.screens.card import CardScreen

            return CardScreen(*place.what)  # type: ignore[misc]  # (kind, id), and maybe a tab
        if place.view == MODELS:
            from tui.screens.diff import DiffScreen

            return DiffScreen(place.what)  # type: ignore[arg-type]  # a tuple of ids
        if place.view in (FAMILIES, COMPARE, MEMBERS, CLAIMS, CLAIM):
            return _figures(place)
        if place.view == SAVED:
            from tui.screens.saved import SavedScreen

            return SavedScreen()
        from tui.screens.trending import TrendingScreen

        if isinstance(place.what, Query):
            return TrendingScreen(place.what)
        kind = self.session.get("kind")
        query = Query(kind=kind if kind in KINDS else "model", limit=100)
        return TrendingScreen(query, cursor=self.session.get("cursor"))

    # colours

    def action_theme(self) -> None:
        """Choose the colours; each is shown while it is under the cursor."""
        from tui.screens.chooser import Choice, Chooser

        before = self.theme
        choices = [Choice(name, name, "now" if name == before else "") for name in PALETTES]

        def chosen(name: str | None) -> None:
            self.paint(name or before)
            self.session["theme"] = self.theme

        chooser = Chooser("Colours", choices, start=before, on_move=self.paint)
        self.push_screen(chooser, chosen)

    def paint(self, name: str) -> None:
        """Draw everything in the colours of a theme."""
        self.theme = name
        self.painter = Painter(PALETTES[name])
        for screen in {*self._screens.values(), *self.screen_stack}:
            if hasattr(screen, "repaint"):
                screen.repaint(self.painter)

    # the session

    def take_sample(self) -> bool:
        """Go on with the bundled sample; False where it is on already, or not wanted."""
        if self._sample is None or self.sources.bundled:
            return False
        self.sources, self.sample_note = self._sample()
        return True

    def take_remark(self) -> str | None:
        """The next thing that went wrong and no screen has said yet."""
        for waiting in (self._remarks, self.sources.notices):
            if waiting:
                return waiting.pop(0)
        return None

    def take_hint(self) -> str:
        """What to press, for one who starts for the first time; once, and else nothing."""
        hint, self._hint = self._hint, ""
        return hint

    def _keep_session(self) -> None:
        """Keep what brings this session back at the next start."""
        root = self._screens.get(Place(TRENDING))
        if root is not None and hasattr(root, "position"):
            self.session.update(root.position())
        session.keep(self.sources, self.session)

    def _keep_frame(self) -> None:
        """Keep what is on the screen for the next start: of a list without private repos."""
        from tui.store.paths import make_folder
        from tui.widgets.frame import drawn

        screen = self.screen
        shown = getattr(screen, "last_look", lambda: False)
        if self.sources.bundled or not shown():
            return
        path = frame_path(self.state_folder, self.size.width, self.size.height)
        try:
            make_folder(self.state_folder)
            with open(path, "w", encoding="utf-8", opener=_private) as file:
                file.write(drawn(screen, self.console))
        except OSError:
            return  # a frame less at the next start

    def _say(self, text: str) -> None:
        screen = self.screen
        if hasattr(screen, "say"):
            screen.say(text)


def _figures(place: Place) -> Screen[Any]:
    what: Any = place.what
    if place.view == COMPARE:
        from tui.screens.compare import CompareScreen

        return CompareScreen(what)
    if place.view in (CLAIMS, CLAIM):
        from tui.screens.claims import ClaimScreen, ClaimsScreen

        return ClaimsScreen() if place.view == CLAIMS else ClaimScreen(what)
    if place.view == MEMBERS:
        from tui.screens.members import MembersScreen

        return MembersScreen(what)
    from tui.screens.families import FamiliesScreen

    return FamiliesScreen()


def _private(path: str, flags: int) -> int:
    return os.open(path, flags, 0o600)


def run(
    sources: Sources,
    config: Config,
    target: tuple[str, str] | None = None,
    *,
    sample: Callable[[], tuple[Sources, str]] | None = None,
    sample_note: str = "",
    state_folder: str = "",
    mouse: bool = True,
) -> int:
    """Run the app until its reader leaves; returns the exit code.

    What he asked to be kept is waited for then; a line on standard error tells what was not.
    """
    app = Hubscope(sources, config, target, sample, sample_note, state_folder)
    app_takes_over()
    app.run(mouse=mouse)
    lost = app.sources.shut()
    for line in lost:
        print(f"hubscope: {line}", file=sys.stderr)  # noqa: T201
    return 1 if lost else app.return_code or 0
