"""Evaluation results as lines of a table."""

from collections.abc import Callable, Sequence
from typing import Any

from tui.model import Eval
from tui.render import cells, table
from tui.render.spans import Line
from tui.render.table import Column

NOTE = "self-reported: stated by the repo; verified: marked so by the Hub"


def columns() -> list[Column]:
    """The columns of a table of Eval."""
    return [
        _column("dataset", 16, lambda result, now: result.dataset)._replace(
            elastic=True, role="id"
        ),
        _column("task", 16, lambda result, now: _text(result.task), 3),
        _column("metric", 14, lambda result, now: _text(result.metric), 2),
        _column("value", 9, lambda result, now: value(result.value))._replace(right=True),
        _column("by", 13, lambda result, now: standing(result)),
        _column("source", 20, lambda result, now: _text(result.source), 4),
        _column("date", 10, lambda result, now: _text(result.date)[:10], 1),
    ]


def lines(evals: Sequence[Eval], width: int) -> list[Line]:
    """The results under their heads, and what their standing means."""
    if not evals:
        return [(("no evaluation is recorded", "muted"),)]
    plan = table.layout(columns(), width)
    rows = [table.header(plan), *(table.row(plan, result, 0.0) for result in evals)]
    return [*rows, ((NOTE, "muted"),)]


def standing(result: Eval) -> str:
    """Who answers for the figure."""
    return "verified" if result.verified else "self-reported"


def value(figure: float | str | None) -> str:
    """A figure as it was stated, at most six digits."""
    if figure is None:
        return cells.UNKNOWN
    return figure if isinstance(figure, str) else f"{figure:.6g}"


def _column(key: str, cells: int, cell: Callable[[Any, float], str], priority: int = 0) -> Column:
    return Column(key, key, cells, cell, priority, right=False)


def _text(text: str | None) -> str:
    return text or cells.UNKNOWN
