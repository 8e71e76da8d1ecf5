"""Families put together: what adds up, and what does not."""

from typing import Any

from tui.analysis.families.groups import ADDITIVE, GROUPINGS, partition, together, total
from tui.analysis.families.measures import NAMES
from tui.analysis.registry.registry import load
from tui.model import Measure


def figures(value: float | None, kind: str = "exact", **more: Any) -> dict[str, Measure]:
    one = Measure(value, "repos", kind, "what it is; own: whose")._replace(**more)
    return dict.fromkeys(NAMES, one)


def test_only_sums_over_disjoint_repos_are_added() -> None:
    made = total([figures(3.0), figures(4.0)], "2 families")
    assert {name for name, one in made.items() if one.value is not None} == set(ADDITIVE)
    assert all(made[name].value == 7.0 and made[name].kind == "exact" for name in ADDITIVE)
    assert made["repos"].definition == "sum over 2 families of: what it is"
    assert made["derivative_authors"].kind == "unknown"
    assert "does not add up over 2 families" in made["derivative_authors"].definition


def test_a_family_without_its_figure_leaves_a_lower_bound() -> None:
    made = total([figures(3.0), figures(None, "unknown")], "2 families")["repos"]
    assert (made.value, made.kind, made.bound) == (3.0, "lower_bound", (3.0, None))


def test_bounds_are_added() -> None:
    sure, unsure = figures(3.0), figures(4.0, bound=(4.0, 9.0))
    assert total([sure, unsure], "2 families")["repos"].bound == (7.0, 12.0)
    assert total([sure, sure], "2 families")["repos"].bound is None
    open_end = figures(4.0, "lower_bound", bound=(4.0, None))
    made = total([sure, open_end], "2 families")["repos"]
    assert (made.kind, made.bound) == ("lower_bound", (7.0, None))


def test_nothing_known_stays_unknown() -> None:
    made = total([figures(None, "unknown")] * 2, "2 families")["repos"]
    assert (made.value, made.kind) == (None, "unknown")


def test_requests_ages_and_sources_come_together() -> None:
    one = figures(1.0, as_of=5.0, source="hub", requests=("a", "b"))
    two = figures(2.0, as_of=3.0, source="cache", requests=("b", "c"))
    made = total([one, two], "2 families")["likes"]
    assert (made.as_of, made.source, made.requests) == (3.0, "mixed", ("a", "b", "c"))


def test_a_group_of_one_is_the_family_itself() -> None:
    alone = figures(3.0)
    assert total([alone], "1 family") == alone


def test_groups_keep_the_order_of_their_first_family() -> None:
    registry = load()
    families = [registry.require(key) for key in ("llama", "qwen", "gemma", "wan")]
    by_home = partition(families, "origin", lambda family: family)
    assert {name: [f.key for f in group] for name, group in by_home.items()} == {
        "US": ["llama", "gemma"],
        "CN": ["qwen", "wan"],
    }
    assert list(partition(families, "organisation", lambda family: family)) == [
        "Meta", "Alibaba", "Google",
    ]  # fmt: skip
    assert set(GROUPINGS) == {"family", "origin", "organisation"}
    joined = together("US", by_home["US"])
    assert (joined.key, joined.home) == ("US", "US")
    assert {"meta-llama", "google"} <= set(joined.orgs)
