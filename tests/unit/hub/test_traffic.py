"""What crosses the wire and what does not: windows, redirects, shared questions, endings."""

import asyncio

import pytest

from tests.loopback import LoopbackHub, faults
from tests.unit.hub.conftest import LIST, Clock, client, refusal
from tui.hub import endpoints
from tui.hub.budget import BACKGROUND
from tui.hub.client import Hub
from tui.hub.http import HttpWire
from tui.hub.wire import Answer
from tui.model import Offline, Query, RateLimited, Unreadable


async def test_the_foreground_is_told_of_a_used_up_window(loopback: LoopbackHub, hub: Hub) -> None:
    loopback.limits.quotas["api"] = 2
    for _ in range(2):
        await hub.page(LIST, "model")
    assert "rate limit" in await refusal(hub, RateLimited)
    assert len(loopback.requests) == 2
    assert (await hub.readme("model", "Qwen/Qwen3-8B")).value


async def test_the_background_waits_for_the_next_window(
    loopback: LoopbackHub, hub: Hub, clock: Clock, monkeypatch: pytest.MonkeyPatch
) -> None:
    loopback.limits.quotas["api"] = 1
    await hub.page(LIST, "model")

    def open_the_window() -> None:
        loopback.limits.quotas["api"] = 100
        loopback.limits.begin_window()

    clock.meanwhile = open_the_window
    assert (await hub.page(LIST, "model", BACKGROUND)).rows
    assert len(clock.slept) == 1
    assert 299 <= clock.slept[0] <= 301
    assert len(loopback.requests) == 2


@pytest.mark.parametrize("edge", [False, True])
async def test_a_refusal_by_429(loopback: LoopbackHub, hub: Hub, clock: Clock, edge: bool) -> None:
    loopback.limits.quotas["api"] = 0
    loopback.limits.edge = edge
    with pytest.raises(RateLimited) as caught:
        await hub.page(LIST, "model")
    assert caught.value.wait == (4 if edge else 301)
    assert clock.slept == ([1, 2] if edge else [])
    assert hub.budget.waiting_until == clock.now + caught.value.wait
    clock.slept.clear()
    with pytest.raises(RateLimited):
        await hub.page(LIST, "model", BACKGROUND)
    assert len(clock.slept) == 3


@pytest.mark.parametrize("status", [301, 302, 307, 308])
async def test_redirects_of_every_kind_are_followed(
    loopback: LoopbackHub, hub: Hub, status: int
) -> None:
    target = endpoints.detail("model", "Qwen/Qwen3-8B")
    loopback.fault("/api/models/old", faults.elsewhere(target, status))
    assert (await hub.detail("model", "old/name")).value.repo.id == "Qwen/Qwen3-8B"


async def test_circles_end(loopback: LoopbackHub, hub: Hub) -> None:
    loopback.fault("/api/models", faults.elsewhere(LIST, 307), times=None)
    assert "in circles" in await refusal(hub, Unreadable)
    assert len(loopback.requests) == 6


async def test_no_odd_redirect_and_no_link_leads_away(loopback: LoopbackHub, clock: Clock) -> None:
    with LoopbackHub() as other:
        other.world.token("hf_ann", "ann")
        hub = client(loopback, clock, "hf_ann")
        for away in ("file:///etc/passwd", f"http://me@127.0.0.1:{other.port}/api/models"):
            loopback.fault("/api/models", faults.elsewhere(away, 307))
            assert "not followed" in await refusal(hub, Unreadable)
        link = {"Link": f'<{other.url}{LIST}&cursor=x>; rel="next"'}
        loopback.fault("/api/models", faults.respond(200, b"[]", link))
        page = await hub.page(LIST, "model")
        assert page.next == f"{LIST}&cursor=x"
        assert other.requests == []
        assert loopback.requests[0].headers["authorization"] == "Bearer hf_ann"
        await hub.close()


class Recorder:
    """A wire that answers ``[]`` to everything and keeps what it was sent."""

    def __init__(self) -> None:
        self.sent: list[dict[str, str]] = []

    async def get(self, url: str, headers: dict[str, str], *, cap: int, timeout: float) -> Answer:  # noqa: ASYNC109
        self.sent.append(headers)
        return Answer(200, {}, b"[]", url)

    async def close(self) -> None:
        self.sent.append({"closed": ""})


@pytest.mark.parametrize(
    ("endpoint", "sent"),
    [
        ("https://mirror.example/hf", True),
        ("http://localhost:9", True),
        ("http://mirror.example", False),
    ],
)
async def test_no_token_over_plain_http_to_another_machine(endpoint: str, sent: bool) -> None:
    wire = Recorder()
    hub = Hub(wire, endpoint, "hf_ann")
    await hub.page(LIST, "model")
    assert ("authorization" in wire.sent[0]) is sent
    if not sent:
        assert await hub.whoami() is None
    await hub.close()
    assert len(wire.sent) == 2


async def test_the_same_question_twice_is_one_request(loopback: LoopbackHub, hub: Hub) -> None:
    gate = loopback.gate("/api/models")
    asked = [asyncio.create_task(hub.page(LIST, "model")) for _ in range(3)]
    await asyncio.to_thread(gate.arrived.wait)
    asked[0].cancel()
    gate.open()
    done = await asyncio.gather(*asked, return_exceptions=True)
    assert isinstance(done[0], asyncio.CancelledError)
    assert done[1] == done[2]
    assert len(loopback.requests) == 1
    await hub.page(LIST, "model")
    assert len(loopback.requests) == 2


class CountingWire(HttpWire):
    """Knows how many requests were under way at once."""

    def __init__(self) -> None:
        super().__init__()
        self.flying = self.most = 0

    async def get(self, url: str, headers: dict[str, str], *, cap: int, timeout: float) -> Answer:  # noqa: ASYNC109
        self.flying += 1
        self.most = max(self.most, self.flying)
        try:
            return await super().get(url, headers, cap=cap, timeout=timeout)
        finally:
            self.flying -= 1


async def test_at_most_eight_requests_are_in_flight(loopback: LoopbackHub) -> None:
    wire = CountingWire()
    hub = Hub(wire, loopback.url)
    lists = [endpoints.models_list(Query(), size) for size in range(1, 21)]
    pages = await asyncio.gather(*(hub.page(path, "model") for path in lists))
    assert [len(page.rows) for page in pages] == list(range(1, 21))
    assert wire.most == 8
    await hub.close()


async def test_closing_waits_for_no_server(loopback: LoopbackHub, hub: Hub) -> None:
    gate = loopback.gate("/api/models")
    asked = asyncio.create_task(hub.page(LIST, "model"))
    await asyncio.to_thread(gate.arrived.wait)
    await hub.close()
    with pytest.raises(Offline, match="closed"):
        await asked
