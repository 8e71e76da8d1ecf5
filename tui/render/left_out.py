"""What a list does not hold, in words: where it was cut, and the rows that lack a fact."""

from collections.abc import Mapping
from typing import Any

from tui.model import View
from tui.render import cells


def cut(view: View[Any], shown: int) -> str:
    """``30 of more; --limit 0 for all``, or how far the list was looked through.

    ``shown`` rows of the view's are printed. "" for a whole list.
    """
    if shown < len(view.rows) or (view.more and view.complete):
        return f"{shown:,} of more; --limit 0 for all"
    if view.more:
        calls = len(view.requests)
        in_calls = f" in {cells.calls(calls)}; --max-calls N looks further"
        return f"{shown:,} found so far, {view.looked or 0:,} rows looked through" + (
            in_calls if calls else "; the stored rows end here"
        )
    return ""


def over(view: View[Any]) -> str:
    """Over which rows an order of our own is, where the Hub has more; "" where it is over all."""
    if not (view.query.at_hand and view.more):
        return ""
    listed = f"the Hub's first {view.looked:,} rows" if view.looked else "the rows at hand"
    return f"ordered over {listed}; --limit 0 looks through all"


def reasons(left_out: Mapping[str, int | None]) -> list[str]:
    """``12 left out, params: no count is recorded``; a reason without a number alone."""
    return [
        why if count is None else f"{count:,} left out, {why}" for why, count in left_out.items()
    ]
