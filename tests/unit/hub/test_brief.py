"""The facts that a census keeps are read as all others are, from answers of any shape."""

import json
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.bench.made_hub import items
from tests.unit.hub.test_shape import ANY_JSON
from tui.hub import brief, parse
from tui.model import Repo, Unreadable

FIELDS = st.sampled_from([
    "_id", "author", "tags", "pipeline_tag", "library_name", "gated", "private", "cardData",
    "createdAt", "lastModified", "downloads", "downloadsAllTime", "likes", "trendingScore",
    "safetensors", "baseModels",
])  # fmt: skip
TEXTS = st.sampled_from([
    "license:mit", " license:mit", "license: ", "base_model:a/b", "base_model:quantized:a/b",
    "\x1bbase_model:a/b", "base_model:\ud800", "Ba\u0301se", "a/b", "a b", "", "auto", "manual",
    "2026-01-02T03:04:05.678Z", "2026-01-02", "0123456789abcdef01234567", "finetune",
])  # fmt: skip
LISTS = st.lists(TEXTS | st.none() | st.integers(), max_size=4)
TOLD = (
    ANY_JSON
    | TEXTS
    | LISTS
    | st.fixed_dictionaries({"license": TEXTS | LISTS})
    | st.fixed_dictionaries({"total": st.integers(-5, 2**64)})
    | st.fixed_dictionaries({
        "relation": TEXTS, "models": LISTS | st.lists(st.fixed_dictionaries({"id": TEXTS})),
    })
)  # fmt: skip


def kept(repo: Repo) -> Repo:
    """Of a row what a census keeps; its author is in its id."""
    return Repo(
        id=repo.id,
        hub_id=repo.hub_id,
        author=repo.id.partition("/")[0] if "/" in repo.id else None,
        task=repo.task,
        library=repo.library,
        license=repo.license,
        downloads=repo.downloads,
        downloads_all_time=repo.downloads_all_time,
        likes=repo.likes,
        trending_score=repo.trending_score,
        created_at=repo.created_at,
        last_modified=repo.last_modified,
        params=repo.params,
        gated=repo.gated,
        private=repo.private,
        tags=tuple(tag for tag in repo.tags if tag.startswith("base_model:")),
        base_models=repo.base_models,
    )


@settings(max_examples=300)
@given(item=st.dictionaries(FIELDS, TOLD, max_size=8), name=st.sampled_from(["acme/a", "gpt2"]))
def test_each_fact_is_the_one_that_is_read_elsewhere(item: dict[str, Any], name: str) -> None:
    body = json.dumps([{**item, "id": name}]).encode()
    try:
        wanted = parse.rows(body, "model")
    except Unreadable:
        with pytest.raises(Unreadable):
            brief.rows(body)
        return
    assert brief.rows(body).rows == tuple(map(kept, wanted.rows))


def test_a_page_of_a_made_hub() -> None:
    page = json.dumps([*items(2000), {"id": "no id"}, 7, {"modelId": "old/name"}]).encode()
    wanted = parse.rows(page, "model")
    read = brief.rows(page)
    assert read.dropped == wanted.dropped == 2
    assert read.rows == tuple(map(kept, wanted.rows))
