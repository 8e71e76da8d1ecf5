"""The file of a census being made from the rows that arrived. What is derived comes from outside.

All of it is made anew after a kill: nothing reads a draft. The order of the rows, and with it each
number in the file, follows from the rows alone, so the same rows make the same file.
"""

import sqlite3
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from tui.store.census.place import remove
from tui.store.census.stage import troubles
from tui.store.census.tables import DERIVED, INDEXES, TABLES, VERSION
from tui.store.paths import make_file

_CACHE = 32 * 1024  # KiB of pages held, and as much again while something is sorted
_GULP = 5000  # rows handed on at once

Values = tuple[Any, ...]
Params = Sequence[Any] | Mapping[str, Any]


class Draft:
    """A census in the making at ``path``, from the stage at ``stage``. Raises StoreTrouble."""

    __slots__ = ("_link", "_resolved", "path")

    def __init__(self, path: str, stage: str) -> None:
        self.path = path
        self._resolved = 0  # bases that have their numbers
        with troubles(path):
            remove(path)
            make_file(path)
            self._link = sqlite3.connect(path, isolation_level=None, check_same_thread=False)
            for pragma in ("journal_mode=OFF", "synchronous=OFF", f"cache_size=-{_CACHE}"):
                self._link.execute(f"PRAGMA {pragma}")
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
        for sql in _FINDING:
            self.run(sql)
        for name in ("author, name", "hub_id"):
            twice = f"SELECT MAX(n), {name} FROM stage.raw GROUP BY {name} HAVING COUNT(*) > 1"
            same = " AND ".join(f"{column} = ?" for column in name.split(", "))
            for last, *value in list(self.rows(twice)):
                self.run(f"DELETE FROM stage.raw WHERE {same} AND n < ?", (*value, last))
        named = "author = ? AND name = ?"
        for old, present in again:
            self.run(
                f"DELETE FROM stage.raw WHERE {named} AND EXISTS"
                f" (SELECT 1 FROM stage.raw WHERE {named})",
                (*_apart(old), *_apart(present)),
            )

    def ids_of(self, author: str) -> list[str]:
        """The ids of the rows of a namespace."""
        lines = self.rows("SELECT author, name FROM stage.raw WHERE author = ?", (author,))
        return ["/".join(line) for line in lines]

    def take_rows(self) -> int:
        """Write the repos in the order of downloads. Returns their number."""
        self.run(_AUTHORS)
        used = {number for line in self.rows(_USED) for number in line}
        texts = [(t, n) for t, n in self.rows(_TEXTS) if n in used]
        self.many("INSERT INTO word (text) VALUES (?)", [(text,) for text, _ in texts])
        self.run("CREATE TEMP TABLE word_of (id INTEGER PRIMARY KEY, word INTEGER)")
        self.many(
            "INSERT INTO word_of VALUES (?, ?)", [(n, at) for at, (_, n) in enumerate(texts, 1)]
        )
        for sql in _ROWS:
            self.run(sql)
        ((count,),) = self.rows("SELECT COUNT(*) FROM repo")
        return int(count)

    def declared(self) -> Iterator[tuple[int, str, str]]:
        """The rows that declare a base: number, id, and ``bases_text`` of what they declare."""
        for rank, author, name, bases in self.rows(
            "SELECT r.rank, a.name, r.name, r.bases FROM repo r JOIN author a ON a.id = r.author"
            " WHERE r.bases IS NOT NULL ORDER BY r.rank"
        ):
            yield rank, f"{author}/{name}" if author else name, bases

    def rank_of(self, repo_id: str, bare: bool = False) -> int | None:
        """The number of a row, in any case of its id; with ``bare`` only where it names no base."""
        author, _, name = repo_id.rpartition("/")
        sql = (
            "SELECT r.rank FROM author a JOIN repo r ON r.author = a.id"
            f" WHERE a.name = ? AND r.name = ?{' AND r.bases IS NULL' if bare else ''}"
        )
        return next((int(rank) for (rank,) in self.rows(sql, (author, name))), None)

    def columns(self) -> Iterator[Iterator[tuple[Any, ...]]]:
        """Of some thousand rows at a time the authors' numbers, names, tasks, times of creation."""
        with troubles(self.path):
            lines = self._link.execute("SELECT author, name, task, created FROM repo ORDER BY rank")
            while gulp := lines.fetchmany(_GULP):
                yield zip(*gulp)

    def ghosts(self) -> Iterator[tuple[str, int]]:
        """The id of each base without a row, and its author's number (0: none)."""
        for name, number in self.rows(
            "SELECT g.id, a.id FROM ghost g LEFT JOIN author a"
            f" ON a.name = {_AUTHOR.replace('id', 'g.id')} ORDER BY g.node"
        ):
            yield name, number or 0

    def words(self) -> dict[int, str]:
        """The texts behind the numbers of tasks and the like."""
        return dict(self.rows("SELECT id, text FROM word"))

    def authors_of(self, names: Iterable[str]) -> dict[int, str]:
        """The namespaces among ``names`` that uploaded a row, by number, as they are written."""
        sql = "SELECT id, name FROM author WHERE name = ?"
        return dict(line for name in names for line in self.rows(sql, (name,)))

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

    # the edges

    def name_bases(self, edges: Iterable[Values]) -> None:
        """Note edges by the names of their bases: child, place, base, relation, guessed."""
        self.run(
            "CREATE TEMP TABLE IF NOT EXISTS named (child INTEGER, place INTEGER,"
            " base TEXT COLLATE NOCASE, relation INTEGER, guessed INTEGER)"
        )
        self.many("INSERT INTO named VALUES (?, ?, ?, ?, ?)", edges)

    def resolve(self) -> list[tuple[int, str]]:
        """Give every base named since the last time its number. Returns those that have no row.

        A ghost goes by the name that the most downloaded of its children gives it.
        """
        for sql in _TARGETS:
            self.run(sql)
        ((last,),) = self.rows("SELECT coalesce(MAX(rowid), 0) FROM named")
        for sql in _RESOLVE:
            self.run(sql, {"seen": self._resolved})
        self._resolved = int(last)
        ((rows, ghosts),) = self.rows(
            "SELECT (SELECT MAX(rank) FROM repo), (SELECT MAX(node) FROM ghost)"
        )
        before = int(ghosts or rows or 0)
        names = self.rows("SELECT base FROM unknown ORDER BY base")
        fresh = [(before + at, name) for at, (name,) in enumerate(names, 1)]
        self.many("INSERT INTO ghost VALUES (?, ?)", fresh)
        self.many("INSERT OR IGNORE INTO target VALUES (?, ?)", ((name, at) for at, name in fresh))
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


