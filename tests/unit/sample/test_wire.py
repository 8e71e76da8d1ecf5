"""The transport answers as the Hub does, and says that it is the sample."""

import json
import subprocess
import sys
from typing import Any

import pytest

from tui.hub import endpoints, parse
from tui.hub.readme import readme
from tui.hub.wire import Answer, Wire
from tui.model import KINDS, BaseModels, Query, Unreadable
from tui.sample.facts import load, rankings
from tui.sample.wire import SampleWire

HUB = "https://huggingface.co"
CAP = 32 * 1024 * 1024


async def ask(path: str, endpoint: str = HUB) -> Answer:
    wire: Wire = SampleWire()
    answer = await wire.get(endpoint + path, {}, cap=CAP, timeout=1)
    await wire.close()
    return answer


async def read(path: str) -> Any:
    answer = await ask(path)
    assert answer.status == 200, answer.body
    return json.loads(answer.body)


async def test_the_first_thirty_are_the_dated_ranking() -> None:
    found = await read("/api/models?sort=trendingScore&limit=30")
    assert [(row["id"], row["trendingScore"]) for row in found] == list(rankings()[-1].rows)


async def test_models_without_a_score_follow_by_downloads() -> None:
    found = (await read("/api/models"))[30:]
    assert not any("trendingScore" in row for row in found)
    downloads = [row.get("downloads", -1) for row in found]
    assert downloads == sorted(downloads, reverse=True)
    assert downloads[0] > downloads[-1]


@pytest.mark.parametrize("kind", KINDS)
async def test_what_the_client_asks_is_answered_and_read(kind: str) -> None:
    answer = await ask(endpoints.models_list(Query(kind=kind), 5))
    rows = parse.rows(answer.body, kind)
    assert (len(rows.rows), rows.dropped) == (5, 0)
    assert [row.trending_score for row in rows.rows] == sorted(
        (row.trending_score or 0 for row in rows.rows), reverse=True
    )
    page = await ask(endpoints.detail(kind, rows.rows[0].id))
    assert parse.detail(page.body, kind).repo.likes == rows.rows[0].likes
    card = await ask(endpoints.readme(kind, rows.rows[0].id))
    assert rows.rows[0].id in readme(card.body)


@pytest.mark.parametrize(
    ("sort", "field"),
    [
        ("downloads", "downloads"),
        ("likes", "likes"),
        ("createdAt", "createdAt"),
        ("lastModified", "lastModified"),
    ],
)
async def test_sorts_are_descending_and_unknown_comes_last(sort: str, field: str) -> None:
    found = await read(f"/api/models?sort={sort}&expand={field}")
    values = [row[field] for row in found if field in row]
    assert values == sorted(values, reverse=True)
    assert len(set(values)) > 100
    known = [field in row for row in found]
    assert known == sorted(known, reverse=True)


async def test_conditions_narrow_the_list() -> None:
    found = await read("/api/models?search=qwen+gguf&filter=license:apache-2.0&filter=gguf")
    assert found
    for row in found:
        assert "qwen" in row["id"].lower()
        assert "gguf" in row["id"].lower()
        assert {"gguf", "license:apache-2.0"} <= set(row["tags"])
    owned = await read("/api/models?author=ibm-granite&pipeline_tag=text-generation")
    assert owned
    assert {(row["id"].split("/")[0], row["pipeline_tag"]) for row in owned} == {
        ("ibm-granite", "text-generation")
    }
    assert await read("/api/models?search=no-such-model-anywhere") == []


async def test_children_by_relation_and_their_count_agree() -> None:
    parent = "Qwen/Qwen3.6-27B"
    page = await read(f"/api/models/{parent}?expand[]=childrenModelCount")
    for relation, count in page["childrenModelCount"].items():
        children = await read(
            f"/api/models?filter=base_model:{relation}:{parent}&expand=baseModels"
        )
        assert len(children) == count
        for child in children:
            assert child["baseModels"]["relation"] == relation
            assert {"id": parent} in child["baseModels"]["models"]
    assert page["childrenModelCount"]["quantized"] > 10
    every = await read(f"/api/models?filter=base_model:{parent}")
    assert len(every) == sum(page["childrenModelCount"].values())


async def test_a_base_without_relation_stays_without() -> None:
    page = await ask("/api/models/unsloth/LTX-2.3-GGUF?expand=baseModels&expand=tags")
    repo = parse.detail(page.body, "model").repo
    assert repo.base_models is None
    assert "base_model:Lightricks/LTX-2.3" in repo.tags
    assert not any(tag.startswith("base_model:quantized:") for tag in repo.tags)


async def test_declared_bases_are_read_by_the_client() -> None:
    page = await ask(endpoints.detail("model", "unsloth/Qwen3.6-27B-GGUF"))
    repo = parse.detail(page.body, "model").repo
    assert repo.base_models == BaseModels("quantized", ("Qwen/Qwen3.6-27B",))


