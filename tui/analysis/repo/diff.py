"""Models side by side: facts, files, licence, declared lineage and evaluations, field by field."""

from collections.abc import Callable, Mapping, Sequence
from typing import NamedTuple

from tui.analysis.lineage.edges import parents_of
from tui.analysis.memory.variants import counted, variants
from tui.model import Detail, File, Parameters

_NEAR = 1.1  # times: counts no further apart may be one count, where one is reckoned
Value = str | int | float | bool | None


class Side(NamedTuple):
    """One model as it is compared; None is what could not be fetched."""

    id: str
    detail: Detail | None
    files: tuple[File, ...] | None


class DiffRow(NamedTuple):
    """One field of all sides. ``same`` is None where one side's value is not known.

    A set of weights that a side does not offer is known to be absent: its value is None, and the
    sides are not the same.
    """

    field: str
    values: tuple[Value, ...]
    same: bool | None


def rows(sides: Sequence[Side]) -> tuple[DiffRow, ...]:
    """The fields that at least one side has a value for, in a fixed order."""
    sizes = [counted(side.files or (), side.detail) for side in sides]
    columns = [
        _facts(side) | _parameters(count) | _files(side) | _evals(side)
        for side, count in zip(sides, sizes)
    ]
    fields = dict.fromkeys(field for column in columns for field in column)
    listed = all(side.files is not None for side in sides)
    compared = (
        _row(field, [column.get(field) for column in columns], listed) for field in _grouped(fields)
    )
    return tuple(
        row._replace(same=_same(sizes)) if row.field == "parameters" else row
        for row in compared
        if any(value is not None for value in row.values)
    )


def _parameters(value: Parameters) -> dict[str, Value]:
    """The count where it is exact; one that is reckoned is text with its mark."""
    if value.count is None or value.how == "exact":
        return {"parameters": value.count}
    return {"parameters": f"≈ {value.count:,}"}


def _same(values: Sequence[Parameters]) -> bool | None:
    """Whether the counts are the same; None where one is unknown, or reckoned and near."""
    known = [value.count for value in values if value.count is not None]
    if len(known) < len(values):
        return None
    if all(value.how == "exact" for value in values):
        return len(set(known)) == 1
    return False if max(known) > _NEAR * min(known) else None


def _row(field: str, values: Sequence[Value], listed: bool) -> DiffRow:
    known = None not in values or (listed and _group(field) == "weights")
    return DiffRow(field, tuple(values), len(set(values)) == 1 if known else None)


def _grouped(fields: Mapping[str, None]) -> list[str]:
    """Facts, then files, then evaluations, each in the order of its first appearance."""
    groups = ("", "files", "weights", "eval")
    return sorted(fields, key=lambda field: groups.index(_group(field)))


def _group(field: str) -> str:
    head = field.partition(" ")[0]
    return head if head in ("files", "weights", "eval") else ""


_FACTS: tuple[tuple[str, Callable[[Detail], Value]], ...] = (
    ("author", lambda detail: detail.repo.author),
    ("task", lambda detail: detail.repo.task),
    ("library", lambda detail: detail.repo.library),
    ("licence", lambda detail: detail.license_name or detail.repo.license),
    ("gated", lambda detail: detail.repo.gated),
    ("parameters", lambda detail: None),
    ("context length", lambda detail: detail.context_length),
    ("model type", lambda detail: detail.model_type),
    ("architecture", lambda detail: ", ".join(detail.architectures) or None),
    (
        "base model",
        lambda detail: ", ".join(edge.parent for edge in parents_of(detail.repo)) or None,
    ),
    ("relation", lambda detail: next((edge.relation for edge in parents_of(detail.repo)), None)),
    ("languages", lambda detail: ", ".join(detail.languages) or None),
    ("datasets", lambda detail: ", ".join(detail.datasets) or None),
    ("papers", lambda detail: ", ".join(detail.papers) or None),
    ("downloads 30 d", lambda detail: detail.repo.downloads),
    ("downloads all-time", lambda detail: detail.repo.downloads_all_time),
    ("likes", lambda detail: detail.repo.likes),
    ("children", lambda detail: None if detail.children is None else sum(detail.children.values())),
    ("created", lambda detail: detail.repo.created_at),
    ("last changed", lambda detail: detail.repo.last_modified),
    ("successor", lambda detail: detail.new_version),
)


def _facts(side: Side) -> dict[str, Value]:
    detail = side.detail
    if detail is None:
        return {}
    by_dtype = {f"parameters {dtype}": n for dtype, n in sorted((detail.dtypes or {}).items())}
    return {field: read(detail) for field, read in _FACTS} | by_dtype


def _files(side: Side) -> dict[str, Value]:
    if side.files is None:
        return {}
    real = [file for file in side.files if file.type == "file"]
    sizes = [file.size for file in real]
    facts: dict[str, Value] = {
        "files": len(real),
        "files bytes": None if None in sizes else sum(size or 0 for size in sizes),
    }
    for variant in variants(real, side.detail):
        if not variant.helper:
            facts.setdefault(f"weights {variant.quant or variant.format}", variant.size)
    return facts


def _evals(side: Side) -> dict[str, Value]:
    """The first value of each evaluation; one that is verified goes before a self-reported one."""
    values: dict[str, Value] = {}
    for result in sorted(
        side.detail.evals if side.detail else (), key=lambda result: not result.verified
    ):
        words = (result.dataset, result.task, result.metric)
        name = " · ".join(dict.fromkeys(word for word in words if word))
        values.setdefault(f"eval {name}", result.value)
    return values
