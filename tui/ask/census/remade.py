"""A census made anew where the tables of families and organisations have changed since."""

from collections.abc import Iterator

from tui.ask.census import kept
from tui.ask.census.make import remake
from tui.ask.sources import Sources
from tui.model import NotFound
from tui.store.census import place


def remade(sources: Sources, date: str | None) -> Iterator[str]:
    """Make the census of a date, or the newest, anew; a word before each step. No call is made.

    Raises NotFound where none is kept.
    """
    folder = sources.store.census_folder
    if date is None:
        date = next(iter(place.dates(folder)), None)
    if date is None:
        raise NotFound("no census is kept; `hubscope census crawl` or `pull` fetches one")
    kept.one(folder, place.checked(date))
    with place.alone(folder):
        yield from remake(folder, date, sources.registry)
