"""What brings a session back at the next start: a few values by name, as JSON has them."""

from typing import Any

from tui.ask.sources import Sources

_NAME = "last"


def load(sources: Sources) -> dict[str, Any]:
    """What was kept last; empty where nothing was, or what was kept cannot be read."""
    stored = sources.store.library.session(_NAME)
    return dict(stored) if isinstance(stored, dict) else {}


def keep(sources: Sources, session: dict[str, Any]) -> None:
    """Keep it in place of the last one."""
    sources.store.library.put_session(_NAME, session)
