"""The figures of a small Hub with known rows, against plain loops over the same rows."""

import random
import re
from itertools import product
from typing import Any

import pytest

from tests.unit.analysis.data import child, repo, tagged, trending
from tui.analysis.families.measures import (
    NAMES,
    Fetched,
    growth,
    measure,
    of_family,
    of_org,
    portions,
)
from tui.analysis.families.robustness import SETTINGS, robustness
from tui.analysis.registry.registry import Registry, load
from tui.model import Coverage, Lens, Measure, Repo
from tui.model.lens import DERIVED
from tui.model.when import iso, seconds

AS_OF = seconds("2026-05-04T12:00:00Z") or 0.0
RELATIONS = ("finetune", "adapter", "quantized", "merge")
URLS: dict[str, Any] = {
    "list_requests": ("/list",),
    "count_requests": ("/counts",),
    "child_requests": ("/children",),
}


@pytest.fixture(scope="module")
def tables() -> Registry:
    return load()


class Hub:
    """Made rows of three families and of others' work on them."""

    def __init__(self, seed: int) -> None:
        chance = random.Random(seed)
        names = [
            "Qwen/Qwen3-8B", "Qwen/Qwen3-Omni-30B", "Qwen/Qwen3-Embedding-4B", "Qwen/Other",
            "google/gemma-2b", "google/gemma-3-4b-it", "google/flan-t5-base", "google/vit",
            "meta-llama/Llama-3.1-8B", "meta-llama/Llama-Guard-3-8B", "facebook/llama-x",
        ]  # fmt: skip
        self.own = [self._row(chance, name) for name in names]
        for at in range(4):  # a first party builds on itself
            parent = chance.choice(names)
            author = parent.partition("/")[0]
            self.own.append(
                self._row(chance, f"{author}/{chance.choice(['Qwen-x', 'gemma-x', 'new'])}{at}",
                          chance.choice(RELATIONS), parent)
            )  # fmt: skip
        self.others = []
        for at in range(120):
            count = chance.choice([1, 1, 1, 2, 3])
            parents = [chance.choice([*names, "no/body", "me/m0"]) for _ in range(count)]
            relation = "merge" if count > 1 else chance.choice([*RELATIONS, "bare"])
            author = chance.choice(["me", "you", "bot", "Qwen", "google"])
            self.others.append(self._row(chance, f"{author}/m{at}", relation, *parents))
        self.rows = self.own + self.others

    @staticmethod
    def _row(chance: random.Random, name: str, relation: str = "", *parents: str) -> Repo:
        facts: dict[str, Any] = {
            "task": chance.choice(["text-generation", "any-to-any", "feature-extraction", None]),
            "downloads": chance.randrange(30),
            "downloads_all_time": chance.randrange(10**6),
            "likes": chance.choice([0, 0, 1, 5]),
            "created_at": iso(AS_OF - chance.randrange(60) * 86400).replace("Z", ".000Z"),
        }
        if not relation:
            return repo(name, **facts)
        if relation == "bare":
            return repo(name, *(f"base_model:{parent}" for parent in parents), **facts)
        make = chance.choice([child, tagged])
        return make(name, relation, *parents, **facts)

    def fetched(self, orgs: set[str], own: list[str], tier: int) -> Fetched:
        listed = tuple(row for row in self.rows if (row.author or "").lower() in orgs)
        counts = {
            name.lower(): {
                relation: sum((name, relation) in self.edges(row) for row in self.rows)
                for relation in RELATIONS
            }
            for name in own
        }
        children = {
            name.lower(): tuple(
                row for row in self.rows if any(name == parent for parent, _ in self.edges(row))
            )
            for name in own
        }
        return Fetched(
            AS_OF,
            listed,
            counts=counts if tier >= 1 else {},
            children=children if tier >= 2 else {},
            **URLS,
        )

    @staticmethod
    def edges(row: Repo) -> set[tuple[str, str]]:
        """(parent, relation) as the card says, read here by other means than the product's."""
        if row.base_models:
            return {(parent, row.base_models.relation) for parent in row.base_models.ids}
        typed = {
            (found[2], found[1])
            for tag in row.tags
            if (found := re.fullmatch(r"base_model:(\w+):(.*)", tag))
        }
        have = {parent for parent, _ in typed}
        bare = {tag[11:] for tag in row.tags if re.fullmatch(r"base_model:[^:]*", tag)}
        return typed | {(parent, "unknown") for parent in bare - have}


