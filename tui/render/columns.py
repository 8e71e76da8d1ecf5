"""The columns that a view can show: those of the program, or the reader's own in his order."""

from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

from tui.render.table import Column

ADDED = 1  # what the reader adds outlives all that the program shows of itself, where room is short
CHOSEN = "▸"
SORTED = ("▾", "▴"), ("▿", "▵")  # of the first order and of the next: downwards, upwards


class Catalogue(NamedTuple):
    """What a view can show. ``columns`` by name; ``usual`` is what it shows of itself."""

    view: str  # its name in the settings
    columns: Mapping[str, Column]
    usual: tuple[str, ...]
    always: str  # the column that is never hidden
    words: Mapping[str, str]  # by name, what the column is
    others: Mapping[str, str] = {}  # other spellings of names

    def name(self, written: str) -> str | None:
        """The name of the column that is meant; None where there is none."""
        name = self.others.get(written, written)
        return name if name in self.columns else None

    def known(self, written: Iterable[str]) -> tuple[str, ...]:
        """The names among what is written, each once, with the column that is always there."""
        names = tuple(dict.fromkeys(filter(None, map(self.name, written))))
        return names if self.always in names else (self.always, *names)

    def chosen(self, names: Sequence[str], under_cursor: str = "") -> list[Column]:
        """The columns of ``names``. The one under the column cursor is never dropped."""
        columns = []
        for name in names:
            column = self.columns[name]
            if column.priority and name not in self.usual:
                column = column._replace(priority=ADDED)
            columns.append(column._replace(priority=0) if name == under_cursor else column)
        return columns


def marks(under_cursor: str, sorted_by: Mapping[str, str]) -> dict[str, str]:
    """The signs before the heads, by column: the column cursor, the orders."""
    signs = dict(sorted_by)
    if under_cursor:
        signs[under_cursor] = CHOSEN + signs.get(under_cursor, "")
    return signs


def fault(catalogue: Catalogue, written: Sequence[str]) -> str:
    """What is wrong with a list of names in the settings; "" where it can be used."""
    good = ", ".join(catalogue.columns)
    for word in written:
        if catalogue.name(word) is None:
            from tui.analysis.query.nearest import did_you_mean

            hint = did_you_mean(word, [*catalogue.columns, *catalogue.others])
            sentence = f"no column {word!r} in {catalogue.view}, use {good}"
            return f"{sentence}; {hint}" if hint else sentence
    names = [catalogue.name(word) for word in written]
    twice = next((word for word, name in zip(written, names) if names.count(name) > 1), None)
    if twice is not None:
        return f"the column {twice!r} stands twice in {catalogue.view}"
    return "" if written else f"{catalogue.view} names no column, use {good}"


def catalogues() -> dict[str, Catalogue]:
    """Every view whose columns can be chosen, by its name in the settings."""
    from tui.render import families, list_columns, saved

    every = [*map(list_columns.catalogue, list_columns.VIEWS), families.CATALOGUE, saved.CATALOGUE]
    return {catalogue.view: catalogue for catalogue in every}
