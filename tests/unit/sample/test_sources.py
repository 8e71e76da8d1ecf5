"""What counts as recorded in a row of each source."""

from typing import Any

import pytest

from tui.sample.sources import declared_base, llmfit_facts, parameters, trending_facts


def llmfit_row(**changes: Any) -> dict[str, Any]:
    return {
        "name": "acme/tiny-7b",
        "parameters_raw": 7_241_732_096,
        "pipeline_tag": "text-generation",
        "hf_downloads": 321,
        "hf_likes": 4,
        "release_date": "2026-03-01",
        "license": "mit",
        "_discovered": True,
    } | changes


def trending_row(**changes: Any) -> dict[str, Any]:
    return {
        "rank": 3,
        "id": "acme/tiny-7b",
        "trendingScore": 12.5,
        "downloads": 0,
        "likes": 0,
        "pipelineTag": None,
        "libraryName": "transformers",
        "tags": ["gguf", "roleplay", "arxiv:2601.00001", "license:mit", "region:us"],
        "createdAt": "2026-04-01T00:00:01.000Z",
        "lastModified": "2026-04-02T00:00:01.000Z",
    } | changes


def test_a_whole_row() -> None:
    assert llmfit_facts(llmfit_row()) == {
        "downloads": 321,
        "likes": 4,
        "license": "mit",
        "parameters": 7_241_732_096,
        "task": "text-generation",
        "created_at": "2026-03-01",
    }


def test_zero_is_a_count_where_the_row_was_read() -> None:
    facts = llmfit_facts(llmfit_row(hf_downloads=0, hf_likes=0))
    assert (facts["downloads"], facts["likes"]) == (0, 0)


def test_without_a_release_date_likes_were_not_read() -> None:
    assert llmfit_facts(llmfit_row(release_date=None, hf_likes=0)) == {
        "downloads": 321,
        "license": "mit",
        "parameters": 7_241_732_096,
        "task": "text-generation",
    }
    nothing_read = llmfit_facts(llmfit_row(release_date=None, hf_downloads=0, hf_likes=0))
    assert "downloads" not in nothing_read


@pytest.mark.parametrize("downloads", [12_000_000, 104_700, 0])
def test_figures_typed_by_hand_are_left_out(downloads: int) -> None:
    row = llmfit_row(hf_downloads=downloads)
    del row["_discovered"]
    assert set(llmfit_facts(row)) == {"license", "parameters", "task"}


def test_what_is_not_recorded_is_absent() -> None:
    row = llmfit_row(pipeline_tag="unknown")
    del row["license"]
    assert not {"task", "license"} & set(llmfit_facts(row))


@pytest.mark.parametrize(
    ("repo_id", "count", "kept"),
    [
        ("nvidia/Nemotron-3-Nano-30B-A3B-NVFP4", 30_000_000_000, False),
        ("inclusionAI/Ling-3.0-flash-base-30T", 30_000_000_000_000, False),
        ("allenai/Olmo-3-32B-Think-DPO", 1_053_696, False),
        ("nvidia/gpt-oss-120b-Eagle3", 215_481_600, True),
        ("Qwen/Qwen3-0.6B", 751_632_384, True),
        ("acme/model-8bit", 1_234_567, True),
    ],
)
def test_parameters(repo_id: str, count: int, kept: bool) -> None:
    assert parameters(repo_id, count) == (count if kept else None)


def test_a_ranked_row() -> None:
    assert trending_facts(trending_row(), "model") == {
        "rank": 3,
        "trending_score": 12.5,
        "downloads": 0,
        "likes": 0,
        "license": "mit",
        "library": "transformers",
        "created_at": "2026-04-01T00:00:01.000Z",
        "last_modified": "2026-04-02T00:00:01.000Z",
        "tags": ["gguf", "arxiv:2601.00001"],
    }


def test_below_the_top_there_is_no_rank() -> None:
    assert not {"rank", "trending_score"} & set(trending_facts(trending_row(rank=31), "model"))


def test_a_dataset_keeps_what_its_content_is() -> None:
    tags = ["task_categories:translation", "size_categories:n<1K", "language:en", "synthetic"]
    assert trending_facts(trending_row(tags=tags), "dataset")["tags"] == tags[:3]


@pytest.mark.parametrize(
    ("tags", "base"),
    [
        (["license:mit"], None),
        (
            ["base_model:a/b", "base_model:finetune:a/b"],
            {"relation": "finetune", "models": ["a/b"]},
        ),
        (
            ["base_model:a/b", "base_model:c/d", "base_model:merge:a/b", "base_model:merge:c/d"],
            {"relation": "merge", "models": ["a/b", "c/d"]},
        ),
        (["base_model:a/b"], {"models": ["a/b"]}),
    ],
)
def test_declared_base(tags: list[str], base: dict[str, Any] | None) -> None:
    assert declared_base(tags) == base
