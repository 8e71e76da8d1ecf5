"""Sizes that were known before, where a list did not ask for them again."""

from tui.model import Repo
from tui.store.connection import Link
from tui.store.repo_text import read_repo


def with_sizes(link: Link, row: Repo, lowered: str, owner: str) -> Repo:
    """``row`` with what an earlier answer said of its size, where this one was not asked for it.

    Lists ask for a GGUF header or a config only where a question needs them; a size that was
    known stays known while the repo is the same.
    """
    packed = any(name[0] in "IU" for name, _ in row.dtypes if name)
    lacks_header = row.gguf is None and "gguf" in row.tags
    if not lacks_header and (row.quantization is not None or not packed):
        return row
    known = "SELECT facts FROM repo WHERE kind = ? AND id_lower = ? AND who = ?"
    for (text,) in link.rows(known, (row.kind, lowered, owner)):
        before = read_repo(text)
        if before is not None and before.last_modified == row.last_modified:
            return row._replace(
                gguf=row.gguf or before.gguf,
                quantization=row.quantization or before.quantization,
            )
    return row
