"""The pictures that ``e`` writes: a claim's definitions, and families compared."""

from collections.abc import Sequence

from tui.analysis.claims import Judged, Tried
from tui.analysis.history.dated import Series
from tui.model import Lens
from tui.output import svg
from tui.output.svg import Panel
from tui.render import cells, claims, compare, measure
from tui.render.families import Counted
from tui.render.spans import cut

_ROOM, _BESIDE = 125, 100  # characters that a line of the caption and one beside a bar may have


def claim(judged: Judged, endpoint: str, now: float) -> str:
    """The claim as an SVG document: a panel for each definition, the sentence to cite below.

    A share is drawn in per cent. A definition without a figure has its test in words.
    """
    caption = [
        f"{tried.name}: {claims.held(tried)}; {tried.value.definition}" for tried in judged.tried
    ]
    caption.append(claims.sentence(judged, endpoint, now))
    return svg.document(
        f"{judged.claim.text}: {judged.now.verdict}",
        [part for line in caption for part in cells.wrap(line, _ROOM)],
        [_panel(tried) for tried in judged.tried],
    )


def _panel(tried: Tried) -> Panel:
    head = f"{tried.name}: {tried.verdict}"
    ends = claims.ends(tried)
    if ends is None:
        return svg.bars(head, [("", None, cut(claims.held(tried), _BESIDE))])
    unit = 100.0 if tried.value.unit == "share" else 1.0
    high = None if ends.high is None else ends.high * unit
    title = f"{head} · {measure.whole(tried.value)}"
    return svg.interval(title, ends.low * unit, high, ends.threshold * unit, ends.value * unit)


def comparison(
    title: str,
    families: Sequence[Counted],
    name: str,
    series: Sequence[Series],
    lens: Lens,
) -> str:
    """The comparison of one measure as an SVG document: bars, the mix, the course over time."""
    shown = [(row.family.label, row.measures[name]) for row in families]
    head = measure.NAMES[name].lstrip("… ")
    values = [(label, figure.value, measure.whole(figure)) for label, figure in shown]
    panels = [svg.bars(head, values)]
    mixes = [(row.family.label, compare.mix(row.measures)) for row in families]
    if any(value for _, parts in mixes for value in parts.values()):
        panels.append(svg.stacks("derivatives by relation", mixes))
    line = svg.over_time(f"{head}: circles published, dots counted here", series)
    caption = [
        f"{label}: {figure.definition} · {' · '.join(measure.limits(figure))}".rstrip(" ·")
        for label, figure in shown
    ]
    caption.append(f"lens: {lens.words()}")
    return svg.document(title, caption, [*panels, *([line] if line else [])])
