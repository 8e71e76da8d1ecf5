"""Walking up from repos to their roots: what the store knows, and the calls for the rest.

Each base is looked up once and then is a row of the store. A base that moved is noted under its
old name, one that is gone (or private, which looks the same) as such for a day.
"""

from collections.abc import Iterable
from typing import TYPE_CHECKING

from tui.analysis.lineage.edges import parents_of
from tui.analysis.lineage.graph import Graph
from tui.ask.calls.plan import Step
from tui.ask.sources import Sources
from tui.model import Coverage, NotFound, Problem, Repo, valid_id
from tui.model.lens import EVIDENCES

if TYPE_CHECKING:
    from tui.store.answers import Body

GONE_AGE = 86400.0  # seconds after which a missing base is asked again
MOST_CALLS = 200  # of one walk: two fifths of an anonymous window
_MOVED, _GONE = 307, 404


class Ancestry:
    """Rows and the bases above them as far as they are at hand; a CallPlan for those that are not.

    ``rows`` are by id in lower case; a base that moved stands under both names. ``gone`` are the
    ids that have no row for us.
    """

    __slots__ = (
        *("_bases", "_looked", "_sources", "_wanted"),
        *("fresh", "gone", "rows", "stored", "urls"),
    )

    def __init__(self, sources: Sources, rows: Iterable[Repo]) -> None:
        self._sources = sources
        self.rows: dict[str, Repo] = {}
        self.gone: set[str] = set()
        self.fresh = 0  # bases looked up just now
        self.stored = 0  # bases that the store knew
        self.urls: list[str] = []
        self._bases: set[str] = set()
        self._looked: set[str] = set()  # bases that were looked for in the store
        self._wanted: dict[str, tuple[str, int]] = {}  # name and how often it was named
        for row in rows:
            self._add(row.id, row)
        self._climb()

    def frozen(self) -> "Ancestry":
        """What is at hand now, for a thread to read while more of it arrives."""
        copy = Ancestry(self._sources, ())
        copy.rows, copy._wanted = dict(self.rows), dict(self._wanted)
        copy.gone, copy._bases = set(self.gone), set(self._bases)
        copy.fresh, copy.stored, copy.urls = self.fresh, self.stored, list(self.urls)
        return copy

    def graph(self, evidence: str = EVIDENCES[0]) -> Graph:
        """The lineage of the rows at hand, by one of EVIDENCES."""
        return Graph(self.rows.values(), self._sources.registry, evidence)

    def coverage(self) -> Coverage:
        """The bases looked up of those that the rows at hand name."""
        looked_up = len(self._bases) - len(self._wanted)
        return Coverage(looked_up, len(self._bases), "bases looked up")

    def left(self) -> list[str]:
        """The bases still to look up, the most named first."""
        ranked = sorted(self._wanted.items(), key=lambda item: (-item[1][1], item[0]))
        return [name for _, (name, _) in ranked]

    def steps(self) -> Iterable[Step]:
        """See CallPlan."""
        return [Step("base", name) for name in self.left()]

    def estimate(self) -> int:
        """See CallPlan."""
        return len(self._wanted)

    def refuse(self, step: Step, problem: Problem) -> None:
        """See CallPlan. A base that is refused stays a name without a row."""
        if isinstance(problem, NotFound):
            self._note(step.name, "", _GONE)
        self._settle(step.name, None)

    async def make(self, step: Step, lane: str) -> None:
        """See CallPlan."""
        from tui.hub.endpoints import ROW_FIELDS

        hub = await self._sources.hub()
        answer = await hub.detail("model", step.name, lane, ROW_FIELDS["model"])
        repo = answer.value.repo
        if not self._sources.bundled:
            self._sources.store.cache.put_repos([repo], self._sources.who, answer.fetched_at)
        if repo.id.lower() != step.name.lower():
            self._note(step.name, repo.id, _MOVED)
        self.fresh += 1
        self.urls.append(answer.url)
        self._settle(step.name, repo)
        self._climb()

    def _note(self, name: str, place: str, status: int) -> None:
        if not self._sources.bundled:
            now = self._sources.now()
            self._sources.store.cache.put_body(_key(name), "", place, now, status=status)

    def _add(self, name: str, repo: Repo) -> None:
        """File a row, and the bases it names among those to look up."""
        # by the Hub's own number the two names of a moved repo are one node of the graph
        self.rows[name.lower()] = (
            repo if name.lower() == repo.id.lower() else repo._replace(id=name)
        )
        self._wanted.pop(name.lower(), None)
        for edge in parents_of(repo, self._sources.registry):
            key = edge.parent.lower()
            if key not in self.rows and key not in self.gone and valid_id(edge.parent):
                self._bases.add(key)
                self._wanted[key] = (edge.parent, self._wanted.get(key, ("", 0))[1] + 1)

    def _settle(self, name: str, repo: Repo | None) -> None:
        """A base is known: its row, or that there is none."""
        self._wanted.pop(name.lower(), None)
        if repo is None:
            self.gone.add(name.lower())
            return
        if repo.id.lower() not in self.rows:
            self._add(repo.id, repo)
        if name.lower() != repo.id.lower() and repo.hub_id:
            self._add(name, repo)

    def _climb(self) -> None:
        """Take from the store what it has of the bases, level by level; each is looked for once."""
        while fresh := self._wanted.keys() - self._looked:
            self._looked |= fresh
            names = [self._wanted[key][0] for key in sorted(fresh)]
            cache, who = self._sources.store.cache, self._sources.who
            rows = dict(zip(names, cache.rows("model", names, who)))
            bare = [name for name in names if rows[name] is None]
            notes = cache.bodies(map(_key, bare), "")
            for name in names:
                if name.lower() in self._wanted:  # not settled by another of its names
                    self._look(name, rows[name], notes.get(_key(name)))

    def _look(self, name: str, row: Repo | None, note: "Body | None") -> None:
        if note is not None and note.status == _MOVED:
            moved = self._sources.store.cache.repo("model", note.text, self._sources.who)
            row = moved[0] if moved else None
        elif note is not None and self._sources.now() - note.fetched_at < GONE_AGE:
            self._settle(name, None)
        elif row is None and self._sources.may_count:
            self._look_in_census(name)
        if row is not None:
            self.stored += 1
            self._settle(name, row)

    def _look_in_census(self, name: str) -> None:
        """A base that a census knows by name alone had no row; what is newer it does not know."""
        from tui.ask.census.held import held

        counted = held(self._sources)
        if counted is not None and counted.census.find(name) is not None:
            self.stored += 1
            self._settle(name, counted.row(name))


def _key(name: str) -> str:
    return f"place of {name.lower()}"
