"""The totals of a census, counted once when it is made: by family, by month, by window."""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from tui.store.census.making import Draft


def take_totals(
    draft: "Draft", *, alive: tuple[int, int], month: int, week: tuple[int, int]
) -> None:
    """Fill the tables of totals.

    ``alive``: likes or downloads from which a repo is in use. ``month`` and ``week`` are seconds
    since 1970: new is what was created after the one, or from the first to the last of the other.
    """
    draft.run(_MAKER, {"likes": alive[0], "downloads": alive[1], "month": month})
    draft.run(_MONTHLY)
    draft.run(_SHARE)
    draft.run(_WEEK, {"begin": week[0], "end": week[1]})


_MAKER = """
INSERT INTO maker
SELECT b.family, b.walked, r.author, o.family IS NOT NULL own, b.every, b.llm, b.unsure, b.parts,
    CASE WHEN r.likes >= :likes OR r.downloads >= :downloads THEN 1
        WHEN r.likes IS NULL OR r.downloads IS NULL THEN 2 ELSE 0 END alive,
    CASE WHEN r.created IS NULL THEN 2 ELSE r.created / 1000 > :month END fresh,
    COUNT(*), SUM(coalesce(r.downloads, 0)), SUM(r.downloads IS NULL)
FROM built b JOIN repo r ON r.rank = b.child
    LEFT JOIN org o ON o.family = b.family AND o.author = r.author
GROUP BY b.family, b.walked, r.author, own, b.every, b.llm, b.unsure, b.parts, alive, fresh
"""
_WHEN = "coalesce(strftime('%Y-%m', r.created / 1000, 'unixepoch'), '')"
_MONTHLY = f"""
INSERT INTO monthly
SELECT b.family, b.walked, {_WHEN} month, o.family IS NOT NULL own, b.every, b.llm, b.unsure,
    b.parts, COUNT(*)
FROM built b JOIN repo r ON r.rank = b.child
    LEFT JOIN org o ON o.family = b.family AND o.author = r.author
GROUP BY b.family, b.walked, month, own, b.every, b.llm, b.unsure, b.parts
"""
_SHARE = f"""
INSERT INTO share
SELECT {_WHEN} span, 0, m.root, m.lab, m.uploader, m.kinds, m.first, m.llm, COUNT(*)
FROM repo r JOIN mark m ON m.node = r.rank
GROUP BY span, m.root, m.lab, m.uploader, m.kinds, m.first, m.llm
"""
_WEEK = """
INSERT INTO share
SELECT 'week', r.author, m.root, m.lab, m.uploader, m.kinds, m.first, m.llm, COUNT(*)
FROM repo r JOIN mark m ON m.node = r.rank
WHERE r.created >= :begin * 1000 AND r.created < (:end + 1) * 1000
GROUP BY r.author, m.root, m.lab, m.uploader, m.kinds, m.first, m.llm
"""
