"""The words of a query line: fields, values, and where each stands."""

import re
from collections.abc import Iterator
from typing import NamedTuple

from tui.analysis.query.nearest import did_you_mean
from tui.model import BadWord, late

HUB_TAGS = ("license", "library", "lang", "dataset", "base", "has", "tag")
ROW_TERMS = (
    "params", "likes", "downloads", "alltime", "created", "modified", "origin", "family",
    "relation", "gated", "app", "provider", "quant", "fits", "ctx",
)  # fmt: skip
ONCE = ("kind", "task", "author", "sort")
FIELDS = (*ONCE, "name", *HUB_TAGS, *ROW_TERMS)
MEANT = {
    **dict.fromkeys(("licence", "licenses", "licences"), "license"),
    **dict.fromkeys(("is", "format", "with"), "has"),
    **dict.fromkeys(("org", "user", "owner", "by", "uploader"), "author"),
    **dict.fromkeys(("size", "parameters", "weights"), "params"),
    **dict.fromkeys(("language", "languages"), "lang"),
    **dict.fromkeys(("country", "from", "home"), "origin"),
    **dict.fromkeys(("order", "orderby"), "sort"),
    **dict.fromkeys(("date", "age", "since", "new"), "created"),
    **dict.fromkeys(("updated", "changed"), "modified"),
    **dict.fromkeys(("memory", "ram", "vram", "gpu"), "fits"),
    **dict.fromkeys(("context", "tokens"), "ctx"),
    **dict.fromkeys(("parent", "basemodel"), "base"),
    **dict.fromkeys(("type", "repo"), "kind"),
    **dict.fromkeys(("pipeline", "pipelinetag"), "task"),
}
"""Words that people write for a field elsewhere, and the field."""

_TOKEN = late.pattern(r'(!?)(?:([A-Za-z]+):)?("(?:[^"\\]|\\.)*"(?=\s|$)|[^\s"]\S*|)(?=\s|$)')


class Token(NamedTuple):
    """One word of a line; ``start`` to ``end`` is where it stands there."""

    field: str  # "" for a word
    value: str
    negated: bool
    start: int = 0
    end: int = 0
    several: bool = False  # values with commas between
    at: int = 0  # where its value begins

    def values(self) -> Iterator[tuple[str, int, int]]:
        """Each value, and where it stands in the line."""
        if not self.several:
            yield self.value, self.start, self.end
            return
        place = self.at
        for value in self.value.split(","):
            if value:
                yield value, place, place + len(value)
            place += len(value) + 1


def tokens(line: str) -> Iterator[Token]:
    """The words of ``line``. Raises BadWord at the first that cannot be one."""
    place = len(line) - len(line.lstrip())
    while place < len(line):
        match = _TOKEN.match(line, place)
        if not match:
            word = line[place:].split()[0]
            sentence = f"{word}: a quote is not closed; add the second one"
            raise BadWord(sentence, line, place, place + len(word))
        yield _token(line, match)
        rest = line[match.end() :]
        place = len(line) - len(rest.lstrip())


def _token(line: str, match: re.Match[str]) -> Token:
    mark, field, value = match.groups()
    start, end = match.span()
    if field and field.lower() not in FIELDS:
        near = MEANT.get(field.lower())
        hint = f"did you mean {near}:?" if near else did_you_mean(field.lower(), FIELDS, ":")
        advice = hint or f"use {', '.join(FIELDS)}, or quote the word"
        raise BadWord(f"{field}: is no field; {advice}", line, start, match.start(3))
    several = "," in value and not value.startswith('"') and bool(field)
    if value.startswith('"'):
        value = re.sub(r"\\(.)", r"\1", value[1:-1], flags=re.DOTALL)
    elif not value.strip(","):
        named = f"{mark}{field or ''}{':' if field else ''}"
        raise BadWord(f"{named or value} needs a value after it", line, start, end)
    return Token((field or "").lower(), value, bool(mark), start, end, several, match.start(3))
