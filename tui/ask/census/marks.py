"""The mark of every node of a census: family, roots, origins; and the rows alike by month."""

from array import array
from collections import Counter
from collections.abc import Iterator, Sequence
from typing import Any

from tui.analysis.census.labs import NearestLabs
from tui.analysis.census.who import Groups
from tui.analysis.lineage.roots import Roots
from tui.ask.census.nodes import Nodes


class Marks:
    """The line of each node, and the root sets that the lines name, numbered as they come."""

    def __init__(
        self,
        nodes: Nodes,
        roots: Roots,
        labs: NearestLabs,
        groups: Groups,
        orgs: dict[int, set[int]],
    ) -> None:
        self._nodes = nodes
        self._roots = roots
        self._groups = groups
        self._orgs = orgs
        self._named = array("i")  # the sets that lines name, in the order of their names from 1 on
        self._names = array("i", bytes(4 * len(nodes)))  # of the sets of one root: there are most
        self._united: dict[int, int] = {}  # of all others
        self._lab_mixes = [groups.mix_of_labs(near) if near else 0 for near in labs.sets]
        self._labs = labs
        self._sets: dict[int, tuple[int, tuple[int, ...]]] = {}
        self._months: Counter[tuple[int, ...]] = Counter()

    def lines(self, kinds: Sequence[int]) -> Iterator[tuple[int, ...]]:
        """A line for each node, in the order of their numbers; ``kinds`` are its relations."""
        nodes, of, orgs, months = self._nodes, self._roots.of, self._orgs, self._months
        lab_mixes, labs = self._lab_mixes, self._labs.of
        mix_of, rows = self._groups.mix_of_group, nodes.rows
        columns = zip(nodes.family, nodes.group, nodes.author, nodes.uploader, nodes.llm)
        for at, (own, group, author, uploader, llm) in enumerate(columns):
            number = of[at]
            if number == at:
                name, mix, first = 0, mix_of(group), own and author in orgs[own]
            else:
                mix, families = self._of_set(number)
                name = self._name(number)
                first = any(author in orgs[family] for family in families)
            facts = (mix, lab_mixes[labs[at]], uploader, kinds[at], 1 if first else 0, llm)
            if at < rows:
                months[nodes.month[at], *facts] += 1
            yield at + 1, own, name, *facts

    def by_month(self) -> Iterator[tuple[Any, ...]]:
        """How many rows of each month are alike, once all lines are made."""
        names = self._nodes.months.names
        lines = [(names[month], *facts) for month, *facts in self._months]
        yield from sorted((*line, count) for line, count in zip(lines, self._months.values()))

    def rootsets(self) -> Iterator[tuple[int, int]]:
        """The members of each root set that a line names."""
        for name, number in enumerate(self._named, 1):
            for root in self._roots.members(number):
                yield name, root + 1

    def _name(self, number: int) -> int:
        """What a root set is called in the lines: a number again, of those that are named."""
        single = number < len(self._names)
        name = self._names[number] if single else self._united.get(number, 0)
        if not name:
            self._named.append(number)
            name = len(self._named)
            if single:
                self._names[number] = name
            else:
                self._united[number] = name
        return name

    def _of_set(self, number: int) -> tuple[int, tuple[int, ...]]:
        """The mix of a root set, and the families of its roots."""
        if number < len(self._nodes):
            family = self._nodes.family[number]
            mix = self._groups.mix_of_group(self._nodes.group[number])
            return mix, (family,) if family else ()
        known = self._sets.get(number)
        if known is None:
            members = self._roots.members(number)
            groups = {self._nodes.group[root]: None for root in members}
            families = {self._nodes.family[root]: None for root in members}
            families.pop(0, None)
            known = self._groups.mix_of_groups(groups), tuple(families)
            self._sets[number] = known
        return known
