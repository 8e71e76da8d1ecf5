"""What a screen says once, ever: the words that first stand on it."""

from typing import TYPE_CHECKING

from tui.render.words import FIRST_LOOK

if TYPE_CHECKING:
    from tui.app import Hubscope

SEEN = "seen"  # in the session: the names of the screens whose words have been said


def first_look(app: "Hubscope", name: str) -> None:
    """Let the screen in sight explain its words, where the reader has not seen it before."""
    stored = app.session.get(SEEN)
    seen = stored if isinstance(stored, list) else []
    if name in FIRST_LOOK and name not in seen:
        app.session[SEEN] = [*seen, name]
        app.remarks.hint = FIRST_LOOK[name]
