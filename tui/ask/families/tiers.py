"""What a family's figures cost, tier by tier, and what of it is at hand.

Tier 0 is the list of all that the family's organisations upload, one call per 1,000 repos. Tier 1
is the Hub's own count of direct children, one call per own repo. Tier 2 is the children
themselves, by the present id and by each former one: at least one call per own repo. The most
downloaded repos come first, so that what is cut short has the most weight it can.
"""

from collections.abc import Iterable
from typing import NamedTuple

from tui.analysis.families.derivatives import Placings
from tui.analysis.families.subject import Fetched, Subject, distinct, of_family
from tui.analysis.registry.registry import Family, Registry
from tui.ask.calls import pages
from tui.ask.calls.pages import Pages
from tui.ask.calls.plan import Step
from tui.ask.sources import Sources
from tui.model import Problem, Repo

NOTHING = -1  # the tier of a family whose list is not whole
LIST_AGE = 3600.0  # seconds for which a kept answer does in place of a new one
ANSWER_AGE = 86400.0


class Count(NamedTuple):
    """The Hub's count of a repo's direct children by relation."""

    counts: dict[str, int]
    at: float
    url: str
    fresh: bool = False


class Part(NamedTuple):
    """One family with the subject it is measured as."""

    family: Family
    subject: Subject


class FamilyAnswers:
    """The facts at hand, by namespace and by repo id in lower case.

    ``lists`` and ``children`` hold what figures are made of; ``coming`` the new copy of a list
    whose old one is whole and stands until the new one is. ``failed`` are the calls that gave a
    Problem and are not made again in this run.
    """

    __slots__ = (
        "_names",
        "_own",
        "again",
        "children",
        "coming",
        "counts",
        "failed",
        "lists",
        "placings",
        "registry",
    )

    def __init__(self, registry: Registry, again: bool = False) -> None:
        self.registry = registry
        self.again = again  # stored lists are asked again, however young
        self.lists: dict[str, Pages] = {}
        self.counts: dict[str, Count] = {}
        self.children: dict[str, Pages] = {}
        self.coming: dict[Step, Pages] = {}
        self.failed: dict[Step, Problem] = {}
        self.placings = Placings()
        self._own: dict[str, tuple[tuple[Pages | None, ...], tuple[Repo, ...]]] = {}
        self._names: dict[str, tuple[str, tuple[str, ...]]] = {}

    def frozen(self) -> "FamilyAnswers":
        """The facts as they are now, for a thread to read while more of them arrive."""
        copy = FamilyAnswers(self.registry, self.again)
        for name in ("lists", "counts", "children", "coming", "failed"):
            setattr(copy, name, dict(getattr(self, name)))
        copy.placings, copy._own, copy._names = self.placings, self._own, self._names
        return copy

    def listed(self, subject: Subject) -> tuple[Repo, ...] | None:
        """All rows of the subject's namespaces; None while one of them was never asked."""
        lists = [self.lists.get(org) for org in sorted(subject.orgs)]
        if None in lists:
            return None
        return tuple(row for part in lists if part for row in part.rows)

    def own(self, subject: Subject) -> tuple[Repo, ...]:
        """The subject's own repos, the most downloaded first."""
        state = tuple(self.lists.get(org) for org in sorted(subject.orgs))
        known = self._own.get(subject.key)
        if known is None or any(old is not new for old, new in zip(known[0], state)):
            rows = [row for row in self.listed(subject) or () if subject.owns(row.id)]
            rows = distinct(rows, self.registry)  # a renamed copy is the same repo
            rows.sort(key=lambda row: -(row.downloads or 0))
            known = self._own[subject.key] = (state, tuple(rows))
        return known[1]

    def key(self, repo_id: str) -> str:
        """How answers about a repo are filed: its present id in lower case."""
        return self._known(repo_id)[0]

    def names(self, repo_id: str) -> tuple[str, ...]:
        """The ids under which children may name a repo."""
        return self._known(repo_id)[1]

    def _known(self, repo_id: str) -> tuple[str, tuple[str, ...]]:
        known = self._names.get(repo_id)
        if known is None:
            present = self.registry.canonical(repo_id).lower()
            names = (repo_id, *self.registry.former_ids(repo_id))
            known = self._names[repo_id] = (present, names)
        return known

    def begun(self, step: Step) -> Pages | None:
        """The pages of a list that are at hand and go on, whichever page ``step`` is."""
        by_name = self.lists if step.kind == "list" else self.children
        return self.coming.get(step._replace(path=None), by_name.get(step.name.lower()))

    def take(self, step: Step, listing: Pages) -> None:
        """File the list as far as it came with ``step``."""
        by_name = self.lists if step.kind == "list" else self.children
        old = by_name.get(step.name.lower())
        first_call = step._replace(path=None)
        if old is None or listing.complete or not old.complete:
            by_name[step.name.lower()] = listing
            self.coming.pop(first_call, None)
        else:
            self.coming[first_call] = listing


