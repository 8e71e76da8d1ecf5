"""The sets of weights that a repo offers: its weight files by quantization, shards summed."""

import re
from collections.abc import Iterable, Sequence
from typing import NamedTuple

from tui.analysis.memory import dtype_counts, parameters, quants
from tui.analysis.memory.helpers import helpers
from tui.analysis.memory.parameters import Weighed
from tui.model import Detail, File, Parameters, late

_SHARD = late.pattern(r"[-_.]?(\d{1,6})-?of-?(\d{1,6})(?!\d)")
_FORMATS = (
    ("gguf", re.compile(r"\.gguf(?:\.part\d+of\d+)?$", re.IGNORECASE)),
    ("safetensors", re.compile(r"\.safetensors$", re.IGNORECASE)),
    ("onnx", re.compile(r"\.onnx(?:[._]data(?:_\d+)?)?$", re.IGNORECASE)),
    ("pytorch", re.compile(r"\.(?:bin|pt|pth|ckpt)$", re.IGNORECASE)),
)
# What training and tokenizers leave in files with the endings of weights.
_NO_WEIGHTS = late.pattern(
    r"optimizer|scheduler|training_args|rng_state|random_states|imatrix|tokenizer|vocab|"
    r"sentencepiece|scaler|_merges",
    re.IGNORECASE,
)


class Label(NamedTuple):
    """What a whole repo says of its weights: the quantization, and the dtype of most bytes."""

    quant: str | None = None
    dtype: str | None = None  # of its safetensors alone


NO_LABEL = Label()


class Variant(NamedTuple):
    """One set of weights that can be loaded. ``size`` is bytes, None where a file's is unknown.

    ``name`` is the path that its files share, without the shard's number and the ending;
    ``complete`` is False where shards are missing. A ``helper`` is no choice of weights: the
    "projector" for images, a "drafter", an "MTP head", an "adapter" or a "checkpoint" beside the
    model. ``bits_per_weight`` is 8 · size / parameters, None where one of the two is unknown.
    """

    quant: str | None
    format: str  # gguf, safetensors, onnx or pytorch
    name: str
    files: int
    size: int | None
    complete: bool = True
    helper: str | None = None
    bits_per_weight: float | None = None


def format_of(path: str) -> str | None:
    """The format of a file of weights; None for every other file."""
    name = path.rpartition("/")[2]
    if _NO_WEIGHTS.search(name):
        return None
    return next((form for form, ending in _FORMATS if ending.search(name)), None)


def quant_of(path: str, label: Label = NO_LABEL) -> str | None:
    """The quantization of a file of weights; None for other files and where nothing tells.

    The file's own name decides, then its folder's, then ``label``, the repo's.
    """
    form = format_of(path)
    if form is None:
        return None
    read = {"gguf": quants.of_gguf, "onnx": quants.of_onnx}.get(form, quants.of_name)
    folder, _, name = _series(path, form).rpartition("/")
    named = read(name) or read(folder.rpartition("/")[2])
    if form == "safetensors":
        return named or label.quant or label.dtype
    return named if form == "onnx" else named or label.quant


def label_of(detail: Detail | None) -> Label:
    """The label and dtype of a repo's weights for files whose names state none."""
    if detail is None:
        return NO_LABEL
    quant = quants.of_repo(detail.repo.id, detail.repo.tags, detail.config)
    return Label(quant, dtype_counts.main_dtype(detail.dtypes))


def variants(files: Iterable[File], detail: Detail | None) -> tuple[Variant, ...]:
    """The sets of weights among ``files``, by format, the smallest first, helpers last."""
    sets = _sets(files, label_of(detail))
    count = _counted(sets, detail).count
    weighed = (variant._replace(bits_per_weight=_bits(variant, count)) for variant in sets)
    return tuple(
        sorted(
            weighed, key=lambda variant: (variant.format, bool(variant.helper), variant.size or 0)
        )
    )


def counted(files: Iterable[File], detail: Detail | None) -> Parameters:
    """How many parameters the model has, with the bytes of its files as a witness."""
    return _counted(_sets(files, label_of(detail)), detail)


def _counted(sets: Sequence[Variant], detail: Detail | None) -> Parameters:
    if detail is None:
        return Parameters()
    whole = [
        variant for variant in sets if variant.size and variant.complete and not variant.helper
    ]
    tensors = [
        variant.size for variant in whole if variant.format == "safetensors" and variant.size
    ]
    gguf = tuple(
        (variant.quant, variant.size)
        for variant in whole
        if variant.format == "gguf" and variant.size
    )
    parts = (sum(tensors),) if len(tensors) > 1 else ()  # of one model, as diffusers keeps it
    return parameters.of_detail(detail, Weighed((*tensors, *parts), gguf))


def _sets(files: Iterable[File], label: Label) -> list[Variant]:
    by_series: dict[tuple[str, str], list[File]] = {}
    for file in files:
        form = format_of(file.path) if file.type == "file" else None
        if form:
            by_series.setdefault((form, _series(file.path, form)), []).append(file)
    sets = [_variant(form, name, parts, label) for (form, name), parts in by_series.items()]
    kinds = helpers(
        [(variant.format, variant.name, variant.quant, variant.size) for variant in sets]
    )
    return [variant._replace(helper=helper) for variant, helper in zip(sets, kinds)]


def _variant(form: str, name: str, parts: Sequence[File], label: Label) -> Variant:
    sizes = [part.size for part in parts]
    return Variant(
        quant=quant_of(parts[0].path, label),
        format=form,
        name=name,
        files=len(parts),
        size=None if None in sizes else sum(size for size in sizes if size),
        complete=len(parts) >= _shards(parts),
    )


def _bits(variant: Variant, count: int | None) -> float | None:
    if variant.helper or not variant.complete or not variant.size or not count:
        return None
    if variant.format == "gguf" and not parameters.holds(variant.quant, variant.size, count):
        return None
    return parameters.bits(variant.size, count)


def _series(path: str, form: str) -> str:
    """The path without the shard's number and the ending."""
    ending = dict(_FORMATS)[form]
    folder, slash, name = path.rpartition("/")
    return folder + slash + _SHARD.sub("", ending.sub("", name))


def _shards(parts: Sequence[File]) -> int:
    matches = (_SHARD.search(part.path.rpartition("/")[2]) for part in parts)
    return max((int(shard[2]) for shard in matches if shard), default=1)


def series(path: str) -> tuple[str, str] | None:
    """The format and the name of the set that a file of weights belongs to; None for others."""
    form = format_of(path)
    return None if form is None else (form, _series(path, form))
