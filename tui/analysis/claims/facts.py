"""What the claims are judged from, and what is still to be fetched for them."""

from collections.abc import Mapping
from typing import TYPE_CHECKING, NamedTuple, Protocol

from tui.analysis.families.derivatives import asked
from tui.analysis.families.own_figures import own_repos
from tui.analysis.families.subject import Fetched, Subject, of_family, of_org
from tui.analysis.origins.newest import DAYS
from tui.analysis.registry.registry import Registry
from tui.model import Coverage, Detail, Lens, Measure, Repo

if TYPE_CHECKING:
    from tui.analysis.census.shares import Placed
    from tui.analysis.lineage.graph import Graph

ROWS = 1000.0  # that one call lists
_NEW_PER_DAY = 3200  # models, in 2026; see the published points
_NAMED = 200_000  # repos that carry Qwen in a tag or name, early 2026; see the published points


class Listing(NamedTuple):
    """Rows of one of the Hub's lists, in its order, as far as it was read."""

    rows: tuple[Repo, ...]
    as_of: float  # seconds since 1970, UTC
    complete: bool = True  # all that the question asks for is here
    source: str = "hub"
    requests: tuple[str, ...] = ()
    coverage: Coverage | None = None


class ModelPage(NamedTuple):
    """One repo's own page. ``detail`` is None where the Hub has no such repo."""

    detail: Detail | None
    as_of: float  # seconds since 1970, UTC
    source: str = "hub"
    requests: tuple[str, ...] = ()


class Counts(Protocol):
    """The totals of a census; with them nothing is fetched of families and new repos."""

    def measures(self, key: str, lens: Lens) -> Mapping[str, Measure]:
        """Every figure of a family, or of ``org:NAME``."""

    def flow(self, key: str) -> tuple[int, int, int]:
        """(downloads, downloads that may count, repos that state none) of a family's derivatives.

        30-day downloads of repos by others built on language models of the family, the same of
        repos whose base may be one, and how many of both have no count of downloads.
        """

    def named(self, word: str, key: str) -> int:
        """The repos whose name holds a word, by others than a family's organisations."""

    def window(self) -> tuple[str, str]:
        """The first and the last moment of the window of ``placed``, as ISO 8601."""

    def placed(self, rule: str, relations: tuple[str, ...], llm: bool) -> "Placed":
        """The new derivatives of the window by country."""

    def author(self, number: int) -> str:
        """The name behind an author's number in ``placed``."""

    def described(self, figure: Measure) -> Measure:
        """The figure with its source, its universe and its date."""


class Facts(NamedTuple):
    """Everything at hand when a claim is judged. None, or no entry: not fetched."""

    registry: Registry
    now: float
    universe: str = "hub"
    fetched: Mapping[str, Fetched] = {}  # by family key, or ``org:`` and a namespace
    trending: Listing | None = None
    newest: Listing | None = None
    graph: "Graph | None" = None  # the lineage of both lists, as far as it was walked up
    unwalked: int = 0  # bases in them whose own bases were not looked up
    pages: Mapping[str, ModelPage] = {}  # by repo id
    named: Mapping[str, Listing] = {}  # by the word searched for
    counted: Counts | None = None


class Need(NamedTuple):
    """One thing to fetch, and from which tier of cost on.

    ``own``, ``counts`` and ``children`` are of a family or ``org:NAME`` (its lists, the Hub's
    count of each own repo's children, those children's rows); ``trending``, ``newest`` and
    ``lineage`` are lists and the bases above them; ``model`` is one repo's page, ``named`` the
    repos whose name holds a word.
    """

    kind: str
    what: str = ""
    tier: int = 0


def subject(key: str, registry: Registry) -> Subject:
    """The family of a key, or the namespace of ``org:NAME``."""
    head, _, name = key.partition(":")
    return of_org(name, registry) if head == "org" else of_family(registry.require(key), registry)


def calls(need: Need, facts: Facts) -> int:
    """About how many requests a need still takes; 0 where it is met."""
    if facts.counted is not None and need.kind not in ("model", "trending"):
        return 0
    if need.kind in ("own", "counts", "children"):
        return _family_calls(need, facts)
    if need.kind == "model":
        return 0 if need.what in facts.pages else 1
    if need.kind == "trending":
        return 0 if facts.trending else 1
    if need.kind == "lineage":
        return facts.unwalked
    listing = facts.newest if need.kind == "newest" else facts.named.get(need.what)
    if listing is not None and listing.complete:
        return 0
    whole = _NEW_PER_DAY * DAYS / 86400 if need.kind == "newest" else _NAMED
    return max(1, round((whole - (len(listing.rows) if listing else 0)) / ROWS))


def _family_calls(need: Need, facts: Facts) -> int:
    fetched = facts.fetched.get(need.what)
    about = subject(need.what, facts.registry)
    if need.kind == "own":
        return (
            0
            if fetched and fetched.listed is not None and fetched.listed_complete
            else len(about.orgs)
        )
    if fetched is None or fetched.listed is None:
        return len(about.orgs) + 1  # and one for each own repo, whose number is not known yet
    own = own_repos(about, fetched, False, facts.registry).sure
    answered = set(fetched.children.keys() - fetched.unfinished)
    if need.kind == "counts":  # the children themselves say more
        answered |= fetched.counts.keys()
    return sum(not asked(row, answered, facts.registry) for row in own)
