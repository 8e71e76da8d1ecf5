"""Values of a query that nobody at hand has, though they are near to ones that are known."""

from tui.analysis.query.nearest import nearest
from tui.analysis.query.tokens import tokens
from tui.analysis.query.vocabulary import Vocabulary
from tui.model import BadInput, BadWord

_FIELDS = (
    "task", "library", "license", "lang", "origin", "quant", "provider", "app", "has", "author",
    "dataset",
)  # fmt: skip
_MOST = 300  # values held against a word: it is done at each key
_LIKE = 0.75  # there may be values that nobody has told: only near ones are doubted


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
