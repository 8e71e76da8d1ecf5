import random
import sys
import tracemalloc
from types import FrameType

import pytest

from tests.unit.analysis.data import child, repo, tagged, trending
from tui.analysis.lineage.components import components
from tui.analysis.lineage.graph import ROOT_CAP, Graph, parents_of, unresolved
from tui.analysis.registry.registry import Registry, load
from tui.model import Edge, Repo


@pytest.fixture(scope="module")
def tables() -> Registry:
    return load()


def test_both_forms_of_a_tag_name_one_base() -> None:
    row = tagged("me/a", "finetune", "b/c", "d/e")
    assert parents_of(row) == [Edge("me/a", "b/c", "finetune"), Edge("me/a", "d/e", "finetune")]


def test_the_bare_tag_alone_is_a_relation_not_known() -> None:
    row = repo("me/a", "base_model:b/c", "base_model:adapter:d/e", "base_model:", "base_model:x:")
    assert parents_of(row) == [Edge("me/a", "b/c", "unknown"), Edge("me/a", "d/e", "adapter")]


def test_the_first_typed_tag_decides_and_a_new_relation_is_unknown() -> None:
    row = repo("me/a", "base_model:merge:b/c", "base_model:finetune:b/c", "base_model:distill:d/e")
    assert [edge.relation for edge in parents_of(row)] == ["merge", "unknown"]


def test_the_hubs_own_field_outranks_the_tags_and_case_makes_no_second_base() -> None:
    row = child("me/a", "quantized", "b/C", "B/c")._replace(tags=("base_model:x/y",))
    assert parents_of(row) == [Edge("me/a", "b/C", "quantized")]


def test_a_typed_tag_gives_the_relation_that_the_field_leaves_open() -> None:
    row = child("me/a", "unknown", "b/c", "d/e")._replace(tags=("base_model:adapter:b/c",))
    assert [edge.relation for edge in parents_of(row)] == ["adapter", "unknown"]


def test_moved_ids_and_mirrors_are_followed(tables: Registry) -> None:
    row = tagged("me/a", "finetune", "THUDM/glm-4-9b")
    assert parents_of(row, tables) == [Edge("me/a", "zai-org/glm-4-9b", "finetune")]
    mirror = repo("NousResearch/Llama-2-7b-hf")
    assert parents_of(mirror) == []
    assert parents_of(mirror, tables) == [
        Edge(mirror.id, "meta-llama/Llama-2-7b-hf", "unknown", guessed=True)
    ]


def test_what_is_needed_next_comes_by_demand(tables: Registry) -> None:
    rows = [
        tagged("me/a", "finetune", "x/one"),
        tagged("me/b", "finetune", "X/One", "x/two"),
        tagged("me/c", "finetune", "me/a", "x/gone", "not an id", "THUDM/glm-4-9b"),
    ]
    assert unresolved(rows, tables, missing=["X/gone"]) == ["x/one", "x/two", "zai-org/glm-4-9b"]


def test_a_self_loop_is_no_base(tables: Registry) -> None:
    graph = Graph([child("me/a", "finetune", "Me/A"), child("me/b", "finetune", "me/a")], tables)
    assert graph.roots("me/a") == graph.roots("me/b") == ("me/a",)
    assert graph.cycles("me/b") == [("me/a",)]
    assert graph.kind("me/a") == "base"
    both = Graph([child("me/a", "finetune", "me/a", "x/y")], tables)
    assert both.roots("me/a") == ("x/y",)


def test_a_two_cycle_is_rooted_at_its_oldest(tables: Registry) -> None:
    rows = [
        child("me/a", "finetune", "me/b", created_at="2025-02-01T00:00:00.000Z"),
        child("me/b", "finetune", "me/a", created_at="2025-01-01T00:00:00.000Z"),
        child("me/c", "quantized", "me/a"),
    ]
    graph = Graph(rows, tables)
    assert [graph.roots(row.id) for row in rows] == [("me/b",)] * 3
    assert graph.cycles("me/c") == [("me/a", "me/b")]
    assert [a.id for a in graph.ancestors("me/c")] == ["me/a", "me/b"]
    assert [a.id for a in graph.ancestors("me/a")] == ["me/b"]
    undated = Graph([row._replace(created_at=None) for row in rows], tables)
    assert undated.roots("me/c") == ("me/a",)


@pytest.mark.parametrize("holder", [0, 1])
def test_a_cycle_with_an_outside_parent_has_its_root_there(tables: Registry, holder: int) -> None:
    parents = [["me/b"], ["me/a"]]
    parents[holder].append("x/root")
    rows = [
        child("me/a", "finetune", *parents[0], created_at="2025-02-01T00:00:00.000Z"),
        child("me/b", "finetune", *parents[1], created_at="2025-01-01T00:00:00.000Z"),
    ]
    graph = Graph(rows, tables)
    assert graph.roots("me/a") == graph.roots("me/b") == ("x/root",)


