"""Which family a name holds, and which it only seems to hold; figures by both evidences."""

import gzip
import json
import re

import pytest

from tests.unit.analysis.data import child, repo, shared, trending
from tui.analysis.lineage.by_name import RULE, place, relation
from tui.analysis.lineage.edges import parents_of
from tui.analysis.lineage.graph import Graph
from tui.analysis.origins.newest import newest
from tui.analysis.origins.origins import groups, shares
from tui.analysis.origins.why import rules
from tui.analysis.registry.registry import Registry, load
from tui.model.when import seconds

HELD = {
    "unsloth/Llama-3.2-1B-Instruct-bnb-4bit": "llama",
    "unsloth/llama-3-8b-bnb-4bit": "llama",
    "unsloth/gemma-3-4b-it-unsloth-bnb-4bit": "gemma",
    "unsloth/Qwen2.5-7B": "qwen",
    "unsloth/Meta-Llama-3.1-8B": "llama",
    "unsloth/Phi-3.5-mini-instruct": "phi",
    "TheBloke/Mistral-7B-Instruct-v0.2-GGUF": "mistral",
    "TheBloke/CodeLlama-7B-AWQ": "llama",
    "bartowski/Qwen_QwQ-32B-GGUF": "qwen",
    "mlx-community/DeepSeek-V3-0324-4bit": "deepseek",
    "lmstudio-community/gemma-2-9b-it-GGUF": "gemma",
    "NousResearch/Meta-Llama-3-8B": "llama",
    "QuantFactory/Phi-4-GGUF": "phi",
    "mradermacher/Mixtral-8x7B-poet-i1-GGUF": "mistral",
    "Systran/faster-whisper-large-v3": "whisper",
    "me/whisper-small-hi": "whisper",
    "me/bert-finetuned-ner": "bert",
    "me/distilbert-base-uncased-finetuned-emotion": "distilbert",
    "me/xlm-roberta-base-panx-de": "roberta",
    "me/wav2vec2-large-xlsr-53-x": "wav2vec2",
    "me/flan-t5-small-sum": "t5",
    "me/sdxl-lora-cat": "stable-diffusion",
    "me/llama3-8b-lora": "llama",
    "me/my_Qwen2VL_7b": "qwen",
    "me/L3-8B-Stheno": "llama",
    "me/DeepSeek-R1-Distill-Qwen-7B-GGUF": "deepseek-distill",
    "me/Llama-3.1-Nemotron-70B-GGUF": "llama",
    "me/t5gemma-2b-x": "gemma",
    "me/TinyLlama-1.1B-chat": "tinyllama",
}
NOT_HELD = (
    "me/thing", "me/Qwen-style-7B", "me/qwen-like", "me/llama.cpp", "me/whisper.cpp",
    "me/llama-cpp-python", "me/LLaMA-Factory-x", "me/ollama", "me/OpenLLaMA-7B",
    "me/open_llama_3b", "me/amd-llama-135m", "me/tiny-random-llama", "me/llama-from-scratch",
    "me/Qwen2.5-7B-gemma-2b-merge", "me/Qwen3-8B-DeepSeek-V4-Distill", "me/llamafile",
    "me/philosophy-2", "me/stepwise", "me/yield-3", "me/seedling", "me/groking", "me/bloomberg",
    "me/x-distilled-from-qwen", "me/step-1000", "me/ring", "me/checkpoint-step-3000", "me/sphinx-2",
    "me/alphabert", "me/kimikaze", "qwen/thing",
)  # fmt: skip


@pytest.fixture(scope="module")
def tables() -> Registry:
    return load()


@pytest.mark.parametrize("repo_id", HELD)
def test_the_family_that_a_name_holds(tables: Registry, repo_id: str) -> None:
    found = place(repo_id, tables)
    assert found is not None
    assert found.key == HELD[repo_id]
    assert found.word.lower() in repo_id.lower()


@pytest.mark.parametrize("repo_id", NOT_HELD)
def test_a_false_friend_and_two_families_are_none(tables: Registry, repo_id: str) -> None:
    assert place(repo_id, tables) is None


def test_every_family_with_a_root_is_held_by_its_own_roots_names(tables: Registry) -> None:
    for family in tables.families:
        for root in family.roots:
            found = place(f"me/{root.rpartition('/')[2]}-GGUF", tables)
            assert found is None or found.key == family.key, root


def test_the_table_of_names_is_whole_and_names_what_is_known(tables: Registry) -> None:
    keys = [one.key for one in tables.names]
    assert len(keys) == len(set(keys))
    families = {family.key for family in tables.families}
    for one in tables.names:
        assert bool(one.label) == (one.key not in families), one.key
        if one.label:
            assert re.fullmatch(r"[A-Z]{2}", one.home), one.key
            assert one.roots, one.key
            found = place(one.roots[0], tables)
            assert found is not None, one.key
            assert found.key == one.key


def test_the_relation_that_a_name_suggests() -> None:
    names = {"me/x-GGUF": "quantized", "me/x-lora": "adapter", "me/x-slerp": "merge"}
    assert {name: relation(name) for name in names} == names
    assert relation("me/x-chat") == "finetune"


