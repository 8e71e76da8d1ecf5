"""Bars, lines over time and intervals, in characters and as SVG."""

from itertools import pairwise
from xml.etree import ElementTree

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tui.analysis.history.dated import Dot, Series, strokes
from tui.model import RELATIONS
from tui.output import svg
from tui.render import bars, charts, measure

DAY = 86400.0
QWEN = Series(
    "Qwen",
    (
        Dot(0.0, 40.0, published=True),
        Dot(10 * DAY, 50.0),
        Dot(20 * DAY, 100.0, joined=True),
        Dot(30 * DAY, 60.0),
    ),
)
LLAMA = Series("Llama <1>", (Dot(30 * DAY, 20.0, published=True),))
NAME = "{http://www.w3.org/2000/svg}"


def test_columns_are_read_without_colour_and_tell_zero_from_unknown() -> None:
    assert bars.columns([4.0, 2.0, 0.0, None]) == "██ ▄▄ __ ··"
    assert bars.columns([0.0, 0.0]) == "__ __"


@given(
    st.fixed_dictionaries({name: st.none() | st.floats(0, 1e9) for name in RELATIONS}),
    st.integers(5, 60),
)
def test_a_stacked_bar_fills_its_cells_and_hides_no_part(
    parts: dict[str, float | None], width: int
) -> None:
    bar = bars.stacked(parts, width)
    present = {name for name, value in parts.items() if value}
    assert {name for name in parts if bars.FILLS[name] in bar} == present
    assert len(bar) == (width if present else 0)
    known = [(value, bar.count(bars.FILLS[name])) for name, value in parts.items() if value]
    for value, cells in known:
        assert all(cells >= other for less, other in known if less < value * 0.5)


def test_the_legend_names_every_fill() -> None:
    assert all(f"{bars.FILLS[name]} {name}" in bars.legend() for name in RELATIONS)


def test_a_share_is_drawn_and_written() -> None:
    assert bars.share(0.5, 15) == "█████      50 %"
    assert bars.share(0.001, 15).endswith(" <1 %")
    assert bars.share(0.0, 15).strip() == "0 %"
    assert bars.share(None, 15) == "·"


@pytest.mark.parametrize(
    ("low", "high", "threshold", "drawn"),
    [
        (10.0, 20.0, 40.0, "beyond"),
        (10.0, 60.0, 40.0, "inside"),
        (50.0, None, 40.0, "before"),
    ],
)
def test_an_interval_lies_before_beyond_or_around_its_threshold(
    low: float, high: float | None, threshold: float, drawn: str
) -> None:
    line = bars.interval(low, high, threshold, 40)
    assert len(line) == 40
    assert ("╂" in line) is (drawn == "inside")
    assert line.rstrip().endswith(">") is (high is None)
    if drawn == "beyond":
        assert line.index("┤") < line.index("╎")
    if drawn == "before":
        assert line.index("╎") < line.index("├")


def test_only_what_was_counted_alike_is_joined() -> None:
    assert [(a.value, b.value) for a, b in strokes(QWEN)] == [(50.0, 100.0)]


def test_a_published_figure_in_between_does_not_part_two_looks() -> None:
    between = Dot(15 * DAY, 70.0, published=True)
    dots = tuple(sorted((*QWEN.dots, between)))
    assert strokes(QWEN._replace(dots=dots)) == strokes(QWEN)


def test_letters_tell_series_and_kind_apart() -> None:
    lines = charts.lines([QWEN, LLAMA], 60, 12)
    assert len(lines) == 12
    assert all(len(line) <= 60 for line in lines)
    plot = "\n".join(lines[:-2])
    assert (plot.count("A"), plot.count("a"), plot.count("B"), plot.count("b")) == (1, 3, 1, 0)
    assert "·" in plot
    assert lines[0].strip().startswith("100 │")
    assert lines[-2].split() == ["1970-01-01", "1970-01-31"]
    assert lines[-1].startswith("Aa Qwen  B Llama <1>")


def test_two_series_in_one_cell_are_marked_as_several() -> None:
    same = Series("Gemma", (Dot(0.0, 40.0, published=True),))
    assert "*" in "\n".join(charts.lines([QWEN, same], 60, 12)[:-2])


