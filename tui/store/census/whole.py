"""What is done to a whole census: it takes its place, its names are indexed, a thing is noted."""

import os
import sqlite3

from tui.store.census.reader import ID, ROWS
from tui.store.census.stage import troubles
from tui.store.census.tables import TRIGRAM

_CACHE = 48 * 1024  # KiB of pages held
_HASH = 64 * 2**20  # bytes of the index held before they are written: less is to be merged then


def index_names(path: str) -> bool:
    """Make the trigram index of a whole census; False where this SQLite knows none."""
    with troubles(path):
        link = sqlite3.connect(path, isolation_level=None)
        try:
            link.execute(f"PRAGMA cache_size=-{_CACHE}")
            link.execute("BEGIN IMMEDIATE")
            link.execute("DROP TABLE IF EXISTS trigram")
            link.execute(TRIGRAM)
            link.execute(f"INSERT INTO trigram (trigram, rank) VALUES ('hashsize', {_HASH})")
            link.execute(
                "INSERT INTO trigram (rowid, id) SELECT r.rank,"
                f" replace(lower({ID}), '_', '-') FROM {ROWS} ORDER BY r.rank"
            )
            link.execute("INSERT INTO trigram (trigram) VALUES ('optimize')")
            link.execute("INSERT OR REPLACE INTO meta VALUES ('names', 'yes')")
            link.execute("COMMIT")
        except sqlite3.OperationalError as error:
            if link.in_transaction:
                link.rollback()
            if "fts5" in str(error) or "tokenizer" in str(error):
                return False
            raise
        finally:
            link.close()
    return True


def remember(path: str, key: str, value: str) -> None:
    """Set one entry of a whole census's ``meta`` table."""
    with troubles(path):
        link = sqlite3.connect(path, isolation_level=None)
        try:
            link.execute("INSERT OR REPLACE INTO meta VALUES (?, ?)", (key, value))
        finally:
            link.close()


def publish(draft: str, path: str) -> None:
    """Let a finished draft be the census; one of the same date gives way."""
    with troubles(path):
        with open(draft, "rb") as file:
            os.fsync(file.fileno())
        os.replace(draft, path)
