"""The tables of a census. Numbers stand for names wherever a name comes more than once.

``repo.rank`` is the place in the order of downloads, and the number of the repo everywhere else;
bases that no row is known of (``ghost``) have the numbers behind. Times are milliseconds since
1970, UTC. A set of relations is a sum of bits in the order of ``tui.model.RELATIONS``.
"""

VERSION = 3  # of the tables; a file of another is not read

# task, library, license and gated are numbers of texts, as they came
STAGE = (
    "CREATE TABLE IF NOT EXISTS raw (n INTEGER PRIMARY KEY, author TEXT COLLATE NOCASE,"
    " name TEXT COLLATE NOCASE, hub_id BLOB, task INTEGER, library INTEGER, license INTEGER,"
    " gated INTEGER, downloads INTEGER, all_time INTEGER, likes INTEGER, trending REAL,"
    " created INTEGER, modified INTEGER, params INTEGER, bases TEXT)",
    "CREATE TABLE IF NOT EXISTS text (id INTEGER PRIMARY KEY, text TEXT UNIQUE)",
    "CREATE TABLE IF NOT EXISTS state (key TEXT PRIMARY KEY, value TEXT) WITHOUT ROWID",
)
RAW = (
    "author", "name", "hub_id", "task", "library", "license", "gated", "downloads", "all_time",
    "likes", "trending", "created", "modified", "params", "bases",
)  # fmt: skip

TABLES = (
    "CREATE TABLE meta (key TEXT PRIMARY KEY, value TEXT) WITHOUT ROWID",
    "CREATE TABLE author (id INTEGER PRIMARY KEY, name TEXT COLLATE NOCASE)",
    "CREATE TABLE word (id INTEGER PRIMARY KEY, text TEXT UNIQUE)",
    "CREATE TABLE repo (rank INTEGER PRIMARY KEY, author INTEGER, name TEXT COLLATE NOCASE,"
    " hub_id BLOB, task INTEGER, library INTEGER, license INTEGER, gated INTEGER,"
    " downloads INTEGER, all_time INTEGER, likes INTEGER, trending REAL, created INTEGER,"
    " modified INTEGER, params INTEGER, bases TEXT)",
    # bases without a row; a name that stands for a row which goes by another one has that row
    "CREATE TABLE ghost (node INTEGER PRIMARY KEY, id TEXT COLLATE NOCASE)",
    "CREATE TABLE moved (id TEXT COLLATE NOCASE PRIMARY KEY, node INTEGER) WITHOUT ROWID",
    # place: the order in which the child names its bases
    "CREATE TABLE edge (child INTEGER, place INTEGER, parent INTEGER, relation INTEGER,"
    " guessed INTEGER, PRIMARY KEY (child, place)) WITHOUT ROWID",
    "CREATE TABLE below (parent INTEGER, child INTEGER, relation INTEGER,"
    " PRIMARY KEY (parent, child)) WITHOUT ROWID",
)

DERIVED = (
    "CREATE TABLE family (id INTEGER PRIMARY KEY, key TEXT UNIQUE)",
    # the namespaces of a family, as far as they uploaded a row
    "CREATE TABLE org (family INTEGER, author INTEGER, PRIMARY KEY (family, author)) WITHOUT ROWID",
    "CREATE TABLE mix (id INTEGER, origin TEXT, weight REAL, PRIMARY KEY (id, origin))"
    " WITHOUT ROWID",
    # roots: 0, the node itself; family 0: none; root, lab, uploader: its origins (a mix) by rule;
    # kinds: relations of its own edges; first: uploaded by an organisation of a root's family;
    # llm: 0 no, 1 yes, 2 not known
    "CREATE TABLE mark (node INTEGER PRIMARY KEY, family INTEGER, roots INTEGER, root INTEGER,"
    " lab INTEGER, uploader INTEGER, kinds INTEGER, first INTEGER, llm INTEGER)",
    "CREATE TABLE rootset (id INTEGER, root INTEGER, PRIMARY KEY (id, root)) WITHOUT ROWID",
    # the nodes that lead back to a root which many lead to: four bytes each, ascending
    "CREATE TABLE beneath (root INTEGER PRIMARY KEY, nodes BLOB)",
    "CREATE TABLE loop (node INTEGER PRIMARY KEY, members TEXT)",
    # what others built on a family: relations into all of it, into its language models, and into
    # what may be one; parts: the groups that credit is split over; walked: by root, not by base
    "CREATE TABLE built (family INTEGER, walked INTEGER, child INTEGER, every INTEGER,"
    " llm INTEGER, unsure INTEGER, parts INTEGER, PRIMARY KEY (family, walked, child))"
    " WITHOUT ROWID",
    # what one maker made of a family, for all makers that made the like: ``alike`` of them, told
    # apart by ``kind``; alive, fresh: 0 no, 1 yes, 2 not known; own: an organisation of the family
    "CREATE TABLE maker (family INTEGER, walked INTEGER, kind INTEGER, alike INTEGER, own INTEGER,"
    " every INTEGER, llm INTEGER, unsure INTEGER, parts INTEGER, alive INTEGER, fresh INTEGER,"
    " n INTEGER)",
    "CREATE TABLE flow (family INTEGER, walked INTEGER, own INTEGER, every INTEGER, llm INTEGER,"
    " unsure INTEGER, downloads INTEGER, unstated INTEGER)",
    # the sums that are asked for most, as ``tallies`` gives them
    "CREATE TABLE total (family INTEGER, walked INTEGER, own INTEGER, llm INTEGER,"
    " relations INTEGER, test TEXT, kept INTEGER, unsure INTEGER, kept_parts REAL,"
    " unsure_parts REAL, authors INTEGER, all_authors INTEGER, most INTEGER,"
    " PRIMARY KEY (family, walked, own, llm, relations, test)) WITHOUT ROWID",
    "CREATE TABLE monthly (family INTEGER, walked INTEGER, month TEXT, own INTEGER,"
    " every INTEGER, llm INTEGER, unsure INTEGER, parts INTEGER, n INTEGER)",
    # span: a month, or "week" for the window of the newest
    "CREATE TABLE share (span TEXT, root INTEGER, lab INTEGER, uploader INTEGER,"
    " kinds INTEGER, first INTEGER, llm INTEGER, n INTEGER)",
    # who uploaded the repos of the window: ``alike`` authors the like, the first of them named
    "CREATE TABLE crew (kind INTEGER, alike INTEGER, author INTEGER, kinds INTEGER,"
    " first INTEGER, llm INTEGER, n INTEGER)",
)

INDEXES = (
    # the orders of lists; of equal ones the more downloaded first
    "CREATE INDEX repo_likes ON repo (likes DESC)",
    "CREATE INDEX repo_created ON repo (created DESC)",
    "CREATE INDEX repo_modified ON repo (modified DESC)",
    "CREATE INDEX repo_trending ON repo (trending DESC, rank) WHERE trending > 0",
    "CREATE INDEX rootset_of ON rootset (root, id)",
    "CREATE INDEX mark_roots ON mark (roots, node) WHERE roots > 0",
    "CREATE INDEX mark_family ON mark (family, node) WHERE family > 0",
    "CREATE INDEX flow_of ON flow (family, walked)",
    "CREATE INDEX monthly_of ON monthly (family, walked)",
    "CREATE INDEX share_of ON share (span)",
)

TRIGRAM = (
    "CREATE VIRTUAL TABLE trigram USING"
    " fts5(id, content='', tokenize='trigram', detail=none, columnsize=0)"
)
