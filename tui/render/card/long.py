"""A card of any length: what is in sight is laid out, the rest counts by estimate.

The card is made of parts (``parts``). A part that was never in sight has about as many lines as
its length suggests; when it is laid out the numbers of the lines after it change. A ``Place`` stays
what it is.
"""

from tui.render.card.document import CardDocument, Code, Heading, Link
from tui.render.card.laid import Laid, Place
from tui.render.card.parts import Haystack, words_of


class LongCard(Laid):
    """What the lines of a card hold, as far as they are laid out, and where words stand."""

    def __init__(self, text: str, cells: int, base: str = "") -> None:
        self._hay: dict[int, Haystack] = {}
        self._matches: dict[int, list[int]] = {}
        self._needle = ""
        super().__init__(text, cells, base)

    def resize(self, cells: int) -> None:
        """Begin anew at another width."""
        super().resize(cells)
        self._matches = {}

    @property
    def outline(self) -> list[Heading]:
        """The headings."""
        return [
            heading._replace(line=heading.line + first)
            for first, document in self._laid()
            for heading in document.outline
        ]

    @property
    def links(self) -> list[Link]:
        """The links, numbered as they are read."""
        links = [
            link._replace(line=link.line + first)
            for first, document in self._laid()
            for link in document.links
        ]
        return [link._replace(number=number) for number, link in enumerate(links, 1)]

    @property
    def code(self) -> list[Code]:
        """The code blocks."""
        return [
            code._replace(first=code.first + first, last=code.last + first)
            for first, document in self._laid()
            for code in document.code
        ]

    def _laid(self) -> list[tuple[int, CardDocument]]:
        """Each part's document with the number of its first line."""
        heads = self._heads()
        return [
            (heads[part] + self._lead(part), document)
            for part, document in enumerate(self._documents)
            if document is not None
        ]

    def find(self, needle: str, start: Place, step: int, *, here: bool) -> Place | bool | None:
        """The next place with a match (step 1) or the one before (-1), around the end.

        ``here`` takes the line of ``start`` too. False: there is none; None: a part is so long
        that it has to be laid out in turns first. Parts that cannot hold the words stay as they
        are.
        """
        if needle != self._needle:
            self._needle, self._matches = needle, {}
        words = words_of(needle)
        parts = len(self._documents)
        for turn in range(parts + 1):
            part = (start.part + turn * step) % parts
            lines = self._lines_with(part, words)
            if lines is None:
                return None
            if turn == 0:
                lines = [n for n in lines if (n - start.line) * step > -int(here)]
            if lines:
                return Place(part, lines[0 if step > 0 else -1])
        return False

    def _lines_with(self, part: int, words: tuple[str, ...]) -> list[int] | None:
        known = self._matches.get(part)
        if known is not None:
            return known
        if not self._is_done(part):
            if part not in self._hay:
                self._hay[part] = Haystack(self._source_of(part))
            if not self._hay[part].may_hold(words):
                self._matches[part] = []
                return []
            self._lay(part)
            if not self._is_done(part):
                return None
        document, lead = self._document(part), self._lead(part)
        numbers = [
            number + lead
            for number in range(len(document.lines))
            if self._needle in document.text_of(number).lower()
        ]
        self._matches[part] = numbers
        return numbers
