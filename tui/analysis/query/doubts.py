"""Values of a query that are not among the known ones, though they are near to one of them."""

from tui.analysis.query.nearest import nearest
from tui.analysis.query.tokens import tokens
from tui.analysis.query.vocabulary import Vocabulary
from tui.model import BadInput, BadWord

_FIELDS = (
    "task", "library", "license", "lang", "origin", "quant", "provider", "app", "has", "author",
    "dataset",
)  # fmt: skip
_MOST = 300  # values held against a word: it is done at each key
_LIKE = 0.75  # not every value is known: only one near to a known value is doubted


def doubt(line: str, vocabulary: Vocabulary) -> BadWord | None:
    """The first value of ``line`` that is not known while one near to it is; None for none."""
    try:
        words = list(tokens(line))
    except BadInput:
        return None
    for token in words:
        for value, start, end in token.values() if token.field in _FIELDS else ():
            known = vocabulary.of(token.field)
            if value.lower() in {choice.lower() for choice in known}:
                continue
            if near := nearest(value, known[:_MOST], _LIKE):
                sentence = f"{value} is no known {token.field}; did you mean {near}?"
                return BadWord(sentence, line, start, end)
    return None
