"""The app on a stage: a loopback Hub behind it, a store of its own, a clock that is set by hand."""

import asyncio
import os
import time
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from functools import cache

from textual.pilot import Pilot

from tui.analysis.registry.registry import load
from tui.app import Hubscope
from tui.ask.sources import Sources
from tui.config import Config
from tui.hub.http import HttpWire
from tui.hub.wire import Wire
from tui.render.words import FIRST_LOOK
from tui.sample.wire import SampleWire
from tui.screens.card.screen import CardScreen
from tui.screens.first_look import SEEN
from tui.screens.page import Page
from tui.screens.trending import TrendingScreen
from tui.store.paths import home
from tui.store.store import Store
from tui.themes import DEFAULT

NOW = 1_795_000_000.0  # 2026-11-18, some months after the made world
SAMPLE_NOTE = "sample of 2026-10"
PATIENCE = 20.0  # seconds until a condition counts as never true

AppPilot = Pilot[None]
_registry = cache(load)  # it is read and never written


class Clock:
    """The time of day, moved by hand."""

    def __init__(self, now: float = NOW) -> None:
        self.now = now

    def __call__(self) -> float:
        return self.now

    def advance(self, seconds: float) -> None:
        self.now += seconds


class Stage:
    """Makes apps that share a store; each opens it anew, as a start of hubscope does."""

    def __init__(self, endpoint: str, clock: Clock) -> None:
        self.endpoint = endpoint
        self.clock = clock
        self.wire: Callable[[], Wire] = HttpWire

    def sources(self, *, offline: bool = False, token: str | None = None) -> Sources:
        store = Store.open(home(os.environ), self.endpoint)
        wire = None if offline else self.wire
        return Sources(store, self.endpoint, self.clock, _registry, wire=wire, token=token)

    def sample(self) -> tuple[Sources, str]:
        store = Store.without_cache(home(os.environ))
        made = Sources(
            store, self.endpoint, self.clock, _registry, wire=SampleWire, universe="sample"
        )
        return made, SAMPLE_NOTE

    @asynccontextmanager
    async def play(
        self,
        size: tuple[int, int] = (80, 24),
        *,
        offline: bool = False,
        config: Config | None = None,
        target: tuple[str, str] | None = None,
        sample: bool = False,
        fallback: bool = False,
        token: str | None = None,
        newcomer: bool = False,
        errors_expected: bool = False,
    ) -> AsyncIterator[AppPilot]:
        """Run the app. ``sample``: on the bundled facts; ``fallback``: they stand in for a Hub.

        Only a ``newcomer`` is shown the hints of a first run. An error that nobody foresaw is
        raised at the end, unless it is what the test is about (``errors_expected``).
        """
        sources, note = (
            self.sample() if sample else (self.sources(offline=offline, token=token), "")
        )
        if not newcomer and sources.store.library.session("last") is None:
            sources.store.library.put_session("last", {"theme": DEFAULT, SEEN: list(FIRST_LOOK)})
            sources.store.flush()
        instead = self.sample if fallback else None
        app = Hubscope(sources, config or Config(), target, instead, note, home(os.environ).state)
        try:
            async with app.run_test(size=size) as pilot:
                yield pilot
        except BaseException as consequence:
            if app.troubles.errors and not errors_expected:
                raise app.troubles.errors[0] from consequence
            raise
        finally:
            await shut(sources)
            if app.sources is not sources:
                await shut(app.sources)
        if app.troubles.errors and not errors_expected:
            raise app.troubles.errors[0]


async def shut(sources: Sources) -> None:
    """Close sources with everything they were told to keep on the disk."""
    await sources.close()
    sources.store.flush()
    sources.store.close()


async def wait_for(pilot: AppPilot, condition: Callable[[], object], why: str) -> None:
    """Wait until ``condition`` holds; fails with ``why`` and the screen where it never does."""
    end, rest = time.monotonic() + PATIENCE, 0.0
    while not condition():
        assert time.monotonic() < end, f"never: {why}\n{screen_text(pilot.app)}"
        await asyncio.sleep(rest)  # to look costs more than what is waited for
        await pilot.pause()
        rest = min(0.1, rest + 0.01)


async def ended(pilot: AppPilot, *groups: str) -> None:
    """Wait until no worker of these groups runs; one that gave way to another has ended too."""

    def over() -> bool:
        return all(one.is_finished for one in pilot.app.workers if one.group in groups)

    await wait_for(pilot, over, f"the end of {groups}")


async def press(pilot: AppPilot, *command_ids: str) -> None:
    """Press the key of each command, by its id."""
    for command_id in command_ids:
        await pilot.press(hubscope(pilot).pressed[command_id][0])


def screen_text(app: object) -> str:
    """What is on the screen, as plain text. The one place that knows the compositor."""
    assert isinstance(app, Hubscope)
    strips = app.screen._compositor.render_strips()
    return "\n".join(strip.text.rstrip() for strip in strips)


async def resize(pilot: AppPilot, width: int, height: int) -> None:
    """Give the terminal another size, and wait until the screen in sight is laid out for it."""
    await pilot.resize_terminal(width, height)

    def laid_out() -> bool:
        return len(screen_text(pilot.app).split("\n")) == height == pilot.app.screen.size.height

    await wait_for(pilot, laid_out, f"a screen of {width}x{height}")


def shows(pilot: AppPilot, *texts: str) -> Callable[[], bool]:
    """The condition that all these texts are on the screen."""

    def all_there() -> bool:
        screen = screen_text(pilot.app)
        return all(text in screen for text in texts)

    return all_there


async def sees(pilot: AppPilot, *texts: str) -> None:
    """Wait until all these texts are on the screen."""
    await wait_for(pilot, shows(pilot, *texts), f"{texts} on the screen")


def hubscope(pilot: AppPilot) -> Hubscope:
    """The app, as what it is."""
    assert isinstance(pilot.app, Hubscope)
    return pilot.app


def page(pilot: AppPilot) -> Page:
    """The screen in sight."""
    assert isinstance(pilot.app.screen, Page)
    return pilot.app.screen


def listing(pilot: AppPilot) -> TrendingScreen:
    """The list in sight."""
    assert isinstance(pilot.app.screen, TrendingScreen), screen_text(pilot.app)
    return pilot.app.screen


def reading(pilot: AppPilot) -> CardScreen:
    """The card in sight."""
    assert isinstance(pilot.app.screen, CardScreen), screen_text(pilot.app)
    return pilot.app.screen


def ids(pilot: AppPilot) -> list[str]:
    """The ids of the rows at hand, in the order of the list."""
    return [row.repo.id for row in listing(pilot).rows.values]


async def leave(pilot: AppPilot) -> None:
    """Leave the app by its key, from a root."""
    await press(pilot, "go.quit")
    await wait_for(pilot, lambda: not pilot.app.is_running, "the app has ended")


async def settled(pilot: AppPilot) -> None:
    """Wait until the page in sight has rows or a card and no question of it is open."""
    await wait_for(
        pilot, lambda: page(pilot).view is not None and not page(pilot).busy, "a settled page"
    )
