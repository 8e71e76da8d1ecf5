"""The figures of a family from the totals of a census: the same names, exact, and walked too."""

from collections.abc import Mapping
from typing import NamedTuple

from tui.analysis.families.derivative_measures import COUNTED, LISTED, derivative_measures
from tui.analysis.families.own_figures import own_measures
from tui.analysis.families.subject import Fetched, Subject
from tui.analysis.lineage.roots import ROOT_CAP
from tui.analysis.registry.registry import Registry
from tui.model import RELATIONS, Lens, Measure

DERIVATIVES = (*COUNTED, *LISTED)
_DECLARES = "that declare an own repo as base"
_DESCENDS = (
    f"that descend from an own root over any number of bases ({ROOT_CAP} roots of each at most)"
)


class Counted(NamedTuple):
    """Repos that count and that may count, whole and in parts, with who made them."""

    sure: int
    unsure: int
    sure_parts: float
    unsure_parts: float
    authors: int
    all_authors: int
    most: int


def answers(lens: Lens) -> bool:
    """Say whether a census has counted by this lens: it knows the bases that are declared."""
    return getattr(lens, "evidence", "declared") == "declared"


def relation_bits(name: str, lens: Lens) -> int:
    """The relations that the figure ``name`` counts, as bits in the order of RELATIONS."""
    suffix = name.removeprefix("derivatives_")
    relations = (suffix,) if suffix in RELATIONS else lens.relations
    return sum(1 << RELATIONS.index(relation) for relation in relations)


def test_of(name: str) -> str:
    """The test that a derivative has to pass to count for the figure; "" for none."""
    return {"derivatives_alive": "alive", "new_derivatives_30d": "fresh"}.get(name, "")


def figures(
    subject: Subject,
    own: Fetched,
    lens: Lens,
    counted: Mapping[str, Counted],
    registry: Registry,
    command: str,
) -> dict[str, Measure]:
    """Every figure of a family; ``own`` are its own repos, ``counted`` is by derivative figure.

    ``command`` gives the figure again.
    """
    measures = own_measures(subject, own, lens, registry)
    blank = derivative_measures(
        subject, own._replace(listed=None), lens._replace(walk="direct"), registry
    )
    for name in DERIVATIVES:
        measures[name] = _figure(name, blank[name]._replace(lens=lens), counted[name], lens)
    return {name: figure._replace(requests=(command,)) for name, figure in measures.items()}


def _figure(name: str, blank: Measure, counted: Counted, lens: Lens) -> Measure:
    if name == "derivative_authors":
        value, more = float(counted.authors), float(counted.all_authors)
    elif lens.credit == "multi":
        value, more = float(counted.sure), float(counted.sure + counted.unsure)
    else:
        value, more = counted.sure_parts, counted.sure_parts + counted.unsure_parts
    every = counted.sure + counted.unsure
    words = blank.definition
    return blank._replace(
        value=value,
        kind="exact",
        definition=words.replace(_DECLARES, _DESCENDS) if lens.walk == "walked" else words,
        bound=(value, more) if counted.unsure else None,
        unknown=counted.unsure / every if every else None,
        n=counted.sure,
        authors=counted.authors,
        top_author_share=counted.most / counted.sure if counted.sure else None,
    )
