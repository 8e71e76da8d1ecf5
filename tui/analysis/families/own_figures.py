"""Figures of a subject's own repos: what its organisations' lists say, one call per 1,000 rows."""

from collections.abc import Callable, Sequence
from typing import NamedTuple

from tui.analysis.families.subject import Fetched, Subject, distinct, is_llm
from tui.analysis.registry.registry import Registry
from tui.model import Lens, Measure, Repo
from tui.model.when import iso

MONTH = 30 * 86400.0
TOP = 3

OWN_NAMES = (
    "repos", "downloads_30d", "downloads_all_time", "likes", "top3_share", "new_repos_30d",
)  # fmt: skip
FACTS: dict[str, Callable[[Repo], int | None]] = {
    "downloads_30d": lambda repo: repo.downloads,
    "downloads_all_time": lambda repo: repo.downloads_all_time,
    "likes": lambda repo: repo.likes,
}
_UNITS = {"downloads_30d": "downloads", "downloads_all_time": "downloads", "likes": "likes"}
_WORDS = {
    "repos": "number of own repos",
    "downloads_30d": "downloads of the last 30 days, sum over own repos",
    "downloads_all_time": "downloads since creation, sum over own repos",
    "likes": "likes, sum over own repos",
    "top3_share": "part of the 30-day downloads that goes to the three most downloaded own repos",
    "new_repos_30d": "own repos created in the last 30 days",
}


class Own(NamedTuple):
    """The own repos that a lens keeps (``sure``) and those it cannot place (``unsure``)."""

    sure: list[Repo]
    unsure: list[Repo]

    @property
    def all(self) -> list[Repo]:
        """Every repo that may count."""
        return self.sure + self.unsure


def own_repos(subject: Subject, fetched: Fetched, llm: bool, registry: Registry) -> Own:
    """The subject's own repos among the listed rows; ``llm`` keeps language models only."""
    rows = [row for row in fetched.listed or () if subject.owns(row.id)]
    rows = distinct(rows, registry)
    if not llm:
        return Own(rows, [])
    return Own(
        [row for row in rows if is_llm(row)],
        [row for row in rows if is_llm(row) is None],
    )


def own_measures(
    subject: Subject, fetched: Fetched, lens: Lens, registry: Registry
) -> dict[str, Measure]:
    """The six figures of the own list, by name; ``unknown`` before the list is fetched."""
    own = own_repos(subject, fetched, lens.llm, registry)
    month = (iso(fetched.as_of - MONTH), iso(fetched.as_of))
    measures: dict[str, Measure] = {}
    for name in OWN_NAMES:
        measures[name] = blank = Measure(
            value=None,
            unit=_UNITS.get(name, "repos"),
            kind="unknown",
            definition=f"{_WORDS[name]}; own: {subject.words}{', LLM only' if lens.llm else ''}",
            universe=fetched.universe,
            lens=lens,
            window=month if name.endswith("30d") else None,
            source=fetched.source,
            as_of=fetched.as_of,
            registry=registry.version,
        )
        if fetched.listed is None:
            continue
        blank = blank._replace(n=len(own.sure), requests=fetched.list_requests)
        whole = fetched.listed_complete
        if name == "repos":
            measures[name] = _total(blank, own, lambda _: 1, whole)
        elif name == "new_repos_30d":
            measures[name] = _total(blank, own, _is_new(month[0]), whole)
        elif name == "top3_share":
            measures[name] = _top_share(blank._replace(unit="share"), own, whole)
        else:
            measures[name] = _total(blank, own, FACTS[name], whole)
    return measures


def _is_new(start: str) -> Callable[[Repo], int | None]:
    """1 for a repo created after ``start``, None where its date is not known."""
    return lambda repo: None if not repo.created_at else int(repo.created_at[:19] > start[:19])


def _total(blank: Measure, own: Own, fact: Callable[[Repo], int | None], whole: bool) -> Measure:
    """The sum of a fact: exact over a whole list in which every row states it."""
    known = [value for value in map(fact, own.sure) if value is not None]
    if own.sure and not known:
        return blank._replace(unknown=1.0)  # no row states the fact: that is no figure of 0
    more = [fact(row) for row in own.unsure]
    unstated = len(own.sure) - len(known) + more.count(None)
    value = float(sum(known))
    bound: tuple[float, float | None] | None = None
    if unstated or not whole:
        bound = (value, None)
    elif own.unsure:
        bound = (value, value + sum(part or 0 for part in more))
    return blank._replace(
        value=value,
        kind="exact" if whole and len(known) == len(own.sure) else "lower_bound",
        bound=bound,
        unknown=_unplaced(own, len(own.sure) - len(known)),
    )


def _unplaced(own: Own, unstated: int) -> float | None:
    """The share of the own rows that the figure could not place."""
    count = len(own.all)
    return (len(own.unsure) + unstated) / count if count else None


def top_share(downloads: Sequence[int]) -> float | None:
    """The part of the sum that its three largest terms make; None where the sum is 0."""
    total = sum(downloads)
    return sum(sorted(downloads, reverse=True)[:TOP]) / total if total else None


def _top_share(blank: Measure, own: Own, whole: bool) -> Measure:
    """The share, bounded by the emptiest and the fullest reading of the unsure rows."""
    sure = [row.downloads or 0 for row in own.sure]
    every = [row.downloads or 0 for row in own.all]
    unstated = sum(row.downloads is None for row in own.all)
    value = top_share(sure)
    if value is None or unstated == len(every):
        return blank
    bound = None
    if own.unsure:
        top = [sum(sorted(values, reverse=True)[:TOP]) for values in (sure, every)]
        bound = (top[0] / sum(every), min(1.0, top[1] / sum(sure)))
    stated_sure = all(row.downloads is not None for row in own.sure)
    return blank._replace(
        value=value,
        kind="exact" if whole and stated_sure else "estimate",
        bound=bound,
        unknown=_unplaced(own, sum(row.downloads is None for row in own.sure)),
    )
