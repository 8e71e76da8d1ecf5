"""Evaluation results in an order that a reader asks for."""

from collections.abc import Iterable

from tui.model import Eval

SORTS = ("dataset", "task", "metric", "value", "verified", "source", "date")
_GREATEST_FIRST = ("value", "verified", "date")


def ordered(evals: Iterable[Eval], sort: str, reverse: bool = False) -> tuple[Eval, ...]:
    """``evals`` by one of SORTS; what lacks the field comes last, whichever way round.

    Values and dates go from the greatest, verified ones come first, text goes from A. Values that
    are text follow those that are numbers. Values of different metrics are no contest.
    """
    known: list[Eval] = []
    lacking: list[Eval] = []
    for result in evals:
        (lacking if getattr(result, sort) is None else known).append(result)
    downwards = (sort in _GREATEST_FIRST) != reverse
    known.sort(key=lambda result: _key(getattr(result, sort), downwards), reverse=downwards)
    return (*known, *lacking)


def _key(value: object, downwards: bool) -> tuple[bool, float, str]:
    """Numbers before text in either direction."""
    if isinstance(value, int | float):
        return downwards, float(value), ""
    return not downwards, 0.0, str(value).lower()
