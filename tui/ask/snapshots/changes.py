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
    changes = [
        _change(old.pop(member.id.lower(), None), member, moves[member.id]) for member in now
    ]
    longest = len(now)
    dropped = [
        _change(member, None, GONE if member.rank_hi <= longest else None)
        for member in old.values()
    ]
    return Between(before, after, tuple(changes + dropped))


def pair(sources: Sources, numbers: Sequence[int] = ()) -> tuple[Snapshot, Snapshot]:
    """Two looks by their numbers, the older first; for one number, the newest of its list with it.

    For none, the newest look and the one before it. Raises BadInput where there are no two.
    """
    known = sources.store.history.snapshots(sources.who)
    chosen = [_numbered(known, number) for number in numbers]
    if not chosen:
        chosen = [look for look in known if look.endpoint == sources.realm][:1]
    if len(chosen) == 1:
        first = chosen[0]
        same = (first.query_key, first.endpoint)
        looks = [
            look
            for look in known
            if (look.query_key, look.endpoint) == same and look.id != first.id
        ]
        chosen += looks[:1]
    if len(chosen) < 2:
        raise BadInput("there are no two looks at one list yet; look at it again later")
    older, newer = sorted(chosen, key=lambda look: look.at)
    return older, newer


def since(sources: Sources, query: Query) -> Between | None:
    """What changed on a list between its two newest looks; None before there are two."""
    looks = sources.store.history.snapshots(sources.who, query.key)
    comparable = [look for look in looks if look.endpoint == sources.realm]
    return between(sources, comparable[1], comparable[0]) if len(comparable) > 1 else None


def listed(comparison: Between) -> View[Between]:
    """Both looks as a view, as old as the first."""
    return View(rows=(comparison,), source="cache", as_of=comparison.before.at)


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
    comparison = Since(after.detail.repo.id, before, after, differing)
    return View(rows=(comparison,), source="cache", as_of=after.at, stale=True)


async def stream(sources: Sources, kind: str, repo_id: str) -> AsyncIterator[View[Since]]:
    """The two newest looks as stored, then with a look taken now.

    Raises the Problem that prevents it where there is no look at all.
    """
    stored = peek(sources, kind, repo_id)
    if stored is not None:
        yield stored
    try:
        view = await facts_and_files.drain(card.stream(sources, kind, repo_id, readme=False))
    except Problem as problem:
        if stored is None:
            raise
        yield stored._replace(problems=(problem,))
        return
    compared = peek(sources, kind, view.value.id)
    if compared is None:
        shown = view.value
        detail = shown.detail or Detail(shown.repo or Repo(shown.id))
        look = RepoLook(detail, view.as_of or sources.now())
        compared = view.of(Since(shown.id, None, look, ()))
    yield compared._replace(
        source=view.source, stale=view.stale, problems=view.problems, requests=view.requests
    )


def in_words(sources: Sources, entry: Entry) -> str | None:
    """What changed on a saved repo or search between the two newest looks at it.

    None where nothing did, or there are no two, or a search kept by another version says nothing
    to this one.
    """
    if entry.line is not None:
        try:
            comparison = since(sources, parse(entry.line))
        except BadInput:
            return None
        return comparison and _news(comparison)
    view = peek(sources, entry.kind, entry.name)
    repo_change = view.value if view else None
    if repo_change is None or repo_change.before is None:
        return None
    text = ", ".join(_step(row) for row in repo_change.rows if row.same is False)
    return f"{text} since {iso(repo_change.before.at)[:10]}" if text else None


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


def _news(comparison: Between) -> str | None:
    parts = []
    for word in ("new", GONE):
        ids = [row.id for row in comparison.rows if row.move == word]
        if ids:
            more = f" and {len(ids) - _NAMED} more" if len(ids) > _NAMED else ""
            parts.append(f"{len(ids)} {word}: {', '.join(ids[:_NAMED])}{more}")
    return f"{'; '.join(parts)} since {iso(comparison.before.at)[:10]}" if parts else None


def changed(before: Detail, after: Detail) -> tuple[DiffRow, ...]:
    """The fields of both looks, then the files that came and went."""
    sides = [Side(detail.repo.id, detail, None) for detail in (before, after)]
    old, new = set(before.files), set(after.files)
    added, removed = ", ".join(sorted(new - old)), ", ".join(sorted(old - new))
    files = [DiffRow("files", (len(old), len(new)), old == new)]
    if removed:
        files.append(DiffRow("files removed", (removed, None), False))
    if added:
        files.append(DiffRow("files added", (None, added), False))
    return (*rows(sides), *files)


def _numbered(known: Sequence[Snapshot], number: int) -> Snapshot:
    for look in known:
        if look.id == number:
            return look
    raise BadInput(f"there is no look {number}; `hubscope snapshot list` names them")


def _placed(members: Sequence[Member]) -> list[Placed]:
    return [Placed(member.id, Rank(member.rank_lo, member.rank_hi)) for member in members]


def _change(before: Member | None, after: Member | None, move: int | str | None) -> Change:
    member = after or before
    assert member is not None, "a change has a side"
    return Change(
        member.id,
        before,
        after,
        move,
        _difference(before and before.downloads, after and after.downloads),
        _difference(before and before.likes, after and after.likes),
    )


def _difference(before: int | None, after: int | None) -> int | None:
    return None if before is None or after is None else after - before
