"""The rows that terms leave of a list, and how many are left out because they lack a fact."""

from collections import Counter
from collections.abc import Iterable
from typing import NamedTuple

from tui.analysis.query.tags import has_tag
from tui.analysis.query.terms import Answer, Context, answer, lacking, tokens
from tui.model import Query, Repo, Term


class Choice(NamedTuple):
    """``kept`` holds the places of the rows that satisfy the terms, in their order.

    ``left_out`` counts, by what they lack, the rows that no term surely refuses and that lack the
    fact for at least one; for several the first counts.
    """

    kept: tuple[int, ...]
    left_out: dict[str, int]


def choose(rows: Iterable[Repo], query: Query, context: Context) -> Choice:
    """What the terms and the tags of ``query`` leave. Raises BadInput as terms do."""
    asked = _questions(query, context)
    kept: list[int] = []
    left: Counter[str] = Counter()
    for place, row in enumerate(rows):
        lacks: Term | None = None
        for term, question in asked:
            said = question(row)
            if said is None:
                lacks = lacks or term
            elif not said:
                break
        else:
            if lacks is None:
                kept.append(place)
            else:
                left[lacking(lacks, row)] += 1
    return Choice(tuple(kept), dict(left))


def _questions(query: Query, context: Context) -> list[tuple[Term, Answer]]:
    tagged: list[tuple[Term, Answer]] = [
        (Term("tag", tag), has_tag(tag, context.registry)) for tag in query.filters
    ]
    context = context._replace(tokens=tokens(query.terms))
    return tagged + [(term, answer(term, context)) for term in query.terms]
