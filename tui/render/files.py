"""The files of a repo and its sets of weights, as lines of a table."""

from collections.abc import Sequence

from tui.analysis.memory.variants import Label, Variant, quant_of
from tui.model import File
from tui.render import cells, table
from tui.render.spans import Line
from tui.render.table import Column

_HELPERS = {"projector": "mmproj", "MTP head": "MTP"}
_HARMLESS = (None, "safe", "unscanned", "queued")


def quant_columns() -> list[Column]:
    """The columns of a table of Variant."""
    return [
        Column("quant", "quantization", 14, lambda variant, now: quant_word(variant), right=False),
        Column("bits", "bits/w", 6, lambda variant, now: bits(variant.bits_per_weight), priority=2),
        Column("size", "size", 9, lambda variant, now: size_word(variant)),
        Column("files", "files", 5, lambda variant, now: f"{variant.files}", priority=1),
        Column(
            "name",
            "name",
            12,
            lambda variant, now: variant.name,
            right=False,
            elastic=True,
            role="id",
        ),
    ]


def file_columns(label: Label) -> list[Column]:
    """The columns of a table of File; ``label`` is what the repo says of its weights."""
    return [
        Column("size", "size", 9, lambda file, now: cells.size(file.size)),
        Column(
            "quant",
            "quant",
            12,
            lambda file, now: quant_of(file.path, label) or "",
            priority=1,
            right=False,
        ),
        Column(
            "path",
            "path",
            20,
            lambda file, now: file.path + _alarm(file),
            right=False,
            elastic=True,
            role="id",
        ),
    ]


def quant_lines(variants: Sequence[Variant], width: int) -> list[Line]:
    """The sets of weights under their heads; nothing where there are none."""
    return _lines(quant_columns(), variants, width) if variants else []


def file_lines(files: Sequence[File], label: Label, width: int) -> list[Line]:
    """The files under their heads, and what a scan has found in one behind its path."""
    return _lines(file_columns(label), files, width)


def summary(files: Sequence[File], complete: bool) -> str:
    """How many files, how much in all, and what the Hub's scans say of them."""
    known = [file.size for file in files if file.size is not None]
    least = "" if complete else "at least "
    parts = [f"{least}{len(files):,} files", f"{least}{cells.size(sum(known))} in all"]
    if len(known) < len(files):
        parts.append(f"{len(files) - len(known)} of unknown size")
    if not complete:
        parts.append("the list is cut")
    return " · ".join([*parts, security(files)])


def security(files: Sequence[File]) -> str:
    """What the Hub's scans say, in one phrase."""
    scanned = [file.security for file in files if file.security]
    if not scanned:
        return "security scan not recorded"
    alarms = [status for status in scanned if status not in _HARMLESS]
    if alarms:
        counted = ", ".join(f"{alarms.count(word)} {word}" for word in dict.fromkeys(alarms))
        return f"security scan: {counted}"
    return f"security scan: {scanned.count('safe')} of {len(files)} files safe"


def quant_word(variant: Variant) -> str:
    """The quantization, or the format where none is known; a helper is named as what it is."""
    word = variant.quant or variant.format
    return f"{_HELPERS.get(variant.helper, variant.helper)} {word}" if variant.helper else word


def size_word(variant: Variant) -> str:
    """The size, with ``≥`` before it where shards are missing."""
    return cells.size(variant.size) if variant.complete else f"≥{cells.size(variant.size)}"


def bits(value: float | None) -> str:
    """Bits per weight with two digits after the point."""
    return cells.UNKNOWN if value is None else f"{value:.2f}"


def _alarm(file: File) -> str:
    return "" if file.security in _HARMLESS else f"  [{file.security}]"


def _lines(columns: Sequence[Column], rows: Sequence[object], width: int) -> list[Line]:
    plan = table.layout(columns, width)
    return [table.header(plan), *(table.row(plan, row, 0.0) for row in rows)]
