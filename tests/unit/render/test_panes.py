"""A claim and a family at a glance: what is drawn of what is known, in any room."""

from math import inf

import pytest

from tests.unit.render.test_compare import mixed
from tui.analysis.claims import CLAIMS, Interval, Judged, Tried, Verdict
from tui.analysis.history.dated import Dot, Series
from tui.analysis.history.points import Point, points
from tui.model import Measure, Repo
from tui.render import claim_pane, family_pane
from tui.render.spans import Line, line_width, plain

DAY = 86_400.0
SIZES = [(40, 8), (58, 28), (78, 12), (80, 24), (118, 30), (198, 50)]
KNOWN = {one.key: one for one in points()}


def tried(name: str, value: float | None, verdict: str = "undecided", why: str = "") -> Tried:
    span = Interval(-inf, inf) if value is None else Interval(value, inf)
    return Tried(
        name,
        Measure(value, "repos", "lower_bound" if value else "unknown", f"what {name} counts"),
        span,
        "≥",
        Measure(100_000.0, "repos", "exact", "the claim's own", source="claim"),
        Interval(100_000.0, 100_000.0),
        verdict,
        why,
        43,
        1,
    )


def judged(*definitions: Tried, published: tuple[Point, ...] | None = None) -> Judged:
    claim = CLAIMS[0]
    stated = tuple(KNOWN[key] for key in claim.published) if published is None else published
    return Judged(
        claim, stated, Verdict("holds", "as published"), Verdict("holds", "2 of 3"), definitions
    )


def texts(lines: list[Line]) -> list[str]:
    return [plain(line) for line in lines]


ALL = judged(
    tried("all relations", 151_448.0, "holds"),
    tried("alive", None, why="sample"),
    *(tried(f"more {n}", None, why="not fetched: about 43 calls") for n in range(9)),
)
QWEN = mixed("Qwen", finetune=30.0, adapter=10.0, quantized=0.0, merge=0.0, unknown=0.0)
BARE = mixed("Llama", finetune=0.0, adapter=0.0, quantized=0.0, merge=0.0, unknown=0.0)
COURSE = Series("Qwen", (Dot(0.0, 100.0, published=True), Dot(90 * DAY, 150.0)))
REPOS = [Repo(f"Qwen/Qwen3-{size}B", downloads=60 - size) for size in range(10, 50, 10)]


@pytest.mark.parametrize(("width", "height"), SIZES)
def test_no_pane_leaves_its_room(width: int, height: int) -> None:
    for made in (
        claim_pane.lines(ALL, width, height, [(1, 43), (2, 580)]),
        family_pane.lines(QWEN, COURSE, "derivatives", REPOS, width, height),
    ):
        assert 0 < len(made) <= height
        assert all(line_width(line) <= width for line in made), texts(made)


def test_published_figures_stand_on_one_axis_with_the_threshold_through() -> None:
    said = texts(claim_pane.lines(ALL, 58, 36, [(1, 43)]))
    plot = [line for line in said if "│" in line and not line.startswith(" all")]
    limit = next(line for line in plot if "╌" in line)
    assert limit.split("│")[0].strip() == "100k"
    above = plot[: plot.index(limit)]
    assert "C" in above[0]  # 200,000, the greatest
    assert [letter for letter in "BD" if any(letter in line for line in above)] == ["B", "D"]
    assert " published within a year: 113k to 200k, 1.8 times apart" in said
    for letter, value in zip("ABCD", ("113k", "180k", "200k", "151k")):
        assert any(line.startswith(f" {letter} {value} ") for line in said)


def test_each_definition_has_its_interval_and_what_it_lacks() -> None:
    said = texts(claim_pane.lines(ALL, 118, 40, [(1, 43)]))
    whole = next(line for line in said if line.startswith(" all relations"))
    assert "╎" in whole or "╂" in whole
    assert whole.index("╎" if "╎" in whole else "╂") < whole.index(">")
    assert "≥ 151,448 repos" in whole
    alive = next(line for line in said if line.startswith(" alive"))
    assert alive.endswith("undecided needs the Hub")
    fetched = [line for line in said if line.startswith(" more")]
    assert all(line.endswith("undecided not fetched") for line in fetched)
    assert "sample" not in "\n".join(said)
    assert "to decide it" not in said[-1]  # the line below the table says it
    said = texts(claim_pane.lines(ALL, 118, 40, [(1, 43), (2, 200)]))
    steps = "about 43 calls (tier 1) or about 200 calls (tier 2)"
    assert said[-1].strip() == f"to decide it: + asks the Hub, {steps}"


def test_definitions_that_find_no_room_are_counted() -> None:
    said = texts(claim_pane.lines(ALL, 78, 14, []))
    shown = [line for line in said if line.startswith((" all relations", " alive", " more"))]
    rest = next(line for line in said if "more; ⏎" in line)
    assert int(rest.split()[1]) == len(ALL.tried) - len(shown)


def test_one_dated_figure_is_a_line_and_no_chart() -> None:
    one = judged(tried("all", None), published=(KNOWN["qwen-derivatives-2026-02"],))
    said = "\n".join(texts(claim_pane.lines(one, 80, 30, [])))
    assert "113k   2026-02" in said
    assert "╌" not in said
    single = Series("Qwen", COURSE.dots[:1])
    drawn = texts(family_pane.lines(QWEN, single, "derivatives", (), 80, 20))
    assert " 100 on 1970-01-01, published" in drawn
    assert not any("│" in line for line in drawn)
    none = texts(family_pane.lines(QWEN, Series("Qwen", ()), "derivatives", (), 80, 20))
    assert " no dated figure yet, here or published" in none


def test_a_family_shows_its_course_its_repos_and_its_mix() -> None:
    said = texts(family_pane.lines(QWEN, COURSE, "derivatives", REPOS, 118, 20))
    plot = [line.split("largest")[0][:59] for line in said]
    assert sum("A" in line[8:] and "│" in line for line in plot) == 1
    assert sum("a" in line[8:] and "│" in line for line in plot) == 1
    assert any("Qwen/Qwen3-10B" in line and line.rstrip().endswith("50 %") for line in said)
    bar = next(line for line in said if line.startswith(" by relation"))
    assert bar.count("█") == pytest.approx(3 * bar.count("▓"), abs=3)
    unknown = texts(family_pane.lines(BARE, COURSE, "derivatives", REPOS, 118, 20))
    assert not any("by relation" in line for line in unknown)
