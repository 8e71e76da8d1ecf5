"""The text of a README, apart from the front matter that the Hub reads its facts from."""

import re

from tui.model import clean, late

FRONT_MATTER_CAP = 64 * 1024  # characters
_FENCE = late.pattern(r"\s*---[ \t]*\n")
_KEY = late.pattern(r"(?:[\w.-]+|\"[^\"]*\"|'[^']*')\s*:(?:\s|$)")
_GOES_ON = ("-", "]", "}")  # a list's items, and the ends of lists and mappings over many lines
_FENCE_END = late.pattern(r"^---[ \t]*(?:\n|\Z)", re.MULTILINE)


def readme(body: bytes) -> str:
    """The text of a README without its front matter.

    Front matter is a mapping that stands between a first line ``---`` and the next one. Where no
    second line follows within 64 Ki characters, or a sentence, a list or a table stands between
    them, the lines are rules of the text and all of it is kept.
    """
    whole = clean(body.decode("utf-8-sig", "replace"))
    begin = _FENCE.match(whole)
    end = _FENCE_END.search(whole, begin.end(), begin.end() + FRONT_MATTER_CAP) if begin else None
    if begin is None or end is None or not _is_mapping(whole[begin.end() : end.start()]):
        return whole
    return whole[end.end() :]


def _is_mapping(text: str) -> bool:
    """Whether each line that is not indented begins a key, or goes on with the value of one.

    Not parsed: a block mapping in YAML has its keys at the margin. Keys of cards are single words.
    """
    begun = False
    for row in text.splitlines():
        if not row.strip() or row[0] in " \t#":
            continue
        if not _KEY.match(row) and not (begun and row.startswith(_GOES_ON)):
            return False
        begun = True
    return True
