"""What lies in the Hugging Face cache on this machine."""

from collections.abc import Iterator
from typing import Any, Protocol

from tui.analysis.memory.variants import Variant
from tui.model import View
from tui.model.when import iso
from tui.output import json
from tui.output.forms import Context, Output
from tui.render.cells import age, size

_HEADS = ("kind", "id", "size", "used_at", "modified_at", "revisions", "sets")


class Repo(Protocol):
    """A repo of the cache, as the ask hands it out; times in seconds since 1970."""

    kind: str
    id: str
    size: int
    used_at: float
    modified_at: float
    revisions: tuple[str, ...]


class Here(Protocol):
    """A repo and the sets of weights that its files make."""

    repo: Repo
    sets: tuple[Variant, ...]


class Shelf(Protocol):
    """The whole cache."""

    folder: str
    repos: tuple[Here, ...]
    unfinished: int
    damaged: tuple[str, ...]


def output(view: View[Any], context: Context) -> Output:
    """Every repo of the cache in ``view``."""
    shelf: Shelf = view.rows[0]
    rows = [
        (
            entry.repo.kind,
            entry.repo.id,
            entry.repo.size,
            iso(entry.repo.used_at),
            iso(entry.repo.modified_at),
            " ".join(entry.repo.revisions),
            ", ".join(set_names(entry)),
        )
        for entry in shelf.repos
    ]
    body = {
        "folder": shelf.folder,
        "repos": [_shape(entry) for entry in shelf.repos],
        "total": sum(entry.repo.size for entry in shelf.repos),
        "unfinished": shelf.unfinished,
        "damaged": list(shelf.damaged),
    }
    return Output(
        body=json.envelope(context, view, body),
        heads=_HEADS,
        rows=rows,
        text=_text(shelf, context.now),
        ids=[entry.repo.id for entry in shelf.repos],
        remarks=shelf.damaged,
    )


def set_names(entry: Here) -> list[str]:
    """``Q4_K_M``, or by its file's name; a set that lacks shards says so."""
    return [
        (variant.quant or variant.name) + ("" if variant.complete else " (not whole)")
        for variant in entry.sets
        if variant.helper is None
    ]


def summary(shelf: Shelf) -> str:
    """``40 repos, 312 GB in /home/…/hub, 1.2 GB unfinished``."""
    count = len(shelf.repos)
    total = size(sum(entry.repo.size for entry in shelf.repos))
    unfinished = f", {size(shelf.unfinished)} unfinished" if shelf.unfinished else ""
    return f"{count} repo{'' if count == 1 else 's'}, {total} in {shelf.folder}{unfinished}"


def _shape(entry: Here) -> dict[str, Any]:
    repo = entry.repo
    return {
        "kind": repo.kind,
        "id": repo.id,
        "size": repo.size,
        "used_at": iso(repo.used_at),
        "modified_at": iso(repo.modified_at),
        "revisions": list(repo.revisions),
        "sets": [
            {
                "quant": variant.quant,
                "format": variant.format,
                "size": variant.size,
                "whole": variant.complete,
            }
            for variant in entry.sets
            if variant.helper is None
        ],
    }


def _text(shelf: Shelf, now: float) -> Iterator[str]:
    for entry in shelf.repos:
        repo = entry.repo
        name = repo.id if repo.kind == "model" else f"{repo.kind}s/{repo.id}"
        sets = "  ".join(set_names(entry))
        yield f"{size(repo.size):>9}  {age(repo.used_at, now):>4}  {name}  {sets}".rstrip()
    yield summary(shelf)
    yield from shelf.damaged
