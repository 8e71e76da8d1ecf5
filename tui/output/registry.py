"""The registry: which repos are whose."""

from collections.abc import Iterator
from typing import Any

from tui.analysis.registry.registry import Family
from tui.model import View
from tui.output import json
from tui.output.forms import Cell, Context, Output
from tui.render.spans import pad

_HEADS = ("key", "label", "home", "orgs", "pattern", "source")


def output(view: View[Family], context: Context, version: str) -> Output:
    """The families of ``view``, the reader's own first; ``version`` is that of the registry."""
    families = view.rows
    rows: list[list[Any]] = [[getattr(family, head) for head in _HEADS] for family in families]
    cells: list[list[Cell]] = [
        [" ".join(part) if isinstance(part, tuple) else part for part in row] for row in rows
    ]
    return Output(
        body=json.envelope(context, view, {"families": [dict(zip(_HEADS, row)) for row in rows]}),
        heads=_HEADS,
        rows=cells,
        text=_text(cells),
        ids=[family.key for family in families],
        caption="The first row whose orgs hold the author and whose pattern fits the id owns a "
        f"repo. Registry {version}.",
    )


def _text(cells: list[list[Cell]]) -> Iterator[str]:
    for key, label, home, orgs, *_ in cells:
        yield f"{pad(str(key), 20)}{home:<4}{pad(str(label), 28)}{orgs}"
