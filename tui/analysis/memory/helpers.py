"""Which files of weights are helpers beside a model, by their names and sizes.

A helper is no quantization of the model: the projector for images, a head that predicts several
tokens (MTP), a drafter, an adapter, a step of training. A word alone makes none: where every file
has it, the files are what the repo is about; and a file as large as the model is the model, with
the head in it.
"""

import re
from collections.abc import Sequence
from typing import NamedTuple

from tui.model import late

_BEGIN, _END = r"(?<![A-Za-z0-9])", r"(?![A-Za-z0-9])"


def _words(pattern: str) -> re.Pattern[str]:
    return re.compile(f"{_BEGIN}(?:{pattern}){_END}", re.IGNORECASE)


_PROJECTOR = late.pattern(r"mm[-_]?proj", re.IGNORECASE)
_SMALL = (
    ("MTP head", _words("mtp|nextn")),
    ("drafter", _words(r"draft(?:er|s)?|d-?flash|eagle\d?|medusa|speculat(?:or|ors|ive)|hydra")),
    ("adapter", _words(r"lora|adapter(?:_model)?|control[-_]?vector")),
)
_STEP = _words(r"checkpoint[-_]\d+|global_step[-_]?\d+|step[-_]?\d+|epoch[-_]?\d+")
_LARGEST = 0.5  # of the model's own file


class _Named(NamedTuple):
    format: str
    name: str  # a path without its ending
    quant: str | None
    size: int | None


def helpers(sets: Sequence[tuple[str, str, str | None, int | None]]) -> list[str | None]:
    """For each set of weights (format, name, quantization, bytes) its helper's kind, or None."""
    named = [_Named(*fields) for fields in sets]
    words = [_word(candidate.name) for candidate in named]
    models = [candidate for candidate, word in zip(named, words) if word is None]
    return [_kind(candidate, word, models) for candidate, word in zip(named, words)]


def _kind(candidate: _Named, word: str | None, models: Sequence[_Named]) -> str | None:
    if word in (None, "projector"):
        return word
    beside = [model for model in models if model.format == candidate.format]
    if word == "checkpoint":
        return word if beside else None
    alike = [model.size or 0 for model in beside if model.quant == candidate.quant]
    largest = max(alike or [model.size or 0 for model in beside], default=0)
    small = candidate.size is None or candidate.size <= _LARGEST * largest
    return word if beside and small else None


def _word(name: str) -> str | None:
    if _PROJECTOR.search(name):
        return "projector"
    if _STEP.search(name):
        return "checkpoint"
    return next((kind for kind, words in _SMALL if words.search(name)), None)