async def test_paging_gives_every_row_once() -> None:
    whole = [row["id"] for row in await read("/api/models?sort=likes&expand=likes")]
    url, paged, pages = "/api/models?sort=likes&limit=250&expand=likes", list[str](), 0
    while url:
        answer = await ask(url)
        paged += [row["id"] for row in json.loads(answer.body)]
        pages += 1
        link = answer.headers.get("link", "")
        assert not link or link.endswith('>; rel="next"')
        url = link.removeprefix(f"<{HUB}").partition(">")[0]
    assert pages == -(-len(whole) // 250)
    assert paged == whole


async def test_the_next_page_is_on_the_host_that_was_asked() -> None:
    answer = await ask("/api/datasets?limit=2", "http://127.0.0.1:8080")
    assert answer.headers["link"].startswith("<http://127.0.0.1:8080/api/datasets?limit=2&cursor=")


async def test_what_is_not_recorded_is_absent_everywhere() -> None:
    whole = "&".join(f"expand={field}" for field in endpoints.ROW_FIELDS["model"])
    found = await read(f"/api/models?{whole}")
    for row in found:
        assert None not in row.values()
        record = load().find("model", row["id"])
        assert record is not None
        recorded = {name for group in record.groups.values() for name in group}
        assert ("downloads" in row) == ("downloads" in recorded)
        assert ("safetensors" in row) == ("parameters" in recorded)
        assert ("trendingScore" in row) == ("trending_score" in recorded)
        assert "gated" not in row
    for field in ("downloads", "pipeline_tag", "library_name", "safetensors", "createdAt"):
        assert 0 < sum(field in row for row in found) < len(found)


async def test_the_card_says_that_it_is_a_summary() -> None:
    answer = await ask("/Qwen/Qwen3.6-27B/resolve/main/README.md")
    lines = answer.body.decode().splitlines()
    assert lines[0] == (
        "> hubscope's own summary of recorded facts, not the publisher's card. "
        "From 0motionguy/starscreener (MIT), 2026-05-04 and llmfit 1.1.17 (MIT), 2026-10."
    )
    page = await read("/api/models/Qwen/Qwen3.6-27B")
    assert f"| Likes | {page['likes']:,} | llmfit 1.1.17 (MIT) | 2026-10 |" in lines
    rows = [line for line in lines if line.startswith("|")]
    assert all(line.count("|") == 5 for line in rows)


@pytest.mark.parametrize(
    ("path", "status", "code", "words"),
    [
        ("/api/models/acme/missing", 404, None, "Not among the dated facts of the bundled sample"),
        (
            "/acme/missing/resolve/main/README.md",
            404,
            None,
            "Not among the dated facts of the bundled sample",
        ),
        ("/api/models/Qwen/Qwen3-8B/tree/main?recursive=true", 404, "EntryNotFound", "no files"),
        ("/api/models/Qwen/Qwen3-8B/discussions?status=open", 404, None, "no such page"),
        ("/Qwen/Qwen3-8B/resolve/main/config.json", 404, "EntryNotFound", "Entry not found"),
        ("/api/organizations/Qwen/overview", 404, None, "no such page"),
        ("/", 404, None, "no such page"),
        ("/api/models?sort=size", 400, None, '"sort" must be one of'),
        ("/api/models?expand=childrenModelCount", 400, None, '"expand" must be one of'),
        ("/api/models/Qwen/Qwen3-8B?expand=_id", 400, None, '"expand" must be one of'),
        ("/api/models?limit=0", 400, None, '"limit" must be'),
        ("/api/models?limit=1001", 400, None, '"limit" must be'),
        ("/api/models?limit=0000000019", 400, None, '"limit" must be'),
        ("/api/models?cursor=x", 400, None, "Invalid cursor"),
        ("/api/models?cursor=LTU%3D", 400, None, "Invalid cursor"),
        ("/api/models?apps=ollama", 400, None, "cannot answer by apps"),
    ],
)
async def test_refusals(path: str, status: int, code: str | None, words: str) -> None:
    answer = await ask(path)
    assert (answer.status, answer.headers.get("x-error-code")) == (status, code)
    assert words in json.loads(answer.body)["error"]
    assert words in answer.headers["x-error-message"]


@pytest.mark.parametrize(
    ("path", "to"),
    [
        ("/api/models/qwen/qwen3-8b?expand[]=tags", "/api/models/Qwen/Qwen3-8B?expand[]=tags"),
        ("/qwen/QWEN3-8B/resolve/main/README.md", "/Qwen/Qwen3-8B/resolve/main/README.md"),
    ],
)
async def test_another_spelling_is_redirected(path: str, to: str) -> None:
    answer = await ask(path)
    assert (answer.status, answer.headers["location"]) == (307, to)
    assert (await ask(to)).status == 200


@pytest.mark.parametrize("path", ["/api/models?limit=1", "/api/models/a/b", "/api/models?sort=x"])
async def test_every_answer_is_dated_and_none_is_limited(path: str) -> None:
    headers = (await ask(path)).headers
    assert headers["x-sample-date"] == "2026-05-04/2026-10"
    assert not any("ratelimit" in name for name in headers)
    assert all(name == name.lower() for name in headers)


async def test_an_answer_over_the_cap_is_refused() -> None:
    with pytest.raises(Unreadable, match="over 100 bytes"):
        await SampleWire().get(f"{HUB}/api/models", {}, cap=100, timeout=1)


def test_importing_the_wire_reads_no_facts_and_nothing_heavy() -> None:
    code = (
        "import sys, tui.sample.wire, tui.sample.facts as facts;"
        "assert facts.load.cache_info().currsize == 0;"
        "bad = {'asyncio', 'dataclasses', 'httpx2', 'rich', 'textual'} & set(sys.modules);"
        "assert not bad, bad"
    )
    subprocess.run([sys.executable, "-c", code], check=True)
