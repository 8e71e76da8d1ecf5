"""The parts of a card, laid out as they come into sight; the others count by estimate."""

from bisect import bisect_right
from collections.abc import Sequence
from itertools import accumulate
from typing import NamedTuple, overload

from tui.render.card.document import CardDocument
from tui.render.card.parts import part_starts
from tui.render.card.reference import References
from tui.render.spans import Line

_STEPS_AT_ONCE = 60
_FILLED = 0.6  # of a line's cells, at a guess


class Place(NamedTuple):
    """A line of a card, by the part that it belongs to."""

    part: int
    line: int  # within the part


class Laid:
    """The lines of a card in ``cells`` cells; see ``CardDocument`` for ``text`` and ``base``."""

    def __init__(self, text: str, cells: int, base: str = "") -> None:
        self._source = text
        self._base = base
        self._references = References(text)
        self._starts = part_starts(text)
        self.resize(cells)

    def resize(self, cells: int) -> None:
        """Begin anew at another width. ``offset_of`` before and ``line_of`` after keep a place."""
        self.width = max(cells, 1)
        self._documents: list[CardDocument | None] = [None] * len(self._starts)
        self._begun = 0  # parts before this one are done
        self._tops: list[int] = []

    # lines

    @property
    def lines(self) -> Sequence[Line]:
        """All lines, empty where they are not laid out yet."""
        return _Lines(self)

    @property
    def widest(self) -> int:
        """The cells of the longest line so far, and at least the width."""
        return max(
            (document.widest for document in self._documents if document), default=self.width
        )

    @property
    def parts_laid_out(self) -> int:
        """How many parts have been looked at, and so been laid out at least in part."""
        return sum(document is not None for document in self._documents)

    @property
    def done(self) -> bool:
        """Everything is laid out."""
        while self._begun < len(self._documents):
            document = self._documents[self._begun]
            if document is None or not document.done:
                return False
            self._begun += 1
        return True

    @property
    def ready(self) -> int:
        """The lines that are laid out from the beginning on."""
        if self.done:
            return self.count()
        begun = self._documents[self._begun]
        return self._heads()[self._begun] + (len(begun.lines) if begun else 0)

    def text_of(self, line: int) -> str:
        """The text of a line without its roles."""
        return "".join(text for text, _ in self.lines[line])

    def count(self) -> int:
        """How many lines there are, the ones never in sight by estimate."""
        return self._heads()[-1]

    def line(self, number: int) -> Line:
        """A line; empty where it is not laid out."""
        part, line = self.place(number)
        document = self._documents[part]
        line -= self._lead(part)
        if document is None or not 0 <= line < len(document.lines):
            return ()
        return document.lines[line]

    def place(self, number: int) -> Place:
        """The place of a line."""
        heads = self._heads()
        part = min(max(bisect_right(heads, number) - 1, 0), len(self._documents) - 1)
        return Place(part, max(0, number - heads[part]))

    def line_at(self, place: Place) -> int:
        """The number that the line of a place has now."""
        heads = self._heads()
        return heads[place.part] + max(0, min(place.line, self._count(place.part) - 1))

    def offset_of(self, number: int) -> int:
        """The offset in the source of what a line shows."""
        part, line = self.place(number)
        document = self._documents[part]
        within = document.offset_of(line - self._lead(part)) if document else 0
        return self._starts[part] + within

    def line_of(self, offset: int) -> int:
        """The first line that shows the source at ``offset``, which is laid out for it."""
        part = bisect_right(self._starts, offset) - 1
        within = offset - self._starts[part]
        document = self._document(part)
        document.render_past(within)
        self._tops = []
        return self._heads()[part] + self._lead(part) + document.line_of(within)

    # laying out

    def let_go(self) -> None:
        """Let go of every line; the lines count by estimate until they are laid out again."""
        self.resize(self.width)

    def again(self, place: Place, above: int, below: int) -> int:
        """Lay out a place as it was at the same width, as ``around``; its line's number."""
        self._lay(place.part, place.line + below)
        return self.around(self.line_at(place), above, below)

    def step(self) -> bool:
        """Lay out a few milliseconds more, from the beginning on. False: all had been."""
        if self.done:
            return False
        self._document(self._begun).step()
        self._tops = []
        return not self.done

    def render_until(self, count: int) -> None:
        """Lay out from the beginning until ``count`` lines are, or the time is better shared."""
        for _ in range(_STEPS_AT_ONCE):
            if self.ready >= count or not self.step():
                break

    def around(self, number: int, above: int, below: int) -> int:
        """Lay out the line, so many above and as many below; the line's number after that."""
        place = self.place(number)
        self._lay(place.part, place.line + below)
        part, missing = place.part, above - place.line
        while missing > 0 and part > 0:
            part -= 1
            self._lay(part)
            missing -= self._count(part)
        part, missing = place.part, place.line + below - self._count(place.part)
        while missing > 0 and part + 1 < len(self._documents) and self._is_done(part):
            part += 1
            self._lay(part, missing)
            missing -= self._count(part)
        return self.line_at(place)

    def end(self, count: int) -> None:
        """Lay out the last ``count`` lines."""
        part = len(self._documents)
        while count > 0 and part > 0:
            part -= 1
            self._lay(part)
            count -= self._count(part)

    def _lay(self, part: int, lines: int = 10**9) -> None:
        document = self._document(part)
        if not document.done and len(document.lines) < lines:
            document.render_until(lines)
            self._tops = []

    def _document(self, part: int) -> CardDocument:
        document = self._documents[part]
        if document is None:
            source = self._source_of(part)
            document = CardDocument(source, self.width, self._base, self._references)
            self._documents[part] = document
            self._tops = []
        return document

    def _source_of(self, part: int) -> str:
        return self._source[self._starts[part] : self._starts[part] + self._length(part)]

    def _length(self, part: int) -> int:
        end = self._starts[part + 1] if part + 1 < len(self._starts) else len(self._source)
        return end - self._starts[part]

    def _is_done(self, part: int) -> bool:
        document = self._documents[part]
        return document is not None and document.done

    def _lead(self, part: int) -> int:
        """The blank line before a part."""
        document = self._documents[part]
        return int(part > 0 and document is not None and bool(document.lines))

    def _count(self, part: int) -> int:
        heads = self._heads()
        return heads[part + 1] - heads[part]

    def _heads(self) -> list[int]:
        """The number of each part's first line, and of the line after the last."""
        if not self._tops:
            laid = [part for part in range(len(self._documents)) if self._is_done(part)]
            lines = sum(len(self._document(part).lines) for part in laid)
            size = sum(map(self._length, laid))
            share = lines / size if lines and size else 1 / (_FILLED * self.width)
            counts = (
                max(1, round(self._length(part) * share))
                if document is None
                else len(document.lines) + self._lead(part)
                for part, document in enumerate(self._documents)
            )
            self._tops = list(accumulate(counts, initial=0))
        return self._tops


class _Lines(Sequence[Line]):
    """The lines of a card by their numbers."""

    def __init__(self, card: Laid) -> None:
        self._card = card

    def __len__(self) -> int:
        return self._card.count()

    @overload
    def __getitem__(self, index: int) -> Line: ...
    @overload
    def __getitem__(self, index: slice) -> list[Line]: ...
    def __getitem__(self, index: int | slice) -> Line | list[Line]:
        if isinstance(index, slice):
            return [self._card.line(number) for number in range(*index.indices(len(self)))]
        if not 0 <= index < len(self):
            raise IndexError(index)
        return self._card.line(index)
