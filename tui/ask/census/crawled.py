"""How far a census has come, in one value."""

from typing import NamedTuple


class Crawled(NamedTuple):
    """How far a census has come."""

    date: str
    phase: str  # walk, head, top, or what is being made
    rows: int  # taken, those that came again included
    calls: int
    left: int | None = None  # requests of this window, as the Hub last said
    seconds: float | None = None  # until the calls are made, about
    wait: float | None = None  # seconds until the window allows the next call
