"""Models side by side: facts, files, licence, declared lineage and evaluations, field by field."""

from collections.abc import Callable, Mapping, Sequence
from typing import NamedTuple

from tui.analysis.lineage.edges import parents_of
from tui.analysis.memory.variants import counted, variants
from tui.model import Detail, File, Parameters

_NEAR = 1.1  # times: counts no further apart may be one count, where one is reckoned
Value = str | int | float | bool | None


class Side(NamedTuple):
    """One model as it is compared; None is what could not be had."""

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
    made = [
        _facts(side) | _parameters(count) | _files(side) | _evals(side)
        for side, count in zip(sides, sizes)
    ]
    fields = dict.fromkeys(field for one in made for field in one)
    listed = all(side.files is not None for side in sides)
    found = (_row(field, [one.get(field) for one in made], listed) for field in _grouped(fields))
    return tuple(
        row._replace(same=_same(sizes)) if row.field == "parameters" else row
        for row in found
        if any(value is not None for value in row.values)
    )


def _parameters(value: Parameters) -> dict[str, Value]:
    """The count where it is exact; one that is reckoned is text, so that nobody counts on it."""
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
    ("author", lambda one: one.repo.author),
    ("task", lambda one: one.repo.task),
    ("library", lambda one: one.repo.library),
    ("licence", lambda one: one.license_name or one.repo.license),
    ("gated", lambda one: one.repo.gated),
    ("parameters", lambda one: None),
    ("context length", lambda one: one.context_length),
    ("model type", lambda one: one.model_type),
    ("architecture", lambda one: ", ".join(one.architectures) or None),
    ("base model", lambda one: ", ".join(edge.parent for edge in parents_of(one.repo)) or None),
    ("relation", lambda one: next((edge.relation for edge in parents_of(one.repo)), None)),
    ("languages", lambda one: ", ".join(one.languages) or None),
    ("datasets", lambda one: ", ".join(one.datasets) or None),
    ("papers", lambda one: ", ".join(one.papers) or None),
    ("downloads 30 d", lambda one: one.repo.downloads),
    ("downloads all-time", lambda one: one.repo.downloads_all_time),
    ("likes", lambda one: one.repo.likes),
    ("children", lambda one: None if one.children is None else sum(one.children.values())),
    ("created", lambda one: one.repo.created_at),
    ("last changed", lambda one: one.repo.last_modified),
    ("successor", lambda one: one.new_version),
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
    made: dict[str, Value] = {
        "files": len(real),
        "files bytes": None if None in sizes else sum(size or 0 for size in sizes),
    }
    for one in variants(real, side.detail):
        if not one.helper:
            made.setdefault(f"weights {one.quant or one.format}", one.size)
    return made


def _evals(side: Side) -> dict[str, Value]:
    """The first value of each evaluation; one that is verified goes before a self-reported one."""
    made: dict[str, Value] = {}
    for one in sorted(side.detail.evals if side.detail else (), key=lambda one: not one.verified):
        words = (one.dataset, one.task, one.metric)
        name = " · ".join(dict.fromkeys(word for word in words if word))
        made.setdefault(f"eval {name}", one.value)
    return made
