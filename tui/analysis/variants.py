"""The sets of weights that a repo offers: its weight files by quantization, shards summed."""

import re
from collections.abc import Iterable, Sequence
from typing import NamedTuple

from tui.analysis import packing, quants
from tui.model import Detail, File

_SHARD = re.compile(r"[-_.]?(\d{1,6})-?of-?(\d{1,6})(?!\d)")
_FORMATS = (
    ("gguf", re.compile(r"\.gguf(?:\.part\d+of\d+)?$", re.IGNORECASE)),
    ("safetensors", re.compile(r"\.safetensors$", re.IGNORECASE)),
    ("onnx", re.compile(r"\.onnx(?:[._]data(?:_\d+)?)?$", re.IGNORECASE)),
    ("pytorch", re.compile(r"\.(?:bin|pt|pth|ckpt)$", re.IGNORECASE)),
)
# What training and tokenizers leave in files with the endings of weights.
_NO_WEIGHTS = re.compile(
    r"optimizer|scheduler|training_args|rng_state|random_states|imatrix|tokenizer|vocab|"
    r"sentencepiece|scaler|_merges",
    re.IGNORECASE,
)
_PROJECTOR = re.compile(r"mmproj", re.IGNORECASE)


class Variant(NamedTuple):
    """One set of weights that can be loaded. ``size`` is bytes, None where a file's is unknown.

    ``name`` is the path that its files share, without the shard's number and the ending;
    ``complete`` is False where shards are missing; a ``projector`` is the vision part that GGUF
    repos keep beside the model. ``bits_per_weight`` is 8 · size / parameters, None where one of
    the two is unknown.
    """

    quant: str | None
    format: str  # gguf, safetensors, onnx or pytorch
    name: str
    files: int
    size: int | None
    complete: bool = True
    projector: bool = False
    bits_per_weight: float | None = None


def format_of(path: str) -> str | None:
    """The format of a file of weights; None for every other file."""
    name = path.rpartition("/")[2]
    if _NO_WEIGHTS.search(name):
        return None
    return next((form for form, ending in _FORMATS if ending.search(name)), None)


def quant_of(path: str, repo_label: str | None = None) -> str | None:
    """The quantization of a file of weights; None for other files and where nothing tells.

    The file's own name decides, then its folder's, then ``repo_label``.
    """
    form = format_of(path)
    if form is None:
        return None
    read = {"gguf": quants.of_gguf, "onnx": quants.of_onnx}.get(form, quants.of_name)
    folder, _, name = _series(path, form).rpartition("/")
    return read(name) or read(folder.rpartition("/")[2]) or repo_label


def repo_label(detail: Detail | None) -> str | None:
    """What a repo's weights are where their names are silent: a quantization, or their dtype."""
    if detail is None:
        return None
    label = quants.of_repo(detail.repo.id, detail.repo.tags, detail.config)
    return label or packing.main_dtype(detail.dtypes)


def variants(files: Iterable[File], detail: Detail | None) -> tuple[Variant, ...]:
    """The sets of weights among ``files``, by format, the smallest first."""
    label = repo_label(detail)
    series: dict[tuple[str, str], list[File]] = {}
    for file in files:
        form = format_of(file.path) if file.type == "file" else None
        if form:
            series.setdefault((form, _series(file.path, form)), []).append(file)
    params = packing.parameters(detail)
    made = [_variant(form, name, parts, label, params) for (form, name), parts in series.items()]
    return tuple(sorted(made, key=lambda one: (one.format, one.projector, one.size or 0)))


def _variant(
    form: str, name: str, parts: Sequence[File], label: str | None, params: int | None
) -> Variant:
    sizes = [part.size for part in parts]
    size = None if None in sizes else sum(size for size in sizes if size)
    projector = _PROJECTOR.search(name) is not None
    complete = len(parts) >= _shards(parts)
    whole = size if complete and not projector else None
    return Variant(
        quant=quant_of(parts[0].path, label),
        format=form,
        name=name,
        files=len(parts),
        size=size,
        complete=complete,
        projector=projector,
        bits_per_weight=8 * whole / params if whole and params else None,
    )


def _series(path: str, form: str) -> str:
    """The path without the shard's number and the ending."""
    ending = dict(_FORMATS)[form]
    folder, slash, name = path.rpartition("/")
    return folder + slash + _SHARD.sub("", ending.sub("", name))


def _shards(parts: Sequence[File]) -> int:
    found = (_SHARD.search(part.path.rpartition("/")[2]) for part in parts)
    return max((int(shard[2]) for shard in found if shard), default=1)
