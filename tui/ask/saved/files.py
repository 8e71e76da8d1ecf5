"""The files that the store lies in: where, how large, what may be dropped of them, what stays."""

import os
from contextlib import suppress
from glob import escape, glob

from tui.ask.sources import Sources
from tui.model import View
from tui.store.paths import home

_FRAMES = "frame-*"  # as tui.last_frame, which draws, names what it keeps


def peek(sources: Sources) -> View[tuple[str, int, str]]:
    """Path, bytes on disk (0: not made yet) and contents in words, of each file."""
    return View(rows=sources.store.files(), source="cache", as_of=None)


def prune(sources: Sources, most: int) -> None:
    """Keep the newest answers within ``most`` bytes. Raises StoreTrouble where that failed."""
    sources.store.cache.prune(most)
    sources.store.confirm()


def clear(sources: Sources) -> None:
    """Drop all answers, and the frames that show some. Raises StoreTrouble where that failed."""
    sources.store.cache.clear()
    sources.store.confirm()
    for frame in glob(os.path.join(escape(home(os.environ).state), _FRAMES)):
        with suppress(OSError):
            os.unlink(frame)


def stays(sources: Sources) -> list[tuple[str, str]]:
    """Path and contents in words of what ``clear`` leaves where it is."""
    cache, *rest = sources.store.files()
    entries = [(path, holds) for path, size, holds in rest if size]
    beside = sorted(glob(os.path.join(escape(os.path.dirname(cache[0])), "cache*.db")))
    entries += [(path, "answers of another endpoint") for path in beside if path != cache[0]]
    if sources.store.keeps_census:
        entries.append((sources.census_folder, "censuses; hubscope census remove drops them"))
    settings = home(os.environ).config_file
    return [*entries, *([(settings, "settings")] if os.path.exists(settings) else [])]
