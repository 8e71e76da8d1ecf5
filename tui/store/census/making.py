"""The file of a census being made from the rows that arrived. What is derived comes from outside.

All of it is made anew after a kill: nothing reads a draft. The order of the rows, and with it each
number in the file, follows from the rows alone, so the same rows make the same file.
"""

import sqlite3
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from tui.model import Repo
from tui.store.census.bases import read_bases
from tui.store.census.place import remove
from tui.store.census.stage import troubles
from tui.store.census.tables import DERIVED, INDEXES, TABLES, VERSION
from tui.store.paths import make_file

_CACHE = 48 * 1024  # KiB of pages held
_GULP = 5000  # rows handed on at once

Values = tuple[Any, ...]
Params = Sequence[Any] | Mapping[str, Any]


class Draft:
    """A census in the making at ``path``, from the stage at ``stage``. Raises StoreTrouble."""

    __slots__ = ("_link", "path")

    def __init__(self, path: str, stage: str) -> None:
        self.path = path
        with troubles(path):
            remove(path)
            make_file(path)
            self._link = sqlite3.connect(path, isolation_level=None, check_same_thread=False)
            for pragma in ("journal_mode=OFF", "synchronous=OFF", f"cache_size=-{_CACHE}"):
                self._link.execute(f"PRAGMA {pragma}")
            self._link.create_function("unhexed", 1, _unhexed, deterministic=True)
            self._link.execute("ATTACH ? AS stage", (stage,))
            for statement in (*TABLES, *DERIVED):
                self._link.execute(statement)
            self._link.execute("BEGIN")

    def run(self, sql: str, params: Params = ()) -> None:
        """One statement without rows."""
        with troubles(self.path):
            self._link.execute(sql, params)

    def many(self, sql: str, rows: Iterable[Values]) -> None:
        """One statement for each of ``rows``."""
        with troubles(self.path):
            self._link.executemany(sql, rows)

    def rows(self, sql: str, params: Params = ()) -> Iterator[Values]:
        """The rows of one question, never all at once in memory."""
        with troubles(self.path):
            cursor = self._link.execute(sql, params)
            while gulp := cursor.fetchmany(_GULP):
                yield from gulp

    # the rows

    def take_once(self, again: Iterable[tuple[str, str]]) -> None:
        """Keep each repo once: the last row of an id, of a Hub number, and of each pair ``again``.

        A pair is two ids of one repo, the older and the present one.
        """
        self.run("CREATE INDEX IF NOT EXISTS stage.raw_id ON raw (id COLLATE NOCASE)")
        self.run("CREATE INDEX IF NOT EXISTS stage.raw_hub_id ON raw (hub_id)")
        for name in ("id COLLATE NOCASE", "hub_id"):
            twice = f"SELECT {name}, MAX(n) FROM stage.raw GROUP BY {name} HAVING COUNT(*) > 1"
            for value, last in list(self.rows(twice)):
                self.run(f"DELETE FROM stage.raw WHERE {name} = ? AND n < ?", (value, last))
        for old, present in again:
            self.run(
                "DELETE FROM stage.raw WHERE id = ? COLLATE NOCASE AND EXISTS"
                " (SELECT 1 FROM stage.raw WHERE id = ? COLLATE NOCASE)",
                (old, present),
            )

    def ids_of(self, author: str) -> list[str]:
        """The ids of the rows of a namespace."""
        sql = "SELECT id FROM stage.raw WHERE id >= ? COLLATE NOCASE AND id < ? COLLATE NOCASE"
        return [repo_id for (repo_id,) in self.rows(sql, (f"{author}/", f"{author}0"))]

    def take_rows(self) -> int:
        """Write the repos in the order of downloads. Returns their number."""
        for sql in _ROWS:
            self.run(sql)
        ((count,),) = self.rows("SELECT COUNT(*) FROM repo")
        return int(count)

    def declared(self) -> Iterator[tuple[int, Repo]]:
        """The rows that declare a base, with what they declare."""
        for rank, author, name, bases in self.rows(
            "SELECT r.rank, a.name, r.name, r.bases FROM repo r JOIN author a ON a.id = r.author"
            " WHERE r.bases IS NOT NULL ORDER BY r.rank"
        ):
            field, tags = read_bases(bases, implied=False)  # they name no base that it does not
            yield rank, Repo(f"{author}/{name}" if author else name, tags=tags, base_models=field)

    def rank_of(self, repo_id: str, bare: bool = False) -> int | None:
        """The number of a row, in any case of its id; with ``bare`` only where it names no base."""
        author, _, name = repo_id.rpartition("/")
        sql = (
            "SELECT r.rank FROM author a JOIN repo r ON r.author = a.id"
            f" WHERE a.name = ? AND r.name = ?{' AND r.bases IS NULL' if bare else ''}"
        )
        return next((int(rank) for (rank,) in self.rows(sql, (author, name))), None)

    def author_of(self, name: str) -> int | None:
        """The number of a namespace that uploaded a row."""
        sql = "SELECT id FROM author WHERE name = ?"
        return next((int(number) for (number,) in self.rows(sql, (name,))), None)

    def nodes(self) -> Iterator[tuple[str, str, int, str | None]]:
        """Id, author, the author's number (0: none) and task of each row, then of each ghost."""
        for author, number, name, task in self.rows(
            "SELECT a.name, a.id, r.name, t.text FROM repo r JOIN author a ON a.id = r.author"
            " LEFT JOIN word t ON t.id = r.task ORDER BY r.rank"
        ):
            yield f"{author}/{name}" if author else name, author, number, task
        for name, number in self.rows(
            "SELECT g.id, a.id FROM ghost g LEFT JOIN author a"
            f" ON a.name = {_AUTHOR.replace('id', 'g.id')} ORDER BY g.node"
        ):
            yield name, name.rpartition("/")[0], number or 0, None

    def age(self, at: int) -> tuple[str, str]:
        """What orders the members of a cycle, the oldest first: of the node after ``at``."""
        sql = (
            "SELECT r.created, a.name, r.name FROM repo r JOIN author a ON a.id = r.author"
            " WHERE r.rank = ?"
        )
        for created, author, name in self.rows(sql, (at + 1,)):
            when = "~" if created is None else f"{created:020}"
            return when, f"{author}/{name}" if author else name
        return "~", next((str(name) for (name,) in self.rows(_GHOST, (at + 1,))), "")

    def kinds(self) -> Iterator[tuple[int, int]]:
        """The nodes that name a base, in order, with the relations of their edges as bits."""
        now = kinds = 0
        for child, relation in self.rows("SELECT child, relation FROM edge ORDER BY child, place"):
            if child != now and now:
                yield now, kinds
            kinds = (kinds if child == now else 0) | 1 << relation
            now = child
        if now:
            yield now, kinds

    # the edges

    def name_bases(self, edges: Iterable[Values]) -> None:
        """Note edges by the names of their bases: child, place, base, relation, guessed."""
        self.run(
            "CREATE TEMP TABLE IF NOT EXISTS named (child INTEGER, place INTEGER,"
            " base TEXT COLLATE NOCASE, relation INTEGER, guessed INTEGER)"
        )
        self.many("INSERT INTO named VALUES (?, ?, ?, ?, ?)", edges)

    def resolve(self) -> list[tuple[int, str]]:
        """Give every named base its number. Returns the bases that have none of a row, new ones.

        A ghost goes by the name that the most downloaded of its children gives it.
        """
        for sql in _RESOLVE:
            self.run(sql)
        ((rows, ghosts),) = self.rows(
            "SELECT (SELECT MAX(rank) FROM repo), (SELECT MAX(node) FROM ghost)"
        )
        before = int(ghosts or rows or 0)
        names = self.rows("SELECT base FROM unknown ORDER BY base")
        fresh = [(before + at, name) for at, (name,) in enumerate(names, 1)]
        self.many("INSERT INTO ghost VALUES (?, ?)", fresh)
        self.run("INSERT OR IGNORE INTO target SELECT id, node FROM ghost")
        self.run("DELETE FROM unknown")
        return fresh

    def join_edges(self) -> None:
        """Write the edges both ways; a base that a repo names twice counts once."""
        for sql in _EDGES:
            self.run(sql)

    # the end

    def finish(self, meta: Iterable[tuple[str, str]]) -> None:
        """Write what the census says of itself, its indexes, and close it."""
        self.many("INSERT INTO meta VALUES (?, ?)", sorted([*meta, ("version", str(VERSION))]))
        for sql in INDEXES:
            self.run(sql)
        with troubles(self.path):
            self._link.execute("ANALYZE")
            self._link.execute("COMMIT")
            self._link.execute("DETACH stage")
            self._link.close()

    def close(self) -> None:
        """Leave the draft as it is: of no use."""
        self._link.close()