def test_a_cycle_below_a_cycle(tables: Registry) -> None:
    rows = [
        child("me/a", "finetune", "me/b", "up/a"),
        child("me/b", "finetune", "me/a"),
        child("up/a", "finetune", "up/b", created_at="2025-02-01T00:00:00.000Z"),
        child("up/b", "finetune", "up/a", created_at="2025-01-01T00:00:00.000Z"),
    ]
    graph = Graph(rows, tables)
    assert {graph.roots(row.id) for row in rows} == {("up/b",)}
    assert len(graph.cycles("me/b")) == 2


def test_a_ghost_is_missing_and_still_a_root(tables: Registry) -> None:
    rows = [child("me/a", "adapter", "gone/Base"), child("me/b", "quantized", "ME/A")]
    graph = Graph(rows, tables)
    assert graph.roots("ME/b") == ("gone/Base",)
    assert graph.missing("gone/base")
    assert graph.missing("never/heard")
    assert not graph.missing("me/a")
    assert [tuple(a) for a in graph.ancestors("me/b")] == [
        ("me/a", "quantized", 1, False, False, None),
        ("gone/Base", "adapter", 2, True, False, None),
    ]
    assert graph.roots("never/heard") == ()
    assert graph.ancestors("never/heard") == []
    assert graph.cycles("never/heard") == []
    assert "gone/base" in graph
    assert "never/heard" not in graph


def test_a_ghost_that_is_a_mirror_leads_on(tables: Registry) -> None:
    graph = Graph([child("me/a", "finetune", "unsloth/llama-3-8b-bnb-4bit")], tables)
    assert graph.roots("me/a") == ("meta-llama/Meta-Llama-3-8B",)
    assert graph.ancestors("me/a")[-1].guessed


def test_old_and_new_id_of_a_repo_are_one_node(tables: Registry) -> None:
    rows = [
        child("me/a", "finetune", "THUDM/glm-4-9b"),
        repo("zai-org/glm-4-9b"),
        child("me/b", "finetune", "old/name"),
        repo("new/name", hub_id="1" * 24),
        repo("old/name", hub_id="1" * 24),
    ]
    graph = Graph(rows, tables)
    assert graph.roots("me/a") == ("zai-org/glm-4-9b",)
    assert not graph.missing("THUDM/GLM-4-9b")
    assert graph.roots("me/b") == ("new/name",)


def test_sixty_five_parents(tables: Registry) -> None:
    one_root = [child(f"p/{at}", "finetune", "x/root") for at in range(65)]
    merge = child("me/m", "merge", *(row.id for row in one_root))
    graph = Graph([merge, *one_root], tables)
    assert graph.roots("me/m") == ("x/root",)
    assert len(graph.ancestors("me/m")) == 66
    many = Graph([merge], tables)
    assert len(many.roots("me/m")) == ROOT_CAP
    assert set(many.roots("me/m")) < {row.id for row in one_root}


@pytest.mark.parametrize("depth", [30, 40, 5000])
def test_depth(tables: Registry, depth: int) -> None:
    rows = [child(f"me/{at}", "finetune", f"me/{at - 1}") for at in range(depth, 0, -1)]
    graph = Graph(rows, tables)
    assert graph.roots(f"me/{depth}") == ("me/0",)
    assert [a.depth for a in graph.ancestors(f"me/{depth}")] == list(range(1, depth + 1))


def test_the_bare_tag_alone_leads_up(tables: Registry) -> None:
    graph = Graph([repo("me/a", "base_model:x/y")], tables)
    assert graph.roots("me/a") == ("x/y",)
    assert graph.kind("me/a") == "unknown"


def test_children_by_relation(tables: Registry) -> None:
    rows = [
        child("me/a", "finetune", "x/y"),
        child("me/b", "quantized", "X/Y"),
        child("me/c", "merge", "x/z", "x/y"),
        repo("me/d", "base_model:x/y"),
        repo("x/y"),
    ]
    assert Graph(rows, tables).children("x/y") == {
        "finetune": ["me/a"],
        "adapter": [],
        "quantized": ["me/b"],
        "merge": ["me/c"],
        "unknown": ["me/d"],
    }
    assert not any(Graph(rows, tables).children("no/body").values())


def test_a_quantized_copy_is_repackaged_of_what_its_base_is(tables: Registry) -> None:
    rows = [
        child("me/tuned", "finetune", "x/base"),
        child("me/tuned-gguf", "quantized", "me/tuned"),
        child("me/tuned-gguf-again", "quantized", "me/tuned-gguf"),
        child("me/base-gguf", "quantized", "x/base"),
        child("me/p", "quantized", "me/q"),
        child("me/q", "quantized", "me/p"),
    ]
    graph = Graph(rows, tables)
    assert [graph.kind(row.id) for row in rows] == [
        "finetune",
        "repackaged finetune",
        "repackaged finetune",
        "repackaged base",
        "repackaged base",
        "repackaged base",
    ]
    assert graph.kind("x/base") == "base"


