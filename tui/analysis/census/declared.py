"""The bases that rows declare, told quickly where a row names one by the Hub's own field."""

from collections.abc import Iterable
from functools import lru_cache

from tui.analysis.lineage import bases
from tui.analysis.lineage.edges import parents_of
from tui.analysis.registry.registry import Registry
from tui.model import RELATIONS, BaseModels, Repo

Named = tuple[int, str, int, int]  # place, base, relation, whether it is guessed
_NUMBERS = {name: at for at, name in enumerate(RELATIONS)}
_UNKNOWN = "unknown"  # of a relation that the tags may know


class Declared:
    """``parents_of`` by ``registry`` as numbers, for rows by the million."""

    def __init__(self, registry: Registry) -> None:
        self._registry = registry
        self._present = lru_cache(maxsize=16_384)(self._read)

    def of_one(self, repo_id: str, relation: str, base: str) -> Iterable[Named]:
        """Of a repo whose field names one base, and which has no tag that names another."""
        number = _NUMBERS.get(relation)
        if number is not None and relation != _UNKNOWN:
            parent, lower = self._present(base)
            own = repo_id.lower()
            if parent and lower != own and lower != self._registry.canonical(own).lower():
                return ((0, parent, number, 0),)
        return self.of(Repo(repo_id, base_models=BaseModels(relation, (base,))))

    def of(self, repo: Repo) -> Iterable[Named]:
        """Of any repo."""
        for at, edge in enumerate(parents_of(repo, self._registry)):
            yield at, edge.parent, _NUMBERS[edge.relation], int(edge.guessed)

    def _read(self, base: str) -> tuple[str, str]:
        """The present id that a base stands for, also in lower case; "" where it names no repo."""
        named = bases.read(base).repo
        parent = self._registry.canonical(named) if named else ""
        return parent, parent.lower()
