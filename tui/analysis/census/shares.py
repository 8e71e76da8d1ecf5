"""Shares of countries from counted cells: the same rule as for rows, without the rows."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

from tui.analysis.census.built import UNSURE, YES
from tui.analysis.origins.origins import Origins, Share
from tui.analysis.registry.registry import UNKNOWN
from tui.model import RELATIONS


class Cell(NamedTuple):
    """``n`` repos that are alike: relations of their bases, and the weights of their origin."""

    kinds: int  # relations as bits; 0: no base is declared
    first: bool  # uploaded by an organisation of a root's family
    llm: int
    n: int
    origin: Mapping[str, float] = {}


class Crew(NamedTuple):
    """``alike`` authors who uploaded the like, ``author`` the first of them by number."""

    alike: int
    author: int
    cells: Sequence[Cell]


class Makers(NamedTuple):
    """Who made ``n`` repos: how many authors, the one with the most, and how many those are."""

    n: int
    authors: int
    author: int
    most: int

    @classmethod
    def counted(cls, by_author: "Counter[int]") -> "Makers":
        """From the number of each author's repos."""
        author, most = next(iter(by_author.most_common(1)), (0, 0))
        return cls(sum(by_author.values()), len(by_author), author, most)


class Placed(NamedTuple):
    """The repos that count, by country, and those that do not, by reason."""

    origins: Origins
    unsure: int  # neither name nor task tells whether they are language models
    without_base: int
    first_party: int
    other_relation: int
    makers: Makers


def place(
    cells: Iterable[Cell],
    crews: Iterable[Crew],
    rule: str,
    relations: Iterable[str],
    llm: bool = False,
) -> Placed:
    """The derivatives by one of ``relations`` among ``cells``, uploader not first-party.

    ``crews`` are the uploaders of the same repos.
    """
    bits = sum(1 << RELATIONS.index(relation) for relation in relations)
    totals: dict[str, float] = {}
    by_reason = Counter[str]()
    for cell in cells:
        why = _left_out(cell, bits, llm)
        by_reason[why] += cell.n
        if not why:
            for country, weight in cell.origin.items():
                totals[country] = totals.get(country, 0.0) + weight * cell.n
    authors = most = author = 0
    for crew in crews:
        count = sum(cell.n for cell in crew.cells if not _left_out(cell, bits, llm))
        authors += crew.alike if count else 0
        if count and (count, -crew.author) > (most, -author):
            most, author = count, crew.author
    makers = Makers(by_reason[""], authors, author, most)
    return Placed(
        origins(totals, rule, makers),
        by_reason["unsure"],
        by_reason["bare"],
        by_reason["own"],
        by_reason["other"],
        makers,
    )


def _left_out(cell: Cell, bits: int, llm: bool) -> str:
    """Why the repos of a cell do not count; "" where they do."""
    if not cell.kinds:
        return "bare"
    if not cell.kinds & bits:
        return "other"
    if cell.first:
        return "own"
    if llm and cell.llm != YES:
        return "unsure" if cell.llm == UNSURE else "no language model"
    return ""


def origins(totals: Mapping[str, float], rule: str, makers: Makers) -> Origins:
    """The shares of weights that sum to the number of repos, ``??`` last."""
    n = makers.n
    unknown = totals.get(UNKNOWN, 0.0)
    known = sorted((item for item in totals.items() if item[0] != UNKNOWN), key=_heaviest)
    counted = [
        Share(country, weight, weight / (n - unknown), (weight / n, (weight + unknown) / n))
        for country, weight in known
    ]
    if unknown:
        counted.append(Share(UNKNOWN, unknown, unknown / n, None))
    return Origins(
        tuple(counted),
        rule,
        n,
        unknown / n if n else 0.0,
        makers.authors,
        makers.most / n if n else 0.0,
    )


def _heaviest(item: tuple[str, float]) -> tuple[float, str]:
    return -item[1], item[0]
