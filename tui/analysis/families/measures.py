"""The figures of a family, each with its definition, its limits and the calls behind it."""

from collections.abc import Mapping
from typing import NamedTuple

from tui.analysis.families.derivative_measures import COUNTED, LISTED, derivative_measures
from tui.analysis.families.own_figures import OWN_NAMES, own_measures
from tui.analysis.families.subject import Fetched, Subject, of_family, of_org
from tui.analysis.registry.registry import Registry
from tui.model import Lens, Measure

__all__ = [
    "NAMES", "Fetched", "Growth", "Subject", "growth", "measure", "of_family",
    "of_org", "portions",
]  # fmt: skip

NAMES = (*OWN_NAMES, *COUNTED, *LISTED)


def measure(
    subject: Subject, fetched: Fetched, lens: Lens, registry: Registry
) -> dict[str, Measure]:
    """Every figure of NAMES. What the fetched facts do not reach has kind unknown, value None."""
    own = own_measures(subject, fetched, lens, registry)
    return own | derivative_measures(subject, fetched, lens, registry)


def portions(figures: Mapping[str, Measure]) -> dict[str, Measure]:
    """Each figure's part of the sum of all that have a value: what a share bar draws.

    A part is exact only where every figure is; its universe is the set that was summed.
    """
    known = {key: figure.value for key, figure in figures.items() if figure.value is not None}
    total = sum(known.values())
    exact = len(known) == len(figures) and all(f.kind == "exact" for f in figures.values())
    whole = exact and not any(figure.bound for figure in figures.values())
    return {
        key: figure._replace(
            value=known[key] / total if key in known and total else None,
            unit="share",
            kind=("exact" if whole else "estimate") if key in known and total else "unknown",
            definition=f"part of the sum over {len(known)} loaded: {figure.definition}",
            universe=f"{len(known)} of {len(figures)} rows loaded",
            bound=None,
            ci=None,
        )
        for key, figure in figures.items()
    }


class Growth(NamedTuple):
    """The change between two dated figures; ``change`` is None where ``why`` says so."""

    change: float | None  # signed, in the figures' unit
    ratio: float | None  # change by the older value
    why: str = ""


def growth(now: Measure, then: Measure | None) -> Growth:
    """The change from ``then`` to ``now``: only between figures counted in the same way.

    One figure alone is "no growth yet". Other definitions, lenses, registries, kinds or another
    completeness make two figures not comparable.
    """
    if then is None or now.value is None or then.value is None:
        return Growth(None, None, "no growth yet")
    for field, before, after in (
        ("definition", then.definition, now.definition),
        ("lens", then.lens, now.lens),
        ("registry", then.registry, now.registry),
        ("universe", then.universe, now.universe),
        ("kind", then.kind, now.kind),
    ):
        if before != after:
            return Growth(None, None, f"not comparable (another {field})")
    if _reach(then) != _reach(now):
        return Growth(None, None, f"not comparable ({_reach_words(then, now)})")
    change = now.value - then.value
    return Growth(change, change / then.value if then.value else None)


def _reach(figure: Measure) -> tuple[int, int] | None:
    """(steps done, steps in all) of a figure's coverage; None where it is whole or not stated."""
    reach = figure.coverage
    return None if reach is None or reach.done == reach.total else (reach.done, reach.total)


def _reach_words(then: Measure, now: Measure) -> str:
    done = [str(figure.coverage.done) if figure.coverage else "all" for figure in (then, now)]
    last = now.coverage or then.coverage
    return f"{done[0]} to {done[1]} of {last.total} {last.what}" if last else ""
