"""The evaluation results that a model's repo states."""

from collections.abc import Iterator, Sequence
from typing import Protocol

from tui.analysis.repo.evals import ordered
from tui.model import Detail, Eval, View
from tui.output import json
from tui.output.forms import Context, Output
from tui.render import evals as drawn
from tui.render.spans import plain_lines


class Card(Protocol):
    """What is known of one repo, as the ask hands it out."""

    id: str
    detail: Detail | None


def output(view: View[Card], context: Context, sort: str, *, reverse: bool = False) -> Output:
    """The results in the order of ``sort``, one of ``tui.analysis.repo.evals.SORTS``."""
    card = view.value
    evals = ordered(card.detail.evals if card.detail else (), sort, reverse)
    body = {"id": card.id, "sort": sort, "evals": [result._asdict() for result in evals]}
    return Output(
        body=json.envelope(context, view, body),
        heads=Eval._fields,
        rows=evals,
        text=_text(card.id, evals, context.width),
        ids=[card.id],
        caption=drawn.NOTE,
    )


def _text(repo_id: str, evals: Sequence[Eval], width: int) -> Iterator[str]:
    yield repo_id
    yield from plain_lines(drawn.lines(evals, width))
