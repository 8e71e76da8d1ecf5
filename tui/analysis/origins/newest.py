"""The newest repos as a sample: which of them a share of new derivatives counts."""

from collections.abc import Container, Iterable
from typing import NamedTuple

from tui.analysis.lineage import by_name
from tui.analysis.lineage.edges import parents_of
from tui.analysis.lineage.graph import Graph
from tui.analysis.origins.origins import groups
from tui.analysis.registry.registry import Registry, author_of
from tui.model import Repo
from tui.model.lens import EVIDENCES
from tui.model.when import iso

DAYS = 7 * 86400.0
SETTLING = 6 * 3600.0  # cards, and with them bases, come later than repos


class Newest(NamedTuple):
    """The rows that count, and how many of the window's rows do not, by reason."""

    rows: tuple[Repo, ...]
    without_base: int
    first_party: int  # uploaded by an organisation of one of the root families
    other_relation: int
    window: tuple[str, str]  # ISO 8601, both ends included


def newest(
    rows: Iterable[Repo],
    as_of: float,
    graph: Graph,
    registry: Registry,
    relations: Container[str] = ("finetune",),
    span: float = DAYS,
    evidence: str = EVIDENCES[0],
) -> Newest:
    """The new derivatives of ``rows`` created in the ``span`` seconds before ``as_of``.

    The newest six hours are dropped. ``graph`` gives the roots for the first-party test. With the
    evidence ``named`` a row that declares no base counts where its name places it, by the
    relation that its name suggests.
    """
    window = (iso(as_of - span), iso(as_of - SETTLING))
    orgs = {family.key: registry.orgs(family) for family in registry.families}
    counted: list[Repo] = []
    without_base = first_party = other_relation = 0
    for row in rows:
        if not row.created_at or not window[0][:19] <= row.created_at[:19] <= window[1][:19]:
            continue
        kinds = {edge.relation for edge in parents_of(row, registry) if edge.parent != row.id}
        if not kinds and evidence != EVIDENCES[0] and by_name.place(row.id, registry):
            kinds = {by_name.relation(row.id)}
        if not kinds:
            without_base += 1
        elif not any(relation in relations for relation in kinds):
            other_relation += 1
        elif any(
            _author(row) in orgs.get(group.family or "", ())
            for group in groups(row.id, registry, graph, evidence)
        ):
            first_party += 1
        else:
            counted.append(row)
    return Newest(tuple(counted), without_base, first_party, other_relation, window)


def _author(row: Repo) -> str:
    return (row.author or author_of(row.id)).lower()
