"""Which columns to show and in which order; and by which of them the rows are ordered."""

from collections.abc import Callable, Sequence
from typing import ClassVar

from textual.binding import Binding, BindingType

from tui.model.query import TURNED
from tui.render.columns import Catalogue
from tui.render.spans import Line
from tui.screens.chooser import Choice, Chooser

SHOWN = "●"


class ColumnChooser(Chooser):
    """Every column of a view, those shown first. The result is the names to show, in order.

    ``in_sight`` tells which of some names have room at the width there is.
    """

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("space", "show_or_hide", show=False),
        Binding("less_than_sign,H,shift+left,shift+up", "shift(-1)", show=False),
        Binding("greater_than_sign,L,shift+right,shift+down", "shift(1)", show=False),
        Binding("u", "usual", show=False),
    ]

    def __init__(
        self,
        catalogue: Catalogue,
        names: Sequence[str],
        in_sight: Callable[[Sequence[str]], set[str]],
    ) -> None:
        self._catalogue, self._in_sight = catalogue, in_sight
        self._shown = set(names)
        self._order = [*names, *(name for name in catalogue.columns if name not in names)]
        super().__init__(f"Columns · {catalogue.view}", self._lines())

    def _lines(self) -> list[Choice]:
        sight = self._in_sight(self._names())
        return [Choice(name, self._label(name), self._detail(name, sight)) for name in self._order]

    def _label(self, name: str) -> str:
        return f"{SHOWN if name in self._shown else ' '} {name}"

    def _detail(self, name: str, in_sight: set[str]) -> str:
        lacks = name in self._shown and name not in in_sight
        return self._catalogue.words[name] + (" · no room at this width" if lacks else "")

    def _names(self) -> tuple[str, ...]:
        return tuple(name for name in self._order if name in self._shown)

    def keys_line(self) -> Line:
        """What each key does."""
        pairs = (
            ("⏎", "keep"),
            ("space", "show, hide"),
            ("< >", "move left, right"),
            ("u", "as usual"),
            ("Esc", "leave as it was"),
        )
        return keys_line(pairs)

    def _redraw(self, at: int) -> None:
        self._choices = self._lines()
        self._fill(self._choices)
        self._rows.move_to(at)

    def action_show_or_hide(self) -> None:
        """Show the column, or hide it; the one that names the row stays."""
        at = self._rows.cursor
        name = self._order[at]
        if name != self._catalogue.always:
            self._shown ^= {name}
        self._redraw(at)

    def action_shift(self, step: int) -> None:
        """Move the column to the left or to the right."""
        at = self._rows.cursor
        to = max(0, min(at + step, len(self._order) - 1))
        self._order.insert(to, self._order.pop(at))
        self._redraw(to)

    def action_usual(self) -> None:
        """The columns that the program shows of itself, in its order."""
        usual = self._catalogue.usual
        self._shown = set(usual)
        self._order = [*usual, *(name for name in self._catalogue.columns if name not in usual)]
        self._redraw(0)

    def action_choose(self) -> None:
        """Close with what is shown."""
        self.dismiss(self._names())


class OrderChooser(Chooser):
    """The orders of a list. The result is what to order by, then by: names of ORDERS."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("space", "then", show=False),
        Binding("s", "choose", show=False),
    ]

    def __init__(self, choices: Sequence[Choice], now: Sequence[str], start: str) -> None:
        first, *rest = (order.removeprefix(TURNED) for order in now)
        places = (
            {name: f"{place}. " for place, name in enumerate((first, *rest), 1)} if rest else {}
        )
        numbered = [
            choice._replace(label=f"{places.get(choice.value, '')}{choice.label}")
            for choice in choices
        ]
        super().__init__("Order", numbered, start=start or first)
        self._now = tuple(now)

    def keys_line(self) -> Line:
        """What each key does."""
        return keys_line((("⏎", "order by it"), ("space", "then by it"), ("Esc", "close")))

    def action_then(self) -> None:
        """Keep the first order, and where that is equal take this one; or leave it out again."""
        choice = self._rows.value
        first, *rest = self._now
        same = choice is not None and choice.value in (*rest, first.removeprefix(TURNED))
        self.dismiss(None if choice is None else (first,) if same else (first, choice.value))

    def action_choose(self) -> None:
        """Close with the order under the cursor."""
        choice = self._rows.value
        self.dismiss(None if choice is None else (choice.value,))


def keys_line(pairs: Sequence[tuple[str, str]]) -> Line:
    """Keys and what they do."""
    return tuple(
        span for key, does in pairs for span in ((f" {key}", "key"), (f" {does} ", "muted"))
    )
