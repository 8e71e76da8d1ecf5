from math import inf

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tui.analysis.claims.intervals import ANY, Interval, decide, interval, overall, point
from tui.model import Measure


def figure(value: float | None, kind: str, **more: object) -> Measure:
    made = {"unit": "repos", **more}
    return Measure(value=value, kind=kind, definition="made", **made)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("one", "left"),
    [
        (figure(5, "exact"), (5, 5)),
        (figure(5, "exact", bound=(5, 8)), (5, 8)),
        (figure(5, "exact", bound=(5, None)), (5, inf)),
        (figure(5, "lower_bound"), (5, inf)),
        (figure(5, "lower_bound", bound=(5, None)), (5, inf)),
        (figure(9, "edges", bound=(7, None)), (7, inf)),
        (figure(9, "edges"), (0, inf)),
        (figure(None, "unknown"), (-inf, inf)),
        (figure(None, "exact"), (-inf, inf)),
        (figure(3, "estimate", bound=(2, 4), ci=(2.5, 4)), (1.5, 5)),
        (figure(0.6, "estimate", unit="share", bound=(0.5, 0.7), ci=(0.55, 0.65)), (0.45, 0.75)),
        (figure(0.9, "estimate", unit="share", bound=(0.8, 0.98), ci=(0.8, 1)), (0.7, 1)),
        (figure(0.1, "estimate", unit="share", bound=(0.02, 0.3), ci=(0, 0.2)), (0, 0.4)),
        (figure(0.6, "estimate", unit="share", bound=(0.5, 0.7)), (-inf, inf)),
    ],
)
def test_what_a_figure_leaves_possible(one: Measure, left: tuple[float, float]) -> None:
    assert interval(one) == pytest.approx(left)


@pytest.mark.parametrize(
    ("one", "sign", "other", "verdict"),
    [
        ((5, 5), "≥", (5, 5), "holds"),
        ((5, inf), "≥", (5, 5), "holds"),
        ((4, inf), "≥", (5, 5), "undecided"),
        ((4, 4), "≥", (5, 5), "fails"),
        ((5, 5), ">", (5, 5), "fails"),
        ((6, 7), ">", (5, 5), "holds"),
        ((4, 6), ">", (5, 5), "undecided"),
        ((4, 6), ">", (6, 9), "fails"),
        ((1, 1), "=", (1, 1), "holds"),
        ((1, 2), "=", (1, 1), "undecided"),
        ((2, inf), "=", (1, 1), "fails"),
        ((-inf, inf), "=", (1, 1), "undecided"),
    ],
)
def test_a_test_decides_only_where_every_value_agrees(
    one: tuple[float, float], sign: str, other: tuple[float, float], verdict: str
) -> None:
    assert decide(Interval(*one), sign, Interval(*other)) == verdict


@given(st.floats(0, 1e9), st.floats(0, 1e9), st.sampled_from(["≥", ">"]))
def test_a_lower_bound_never_makes_more_than_fail(value: float, limit: float, sign: str) -> None:
    for kind in ("lower_bound", "edges"):
        span = interval(figure(value, kind, bound=(value, None)))
        assert decide(span, sign, point(limit)) != "fails"


@given(st.lists(st.floats(0, 1e6), min_size=2, max_size=5), st.floats(0, 1e6))
def test_a_growing_lower_bound_goes_from_undecided_to_holds_and_not_back(
    counts: list[float], limit: float
) -> None:
    spans = [interval(figure(value, "lower_bound")) for value in sorted(counts)]
    verdicts = [decide(span, "≥", point(limit)) for span in spans]
    assert verdicts == sorted(verdicts, key=["undecided", "holds"].index)


@pytest.mark.parametrize(
    ("verdicts", "said"),
    [
        ([], "unknown"),
        (["undecided", "undecided"], "unknown"),
        (["holds", "undecided"], "holds"),
        (["fails", "undecided", "fails"], "fails"),
        (["holds", "fails"], "depends"),
        (["holds", "undecided", "fails"], "depends"),
    ],
)
def test_the_overall_verdict(verdicts: list[str], said: str) -> None:
    assert overall(verdicts) == said


def test_nothing_known_leaves_everything_possible() -> None:
    assert interval(figure(None, "lower_bound")) == ANY
