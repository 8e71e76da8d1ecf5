"""A Measure as text: the one way in which a figure is printed, in the app and in the shell.

A mark stands before what is not exact: ``≥`` a lower bound, ``≈`` an estimate or a count of edges,
and ``·`` in place of a figure that is not known. What a figure is of, how far it reaches and how
old it is follows in words.
"""

from collections.abc import Iterable

from tui.model import Measure
from tui.render import cells

MARKS = {"exact": "", "lower_bound": "≥", "edges": "≈", "estimate": "≈"}
NAMES = {
    "repos": "repos",
    "downloads_30d": "downloads 30 d",
    "downloads_all_time": "downloads all time",
    "likes": "likes",
    "top3_share": "share of top 3",
    "new_repos_30d": "new repos 30 d",
    "derivatives": "derivatives",
    "derivatives_finetune": "… finetune",
    "derivatives_adapter": "… adapter",
    "derivatives_quantized": "… quantized",
    "derivatives_merge": "… merge",
    "derivatives_unknown": "… unknown relation",
    "derivative_authors": "derivative authors",
    "derivatives_alive": "derivatives alive",
    "new_derivatives_30d": "new derivatives 30 d",
}
"""The names of the family figures as a person reads them; ``…`` narrows the name above."""

_KINDS = {
    "lower_bound": "a lower bound",
    "edges": "a count of edges",
    "estimate": "an estimate",
    "unknown": "not known",
}
_SOURCES = {"hub": "Hub", "cache": "stored", "mixed": "Hub and stored", "sample": "sample"}


def short(figure: Measure | None) -> str:
    """The figure in at most six cells: ``303M``, ``≥151k``, ``≈31 %``, ``·``."""
    if figure is None or figure.value is None:
        return cells.UNKNOWN
    return MARKS.get(figure.kind, "") + _short(figure.value, figure.unit)


def whole(figure: Measure) -> str:
    """The figure with all its digits and its unit: ``≥ 151,448 repos``, ``1 repo``, ``58.1 %``."""
    unit = "" if figure.unit == "share" or figure.value is None else f" {figure.unit}"
    return digits(figure) + (unit.removesuffix("s") if figure.value == 1 else unit)


def digits(figure: Measure) -> str:
    """The same without its unit."""
    if figure.value is None:
        return "not known"
    mark = MARKS.get(figure.kind, "")
    return f"{mark}{' ' if mark else ''}{_whole(figure.value, figure.unit)}"


def limits(figure: Measure) -> list[str]:
    """What keeps the figure from being exact, each in its own words.

    The kind, the bound that unknown rows leave, the sampling error, and the part not placed.
    """
    words = [_KINDS[figure.kind]] if figure.kind in _KINDS else []
    if figure.bound is not None:
        low, high = figure.bound
        if high is not None:
            words.append(f"between {_pair(low, high, figure.unit)}")
        elif low != figure.value or figure.kind != "lower_bound":
            words.append(f"at least {_whole(low, figure.unit)}")
    if figure.ci is not None:
        words.append(f"95 % error {_pair(*figure.ci, figure.unit)}")
    if figure.unknown:
        words.append(f"{percent(figure.unknown)} not placed")
    return words


def reach(figure: Measure) -> str:
    """The coverage in words: ``429 of 441 own repos asked``; "" for a figure without one."""
    coverage = figure.coverage
    if coverage is None:
        return ""
    weight = "" if coverage.weight is None else f" ({percent(coverage.weight)} of own downloads)"
    return f"{coverage.done:,} of {coverage.total:,} {coverage.what}{weight}"


