"""Files to be taken from a repo, or taken: which, how many bytes, where they go."""

from collections.abc import Iterator, Sequence
from typing import Any, Protocol

from tui.analysis.memory.selection import Choice
from tui.model import Detail, View
from tui.output import json
from tui.output.forms import Context, Output
from tui.render.cells import size

_HEADS = ("path", "size")


class Plan(Protocol):
    """A download, as the ask hands it out."""

    @property
    def kind(self) -> str:
        """What kind of repo it is."""

    @property
    def id(self) -> str:
        """The repo's id."""

    @property
    def choice(self) -> Choice:
        """The files to take."""

    @property
    def folder(self) -> str:
        """The folder that the files go to."""

    @property
    def free(self) -> int | None:
        """Bytes free in that folder; None where it cannot be told."""

    @property
    def detail(self) -> Detail | None:
        """What is known of the repo."""

    @property
    def here(self) -> frozenset[str]:
        """The paths in the repo of files that the folder holds already."""

    @property
    def listed(self) -> bool:
        """Whether all files of the repo are known."""

    @property
    def missing(self) -> int | None:
        """Bytes still to come."""

    @property
    def short(self) -> int:
        """Bytes that the disk lacks."""


def output(view: View[Any], context: Context, to: str | None = None) -> Output:
    """The plan in ``view``; ``to`` is the folder in which its files lie, once they are taken."""
    plan: Plan = view.rows[0]
    rows = [(file.path, file.size) for file in plan.choice.files]
    body: dict[str, Any] = {
        "id": plan.id,
        "set": plan.choice.name,
        "files": [dict(zip(_HEADS, row, strict=True)) for row in rows],
        "total": plan.choice.total,
        "missing": 0 if to else plan.missing,
        "to": to or plan.folder,
        "free": plan.free,
        "taken": to is not None,
    }
    notes = remarks(plan)
    return Output(
        body=json.envelope(context, view, body),
        heads=_HEADS,
        rows=rows,
        text=_text(plan, rows, to, notes),
        ids=[path if to is None else _joined(to, path) for path, _ in rows],
        remarks=notes,
    )


def remarks(plan: Plan) -> list[str]:
    """Sentences: missing shards, a cut list of files, too little disk, a gate."""
    texts = []
    repo = plan.detail.repo if plan.detail else None
    if not plan.choice.whole:
        texts.append(f"the repo lacks some shards of {plan.choice.name}: it cannot be loaded")
    if not plan.listed:
        texts.append("the Hub cut the list of files; more of them may belong to this")
    if plan.short:
        texts.append(f"the disk lacks {size(plan.short)}")
    if repo is not None and repo.gated:
        texts.append(f"{plan.id} is gated ({repo.gated}): its files want a login with access")
    return texts


def heading(plan: Plan) -> str:
    """``acme/tiny Q4_K_M: 1 file, 5.03 GB, to /home/…/hub (80.1 GB free)``."""
    count = len(plan.choice.files)
    files = "1 file" if count == 1 else f"{count} files"
    come = "" if plan.missing == plan.choice.total else f", {size(plan.missing)} still to come"
    free = "" if plan.free is None else f" ({size(plan.free)} free)"
    total = size(plan.choice.total)
    return f"{plan.id} {plan.choice.name}: {files}, {total}{come}, to {plan.folder}{free}"


def _text(
    plan: Plan, rows: Sequence[tuple[str, int | None]], to: str | None, notes: list[str]
) -> Iterator[str]:
    yield heading(plan) if to is None else f"{plan.id} {plan.choice.name}: in {to}"
    yield from (f"{size(length):>9}  {path}" for path, length in rows)
    yield from notes if to is None else ()


def _joined(folder: str, path: str) -> str:
    """The path of a file of the repo on this machine."""
    import os

    return os.path.join(folder, *path.split("/"))
