"""What changed between two looks of our own: at a list, and at one model."""

from collections.abc import AsyncIterator, Sequence
from typing import NamedTuple

from tui.analysis.history.movement import Member as Placed
from tui.analysis.history.movement import Rank, movement
from tui.analysis.query.query_line import parse
from tui.analysis.repo.diff import DiffRow, Side, rows
from tui.ask.repo import card, facts_and_files
from tui.ask.sources import Sources
from tui.model import BadInput, Detail, Entry, Problem, Query, Repo, View
from tui.model.when import iso
from tui.store.history import Member, Snapshot
from tui.store.looks import RepoLook, looks_at

GONE = "gone"
# Counts that roll every day are no news; files that come and go are named one by one.
ROLLING = ("downloads 30 d", "downloads all-time", "likes", "children", "files")
_NAMED = 5  # ids that stand in one line
_LONGEST = 60  # characters of a value in one line


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

    @property
    def changed(self) -> bool:
        """Whether a repo came or went, or a place or a count is another."""
        return any(row.move or row.downloads or row.likes for row in self.rows)


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
    kept = [_change(old.pop(one.id.lower(), None), one, moves[one.id]) for one in now]
    longest = len(now)
    left = [_change(one, None, GONE if one.rank_hi <= longest else None) for one in old.values()]
    return Between(before, after, tuple(kept + left))


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


def listed(found: Between) -> View[Between]:
    """Both looks as a view, as old as the first."""
    return View(rows=(found,), source="cache", as_of=found.before.at)


class Since(NamedTuple):
    """What changed of one repo between two looks of our own; no ``before``: this is the first."""

    id: str
    before: RepoLook | None
    after: RepoLook
    rows: tuple[DiffRow, ...]


def peek(sources: Sources, kind: str, repo_id: str) -> View[Since] | None:
    """The two newest looks at a repo compared; None where there is none."""
    looks = looks_at(sources.store.history, kind, repo_id, sources.who)
    if not looks:
        return None
    after, before = looks[0], looks[1] if len(looks) > 1 else None
    differing = () if before is None else changed(before.detail, after.detail)
    found = Since(after.detail.repo.id, before, after, differing)
    return View(rows=(found,), source="cache", as_of=after.at, stale=True)


async def stream(sources: Sources, kind: str, repo_id: str) -> AsyncIterator[View[Since]]:
    """The two newest looks as stored, then with a look taken now.

    Raises the Problem that prevents it where there is no look at all.
    """
    kept = peek(sources, kind, repo_id)
    if kept is not None:
        yield kept
    try:
        view = await facts_and_files.drain(card.stream(sources, kind, repo_id, readme=False))
    except Problem as problem:
        if kept is None:
            raise
        yield kept._replace(problems=(problem,))
        return
    found = peek(sources, kind, view.value.id)
    if found is None:
        shown = view.value
        detail = shown.detail or Detail(shown.repo or Repo(shown.id))
        look = RepoLook(detail, view.as_of or sources.now())
        found = view.of(Since(shown.id, None, look, ()))
    yield found._replace(
        source=view.source, stale=view.stale, problems=view.problems, requests=view.requests
    )


def in_words(sources: Sources, entry: Entry) -> str | None:
    """What changed on a saved repo or search between the two newest looks at it.

    None where nothing did, or there are no two, or a search kept by another version says nothing
    to this one.
    """
    if entry.line is not None:
        try:
            found = since(sources, parse(entry.line))
        except BadInput:
            return None
        return found and _news(found)
    view = peek(sources, entry.kind, entry.name)
    kept = view.value if view else None
    if kept is None or kept.before is None:
        return None
    said = ", ".join(_step(row) for row in kept.rows if row.same is False)
    return f"{said} since {iso(kept.before.at)[:10]}" if said else None


def news(sources: Sources, entry: Entry) -> str | None:
    """What changed on a saved repo or search, in words; None where no more did than counts do."""
    if entry.line is None:
        view = peek(sources, entry.kind, entry.name)
        rows = view.value.rows if view else ()
        if not any(row.same is False and row.field not in ROLLING for row in rows):
            return None
    return in_words(sources, entry)


def _step(row: DiffRow) -> str:
    """``likes 3 → 5``; a side that is not known is left out."""
    before, after = (_shown(value) for value in row.values)
    return (
        f"{row.field} {before} → {after}" if before and after else f"{row.field} {before or after}"
    )


def _shown(value: object) -> str:
    if value is None:
        return ""
    text = f"{value:,}" if isinstance(value, int) and not isinstance(value, bool) else f"{value}"
    return text if len(text) <= _LONGEST else f"{text[: _LONGEST - 1]}…"


def _news(found: Between) -> str | None:
    said = []
    for word in ("new", GONE):
        ids = [row.id for row in found.rows if row.move == word]
        if ids:
            more = f" and {len(ids) - _NAMED} more" if len(ids) > _NAMED else ""
            said.append(f"{len(ids)} {word}: {', '.join(ids[:_NAMED])}{more}")
    return f"{'; '.join(said)} since {iso(found.before.at)[:10]}" if said else None


def changed(before: Detail, after: Detail) -> tuple[DiffRow, ...]:
    """The fields of both looks, then the files that came and went."""
    sides = [Side(one.repo.id, one, None) for one in (before, after)]
    old, new = set(before.files), set(after.files)
    came, went = ", ".join(sorted(new - old)), ", ".join(sorted(old - new))
    files = [DiffRow("files", (len(old), len(new)), old == new)]
    if went:
        files.append(DiffRow("files removed", (went, None), False))
    if came:
        files.append(DiffRow("files added", (None, came), False))
    return (*rows(sides), *files)


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
