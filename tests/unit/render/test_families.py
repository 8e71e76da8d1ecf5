"""The league table as rows and words."""

from typing import Any, NamedTuple

import pytest

from tui.analysis.families.measures import NAMES, Growth
from tui.analysis.history.dated import Dot
from tui.analysis.registry.registry import Family
from tui.model import Lens, Measure, Progress
from tui.render import families as render
from tui.render import table
from tui.render.families import CHOICES, SHARE, Shown
from tui.render.spans import line_width, plain


class Row(NamedTuple):
    family: Family
    measures: dict[str, Measure]
    costs: dict[str, int]


def row(label: str, value: float | None, **figures: Measure) -> Row:
    kind = "unknown" if value is None else "exact"
    of = {name: Measure(value, "repos", kind, f"the {name}") for name in NAMES}
    return Row(Family(label.lower(), label, "CN"), of | figures, dict.fromkeys(NAMES, 87))


def shown(label: str, value: float | None, **more: Any) -> Shown:
    share = Measure(0.31, "share", "exact", "part of the sum")
    return Shown(row(label, value), share)._replace(**more)


ROWS = [shown("Qwen", 303e6), shown("None", None), shown("A family of a long name", 41e6)]


@pytest.mark.parametrize("width", [60, 80, 120, 160])
def test_the_chosen_column_is_always_in_sight(width: int) -> None:
    for chosen in CHOICES:
        plan = render.layout(width, chosen, "family")
        names = [column.key for column, _ in plan.columns]
        assert names[0] == "label"
        assert chosen in names
        assert line_width(render.header(plan, chosen, "downloads_30d", False)) == width
        for one in ROWS:
            line = table.row(plan, one, 0.0, cursor=True, marked=True)
            assert line_width(line) == width
            assert len(line) <= 3


def test_columns_drop_by_what_matters_least() -> None:
    def names(width: int) -> list[str]:
        return [column.key for column, _ in render.layout(width, "repos", "family").columns]

    assert {"downloads_30d", "downloads_all_time", "derivatives"} < set(names(60))
    assert SHARE in names(80)
    assert {"home", "relations", "derivative_authors", "growth"} < set(names(120))
    assert "home" not in [c.key for c, _ in render.layout(120, "repos", "origin").columns]


def test_heads_show_the_cursor_and_the_order() -> None:
    plan = render.layout(80, "repos", "family")
    head = plain(render.header(plan, "repos", "downloads_30d", upward=False))
    assert "▸repos" in head
    assert "▾↓30d" in head
    assert "▸▴repos" in plain(render.header(plan, "repos", "repos", upward=True))


def test_a_changed_figure_is_marked_and_an_unknown_one_is_a_dot() -> None:
    plan = render.layout(120, "repos", "family")
    changed = shown("Qwen", 303e6, changed=frozenset({"downloads_30d"}))
    text = plain(table.row(plan, changed, 0.0))
    assert text.count("*303M") == 1
    assert "·" in plain(table.row(plan, shown("None", None), 0.0))


def test_the_order_puts_the_unknown_last_either_way() -> None:
    def labels(upward: bool) -> list[str]:
        return [one.row.family.label for one in render.sort(ROWS, "repos", upward)]

    assert labels(False) == ["Qwen", "A family of a long name", "None"]
    assert labels(True) == ["A family of a long name", "Qwen", "None"]


def test_the_heading_names_turned_switches_first() -> None:
    assert render.heading("family", Lens()).startswith("by family · origin by root · direct")
    turned = render.heading("origin", Lens(llm=True, relations=("merge",)))
    assert turned.startswith("by origin · merge · LLM only · origin by root")


def test_progress_counts_or_waits() -> None:
    assert render.progress(None) == ""
    assert render.progress(Progress(62, 124, "calls")) == "calls 62 of 124 ▓▓▓▓░░░░"
    waiting = render.progress(Progress(62, 124, "calls", wait=211.6))
    assert waiting == "calls: 62 of 124, the Hub asks to wait 212 s"


@pytest.mark.parametrize(
    ("growth", "short"),
    [
        (Growth(14.0, 0.014), "+1.4 %"),
        (Growth(-2.0, -0.002), "-0.2 %"),
        (Growth(5.0, None), "+5"),
        (Growth(None, None, "no growth yet"), "no growth yet"),
        (Growth(None, None, "not comparable (62 to 118 of 431 own repos)"), "not comparable"),
    ],
)
def test_growth_is_signed_or_says_why_there_is_none(growth: Growth, short: str) -> None:
    assert render.growth_short(growth) == short
    assert len(short) <= 14


def test_the_words_below_define_value_and_cost() -> None:
    one = shown("Qwen", 303e6, growth=Growth(14.0, 0.014), since="2026-11-14")
    assert render.definition(one, "repos") == "Qwen · repos: the repos"
    assert render.definition(one, SHARE).startswith("Qwen · share of 30-day downloads: part")
    assert "+14 (+1.4 %) since 2026-11-14" in render.worth(one, "repos", 0.0)
    assert render.worth(shown("None", None), "derivatives", 0.0) == (
        "not known · 87 calls to fetch, press +"
    )


def test_derivatives_are_told_by_relation() -> None:
    said = render.worth(shown("Qwen", 5.0), "derivatives", 0.0)
    assert "finetune 5, adapter 5, quantized 5, merge 5, unknown 5" in said


DAY = 86400.0


@pytest.mark.parametrize(
    ("looks", "drawn"),
    [
        ([], ""),
        ([(0, 1), (1, 2)], ""),  # the growth says it all
        ([(0, 1), (0.1, 2), (0.2, 3)], ""),  # one day
        ([(0, 1), (1, 2), (2, 8)], "▁▂█ since 2026-11-18"),
        (
            [(0, 1), (2, 2), (2.2, 8), (5, 1)],
            "▁\u00a0█\u00a0\u00a0▁ since 2026-11-18",
        ),  # the last of a day
        ([(n, n) for n in range(60)], "▁▂▂▃▄▄▅▆▆▇██ since 2026-11-18"),
    ],
)
def test_the_course_has_a_block_for_each_stretch_and_gaps(
    looks: list[tuple[float, float]], drawn: str
) -> None:
    dots = [Dot(1_795_000_000.0 + day * DAY, value) for day, value in looks]
    assert render.course(dots) == drawn
    said = render.worth(shown("Qwen", 5.0), "repos", 0.0, dots)
    assert said.endswith(drawn or "no growth yet")
