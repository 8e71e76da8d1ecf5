"""The tables of the three files. A change is a further step, never an edit of an old one."""

from tui.store.schema import Plan

CACHE = Plan(
    "cache",
    "the cache",
    (
        (
            "CREATE TABLE body (key TEXT, who TEXT, etag TEXT, fetched_at REAL, status INTEGER,"
            " z BLOB, PRIMARY KEY (key, who))",
            "CREATE TABLE list (query_key TEXT, who TEXT, page INTEGER, next TEXT, ids TEXT,"
            " hi_created TEXT, lo_created TEXT, fetched_at REAL,"
            " PRIMARY KEY (query_key, who, page))",
            "CREATE TABLE repo (kind TEXT, id_lower TEXT, who TEXT, id TEXT, hub_id TEXT,"
            " downloads INTEGER, facts TEXT, fetched_at REAL, detail TEXT, detail_at REAL,"
            " PRIMARY KEY (kind, id_lower, who))",
            "CREATE INDEX repo_hub_id ON repo (hub_id)",
            "CREATE TABLE edge (child TEXT COLLATE NOCASE, parent TEXT COLLATE NOCASE,"
            " relation TEXT, guessed INTEGER, who TEXT, seen_at REAL,"
            " PRIMARY KEY (child, parent, relation, who)) WITHOUT ROWID",
            "CREATE INDEX edge_parent ON edge (parent)",
            "CREATE TABLE child_count (parent TEXT COLLATE NOCASE, relation TEXT, n INTEGER,"
            " who TEXT, fetched_at REAL, PRIMARY KEY (parent, who, relation)) WITHOUT ROWID",
        ),
    ),
    disposable=True,
)

LIBRARY = Plan(
    "library",
    "the library (bookmarks, saved queries, recent)",
    (
        (
            "CREATE TABLE mark (shelf TEXT, kind TEXT, id_lower TEXT, who TEXT, id TEXT, at REAL,"
            " PRIMARY KEY (shelf, kind, id_lower, who)) WITHOUT ROWID",
            "CREATE TABLE saved (name TEXT PRIMARY KEY, text TEXT, at REAL) WITHOUT ROWID",
            "CREATE TABLE session (name TEXT PRIMARY KEY, value TEXT)",
            "CREATE TABLE job (id TEXT PRIMARY KEY, question TEXT, state TEXT, updated_at REAL)",
        ),
        (
            "CREATE TABLE note (kind TEXT, id_lower TEXT, who TEXT, text TEXT, tags TEXT, at REAL,"
            " PRIMARY KEY (kind, id_lower, who)) WITHOUT ROWID",
        ),
    ),
)

HISTORY = Plan(
    "history",
    "the history",
    (
        (
            "CREATE TABLE snapshot (id INTEGER PRIMARY KEY, query_key TEXT, endpoint TEXT,"
            " who TEXT, at REAL, n INTEGER)",
            "CREATE INDEX snapshot_of ON snapshot (query_key, endpoint, who, at)",
            "CREATE TABLE member (snapshot INTEGER, position INTEGER, rank_lo INTEGER,"
            " rank_hi INTEGER, id TEXT, score REAL, downloads INTEGER, likes INTEGER,"
            " PRIMARY KEY (snapshot, position)) WITHOUT ROWID",
            "CREATE TABLE point (family TEXT, measure TEXT, definition TEXT, lens TEXT,"
            " registry TEXT, endpoint TEXT, at REAL, value REAL, kind TEXT, coverage TEXT)",
            "CREATE INDEX point_of ON point (family, measure, at)",
        ),
        (
            "CREATE TABLE look (kind TEXT, id_lower TEXT, who TEXT, at REAL, facts TEXT)",
            "CREATE INDEX look_of ON look (kind, id_lower, at)",
        ),
    ),
)
