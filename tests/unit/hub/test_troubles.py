"""Each trouble on a real socket: what the caller is told, and how often the Hub was asked."""

import json

import pytest

from tests.loopback import LoopbackHub, faults
from tests.loopback.faults import Effect
from tests.unit.hub.conftest import LIST, Clock, client, refusal
from tui.hub import requests
from tui.hub.client import Hub
from tui.hub.http import HttpWire
from tui.hub.wire import Unreached
from tui.model import (
    BadInput,
    Gated,
    NoAccess,
    NotFound,
    Problem,
    ServerTrouble,
    TimedOut,
    Unreadable,
)


@pytest.mark.parametrize("effect", [500, 502, 503, 504, faults.html_page(503), faults.hang_up])
async def test_a_trouble_that_passes_is_not_seen(
    loopback: LoopbackHub, hub: Hub, clock: Clock, effect: Effect | int
) -> None:
    loopback.fault("/api/models", effect, times=2)
    assert (await hub.page(LIST, "model")).rows
    assert len(loopback.requests) == 3
    assert clock.slept == [1, 2]


@pytest.mark.parametrize("effect", [500, faults.html_page(502)])
async def test_a_trouble_that_stays(loopback: LoopbackHub, hub: Hub, effect: Effect | int) -> None:
    loopback.fault("/api/models", effect, times=None)
    assert "has trouble" in await refusal(hub, ServerTrouble)
    assert len(loopback.requests) == 3


async def test_pauses_are_random_parts(loopback: LoopbackHub, clock: Clock) -> None:
    drawn = iter([0.25, 0.5])
    hub = Hub(HttpWire(), loopback.url, clock=clock, sleep=clock.sleep, rng=lambda: next(drawn))
    loopback.fault("/api/models", 503, times=2)
    await hub.page(LIST, "model")
    assert clock.slept == [0.25, 1]
    await hub.close()


@pytest.mark.parametrize(
    "effect",
    [
        faults.empty_body,
        faults.truncated_json,
        faults.garbage,
        faults.nan,
        faults.giant_integer,
        faults.deep(70),
        faults.deep(200_000),
        faults.html_page(200),
        faults.json_text('{"models":[]}'),
        faults.respond(204, b""),
        faults.respond(200, b"\x1f\x8bnot gzip", {"Content-Encoding": "gzip"}),
    ],
)
async def test_an_answer_that_is_none(loopback: LoopbackHub, hub: Hub, effect: Effect) -> None:
    loopback.fault("/api/models", effect)
    await refusal(hub, Unreadable)
    assert len(loopback.requests) == 1
    assert (await hub.page(LIST, "model")).rows


async def test_half_a_body_is_asked_again_then_given_up(loopback: LoopbackHub, hub: Hub) -> None:
    loopback.fault("/api/models", faults.half_body, times=2)
    assert (await hub.page(LIST, "model")).rows
    loopback.fault("/api/models", faults.half_body, times=None)
    assert "broke off" in await refusal(hub, Unreadable)
    assert len(loopback.requests) == 6


