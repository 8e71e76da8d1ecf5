"""A list too long to be held: where its rows come from, page by page."""

from typing import NamedTuple, Protocol

from tui.model import Row

PAGE = 100  # rows read together


class Part(NamedTuple):
    """Some rows of a long list. Of ``lost`` ones nothing is known any more but id and place."""

    rows: tuple[Row, ...]
    lost: int = 0


class Source(Protocol):
    """What a long list is read from: a census, or the rows that are stored."""

    @property
    def ahead(self) -> tuple[Row, ...]:
        """Rows at hand that stand ahead of those read by pages."""

    @property
    def total(self) -> int:
        """How many rows are read by pages."""

    @property
    def counting(self) -> bool:
        """Whether ``total`` may still grow by itself."""

    @property
    def of_census(self) -> bool:
        """Whether a census answers, and not the Hub's own list as it was read."""

    def part(self, first: int, count: int) -> Part:
        """The rows from a place on, at most ``count``. Not to be called on the loop.

        Raises StoreTrouble where what they are read from was taken away.
        """

    def place(self, repo_id: str) -> int | None:
        """Where a row stands, where that can be told without reading rows."""

    def continues(self, other: "Source") -> bool:
        """Whether the rows of ``other`` stand at the same places here."""