def origin(figure: Measure, now: float) -> list[str]:
    """Where the figure comes from: source, age, universe, registry, and the number of calls."""
    age = "" if figure.as_of is None else f", {cells.age(figure.as_of, now)} old"
    words = [_SOURCES.get(figure.source, figure.source) + age]
    if figure.universe not in ("hub", figure.source):
        words.append(figure.universe)
    if figure.requests and figure.source.startswith("census"):
        words.append(f"again by `{figure.requests[0]}`")
    elif figure.requests:
        words.append(f"{len(figure.requests)} call{'s' if len(figure.requests) > 1 else ''}")
    if figure.registry:
        words.append(f"registry {figure.registry}")
    return words


def facts(figure: Measure, now: float, cost: int = 0) -> str:
    """What the figure is worth, in one line; ``cost`` is what a better one would take in calls."""
    words = [whole(figure)] if figure.value is not None else []
    words += limits(figure)
    if cost:
        words.append(f"{cost:,} call{'s' if cost > 1 else ''} to fetch, press +")
    if figure.value is not None:
        words += [reach(figure), *origin(figure, now)]
        if figure.top_author_share is not None and figure.authors:
            words.append(f"{figure.authors:,} authors, one made {percent(figure.top_author_share)}")
    return " · ".join(part for part in words if part)


def sentence(label: str, name: str, figure: Measure, endpoint: str) -> str:
    """The figure as a sentence that can be cited: whose, what, how counted, how sure, when."""
    from tui.model.when import iso

    day = "" if figure.as_of is None else f" on {iso(figure.as_of)[:10]}"
    worth = "; ".join([*limits(figure), *([reach(figure)] if figure.coverage else [])])
    lens = f"; {figure.lens.words()}" if figure.lens else ""
    where = whence(figure, endpoint)
    return (
        f"{label}: {NAMES.get(name, name).lstrip('… ')} {whole(figure)}{day} "
        f"({figure.definition}{lens}{'; ' if worth else ''}{worth}; {where})."
    )


def whence(figure: Measure, endpoint: str) -> str:
    """The endpoint, the bundled sample, or a census and the command that counts it again."""
    if figure.bundled:
        return "the bundled sample"
    commands = [request for request in figure.requests if is_command(request)]
    if not commands:
        return endpoint
    rule = f"registry {figure.registry}; " if figure.registry else ""
    return (
        f"{figure.source} of {endpoint}, {figure.universe}; {rule}`{commands[0]}` counts it again"
    )


def is_command(request: str) -> bool:
    """Say whether a figure comes from a file here, by a command, and not from an address."""
    return request.startswith("hubscope ")


def percent(share: float) -> str:
    """A share of 0 to 1: ``31 %``, ``0.4 %``, ``99.6 %``; never rounded up to all or to none."""
    value = share * 100
    if value in (0.0, 100.0) or 1 <= value <= 99:
        return f"{value:.0f} %"
    if 0 < value < 0.05:
        return "<0.1 %"
    if 99.95 <= value < 100:
        return ">99.9 %"
    return f"{value:.1f} %"


def changed(before: Measure | None, after: Measure | None) -> bool:
    """Say whether two figures read differently: another value, another kind or another bound."""
    if before is None or after is None:
        return False
    return (before.value, before.kind, before.bound) != (after.value, after.kind, after.bound)


def wrapped(text: str, width: int, lines: int) -> list[str]:
    """``text`` in at most ``lines`` lines of at most ``width`` cells, cut where it is longer."""
    return cells.wrap(text, width, most=lines)


def known(figures: Iterable[Measure | None]) -> list[float]:
    """The values of those that have one."""
    return [figure.value for figure in figures if figure is not None and figure.value is not None]


def _short(value: float, unit: str) -> str:
    return percent(value).removesuffix(" %") + "%" if unit == "share" else cells.count(value)


def _whole(value: float, unit: str) -> str:
    if unit == "share":
        return f"{value * 100:.1f} %"
    return f"{value:,.0f}" if value == int(value) else f"{value:,.1f}"


def _pair(low: float, high: float, unit: str) -> str:
    return f"{_whole(low, unit).removesuffix(' %')} and {_whole(high, unit)}"
