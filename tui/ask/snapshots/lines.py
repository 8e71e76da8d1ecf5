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
        said = {"what": "row", "kind": value.repo.kind, "at": value.at, "item": row(value.repo)}
    elif isinstance(value, KeptPage):
        said = {"what": "page", **value._asdict(), "rows": [row(repo) for repo in value.rows]}
    elif isinstance(value, Look):
        members = [list(member) for member in value.members]
        said = {"what": "look", **value.snapshot._asdict(), "members": members}
    elif isinstance(value, Seen):
        said = {"what": "edge", **value.edge._asdict(), "at": value.at}
    elif isinstance(value, Point):
        coverage = value.coverage and list(value.coverage)
        said = {"what": "point", **value._asdict(), "coverage": coverage}
    else:
        said = {"what": "list" if isinstance(value, ListPage) else "counts", **value._asdict()}
    return json.dumps(said, ensure_ascii=False, separators=(",", ":"))


def read(text: bytes) -> Value | None:
    """The value of one line; None where it is none that we know, or its facts make no sense.

    Raises Unreadable for what is no JSON object, too large or too deep.
    """
    said = load_dict(text)
    reader = _READERS.get(str(said.get("what")))
    return reader(said) if reader else None


def _rows(items: object, kind: str) -> tuple[Repo, ...]:
    listed = items if isinstance(items, list) else []
    return parse.rows(json.dumps(listed).encode(), kind).rows


def _row(said: dict[str, Any]) -> RepoLine | None:
    kind, at = said.get("kind"), number(said.get("at"))
    found = _rows([said.get("item")], kind) if kind in KINDS else ()
    return RepoLine(found[0], at) if found and at is not None else None


def _list(said: dict[str, Any]) -> ListPage | None:
    key, page, at = _text(said.get("key")), count(said.get("page")), number(said.get("at"))
    if not key or page is None or at is None or key.partition("&")[0] not in KINDS:
        return None
    return ListPage(key, page, _path(said.get("next")), _ids(said.get("ids")), at)


def _page(said: dict[str, Any]) -> KeptPage | None:
    name, page, at = _text(said.get("name")), count(said.get("page")), number(said.get("at"))
    if not name or page is None or at is None:
        return None
    url = _text(said.get("url")) or ""
    rows = _rows(said.get("rows"), "model")
    rows = tuple(row for row in rows if not row.private)
    return KeptPage(name, page, _path(said.get("next")), url, rows, at)


def _counts(said: dict[str, Any]) -> Counts | None:
    parent, at = said.get("parent"), number(said.get("at"))
    if not _is_id(parent) or at is None:
        return None
    found = {name: n for name, n in counts(said.get("counts")).items() if name in RELATIONS}
    return Counts(str(parent), found, at)


def _edge(said: dict[str, Any]) -> Seen | None:
    child, parent, relation = (said.get(name) for name in ("child", "parent", "relation"))
    at = number(said.get("at"))
    if not (_is_id(child) and _is_id(parent)) or relation not in RELATIONS or at is None:
        return None
    edge = Edge(str(child), str(parent), str(relation), bool(truth(said.get("guessed"))))
    return Seen(edge, at)


def _look(said: dict[str, Any]) -> Look | None:
    key, at, listed = _text(said.get("query_key")), number(said.get("at")), said.get("members")
    if not key or at is None or not isinstance(listed, list):
        return None
    members = tuple(one for one in map(_member, listed[:_MEMBERS]) if one)
    endpoint = _text(said.get("endpoint")) or ""
    return Look(Snapshot(0, key, endpoint, "", at, len(members)), members)


def _member(said: object) -> Member | None:
    if not isinstance(said, list) or len(said) != len(Member._fields) or not _is_id(said[2]):
        return None
    lo, hi = count(said[0]), count(said[1])
    if lo is None or hi is None or not 1 <= lo <= hi:
        return None
    return Member(lo, hi, said[2], number(said[3]), count(said[4]), count(said[5]))


def _point(said: dict[str, Any]) -> Point | None:
    at = number(said.get("at"))
    names = ("family", "measure", "definition", "kind")
    family, measure, definition, kind = (_text(said.get(name)) for name in names)
    if at is None or not (family and measure and definition and kind):
        return None
    return Point(
        family,
        measure,
        definition,
        at,
        number(said.get("value")),
        kind,
        _text(said.get("lens")) or "",
        _text(said.get("registry")),
        _text(said.get("endpoint")) or "",
        _coverage(said.get("coverage")),
    )


def _coverage(said: object) -> Coverage | None:
    if not isinstance(said, list) or len(said) != len(Coverage._fields):
        return None
    done, total, what = count(said[0]), count(said[1]), _text(said[2])
    if done is None or total is None or not what:
        return None
    return Coverage(done, total, what, number(said[3]))


def _ids(said: object) -> tuple[str, ...]:
    listed = said if isinstance(said, list) else []
    return tuple(one for one in listed if _is_id(one))


def _is_id(value: object) -> bool:
    return isinstance(value, str) and valid_id(value)


def _text(value: object) -> str | None:
    found = line(value)
    return found[:TEXT_CAP] if found else None


def _path(value: object) -> str | None:
    """A cursor: path and query on whichever endpoint is in use, and nothing else."""
    found = _text(value)
    fits = found is not None and found.startswith("/api/") and found.isascii() and found == value
    return found if fits else None


_READERS = {
    "row": _row,
    "list": _list,
    "page": _page,
    "counts": _counts,
    "edge": _edge,
    "look": _look,
    "point": _point,
}
