"""The files of a repo with their sizes, and its sets of weights."""

from collections.abc import Iterator
from typing import Any, Protocol

from tui.analysis.memory.variants import Label, Variant, label_of, quant_of, variants
from tui.model import Detail, File, View
from tui.output import json
from tui.output.forms import Context, Output
from tui.render import files as drawn
from tui.render.spans import plain_lines

_HEADS = ("path", "size", "quant", "security")


class FactsAndFiles(Protocol):
    """The facts and the files of one repo, as the ask hands them out."""

    kind: str
    id: str
    detail: Detail | None
    files: tuple[File, ...] | None
    files_complete: bool


def output(view: View[FactsAndFiles], context: Context) -> Output:
    """Every file, and of a model its quantizations."""
    repo = view.value
    real = [file for file in repo.files or () if file.type == "file"]
    label = label_of(repo.detail)
    sets = variants(real, repo.detail) if repo.kind == "model" else ()
    rows = [(file.path, file.size, quant_of(file.path, label), file.security) for file in real]
    body = {
        "id": repo.id,
        "files": [dict(zip(_HEADS, row, strict=True)) for row in rows],
        "total": _total(real),
        "complete": repo.files_complete,
        "quantizations": [_shape(variant) for variant in sets],
    }
    return Output(
        body=json.envelope(context, view, body),
        heads=_HEADS,
        rows=rows,
        text=_text(repo, real, sets, label, context.width),
        ids=[file.path for file in real],
    )


def _shape(variant: Variant) -> dict[str, Any]:
    bits = variant.bits_per_weight
    return {
        **variant._asdict(),
        "projector": variant.helper == "projector",
        "bits_per_weight": None if bits is None else round(bits, 3),
    }


def _total(files: list[File]) -> int | None:
    sizes = [file.size for file in files]
    return None if None in sizes else sum(size or 0 for size in sizes)


def _text(
    repo: FactsAndFiles, files: list[File], sets: tuple[Variant, ...], label: Label, width: int
) -> Iterator[str]:
    yield f"{repo.id} · {drawn.summary(files, repo.files_complete)}"
    weights = drawn.quant_lines(sets, width)
    yield from plain_lines(weights)
    if weights:
        yield ""
    yield from plain_lines(drawn.file_lines(files, label, width))