def test_there_is_no_chart_without_dots_or_room() -> None:
    assert charts.lines([Series("Qwen", ())], 60, 12) == []
    assert charts.lines([QWEN], 12, 12) == []
    assert charts.lines([QWEN], 60, 2) == []


def test_one_day_stands_in_the_middle() -> None:
    lines = charts.plot([LLAMA], 60, 7)
    assert lines[-1].strip() == "1970-01-31"
    assert 20 < lines[0].index("A") < 45


def test_a_document_is_well_formed_and_states_its_definitions() -> None:
    line = svg.over_time("downloads", [QWEN, LLAMA])
    assert line is not None
    panels = [
        svg.bars(
            "downloads <30 d>", [("Qwen", 100.0, "100"), ("Llama", 50.0, "50"), ("X", None, "")]
        ),
        svg.stacks("by relation", [("Qwen", {"finetune": 3.0, "merge": 1.0, "adapter": None})]),
        line,
        svg.interval("then", 58.0, 72.0, 50.0, 60.0),
        svg.interval("now", 58.0, None, 50.0),
    ]
    text = svg.document("Qwen & Llama", ["what & how"], panels)
    root = ElementTree.fromstring(text)
    words = [node.text for node in root.iter(f"{NAME}text")]
    assert {"Qwen & Llama", "what & how", "downloads <30 d>", "1970-01-31"} <= set(words)
    widths = [float(node.attrib["width"]) for node in root.iter(f"{NAME}rect")]
    assert widths[1] == 2 * widths[2] > 0
    circles = list(root.iter(f"{NAME}circle"))
    assert [node.attrib["fill"] == "#ffffff" for node in circles[:5]] == [
        True, False, False, False, True,
    ]  # fmt: skip
    assert float(root.attrib["height"]) > sum(panel.height for panel in panels)


def test_names_that_end_alike_are_apart_and_shares_are_percents() -> None:
    same = [
        Series(f"family {number}", (Dot(0.0, 0.2), Dot(DAY, 0.01 * number, joined=True)))
        for number in range(4)
    ]
    panel = svg.over_time("share", same, label=measure.percent)
    assert panel is not None
    root = ElementTree.fromstring(svg.document("share", (), [panel]))
    texts = list(root.iter(f"{NAME}text"))
    assert {"20 %", "0"} <= {node.text for node in texts}
    places = sorted(
        float(node.attrib["y"]) for node in texts if (node.text or "").startswith("family")
    )
    assert all(below - above >= 13 for above, below in pairwise(places))
    assert 20 < places[0] < places[-1] < 190
    titles = [node.text for node in root.iter(f"{NAME}title")]
    assert titles[:2] == ["family 0, 1970-01-01: 20 %", "family 0, 1970-01-02: 0 %"]
    lines = [node.attrib["d"] for node in root.iter(f"{NAME}path")]
    assert [line.count("L") for line in lines[1:]] == [1, 1, 1, 1], "one path for each line"


def test_no_dot_gives_no_panel() -> None:
    assert svg.over_time("downloads", [Series("Qwen", ())]) is None


def test_a_chart_of_shares_writes_percents() -> None:
    share = Series("Qwen", (Dot(0.0, 0.2), Dot(30 * DAY, 0.3, joined=True)))
    assert charts.lines([share], 60, 8, label=measure.percent)[0].lstrip().startswith("30 % │")
    [line] = charts.lines([Series("Qwen", (Dot(0.0, 0.2),))], 60, 8, label=measure.percent)
    assert line == "Qwen: 20 % on 1970-01-01, counted here"


def test_figures_of_one_date_are_written_and_draw_no_line() -> None:
    counted = Series("Qwen", (Dot(30 * DAY, 60.0),))
    assert charts.lines([counted, LLAMA], 60, 10) == [
        "Qwen: 60 on 1970-01-31, counted here",
        "Llama <1>: 20 on 1970-01-31, published",
    ]
    assert charts.lines([counted], 12, 1) == ["Qwen: 60 on…"]
    assert charts.lines([QWEN, LLAMA], 60, 10)[-1].startswith("Aa Qwen  B Llama")
