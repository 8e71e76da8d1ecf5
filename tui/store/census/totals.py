"""The totals of a census, counted once when it is made: by family, by month, by window."""

from array import array
from collections import Counter
from collections.abc import Iterable, Iterator
from itertools import groupby, product
from typing import TYPE_CHECKING, Any

from tui.store.census.tallies import COMMON, Which, sums_query

if TYPE_CHECKING:
    from tui.store.census.making import Draft

MANY = 50  # descendants from which a root has them in one piece


def take_totals(
    draft: "Draft", *, alive: tuple[int, int], month: int, week: tuple[int, int]
) -> None:
    """Fill the tables of totals, but for those by month.

    ``alive``: likes or downloads from which a repo is in use. ``month`` and ``week`` are seconds
    since 1970: new is what was created after the one, or from the first to the last of the other.
    """
    draft.run(_MADE, {"likes": alive[0], "downloads": alive[1], "month": month})
    draft.run(_FLOW)
    lines = draft.rows(_BY_MAKER)
    draft.many("INSERT INTO maker VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)", _alike(lines))
    draft.run("DROP TABLE made")
    draft.run("CREATE INDEX maker_of ON maker (family, walked, own)")
    draft.many(f"INSERT INTO total VALUES ({', '.join('?' * 13)})", _common(draft))
    draft.run(_WEEK, {"begin": week[0], "end": week[1]})
    draft.many("INSERT INTO crew VALUES (?, ?, ?, ?, ?, ?, ?)", _crews(draft.rows(_BY_AUTHOR)))
    draft.run(_NO_AUTHORS)


def take_beneath(draft: "Draft") -> None:
    """Keep the descendants of each root that has many as one piece."""
    draft.many("INSERT INTO beneath VALUES (?, ?)", _beneath(draft.rows(_LED_BACK)))


def _beneath(lines: Iterable[tuple[int, int]]) -> Iterator[tuple[int, bytes]]:
    for root, part in groupby(lines, key=lambda line: line[0]):
        nodes = array("I", (node for _, node in part))
        if len(nodes) >= MANY:
            yield root, nodes.tobytes()


def _alike(lines: Iterable[tuple[Any, ...]]) -> Iterator[tuple[int, ...]]:
    """Lines (family, walked, author, counts ...), put together where authors have equal counts.

    Gives (family, walked, kind, alike, counts ...): ``alike`` authors have the counts of a kind.
    """
    for (family, walked), part in groupby(lines, key=lambda line: line[:2]):
        kinds: Counter[tuple[tuple[int, ...], ...]] = Counter()
        for _, of_author in groupby(part, key=lambda line: line[2]):
            kinds[tuple(line[3:] for line in of_author)] += 1
        for kind, (tallies, alike) in enumerate(kinds.items(), 1):
            for tally in tallies:
                yield (family, walked, kind, alike, *tally)


def _crews(lines: Iterable[tuple[int, ...]]) -> Iterator[tuple[int, ...]]:
    """Lines (author, counts ...), put together where authors have equal counts.

    Gives (kind, alike, author, counts ...): ``alike`` authors, ``author`` the first of them.
    """
    kinds: dict[tuple[tuple[int, ...], ...], list[int]] = {}
    for author, of_author in groupby(lines, key=lambda line: line[0]):
        kinds.setdefault(tuple(line[1:] for line in of_author), [0, author])[0] += 1
    for kind, (uploads, (alike, author)) in enumerate(kinds.items(), 1):
        for upload in uploads:
            yield (kind, alike, author, *upload)


def _common(draft: "Draft") -> Iterator[tuple[Any, ...]]:
    """The sums of the switches that views offer."""
    families = [family for (family,) in list(draft.rows("SELECT DISTINCT family FROM maker"))]
    for family, *switches in product(families, *((False, True),) * 3):
        which = Which(family, *switches)
        (line,) = list(draft.rows(sums_query(which, COMMON), (family, which.walked)))
        for at, wanted in enumerate(COMMON):
            yield (*which, *wanted, *line[7 * at : 7 * at + 7])


_LED_BACK = """
SELECT s.root, m.node FROM mark m JOIN rootset s ON s.id = m.roots
WHERE m.roots > 0 ORDER BY s.root, m.node
"""
_MADE = """
CREATE TEMP TABLE made AS
SELECT b.family, b.walked, r.author, o.family IS NOT NULL own, b.every, b.llm, b.unsure, b.parts,
    CASE WHEN r.likes >= :likes OR r.downloads >= :downloads THEN 1
        WHEN r.likes IS NULL OR r.downloads IS NULL THEN 2 ELSE 0 END alive,
    CASE WHEN r.created IS NULL THEN 2 ELSE r.created / 1000 > :month END fresh,
    COUNT(*) n, SUM(coalesce(r.downloads, 0)) downloads, SUM(r.downloads IS NULL) unstated
FROM built b JOIN repo r ON r.rank = b.child
    LEFT JOIN org o ON o.family = b.family AND o.author = r.author
GROUP BY b.family, b.walked, r.author, own, b.every, b.llm, b.unsure, b.parts, alive, fresh
"""
_BY_MAKER = """
SELECT family, walked, author, own, every, llm, unsure, parts, alive, fresh, n FROM made
ORDER BY family, walked, author, own, every, llm, unsure, parts, alive, fresh
"""
_FLOW = """
INSERT INTO flow
SELECT family, walked, own, every, llm, unsure, SUM(downloads), SUM(unstated) FROM made
GROUP BY family, walked, own, every, llm, unsure
"""
_WEEK = """
CREATE TEMP TABLE week AS
SELECT r.author, m.root, m.lab, m.uploader, m.kinds, m.first, m.llm, COUNT(*) n
FROM repo r JOIN mark m ON m.node = r.rank
WHERE r.created >= :begin * 1000 AND r.created < (:end + 1) * 1000
GROUP BY r.author, m.root, m.lab, m.uploader, m.kinds, m.first, m.llm
"""
_BY_AUTHOR = """
SELECT author, kinds, first, llm, SUM(n) FROM week
GROUP BY author, kinds, first, llm ORDER BY author, kinds, first, llm
"""
_NO_AUTHORS = """
INSERT INTO share
SELECT 'week', root, lab, uploader, kinds, first, llm, SUM(n) FROM week
GROUP BY root, lab, uploader, kinds, first, llm
"""
