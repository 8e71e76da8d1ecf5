"""What others built on a family, summed from the totals of a census: a row for each question.

The rules are those of ``tui.analysis.families.derivatives``: a repo counts once whatever number of
its bases are the family's; where only language models count, one built on a base that may be one
is unsure.
"""

from collections.abc import Sequence
from typing import TYPE_CHECKING, NamedTuple

from tui.model import RELATIONS

if TYPE_CHECKING:
    from tui.store.census.reader import Census

_TESTS = {"": ("1", "0"), "alive": ("alive = 1", "alive = 2"), "fresh": ("fresh = 1", "fresh = 2")}


class Wanted(NamedTuple):
    """Which derivatives: by one of these relations (bits), and "", "alive" or "fresh"."""

    relations: int
    test: str = ""


class Which(NamedTuple):
    """Of which family, how far, whose uploads, and whether its language models alone count."""

    family: int
    walked: bool = False
    own: bool = False  # the first party's uploads count too
    llm: bool = False


class Sums(NamedTuple):
    """Derivatives that surely count, and those that may: a fact that decides it is not known.

    In repos, each 1, and in parts: one whose credit is split over n groups of bases is 1/n.
    """

    sure: int
    unsure: int
    sure_parts: float
    unsure_parts: float
    authors: int  # of the sure ones
    all_authors: int  # with those of the unsure ones
    most: int  # sure ones by one author


_NOTHING = Sums(0, 0, 0.0, 0.0, 0, 0, 0)
_STORED = (
    "SELECT relations, test, kept, unsure, kept_parts, unsure_parts, authors, all_authors, most"
    " FROM total WHERE family = ? AND walked = ? AND own = ? AND llm = ?"
)


class Flow(NamedTuple):
    """30-day downloads of sure and of unsure derivatives; ``unstated`` repos state no number."""

    sure: int
    unsure: int
    unstated: int


_SINGLE = tuple(1 << at for at in range(len(RELATIONS)))
_EVERY = sum(_SINGLE)
# what league table, comparison and claims ask for
COMMON = (
    *(Wanted(relations) for relations in (_EVERY, *_SINGLE)),
    *(Wanted(_EVERY, test) for test in ("alive", "fresh")),
    *(Wanted(relations, test) for relations in (1, 0b1001) for test in ("alive",)),
    Wanted(0b1001),
    Wanted(0b1011),
)


def sums(census: "Census", which: Which, wanted: Sequence[Wanted]) -> list[Sums]:
    """An answer for each of ``wanted``: a stored total, else from what the makers made."""
    known = {
        Wanted(*line[:2]): Sums(*line[2:])
        for line in census.ask(_STORED, (which.family, which.walked, which.own, which.llm))
    }
    if not known:
        return [_NOTHING for _ in wanted]  # nobody built on it
    missing = [want for want in wanted if want not in known]
    if missing:
        (line,) = census.ask(sums_query(which, missing), (which.family, which.walked))
        width = len(Sums._fields)
        for at, want in enumerate(missing):
            known[want] = Sums(*line[at * width : (at + 1) * width])
    return [known[want] for want in wanted]


def sums_query(which: Which, wanted: Sequence[Wanted]) -> str:
    """A question for one line, the fields of Sums for each of ``wanted``.

    It is asked with the family and whether by roots.
    """
    inner, outer = [], []
    for at, want in enumerate(wanted):
        sure, unsure = _conditions(which, want)
        inner += [
            f"SUM(n * ({sure})) k{at}",
            f"SUM(n * ({unsure})) u{at}",
            f"SUM(n * ({sure}) / (parts * 1.0)) p{at}",
            f"SUM(n * ({unsure}) / (parts * 1.0)) q{at}",
        ]
        outer += [
            f"coalesce(SUM(alike * k{at}), 0), coalesce(SUM(alike * u{at}), 0),"
            f" coalesce(SUM(alike * p{at}), 0.0), coalesce(SUM(alike * q{at}), 0.0),"
            f" coalesce(SUM(alike * (k{at} > 0)), 0),"
            f" coalesce(SUM(alike * (k{at} > 0 OR u{at} > 0)), 0), coalesce(MAX(k{at}), 0)"
        ]
    return (
        f"SELECT {', '.join(outer)} FROM (SELECT alike, {', '.join(inner)} FROM maker"
        f" WHERE {_where(which)} GROUP BY kind)"
    )


def flow(census: "Census", which: Which) -> Flow:
    """The 30-day downloads of all derivatives."""
    sure, unsure = _conditions(which, Wanted(-1))
    sql = (
        f"SELECT coalesce(SUM(downloads * ({sure})), 0), coalesce(SUM(downloads * ({unsure})), 0),"
        f" coalesce(SUM(unstated * (({sure}) OR ({unsure}))), 0)"
        f" FROM flow WHERE {_where(which)}"
    )
    (line,) = census.ask(sql, (which.family, which.walked))
    return Flow(*line)


def by_month(census: "Census", which: Which, relations: int) -> dict[str, tuple[int, float]]:
    """The derivatives that count, whole and in parts, by month; "" where it is not known."""
    sure, _ = _conditions(which, Wanted(relations))
    sql = (
        f"SELECT month, SUM(n), SUM(n / (parts * 1.0)) FROM monthly WHERE {_where(which)}"
        f" AND {sure} GROUP BY month ORDER BY month"
    )
    lines = census.ask(sql, (which.family, which.walked))
    return {month: (count, parts) for month, count, parts in lines}


def based_by_month(census: "Census", relations: int) -> dict[str, int]:
    """All repos that declare a base by one of these relations, by month."""
    sql = "SELECT span, SUM(n) FROM share WHERE span <> 'week' AND (kinds & ?) <> 0 GROUP BY span"
    return dict(census.ask(sql, (relations,)))


def own_by_month(census: "Census", family: int) -> dict[str, tuple[int, int, int]]:
    """A family's own repos by month: their number, downloads since creation, and 30-day ones."""
    sql = (
        "SELECT coalesce(strftime('%Y-%m', created / 1000, 'unixepoch'), ''), COUNT(*),"
        " SUM(coalesce(all_time, 0)), SUM(coalesce(downloads, 0)) FROM repo"
        " WHERE rank IN (SELECT node FROM mark WHERE family = ? AND family > 0) GROUP BY 1"
    )
    return {month: (n, ever, now) for month, n, ever, now in census.ask(sql, (family,))}


def _where(which: Which) -> str:
    return "family = ? AND walked = ?" + ("" if which.own else " AND own = 0")


def _conditions(which: Which, wanted: Wanted) -> tuple[str, str]:
    """What must be true of a line that counts, and of one that may."""
    passed, doubtful = _TESTS[wanted.test]
    if not which.llm:
        related = f"(every & {wanted.relations}) <> 0"
        return f"{related} AND {passed}", f"{related} AND {doubtful}"
    is_llm = f"llm <> 0 AND (llm & {wanted.relations}) <> 0"
    may_be_llm = f"llm = 0 AND (unsure & {wanted.relations}) <> 0"
    sure = f"{is_llm} AND {passed}"
    unsure = f"({is_llm} AND {doubtful}) OR ({may_be_llm} AND ({passed} OR {doubtful}))"
    return sure, unsure