def _unhexed(digits: str | None) -> bytes | None:
    return bytes.fromhex(digits) if digits else None


_AUTHOR = "CASE WHEN instr(id, '/') THEN substr(id, 1, instr(id, '/') - 1) ELSE '' END"
_NAME = "substr(id, instr(id, '/') + 1)"
_GHOST = "SELECT id FROM ghost WHERE node = ?"
_WORDS = ("task", "library", "license", "gated")
_ROWS = (
    f"INSERT INTO author SELECT ROW_NUMBER() OVER (ORDER BY lower(name)), name FROM"
    f" (SELECT MIN({_AUTHOR}) name FROM stage.raw GROUP BY {_AUTHOR} COLLATE NOCASE)",
    "CREATE UNIQUE INDEX author_name ON author (name)",
    "INSERT INTO word (text) SELECT text FROM ("
    + " UNION ".join(f"SELECT {name} text FROM stage.raw" for name in _WORDS)
    + ") WHERE text IS NOT NULL ORDER BY text",
    f"""
INSERT INTO repo SELECT NULL, a.id, {_NAME.replace("id", "w.id")}, unhexed(w.hub_id),
    t.id, l.id, c.id, g.id, w.downloads, w.all_time, w.likes, w.trending, w.created, w.modified,
    w.params, w.bases
FROM stage.raw w JOIN author a ON a.name = {_AUTHOR.replace("id", "w.id")}
    LEFT JOIN word t ON t.text = w.task LEFT JOIN word l ON l.text = w.library
    LEFT JOIN word c ON c.text = w.license LEFT JOIN word g ON g.text = w.gated
ORDER BY w.downloads IS NULL, w.downloads DESC, lower(w.id)
""",
    "CREATE INDEX repo_name ON repo (author, name)",
    "CREATE INDEX repo_created ON repo (created)",
)
_BASE_AUTHOR = _AUTHOR.replace("id", "n.base")
_BASE_NAME = _NAME.replace("id", "n.base")
_RESOLVE = (
    "CREATE TEMP TABLE IF NOT EXISTS target (base TEXT COLLATE NOCASE PRIMARY KEY, node INTEGER)"
    " WITHOUT ROWID",
    "CREATE TEMP TABLE IF NOT EXISTS unknown (base TEXT COLLATE NOCASE, child INTEGER)",
    f"""
INSERT OR IGNORE INTO target SELECT n.base, r.rank FROM (SELECT DISTINCT base FROM named) n
    JOIN author a ON a.name = {_BASE_AUTHOR}
    JOIN repo r ON r.author = a.id AND r.name = {_BASE_NAME}
""",
    "INSERT OR IGNORE INTO target SELECT id, node FROM moved",
    """
INSERT INTO unknown SELECT base, MIN(child) FROM named n
    WHERE NOT EXISTS (SELECT 1 FROM target t WHERE t.base = n.base) GROUP BY base
""",
)
_EDGES = (
    """
INSERT INTO edge SELECT child, ROW_NUMBER() OVER (PARTITION BY child ORDER BY first), node,
    relation, guessed
FROM (SELECT n.child, MIN(n.place) first, t.node, n.relation, n.guessed
    FROM named n JOIN target t ON t.base = n.base GROUP BY n.child, t.node)
ORDER BY child, first
""",
    "INSERT INTO below SELECT parent, child, relation FROM edge ORDER BY parent, child",
    "DROP TABLE named",
    "DROP TABLE target",
    "DROP TABLE unknown",
)
