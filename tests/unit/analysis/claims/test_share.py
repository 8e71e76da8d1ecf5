"""The share of Chinese bases among new finetunes, against the closed form worked out here."""

from collections import defaultdict
from math import sqrt

import pytest

from tests.unit.analysis.data import child
from tests.unit.ask.claims.made import LLAMA, NOBODY, NOW, QWEN, New, ago, drawn
from tui.analysis.claims import Facts, Listing, Tried, find, judge
from tui.analysis.claims.judge import try_out
from tui.analysis.lineage.graph import Graph
from tui.analysis.registry.registry import load
from tui.model import Coverage, Repo

REGISTRY = load()


def facts(rows: list[New], coverage: Coverage | None = None) -> Facts:
    repos = [
        child(
            f"{row.author}/made-{number}",
            row.relation,
            row.base,
            task=row.task,
            created_at=ago(7 + 160 * number / len(rows)),
        )
        for number, row in enumerate(rows)
    ]
    known = [*repos, Repo(QWEN), Repo(LLAMA), Repo(NOBODY)]
    listing = Listing(tuple(repos), NOW, coverage is None, coverage=coverage)
    return Facts(REGISTRY, NOW, newest=listing, graph=Graph(known, REGISTRY))


def tried(facts: Facts, name: str = "finetunes, root") -> Tried:
    """One of the definitions, put to its test alone."""
    definitions = {way.name: way for way in find("chinese-bases").definitions}
    return try_out(definitions[name], facts)


def closed_form(rows: list[New]) -> dict[str, float]:
    """Share of known origin, its bound and its clustered error, written out plainly."""
    n = len(rows)
    chinese = sum(row.base == QWEN for row in rows)
    unknown = sum(row.base == NOBODY for row in rows)
    known = n - unknown
    p = chinese / known
    residuals: dict[str, float] = defaultdict(float)
    for row in rows:
        if row.base != NOBODY:
            residuals[row.author] += (row.base == QWEN) - p
    count = len(residuals)
    se = sqrt(count / (count - 1) * sum(h * h for h in residuals.values())) / known
    return {
        "value": p,
        "lo": chinese / n,
        "hi": (chinese + unknown) / n,
        "ci_lo": max(0.0, p - 1.96 * se),
        "ci_hi": min(1.0, p + 1.96 * se),
        "unknown": unknown / n,
    }


@pytest.mark.parametrize(("chinese", "seed"), [(0.63, 1), (0.5, 2), (0.2, 3)])
def test_value_bound_and_error_are_those_of_the_closed_form(chinese: float, seed: int) -> None:
    rows = drawn(1200, chinese, 150, seed)
    verdict, expected = tried(facts(rows)), closed_form(rows)
    figure, span = verdict.value, verdict.span
    assert figure.kind == "estimate"
    assert figure.value == pytest.approx(expected["value"])
    assert figure.bound == pytest.approx((expected["lo"], expected["hi"]))
    assert figure.ci == pytest.approx((expected["ci_lo"], expected["ci_hi"]))
    assert figure.unknown == pytest.approx(expected["unknown"])
    assert (figure.n, figure.authors) == (1200, len({row.author for row in rows}))
    assert span.lo == pytest.approx(expected["lo"] - (expected["value"] - expected["ci_lo"]))
    assert span.hi == pytest.approx(expected["hi"] + (expected["ci_hi"] - expected["value"]))


def test_a_clear_share_holds_and_its_opposite_fails() -> None:
    assert tried(facts(drawn(1500, 0.8, 300, 4))).verdict == "holds"
    assert tried(facts(drawn(1500, 0.2, 300, 5))).verdict == "fails"
    assert tried(facts(drawn(1500, 0.5, 300, 6))).verdict == "undecided"


def test_the_published_share_inside_or_outside_is_a_remark_and_no_verdict() -> None:
    inside = tried(facts(drawn(1500, 0.63, 300, 7)))
    outside = tried(facts(drawn(1500, 0.9, 300, 8)))
    assert inside.why.startswith("63 % is within the interval")
    assert outside.why.startswith("63 % is outside the interval")
    assert outside.verdict == "holds"


def test_a_swarm_author_widens_the_error_and_is_named() -> None:
    rows = drawn(1000, 0.5, 200, 9)
    plain = tried(facts(rows)).value
    # the same count on each base, a third of them by one author
    swarm = [
        row._replace(author="swarm") if row.base == QWEN and number % 3 else row
        for number, row in enumerate(rows)
    ]
    found = tried(facts(swarm))
    assert found.value.value == plain.value
    assert plain.ci is not None
    assert found.value.ci is not None
    assert found.value.ci[1] - found.value.ci[0] > 4 * (plain.ci[1] - plain.ci[0])
    made = sum(row.author == "swarm" for row in swarm) / len(swarm)
    assert f"swarm made {made:.0%} of the sample" in found.why
    assert found.value.top_author_share == pytest.approx(made)


def test_too_few_authors_decide_nothing() -> None:
    rows = [New(f"author-{number % 29}", QWEN) for number in range(400)]
    found = tried(facts(rows))
    assert (found.value.value, found.value.ci) == (1.0, None)
    assert found.verdict == "undecided"
    assert "fewer than 30 authors" in found.why


def test_a_country_without_a_row_has_a_share_of_none_and_fails() -> None:
    found = tried(facts([New(f"author-{number % 60}", LLAMA) for number in range(300)]))
    assert (found.value.value, found.value.bound, found.value.ci) == (0.0, (0.0, 0.0), (0.0, 0.0))
    assert found.verdict == "fails"


def test_a_window_half_read_decides_nothing() -> None:
    rows = drawn(1500, 0.95, 300, 10)
    found = tried(facts(rows, Coverage(80, 162, "hours of the window")))
    assert found.verdict == "undecided"
    assert found.why == "80 of 162 hours of the window so far"


def test_language_models_alone_leave_the_rows_without_a_task_unknown() -> None:
    rows = drawn(900, 0.6, 200, 11)
    rows = [row._replace(task=None) if n % 9 == 0 else row for n, row in enumerate(rows)]
    rows = [row._replace(task="text-to-image") if n % 9 == 1 else row for n, row in enumerate(rows)]
    figure = tried(facts(rows), "finetunes, root, LLM only").value
    sure = [row for row in rows if row.task == "text-generation"]
    unsure = sum(row.task is None for row in rows)
    chinese = sum(row.base == QWEN for row in sure)
    lost = sum(row.base == NOBODY for row in sure)
    every = len(sure) + unsure
    assert figure.value == pytest.approx(chinese / (len(sure) - lost))
    assert figure.bound == pytest.approx((chinese / every, (chinese + lost + unsure) / every))


def test_adapters_count_in_the_definition_of_all_relations_alone() -> None:
    rows = [*drawn(600, 0.9, 200, 12), *drawn(2400, 0.05, 200, 13)]
    rows = rows[:600] + [row._replace(relation="adapter") for row in rows[600:]]
    judged = judge(find("chinese-bases"), facts(rows))
    verdicts = {definition.name: definition.verdict for definition in judged.tried}
    assert verdicts["finetunes, root"] == "holds"
    assert verdicts["all relations, root"] == "fails"
    assert judged.now.verdict == "depends"
    assert "fails by “all relations, root”" in judged.now.why
