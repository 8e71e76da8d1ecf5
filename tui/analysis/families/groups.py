"""Families put together: by country or by organisation. Only what adds up is added.

Repos, downloads, likes and new repos are sums over disjoint repos. Distinct authors,
de-duplicated derivatives and shares do not add up over families, and stay unknown here.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import TypeVar

from tui.analysis.registry.registry import Family
from tui.model import Measure

ADDITIVE = ("repos", "downloads_30d", "downloads_all_time", "likes", "new_repos_30d")
GROUPINGS: dict[str, Callable[[Family], str]] = {
    "family": lambda family: family.key,
    "origin": lambda family: family.home,
    "organisation": lambda family: family.company or ", ".join(family.orgs),
}

T = TypeVar("T")


def partition(rows: Iterable[T], by: str, family: Callable[[T], Family]) -> dict[str, list[T]]:
    """The rows by a key of GROUPINGS, in the order in which the groups appear."""
    groups: dict[str, list[T]] = {}
    for row in rows:
        groups.setdefault(GROUPINGS[by](family(row)), []).append(row)
    return groups


def together(name: str, families: Sequence[Family]) -> Family:
    """A row's name for several families."""
    homes = {family.home for family in families}
    orgs = dict.fromkeys(org for family in families for org in family.orgs)
    home = homes.pop() if len(homes) == 1 else "+".join(sorted(homes))
    return Family(key=name, label=name, home=home, orgs=tuple(orgs))


def total(members: Sequence[Mapping[str, Measure]], words: str) -> dict[str, Measure]:
    """The measures of a group. ``words`` says of what, as in ``3 families with home CN``."""
    if len(members) == 1:
        return dict(members[0])
    return {name: _total([of[name] for of in members], name, words) for name in members[0]}


def _total(figures: Sequence[Measure], name: str, words: str) -> Measure:
    first = figures[0]
    ages = [figure.as_of for figure in figures if figure.as_of is not None]
    sources = {figure.source for figure in figures}
    blank = Measure(
        value=None,
        unit=first.unit,
        kind="unknown",
        definition=f"does not add up over {words}; see each of them",
        universe=first.universe,
        lens=first.lens,
        window=first.window,
        source=sources.pop() if len(sources) == 1 else "mixed",
        as_of=min(ages, default=None),
        registry=first.registry,
    )
    if name not in ADDITIVE:
        return blank
    known = [figure for figure in figures if figure.value is not None]
    summed = blank._replace(definition=f"sum over {words} of: {first.definition.split(';')[0]}")
    if not known:
        return summed
    exact = len(known) == len(figures) and all(figure.kind == "exact" for figure in known)
    value = sum(figure.value or 0.0 for figure in known)
    return summed._replace(
        value=value,
        kind="exact" if exact else "lower_bound",
        bound=_bound(figures, value),
        n=sum(figure.n or 0 for figure in known),
        requests=tuple(dict.fromkeys(url for figure in known for url in figure.requests)),
    )


def _bound(figures: Sequence[Measure], value: float) -> tuple[float, float | None] | None:
    """The sum of the bounds; no upper end where one figure has none or is not known."""
    if all(figure.value is not None and figure.bound is None for figure in figures):
        return None
    highs = [figure.bound[1] if figure.bound else figure.value for figure in figures]
    low = sum(figure.bound[0] if figure.bound else figure.value or 0.0 for figure in figures)
    return low, None if None in highs else sum(high for high in highs if high is not None)
