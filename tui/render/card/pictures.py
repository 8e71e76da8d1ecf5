"""The pictures that a card names, in the order of reading."""

from tui.model import clean_line
from tui.render.card.parse import parse
from tui.render.card.reference import References
from tui.render.card.section import section_text, sections

_MOST = 500


def pictures(text: str) -> list[tuple[str, str]]:
    """Source as written, and words, of each picture of the card; the same source once."""
    images: list[tuple[str, str]] = []
    references = References(text)
    for section in sections(text):
        part = section_text(text, section)
        offsets = [section.start] * (part.count("\n") + 2)
        try:
            parse(part, offsets, [], "", references, images)
        except RecursionError:
            continue  # the card shows its source
        if len(images) > _MOST:
            break
    words: dict[str, str] = {}
    for source, alt in images[:_MOST]:
        words.setdefault(clean_line(source), alt)
    return list(words.items())
