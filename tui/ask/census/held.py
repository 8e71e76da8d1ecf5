"""The census that answers: the newest that is whole, of this registry and of this endpoint."""

import os
from collections.abc import Iterator
from typing import Any

from tui.analysis.families.subject import Fetched
from tui.ask.sources import Sources
from tui.model import Repo
from tui.store.census import place
from tui.store.census.reader import Census


class Held:
    """A census with what answers say of themselves."""

    __slots__ = ("census", "date", "judged")

    def __init__(self, census: Census, date: str) -> None:
        self.census = census
        self.date = date
        self.judged: dict[str, Any] = {}  # claims, once counted: what it says does not change

    @property
    def source(self) -> str:
        """The source that its answers name, as ``census 2026-11-18``."""
        return f"census {self.date}"

    @property
    def universe(self) -> str:
        """Which repos its figures are of."""
        words = f"all {self.census.count:,} public models of {self.date}"
        base = self.census.meta.get("base")
        if base is None:
            return words
        return (
            f"{words}; what is neither new nor much downloaded since {base} is as it was then, also"
            " where it was deleted since"
        )

    def row(self, repo_id: str) -> Repo | None:
        """The row of a repo, by its id in any case; None for a base that has none."""
        node = self.census.find(repo_id)
        return None if node is None else self.census.ranked([node]).get(node)

    def fetched(self, rows: tuple[Repo, ...]) -> Fetched:
        """Own repos as figures take them."""
        return Fetched(
            as_of=self.census.as_of, listed=rows, universe=self.universe, source=self.source
        )


def held(sources: Sources) -> Held | None:
    """The newest census that may answer; None where there is none, or none is to be used.

    One that was made by other tables of families and organisations does not answer: its origins
    and families would be theirs.
    """
    return next(on_hand(sources), None)


def on_hand(sources: Sources) -> Iterator[Held]:
    """Every census that may answer, the newest first."""
    if not sources.may_count:
        return
    folder = sources.store.census_folder
    for date in place.dates(folder):
        path = place.path_of(folder, date)
        stamp = _stamp(path)
        known = sources.censuses.get(path)
        if known is None or known[0] != stamp:
            known = sources.censuses[path] = (stamp, Held(Census(path), date))
        candidate: Held = known[1]
        census = candidate.census
        if census.usable and census.meta.get("registry") == sources.registry.version:
            yield candidate


def _stamp(path: str) -> tuple[int, int]:
    try:
        stat = os.stat(path)
    except OSError:
        return 0, 0
    return stat.st_ino, stat.st_mtime_ns
