"""The rows that terms leave of a list, and how many are left out because they lack a fact."""

from collections import Counter
from collections.abc import Iterable
from typing import NamedTuple

from tui.analysis.query.tags import has_tag
from tui.analysis.query.terms import Answer, Context, answer, lacking, tokens
from tui.model import Query, Repo, Term


class Choice(NamedTuple):
    """``places`` holds the places of the rows that satisfy the terms, in their order.

    ``left_out`` counts, by what they lack, the rows that no term surely refuses and that lack the
    fact for at least one; for several the first counts.
    """

    places: tuple[int, ...]
    left_out: dict[str, int]


def choose(rows: Iterable[Repo], query: Query, context: Context) -> Choice:
    """The rows that satisfy the terms and tags of ``query``. Raises BadInput as terms do."""
    questions = _questions(query, context)
    places: list[int] = []
    left_out: Counter[str] = Counter()
    for place, row in enumerate(rows):
        lacks: Term | None = None
        for term, question in questions:
            satisfied = question(row)
            if satisfied is None:
                lacks = lacks or term
            elif not satisfied:
                break
        else:
            if lacks is None:
                places.append(place)
            else:
                left_out[lacking(lacks, row)] += 1
    return Choice(tuple(places), dict(left_out))


def _questions(query: Query, context: Context) -> list[tuple[Term, Answer]]:
    tagged: list[tuple[Term, Answer]] = [
        (Term("tag", tag), has_tag(tag, context.registry)) for tag in query.filters
    ]
    context = context._replace(tokens=tokens(query.terms))
    return tagged + [(term, answer(term, context)) for term in query.terms]