FAMILIES = {
    "qwen": ({"qwen"}, r"Qwen/Qwen"),
    "gemma": ({"google"}, r"google/gemma"),
    "llama": ({"meta-llama", "facebook"}, r"meta-llama/Llama|facebook/llama"),
    "t5": ({"google"}, r"google/flan"),
}


def _group(parent: str) -> str:
    for key, (_, pattern) in FAMILIES.items():
        if re.match(pattern, parent):
            return key
    return "@" + parent.partition("/")[0]


def _own(hub: Hub, key: str) -> list[Repo]:
    return [row for row in hub.own + hub.others if re.match(FAMILIES[key][1], row.id)]


def _llm(row: Repo) -> bool | None:
    if re.search("guard|embed", row.id, re.IGNORECASE):
        return False
    return None if row.task is None else row.task in ("text-generation", "any-to-any")


LENSES = [
    Lens(relations=relations, credit=credit, llm=llm, first_party=first)
    for relations, credit, llm, first in product(
        (DERIVED, ("finetune",), ("quantized", "unknown")),
        ("fractional", "multi"),
        (False, True),
        ("apart", "in"),
    )
]


@pytest.mark.parametrize("key", sorted(FAMILIES))
@pytest.mark.parametrize("seed", range(3))
def test_every_figure_for_every_lens_equals_a_plain_count(
    tables: Registry, key: str, seed: int
) -> None:
    hub = Hub(seed)
    family = tables.find(key)
    assert family
    orgs = FAMILIES[key][0]
    own = _own(hub, key)
    fetched = hub.fetched(orgs, [row.id for row in own], 2)
    start = iso(AS_OF - 30 * 86400)[:19]
    for lens in LENSES:
        found = measure(of_family(family, tables), fetched, lens, tables)
        assert tuple(found) == NAMES
        kept = [row for row in own if not lens.llm or _llm(row)]
        maybe = [row for row in own if lens.llm and _llm(row) is None]
        ids, unsure_ids = {row.id for row in kept}, {row.id for row in maybe}
        assert found["repos"].value == len(kept)
        assert found["downloads_30d"].value == sum(row.downloads or 0 for row in kept)
        assert found["downloads_all_time"].value == sum(r.downloads_all_time or 0 for r in kept)
        assert found["likes"].value == sum(row.likes or 0 for row in kept)
        assert found["new_repos_30d"].value == sum((r.created_at or "")[:19] > start for r in kept)
        total = sum(row.downloads or 0 for row in kept)
        top = sorted((row.downloads or 0 for row in kept), reverse=True)[:3]
        assert found["top3_share"].value == (sum(top) / total if total else None)
        if maybe:
            more = len(kept) + len(maybe)
            assert found["repos"].bound == (len(kept), more)
            assert found["repos"].unknown == len(maybe) / more
        built: list[tuple[Repo, set[str], float]] = []
        for row in hub.rows:
            if lens.first_party == "apart" and (row.author or "").lower() in orgs:
                continue
            into = {(parent, kind) for parent, kind in hub.edges(row) if parent in ids}
            if into:
                bases = {parent for parent, _ in hub.edges(row)} - {row.id}
                groups = {_group(parent) for parent in bases}
                part = 1.0 if lens.credit == "multi" else 1 / len(groups)
                built.append((row, {kind for _, kind in into}, part))
        chosen = [one for one in built if one[1] & set(lens.relations)]
        assert found["derivatives"].value == pytest.approx(sum(part for *_, part in chosen))
        assert found["derivatives"].n == len(chosen)
        for kind in DERIVED:
            parts = [part for _, kinds, part in built if kind in kinds]
            assert found[f"derivatives_{kind}"].value == pytest.approx(sum(parts))
        authors = [row.author for row, *_ in chosen]
        assert found["derivative_authors"].value == len(set(authors))
        assert found["derivatives"].authors == len(set(authors))
        if authors:
            most = max(authors.count(author) for author in authors)
            assert found["derivatives"].top_author_share == most / len(authors)
        alive = sum(p for r, _, p in chosen if (r.likes or 0) >= 1 or (r.downloads or 0) >= 10)
        assert found["derivatives_alive"].value == pytest.approx(alive)
        new = sum(part for row, _, part in chosen if (row.created_at or "")[:19] > start)
        assert found["new_derivatives_30d"].value == pytest.approx(new)
        reach = found["derivatives"].coverage
        assert reach
        assert (reach.done, reach.total) == (len(kept) + len(maybe),) * 2
        if not unsure_ids:
            assert found["derivatives"].kind == "exact"
            assert found["derivatives"].bound is None


