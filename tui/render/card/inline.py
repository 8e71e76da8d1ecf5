"""The run of text inside one paragraph, heading or cell: styles, links and images."""

from tui.model.text import clean_line
from tui.render.card.block import Piece
from tui.render.card.link import Target, file_name, resolve, shown, split_bare
from tui.render.card.tags import STYLES

_RANK = ("code", "link", "strike", "strong", "em")  # the first one open gives the role
_LOWERED = str.maketrans("0123456789+-=()n", "₀₁₂₃₄₅₆₇₈₉₊₋₌₍₎ₙ")
_RAISED = str.maketrans("0123456789+-=()ni", "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁼⁽⁾ⁿⁱ")
_SHIFTED = {"sub": _LOWERED, "sup": _RAISED}


class Run:
    """Takes text and the tags that style it; ``take`` hands over the pieces since the last time.

    ``base`` is the repo's page, for relative links. ``links`` grows by each link met: a link's
    number is its place in that list. The caller keeps ``at``, the offset of the source line that
    is being read, and ``ground``, the role of text that has no style of its own. A ground that is
    a heading's outdoes the styles.
    """

    def __init__(self, links: list[Target], base: str) -> None:
        self.at = 0
        self.ground = "text"
        self.images: list[tuple[str, str]] = []  # source and words of each picture
        self._links = links
        self._base = base
        self._pieces: list[Piece] = []
        self._styles: list[tuple[str, int]] = []
        self._role = ""
        self._link = 0

    def take(self) -> list[Piece]:
        """The pieces of the paragraph that ends here; none where it holds white space alone."""
        pieces, self._pieces = self._pieces, []
        while pieces and not pieces[-1][0].strip():
            pieces.pop()
        return pieces

    def finish(self) -> list[Piece]:
        """Close the styles that are still open and take what is left."""
        while self._styles:
            self.close(self._styles[-1][0])
        return self.take()

    def text(self, text: str, role: str = "") -> None:
        """Add running text; white space counts as one space, a bare https URL becomes a link."""
        text = clean_line(text)
        if role or self._link or "https://" not in text:
            self._add(text, role)
            return
        for part, is_url in split_bare(text):
            url = resolve(part, self._base) if is_url else None
            if url is None:
                self._add(part)
            else:
                self._add_linked(part, url, "link")

    def verbatim(self, text: str, role: str) -> None:
        """Add text whose line ends stay, such as a formula."""
        for index, line in enumerate(text.split("\n")):
            if index:
                self.line_break()
            self.text(line, role)

    def line_break(self) -> None:
        """End the line within the paragraph."""
        self._pieces.append(("\n", self.ground, 0, self.at))

    def separate(self, separator: str) -> None:
        """Add a separator where something stands before it."""
        if self._pieces:
            self._add(separator, "muted")

    def medium(self, word: str, source: str, alt: str, title: str = "") -> None:
        """Add ``word: alt`` for an image, video or audio, leading to ``source``.

        Inside a link the word leads to the source and the alt to the link's own target.
        """
        words = clean_line(alt).strip() or clean_line(file_name(source)) or "no name"
        url = resolve(source, self._base, "resolve")
        if word == "image" and source.strip():
            self.images.append((source.strip(), words))
        if url is None:
            self._add(f"{word}: {words}")
            if file_name(source) not in (alt, "inline data"):
                self._add_target(source)
        elif self._link:
            self._add_linked(f"{word}: ", url, "image")
            self._links[-1].text.append(words)
            self._add(words)
        else:
            self._add_linked(f"{word}: {words}", url, "image")
        if title:
            self._add(f" ({clean_line(title)})")

    def open(self, tag: str, attrs: dict[str, str]) -> None:
        """Open a tag of ``STYLES``."""
        link = 0
        if tag == "a":
            self.close("a")
            href = attrs.get("href", "")
            target = Target(resolve(href, self._base) or href, clean_line(attrs.get("title", "")))
            self._links.append(target)
            link = len(self._links)
        self._styles.append((tag, link))
        self._restyle()

    def close(self, tag: str) -> None:
        """Close the innermost open ``tag``, if one is open."""
        for index in range(len(self._styles) - 1, -1, -1):
            if self._styles[index][0] == tag:
                _, link = self._styles[index]
                if link:
                    self._end_link(self._links[link - 1])
                del self._styles[index]
                self._restyle()
                return

    def _end_link(self, target: Target) -> None:
        """Show the target of a link that has no text, or that cannot be opened."""
        if not target.opens:
            self._link = 0
            self._add_target(target.url)
        elif not "".join(target.text).strip():
            self._add(clean_line(target.url))

    def _add_target(self, href: str) -> None:
        text = shown(clean_line(href))
        if text:
            self._add(f" ({text})", "muted")

    def _add_linked(self, text: str, url: str, role: str) -> None:
        self._links.append(Target(url))
        outer, self._link = self._link, len(self._links)
        self._add(text, "" if self._heads() else role)
        self._link = outer

    def _add(self, text: str, role: str = "") -> None:
        if not text:
            return
        if self._styles:
            text = self._shift(text)
        if self._link:
            self._links[self._link - 1].text.append(text)
        self._pieces.append((text, role or self._role or self.ground, self._link, self.at))

    def _shift(self, text: str) -> str:
        """Text raised or lowered where Unicode has all its characters so, else as it is."""
        shift = _SHIFTED.get(self._styles[-1][0])
        if shift is None:
            return text
        moved = text.translate(shift)
        return text if any(old == new for old, new in zip(text, moved)) else moved

    def _heads(self) -> bool:
        return self.ground[0] == "h"

    def _restyle(self) -> None:
        """Work out the role and the link of text from the styles that are open."""
        self._link = next((link for _, link in reversed(self._styles) if link), 0)
        roles = {STYLES[tag] for tag, _ in self._styles}
        if self._link and not self._links[self._link - 1].opens:
            roles.discard("link")
        styled = next((role for role in _RANK if role in roles), "")
        self._role = "" if self._heads() else styled
