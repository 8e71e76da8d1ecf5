"""The lines of the Files tab: sets of weights and files, which one can take, and words."""

from collections.abc import Iterable, Sequence
from typing import Any, NamedTuple

from tui.analysis.memory.footprint import Fit
from tui.analysis.memory.selection import Choice, picked
from tui.analysis.memory.variants import Variant, label_of, series, variants
from tui.ask.repo.facts_and_files import FactsAndFiles
from tui.model import File
from tui.render import cells, files, memory, table
from tui.render.spans import Line

EVERY = "every file"
FIT, SET, FILE = "fit", "set", "file"


class FileRow(NamedTuple):
    """One line. ``table`` names the columns that draw ``value``; without one it is ``line``.

    Of a file of weights ``sets`` holds the set that it is a part of.
    """

    key: str
    line: Line = ()
    table: str = ""
    value: Any = None
    sets: tuple[Variant, ...] = ()
    paths: tuple[str, ...] = ()

    @property
    def takes(self) -> bool:
        """Whether the line stands for something that one can take."""
        return bool(self.sets or self.paths)


class FileRows:
    """The rows of one repo, with the columns that draw them at a width."""

    def __init__(self, repo: FactsAndFiles, fit: Fit | None) -> None:
        self._repo, self._fit = repo, fit
        self._files = [file for file in repo.files or () if file.type == "file"]
        self._sets = variants(self._files, repo.detail)
        self._plans: dict[tuple[str, int], table.Layout] = {}

    def rows(self, width: int) -> list[FileRow]:
        """Every row, in its order, for lines of ``width`` cells."""
        rows = [] if self._fit is None else list(self._memory(self._fit, width))
        if self._repo.files is None:
            return rows
        if self._sets:
            rows += [self._head(SET, width), *map(_set_row, self._sets), FileRow("gap set")]
        every = File(EVERY, sum(file.size or 0 for file in self._files))
        paths = tuple(file.path for file in self._files)
        rows.append(self._head(FILE, width))
        if len(self._files) > 1:
            rows.append(FileRow(EVERY, (), FILE, every, paths=paths))
        by_name = {(variant.format, variant.name): variant for variant in self._sets}
        parts = ((file, series(file.path)) for file in self._files)
        return rows + [_file_row(file, by_name.get(part) if part else None) for file, part in parts]

    def summary(self) -> str:
        """How many files, how much in all, what the Hub's scans say of them."""
        if self._repo.files is None:
            return "the files are not known"
        return files.summary(self._files, self._repo.files_complete)

    def line(self, row: FileRow, width: int, cursor: bool, marked: bool) -> Line:
        """A row as it is drawn."""
        if not row.table:
            return row.line
        plan = self._plan(row.table, width)
        return table.row(plan, row.value, 0.0, cursor=cursor and row.takes, marked=marked)

    def under_cursor(self, row: FileRow) -> Choice:
        """The set of weights that the row is or is a part of, whole; else its file."""
        return picked(self._files, self._repo.detail, row.sets, () if row.sets else row.paths)

    def marked(self, rows: Sequence[FileRow]) -> Choice:
        """The files that were marked, as they are, and the sets, whole."""
        whole = (variant for row in rows if not row.paths for variant in row.sets)
        paths = [path for row in rows for path in row.paths]
        return picked(self._files, self._repo.detail, tuple(dict.fromkeys(whole)), paths)

    def _memory(self, fit: Fit, width: int) -> Iterable[FileRow]:
        weighed = [(variant,) for variant in self._sets if not variant.helper]
        yield self._head(FIT, width)
        for place, row in enumerate(fit.rows):
            sets = weighed[place] if len(weighed) == len(fit.rows) else ()
            yield FileRow(f"fit {place} {row.name}", (), FIT, row, sets)
        for place, line in enumerate(memory.words(fit, width - 2)):
            yield FileRow(f"words {place}", ((" ", "text"), *line))
        yield FileRow("gap fit")

    def _head(self, name: str, width: int) -> FileRow:
        return FileRow(f"head {name}", table.header(self._plan(name, width)))

    def _plan(self, name: str, width: int) -> table.Layout:
        if (name, width) not in self._plans:
            self._plans[name, width] = table.layout(self._columns(name), width)
        return self._plans[name, width]

    def _columns(self, name: str) -> Sequence[table.Column]:
        if name == FIT:
            return memory.columns(any(row.state for row in self._fit.rows) if self._fit else False)
        return files.quant_columns() if name == SET else files.file_columns(self._label())

    def _label(self) -> Any:
        return label_of(self._repo.detail)


def words(row: FileRow) -> str:
    """What a row stands for, in one line."""
    if not row.sets:
        label = EVERY if len(row.paths) > 1 else row.paths[0]
        return f"{label} · {cells.size(row.value.size)}"
    variant = row.sets[0]
    count = "1 file" if variant.files == 1 else f"{variant.files} files"
    lacks = "" if variant.complete else ", shards are missing"
    part = "of " if row.paths else ""
    return f"{part}{files.quant_word(variant)} · {files.size_word(variant)} in {count}{lacks}"


def _set_row(variant: Variant) -> FileRow:
    return FileRow(f"set {variant.format} {variant.name}", (), SET, variant, (variant,))


def _file_row(file: File, variant: Variant | None) -> FileRow:
    return FileRow(
        f"file {file.path}", (), FILE, file, () if variant is None else (variant,), (file.path,)
    )
