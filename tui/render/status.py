"""How fresh the screen is, in few words: the right end of the top line and of the bottom line."""

from tui.model import View
from tui.model.problem import Offline
from tui.render import cells
from tui.render.spans import Line

_SOURCES = {
    "hub": "live", "cache": "stored", "mixed": "partly stored", "sample": "sample",
    "census": "census",
}  # fmt: skip


def state(view: View[object] | None, now: float, *, busy: bool = False, note: str = "") -> Line:
    """``● live 12s``, ``○ offline 3h``, ``◆ sample of 2026-10``; ``…`` while a request is out."""
    tail = " …" if busy else ""
    if view is None:
        return ((f"○ nothing yet{tail}", "muted"),)
    age = cells.age(view.as_of, now)
    old = "" if view.as_of is None else f", {age} old"
    if view.bundled:
        return ((f"◆ {note or 'sample'}{tail}", "warn"),)
    if any(isinstance(problem, Offline) for problem in view.problems):
        return ((f"○ offline{old}{tail}", "warn"),)
    if view.source == "hub":
        live = "live" if view.as_of is None or now - view.as_of < 60 else f"live {age}"
        return ((f"● {live}{tail}", "good"),)
    return ((f"○ {_SOURCES[view.source]}{old}{tail}", "muted"),)


def budget(left: int | None) -> str:
    """The requests left in this window, as the Hub last said."""
    return "" if left is None else f"{left} left"
