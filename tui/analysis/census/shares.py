"""Shares of countries from counted cells: the same rule as for rows, with no row in hand."""

from collections import Counter
from collections.abc import Iterable, Mapping
from typing import NamedTuple

from tui.analysis.census.built import UNSURE, YES
from tui.analysis.origins.origins import Origins, Share
from tui.analysis.registry.registry import UNKNOWN
from tui.model import RELATIONS


class Cell(NamedTuple):
    """``n`` repos that are alike: uploader, weights of their origin, relations of their bases."""

    author: int
    origin: Mapping[str, float]
    kinds: int  # relations as bits; 0: no base is declared
    first: bool  # uploaded by an organisation of a root's family
    llm: int
    n: int


class Placed(NamedTuple):
    """The repos that count, by country, and those that do not, by reason."""

    origins: Origins
    unsure: int  # language models or not, nobody says
    without_base: int
    first_party: int
    other_relation: int
    makers: "Counter[int]"


def place(cells: Iterable[Cell], rule: str, relations: Iterable[str], llm: bool = False) -> Placed:
    """The derivatives by one of ``relations`` among ``cells``, uploader not first-party."""
    bits = sum(1 << RELATIONS.index(relation) for relation in relations)
    makers: Counter[int] = Counter()
    totals: dict[str, float] = {}
    unsure = bare = own = other = 0
    for cell in cells:
        if not cell.kinds:
            bare += cell.n
        elif not cell.kinds & bits:
            other += cell.n
        elif cell.first:
            own += cell.n
        elif llm and cell.llm == UNSURE:
            unsure += cell.n
        elif not llm or cell.llm == YES:
            makers[cell.author] += cell.n
            for country, weight in cell.origin.items():
                totals[country] = totals.get(country, 0.0) + weight * cell.n
    return Placed(origins(totals, rule, makers), unsure, bare, own, other, makers)


def origins(totals: Mapping[str, float], rule: str, makers: "Counter[int]") -> Origins:
    """The shares of weights that sum to the number of repos, ``??`` last."""
    n = sum(makers.values())
    unknown = totals.get(UNKNOWN, 0.0)
    known = sorted((item for item in totals.items() if item[0] != UNKNOWN), key=_heaviest)
    counted = [
        Share(country, weight, weight / (n - unknown), (weight / n, (weight + unknown) / n))
        for country, weight in known
    ]
    if unknown:
        counted.append(Share(UNKNOWN, unknown, unknown / n, None))
    most = max(makers.values(), default=0)
    return Origins(
        tuple(counted),
        rule,
        n,
        unknown / n if n else 0.0,
        len(makers),
        most / n if n else 0.0,
    )


def _heaviest(item: tuple[str, float]) -> tuple[float, str]:
    return -item[1], item[0]
