"""A claim as an SVG picture: each definition's interval against its threshold."""

from textwrap import wrap

from tui.analysis.claims import Judged, Tried
from tui.output import svg
from tui.output.svg import Panel
from tui.render import claims, measure
from tui.render.spans import cut

_ROOM, _BESIDE = 125, 100  # characters that a line of the caption and one beside a bar may have


def picture(judged: Judged, endpoint: str, now: float) -> str:
    """The claim as an SVG document: a panel for each definition, the sentence to cite below.

    A share is drawn in per cent. A definition without a figure has its test in words.
    """
    caption = [f"{o.name}: {claims.held(o)}; {o.value.definition}" for o in judged.tried]
    caption.append(claims.sentence(judged, endpoint, now))
    return svg.document(
        f"{judged.claim.text}: {judged.now.verdict}",
        [part for line in caption for part in wrap(line, _ROOM)],
        [_panel(one) for one in judged.tried],
    )


def _panel(one: Tried) -> Panel:
    head = f"{one.name}: {one.verdict}"
    ends = claims.ends(one)
    if ends is None:
        return svg.bars(head, [("", None, cut(claims.held(one), _BESIDE))])
    unit = 100.0 if one.value.unit == "share" else 1.0
    high = None if ends.high is None else ends.high * unit
    said = f"{head} · {measure.whole(one.value)}"
    return svg.interval(said, ends.low * unit, high, ends.threshold * unit, ends.value * unit)
