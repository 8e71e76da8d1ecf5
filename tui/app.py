"""The app: colours, where answers come from, and which screen is in sight. It asks for nothing."""

import gc
import os
import sys
from collections.abc import Callable
from contextlib import ExitStack
from importlib import import_module
from typing import Any, ClassVar

from textual import events
from textual.binding import Binding, BindingType
from textual.screen import Screen

from tui import signals, terminal, trouble
from tui.ask.sources import Sources
from tui.config import Config
from tui.keys import everywhere
from tui.lastframe import app_takes_over, frame_path
from tui.model import KINDS, Lens, Query
from tui.remap import remap
from tui.themes import DEFAULT, PALETTES, textual_theme
from tui.trail import Place, Trail
from tui.widgets.paint import Painter

_SESSION = "last"  # the session's name in the library
_HINT = "j k move, ⏎ opens a card, / searches, ? lists everything that works here"
_HUNG_UP = 129  # as a shell reports SIGHUP
_MOST_ERRORS = 20  # different errors after which the app gives up
_LAYOUT = "hubscope's keys are Latin letters; arrows, ⏎ and Esc work in any layout, ctrl+q leaves"
_KEPT = 12  # screens kept alive; older ones are made anew from the store

TRENDING, SAVED, CARD, LIST, MODELS = "trending", "saved", "card", "list", "models"
FAMILIES, COMPARE, MEMBERS = "families", "compare", "members"
CLAIMS, CLAIM = "claims", "claim"


class Hubscope(terminal.SteadyApp, inherit_bindings=False):
    """The keyboard explorer."""

    CSS_PATH = "app.tcss"
    ENABLE_COMMAND_PALETTE = False
    TITLE = "hubscope"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding(",".join(one.keys), one.action, one.label, show=False, priority=True, id=one.id)
        for one in everywhere()
    ]

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
        self.session = _session(sources)
        self.lens = Lens()
        self._remarks = [] if self.session else [_HINT]
        first = Place(CARD, target, 1) if target else Place(TRENDING)
        self.trail = Trail(first)
        self._screens: dict[Place, Screen[Any]] = {}
        self._whole_frame = ExitStack()
        self._painted = False
        self.errors: list[Exception] = []  # those that nobody foresaw, one of each place
        self._layout_said = False
        self.last_words = ""  # what stands on the terminal after the app has given up
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
        terminal.give_result_place(screen, self)
        return screen

    def on_load(self) -> None:
        """Hold the first frame until every widget has its lines: it is painted once, not thrice."""
        self._whole_frame.enter_context(self.batch_update())

    def on_mount(self) -> None:
        """Hear when the system tells the app to end."""
        if not self.is_headless:
            signals.watch(self.end_by_signal)

    def on_ready(self) -> None:
        """Let the first frame out; what can wait comes after it."""
        self._whole_frame.close()
        screen = self.screen
        screen.refresh()
        screen.call_after_refresh(self._first_frame_is_out)
        terminal.paint_now(screen)

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
        self.run_worker(self._warm, group="warm", thread=True)

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
            self._keep_frame()
            self.action_end()
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

    # leaving, by will or by force

    def action_end(self, code: int = 0) -> None:
        """Leave from wherever the reader is."""
        self.leaving = True
        self._keep_session()
        self.exit(return_code=code)

    def end_by_signal(self, number: int) -> None:
        """End as a signal asks to; where the terminal hangs up, without waiting for it."""
        if 128 + number == _HUNG_UP:
            self.lose_terminal()
        else:
            self.action_end(128 + number)

    def lose_terminal(self) -> None:
        """End where the terminal goes or has gone: the toolkit would wait for it forever."""
        self._keep_session()
        self.sources.store.close()
        terminal.give_back(self)
        os._exit(_HUNG_UP)

    def action_suspend(self) -> None:
        """Stop, as a shell's ctrl+z does; the shell's fg brings everything back."""
        if not terminal.suspend(self):
            self._say("this terminal cannot suspend a program")

    def action_repaint(self) -> None:
        """Paint everything anew."""
        self.refresh(layout=True)

    # what nobody foresaw

    def unforeseen(self, error: Exception) -> None:
        """Say an error in one line, each once, and go on; without a screen there is no going on."""
        if trouble.place(error) in map(trouble.place, self.errors):
            return
        self.errors.append(error)
        line = trouble.note(error, self.state_folder)
        if not self._painted or len(self.errors) > _MOST_ERRORS:
            self._give_up(line)
        else:
            self._say(line)
            self.call_later(self._leave_dead_screen, line)

    def _give_up(self, line: str) -> None:
        """End with ``line`` as the last one on a terminal that is whole."""
        self.last_words, self.leaving = line, True
        self.exit(return_code=1)

    def _leave_dead_screen(self, line: str) -> None:
        """Away from a screen that could not be put up."""
        dead, here = self.screen, self.trail.here
        if dead.is_running:
            return
        if self._screens.pop(here, None) is not dead:
            self.pop_screen()  # a list to choose from
        elif self.trail.up(Place(TRENDING)):
            self._show()
            self.uninstall_screen(dead)
        else:
            self._give_up(line)
            return
        self._say(line)

    def unbound(self, key: events.Key) -> None:
        """Say once which keys are meant where a letter comes from another keyboard layout."""
        letter = key.character or ""
        if letter.isalpha() and not letter.isascii() and not self._layout_said:
            self._layout_said = True
            self._say(_LAYOUT)

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
        if self._sample is None or self.sources.universe == "sample":
            return False
        self.sources, self.sample_note = self._sample()
        return True

    def take_remarks(self) -> list[str]:
        """What went wrong before there was a screen to say it on; each once."""
        remarks = [*self._remarks, *self.sources.store.notices]
        self._remarks = []
        self.sources.store.notices.clear()
        return remarks

    def _keep_session(self) -> None:
        """Keep what brings this session back at the next start."""
        root = self._screens.get(Place(TRENDING))
        if root is not None and hasattr(root, "position"):
            self.session.update(root.position())
        self.sources.store.library.put_session(_SESSION, self.session)

    def _keep_frame(self) -> None:
        """Keep what is on the screen for the next start: of a list without private repos."""
        from tui.store.paths import make_folder
        from tui.widgets.frame import drawn

        screen = self.screen
        shown = getattr(screen, "last_look", lambda: False)
        if self.sources.universe == "sample" or not shown():
            return
        path = frame_path(self.state_folder, self.size.width, self.size.height)
        try:
            make_folder(self.state_folder)
            with open(path, "w", encoding="utf-8", opener=_private) as file:
                file.write(drawn(screen, self.console))
        except OSError:
            return  # a frame less at the next start

    def _say(self, text: str) -> None:
        for screen in reversed(self.screen_stack):
            if hasattr(screen, "say"):
                screen.say(text)
                return


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


def _session(sources: Sources) -> dict[str, Any]:
    stored = sources.store.library.session(_SESSION)
    return dict(stored) if isinstance(stored, dict) else {}


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
    """Run the app until its reader leaves; returns the exit code."""
    app = Hubscope(sources, config, target, sample, sample_note, state_folder)
    app_takes_over()
    try:
        app.run(mouse=mouse, size=signals.size_to_begin_with())
    finally:
        for opened in {sources.store, app.sources.store}:
            opened.close()  # what was said to be kept is on the disk
    if app.last_words:
        print(f"hubscope: {app.last_words}", file=sys.stderr)  # noqa: T201  # the terminal is whole
    return app.return_code or 0
