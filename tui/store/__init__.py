"""What is kept on disk: cache.db (can be lost), library.db and history.db (never pruned).

Nothing is imported here: a start that only asks ``tui.store.paths`` where the files are must not
pay for SQLite.
"""
