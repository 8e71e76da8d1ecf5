"""Which files of a repo a download takes: a set of weights whole, and what a runner needs."""

import re
from collections.abc import Iterable, Sequence
from fnmatch import fnmatchcase
from typing import NamedTuple

from tui.analysis.memory.variants import Variant, format_of, series, variants
from tui.model import BadInput, Detail, File, late

# The order in which one format is preferred where a quantization stands in several.
_FORMATS = ("safetensors", "gguf", "onnx", "pytorch")
# What loads beside weights: settings, tokenizer, processor. A GGUF file holds its own.
_RUNNER = late.pattern(
    r"(?:^|/)(?:[\w.-]*config\.json|params\.json|tokenizer[\w.-]*|vocab[\w.-]*|merges\.txt|"
    r"added_tokens\.json|special_tokens_map\.json|spiece\.model|sentencepiece[\w.-]*\.model|"
    r"[\w.-]*processor[\w.-]*\.json|chat_template[\w.-]*|modules\.json|model_index\.json|"
    r"tekken\.json)$",
    re.IGNORECASE,
)
_INDEX = late.pattern(r"\.index(?:\.[\w-]+)?\.json$", re.IGNORECASE)
_CODE = late.pattern(r"(?:^|/)(?:modeling|configuration|tokenization|processing)[\w.-]*\.py$")


class Choice(NamedTuple):
    """The files to take: ``name`` is the set in words, ``total`` bytes or None where unknown."""

    name: str
    files: tuple[File, ...]
    whole: bool = True  # False: the repo lacks some of the set's shards

    @property
    def total(self) -> int | None:
        """Bytes of all files; None where one size is unknown."""
        return total_size(self.files)


def total_size(files: Iterable[File]) -> int | None:
    """Bytes of all files; None where one size is unknown."""
    sizes = [file.size for file in files]
    return None if None in sizes else sum(size or 0 for size in sizes)


def by_pattern(files: Iterable[File], patterns: Sequence[str]) -> Choice:
    """The files whose path, or whose name, fits one of the globs. Raises BadInput for none."""
    real = _real(files)
    chosen = tuple(
        file
        for file in real
        if any(fnmatchcase(part, glob) for glob in patterns for part in _spellings(file.path))
    )
    if not chosen:
        raise BadInput(
            f"no file of {len(real)} fits {' '.join(patterns)!r}; `hubscope files` lists them"
        )
    return Choice(" ".join(patterns), chosen)


def by_quant(files: Iterable[File], detail: Detail | None, quant: str | None) -> Choice:
    """The set of weights of that quantization; the only one there is where ``quant`` is None.

    Letter case does not count. A label in several formats or under several names is every set of
    the most common way to load it. Raises BadInput, with the labels there are, for any other.
    """
    real = _real(files)
    sets = [variant for variant in variants(real, detail) if variant.helper is None]
    if quant is None:
        fitting = sets if len({(variant.format, variant.name) for variant in sets}) == 1 else []
        problem = "several sets of weights" if sets else "no set of weights"
    else:
        fitting = [variant for variant in sets if (variant.quant or "").lower() == quant.lower()]
        problem = f"no set of weights {quant!r}"
    if not fitting:
        raise BadInput(_which(problem, sets))
    form = min((variant.format for variant in fitting), key=_FORMATS.index)
    return of_sets(real, detail, [variant for variant in fitting if variant.format == form])


def of_sets(files: Iterable[File], detail: Detail | None, sets: Sequence[Variant]) -> Choice:
    """The files of these sets, and of what a runner needs with them."""
    real = _real(files)
    keys = {(variant.format, variant.name) for variant in sets}
    weights = [file for file in real if series(file.path) in keys]
    names = {file.path for file in weights}
    coded = detail is not None and "custom_code" in detail.repo.tags
    beside = [
        file
        for file in real
        if file.path not in names
        and any(variant.format != "gguf" for variant in sets)
        and _goes_with(file.path, keys, coded)
    ]
    label = " + ".join(dict.fromkeys(variant.quant or variant.name for variant in sets))
    return Choice(label, (*beside, *weights), all(variant.complete for variant in sets))


def picked(
    files: Iterable[File], detail: Detail | None, sets: Sequence[Variant], paths: Sequence[str]
) -> Choice:
    """The files of ``sets``, with what a runner needs, and those of ``paths``; each file once."""
    real = _real(files)
    whole = of_sets(real, detail, sets) if sets else Choice("", ())
    named = {file.path for file in whole.files}
    single = [file for file in real if file.path in set(paths) - named]
    more = f" and {len(single) - 1} more" if len(single) > 1 else ""
    label = " + ".join(
        [*filter(None, [whole.name]), *(f"{file.path}{more}" for file in single[:1])]
    )
    every = len(single) == len(real) > 1
    return Choice("every file" if every else label, (*whole.files, *single), whole.whole)


def _goes_with(path: str, keys: set[tuple[str, str]], coded: bool) -> bool:
    if format_of(path) is not None:
        return False
    if _INDEX.search(path):
        return any(path.startswith(name) for _, name in keys)
    return bool(_RUNNER.search(path) or (coded and _CODE.search(path)))


def _which(problem: str, sets: Sequence[Variant]) -> str:
    labels = list(dict.fromkeys(variant.quant or variant.name for variant in sets))
    if not labels:
        return f"{problem}; no file of weights is recognised, name files by --include GLOB"
    shown = ", ".join(labels[:24]) + (f" and {len(labels) - 24} more" if len(labels) > 24 else "")
    return f"{problem}; there are: {shown}; choose by --quant"


def _real(files: Iterable[File]) -> list[File]:
    return [file for file in files if file.type == "file"]


def _spellings(path: str) -> tuple[str, str]:
    return path, path.rpartition("/")[2]
