"""Reading a whole census: rows by number or id, lineage, totals. Nothing is written here."""

import sqlite3
from _thread import allocate_lock, get_ident
from array import array
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import date
from functools import cached_property, lru_cache
from typing import Any

from tui.model import Repo
from tui.store.census.bases import read_bases
from tui.store.census.stage import EPOCH, troubles
from tui.store.census.tables import VERSION

Values = tuple[Any, ...]
Params = Sequence[Any] | Mapping[str, Any]
_FEW = 500  # numbers named in one question
_CACHE = 1000  # KiB of pages that a connection holds; the system holds the file
_PIECE = 20_000  # rows of a long answer taken at once

_FIELDS = (
    "SELECT r.rank, a.name, r.name, r.hub_id, r.task, r.library, r.license, r.gated, r.downloads,"
    " r.all_time, r.likes, r.trending, r.created, r.modified, r.params, r.bases"
    " FROM "
)
ROWS = "repo r JOIN author a ON a.id = r.author"
ID = "CASE WHEN a.name = '' THEN r.name ELSE a.name || '/' || r.name END"


class Census:
    """The file at ``path``; each thread that asks has a connection of its own."""

    def __init__(self, path: str) -> None:
        self.path = path
        self._links: dict[int, sqlite3.Connection] = {}
        self._opening = allocate_lock()

    def close(self) -> None:
        """Close every connection."""
        with self._opening:
            for link in self._links.values():
                link.close()
            self._links.clear()

    def ask(self, sql: str, params: Params = ()) -> list[Values]:
        """All rows of one question. Raises StoreTrouble."""
        with troubles(self.path):
            return self._link().execute(sql, params).fetchall()

    def each(self, sql: str, params: Params = ()) -> Iterator[Values]:
        """The rows of one question, one after the other. Raises StoreTrouble."""
        with troubles(self.path):
            yield from self._link().execute(sql, params)

    def pieces(self, sql: str, params: Params = (), size: int = _PIECE) -> Iterator[list[int]]:
        """The first column of a question, ``size`` rows at a time. Raises StoreTrouble."""
        with troubles(self.path):
            asked = self._link().execute(sql, params)
            while lines := asked.fetchmany(size):
                yield [number for number, *_ in lines]

    @cached_property
    def meta(self) -> dict[str, str]:
        """What the census says of itself: as_of, rows, registry, source, endpoint, ..."""
        return dict(self.ask("SELECT key, value FROM meta"))

    @property
    def usable(self) -> bool:
        """Say whether the file is one that this version reads."""
        with _doubtful():
            return self.meta.get("version") == str(VERSION)
        return False

    @property
    def as_of(self) -> float:
        """Seconds since 1970, UTC: when the first row was taken."""
        return float(self.meta["as_of"])

    @property
    def count(self) -> int:
        """The number of rows."""
        return int(self.meta["rows"])

    @cached_property
    def words(self) -> dict[int, str]:
        """The texts behind the numbers of tasks, libraries and licences."""
        return dict(self.ask("SELECT id, text FROM word"))

    @cached_property
    def families(self) -> dict[str, int]:
        """The numbers of the families' keys."""
        return dict(self.ask("SELECT key, id FROM family"))

    @cached_property
    def mixes(self) -> dict[int, dict[str, float]]:
        """The weights of origins behind their numbers."""
        mixes: dict[int, dict[str, float]] = {}
        for number, origin, weight in self.ask("SELECT id, origin, weight FROM mix"):
            mixes.setdefault(number, {})[origin] = weight
        return mixes

    # rows

    def repos(self, where: str, params: Params = (), tables: str = ROWS) -> list[tuple[int, Repo]]:
        """The rows that ``where`` names, the end of a question about ``r``, ``a`` and the like."""
        lines = self.ask(f"{_FIELDS}{tables} {where}", params)
        return [(line[0], self.repo(line)) for line in lines]

    def repo(self, line: Values) -> Repo:
        """A line of ``repos`` as a row."""
        (_, author, name, hub_id, task, library, license_, gated, downloads, all_time, likes,
         trending, created, modified, params, bases) = line  # fmt: skip
        words = self.words
        field, tags = read_bases(bases)
        access = words.get(gated)
        return Repo(
            id=f"{author}/{name}" if author else name,
            hub_id=hub_id.hex() if hub_id else None,
            author=author or None,
            task=words.get(task),
            library=words.get(library),
            license=words.get(license_),
            downloads=downloads,
            downloads_all_time=all_time,
            likes=likes,
            trending_score=trending,
            created_at=iso_ms(created),
            last_modified=iso_ms(modified),
            params=params,
            gated={"true": True, "false": False}.get(access or "", access),
            private=False,
            tags=tags,
            base_models=field,
        )

    def ranked(self, ranks: Iterable[int]) -> dict[int, Repo]:
        """The rows of these numbers."""
        wanted = list(ranks)
        repos: dict[int, Repo] = {}
        for at in range(0, len(wanted), _FEW):
            part = wanted[at : at + _FEW]
            marks = ", ".join("?" * len(part))
            repos.update(self.repos(f"WHERE r.rank IN ({marks})", part))
        return repos

    def bare(self, ranks: Sequence[int]) -> dict[int, Repo]:
        """The rows of these numbers with just what sizes and families are told from."""
        listed, words = ", ".join(map(str, ranks)), self.words
        repos: dict[int, Repo] = {}
        for rank, author, name, library, params, bases in self.ask(
            "SELECT r.rank, a.name, r.name, r.library, r.params, r.bases"
            f" FROM {ROWS} WHERE r.rank IN ({listed})"
        ):
            field, tags = read_bases(bases)
            repos[rank] = Repo(
                f"{author}/{name}" if author else name,
                library=words.get(library),
                params=params,
                tags=tags,
                base_models=field,
            )
        return repos

    def find(self, repo_id: str) -> int | None:
        """The number of a row or of a base without one, in any case of its id."""
        author, _, name = repo_id.rpartition("/")
        for sql, params in (
            (
                "SELECT r.rank FROM author a JOIN repo r ON r.author = a.id"
                " WHERE a.name = ? AND r.name = ?",
                (author, name),
            ),
            ("SELECT node FROM moved WHERE id = ?", (repo_id,)),
            ("SELECT node FROM ghost WHERE id = ?", (repo_id,)),
        ):
            for (node,) in self.ask(sql, params):
                return int(node)
        return None

    def beneath(self, root: int) -> "array[int]":
        """The numbers of all repos above which ``root`` is a root, by any relation; ascending."""
        numbers = array("I")
        for (nodes,) in self.ask("SELECT nodes FROM beneath WHERE root = ?", (root,)):
            numbers.frombytes(nodes)
            return numbers
        sql = (
            "SELECT m.node FROM rootset s JOIN mark m ON m.roots = s.id"
            " WHERE s.root = ? AND m.roots > 0 ORDER BY m.node"
        )
        numbers.extend(node for (node,) in self.ask(sql, (root,)))
        return numbers

    def ids(self, nodes: Iterable[int]) -> dict[int, str]:
        """The ids of rows and of bases without one."""
        wanted = list(dict.fromkeys(nodes))
        ids: dict[int, str] = {}
        for at in range(0, len(wanted), _FEW):
            part = wanted[at : at + _FEW]
            marks = ", ".join("?" * len(part))
            ids.update(
                (rank, f"{author}/{name}" if author else name)
                for rank, author, name in self.ask(
                    "SELECT r.rank, a.name, r.name FROM repo r JOIN author a ON a.id = r.author"
                    f" WHERE r.rank IN ({marks})",
                    part,
                )
            )
            ids.update(self.ask(f"SELECT node, id FROM ghost WHERE node IN ({marks})", part))
        return ids

    def _link(self) -> sqlite3.Connection:
        here = get_ident()
        link = self._links.get(here)
        if link is None:
            link = sqlite3.connect(
                f"file:{_quoted(self.path)}?mode=ro",
                uri=True,
                timeout=2.0,
                isolation_level=None,
                check_same_thread=False,
            )
            link.execute("PRAGMA query_only=1")
            link.execute(f"PRAGMA cache_size=-{_CACHE}")
            with self._opening:
                self._links[here] = link
        return link


@contextmanager
def _doubtful() -> Iterator[None]:
    """Swallow StoreTrouble: for a file that may be no census at all."""
    from tui.model import StoreTrouble

    try:
        yield
    except StoreTrouble:
        return


def iso_ms(moment: int | None) -> str | None:
    """Milliseconds since 1970 as the Hub writes a time."""
    if moment is None:
        return None
    day, rest = divmod(moment, 86_400_000)
    minute, rest = divmod(rest, 60_000)
    return f"{_date(day)}T{_clock(minute)}:{rest // 1000:02}.{rest % 1000:03}Z"


@lru_cache(maxsize=1440)
def _clock(minute: int) -> str:
    """The time of a day so many minutes after its beginning."""
    return f"{minute // 60:02}:{minute % 60:02}"


@lru_cache(maxsize=4096)
def _date(day: int) -> str:
    """The date so many days after the beginning of 1970: days are few, rows are many."""
    return date.fromordinal(EPOCH + day).isoformat()


def _quoted(path: str) -> str:
    from urllib.parse import quote

    return quote(path)
