"""Other hosts, other names of the Hub, and redirects that lose their query."""

from tests.loopback import LoopbackHub, default_world, faults
from tests.unit.hub.conftest import LIST, Clock
from tui.hub import endpoints
from tui.hub.client import Hub
from tui.hub.http import HttpWire
from tui.hub.token import endpoint


async def test_a_mirror_that_sends_on_is_followed_without_the_login_and_names_the_endpoint(
    loopback: LoopbackHub, clock: Clock
) -> None:
    told: list[str] = []
    with LoopbackHub(default_world()) as other:
        loopback.quirks.moved_to = other.url
        hub = Hub(HttpWire(), loopback.url, "hf_ann", tell=told.append, clock=clock)
        page = await hub.page(LIST, "model")
        assert page.rows
        assert page.url == loopback.url + LIST
        await hub.detail("model", "Qwen/Qwen3-8B")
        await hub.close()
        assert other.requests[0].target == LIST
        assert all("authorization" not in request.headers for request in other.requests)
        assert all("authorization" in request.headers for request in loopback.requests)
    assert set(told) == {
        f"{loopback.url[7:]} sends its questions on to {other.url}, where they are asked without "
        "a login; set HF_ENDPOINT to that address"
    }


async def test_a_file_on_another_host_is_read_without_a_word(
    loopback: LoopbackHub, clock: Clock
) -> None:
    told: list[str] = []
    with LoopbackHub() as store:
        store.fault("/blob", faults.respond(200, b"# Far away"))
        loopback.fault("/Qwen", faults.elsewhere(f"{store.url}/blob?signature=x"))
        hub = Hub(HttpWire(), loopback.url, "hf_ann", tell=told.append, clock=clock)
        assert (await hub.readme("model", "Qwen/Qwen3-8B")).value == "# Far away"
        await hub.close()
        assert "authorization" not in store.requests[0].headers
    assert told == []


async def test_an_old_id_keeps_its_fields_though_the_redirect_names_none(
    loopback: LoopbackHub, hub: Hub
) -> None:
    loopback.quirks.bare_redirects = True
    got = await hub.detail("model", "acme/old-base")
    assert got.value.repo.id == "acme/base"
    assert got.value.repo.downloads_all_time is not None
    asked = endpoints.detail("model", "acme/base")
    assert loopback.requests[-1].target == asked


def test_the_hubs_other_names_are_the_same_hub() -> None:
    for name in ("https://hf.co", "https://www.huggingface.co/", "https://HF.co"):
        assert endpoint({"HF_ENDPOINT": name}) == "https://huggingface.co"
    assert endpoint({"HF_ENDPOINT": "https://hf-mirror.com"}) == "https://hf-mirror.com"