async def test_a_body_over_the_cap_is_not_read(
    loopback: LoopbackHub, hub: Hub, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("tui.hub.client.README_CAP", 100_000)
    loopback.fault("/Qwen", faults.huge(200_000))
    with pytest.raises(Unreadable, match="over 0 MiB"):
        await hub.readme("model", "Qwen/Qwen3-8B")


@pytest.mark.parametrize("in_body", [False, True])
async def test_a_silent_server_times_out(
    loopback: LoopbackHub, hub: Hub, monkeypatch: pytest.MonkeyPatch, in_body: bool
) -> None:
    await hub.page(LIST, "model")
    monkeypatch.setattr(requests, "TRY_SECONDS", 0.1)
    loopback.gate("/api/models", in_body=in_body)
    assert "did not answer" in await refusal(hub, TimedOut)
    assert len(loopback.requests) == 4


async def test_a_time_out_that_passes(
    loopback: LoopbackHub, hub: Hub, monkeypatch: pytest.MonkeyPatch, clock: Clock
) -> None:
    await hub.page(LIST, "model")
    gate = loopback.gate("/api/models")
    monkeypatch.setattr(requests, "TRY_SECONDS", 0.1)

    def open_the_gate() -> None:
        gate.open()
        monkeypatch.setattr(requests, "TRY_SECONDS", 15.0)

    clock.meanwhile = open_the_gate
    assert (await hub.page(LIST, "model")).rows
    assert clock.slept == [1]


async def test_a_refused_connection_is_said_at_once(
    loopback: LoopbackHub, hub: Hub, clock: Clock
) -> None:
    loopback.stop()
    assert "cannot reach 127.0.0.1" in await refusal(hub, Unreached)
    assert clock.slept == [requests.RECONNECT]  # once more, for it may have passed
    assert "cannot reach 127.0.0.1" in await refusal(hub, Unreached)
    assert clock.slept == [requests.RECONNECT]
    loopback.start()
    assert (await hub.page(LIST, "model")).rows


async def test_missing_or_private_is_one_line_for_a_stranger(hub: Hub) -> None:
    for repo_id in ("acme/nothing-here", "acme/secret"):
        with pytest.raises(NotFound, match=f"^{repo_id} does not exist, or is private; log in"):
            await hub.detail("model", repo_id)


async def test_a_login_sees_more(loopback: LoopbackHub, clock: Clock) -> None:
    hub = client(loopback, clock, "hf_ann")
    with pytest.raises(NotFound, match="this login cannot see it"):
        await hub.detail("model", "acme/nothing-here")
    secret = (await hub.detail("model", "acme/secret")).value.repo
    assert secret.private is True
    await hub.close()


async def test_a_wrong_login(loopback: LoopbackHub, clock: Clock) -> None:
    hub = client(loopback, clock, "hf_nobody")
    assert (await hub.page(LIST, "model")).rows  # as nobody
    assert hub.token is None
    await hub.close()


@pytest.mark.parametrize("token", ["hf_\x1b", "hf_é", "hf_a b"])
async def test_a_login_that_cannot_be_one(loopback: LoopbackHub, clock: Clock, token: str) -> None:
    hub = client(loopback, clock, token)
    line = await refusal(hub, BadInput)
    assert token not in line
    assert loopback.requests == []
    await hub.close()


async def test_gated_files(loopback: LoopbackHub, hub: Hub, clock: Clock) -> None:
    loopback.quirks.gated_readme = False
    assert (await hub.detail("model", "acme/manual-7b")).value.repo.gated == "manual"
    with pytest.raises(Gated, match="log in"):
        await hub.readme("model", "acme/manual-7b")
    bo = client(loopback, clock, "hf_bo")
    with pytest.raises(Gated, match="ask for access"):
        await bo.readme("model", "acme/manual-7b")
    await bo.close()
    loopback.quirks.gated_readme = True
    assert (await hub.readme("model", "acme/manual-7b")).value


async def test_a_disabled_repo(loopback: LoopbackHub, hub: Hub) -> None:
    loopback.world.model("acme/off", disabled=True, readme="# x")
    assert (await hub.detail("model", "acme/off")).value.repo.disabled is True
    with pytest.raises(NoAccess, match="disabled"):
        await hub.readme("model", "acme/off")


async def test_a_revision_that_is_not_there(hub: Hub) -> None:
    with pytest.raises(NotFound, match="Invalid rev id: nowhere"):
        await hub.tree("model", "Qwen/Qwen3-8B", rev="nowhere")


async def test_the_servers_words_are_cleaned_and_hold_no_token(
    loopback: LoopbackHub, clock: Clock
) -> None:
    said = json.dumps({"error": "no\x1b]52;c;x\x07 hf_ann\u202e " + "x" * 5000}).encode()
    loopback.fault("/api/models", faults.respond(400, said), times=None)
    hub = client(loopback, clock, "hf_ann")
    line = await refusal(hub, BadInput)
    assert "hf_ann" not in line
    assert len(line) < 400
    await hub.close()


@pytest.mark.parametrize("status", [400, 402, 403, 404, 405, 410, 418, 451])
async def test_a_refusal_is_not_asked_again(loopback: LoopbackHub, hub: Hub, status: int) -> None:
    loopback.fault("/api/models", status, times=None)
    with pytest.raises(Problem) as caught:
        await hub.detail("model", "Qwen/Qwen3-8B")
    assert caught.value.exit_code in (2, 3, 4)
    assert len(loopback.requests) == 1
