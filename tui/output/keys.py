"""The keys as a cheat sheet: columns of short lines, grouped by what one wants to do."""

from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby, zip_longest
from typing import Any, NamedTuple

from tui.model import View
from tui.output import json, md
from tui.output.forms import Context, Output
from tui.render.spans import pad
from tui.render.words import WORDS

_CELLS = 26  # of a column
_KEYS = 10  # cells of it for the keys


class Pressed(NamedTuple):
    """A command with the keys in force."""

    id: str
    keys: list[str]
    label: str
    help: str
    where: str  # the places where it works
    group: str


def output(view: View[Pressed], context: Context) -> Output:
    """The commands in ``view``, and what the words on the screen mean."""
    words = [{"word": word, "meaning": meaning} for word, meaning in WORDS.items()]
    body = {"keys": [row._asdict() for row in view.rows], "words": words}
    return Output(
        body=json.envelope(context, view, body),
        heads=("keys", "label", "what it does", "where", "group", "id"),
        rows=[
            (" ".join(row.keys), row.label, row.help, row.where, row.group, row.id)
            for row in view.rows
        ],
        text=_sheet(view.rows, context.width),
        ids=[row.id for row in view.rows],
        markdown=_markdown(view.rows),
    )


def _sheet(rows: Sequence[Pressed], width: int) -> Iterator[str]:
    blocks = [
        [heading.upper(), *(f"{' '.join(row.keys):<{_KEYS}} {row.label}" for row in group)]
        for heading, group in groupby(rows, lambda row: row.group)
    ]
    columns = _columns(blocks, max(1, width // _CELLS))
    for line in zip_longest(*columns, fillvalue=""):
        yield "".join(pad(text, _CELLS) for text in line).rstrip()
    yield ""
    room = max(map(len, WORDS)) + 1
    for word, meaning in WORDS.items():
        yield f"{word:<{room}}{meaning}"


def _columns(blocks: Sequence[list[str]], count: int) -> list[list[str]]:
    """The blocks in so many columns, in their order and whole, as low as that can be."""
    height = max(map(len, blocks))
    while True:
        columns: list[list[str]] = [[]]
        for block in blocks:
            if columns[-1] and len(columns[-1]) + 1 + len(block) > height:
                columns.append([])
            columns[-1] += ["", *block] if columns[-1] else block
        if len(columns) <= count:
            return columns
        height += 1


def _markdown(rows: Iterable[Pressed]) -> Iterator[str]:
    for heading, group in groupby(rows, lambda row: row.group):
        yield f"### {heading[:1].upper()}{heading[1:]}"
        yield ""
        table: list[tuple[Any, ...]] = [(" ".join(row.keys), row.help, row.where) for row in group]
        yield from md.lines(("keys", "what it does", "where"), table)
        yield ""
    yield "### Words"
    yield ""
    yield from md.lines(("word", "meaning"), list(WORDS.items()))
