"""What changed between two looks of our own: at a list, and at one model."""

from collections.abc import Sequence
from typing import NamedTuple

from tui.analysis.movement import Member as Placed
from tui.analysis.movement import Rank, movement
from tui.ask.sources import Sources
from tui.model import BadInput, Query, View
from tui.store.history import Member, Snapshot

GONE = "gone"


class Change(NamedTuple):
    """One repo of two looks at a list. The changes are signed, None where one side is not known.

    ``move``: places risen (positive) or fallen, ``new``, ``gone``, None where the shorter list
    cannot tell.
    """

    id: str
    before: Member | None
    after: Member | None
    move: int | str | None
    downloads: int | None
    likes: int | None


class Between(NamedTuple):
    """Two looks at one list and every repo of either: the later look's order, then what is gone."""

    before: Snapshot
    after: Snapshot
    rows: tuple[Change, ...]


def between(sources: Sources, before: Snapshot, after: Snapshot) -> Between:
    """What changed from one look to another. Raises BadInput where they are of two lists."""
    if (before.query_key, before.endpoint) != (after.query_key, after.endpoint):
        raise BadInput(
            f"looks {before.id} and {after.id} are of two lists; choose two of one"
            " (`hubscope snapshot list`)"
        )
    history = sources.store.history
    then, now = history.members(before.id), history.members(after.id)
    old = {member.id.lower(): member for member in then}
    moves = movement(_placed(now), _placed(then))
    rows = [_change(old.pop(one.id.lower(), None), one, moves[one.id]) for one in now]
    longest = len(now)
    left = [_change(one, None, GONE if one.rank_hi <= longest else None) for one in old.values()]
    return Between(before, after, tuple(rows + left))


def pair(sources: Sources, numbers: Sequence[int] = ()) -> tuple[Snapshot, Snapshot]:
    """Two looks by their numbers, the older first; for one number, the newest of its list with it.

    For none, the newest look and the one before it. Raises BadInput where there are no two.
    """
    known = sources.store.history.snapshots(sources.who)
    chosen = [_numbered(known, number) for number in numbers]
    if not chosen:
        chosen = [one for one in known if one.endpoint == sources.realm][:1]
    if len(chosen) == 1:
        first = chosen[0]
        same = (first.query_key, first.endpoint)
        others = [o for o in known if (o.query_key, o.endpoint) == same and o.id != first.id]
        chosen += others[:1]
    if len(chosen) < 2:
        raise BadInput("there are no two looks at one list yet; look at it again later")
    older, newer = sorted(chosen, key=lambda one: one.at)
    return older, newer


def since(sources: Sources, query: Query) -> Between | None:
    """What changed on a list between its two newest looks; None before there are two."""
    looks = sources.store.history.snapshots(sources.who, query.key)
    mine = [look for look in looks if look.endpoint == sources.realm]
    return between(sources, mine[1], mine[0]) if len(mine) > 1 else None


def listed(found: Between) -> View:
    """The rows as a view."""
    return View(rows=found.rows, source="cache", as_of=found.before.at, read=found)


def _numbered(known: Sequence[Snapshot], number: int) -> Snapshot:
    for one in known:
        if one.id == number:
            return one
    raise BadInput(f"there is no look {number}; `hubscope snapshot list` names them")


def _placed(members: Sequence[Member]) -> list[Placed]:
    return [Placed(one.id, Rank(one.rank_lo, one.rank_hi)) for one in members]


def _change(before: Member | None, after: Member | None, move: int | str | None) -> Change:
    one = after or before
    assert one is not None, "a change has a side"
    return Change(
        one.id,
        before,
        after,
        move,
        _difference(before and before.downloads, after and after.downloads),
        _difference(before and before.likes, after and after.likes),
    )


def _difference(before: int | None, after: int | None) -> int | None:
    return None if before is None or after is None else after - before
