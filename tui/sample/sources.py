"""What the public data sets record, as facts in our own form.

Two sources are read: the model list of llmfit (figures, licence, parameters, task, release date)
and the trending lists kept by starscreener (ranking, figures, library, times, tags, declared
bases). A fact that a source does not record is left out; each rule for that stands here.
"""

import re
from collections.abc import Mapping
from typing import Any

from tui.model import RELATIONS

RANKED = 30
"""Ranks up to here are kept with their score: a ranking means something only without gaps."""

_FORMATS = {
    *("gguf", "mlx", "onnx", "openvino", "pytorch", "safetensors"),
    *("4-bit", "8-bit", "awq", "bitsandbytes", "compressed-tensors", "exl2", "exl3", "fp8"),
    *("gptq", "imatrix", "mxfp4", "nvfp4"),
    *("conversational", "custom_code", "lora", "merge", "moe"),
}
_TAG_PREFIXES = {
    "model": ("arxiv",),
    "dataset": ("task_categories", "size_categories", "format", "modality", "language", "arxiv"),
    "space": (),
}
_BILLIONS = re.compile(r"(\d+(?:\.\d+)?)[bB](?![A-Za-z])")


def llmfit_facts(row: Mapping[str, Any]) -> dict[str, Any]:
    """The facts of one row of llmfit's model list.

    - ``pipeline_tag`` "unknown" means not recorded.
    - A row that was read from the Hub has a release date, and then its zeros are counts. Without
      one, likes are 0 in every row, so they were not read; downloads of 0 neither.
    - Rows not marked ``_discovered`` were typed by hand. Where their downloads are a multiple of
      100 (zero among them), figures and date are somebody's rounding, not the Hub's counts.
    """
    typed = not row.get("_discovered") and row["hf_downloads"] % 100 == 0
    read = bool(row["release_date"]) and not typed
    task = row["pipeline_tag"]
    facts = {
        "downloads": row["hf_downloads"] if read or (row["hf_downloads"] and not typed) else None,
        "likes": row["hf_likes"] if read else None,
        "license": row.get("license"),
        "parameters": parameters(row["name"], row["parameters_raw"]),
        "task": None if task == "unknown" else task,
        "created_at": row["release_date"] if read else None,
    }
    return _known(facts)


def parameters(repo_id: str, count: int) -> int | None:
    """The parameter count of llmfit, None where it is no count.

    A whole number of millions was read off a name ("30B" in ``…-30B-A3B-NVFP4``, or 3e13 off
    ``…-30T``); a count below a thousandth of the size in the name was read off a piece of the
    weights.
    """
    sizes = [float(size) * 1e9 for size in _BILLIONS.findall(repo_id)]
    if count % 1_000_000 == 0 or (sizes and count < max(sizes) / 1000):
        return None
    return count


def trending_facts(row: Mapping[str, Any], kind: str) -> dict[str, Any]:
    """The facts of one row of a trending list; rank and score down to ``RANKED`` only."""
    ranked = row["rank"] <= RANKED
    facts = {
        "rank": row["rank"] if ranked else None,
        "trending_score": row["trendingScore"] if ranked else None,
        "downloads": row.get("downloads"),
        "likes": row.get("likes"),
        "license": _first(row["tags"], "license:"),
        "task": row.get("pipelineTag"),
        "library": row.get("libraryName"),
        "created_at": row["createdAt"],
        "last_modified": row["lastModified"],
        "sdk": row.get("sdk"),
        "tags": _kept_tags(row["tags"], kind),
        "base": declared_base(row["tags"]),
    }
    return _known(facts)


def declared_base(tags: list[str]) -> dict[str, Any] | None:
    """The base that ``base_model:`` tags declare: ``{"relation": …, "models": [ids]}``.

    The Hub writes each base twice, bare and with the relation. Where it is bare alone, no relation
    is recorded, and the key is absent.
    """
    declared = [tag.removeprefix("base_model:") for tag in tags if tag.startswith("base_model:")]
    typed = [text.split(":", 1) for text in declared if text.split(":", 1)[0] in RELATIONS]
    if typed:
        return {"relation": typed[0][0], "models": [base for _, base in typed]}
    return {"models": declared} if declared else None


def _kept_tags(tags: list[str], kind: str) -> list[str]:
    """Tags that state a fact of the format or the content; free words of the uploader are not."""
    prefixes = _TAG_PREFIXES[kind]
    return [
        tag
        for tag in tags
        if (tag in _FORMATS and kind == "model")
        or (":" in tag and tag.split(":", 1)[0] in prefixes)
    ]


def _first(tags: list[str], prefix: str) -> str | None:
    return next((tag.removeprefix(prefix) for tag in tags if tag.startswith(prefix)), None)


def _known(facts: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in facts.items() if value is not None and value != []}
