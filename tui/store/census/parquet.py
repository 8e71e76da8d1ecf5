"""Parquet in and out, by DuckDB. The only file that names it, and imported when it is needed only.

Of a dump just the columns that rows and lineage need are read. Each has the shapes that are known;
another shape is left out and said, never guessed.
"""

import json
import os
from collections.abc import Iterator, Sequence
from contextlib import suppress
from typing import Any, NamedTuple

from tui.model import BadInput, Problem, StoreTrouble

_GULP = 1000
_STAMP = "strftime({0}::TIMESTAMP, '%Y-%m-%dT%H:%M:%S.%gZ')"
_TAGS = "list_filter({0}, one -> starts_with(one, 'base_model:') or starts_with(one, 'license:'))"
# name -> (how a type that is known begins, what to read of it)
_SHAPES: dict[str, tuple[tuple[str, str], ...]] = {
    "_id": (("VARCHAR", "{0}"),),
    "id": (("VARCHAR", "{0}"),),
    "author": (("VARCHAR", "{0}"),),
    "createdAt": (("TIMESTAMP WITH TIME ZONE", _STAMP.replace("{0}", "({0} AT TIME ZONE 'UTC')")),
                  ("TIMESTAMP", _STAMP), ("VARCHAR", "{0}")),
    "lastModified": (("TIMESTAMP WITH TIME ZONE",
                      _STAMP.replace("{0}", "({0} AT TIME ZONE 'UTC')")),
                     ("TIMESTAMP", _STAMP), ("VARCHAR", "{0}")),
    "downloads": (("BIGINT", "{0}"), ("INTEGER", "{0}"), ("UBIGINT", "{0}"), ("HUGEINT", "{0}")),
    "downloadsAllTime": (("BIGINT", "{0}"), ("INTEGER", "{0}"), ("UBIGINT", "{0}"),
                         ("HUGEINT", "{0}")),
    "likes": (("BIGINT", "{0}"), ("INTEGER", "{0}"), ("UBIGINT", "{0}")),
    "trendingScore": (("DOUBLE", "{0}"), ("FLOAT", "{0}"), ("BIGINT", "{0}"), ("INTEGER", "{0}")),
    "pipeline_tag": (("VARCHAR", "{0}"),),
    "library_name": (("VARCHAR", "{0}"),),
    "gated": (("BOOLEAN", "{0}"), ("VARCHAR", "{0}")),
    "private": (("BOOLEAN", "{0}"),),
    "tags": (("VARCHAR[]", _TAGS),),
    "baseModels": (("STRUCT(", "to_json({0})"), ("VARCHAR", "{0}"), ("JSON", "{0}::VARCHAR")),
    "safetensors": (("STRUCT(", "to_json({0})"), ("VARCHAR", "{0}"), ("JSON", "{0}::VARCHAR")),
}  # fmt: skip
_JSON = ("baseModels", "safetensors")
NEEDED = ("id", "createdAt", "downloads")


class Columns(NamedTuple):
    """The columns of a dump: those read, those that are missing, those of another shape."""

    read: dict[str, str]  # name -> SQL
    missing: tuple[str, ...]
    odd: tuple[tuple[str, str], ...]  # name and its type


class Dump:
    """One or more parquet files, in their order. ``files`` is a file system for addresses."""

    def __init__(self, paths: Sequence[str], files: Any = None) -> None:
        self.paths = tuple(paths)
        self._db = _duckdb()
        if files is not None:
            self._db.register_filesystem(files)
        self.columns = self._columns()

    def rows(self, at: int = 0, after: int = 0) -> Iterator[tuple[int, int, list[dict[str, Any]]]]:
        """The rows as the Hub's JSON has them, a thousand at a time, private ones left out.

        Begins behind row ``after`` of file ``at``; gives with each thousand the place behind it.
        """
        for number in range(at, len(self.paths)):
            first = after if number == at else 0
            fields = ", ".join(f'{sql} AS "{name}"' for name, sql in self.columns.read.items())
            sql = (
                f"SELECT file_row_number, {fields} FROM read_parquet(?, file_row_number=true)"
                " WHERE file_row_number >= ?"
            )
            with _troubles():
                cursor = self._db.execute(sql, [self.paths[number], first])
                while lines := cursor.fetchmany(_GULP):
                    yield number, lines[-1][0] + 1, [self._row(line[1:]) for line in lines]

    def close(self) -> None:
        """Let go of the files."""
        self._db.close()

    def _row(self, line: tuple[Any, ...]) -> dict[str, Any]:
        row = {name: value for name, value in zip(self.columns.read, line) if value is not None}
        for name in _JSON:
            if name in row:
                row[name] = _parsed(row[name])
        if "gated" in row:
            row["gated"] = {"false": False, "true": True, "False": False}.get(
                str(row["gated"]), row["gated"]
            )
        return row

    def _columns(self) -> Columns:
        with _troubles():
            types = {
                name: kind
                for name, kind, *_ in self._db.execute(
                    "DESCRIBE SELECT * FROM read_parquet(?)", [self.paths[0]]
                ).fetchall()
            }
        read: dict[str, str] = {}
        odd = []
        for name, shapes in _SHAPES.items():
            if name not in types:
                continue
            known = next((sql for kind, sql in shapes if types[name].startswith(kind)), None)
            if known is None or (name == "tags" and types[name] != "VARCHAR[]"):
                odd.append((name, types[name][:60]))
            else:
                read[name] = known.format(f'"{name}"')
        absent = [name for name in NEEDED if name not in read]
        if absent:
            raise BadInput(
                f"the dump has no column {', '.join(absent)} of a known shape; name a file that has"
            )
        missing = tuple(name for name in _SHAPES if name not in types and name != "private")
        return Columns(read, missing, tuple(odd))


