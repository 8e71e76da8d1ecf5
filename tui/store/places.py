"""Places in stored lists: a long list is read from a place on, not whole."""

from tui.store.database import Database
from tui.store.repo_text import stored_ids

# the account's list or the public one, whichever is newer
NEWER = (
    "who = (SELECT who FROM list WHERE query_key = ? AND page = 0 AND who IN ('', ?)"
    " ORDER BY fetched_at DESC, who DESC LIMIT 1)"
)

Place = tuple[int, int]  # a page of a list, and an index among its ids
BEGIN: Place = (0, 0)


def ids_from(
    database: Database, key: tuple[str, str], limit: int, place: Place
) -> tuple[list[str], Place | None]:
    """Ids of a stored list from a place on, and the place behind them where there are more."""
    ids: list[str] = []
    number, index = place
    while pages := database.read(
        "SELECT page, ids FROM list WHERE query_key = ? AND who = ? AND page >= ?"
        " ORDER BY page LIMIT 1",
        (*key, number),
    ):
        number, held = pages[0][0], stored_ids(pages[0][1])
        part = held[index : index + limit - len(ids)]
        ids += part
        index += len(part)
        if index < len(held):
            return ids, (number, index)
        number, index = number + 1, 0
    return ids, None
