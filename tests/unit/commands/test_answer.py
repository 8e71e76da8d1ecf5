"""How a command gets its one view: the last of a stream, and nothing is done with its rows."""

from argparse import Namespace
from collections.abc import AsyncIterator

from tui.commands import _answer as answer
from tui.model import View
from tui.opening import open_sources


class Row:
    """A row that knows how often it was spelled out."""

    spelled = 0

    def __repr__(self) -> str:
        Row.spelled += 1
        return "a row"


async def stream() -> AsyncIterator[View]:
    yield View(rows=(), source="cache", as_of=None)
    yield View(rows=(Row(), Row()), source="hub", as_of=1.0)


def test_the_last_view_is_handed_on_without_a_look_at_its_rows() -> None:
    sources = open_sources(Namespace(sample=False, offline=False))
    args = Namespace(partial=False, wait=False)
    view = answer.answer(args, sources, lambda: None, stream)
    assert (len(view.rows), view.source) == (2, "hub")
    assert Row.spelled == 0
    sources.shut()
