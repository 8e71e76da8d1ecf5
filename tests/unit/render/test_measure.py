"""A figure as text: its mark, its digits, its limits."""

import pytest

from tui.model import Coverage, Lens, Measure
from tui.render import measure

EDGES = Measure(
    151_448.0,
    "edges",
    "edges",
    "repos by others",
    bound=(150_900.0, None),
    coverage=Coverage(429, 441, "own repos asked", 0.996),
    as_of=1000.0,
    requests=("u1", "u2"),
    registry="2026-11",
)


def figure(value: float | None, kind: str, unit: str = "repos") -> Measure:
    return Measure(value, unit, kind, "what it is")


@pytest.mark.parametrize(
    ("given", "short", "whole"),
    [
        (figure(441.0, "exact"), "441", "441 repos"),
        (figure(151_448.0, "lower_bound"), "≥151k", "≥ 151,448 repos"),
        (EDGES, "≈151k", "≈ 151,448 edges"),
        (figure(0.58123, "estimate", "share"), "≈58%", "≈ 58.1 %"),
        (figure(115.3, "exact"), "115.3", "115.3 repos"),
        (figure(0.0, "exact"), "0", "0 repos"),
        (figure(1.0, "lower_bound"), "≥1", "≥ 1 repo"),
        (figure(None, "unknown"), "·", "not known"),
    ],
)
def test_the_kind_stands_before_the_value(given: Measure, short: str, whole: str) -> None:
    assert measure.short(given) == short
    assert measure.whole(given) == whole


def test_a_figure_takes_at_most_six_cells() -> None:
    for value in (0.0, 9.9, 99_949.0, 999_950.0, 303e6, 9.96e9, 1.2e12):
        assert len(measure.short(figure(value, "lower_bound"))) <= 6


def test_bound_error_and_unknown_are_three_different_words() -> None:
    share = Measure(
        0.58, "share", "estimate", "d", bound=(0.41, 0.72), ci=(0.49, 0.67), unknown=0.2
    )
    assert measure.limits(share) == [
        "an estimate",
        "between 41.0 and 72.0 %",
        "95 % error 49.0 and 67.0 %",
        "20 % not placed",
    ]


def test_edges_name_the_lower_bound_of_what_is_distinct() -> None:
    assert measure.limits(EDGES) == ["a count of edges", "at least 150,900"]


def test_a_bound_that_is_the_value_itself_is_not_said_twice() -> None:
    low = Measure(7.0, "repos", "lower_bound", "d", bound=(7.0, None))
    assert measure.limits(low) == ["a lower bound"]


def test_coverage_says_how_much_and_with_what_weight() -> None:
    assert measure.reach(EDGES) == "429 of 441 own repos asked (99.6 % of own downloads)"
    assert measure.reach(figure(1.0, "exact")) == ""


def test_what_a_figure_is_worth_names_source_age_calls_and_registry() -> None:
    said = measure.facts(EDGES, now=1120.0)
    assert "429 of 441" in said
    assert said.endswith("Hub, 2m old · 2 calls · registry 2026-11")


def test_an_unknown_figure_names_its_cost_and_nothing_else() -> None:
    said = measure.facts(figure(None, "unknown"), now=0.0, cost=87)
    assert said == "not known · 87 calls to fetch, press +"


def test_the_sample_is_said_to_be_one() -> None:
    sample = figure(3.0, "exact")._replace(source="sample", universe="sample")
    assert measure.facts(sample, now=0.0).count("sample") == 1
    assert "the bundled sample" in measure.sentence("Qwen", "repos", sample, "https://hub.example")


def test_a_sentence_to_cite_holds_definition_lens_limits_and_day() -> None:
    cited = measure.sentence(
        "Qwen", "derivatives", EDGES._replace(lens=Lens()), "https://hub.example"
    )
    for part in (
        "Qwen: derivatives ≈ 151,448 edges on 1970-01-01",
        "repos by others",
        "origin by root",
        "at least 150,900",
        "429 of 441",
        "https://hub.example",
    ):
        assert part in cited


@pytest.mark.parametrize(
    ("share", "text"),
    [
        (0.0, "0 %"),
        (0.0001, "<0.1 %"),
        (0.004, "0.4 %"),
        (0.31, "31 %"),
        (0.996, "99.6 %"),
        (0.99999, ">99.9 %"),
        (1.0, "100 %"),
    ],
)
def test_per_cent_is_never_rounded_to_all_or_none(share: float, text: str) -> None:
    assert measure.percent(share) == text


def test_a_figure_has_changed_where_it_reads_differently() -> None:
    one = figure(3.0, "exact")
    assert measure.changed(one, one._replace(value=4.0))
    assert measure.changed(one, one._replace(kind="lower_bound"))
    assert not measure.changed(one, one._replace(as_of=5.0, lens=Lens(llm=True)))
    assert not measure.changed(None, one)