def test_nearest_labs_tie_and_stop_at_the_first_level(tables: Registry) -> None:
    rows = [
        child("me/m", "merge", "unsloth/a", "me/n"),
        child("unsloth/a", "quantized", "Qwen/Qwen3-8B"),
        child("me/n", "finetune", "google/gemma-2b"),
        child("deepseek-ai/d", "finetune", "Qwen/Qwen3-8B"),
    ]
    graph = Graph(rows, tables)
    assert graph.nearest_labs("me/m") == ("Qwen", "google")
    assert graph.nearest_labs("deepseek-ai/d") == ("deepseek-ai",)
    assert graph.nearest_labs("no/body") == ()
    assert Graph([child("me/x", "finetune", "you/y")], tables).nearest_labs("me/x") == ()


def _plain_roots(rows: list[Repo], repo_id: str) -> set[str]:
    """Walk up by hand: the parentless repos, else the oldest of the cycle all ways end in."""
    parents = {row.id: [p for p in row.base_models.ids if p != row.id]
               for row in rows if row.base_models}  # fmt: skip
    dates = {row.id: row.created_at or "~" for row in rows}

    def reach(start: str) -> set[str]:
        seen, todo = {start}, [start]
        while todo:
            for parent in parents.get(todo.pop(), ()):
                if parent not in seen:
                    seen.add(parent)
                    todo.append(parent)
        return seen

    above = reach(repo_id)
    roots = {one for one in above if not parents.get(one)}
    for one in above - roots:
        ring = {other for other in reach(one) if one in reach(other)}
        if len(ring) > 1 and reach(one) == ring:
            roots.add(min(ring, key=lambda name: (dates[name], name)))
    return roots


def test_random_graphs_with_cycles_equal_a_plain_walk(tables: Registry) -> None:
    size = 14
    for seed in range(60):
        chance = random.Random(seed)
        rows = []
        for at in range(size):
            count = chance.choice([0, 1, 1, 1, 2, 3])
            ids = [f"me/{chance.randrange(size + 2)}" for _ in range(count)]
            when = f"2025-{chance.randrange(1, 13):02}-01T00:00:00.000Z"
            rows.append(child(f"me/{at}", "finetune", *ids, created_at=when))
        graph = Graph(rows, tables)
        for row in rows:
            assert set(graph.roots(row.id)) == _plain_roots(rows, row.id), seed


def test_components_come_after_those_above_them() -> None:
    above = {0: [1], 1: [2], 2: [1, 3], 3: [4], 4: [5], 5: [3, 9]}
    groups = [sorted(group) for group in components(range(6), lambda at: above.get(at, []))]
    assert groups == [[3, 4, 5], [1, 2], [0]]


def test_many_rows_look_at_each_edge_a_few_times(tables: Registry) -> None:
    chance = random.Random(1)
    rows = []
    for at in range(5_000):
        parents = tuple(
            f"owner-{p % 997}/model-{p}" for p in (chance.randrange(at + 1),) if p < 0.46 * at
        )
        rows.append(
            child(f"owner-{at % 997}/model-{at}", "finetune", *parents)
            if parents
            else repo(f"owner-{at % 997}/model-{at}")
        )
    calls = 0

    def count(frame: FrameType, event: str, _: object) -> None:
        nonlocal calls
        calls += event == "call" and "lineage" in frame.f_code.co_filename

    sys.setprofile(count)
    try:
        graph = Graph(rows, tables)
    finally:
        sys.setprofile(None)
    assert calls <= 16 * len(rows), calls
    tracemalloc.start()
    try:
        Graph(rows, tables)
        assert tracemalloc.get_traced_memory()[1] < 80 * 2**20 / 20
    finally:
        tracemalloc.stop()
    for row in rows[:: len(rows) // 50]:
        one, top = row, row.id
        while one.base_models:
            top = one.base_models.ids[0]
            one = rows[int(top.rpartition("-")[2])]
        assert graph.roots(row.id) == (top,)


def test_the_trending_list_has_the_declared_parents(tables: Registry) -> None:
    rows = trending()
    edges = [edge for row in rows for edge in parents_of(row)]
    declare = [row.id for row in rows if any(tag.startswith("base_model:") for tag in row.tags)]
    assert sorted({edge.child for edge in edges}) == sorted(declare)
    bare = {edge.child for edge in edges if edge.relation == "unknown"}
    assert bare == {
        row.id
        for row in rows
        if row.id in declare
        and not any(tag.count(":") == 2 and "base_model:" in tag for tag in row.tags)
    }
    assert "unsloth/LTX-2.3-GGUF" in bare
    for kind in ("finetune", "adapter", "quantized", "merge"):
        named = {(row.id, tag) for row in rows for tag in row.tags if f"model:{kind}:" in tag}
        assert sum(edge.relation == kind for edge in edges) == len(named)
    needed = unresolved(rows, tables)
    known = {row.id.lower() for row in rows}
    assert needed
    assert not known & {name.lower() for name in needed}
