"""What a declared base stands for: addresses, paths, words, lists, and the repo itself."""

import pytest

from tests.unit.analysis.data import child, repo
from tui.analysis.lineage.bases import read
from tui.analysis.lineage.edges import declared, parents_of
from tui.analysis.lineage.graph import Graph, unresolved
from tui.analysis.query.query_line import parse, select
from tui.analysis.registry.registry import Registry, load
from tui.model import BaseModels, Edge, Repo

REPOS = {
    "Qwen/Qwen3-8B": "Qwen/Qwen3-8B",
    " Qwen/Qwen3-8B ": "Qwen/Qwen3-8B",
    "\u00a0Qwen/Qwen3-8B\t": "Qwen/Qwen3-8B",
    "Qwen/Qwen3-8B/": "Qwen/Qwen3-8B",
    "qwen/QWEN3-8b": "qwen/QWEN3-8b",
    "'Qwen/Qwen3-8B'": "Qwen/Qwen3-8B",
    '"Qwen/Qwen3-8B"': "Qwen/Qwen3-8B",
    "`Qwen/Qwen3-8B`": "Qwen/Qwen3-8B",
    "https://huggingface.co/Qwen/Qwen3-8B": "Qwen/Qwen3-8B",
    "http://www.huggingface.co/Qwen/Qwen3-8B/": "Qwen/Qwen3-8B",
    "HTTPS://HuggingFace.co/Qwen/Qwen3-8B": "Qwen/Qwen3-8B",
    "huggingface.co/Qwen/Qwen3-8B": "Qwen/Qwen3-8B",
    "hf.co/Qwen/Qwen3-8B": "Qwen/Qwen3-8B",
    "https://hf.co/Qwen/Qwen3-8B:Q4_K_M": "Qwen/Qwen3-8B",
    "https://hf-mirror.com/Qwen/Qwen3-8B/tree/main": "Qwen/Qwen3-8B",
    "https://huggingface.co/Qwen/Qwen3-8B/blob/main/README.md": "Qwen/Qwen3-8B",
    "https://huggingface.co/Qwen/Qwen3-8B/resolve/main/model.safetensors": "Qwen/Qwen3-8B",
    "https://huggingface.co/Qwen/Qwen3-8B?library=transformers#use": "Qwen/Qwen3-8B",
    "https://huggingface.co/api/models/Qwen/Qwen3-8B": "Qwen/Qwen3-8B",
    "https://huggingface.co/gpt2/tree/main": "gpt2",
    "hf://Qwen/Qwen3-8B": "Qwen/Qwen3-8B",
    "Qwen/Qwen3-8B/tree/main": "Qwen/Qwen3-8B",
    "Qwen/Qwen3-8B@main": "Qwen/Qwen3-8B",
    "Qwen/Qwen3-8B:Q4_K_M": "Qwen/Qwen3-8B",
    "[Qwen3 8B](https://huggingface.co/Qwen/Qwen3-8B)": "Qwen/Qwen3-8B",
    "[Qwen/Qwen3-8B](https://huggingface.co/Qwen/Qwen3-8B)": "Qwen/Qwen3-8B",
    "<https://huggingface.co/Qwen/Qwen3-8B>": "Qwen/Qwen3-8B",
    "//huggingface.co/Qwen/Qwen3-8B": "Qwen/Qwen3-8B",
    "gpt2": "gpt2",
    "me/checkpoint-100": "me/checkpoint-100",
    "me/model": "me/model",
}
NONE = (
    "", " ", "-", "--", "None", "none", "NONE", "null", "Null", "N/A", "n/a", "NaN", "'None'",
    "unknown", "TBD", "not applicable", "from scratch", "[]", "[None]", "{}", "?",
    "./x", "../x/y", ".", "..", "/home/user/work/Meta-Llama-3.1-8B", "/Qwen/Qwen3-8B",
    "~/models/llama", "C:\\models\\llama", "C:/models/llama", "D:llama", "models\\llama",
    "\\\\server\\share\\x", "file:///home/user/x", "outputs/checkpoint-100",
    "./outputs/checkpoint-100", "lora_output/checkpoint-20", "checkpoint-100", "models/llama",
    "Qwen/Qwen3-8B/original", "out/llama/final", "$HOME/x", "%USERPROFILE%\\x",
    "me/model.safetensors", "models--Qwen--Qwen3-8B",
    '["Qwen/Qwen3-8B"]', "['a/b', 'c/d']", "a/b, c/d", "a/b,c/d", "a/b; c/d", "a/b c/d", "a/b|c/d",
    "[Qwen/Qwen3-8B]", "datasets/me/x", "https://huggingface.co/datasets/me/x",
    "https://huggingface.co/spaces/me/x", "https://huggingface.co/collections/me/x-1",
    "https://huggingface.co/papers/2505.09388", "https://huggingface.co/Qwen",
    "https://huggingface.co/", "https://huggingface.co", "https://github.com/QwenLM/Qwen3",
    "https://civitai.com/models/1", "hf.co", "Qwen//", "Qwen/Qwen3..8B", "modèle/é",
    "Qwen/Qwen3-8B (4 bit)", "Llama:7b", "//server/share",
)  # fmt: skip


