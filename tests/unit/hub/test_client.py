"""Typed questions to a loopback Hub, on a real socket."""

import pytest

from tests.loopback import LoopbackHub, faults
from tests.unit.hub.conftest import Clock, client
from tui.hub import endpoints
from tui.hub.client import Hub, NotModified, Page
from tui.model import BadInput, NoAccess, NotFound, Query

NOW = 1_795_000_000.0


async def test_a_page_of_models(loopback: LoopbackHub, hub: Hub) -> None:
    path = endpoints.models_list(Query(), 5)
    page = await hub.page(path, "model")
    assert page.url == loopback.url + path
    assert page.fetched_at == NOW
    assert page.etag
    assert len(page.rows) == 5
    scores = [row.trending_score or 0 for row in page.rows]
    assert scores == sorted(scores, reverse=True)
    best = page.rows[0]
    assert (best.id, best.params, best.library) == ("Qwen/Qwen3-8B", 8_000_000_000, "transformers")
    sent = loopback.requests[0].headers
    assert sent["user-agent"].startswith("hubscope/")
    assert "authorization" not in sent
    assert "cookie" not in sent


@pytest.mark.parametrize("own_links", [True, False])
async def test_all_pages_though_links_name_another_host(
    loopback: LoopbackHub, hub: Hub, own_links: bool
) -> None:
    loopback.quirks.own_links = own_links
    loopback.quirks.short_pages = True
    path: str | None = endpoints.models_list(Query(sort="downloads"), 7)
    ids: list[str] = []
    while path:
        page = await hub.page(path, "model")
        ids += [row.id for row in page.rows]
        path = page.next
    public = [repo.id for repo in loopback.world.visible("models", None)]
    assert sorted(ids) == sorted(public)


@pytest.mark.parametrize("kind", ["dataset", "space"])
async def test_the_other_lists(loopback: LoopbackHub, hub: Hub, kind: str) -> None:
    page = await hub.page(endpoints.models_list(Query(kind=kind), 100), kind)
    assert {row.id for row in page.rows} == {
        repo.id for repo in loopback.world.visible(f"{kind}s", None)
    }
    assert {row.kind for row in page.rows} == {kind}


async def test_an_unchanged_page_is_not_sent_again(loopback: LoopbackHub, hub: Hub) -> None:
    loopback.quirks.not_modified = True
    path = endpoints.models_list(Query(), 5)
    page = await hub.page(path, "model")
    assert isinstance(await hub.page(path, "model", etag=page.etag), NotModified)
    assert isinstance(await hub.page(path, "model", etag='W/"1-old"'), Page)


async def test_lists_that_refuse_base_models_are_asked_without(
    loopback: LoopbackHub, hub: Hub
) -> None:
    loopback.quirks.list_base_models = False
    path = endpoints.models_list(Query(), 3)
    page = await hub.page(path, "model")
    assert page.rows
    assert "baseModels" not in page.url
    assert (await hub.page(path, "model")).rows == page.rows
    assert ["baseModels" in sent.target for sent in loopback.requests] == [True, False, False]


async def test_a_refused_question_stays_refused(loopback: LoopbackHub, hub: Hub) -> None:
    loopback.fault("/api/models", 400, times=None)
    with pytest.raises(BadInput, match="HTTP 400"):
        await hub.page(endpoints.models_list(Query(), 3), "model")
    loopback.clear_faults()
    page = await hub.page(endpoints.models_list(Query(), 3), "model")
    assert "baseModels" in page.url


async def test_one_model_whole(loopback: LoopbackHub, hub: Hub) -> None:
    got = await hub.detail("model", "Qwen/Qwen3-8B")
    assert got.url == loopback.url + endpoints.detail("model", "Qwen/Qwen3-8B")
    assert got.fetched_at == NOW
    found = got.value
    assert found.repo.id == "Qwen/Qwen3-8B"
    assert found.repo.downloads_all_time == 90_000_000
    assert found.architectures == ("MadeForCausalLM",)
    assert found.dtypes == {"BF16": 8_000_000_000}
    assert found.providers
    counts = (await hub.children_counts("Qwen/Qwen3-8B")).value
    assert counts == found.children
    assert sum(counts.values()) > 0


async def test_the_current_id_comes_from_the_answer(loopback: LoopbackHub, hub: Hub) -> None:
    assert (await hub.detail("model", "qwen/QWEN3-8b")).value.repo.id == "Qwen/Qwen3-8B"
    loopback.world.rename("qwen-eight", "Qwen/Qwen3-8B")
    assert (await hub.detail("model", "qwen-eight")).value.repo.id == "Qwen/Qwen3-8B"
    assert len(loopback.requests) == 4


