"""Rows of a list in groups: by licence, origin, task or family."""

from collections import Counter
from collections.abc import Callable, Iterable
from typing import NamedTuple

from tui.analysis.lineage.edges import parents_of
from tui.analysis.registry.registry import UNKNOWN, Registry
from tui.analysis.repo.licences import plain
from tui.model import Row

GROUPS = ("license", "origin", "task", "family")


class Group(NamedTuple):
    """``rows`` many rows, and their ``share`` of all rows; ``??`` is what is not known."""

    name: str
    rows: int
    share: float


def group(rows: Iterable[Row], by: str, registry: Registry) -> list[Group]:
    """Every row in one group; the largest first, then by name, what is not known last.

    ``by`` is one of GROUPS. A repo under several licences, of several origins or families is
    counted once, under all of them joined by ``+``.
    """
    name = _NAMES[by]
    counts = Counter(name(row, registry) for row in rows)
    total = counts.total()
    ranked = sorted(counts.items(), key=lambda entry: (entry[0] == UNKNOWN, -entry[1], entry[0]))
    return [Group(name, count, count / total) for name, count in ranked]


def _license(row: Row, registry: Registry) -> str:
    named = {plain(part) for part in (row.repo.license or "").split(",")} - {""}
    return "+".join(sorted(named)) or UNKNOWN


def _origin(row: Row, registry: Registry) -> str:
    return row.origin


def _task(row: Row, registry: Registry) -> str:
    return row.repo.task or UNKNOWN


def family(row: Row, registry: Registry) -> str:
    """The key of the family that the repo is of, or that it is built on; ``??``: not known."""
    own = registry.family_of(row.repo.id)
    above = [registry.family_of(edge.parent) for edge in parents_of(row.repo)]
    families = [own] if own else above
    return "+".join(sorted({family.key for family in families if family})) or UNKNOWN


_NAMES: dict[str, Callable[[Row, Registry], str]] = {
    "license": _license,
    "origin": _origin,
    "task": _task,
    "family": family,
}
