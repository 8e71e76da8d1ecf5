"""The tabs of a list: models, datasets, Spaces, then the saved searches by name."""

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from tui.ask.saved import saved
from tui.model import KINDS, Query
from tui.places import ListPlace
from tui.screens.list_options import ListOptions

if TYPE_CHECKING:
    from tui.ask.sources import Sources

_LIMIT = 100


def first(sources: "Sources", session: Mapping[str, Any], place: ListPlace) -> ListOptions:
    """What a list begins with: its own question, or the tab that the last session ended on."""
    if place.query is not None:
        names = (label for label, query in saved.searches(sources) if query == place.query)
        return ListOptions(place.query, search=next(names, ""))
    if name := session.get("search"):
        for label, query in saved.searches(sources):
            if label == name:
                return ListOptions(query, search=label)
    kind = session.get("kind")
    return ListOptions(Query(kind=kind if kind in KINDS else "model", limit=_LIMIT))


def beside(sources: "Sources", options: ListOptions, step: int) -> ListOptions:
    """The next tab. Kinds share words, author and order; a search is what was saved."""
    searches = dict(saved.searches(sources))
    tabs = [*KINDS, *searches]
    here = options.search if options.search in searches else options.query.kind
    at = (tabs.index(here) + step) % len(tabs)
    if at >= len(KINDS):
        return options.of(searches[tabs[at]])._replace(search=tabs[at])
    if options.search:
        return options.of(Query(kind=tabs[at], limit=_LIMIT))
    return options.of_kind(tabs[at])
