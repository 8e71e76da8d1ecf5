"""Whether a rank survives the choices behind it: the same comparison under every setting.

Downloads have 8 settings: 30 days or all time, all own repos or language models only, with or
without the largest repo. Derivatives have 12: finetune, finetune and merge, or all relations;
multi or fractional credit; all or alive. A subject is first under a setting only where its lowest
possible value is above the highest possible one of every other.
"""

from collections.abc import Mapping
from itertools import product
from typing import NamedTuple

from tui.analysis.families.derivatives import amount, derivatives, is_whole, passes, tally
from tui.analysis.families.own_figures import FACTS, own_repos
from tui.analysis.families.subject import Fetched, Subject
from tui.analysis.registry.registry import Registry
from tui.model import RELATIONS, Lens
from tui.model.lens import CREDITS

Interval = tuple[float, float]
INFINITE = float("inf")
MEASURES = ("downloads", "derivatives")
_MIXES = {
    "finetune": ("finetune",),
    "finetune+merge": ("finetune", "merge"),
    "all relations": RELATIONS,
}
_LIVES = {"derivatives": "all", "derivatives_alive": "alive"}
SETTINGS = {"downloads": 8, "derivatives": 12}


class Robustness(NamedTuple):
    """How one comparison fares. ``computed`` counts settings that differ and have their data."""

    measure: str
    among: tuple[str, ...]
    first: str | None  # the key that is first most often
    settings: int
    computed: int
    agree: int  # settings under which ``first`` is first
    undecided: int
    dissent: tuple[str, ...]  # settings under which another is


def robustness(
    name: str,
    subjects: Mapping[str, tuple[Subject, Fetched]],
    lens: Lens,
    registry: Registry,
) -> Robustness:
    """Compare ``subjects`` by ``name`` (one of MEASURES) under each setting the facts allow.

    Settings that give every subject the same interval are one.
    """
    settings = downloads if name == "downloads" else derivative_settings
    return ranked(name, {key: settings(*of, lens, registry) for key, of in subjects.items()})


def ranked(name: str, by_subject: Mapping[str, Mapping[str, Interval | None]]) -> Robustness:
    """Compare by intervals already known: by subject and setting, None where it has no data."""
    merged: dict[tuple[Interval, ...], str] = {}
    for setting in next(iter(by_subject.values()), {}):
        intervals = [by_setting[setting] for by_setting in by_subject.values()]
        stated = tuple(interval for interval in intervals if interval is not None)
        if len(stated) == len(intervals):
            merged.setdefault(stated, setting)
    keys = tuple(by_subject)
    winners = {setting: _first(keys, intervals) for intervals, setting in merged.items()}
    wins = {key: sum(winner == key for winner in winners.values()) for key in keys}
    best = max(keys, key=lambda key: wins[key], default=None)
    first = best if best is not None and wins[best] else None
    return Robustness(
        name,
        keys,
        first,
        SETTINGS[name],
        len(winners),
        wins[first] if first is not None else 0,
        sum(winner is None for winner in winners.values()),
        tuple(setting for setting, winner in winners.items() if winner not in (first, None)),
    )


def _first(keys: tuple[str, ...], intervals: tuple[Interval, ...]) -> str | None:
    """The key whose low end is above every other's high end."""
    for at, (lo, _) in enumerate(intervals):
        if all(lo > hi for other, (_, hi) in enumerate(intervals) if other != at):
            return keys[at]
    return None


def downloads(
    subject: Subject, fetched: Fetched, lens: Lens, registry: Registry
) -> dict[str, Interval | None]:
    """The own downloads of a subject under each of the 8 settings."""
    intervals: dict[str, Interval | None] = {}
    for (fact, span), llm, largest in product(
        (("downloads_30d", "30 d"), ("downloads_all_time", "all time")),
        (False, True),
        (True, False),
    ):
        own = own_repos(subject, fetched, llm, registry)
        values = [[FACTS[fact](row) for row in rows] for rows in (own.sure, own.all)]
        setting = ", ".join(
            (span, "LLM only" if llm else "all own", "all" if largest else "without the largest")
        )
        stated = fetched.listed is not None and None not in values[0]
        lo, hi = (_sum([v for v in part if v is not None], largest) for part in values)
        open_ = not fetched.listed_complete or None in values[1]
        intervals[setting] = (lo, INFINITE if open_ else hi) if stated else None
    return intervals


def _sum(values: list[int], largest: bool) -> float:
    return float(sum(values) - (0 if largest else max(values, default=0)))


def derivative_settings(
    subject: Subject, fetched: Fetched, lens: Lens, registry: Registry
) -> dict[str, Interval | None]:
    """The derivatives of a subject under each of the 12 settings."""
    own = own_repos(subject, fetched, lens.llm, registry)
    every = derivatives(subject, fetched, own, lens.first_party == "in", registry)
    whole = is_whole(fetched, own, registry)
    at_hand = fetched.listed is not None and (whole or bool(fetched.children))
    intervals: dict[str, Interval | None] = {}
    for (mix, relations), (name, words) in product(_MIXES.items(), _LIVES.items()):
        sure, unsure = tally(every, relations, passes(name, fetched))
        for credit in CREDITS:
            high = amount(sure + unsure, credit) if whole else INFINITE
            interval = (amount(sure, credit), high) if at_hand else None
            intervals[f"{mix}, {credit}, {words}"] = interval
    return intervals