def write(path: str, census: str, folder: str) -> tuple[tuple[str, int], ...]:
    """Write the tables of the census at ``census`` as parquet files into ``folder``.

    Returns the names with their bytes. ``path`` is where DuckDB may keep what does not fit.
    """
    db = _duckdb()
    with _troubles():
        try:
            db.execute("SET temp_directory = ?", [path])
            return tuple(_copied(db, census, folder, name, sql) for name, sql in _TABLES.items())
        finally:
            db.close()


def _copied(db: Any, census: str, folder: str, name: str, sql: str) -> tuple[str, int]:
    """One table, read by our own SQLite and handed over as a file of lines, which is read fast."""
    import csv
    import sqlite3
    from urllib.parse import quote

    target = os.path.join(folder, f"{name}.parquet")
    between = f"{target}.csv"
    link = sqlite3.connect(f"file:{quote(census)}?mode=ro", uri=True)
    try:
        cursor = link.execute(sql)
        heads = [head[0] for head in cursor.description]
        with open(between, "w", encoding="utf-8", newline="") as lines:
            csv.writer(lines).writerows(cursor)
        columns = ", ".join(f"'{head}': '{_TYPES.get(head, 'BIGINT')}'" for head in heads)
        lines_read = (
            f"read_csv('{_escaped(between)}', columns = {{{columns}}}, header = false,"
            " nullstr = '', quote = '\"')"
        )
        db.execute(
            f"COPY (SELECT * FROM {lines_read}) TO '{_escaped(target)}'"
            " (FORMAT parquet, COMPRESSION zstd)"
        )
    finally:
        link.close()
        with suppress(OSError):
            os.unlink(between)
    return target, os.path.getsize(target)


def _escaped(path: str) -> str:
    return path.replace("'", "''")


def _parsed(text: Any) -> Any:
    try:
        value = json.loads(text)
    except (TypeError, ValueError):
        return None
    if isinstance(value, dict) and isinstance(value.get("parameters"), dict):
        counts = {name: count for name, count in value["parameters"].items() if count is not None}
        value["parameters"] = counts
    return value


def _duckdb() -> Any:
    try:
        import duckdb
    except ImportError:
        raise Problem(
            "DuckDB is not installed; install it with `pip install 'hubscope[census]'`"
        ) from None
    return duckdb.connect(config={"memory_limit": "256MB", "threads": 1})


class _troubles:  # noqa: N801 - reads as a statement
    """Turn what DuckDB refuses into one line."""

    def __enter__(self) -> None:
        return None

    def __exit__(self, kind: Any, error: Any, trace: Any) -> None:
        import duckdb

        if isinstance(error, duckdb.Error | OSError):
            reason = str(error).partition("\n")[0][:200]
            raise StoreTrouble(f"the parquet file is of no use ({reason}); check it") from None


_TYPES = {
    "id": "VARCHAR", "author": "VARCHAR", "hub_id": "VARCHAR", "pipeline_tag": "VARCHAR",
    "library_name": "VARCHAR", "license": "VARCHAR", "gated": "VARCHAR", "createdAt": "VARCHAR",
    "lastModified": "VARCHAR", "trendingScore": "DOUBLE", "child": "VARCHAR", "parent": "VARCHAR",
    "relation": "VARCHAR", "family": "VARCHAR", "origin": "VARCHAR", "weight": "DOUBLE",
    "guessed": "BOOLEAN", "root": "VARCHAR", "rule": "VARCHAR", "key": "VARCHAR",
    "value": "VARCHAR", "_id": "VARCHAR",
}  # fmt: skip
_ID = "CASE WHEN a{0}.name = '' THEN r{0}.name ELSE a{0}.name || '/' || r{0}.name END"
_WHEN = "strftime('%Y-%m-%dT%H:%M:%S', {0} / 1000, 'unixepoch') || printf('.%03dZ', {0} % 1000)"
_TABLES = {
    "models": f"""
SELECT r.rank, lower(hex(r.hub_id)) AS _id, {_ID.format("")} AS id, a.name AS author,
    r.downloads, r.all_time AS downloadsAllTime, r.likes, r.trending AS trendingScore,
    {_WHEN.format("r.created")} AS createdAt, {_WHEN.format("r.modified")} AS lastModified,
    t.text AS pipeline_tag, l.text AS library_name, c.text AS license, g.text AS gated, r.params,
    f.key AS family
FROM repo r JOIN author a ON a.id = r.author JOIN mark m ON m.node = r.rank
    LEFT JOIN family f ON f.id = m.family LEFT JOIN word t ON t.id = r.task
    LEFT JOIN word l ON l.id = r.library LEFT JOIN word c ON c.id = r.license
    LEFT JOIN word g ON g.id = r.gated
ORDER BY r.rank""",
    "edges": f"""
SELECT {_ID.format("")} AS child,
    CASE WHEN r2.rank IS NULL THEN x.id ELSE {_ID.format("2")} END AS parent,
    CASE e.relation WHEN 0 THEN 'finetune' WHEN 1 THEN 'adapter' WHEN 2 THEN 'quantized'
        WHEN 3 THEN 'merge' ELSE 'unknown' END AS relation, e.guessed
FROM edge e JOIN repo r ON r.rank = e.child JOIN author a ON a.id = r.author
    LEFT JOIN repo r2 ON r2.rank = e.parent LEFT JOIN author a2 ON a2.id = r2.author
    LEFT JOIN ghost x ON x.node = e.parent
ORDER BY e.child, e.place""",
    "census": "SELECT key, value FROM meta ORDER BY key",
}
