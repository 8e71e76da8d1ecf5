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
            one.repo.kind,
            one.repo.id,
            one.repo.size,
            iso(one.repo.used_at),
            iso(one.repo.modified_at),
            " ".join(one.repo.revisions),
            ", ".join(set_names(one)),
        )
        for one in shelf.repos
    ]
    body = {
        "folder": shelf.folder,
        "repos": [_shape(one) for one in shelf.repos],
        "total": sum(one.repo.size for one in shelf.repos),
        "unfinished": shelf.unfinished,
        "damaged": list(shelf.damaged),
    }
    return Output(
        body=json.envelope(context, view, body),
        heads=_HEADS,
        rows=rows,
        text=_text(shelf, context.now),
        ids=[one.repo.id for one in shelf.repos],
        remarks=shelf.damaged,
    )


def set_names(one: Here) -> list[str]:
    """``Q4_K_M``, or by its file's name; a set that lacks shards says so."""
    return [
        (each.quant or each.name) + ("" if each.complete else " (not whole)")
        for each in one.sets
        if each.helper is None
    ]


def summary(shelf: Shelf) -> str:
    """``40 repos, 312 GB in /home/…/hub, 1.2 GB unfinished``."""
    count = len(shelf.repos)
    total = size(sum(one.repo.size for one in shelf.repos))
    rest = f", {size(shelf.unfinished)} unfinished" if shelf.unfinished else ""
    return f"{count} repo{'' if count == 1 else 's'}, {total} in {shelf.folder}{rest}"


def _shape(one: Here) -> dict[str, Any]:
    repo = one.repo
    return {
        "kind": repo.kind,
        "id": repo.id,
        "size": repo.size,
        "used_at": iso(repo.used_at),
        "modified_at": iso(repo.modified_at),
        "revisions": list(repo.revisions),
        "sets": [
            {"quant": each.quant, "format": each.format, "size": each.size, "whole": each.complete}
            for each in one.sets
            if each.helper is None
        ],
    }


def _text(shelf: Shelf, now: float) -> Iterator[str]:
    for one in shelf.repos:
        repo = one.repo
        name = repo.id if repo.kind == "model" else f"{repo.kind}s/{repo.id}"
        sets = "  ".join(set_names(one))
        yield f"{size(repo.size):>9}  {age(repo.used_at, now):>4}  {name}  {sets}".rstrip()
    yield summary(shelf)
    yield from shelf.damaged
