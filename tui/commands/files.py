"""``hubscope files ID``: the files of a repo with their sizes, and its sets of weights."""

import os
from argparse import ArgumentParser, Namespace
from shutil import get_terminal_size
from typing import Any

from tui.analysis.memory.variants import Label, Variant, label_of, quant_of, variants
from tui.ask.repo import facts_and_files as ask
from tui.ask.sources import Sources
from tui.commands.answer import answer, note
from tui.commands.one import repo_argument, repo_of
from tui.commands.write import write
from tui.model import File, NotFound, View
from tui.render import files as drawn
from tui.render import shapes
from tui.render.export import Output
from tui.render.spans import plain

_HEADS = ("path", "size", "quant", "security")


def arguments(parser: ArgumentParser) -> None:
    """Add the options of ``files``."""
    repo_argument(parser)


def run(args: Namespace, sources: Sources) -> int:
    """Print the files."""
    kind, repo_id = repo_of(args, sources)
    facts = kind == "model"
    view = answer(
        args,
        sources,
        lambda: _with_files(ask.peek(sources, kind, repo_id, facts=facts)),
        lambda: ask.stream(sources, kind, repo_id, facts=facts),
    )
    if _with_files(view) is None:
        raise next(iter(view.problems), NotFound(f"no list of files of {repo_id} is at hand"))
    form = args.format or ("text" if os.isatty(1) else "tsv")
    note(args, view, sources.now())
    write(_output(sources, view), form)
    return 0


def _output(sources: Sources, view: View) -> Output:
    one: ask.FactsAndFiles = view.rows[0]
    real = [file for file in one.files or () if file.type == "file"]
    label = label_of(one.detail)
    sets = variants(real, one.detail) if one.kind == "model" else ()
    rows = [(file.path, file.size, quant_of(file.path, label), file.security) for file in real]
    body = {
        "id": one.id,
        "files": [dict(zip(_HEADS, row, strict=True)) for row in rows],
        "total": _total(real),
        "complete": one.files_complete,
        "quantizations": [_shape(each) for each in sets],
    }
    return Output(
        body=shapes.envelope("files", sources.endpoint, view, body),
        heads=_HEADS,
        rows=rows,
        text=_text(one, real, sets, label),
        ids=[file.path for file in real],
    )


def _shape(one: Variant) -> dict[str, Any]:
    bits = one.bits_per_weight
    return {
        **one._asdict(),
        "projector": one.helper == "projector",
        "bits_per_weight": None if bits is None else round(bits, 3),
    }


def _total(files: list[File]) -> int | None:
    sizes = [file.size for file in files]
    return None if None in sizes else sum(size or 0 for size in sizes)


def _text(
    one: ask.FactsAndFiles, files: list[File], sets: tuple[Variant, ...], label: Label
) -> list[str]:
    width = get_terminal_size().columns
    weights = drawn.quant_lines(sets, width)
    listed = drawn.file_lines(files, label, width)
    blank = [""] if weights else []
    head = f"{one.id} · {drawn.summary(files, one.files_complete)}"
    return [head, *_plain(weights), *blank, *_plain(listed)]


def _plain(lines: list[Any]) -> list[str]:
    return [plain(line).rstrip() for line in lines]


def _with_files(view: View | None) -> View | None:
    return view if view is not None and view.rows[0].files is not None else None