@pytest.mark.parametrize("key", sorted(FAMILIES))
@pytest.mark.parametrize("first", ["apart", "in"])
def test_the_hubs_counts_give_edges_and_what_must_be_distinct(
    tables: Registry, key: str, first: str
) -> None:
    hub = Hub(7)
    family = tables.find(key)
    assert family
    orgs = FAMILIES[key][0]
    own = [row.id for row in _own(hub, key)]
    lens = Lens(first_party=first)
    found = measure(of_family(family, tables), hub.fetched(orgs, own, 1), lens, tables)
    edges = [
        (row, parent, kind)
        for row in hub.rows
        for parent, kind in hub.edges(row)
        if parent in own and kind != "unknown"
    ]
    if first == "apart":
        edges = [edge for edge in edges if (edge[0].author or "").lower() not in orgs]
    figure = found["derivatives"]
    assert (figure.kind, figure.unit, figure.value) == ("edges", "edges", len(edges))
    merges = [sum(kind == "merge" and p == parent for _, p, kind in edges) for parent in own]
    plain = sum(kind != "merge" for *_, kind in edges)
    assert figure.bound
    assert figure.bound == (plain + max(merges), None)
    distinct = {row.id for row, *_ in edges}
    assert figure.bound[0] <= len(distinct) <= len(edges)
    assert figure.requests == ("/list", "/counts")
    for kind in RELATIONS:
        assert found[f"derivatives_{kind}"].value == sum(k == kind for *_, k in edges)
    for name in ("derivatives_unknown", "derivative_authors", "derivatives_alive",
                 "new_derivatives_30d"):  # fmt: skip
        assert (found[name].value, found[name].kind) == (None, "unknown")


def test_above_its_tier_a_figure_is_unknown_and_without_value(tables: Registry) -> None:
    family = tables.find("qwen")
    assert family
    subject = of_family(family, tables)
    nothing = measure(subject, Fetched(AS_OF), Lens(), tables)
    assert tuple(nothing) == NAMES
    assert {(m.value, m.kind) for m in nothing.values()} == {(None, "unknown")}
    listed = measure(subject, Fetched(AS_OF, (repo("Qwen/Qwen3-8B"),), **URLS), Lens(), tables)
    assert (listed["repos"].value, listed["repos"].requests) == (1, ("/list",))
    assert listed["derivatives"].value is None
    assert (listed["downloads_30d"].value, listed["downloads_30d"].kind) == (None, "unknown")
    assert listed["downloads_30d"].unknown == 1
    assert listed["top3_share"].value is None
    for figure in listed.values():
        assert figure.lens == Lens()
        assert figure.registry == tables.version
        assert "Qwen" in figure.definition


def test_walked_totals_are_not_known(tables: Registry) -> None:
    hub, family = Hub(1), tables.find("qwen")
    assert family
    fetched = hub.fetched({"qwen"}, [row.id for row in _own(hub, "qwen")], 2)
    found = measure(of_family(family, tables), fetched, Lens(walk="walked"), tables)
    assert found["derivatives"].value is None
    assert "walked lineage" in found["derivatives"].definition
    assert found["repos"].value is not None


