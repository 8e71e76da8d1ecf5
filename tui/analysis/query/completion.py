"""How the word under the cursor of a query line can go on: fields first, then their values."""

import re
from typing import NamedTuple

from tui.analysis.query.tokens import FIELDS, ONCE
from tui.analysis.query.vocabulary import FORMS, Vocabulary, fields
from tui.model import late

_KEY = late.pattern(r"(!?)([A-Za-z]+):")


class Completion(NamedTuple):
    """What can stand in place of a line's characters from ``start`` to ``end``.

    ``field`` is the one whose values these are, "" where they are fields, with ``:`` behind.
    ``form`` says how a value is written that cannot be listed.
    """

    start: int
    end: int
    choices: tuple[str, ...] = ()
    field: str = ""
    form: str = ""

    @property
    def common(self) -> str:
        """What all choices begin with, in the letters of the first one."""
        if not self.choices:
            return ""
        first, last = (edge(self.choices, key=str.lower) for edge in (min, max))
        pairs = zip(first.lower(), last.lower())
        same = next((at for at, (letter, other) in enumerate(pairs) if letter != other), None)
        return first[:same] if same is not None else min(first, last, key=len)


def complete(line: str, cursor: int, vocabulary: Vocabulary) -> Completion:
    """The ways in which the word that ends at ``cursor`` can go on."""
    start = _word(line, cursor)
    word = line[start:cursor]
    match = _KEY.match(word)
    if match is None:
        return _fields(line, start + word.startswith("!"), cursor)
    field = match[2].lower()
    if field not in FIELDS:
        return Completion(cursor, cursor)
    return _field_values(field, line, start + match.end(), cursor, vocabulary)


def _fields(line: str, start: int, cursor: int) -> Completion:
    begun = line[start:cursor].lower()
    if begun and not begun.isalpha():
        return Completion(cursor, cursor)
    negated = line[start - 1 : start] == "!"
    present = {field for field in ONCE if re.search(rf"(?:^|\s){field}:", line.lower())}
    barred = {*present, *(("kind", "sort", "fits", "ctx", "app") if negated else ())}
    choices = tuple(
        f"{field}:" for field in fields() if field.startswith(begun) and field not in barred
    )
    return Completion(start, cursor, choices)


def _field_values(
    field: str, line: str, start: int, cursor: int, vocabulary: Vocabulary
) -> Completion:
    typed = line[start:cursor]
    quoted = typed.startswith('"')
    *before, begun = [typed[1:]] if quoted else typed.split(",")
    chosen = {value.lower() for value in before}
    lower = begun.lower()
    values = [
        value
        for value in vocabulary.of(field)
        if value.lower().startswith(lower) and value.lower() not in chosen
    ]
    choices = tuple(_written(value) for value in values)
    begin = start if quoted else cursor - len(begun)
    return Completion(begin, cursor, choices, field, "" if choices else FORMS.get(field, ""))


def _written(value: str) -> str:
    """A value as the line has it: in quotes where it holds a space or a comma."""
    return f'"{value}"' if re.search(r'[\s,"]', value) else value


def _word(line: str, cursor: int) -> int:
    """Where the word that ends at ``cursor`` begins; a space inside quotes ends none."""
    start, quoted = 0, False
    for place, char in enumerate(line[:cursor]):
        if char == '"':
            quoted = not quoted
        elif char.isspace() and not quoted:
            start = place + 1
    return start
