"""What an author has in all, in two lines."""

from collections.abc import Mapping, Sequence
from typing import Protocol

from tui.model.when import seconds
from tui.render import cells


class Share(Protocol):
    """One family among an author's repos, as the ask hands it out."""

    @property
    def family(self) -> str:
        """Its key."""

    @property
    def repos(self) -> int:
        """How many repos."""


class Totals(Protocol):
    """An author's repos together, as the ask hands them out."""

    @property
    def repos(self) -> int:
        """How many."""

    @property
    def downloads(self) -> int:
        """Of the last 30 days."""

    @property
    def downloads_all_time(self) -> int | None:
        """Since creation."""

    @property
    def likes(self) -> int:
        """Of all of them."""

    @property
    def newest(self) -> str | None:
        """The id of the latest."""

    @property
    def created(self) -> str | None:
        """When that was created."""

    @property
    def whole(self) -> bool:
        """Whether these are all of them."""

    @property
    def families(self) -> Sequence[Share] | None:
        """The families of most of them."""

    @property
    def source(self) -> str:
        """Where the figures come from."""


def lines(totals: Totals, labels: Mapping[str, str], now: float) -> list[str]:
    """The totals, and the newest with the families; ``labels``: of families by key."""
    least = "" if totals.whole else "≥ "
    ever = totals.downloads_all_time
    sums = [
        f"{least}{totals.repos:,} repo{'' if totals.repos == 1 else 's'}",
        f"{least}{cells.count(totals.downloads)} downloads in 30 days",
        *([] if ever is None else [f"{least}{cells.count(ever)} since creation"]),
        f"{least}{cells.count(totals.likes)} likes",
    ]
    more = []
    if totals.newest:
        more.append(f"newest {totals.newest}, {cells.age(seconds(totals.created), now)} ago")
    if totals.families:
        named = (
            f"{labels.get(share.family, share.family)} {share.repos:,}" for share in totals.families
        )
        more.append(f"own or built on: {', '.join(named)}")
    more.append(totals.source if totals.whole else f"{totals.source}, the rows at hand")
    return [" · ".join(sums), " · ".join(more)]