def test_half_a_tier_is_a_lower_bound_that_names_its_reach(tables: Registry) -> None:
    hub, family = Hub(2), tables.find("qwen")
    assert family
    own = _own(hub, "qwen")
    subject = of_family(family, tables)
    whole = hub.fetched({"qwen"}, [row.id for row in own], 2)
    kept = dict(list(whole.children.items())[:2])
    part = whole._replace(children=kept, counts={}, unfinished=frozenset([own[1].id.lower()]))
    figure = measure(subject, part, Lens(), tables)["derivatives"]
    exact = measure(subject, whole._replace(counts={}), Lens(), tables)["derivatives"]
    assert figure.kind == "lower_bound"
    assert figure.bound == (figure.value, None)
    assert figure.coverage
    assert (figure.coverage.done, figure.coverage.total) == (1, len(own))
    assert 0 < (figure.value or 0) < (exact.value or 0)
    both = measure(subject, whole._replace(children=kept), Lens(), tables)
    assert both["derivatives"].kind == "edges"
    assert both["derivatives_alive"].kind == "lower_bound"
    cut = measure(subject, whole._replace(listed_complete=False), Lens(), tables)
    assert cut["repos"].kind == "lower_bound"
    assert cut["repos"].bound == (cut["repos"].value, None)


def test_a_family_without_a_repo_says_nought(tables: Registry) -> None:
    family = tables.find("Unitree")
    assert family
    found = measure(of_family(family, tables), Fetched(AS_OF, ()), Lens(), tables)
    assert (found["repos"].value, found["repos"].kind) == (0, "exact")
    assert (found["derivatives"].value, found["derivatives"].kind) == (0, "exact")


def test_a_renamed_repo_counts_once_and_its_old_id_still_has_children(tables: Registry) -> None:
    family = tables.find("glm")
    assert family
    listed = (
        repo("zai-org/glm-4-9b", hub_id="a" * 24, downloads=5, likes=1),
        repo("THUDM/glm-4-9b", hub_id="a" * 24, downloads=5, likes=1),
    )
    rows = (tagged("me/a", "finetune", "THUDM/glm-4-9b"), tagged("me/a", "finetune", "zai-org/x"))
    fetched = Fetched(AS_OF, listed, children={"zai-org/glm-4-9b": rows})
    found = measure(of_family(family, tables), fetched, Lens(), tables)
    assert found["repos"].value == 1
    assert found["downloads_30d"].value == 5
    assert (found["derivatives"].value, found["derivatives"].kind) == (1, "exact")


def test_googles_families_do_not_overlap_and_sum_to_their_lists(tables: Registry) -> None:
    rows = trending()
    google = tuple(row for row in rows if row.author in ("google", "google-t5", "google-bert"))
    seen: list[str] = []
    for key in ("gemma", "t5", "bert"):
        family = tables.find(key)
        assert family
        subject = of_family(family, tables)
        own = [row.id for row in google if subject.owns(row.id)]
        found = measure(subject, Fetched(AS_OF, google), Lens(), tables)
        assert found["repos"].value == len(own)
        seen += own
    assert len(seen) == len(set(seen))


def test_an_organisation_is_all_that_its_namespace_holds(tables: Registry) -> None:
    rows = tuple(trending())
    qwen = measure(of_org("qwen", tables), Fetched(AS_OF, rows), Lens(), tables)
    assert qwen["repos"].value == sum(row.author == "Qwen" for row in rows) > 10


def test_portions_are_of_what_is_loaded(tables: Registry) -> None:
    figure = Measure(30.0, "downloads", "exact", "downloads")
    parts = portions({"a": figure, "b": figure._replace(value=10.0)})
    assert [(part.value, part.kind) for part in parts.values()] == [
        (0.75, "exact"),
        (0.25, "exact"),
    ]
    some = portions({"a": figure, "b": figure._replace(value=None, kind="unknown")})
    assert (some["a"].value, some["a"].kind, some["a"].universe) == (
        1.0,
        "estimate",
        "1 of 2 rows loaded",
    )
    assert (some["b"].value, some["b"].kind) == (None, "unknown")


def test_growth_compares_only_what_was_counted_alike() -> None:
    old = Measure(100.0, "repos", "exact", "d", lens=Lens(), registry="r")
    assert tuple(growth(old._replace(value=90.0), old)) == (-10, -0.1, "")
    assert growth(old, None).why == "no growth yet"
    assert growth(old, None).change is None
    assert growth(old._replace(definition="e"), old).why == "not comparable (another definition)"
    assert growth(old._replace(lens=Lens(llm=True)), old).why == "not comparable (another lens)"
    assert growth(old._replace(registry="s"), old).why == "not comparable (another registry)"
    part = _asked_of(old, 62), _asked_of(old, 118)
    assert growth(part[1], part[0]).why == "not comparable (62 to 118 of 431 own repos asked)"
    assert growth(part[1], part[1]).change == 0


