"""Lists: filters, order, pages, fields."""

import re
from typing import Any

import httpx2
import pytest

from tests.loopback import LoopbackHub


def next_path(answer: httpx2.Response) -> str | None:
    """Path and query of the next page, whatever host it names."""
    url = answer.links.get("next", {}).get("url")
    return re.sub(r"^https?://[^/]+", "", url) if url else None


def walk(client: httpx2.Client, path: str) -> list[list[dict[str, Any]]]:
    pages = []
    while path:
        answer = client.get(path)
        assert answer.status_code == 200, answer.text
        pages.append(answer.json())
        path = next_path(answer) or ""
    return pages


def ids(pages: list[list[dict[str, Any]]]) -> list[str]:
    return [row["id"] for page in pages for row in page]


@pytest.mark.parametrize(
    "sort", ["trendingScore", "downloads", "likes", "createdAt", "lastModified", "num_parameters"]
)
def test_pages_hold_every_public_model_once_in_descending_order(
    hub: LoopbackHub, client: httpx2.Client, sort: str
) -> None:
    pages = walk(
        client,
        f"/api/models?limit=7&sort={sort}&expand=safetensors&expand={sort}"
        if sort != "num_parameters"
        else "/api/models?limit=7&sort=num_parameters",
    )
    every = ids(pages)
    assert sorted(every) == sorted(repo.id for repo in hub.world.visible("models", None))
    assert "acme/secret" not in every
    if sort != "num_parameters":
        values = [row[sort] for page in pages for row in page]
        assert values == sorted(values, reverse=True)


def test_a_new_row_does_not_shift_the_next_page(hub: LoopbackHub, client: httpx2.Client) -> None:
    first = client.get("/api/models?limit=5&sort=likes")
    hub.world.model("late/comer", likes=10**6)
    second = client.get(next_path(first) or "")
    assert not {row["id"] for row in first.json()} & {row["id"] for row in second.json()}


def test_the_link_names_the_hub_or_this_host(hub: LoopbackHub, client: httpx2.Client) -> None:
    there = client.get("/api/models?limit=2").headers["link"]
    hub.quirks.own_links = True
    here = client.get("/api/models?limit=2").headers["link"]
    assert there.startswith("<https://huggingface.co/api/models?limit=2&cursor=")
    assert here == there.replace("https://huggingface.co", hub.url)


def test_a_short_page_is_not_the_last(hub: LoopbackHub, client: httpx2.Client) -> None:
    whole = ids(walk(client, "/api/models?limit=10"))
    hub.quirks.short_pages = True
    pages = walk(client, "/api/models?limit=10")
    assert {len(page) for page in pages[:-1]} == {9}
    assert ids(pages) == whole


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("search=qwen3+GGUF", {"bob/Qwen3-8B-GGUF"}),
        ("author=mistralai", {"mistralai/Mistral-7B-v0.1"}),
        ("filter=base_model:merge:Qwen/Qwen3-8B&author=mix", {"mix/two-countries"}),
        ("filter=base_model:google/gemma-3-4b-it", {"plain/bare-tag"}),
        ("filter=gguf&filter=region:us", {"bob/Qwen3-8B-GGUF"}),
        ("pipeline_tag=image-text-to-text", {"nvidia/Cosmos-Reason1-7B"}),
        ("gated=true", {"acme/auto-7b", "acme/manual-7b"}),
        ("num_parameters=min:100B", {"deepseek-ai/DeepSeek-R1"}),
        ("num_parameters=min:500M,max:1B", {"acme/base"}),
        ("inference_provider=together&search=gemma", {"google/gemma-3-4b-it"}),
        ("inference=warm&filter=license:apache-2.0&author=acme", {"acme/base"}),
    ],
)
def test_conditions_are_all_of_them(client: httpx2.Client, query: str, expected: set[str]) -> None:
    assert {row["id"] for row in client.get(f"/api/models?{query}").json()} == expected


def test_a_row_has_the_default_fields_or_exactly_the_named_ones(client: httpx2.Client) -> None:
    (plain,) = client.get("/api/models?search=cosmos&author=nvidia").json()
    assert set(plain) == (
        {"_id", "id", "modelId", "likes", "trendingScore", "private", "downloads", "tags"}
        | {"pipeline_tag", "createdAt"}  # no library_name: what does not apply is absent
    )
    query = "/api/models?author=nvidia&expand=baseModels&expand[]=likes&expand[]=safetensors"
    (named,) = client.get(query).json()
    assert set(named) == {"_id", "id", "baseModels", "likes"}
    (root,) = client.get("/api/models?author=Qwen").json()
    assert named["baseModels"] == {
        "relation": "finetune",
        "models": [{"_id": root["_id"], "id": "Qwen/Qwen3-8B"}],
    }


def test_full_and_card_data_add_to_the_row(client: httpx2.Client) -> None:
    (row,) = client.get("/api/models?author=Qwen&full=true&cardData=true&config=true").json()
    assert {"author", "sha", "siblings", "gated", "cardData", "config"} <= set(row)
    assert {"rfilename": "onnx/model.onnx"} in row["siblings"]


@pytest.mark.parametrize("name", ["childrenModelCount", "usedStorage", "_id", "cardData.license"])
def test_the_list_refuses_what_it_does_not_expand(client: httpx2.Client, name: str) -> None:
    answer = client.get("/api/models", params={"expand": name})
    assert answer.status_code == 400
    assert '"downloadsAllTime"' in answer.json()["error"]


def test_base_models_on_the_list_can_be_refused(hub: LoopbackHub, client: httpx2.Client) -> None:
    hub.quirks.list_base_models = False
    assert client.get("/api/models?expand=baseModels").status_code == 400
    assert client.get("/api/models/mix/many?expand=baseModels").status_code == 200


@pytest.mark.parametrize("query", ["limit=0", "limit=x", "cursor=zz", "sort=best"])
def test_a_bad_parameter_is_refused(client: httpx2.Client, query: str) -> None:
    assert client.get(f"/api/models?{query}").status_code == 400


def test_datasets_and_spaces_have_rows_of_their_own(client: httpx2.Client) -> None:
    dataset = client.get("/api/datasets?limit=1").json()[0]
    space = client.get("/api/spaces?limit=1&models=Qwen/Qwen3-8B").json()[0]
    assert {"description", "sha", "author", "lastModified", "key"} <= set(dataset)
    assert set(space) == (
        {"_id", "id", "likes", "trendingScore", "private", "sdk", "tags", "createdAt"}
    )
    assert client.get("/api/datasets?filter=language:en&search=pictures").json()
