"""A figure with everything that makes it checkable. No bare number reaches a screen."""

from typing import NamedTuple

from tui.model.lens import Lens

MEASURE_KINDS = ("exact", "edges", "lower_bound", "estimate", "unknown")


class Coverage(NamedTuple):
    """How much of what a figure needs was fetched: ``done`` of ``total``, counted in ``what``."""

    done: int
    total: int
    what: str
    weight: float | None = None  # share of the family's own 30-day downloads behind ``done``


class Measure(NamedTuple):
    """One figure. ``bound`` is what unknown rows could do to it, ``ci`` is its sampling error."""

    value: float | None
    unit: str  # "repos", "downloads", "likes", "share", "authors", "edges", ...
    kind: str  # one of MEASURE_KINDS
    definition: str
    universe: str = "hub"  # "hub", "sample", or the list in words
    unknown: float | None = None  # share of the rows that could not be placed
    bound: tuple[float, float | None] | None = None  # hi None: no upper end
    ci: tuple[float, float] | None = None  # 95 %
    n: int | None = None
    authors: int | None = None
    top_author_share: float | None = None
    coverage: Coverage | None = None
    lens: Lens | None = None
    window: tuple[str, str] | None = None
    source: str = "hub"
    as_of: float | None = None  # seconds since 1970, UTC; the oldest part
    registry: str | None = None
    requests: tuple[str, ...] = ()  # URLs that give it again

    @property
    def bundled(self) -> bool:
        """Whether it was counted on facts that came with the program."""
        return self.universe == "sample"
