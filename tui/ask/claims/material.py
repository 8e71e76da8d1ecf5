"""What claims are judged from: what the store has of it, and the calls for the rest."""

from collections.abc import AsyncIterator, Iterable, Sequence

from tui.analysis.claims import Claim, Facts, Listing, Need
from tui.analysis.claims.facts import ModelPage, subject
from tui.analysis.lineage.edges import parents_of
from tui.analysis.origins.newest import DAYS, SETTLING
from tui.analysis.registry.registry import Family
from tui.ask import counting
from tui.ask.calls import pages
from tui.ask.calls.pages import Pages
from tui.ask.calls.plan import CallPlan, Step
from tui.ask.families import tiers
from tui.ask.families.tiers import FamilyAnswers, Part
from tui.ask.lineage.ancestry import MOST_CALLS, Ancestry
from tui.ask.lists import trending
from tui.ask.lists.newest import Newest
from tui.ask.repo import card
from tui.ask.sources import Sources
from tui.model import Coverage, NotFound, Problem, Progress, Query, Repo, Row, View
from tui.model.when import seconds

_TRENDING = Query(limit=trending.PAGE)
_MOMENT = 600.0  # seconds for which one answer is not asked for twice
_DEEP = 10  # rows of the trending list whose roots matter
_FAMILY_TIERS = {"own": 0, "counts": 1, "children": 2}


class Named:
    """The repos whose name holds a word: a plan of one page after the other."""

    __slots__ = ("_failed", "_sources", "found", "word")

    def __init__(self, sources: Sources, word: str) -> None:
        self._sources = sources
        self._failed = False
        self.word = word
        self.found: Pages | None = pages.stored(sources, f"named {word}")
        if self.found and sources.now() - self.found.at > tiers.ANSWER_AGE:
            self.found = None

    def steps(self) -> Iterable[Step]:
        """See CallPlan."""
        if self._failed or (self.found and self.found.complete):
            return []
        return [Step("named", self.word, self.found.next if self.found else None)]

    def estimate(self) -> int:
        """See CallPlan. How long the list is, is known at its end only."""
        return len(list(self.steps()))

    def refuse(self, step: Step, problem: Problem) -> None:
        """See CallPlan. Without this page there is no next."""
        self._failed = True
        raise problem

    async def make(self, step: Step, lane: str) -> None:
        """See CallPlan."""
        from tui.hub.endpoints import PAGE_LIMIT, models_list

        path = step.path or models_list(Query(words=(self.word,), sort="created"), PAGE_LIMIT)
        before = self.found if step.path else None
        name = f"named {self.word}"
        self.found = await pages.fetch(self._sources, name, path, before, lane)