def test_a_chain_that_ends_out_of_reach_is_placed_by_the_id_at_its_end(tables: Registry) -> None:
    rows = [
        child("me/a", "adapter", "unsloth/Llama-3.2-1B-Instruct-bnb-4bit"),
        child("me/b", "finetune", "me/a"),
        child("me/qwen3-poet", "finetune", "gone/secret"),
        child("me/c", "finetune", "Qwen/Qwen3-8B"),
        repo("unsloth/gemma-2-2b"),
        child("me/d", "finetune", "unsloth/gemma-2-2b"),
        child("me/llama-by-name", "finetune", "here/own-thing"),
        repo("here/own-thing"),
    ]
    declared, named = (Graph(rows, tables, evidence) for evidence in ("declared", "named"))
    homes = {row.id: groups(row.id, tables, named) for row in rows}
    assert [one.key for one in homes["me/b"]] == ["family:llama"]
    assert homes["me/b"][0].told.startswith("Llama-3.2-1B-Instruct-bnb-4bit holds “Llama")
    assert [one.key for one in homes["me/qwen3-poet"]] == ["family:qwen"]
    assert [one.key for one in homes["me/d"]] == ["family:gemma"]
    assert (homes["me/c"][0].key, homes["me/c"][0].told) == ("family:qwen", "")
    # a base that is at hand and holds no name ends the chain: what stands below says nothing
    assert homes["me/llama-by-name"][0].key == "author:here"
    assert not any(one.told for row in rows for one in groups(row.id, tables, declared))


def test_a_copy_gets_the_one_row_whose_name_it_has(tables: Registry) -> None:
    rows = [
        child("kai/Carnice-27b", "finetune", "Qwen/Qwen3.6-27B"),
        repo("pack/Carnice-27b-i1-GGUF"),
        repo("pack/kai_Carnice-27b-Q4_K_M-GGUF"),
        repo("pack/Two-GGUF"),
        repo("one/Two"),
        repo("two/Two"),
    ]
    graph = Graph(rows, tables, "named")
    for name in ("pack/Carnice-27b-i1-GGUF", "pack/kai_Carnice-27b-Q4_K_M-GGUF"):
        assert graph.roots(name) == ("Qwen/Qwen3.6-27B",)
        assert graph.ancestors(name)[0].guessed
    assert graph.roots("pack/Two-GGUF") == ("pack/Two-GGUF",)
    assert Graph(rows, tables).roots("pack/Carnice-27b-i1-GGUF") == ("pack/Carnice-27b-i1-GGUF",)


def test_shares_by_both_evidences_and_never_mixed(tables: Registry) -> None:
    rows = [
        child("me/a", "finetune", "Qwen/Qwen3-8B"),
        repo("me/Llama-3-8B-x"),
        repo("me/thing"),
        child("me/m", "merge", "Qwen/Qwen3-8B", "unsloth/gemma-2-2b"),
    ]
    by = {
        name: shares(rows, "root", tables, Graph(rows, tables, name))
        for name in ("declared", "named")
    }
    assert (by["declared"].by_name, by["named"].by_name) == (0, 2)
    assert by["declared"].unknown == 2 / 4
    assert by["named"].unknown == 1 / 4
    weights = {share.origin: share.weight for share in by["named"].shares}
    assert weights == {"CN": 1.5, "US": 1.5, "??": 1.0}


def test_new_repos_without_a_base_count_by_name_only_where_asked(tables: Registry) -> None:
    as_of, inside = seconds("2026-05-08T12:00:00Z") or 0.0, "2026-05-04T00:00:00.000Z"
    rows = [
        child("me/a", "finetune", "Qwen/Qwen3-8B", created_at=inside),
        repo("me/Qwen3-8B-x", created_at=inside),
        repo("me/Qwen3-8B-GGUF", created_at=inside),
        repo("Qwen/Qwen9-8B", created_at=inside),
        repo("me/thing", created_at=inside),
    ]
    graph = Graph(rows, tables)
    assert [row.id for row in newest(rows, as_of, graph, tables).rows] == ["me/a"]
    found = newest(rows, as_of, graph, tables, evidence="named")
    assert [row.id for row in found.rows] == ["me/a", "me/Qwen3-8B-x"]
    assert (found.without_base, found.other_relation, found.first_party) == (1, 1, 1)


def test_why_prints_the_rule(tables: Registry) -> None:
    said = rules("me/Llama-3-8B-x", tables)
    assert said[-1].startswith("by name ≈ (evidence named): family llama (US): Llama-3-8B-x holds")
    assert said[-1].endswith(RULE)
    assert not any("by name" in line for line in rules("me/thing", tables))


def test_names_against_what_is_declared(tables: Registry) -> None:
    """Right in 95 of 100 that it places, and four of five found, on a real page of 1,000."""
    rows = trending()
    graph = Graph(rows, tables)
    right = wrong = derived = lost = left = 0
    for row in rows:
        if not parents_of(row, tables):
            continue
        found = groups(row.id, tables, graph)
        if len(found) == 1 and found[0].key.startswith("family:"):
            derived += 1
            named = place(row.id, tables)
            right += named is not None and f"family:{named.key}" == found[0].key
            wrong += named is not None and f"family:{named.key}" != found[0].key
        if not any(group.key.startswith("family:") for group in found):
            lost += 1
            reached = groups(row.id, tables, graph, "named")
            left += not any(group.key.startswith("family:") for group in reached)
    assert derived > 400
    assert right >= 0.95 * (right + wrong)
    assert right >= 0.8 * derived
    assert left < lost / 1.5
    assert left < 0.2 * sum(bool(parents_of(row, tables)) for row in rows)


def test_copies_of_own_repos_are_placed_by_their_ids(tables: Registry) -> None:
    right = wrong = every = 0
    with gzip.open(shared("llmfit_1.1.17_models.jsonl.gz"), "rt") as lines:
        for line in lines:
            repo_id = json.loads(line)["name"]
            family = tables.family_of(repo_id)
            if family is None:
                continue
            every += 1
            named = place(f"pack/{repo_id.rpartition('/')[2]}-GGUF", tables)
            right += named is not None and named.key == family.key
            wrong += named is not None and named.key != family.key
    assert every > 1000
    assert right >= 0.95 * (right + wrong)
    assert right >= 0.9 * every