@pytest.fixture(scope="module")
def tables() -> Registry:
    return load()


def test_what_names_a_repo_becomes_it() -> None:
    assert {text: read(text).repo for text in REPOS} == REPOS


def test_what_names_no_repo_names_none_and_says_why() -> None:
    assert [text for text in NONE if read(text).repo is not None] == []
    assert [text for text in NONE if not read(text).why] == []


@pytest.mark.parametrize("relation", ["", "adapter:", "finetune:"])
def test_what_names_no_repo_is_shown_and_never_asked_for(tables: Registry, relation: str) -> None:
    for text in NONE:
        row = repo("me/a", f"base_model:{relation}{text}")
        assert parents_of(row, tables) == [], text
        assert unresolved([row], tables) == [], text
        graph = Graph([row], tables)
        assert (graph.roots("me/a"), graph.ancestors("me/a")) == (("me/a",), []), text
        assert [one.text for one in declared(row).nameless] == ([text] if text.strip() else [])


@pytest.mark.parametrize("relation", ["", "quantized:"])
def test_a_tag_of_any_spelling_gives_the_edge(relation: str) -> None:
    for text, parent in REPOS.items():
        row = repo("you/b", f"base_model:{relation}{text}")
        assert [(e.parent, e.relation) for e in parents_of(row)] == [
            (parent, relation.rstrip(":") or "unknown")
        ], text


@pytest.mark.parametrize(
    "spelling", ["me/a", "ME/A", "me/a/", "https://huggingface.co/me/a", "hf.co/Me/A/tree/main"]
)
def test_its_own_name_is_a_cycle_of_one(tables: Registry, spelling: str) -> None:
    row = repo("me/a", f"base_model:{spelling}", f"base_model:adapter:{spelling}")
    assert declared(row, tables).edges == ()
    assert parents_of(row, tables) == [Edge("me/a", "me/a", "adapter")]
    assert unresolved([row], tables) == []
    graph = Graph([row], tables)
    assert graph.roots("me/a") == ("me/a",)
    assert graph.cycles("me/a") == [("me/a",)]
    assert declared(row).remarks() == ("names itself as its base: a cycle of one",)


def test_spellings_of_one_base_are_one_edge(tables: Registry) -> None:
    tags = [f"base_model:merge:{text}" for text, one in REPOS.items() if one == "Qwen/Qwen3-8B"]
    assert parents_of(repo("me/a", *tags), tables) == [Edge("me/a", "Qwen/Qwen3-8B", "merge")]


def test_the_field_wins_over_the_tags_and_the_difference_is_told() -> None:
    row = child("me/a", "finetune", "b/old")._replace(
        tags=("base_model:b/new", "base_model:finetune:b/new")
    )
    found = declared(row)
    assert [edge.parent for edge in found.edges] == ["b/old"]
    assert (found.unheeded, found.silent) == (("b/new",), ("b/old",))
    assert found.remarks() == (
        "the Hub's own field names b/old, the tags name b/new: the field counts",
    )
    alike = child("me/a", "finetune", "b/OLD")._replace(tags=("base_model:b/old",))
    assert declared(alike).remarks() == ()
    bare = child("me/a", "finetune", "b/old")
    assert declared(bare).remarks() == ()


def test_a_field_of_addresses_is_read_as_tags_are() -> None:
    row = Repo(
        "me/a", base_models=BaseModels("adapter", ("https://huggingface.co/Qwen/Qwen3-8B", "None"))
    )
    found = declared(row)
    assert found.edges == (Edge("me/a", "Qwen/Qwen3-8B", "adapter"),)
    assert found.remarks() == ("base “None” names no repo (no name)",)


def test_a_search_for_bases_agrees_with_the_tree(tables: Registry) -> None:
    rows = [
        repo("me/none"),
        repo("me/path", "base_model:/home/x", "base_model:adapter:/home/x"),
        repo("me/word", "base_model:None"),
        repo("me/self", "base_model:me/self"),
        repo("me/url", "base_model:https://huggingface.co/Qwen/Qwen3-8B"),
        repo("me/slash", "base_model:adapter:Qwen/Qwen3-8B/"),
        child("me/field", "finetune", "b/old")._replace(tags=("base_model:Qwen/Qwen3-8B",)),
    ]

    def found(line: str) -> list[str]:
        return [row.id[3:] for row in select(rows, parse(line), tables, 0.0)]

    assert found("base:none") == ["none", "path", "word"]
    assert found("!base:none") == found("base:any") == ["self", "url", "slash", "field"]
    assert found("base:Qwen/Qwen3-8B") == found("base:qwen/qwen3-8b/") == ["url", "slash"]
    assert found("base:https://huggingface.co/Qwen/Qwen3-8B") == ["url", "slash"]
    assert found("base:adapter:Qwen/Qwen3-8B") == ["slash"]
    assert found("base:b/old") == ["field"]
    assert found("base:me/self") == []
