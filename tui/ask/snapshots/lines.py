"""The lines of a snapshot file: what the store holds, as JSON, and back.

A row is written in the shape of the Hub's own answers and read back as one of those: through the
same parser, with the same caps, each text cleaned. So a file of a stranger is as harmless as an
answer of the Hub, and a row is the same before and after.
"""

import json
from typing import Any, NamedTuple

from tui.hub import parse
from tui.hub.shape import count, counts, line, load_dict, number, truth
from tui.hub.unparse import row
from tui.model import KINDS, RELATIONS, Coverage, Edge, Repo, valid_id
from tui.store.history import Member, Point, Snapshot

TEXT_CAP = 4000  # characters of one text
_MEMBERS = 10_000


class ListPage(NamedTuple):
    """One page of a list: the ids that it added."""

    key: str
    page: int
    next: str | None
    ids: tuple[str, ...]
    at: float


class RepoLine(NamedTuple):
    """One repo and when its row was fetched."""

    repo: Repo
    at: float


class KeptPage(NamedTuple):
    """One page of a list kept for counting."""

    name: str
    page: int
    next: str | None
    url: str
    rows: tuple[Repo, ...]
    at: float


class Counts(NamedTuple):
    """One repo's counted children."""

    parent: str
    counts: dict[str, int]
    at: float


class Seen(NamedTuple):
    """One declared edge."""

    edge: Edge
    at: float


class Look(NamedTuple):
    """A dated look at a list."""

    snapshot: Snapshot
    members: tuple[Member, ...]


Value = ListPage | RepoLine | KeptPage | Counts | Seen | Look | Point


def write(value: Value) -> str:
    """One line, without its end."""
    if isinstance(value, RepoLine):
        fields = {"what": "row", "kind": value.repo.kind, "at": value.at, "item": row(value.repo)}
    elif isinstance(value, KeptPage):
        fields = {"what": "page", **value._asdict(), "rows": [row(repo) for repo in value.rows]}
    elif isinstance(value, Look):
        members = [list(member) for member in value.members]
        fields = {"what": "look", **value.snapshot._asdict(), "members": members}
    elif isinstance(value, Seen):
        fields = {"what": "edge", **value.edge._asdict(), "at": value.at}
    elif isinstance(value, Point):
        coverage = value.coverage and list(value.coverage)
        fields = {"what": "point", **value._asdict(), "coverage": coverage}
    else:
        fields = {"what": "list" if isinstance(value, ListPage) else "counts", **value._asdict()}
    return json.dumps(fields, ensure_ascii=False, separators=(",", ":"))


def read(text: bytes) -> Value | None:
    """The value of one line; None where it is none that we know, or its facts make no sense.

    Raises Unreadable for what is no JSON object, too large or too deep.
    """
    fields = load_dict(text)
    reader = _READERS.get(str(fields.get("what")))
    return reader(fields) if reader else None


def _rows(items: object, kind: str) -> tuple[Repo, ...]:
    listed = items if isinstance(items, list) else []
    return parse.rows(json.dumps(listed).encode(), kind).rows


def _row(fields: dict[str, Any]) -> RepoLine | None:
    kind, at = fields.get("kind"), number(fields.get("at"))
    repos = _rows([fields.get("item")], kind) if kind in KINDS else ()
    return RepoLine(repos[0], at) if repos and at is not None else None


def _list(fields: dict[str, Any]) -> ListPage | None:
    key, page, at = _text(fields.get("key")), count(fields.get("page")), number(fields.get("at"))
    if not key or page is None or at is None or key.partition("&")[0] not in KINDS:
        return None
    return ListPage(key, page, _path(fields.get("next")), _ids(fields.get("ids")), at)


def _page(fields: dict[str, Any]) -> KeptPage | None:
    name, page, at = _text(fields.get("name")), count(fields.get("page")), number(fields.get("at"))
    if not name or page is None or at is None:
        return None
    url = _text(fields.get("url")) or ""
    rows = _rows(fields.get("rows"), "model")
    rows = tuple(row for row in rows if not row.private)
    return KeptPage(name, page, _path(fields.get("next")), url, rows, at)


def _counts(fields: dict[str, Any]) -> Counts | None:
    parent, at = fields.get("parent"), number(fields.get("at"))
    if not _is_id(parent) or at is None:
        return None
    by_relation = {name: n for name, n in counts(fields.get("counts")).items() if name in RELATIONS}
    return Counts(str(parent), by_relation, at)


def _edge(fields: dict[str, Any]) -> Seen | None:
    child, parent, relation = (fields.get(name) for name in ("child", "parent", "relation"))
    at = number(fields.get("at"))
    if not (_is_id(child) and _is_id(parent)) or relation not in RELATIONS or at is None:
        return None
    edge = Edge(str(child), str(parent), str(relation), bool(truth(fields.get("guessed"))))
    return Seen(edge, at)


def _look(fields: dict[str, Any]) -> Look | None:
    key, at, listed = (
        _text(fields.get("query_key")),
        number(fields.get("at")),
        fields.get("members"),
    )
    if not key or at is None or not isinstance(listed, list):
        return None
    members = tuple(member for member in map(_member, listed[:_MEMBERS]) if member)
    endpoint = _text(fields.get("endpoint")) or ""
    return Look(Snapshot(0, key, endpoint, "", at, len(members)), members)


def _member(values: object) -> Member | None:
    if not isinstance(values, list) or len(values) != len(Member._fields) or not _is_id(values[2]):
        return None
    lo, hi = count(values[0]), count(values[1])
    if lo is None or hi is None or not 1 <= lo <= hi:
        return None
    return Member(lo, hi, values[2], number(values[3]), count(values[4]), count(values[5]))


def _point(fields: dict[str, Any]) -> Point | None:
    at = number(fields.get("at"))
    names = ("family", "measure", "definition", "kind")
    family, measure, definition, kind = (_text(fields.get(name)) for name in names)
    if at is None or not (family and measure and definition and kind):
        return None
    return Point(
        family,
        measure,
        definition,
        at,
        number(fields.get("value")),
        kind,
        _text(fields.get("lens")) or "",
        _text(fields.get("registry")),
        _text(fields.get("endpoint")) or "",
        _coverage(fields.get("coverage")),
    )


def _coverage(values: object) -> Coverage | None:
    if not isinstance(values, list) or len(values) != len(Coverage._fields):
        return None
    done, total, noun = count(values[0]), count(values[1]), _text(values[2])
    if done is None or total is None or not noun:
        return None
    return Coverage(done, total, noun, number(values[3]))


def _ids(value: object) -> tuple[str, ...]:
    listed = value if isinstance(value, list) else []
    return tuple(repo_id for repo_id in listed if _is_id(repo_id))


def _is_id(value: object) -> bool:
    return isinstance(value, str) and valid_id(value)


def _text(value: object) -> str | None:
    text = line(value)
    return text[:TEXT_CAP] if text else None


def _path(value: object) -> str | None:
    """A cursor: path and query on whichever endpoint is in use, and nothing else."""
    path = _text(value)
    fits = path is not None and path.startswith("/api/") and path.isascii() and path == value
    return path if fits else None


_READERS = {
    "row": _row,
    "list": _list,
    "page": _page,
    "counts": _counts,
    "edge": _edge,
    "look": _look,
    "point": _point,
}