class Material:
    """The facts that some claims need, as far as they are stored, up to the tier ``known``.

    Calls are made up to the tier ``asked`` only.
    """

    def __init__(
        self, sources: Sources, wanted: Sequence[Claim], known: int, asked: int = 0
    ) -> None:
        self._sources = sources
        self._asked = asked
        self._left: int | None = None  # calls that may still be made; None: any number
        all_needs = [need for claim in wanted for need in claim.needs]
        self._whose = tuple(dict.fromkeys(need.what for need in all_needs if need.kind == "own"))
        self._counted = counting.counts(sources)
        self._needs = [
            need for need in dict.fromkeys(all_needs)
            if need.tier <= known and not (self._counted and need.kind in counting.COUNTED)
        ]  # fmt: skip
        self._parts = self._by_tier()
        self._answers = self._load()
        kinds = {need.kind for need in self._needs}
        self._newest = Newest(sources) if "newest" in kinds else None
        self._named = [Named(sources, need.what) for need in self._of("named")]
        self._trending = trending.peek(sources, _TRENDING) if "trending" in kinds else None
        self._found: dict[str, ModelPage] = {}
        for need in self._of("model"):
            stored = card.peek(sources, "model", need.what)
            if stored and stored.value.detail:
                self._take(need.what, stored)
        self._ancestry = self._climb() if self._of("lineage") else None

    # what is at hand

    def lineage(self) -> Ancestry | None:
        """The bases at hand now, for a thread to read while more of them arrive."""
        return self._ancestry and self._ancestry.frozen()

    def facts(self, ancestry: Ancestry | None) -> Facts:
        """The facts as ``tui.analysis.claims`` takes them, with the bases of ``lineage()``."""
        parts = [part for wanted in self._parts.values() for part in wanted]
        fetched = {p.family.key: tiers.fetched(self._sources, self._answers, p) for p in parts}
        if self._counted is not None:
            fetched |= {key: self._counted.fetched(key) for key in self._whose}
        return Facts(
            self._sources.registry,
            self._sources.now(),
            self._sources.universe,
            fetched,
            self._list(),
            self._window(),
            ancestry.graph() if ancestry else None,
            ancestry.estimate() if ancestry else 0,
            dict(self._found),
            {named.word: self._listing(named.found) for named in self._named if named.found},
            self._counted,
        )

    def _climb(self) -> Ancestry:
        """What is stored of the bases above the rows of both lists."""
        rows: list[Repo] = []
        if self._trending:
            rows += [row.repo for row in self._trending.rows[:_DEEP]]
        listing = self._list()
        if not self._trending and listing:
            rows += listing.rows[:_DEEP]
        if self._newest:
            rows += [row for row in self._newest.window().rows if parents_of(row)]
        self._ancestry = Ancestry(self._sources, rows)
        return self._ancestry

    def _list(self) -> Listing | None:
        view, counted = self._trending, self._counted
        at = view.as_of if view and view.as_of else 0.0
        listing = counting.trending(self._sources, counted, at) if self._of("trending") else None
        if listing is not None:
            return listing
        if view is None or view.as_of is None:
            return None
        rows = tuple(row.repo for row in view.rows)
        from tui.hub.endpoints import models_list

        url = self._sources.endpoint + models_list(_TRENDING, trending.PAGE)
        return Listing(rows, view.as_of, True, view.source, (url,))

    def _window(self) -> Listing | None:
        window = self._newest.window() if self._newest else None
        if window is None or window.at is None:
            return None
        source = self._sources.fresh if window.fresh else "cache"
        oldest = min((row.created_at for row in window.rows if row.created_at), default=None)
        total = round((DAYS - SETTLING) / 3600)
        reached = (window.at - SETTLING - (seconds(oldest) or window.at)) / 3600
        hours = total if window.whole else max(0, min(total - 1, int(reached)))
        return Listing(
            window.rows,
            window.at,
            window.whole,
            source,
            window.urls,
            Coverage(hours, total, "hours of the window"),
        )

    def _listing(self, listing: Pages) -> Listing:
        source = self._sources.fresh if listing.fresh else "cache"
        return Listing(listing.rows, listing.at, listing.complete, source, listing.urls)

    # what is to be asked

    async def gather(self, max_calls: int | None, lane: str) -> AsyncIterator[Progress | None]:
        """Ask for the rest, what costs least first; None after each part. Raises Problems."""
        from asyncio import to_thread

        self._left = max_calls
        async for _ in self._pages():
            yield None
        for plan in self._lists():
            async for progress in self._run(plan, lane):
                yield progress
        if self._of("lineage"):
            async for progress in self._run(await to_thread(self._climb), lane, MOST_CALLS):
                yield progress
        for named in self._named if self._asked > 1 else ():
            async for progress in self._run(named, lane):
                yield progress

    async def _run(
        self, plan: CallPlan, lane: str, most: int | None = None
    ) -> AsyncIterator[Progress | None]:
        """Make the calls of one plan, no more than ``most`` and than are left."""
        from tui.ask.calls.runner import Loading

        bounds = [bound for bound in (self._left, most) if bound is not None]
        loading = Loading(self._sources, plan, min(bounds, default=None), lane)
        async for progress in loading.run():
            yield progress
        self._left = None if self._left is None else self._left - loading.done
        yield None

    def _may_ask(self) -> bool:
        """Say whether one more call is allowed, and take it."""
        if self._left:
            self._left -= 1
            return True
        return self._left is None

    def _aged(self, answer: View[Row] | ModelPage | None) -> bool:
        """Say whether an answer is missing, or no more of this moment."""
        return answer is None or not answer.as_of or self._sources.now() - answer.as_of > _MOMENT

    async def _pages(self) -> AsyncIterator[None]:
        """The trending list and single repos, one call each."""
        listing = self._list()
        recent = listing is not None and listing.source.startswith("census")
        if self._of("trending") and not recent and self._aged(self._trending) and self._may_ask():
            async for view in trending.stream(self._sources, _TRENDING):
                _raise_first(view)
                self._trending = view
            yield
        for need in self._of("model"):
            if self._aged(self._found.get(need.what)) and self._may_ask():
                await self._page(need)
                yield

    def _lists(self) -> Iterable[CallPlan]:
        """Own lists, counts and children, then the newest models."""
        from tui.ask.families.tier_calls import TierCalls

        for tier, parts in sorted(self._parts.items()):
            yield TierCalls(self._sources, self._answers, parts, min(tier, self._asked))
        if self._newest:
            yield self._newest

    async def _page(self, need: Need) -> None:
        try:
            async for view in card.stream(self._sources, "model", need.what, readme=False):
                _raise_first(view)
                if not view.stale:
                    self._take(need.what, view)
        except NotFound:
            url = self._url(need.what)
            self._found[need.what] = ModelPage(
                None, self._sources.now(), self._sources.fresh, (url,)
            )

    def _take(self, name: str, view: View[card.Card]) -> None:
        at = view.as_of or self._sources.now()
        self._found[name] = ModelPage(view.value.detail, at, view.source, (self._url(name),))

    def _url(self, name: str) -> str:
        from tui.hub.endpoints import detail

        return self._sources.endpoint + detail("model", name)

    # families and organisations

    def _of(self, kind: str) -> list[Need]:
        return [need for need in self._needs if need.kind == kind]

    def _by_tier(self) -> dict[int, tuple[Part, ...]]:
        """The families and organisations, each at the highest tier that is needed of it."""
        highest: dict[str, int] = {}
        for need in self._needs:
            if need.kind in _FAMILY_TIERS:
                highest[need.what] = max(highest.get(need.what, 0), _FAMILY_TIERS[need.kind])
        by_tier: dict[int, tuple[Part, ...]] = {}
        for key, tier in highest.items():
            by_tier[tier] = (*by_tier.get(tier, ()), self._part(key))
        return by_tier

    def _part(self, key: str) -> Part:
        registry = self._sources.registry
        head, _, name = key.partition(":")
        family = Family(key, name, orgs=(name,)) if head == "org" else registry.require(key)
        return Part(family, subject(key, registry))

    def _load(self) -> FamilyAnswers:
        answers = FamilyAnswers(self._sources.registry)
        for tier, parts in self._parts.items():
            stored = tiers.load(self._sources, parts, tier)
            answers.lists |= stored.lists
            answers.counts |= stored.counts
            answers.children |= stored.children
        return answers


def _raise_first(view: View[object]) -> None:
    if view.problems:
        raise view.problems[0]