def parts(registry: Registry, keys: Iterable[str]) -> tuple[Part, ...]:
    """The families and lines that ``keys`` name. Raises BadInput for a name of none."""
    families = (registry.require(key) for key in keys)
    return tuple(Part(family, of_family(family, registry)) for family in families)


def load(sources: Sources, wanted: Iterable[Part], tier: int, again: bool = False) -> FamilyAnswers:
    """What the store holds of the families up to ``tier``. Asks for nothing."""
    answers = FamilyAnswers(sources.registry, again)
    for part in wanted:
        for org in part.family.orgs:
            known = org.lower() in answers.lists
            if not known and (listing := pages.stored(sources, f"own {org}")):
                answers.lists[org.lower()] = listing
        for row in answers.own(part.subject) if tier > 0 else ():
            _load_answers(sources, answers, row, tier)
    return answers


def _load_answers(sources: Sources, answers: FamilyAnswers, row: Repo, tier: int) -> None:
    key = answers.key(row.id)
    if key not in answers.counts and (count := sources.store.cache.child_counts(row.id, "")):
        url = count_url(sources, row.id)
        answers.counts[key] = Count(count.counts, count.fetched_at, url)
    for name in answers.names(row.id) if tier > 1 else ():
        known = name.lower() in answers.children
        if not known and (listing := pages.stored(sources, f"children {name}")):
            answers.children[name.lower()] = listing


def count_url(sources: Sources, repo_id: str) -> str:
    """The address whose answer counts a repo's children."""
    from tui.hub.endpoints import detail

    return sources.endpoint + detail("model", repo_id, ("childrenModelCount",))


def reached(answers: FamilyAnswers, part: Part) -> int:
    """The highest tier whose answers are all at hand, of whatever age; NOTHING before tier 0."""
    lists = [answers.lists.get(org) for org in part.subject.orgs]
    if not all(listing is not None and listing.complete for listing in lists):
        return NOTHING
    own = answers.own(part.subject)
    if all(finished(answers, row) for row in own):
        return 2
    return 1 if all(answers.key(row.id) in answers.counts for row in own) else 0


def finished(answers: FamilyAnswers, row: Repo) -> bool:
    """All children of an own repo are at hand, under each of its names."""
    if not answers.children:
        return False
    child_lists = [answers.children.get(name.lower()) for name in answers.names(row.id)]
    return all(child_list is not None and child_list.complete for child_list in child_lists)


def subject(answers: FamilyAnswers, part: Part) -> Subject:
    """The family's subject with the answers to ``owns`` at hand, which are asked at each figure."""
    own = frozenset(row.id for row in answers.own(part.subject))
    return part.subject._replace(owns=own.__contains__)


def fetched(sources: Sources, answers: FamilyAnswers, part: Part) -> Fetched:
    """The facts at hand as the figures of ``tui.analysis`` take them."""
    lists = [answers.lists[org] for org in sorted(part.subject.orgs) if org in answers.lists]
    counts: dict[str, Count] = {}
    children: dict[str, tuple[Repo, ...]] = {}
    child_pages: list[Pages] = []
    unfinished = set()
    for row in answers.own(part.subject) if answers.counts or answers.children else ():
        key = answers.key(row.id)
        if key in answers.counts:
            counts[key] = answers.counts[key]
        child_lists = [answers.children.get(name.lower()) for name in answers.names(row.id)]
        at_hand = [child_list for child_list in child_lists if child_list is not None]
        if at_hand:
            child_pages += at_hand
            children[key] = tuple(child for child_list in at_hand for child in child_list.rows)
            if not finished(answers, row):
                unfinished.add(key)
    everything: list[Pages | Count] = [*lists, *counts.values(), *child_pages]
    return Fetched(
        as_of=min((answer.at for answer in everything), default=sources.now()),
        listed=answers.listed(part.subject),
        listed_complete=all(listing.complete for listing in lists),
        counts={key: count.counts for key, count in counts.items()},
        children=children,
        unfinished=frozenset(unfinished),
        list_requests=tuple(url for listing in lists for url in listing.urls),
        count_requests=tuple(count.url for count in counts.values()),
        child_requests=tuple(url for child_list in child_pages for url in child_list.urls),
        universe=sources.universe,
        source=source_of(sources, [answer.fresh for answer in everything]),
        placings=answers.placings,
    )


def source_of(sources: Sources, fresh: Iterable[bool]) -> str:
    """What the parts of an answer are called together: of the Hub, of the store, or of both."""
    kinds = set(fresh)
    if kinds == {True, False}:
        return "mixed"
    return sources.fresh if True in kinds else sources.held