def _asked_of(figure: Measure, done: int) -> Measure:
    return figure._replace(coverage=Coverage(done, 431, "own repos asked"))


def _pair(hub: Hub, tables: Registry, tier: int = 2) -> dict[str, Any]:
    found = {}
    for key in ("qwen", "gemma", "llama"):
        family = tables.find(key)
        assert family
        own = [row.id for row in _own(hub, key)]
        found[key] = (of_family(family, tables), hub.fetched(FAMILIES[key][0], own, tier))
    return found


@pytest.mark.parametrize("seed", range(6))
def test_robustness_of_downloads_equals_a_plain_count(tables: Registry, seed: int) -> None:
    hub = Hub(seed)
    settings = {}
    for fact, llm, largest in product(("downloads", "downloads_all_time"), (0, 1), (0, 1)):
        row: list[tuple[float, float]] = []
        for key in ("qwen", "gemma", "llama"):
            ends = []
            for keep in ((True,), (True, None)):
                kept = [r for r in _own(hub, key) if not llm or _llm(r) in keep]
                values = sorted(getattr(r, fact) for r in kept)
                ends.append(float(sum(values[:-1] if largest else values)))
            row.append((ends[0], ends[1]))
        settings[fact, llm, largest] = tuple(row)
    distinct = set(settings.values())
    firsts = [
        [k for k, (lo, _) in enumerate(row)
         if all(lo > hi for o, (_, hi) in enumerate(row) if o != k)]
        for row in distinct
    ]  # fmt: skip
    found = robustness("downloads", _pair(hub, tables), Lens(), tables)
    assert (found.settings, found.computed) == (8, len(distinct))
    assert found.undecided == firsts.count([])
    wins = [firsts.count([k]) for k in range(3)]
    assert found.agree == max(wins)
    assert len(found.dissent) == sum(wins) - max(wins)
    if max(wins):
        assert found.first in [
            k for k, w in zip(("qwen", "gemma", "llama"), wins) if w == max(wins)
        ]


def test_robustness_of_derivatives_needs_the_rows(tables: Registry) -> None:
    hub = Hub(3)
    found = robustness("derivatives", _pair(hub, tables), Lens(), tables)
    assert found.settings == SETTINGS["derivatives"] == 12
    assert 0 < found.computed <= 12
    assert found.agree + found.undecided + len(found.dissent) == found.computed
    figures = {
        key: measure(subject, fetched, Lens(credit="multi", relations=("finetune",)), tables)[
            "derivatives"
        ]
        for key, (subject, fetched) in _pair(hub, tables).items()
    }
    best = sorted(figures, key=lambda key: -(figures[key].value or 0))
    assert (figures[best[0]].value or 0) > (figures[best[1]].value or 0)
    if found.first != best[0]:
        assert "finetune, multi, all" in found.dissent
    edges = robustness("derivatives", _pair(hub, tables, tier=1), Lens(), tables)
    assert (edges.first, edges.computed, edges.agree) == (None, 0, 0)
    assert robustness("downloads", {}, Lens(), tables).first is None


def test_a_tie_is_first_for_nobody(tables: Registry) -> None:
    family, other = tables.find("qwen"), tables.find("gemma")
    assert family
    assert other
    rows = (
        repo("Qwen/Qwen3-8B", downloads=5, downloads_all_time=9, task="text-generation"),
        repo("google/gemma-2b", downloads=5, downloads_all_time=7, task="text-generation"),
    )
    pair = {
        "qwen": (of_family(family, tables), Fetched(AS_OF, rows)),
        "gemma": (of_family(other, tables), Fetched(AS_OF, rows)),
    }
    found = robustness("downloads", pair, Lens(), tables)
    assert (found.first, found.computed, found.agree, found.undecided) == ("qwen", 3, 1, 2)
