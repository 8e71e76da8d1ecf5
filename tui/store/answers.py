"""The half of cache.db that is not rows: bodies as they came, and lineage as it was declared."""

import zlib
from collections.abc import Iterable, Mapping
from typing import NamedTuple

from tui.model import Edge
from tui.store.connection import Link
from tui.store.database import Database
from tui.store.prune import prune

CAP_BYTES = 256 * 1024 * 1024
BOUND_AT_ONCE = 500  # older SQLite binds at most 999 values in a statement


class Body(NamedTuple):
    """One stored answer: README text, or whatever the caller keeps under its key."""

    etag: str | None
    fetched_at: float
    status: int  # HTTP
    text: str


class Edges(NamedTuple):
    """Declared edges; ``seen_at`` is when the oldest was seen, None where there are none."""

    edges: tuple[Edge, ...]
    seen_at: float | None


class ChildCount(NamedTuple):
    """How many direct children the Hub counted, by relation, and when it was asked."""

    counts: dict[str, int]
    fetched_at: float


class Answers:
    """Bodies, edges and child counts. ``who`` as in ``Cache``: the caller says whose they are."""

    __slots__ = ("_cap", "_database")

    def __init__(self, database: Database, cap_bytes: int = CAP_BYTES) -> None:
        self._database = database
        self._cap = cap_bytes

    def body(self, key: str, who: str) -> Body | None:
        """The stored body: the account's or the public one, whichever is newer."""
        return self.bodies((key,), who).get(key)

    def bodies(self, keys: Iterable[str], who: str) -> dict[str, Body]:
        """The stored bodies of many keys, each as ``body`` has it."""
        bodies: dict[str, Body] = {}
        wanted = list(keys)
        for start in range(0, len(wanted), BOUND_AT_ONCE):
            part = wanted[start : start + BOUND_AT_ONCE]
            for key, etag, fetched_at, status, packed in self._database.read(
                "SELECT key, etag, fetched_at, status, z FROM body"
                f" WHERE key IN ({','.join('?' * len(part))}) AND who IN ('', ?)"
                " ORDER BY fetched_at, who",
                (*part, who),
            ):
                bodies.pop(key, None)  # an older one, whether or not the newer can be read
                try:
                    text = zlib.decompress(packed).decode("utf-8", "surrogatepass")
                except (zlib.error, UnicodeDecodeError):
                    continue
                bodies[key] = Body(etag, fetched_at, status, text)
        return bodies

    def body_names(self, prefix: str, who: str) -> frozenset[str]:
        """What follows ``prefix`` in the keys of the stored bodies that begin with it."""
        lines = self._database.read(
            "SELECT key FROM body WHERE key >= ? AND key < ? AND who IN ('', ?)",
            (prefix, f"{prefix}\U0010ffff", who),
        )
        return frozenset(key[len(prefix) :] for (key,) in lines)

    def put_body(
        self,
        key: str,
        who: str,
        text: str,
        fetched_at: float,
        *,
        etag: str | None = None,
        status: int = 200,
    ) -> None:
        """Keep a body under its key. ``who`` is ``""`` only for what everybody may read."""

        def job(link: Link) -> None:
            packed = zlib.compress(text.encode("utf-8", "surrogatepass"), 1)
            link.rows(
                "INSERT OR REPLACE INTO body VALUES (?, ?, ?, ?, ?, ?)",
                (key, who, etag, fetched_at, status, packed),
            )
            prune(link, self._cap)

        self._database.write(job)

    def edges(self, repo_id: str, who: str, end: str = "child") -> Edges:
        """The edges whose ``end`` ("child" or "parent") is ``repo_id``, in any case."""
        if end not in ("child", "parent"):
            raise ValueError(f"an edge ends in a child or a parent, not in {end!r}")
        rows = self._database.read(
            "SELECT child, parent, relation, guessed, max(seen_at) FROM edge"
            f" WHERE {end} = ? AND who IN ('', ?)"
            " GROUP BY child, parent, relation ORDER BY child, parent, relation",
            (repo_id, who),
        )
        edges = tuple(Edge(row[0], row[1], row[2], bool(row[3])) for row in rows)
        return Edges(edges, min((row[4] for row in rows), default=None))

    def parents(self, relation: str, who: str) -> frozenset[str]:
        """The ids, in lower case, of the repos with a stored child by ``relation``."""
        lines = self._database.read(
            "SELECT DISTINCT parent FROM edge WHERE relation = ? AND who IN ('', ?)",
            (relation, who),
        )
        return frozenset(parent.lower() for (parent,) in lines)

    def put_edges(self, edges: Iterable[Edge], who: str, seen_at: float) -> None:
        """Keep edges; the children among them lose the edges stored for them before.

        ``who`` is the account where a child is private, else ``""``.
        """
        declared = tuple(edges)

        def job(link: Link) -> None:
            link.many(
                "DELETE FROM edge WHERE child = ? AND who IN ('', ?)",
                [(child, who) for child in {edge.child for edge in declared}],
            )
            link.many(
                "INSERT OR REPLACE INTO edge VALUES (?, ?, ?, ?, ?, ?)",
                [
                    (edge.child, edge.parent, edge.relation, edge.guessed, who, seen_at)
                    for edge in declared
                ],
            )
            prune(link, self._cap)

        self._database.write(job)

    def child_counts(self, parent: str, who: str) -> ChildCount | None:
        """The Hub's count of a repo's direct children; None where it was not asked."""
        lines = self._database.read(
            "SELECT relation, n, fetched_at FROM child_count WHERE parent = ?"
            " AND who IN ('', ?) ORDER BY fetched_at",
            (parent, who),
        )
        if not lines:
            return None
        newest = lines[-1][2]
        return ChildCount({relation: n for relation, n, at in lines if at == newest}, newest)

    def put_child_counts(
        self, parent: str, counts: Mapping[str, int], who: str, fetched_at: float
    ) -> None:
        """Keep the counts of one parent in place of those stored before.

        ``who`` is the account where the parent is private, else ``""``.
        """
        rows = [(parent, relation, n, who, fetched_at) for relation, n in counts.items()]

        def job(link: Link) -> None:
            link.rows("DELETE FROM child_count WHERE parent = ? AND who IN ('', ?)", (parent, who))
            link.many("INSERT INTO child_count VALUES (?, ?, ?, ?, ?)", rows)
            prune(link, self._cap)

        self._database.write(job)
