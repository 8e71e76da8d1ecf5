"""What is kept on disk: cache.db (can be lost), library.db and history.db (never pruned)."""
