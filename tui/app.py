"""The app: theme, keymap, first screen, and the way from place to place. It asks for nothing."""

import gc
import os
from collections.abc import Callable
from contextlib import ExitStack
from functools import partial
from importlib import import_module
from typing import ClassVar

from textual import events
from textual.binding import Binding, BindingType

from tui import last_frame, signals, terminal, trouble
from tui.ask import counting
from tui.ask.saved import session
from tui.ask.sources import Sources
from tui.config import Config
from tui.kept_pages import KeptPages
from tui.keys import everywhere
from tui.pauses import spare_keys
from tui.places import ROOTS, CardPlace, DownloadsPlace, Place
from tui.plain import signs
from tui.remap import changed, remap
from tui.remarks import Remarks
from tui.screens.downloads import Downloads
from tui.screens.news import News
from tui.screens.page import Page
from tui.slow_line import SAID, Line
from tui.themes import DEFAULT, PALETTES, textual_theme
from tui.trail import Trail, Visit
from tui.widgets.paint import Painter
from tui.widgets.thrift import ThriftyApp

_HUNG_UP = 129  # as a shell reports SIGHUP
ROOT = Visit(ROOTS["trending"])


class Hubscope(ThriftyApp, inherit_bindings=False):
    """The keyboard explorer."""

    CSS_PATH = "app.tcss"
    ENABLE_COMMAND_PALETTE = False
    TITLE = "hubscope"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding(",".join(row.keys), row.action, row.label, show=False, priority=True, id=row.id)
        for row in everywhere()
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
        super().__init__(signs(os.environ, config.ascii), Line(config.slow_line, os.environ))
        self.state_folder = state_folder
        self.sources, self.config = sources, config
        self.sample_note = sample_note
        self._sample = sample
        self.session = session.load(sources)
        self.lens = config.lens
        self.remarks = Remarks(newcomer=not self.session)
        self.trail = Trail(Visit(CardPlace(*target), 1) if target else ROOT)
        self._pages = KeptPages(self)
        self._whole_frame = ExitStack()
        self.painted = False
        self._waiting: list[Callable[[], object]] = []
        self.troubles = trouble.Troubles(state_folder)
        self.copied = False  # whether copying was explained
        self.downloads = Downloads(self)
        self.news = News()
        self.agreed: set[str] = set()  # hosts that pictures may be asked of, in this session
        self._set_colours_and_keys()

    def _set_colours_and_keys(self) -> None:
        self.animation_level = "none"
        for palette in PALETTES.values():
            self.register_theme(textual_theme(palette))
        chosen = self.config.theme or self.session.get("theme")
        self.theme = chosen if chosen in PALETTES else DEFAULT
        self.style_from_the_start()
        self.painter = Painter(PALETTES[self.theme])
        self.pressed, refused = remap(self.config.keys)
        self.remarks.lines += refused
        self.set_keymap(changed(self.pressed))

    # the first frame

    def get_default_screen(self) -> Page:
        """The first screen, drawn from the store."""
        page = self._pages.at(self.trail.here.place)
        terminal.give_result_place(page, self)
        return page

    def on_load(self) -> None:
        """Hold the first frame until every widget has its lines: it is painted once, not thrice."""
        self._whole_frame.enter_context(self.batch_update())

    def on_mount(self) -> None:
        """Hear when the system tells the app to end."""
        if not self.is_headless:
            signals.watch(self.end_by_signal)

    async def on_ready(self) -> None:
        """Paint the first frame; what can wait comes after it."""
        if await self.line_is_slow():
            self.remarks.lines.insert(0, SAID)
            self._shown.fit_in()
        self._whole_frame.close()
        screen = self.screen
        screen.refresh()
        screen.call_after_refresh(self._first_frame_is_out)
        terminal.paint_now(screen)

    def when_painted(self, begin: Callable[[], object]) -> None:
        """Call ``begin`` once the reader sees the screen."""
        if self.painted:
            self.screen.call_after_refresh(begin)
        else:
            self._waiting.append(begin)

    def _first_frame_is_out(self) -> None:
        """Begin what waited, fetch what the next keys need, and spare the collector."""
        self.painted = True
        for begin in self._waiting:
            begin()
        gc.collect()
        gc.freeze()
        gc.enable()  # off since the start
        if not self.is_headless:
            spare_keys(lambda: self.last_key)
        self.downloads.rejoin()
        self.run_worker(self._warm, group="warm", thread=True)

    def _warm(self) -> None:
        import_module("tui.render.card")
        if not self.sources.offline:
            import_module("tui.hub.client")

    # places

    def visit(self, place: Place, *, level: int | None = None) -> None:
        """Go to a place; by default one level below the one in sight."""
        self.trail.visit(Visit(place, self.trail.here.level + 1 if level is None else level))
        self._show()

    def action_view(self, name: str) -> None:
        """Go to a view of its own."""
        self.visit(ROOTS[name], level=0)

    def action_downloads(self) -> None:
        """Go to the downloads."""
        self.visit(DownloadsPlace())

    def action_history(self, by: int) -> None:
        """Go back or forward among the places visited."""
        if self.trail.step(by):
            self._show()
        else:
            self.say("nowhere to go back to" if by < 0 else "nowhere to go forward to")

    def action_last_place(self) -> None:
        """Change between this place and the one before."""
        if self.trail.last():
            self._show()
        else:
            self.say("no other place visited yet")

    def go_up(self, *, leave: bool) -> None:
        """One level back. At the root the app ends if ``leave``."""
        if self.trail.up(ROOT):
            self._show()
        elif not leave:
            self.say("this is the root; q leaves hubscope")
        elif not self.downloads.asks(partial(self.go_up, leave=True)):
            self.action_end()

    @property
    def _shown(self) -> Page:
        return self._pages.at(self.trail.here.place)

    def _show(self) -> None:
        self.switch_screen(self._shown)

    def say(self, text: str) -> None:
        """Show a remark on the page in sight."""
        self._shown.say(text)

    # leaving, by will or by force

    def action_end(self, code: int = 0) -> None:
        """Leave from wherever the reader is, asked about downloads on their way."""
        if not code and self.downloads.asks(self.action_end):
            return
        self.leaving = True
        self._keep_session()
        at_root = not (code or self.sources.bundled or self.trail.here.level)
        if at_root and self._shown.fit_to_keep():
            last_frame.keep(self, self.state_folder)
        self.exit(return_code=code)

    def end_by_signal(self, number: int) -> None:
        """End as a signal asks to; where the terminal hangs up, without waiting for it."""
        self.lose_terminal() if 128 + number == _HUNG_UP else self.action_end(128 + number)

    def lose_terminal(self) -> None:
        """End where the terminal goes or has gone: the toolkit would wait for it forever."""
        self._keep_session()
        self.sources.shut()
        terminal.give_back(self)
        os._exit(_HUNG_UP)

    def action_suspend(self) -> None:
        """Stop, as a shell's ctrl+z does; the shell's fg brings everything back."""
        if not terminal.suspend(self):
            self.say("this terminal cannot suspend a program")

    def action_repaint(self) -> None:
        """Paint everything anew."""
        self.paint_anew()

    # what nobody foresaw

    def unforeseen(self, error: Exception) -> None:
        """Say an error in one line and go on; without a screen there is no going on."""
        line = self.troubles.take(error)
        if line is None:
            return
        if self.painted and self.troubles.bearable:
            self.say(line)
            self.call_later(self._leave_dead_screen, line)
        else:
            self._give_up(line)

    def _give_up(self, line: str) -> None:
        """End with ``line`` as the last one on a terminal that is whole."""
        self.troubles.last_words, self.leaving = line, True
        self.exit(return_code=1)

    def _leave_dead_screen(self, line: str) -> None:
        """Away from a screen that could not be put up."""
        dead, here = self.screen, self.trail.here.place
        if dead.is_running:
            return
        if self._pages.held(here) is not dead:
            self.pop_screen()  # a list to choose from
        elif here == ROOT.place:
            self._give_up(line)
            return
        else:
            if not self.trail.up(ROOT):
                self.trail.visit(ROOT)
            self._show()
            self._pages.forget(here)
        self.say(line)

    def unbound(self, key: events.Key) -> None:
        """Say once which keys are meant where a letter comes from another keyboard layout."""
        if text := self.remarks.of_layout(key.character or ""):
            self.say(text)

    def action_theme(self) -> None:
        """Choose the colours; each is shown while it is under the cursor."""
        from tui.screens.menus import colours

        before = self.theme

        def chosen(name: str | None) -> None:
            self.paint(name or before)
            self.session["theme"] = self.theme

        self.push_screen(colours(before, self.paint), chosen)

    def paint(self, name: str) -> None:
        """Draw everything in the colours of a theme; screens hear of it from the toolkit."""
        self.painter = Painter(PALETTES[name])
        self.theme = name

    def take_sample(self) -> bool:
        """Go on with the bundled sample; False where it is on already, or not wanted.

        A census tells more than it.
        """
        if self._sample is None or self.sources.bundled or counting.may_answer(self.sources):
            return False
        self.sources, self.sample_note = self._sample()
        return True

    def _keep_session(self) -> None:
        """Keep what brings this session back at the next start."""
        root = self._pages.held(ROOT.place)
        if root is not None:
            self.session.update(root.position())
        session.keep(self.sources, self.session)