def _apart(repo_id: str) -> tuple[str, str]:
    """The namespace, which may be empty, and the name."""
    author, _, name = repo_id.rpartition("/")
    return author, name


_AUTHOR = "CASE WHEN instr(id, '/') THEN substr(id, 1, instr(id, '/') - 1) ELSE '' END"
_NAME = "substr(id, instr(id, '/') + 1)"
_GHOST = "SELECT id FROM ghost WHERE node = ?"
_FINDING = (
    "CREATE INDEX IF NOT EXISTS stage.raw_id ON raw (author, name)",
    "CREATE INDEX IF NOT EXISTS stage.raw_hub_id ON raw (hub_id)",
)
_AUTHORS = (
    "INSERT INTO author (name) SELECT MIN(author COLLATE BINARY) FROM stage.raw"
    " GROUP BY author ORDER BY author"
)
_USED = "SELECT DISTINCT task, library, license, gated FROM stage.raw"
_TEXTS = "SELECT text, id FROM stage.text ORDER BY text"
_ROWS = (
    "CREATE UNIQUE INDEX author_name ON author (name)",
    """
INSERT INTO repo SELECT NULL, a.id, w.name, w.hub_id,
    t.word, l.word, c.word, g.word, w.downloads, w.all_time, w.likes, w.trending, w.created,
    w.modified, w.params, w.bases
FROM stage.raw w JOIN author a ON a.name = w.author
    LEFT JOIN word_of t ON t.id = w.task LEFT JOIN word_of l ON l.id = w.library
    LEFT JOIN word_of c ON c.id = w.license LEFT JOIN word_of g ON g.id = w.gated
ORDER BY w.downloads IS NULL, w.downloads DESC,
    lower(CASE w.author WHEN '' THEN w.name ELSE w.author || '/' || w.name END)
""",
    "CREATE INDEX repo_name ON repo (author, name)",
    "DROP TABLE word_of",
)
_BASE_AUTHOR = _AUTHOR.replace("id", "n.base")
_BASE_NAME = _NAME.replace("id", "n.base")
_TARGETS = (
    "CREATE TEMP TABLE IF NOT EXISTS target (base TEXT COLLATE NOCASE PRIMARY KEY, node INTEGER)"
    " WITHOUT ROWID",
    "CREATE TEMP TABLE IF NOT EXISTS unknown (base TEXT COLLATE NOCASE, child INTEGER)",
    "INSERT OR IGNORE INTO target SELECT id, node FROM moved",
)
_RESOLVE = (
    f"""
INSERT OR IGNORE INTO target SELECT n.base, r.rank
FROM (SELECT DISTINCT base FROM named WHERE rowid > :seen) n
    JOIN author a ON a.name = {_BASE_AUTHOR}
    JOIN repo r ON r.author = a.id AND r.name = {_BASE_NAME}
""",
    """
INSERT INTO unknown SELECT base, MIN(child) FROM named n
    WHERE rowid > :seen AND NOT EXISTS (SELECT 1 FROM target t WHERE t.base = n.base)
    GROUP BY base
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