async def test_the_readme_is_asked_by_resolve(loopback: LoopbackHub, hub: Hub) -> None:
    got = await hub.readme("model", "Qwen/Qwen3-8B")
    assert got.value.lstrip().startswith("# Qwen3-8B")
    assert got.url == f"{loopback.url}/Qwen/Qwen3-8B/resolve/main/README.md"
    loopback.world.model("acme/silent")
    with pytest.raises(NotFound, match="the README of acme/silent"):
        await hub.readme("model", "acme/silent")


async def test_looking_never_counts_as_a_download(loopback: LoopbackHub, hub: Hub) -> None:
    await hub.page(endpoints.models_list(Query(), 3), "model")
    await hub.detail("model", "Qwen/Qwen3-8B")
    await hub.readme("model", "Qwen/Qwen3-8B")
    await hub.tree("model", "Qwen/Qwen3-8B")
    await hub.author("Qwen")
    await hub.discussions_open("Qwen/Qwen3-8B")
    assert not [sent for sent in loopback.requests if "config.json" in sent.target]
    assert not loopback.seen("/api/agent-harnesses")
    assert {sent.method for sent in loopback.requests} == {"GET"}


async def test_config_file(hub: Hub) -> None:
    got = await hub.config_file("Qwen/Qwen3-8B")
    assert got.value == {"model_type": "made", "num_hidden_layers": 32}


async def test_the_tree_has_every_file(loopback: LoopbackHub, hub: Hub) -> None:
    names = {f"weights/{number:04}.bin": number for number in range(1, 2501)}
    loopback.world.model("acme/many", files=names)
    got = await hub.tree("model", "acme/many")
    files = list(got.value)
    while got.next:
        got = await hub.tree("model", "acme/many", path=got.next)
        files += got.value
    sizes = {file.path: file.size for file in files if file.type == "file"}
    assert names.items() <= sizes.items()
    assert len(loopback.seen("/api/models/acme/many/tree")) == 3  # a thousand each


async def test_what_the_scanners_say(loopback: LoopbackHub, hub: Hub) -> None:
    loopback.world.model("acme/pickled", files={"a.pkl": 1, "b.safetensors": 2})
    assert (await hub.scan("model", "acme/pickled")).value == (True, {"a.pkl": "caution"})
    loopback.quirks.scanned = False
    assert not (await hub.scan("model", "acme/pickled")).value.done


async def test_owners_of_either_sort(loopback: LoopbackHub, hub: Hub) -> None:
    org = (await hub.author("Qwen")).value
    assert (org.name, org.type) == ("Qwen", "org")
    user = (await hub.author("ann")).value
    assert (user.name, user.type, user.fullname) == ("ann", "user", "Ann Example")
    with pytest.raises(NotFound):
        await hub.author("nobody-at-all")


async def test_open_discussions(loopback: LoopbackHub, hub: Hub) -> None:
    repo = loopback.world.model("acme/talk")
    repo.discuss("one")
    repo.discuss("two", "closed")
    repo.discuss("three", pull_request=True)
    assert (await hub.discussions_open("acme/talk")).value == 2


@pytest.mark.parametrize(("token", "allowed"), [("hf_ann", True), ("hf_bo", False)])
async def test_access_to_what_is_gated(
    loopback: LoopbackHub, clock: Clock, token: str, allowed: bool
) -> None:
    hub = client(loopback, clock, token)
    got = await hub.access("model", "acme/manual-7b")
    assert got.value.allowed is allowed
    assert (got.value.why is None) is allowed
    assert got.url == f"{loopback.url}/api/models/acme/manual-7b/auth-check"
    assert got.fetched_at == NOW
    assert len(loopback.requests) == 1
    with pytest.raises(NotFound):
        await hub.access("model", "gone/away")
    await hub.close()


async def test_access_of_nobody_is_not_asked_for(loopback: LoopbackHub, hub: Hub) -> None:
    with pytest.raises(NoAccess, match="hf auth login"):
        await hub.access("model", "acme/manual-7b")
    assert loopback.requests == []


async def test_whoami(loopback: LoopbackHub, hub: Hub, clock: Clock) -> None:
    assert await hub.whoami() is None
    assert loopback.requests == []
    ann = client(loopback, clock, "hf_ann")
    assert await ann.whoami() == "ann"
    await ann.close()
    stranger = client(loopback, clock, "hf_wrong")
    asked = len(loopback.requests)
    with pytest.raises(NoAccess, match="login in HF_TOKEN not recognised") as caught:
        await stranger.whoami()
    assert "hf_wrong" not in str(caught.value)
    assert await stranger.whoami() is None
    assert len(loopback.requests) == asked + 1
    await stranger.close()


async def test_the_budget_is_read_from_every_answer(loopback: LoopbackHub, hub: Hub) -> None:
    await hub.detail("model", "qwen/qwen3-8b")
    assert hub.budget.left == 498
    loopback.fault("/api/models/acme", faults.html_page(503), times=None)
    await hub.readme("model", "Qwen/Qwen3-8B")
    assert hub.budget.left == 498
