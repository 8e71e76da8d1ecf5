"""Who an author is: an organisation or a user, with the Hub's own totals."""

import json
from collections.abc import AsyncIterator

from tui.ask.sources import Sources
from tui.ask.streams import stale_first
from tui.model import Author, View


def peek(sources: Sources, name: str) -> View[Author] | None:
    """The stored overview; None where none is stored, or what is stored cannot be read."""
    body = sources.store.cache.body(_key(name), "")
    known = None if body is None else _read(body.text)
    if body is None or known is None:
        return None
    return View(rows=(known,), source="cache", as_of=body.fetched_at, stale=True)


async def stream(sources: Sources, name: str) -> AsyncIterator[View[Author]]:
    """The stored overview, then the Hub's; a Problem is raised only where nothing is stored."""
    async for view in stale_first(sources, peek(sources, name), _asked(sources, name)):
        yield view


async def _asked(sources: Sources, name: str) -> AsyncIterator[View[Author]]:
    answer = await (await sources.hub()).author(name)
    if not sources.bundled:
        sources.store.cache.put_body(_key(name), "", json.dumps(answer.value), answer.fetched_at)
    yield View(
        rows=(answer.value,), source=sources.fresh, as_of=answer.fetched_at, requests=(answer.url,)
    )


def _read(text: str) -> Author | None:
    try:
        return Author(*json.loads(text))
    except (ValueError, TypeError):
        return None


def _key(name: str) -> str:
    return f"author {name.lower()}"
