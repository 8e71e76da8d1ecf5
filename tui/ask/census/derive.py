"""Root sets, families, origins and totals of a census: pure rules over the numbers of its file."""

from array import array
from collections.abc import Iterator, Sequence
from functools import cache

from tui.analysis.census.arrays import Lineage
from tui.analysis.census.built import NO, UNSURE, YES, by_child, direct, family_tops, walked
from tui.analysis.census.labs import NearestLabs
from tui.analysis.census.who import Groups
from tui.analysis.families.own_figures import MONTH
from tui.analysis.families.subject import ALIVE_DOWNLOADS, ALIVE_LIKES, is_llm_named
from tui.analysis.lineage.roots import Roots
from tui.analysis.origins.newest import DAYS, SETTLING
from tui.analysis.registry.registry import Registry
from tui.store.census.making import Draft
from tui.store.census.totals import take_beneath, take_totals

_LLM = {False: NO, True: YES, None: UNSURE}
_EDGES = "SELECT child - 1, parent - 1, relation FROM edge ORDER BY child, place"


class _Nodes:
    """What is known of each node by its number less one: rows first, ghosts behind."""

    def __init__(self, draft: Draft, groups: Groups) -> None:
        self.family, self.llm = array("H"), array("b")
        self.author, self.group = array("i"), array("i")
        self.uploader = array("H")
        self.labs: list[tuple[int, int]] = []
        self.rows = 0
        for repo_id, author, number, task in draft.nodes():
            whose = groups.whose(repo_id, author, number)
            if whose.lab:
                self.labs.append((len(self.family), whose.lab))
            self.family.append(whose.family)
            self.group.append(whose.group)
            self.author.append(number)
            self.uploader.append(whose.uploader)
            self.llm.append(_LLM[is_llm_named(repo_id.rpartition("/")[2], task)])


def derive(draft: Draft, registry: Registry, rows: int, as_of: float) -> None:
    """Write all that follows from the rows and edges of ``draft`` by the rules of ``registry``."""
    groups = Groups(registry)
    nodes = _Nodes(draft, groups)
    nodes.rows = rows
    lineage = Lineage(len(nodes.family), draft.rows(_EDGES))
    roots = Roots(lineage.count, lineage.above, lineage.children, draft.age)
    labs = NearestLabs(lineage, nodes.labs)
    orgs = _orgs(draft, groups)
    draft.many(
        "INSERT INTO family VALUES (?, ?)",
        [(at, family.key) for at, family in enumerate(groups.families, 1)],
    )
    draft.many("INSERT INTO built VALUES (?, ?, ?, ?, ?, ?, ?)", _built(draft, nodes, roots))
    marks = _Marks(nodes, roots, labs, groups, orgs)
    draft.many("INSERT INTO mark VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)", marks.lines(draft))
    draft.many("INSERT INTO rootset VALUES (?, ?)", marks.rootsets())
    take_beneath(draft)
    draft.many("INSERT INTO mix VALUES (?, ?, ?)", _mixes(groups))
    draft.many(
        "INSERT INTO loop VALUES (?, ?)",
        [
            (at + 1, " ".join(str(member + 1) for member in members))
            for at, members in sorted(roots.cycles.items())
        ],
    )
    draft.many("INSERT INTO org VALUES (?, ?)", [(f, a) for f in orgs for a in sorted(orgs[f])])
    take_totals(
        draft,
        alive=(ALIVE_LIKES, ALIVE_DOWNLOADS),
        month=int(as_of - MONTH),
        week=(int(as_of - DAYS), int(as_of - SETTLING)),
    )


def _orgs(draft: Draft, groups: Groups) -> dict[int, set[int]]:
    """The authors, by number, whose uploads are the first party's, by family."""
    return {
        at: {number for org in family.orgs if (number := draft.author_of(org))}
        for at, family in enumerate(groups.families, 1)
    }


def _built(
    draft: Draft, nodes: _Nodes, roots: Roots
) -> Iterator[tuple[int, int, int, int, int, int, int]]:
    """A line for each family that a repo is built on, by its bases and by its roots."""

    @cache
    def tops_of(number: int) -> Sequence[tuple[int, int]]:
        return family_tops(roots.members(number), nodes.family, nodes.llm)

    @cache
    def parts_of(number: int) -> int:
        return len({nodes.group[root] for root in roots.members(number)})

    for child, edges in by_child(draft.rows(_EDGES)):
        if child >= nodes.rows:
            break
        by_bases = direct(edges, nodes.family, nodes.llm, nodes.rows)
        if by_bases:
            parts = len({nodes.group[parent] for parent, _ in edges})
            for family, into in sorted(by_bases.items()):
                yield family, 0, child + 1, *into, parts
        by_roots = walked(
            child,
            edges,
            lambda parent: tops_of(roots.of[parent]),
            lambda parent, child=child: roots.of[parent] == child,  # type: ignore[misc]
        )
        for family, into in sorted(by_roots.items()):
            yield family, 1, child + 1, *into, parts_of(roots.of[child])


class _Marks:
    """The line of each node, and the root sets that the lines name, numbered as they come."""

    def __init__(
        self,
        nodes: _Nodes,
        roots: Roots,
        labs: NearestLabs,
        groups: Groups,
        orgs: dict[int, set[int]],
    ) -> None:
        self._nodes = nodes
        self._roots = roots
        self._groups = groups
        self._orgs = orgs
        self._numbers: dict[int, int] = {}
        self._lab_mixes = [groups.mix_of_labs(nearest) if nearest else 0 for nearest in labs.sets]
        self._labs = labs
        self._mixes: dict[int, tuple[int, tuple[int, ...]]] = {}

    def lines(self, draft: Draft) -> Iterator[tuple[int, ...]]:
        """A line for each node, in the order of their numbers."""
        nodes, roots = self._nodes, self._roots
        kinds = draft.kinds()
        ahead = next(kinds, (0, 0))
        for at in range(len(nodes.family)):
            kind = 0
            if ahead[0] == at + 1:
                kind = ahead[1]
                ahead = next(kinds, (0, 0))
            number = roots.of[at]
            if number == at:
                own = nodes.family[at]
                families: tuple[int, ...] = (own,) if own else ()
                name, mix = 0, self._groups.mix_of_group(nodes.group[at])
            else:
                mix, families = self._of_set(number)
                name = self._numbers.setdefault(number, len(self._numbers) + 1)
            author = nodes.author[at]
            first = any(author in self._orgs[family] for family in families)
            yield (
                at + 1, nodes.family[at], name, mix, self._lab_mixes[self._labs.of[at]],
                nodes.uploader[at], kind, int(first), nodes.llm[at],
            )  # fmt: skip

    def rootsets(self) -> Iterator[tuple[int, int]]:
        """The members of each root set that a line names."""
        for number, name in self._numbers.items():
            for root in self._roots.members(number):
                yield name, root + 1

    def _of_set(self, number: int) -> tuple[int, tuple[int, ...]]:
        """The mix of a root set, and the families of its roots."""
        known = self._mixes.get(number)
        if known is None:
            members = self._roots.members(number)
            groups = {self._nodes.group[root]: None for root in members}
            families = {self._nodes.family[root]: None for root in members}
            families.pop(0, None)
            known = self._groups.mix_of_groups(groups), tuple(families)
            self._mixes[number] = known
        return known


def _mixes(groups: Groups) -> Iterator[tuple[int, str, float]]:
    for number, weights in enumerate(groups.mixes):
        for origin, weight in sorted(weights.items()):
            yield number, origin, weight
