"""The places one can be at: what each is called, the view that it belongs to, and its screen."""

from dataclasses import dataclass
from typing import ClassVar

from tui.model import Query

TRENDING, FAMILIES, CLAIMS, SAVED = "Trending", "Families", "Claims", "Saved"


@dataclass(frozen=True)
class Place:
    """Somewhere to be. ``screen`` is ``module:class``, imported when it is first gone to."""

    name: ClassVar[str]  # in the key table and in remappings
    view: ClassVar[str] = ""  # what is lit in the line of views
    screen: ClassVar[str]


@dataclass(frozen=True)
class ListPlace(Place):
    """A list of repos; without a query the one that a session begins with."""

    name, view, screen = "list", TRENDING, "tui.screens.trending:TrendingScreen"
    query: Query | None = None


@dataclass(frozen=True)
class CardPlace(Place):
    """One repo."""

    name, screen = "card", "tui.screens.card.screen:CardScreen"
    kind: str
    id: str
    tab: str = "Card"


@dataclass(frozen=True)
class SavedPlace(Place):
    """Bookmarks, saved searches, recent repos."""

    name, view, screen = "saved", SAVED, "tui.screens.saved:SavedScreen"


@dataclass(frozen=True)
class DiffPlace(Place):
    """Models side by side."""

    name, view, screen = "diff", TRENDING, "tui.screens.diff:DiffScreen"
    ids: tuple[str, ...]


@dataclass(frozen=True)
class FamiliesPlace(Place):
    """The league table."""

    name, view, screen = "families", FAMILIES, "tui.screens.families:FamiliesScreen"


@dataclass(frozen=True)
class ComparePlace(Place):
    """Families side by side, by their keys."""

    name, view, screen = "compare", FAMILIES, "tui.screens.compare:CompareScreen"
    keys: tuple[str, ...]


@dataclass(frozen=True)
class MembersPlace(Place):
    """The own repos of a family."""

    name, view, screen = "members", FAMILIES, "tui.screens.members:MembersScreen"
    key: str


@dataclass(frozen=True)
class ClaimsPlace(Place):
    """The table of claims."""

    name, view, screen = "claims", CLAIMS, "tui.screens.claims:ClaimsScreen"


@dataclass(frozen=True)
class ClaimPlace(Place):
    """One claim."""

    name, view, screen = "claim", CLAIMS, "tui.screens.claims:ClaimScreen"
    key: str


# The views on the number keys: the command that goes there, and the place.
ROOTS: dict[str, Place] = {
    "trending": ListPlace(),
    "families": FamiliesPlace(),
    "claims": ClaimsPlace(),
    "saved": SavedPlace(),
}


def author_list(author: str, kind: str = "model") -> ListPlace:
    """The repos of an author, the ones most used first."""
    sort = "likes" if kind == "space" else "downloads"  # Spaces are not downloaded
    return ListPlace(Query(kind=kind, author=author, sort=sort, limit=100))
