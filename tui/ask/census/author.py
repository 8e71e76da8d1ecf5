"""What an author has in all, from a census: totals, the newest, and by family."""

from tui.ask.census.held import Held
from tui.ask.lists.totals import Share, Totals, most
from tui.store.census.reader import iso_ms

_SUMS = (
    "SELECT COUNT(*), coalesce(SUM(downloads), 0), SUM(all_time), coalesce(SUM(likes), 0)"
    " FROM repo WHERE author = ?"
)
_NEWEST = (
    "SELECT rank, created FROM repo WHERE author = ? AND created IS NOT NULL"
    " ORDER BY created DESC, rank LIMIT 1"
)
# its own repos of a family, and those that lead back to one
_FAMILIES = """
SELECT family, COUNT(*), coalesce(SUM(r.downloads), 0) FROM (
    SELECT m.family, m.node FROM mark m JOIN repo o ON o.rank = m.node
        WHERE o.author = ?1 AND m.family > 0
    UNION
    SELECT f.id, b.child FROM repo o CROSS JOIN family f
        JOIN built b ON b.family = f.id AND b.walked = 1 AND b.child = o.rank
        WHERE o.author = ?1
) JOIN repo r ON r.rank = node GROUP BY family
"""


def totals(held: Held, author: str, command: str) -> Totals | None:
    """The totals of a namespace, in any case of its name; None where it uploaded no row."""
    census = held.census
    authors = census.ask("SELECT id, name FROM author WHERE name = ?", (author,))
    if not authors:
        return None
    ((number, name),) = authors
    ((repos, downloads, ever, likes),) = census.ask(_SUMS, (number,))
    newest = census.ask(_NEWEST, (number,))
    rank, created = newest[0] if newest else (0, None)
    keys = {at: key for key, at in census.families.items()}
    return Totals(
        author=name,
        repos=repos,
        downloads=downloads,
        downloads_all_time=ever,
        likes=likes,
        newest=census.ids([rank]).get(rank),
        created=iso_ms(created),
        whole=True,
        families=most(Share(keys[at], n, down) for at, n, down in census.ask(_FAMILIES, (number,))),
        source=held.source,
        as_of=census.as_of,
        command=command,
    )
