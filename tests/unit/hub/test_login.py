"""A login that holds no more, one that may not, and what the Hub says of each."""

import asyncio
from pathlib import Path

import pytest

from tests.loopback import LoopbackHub
from tests.unit.hub.conftest import LIST, Clock
from tui.hub.client import Hub
from tui.hub.http import HttpWire
from tui.hub.login import source
from tui.model import BadInput, Gated, NoAccess, NotFound


def made(loopback: LoopbackHub, clock: Clock, token: str, told: list[str]) -> Hub:
    return Hub(
        HttpWire(),
        loopback.url,
        token,
        source="HF_TOKEN",
        tell=told.append,
        clock=clock,
        sleep=clock.sleep,
        rng=lambda: 1.0,
    )


def logins(loopback: LoopbackHub) -> list[bool]:
    """Of each request in turn: whether a login went along."""
    return ["authorization" in request.headers for request in loopback.requests]


async def test_an_expired_login_is_sent_once_and_named_once(
    loopback: LoopbackHub, clock: Clock
) -> None:
    told: list[str] = []
    hub = made(loopback, clock, "hf_ann", told)
    loopback.world.expire("hf_ann")
    assert (await hub.page(LIST, "model")).rows
    assert logins(loopback) == [True, False]
    assert (await hub.readme("model", "Qwen/Qwen3-8B")).value
    await hub.detail("model", "Qwen/Qwen3-8B")
    assert logins(loopback)[1:] == [False] * (len(loopback.requests) - 1)
    assert told == [
        "login in HF_TOKEN not recognised; renew or `unset HF_TOKEN` (asked as nobody till then)"
    ]
    assert hub.token is None
    assert await hub.whoami() is None
    await hub.close()


async def test_what_was_on_its_way_with_it_is_asked_again_too(
    loopback: LoopbackHub, clock: Clock
) -> None:
    told: list[str] = []
    hub = made(loopback, clock, "hf_gone", told)
    gate = loopback.gate("/api")
    asked = [
        asyncio.create_task(hub.page(LIST, "model")),
        asyncio.create_task(hub.detail("model", "Qwen/Qwen3-8B")),
    ]
    await asyncio.to_thread(gate.arrived.wait)
    gate.open()
    await asyncio.gather(*asked)
    assert sorted(logins(loopback)) == [False, False, True, True]
    assert len(told) == 1
    await hub.close()


async def test_an_expired_login_at_a_gate_is_not_taken_for_none(
    loopback: LoopbackHub, clock: Clock
) -> None:
    loopback.quirks.gated_readme = False
    hub = made(loopback, clock, "hf_gone", [])
    with pytest.raises(Gated, match=r"login is not recognised; renew or `unset HF_TOKEN`"):
        await hub.readme("model", "acme/manual-7b")
    with pytest.raises(NotFound, match=r"or is private; renew or `unset HF_TOKEN`"):
        await hub.detail("model", "acme/secret")
    with pytest.raises(NoAccess):
        await hub.access("model", "acme/manual-7b")
    await hub.close()


async def test_a_gate_is_refused_in_the_hubs_own_words(loopback: LoopbackHub, clock: Clock) -> None:
    loopback.quirks.gated_readme = False
    loopback.world.token("hf_narrow", "cy", narrow=True)
    for token, words in (
        ("hf_bo", "you are not in the authorized list"),
        ("hf_narrow", "enable access to public gated repositories in your fine-grained token"),
    ):
        hub = made(loopback, clock, token, [])
        with pytest.raises((Gated, NoAccess), match=words) as refusal:
            await hub.readme("model", "acme/manual-7b")
        assert refusal.value.exit_code == 4
        access = (await hub.access("model", "acme/manual-7b")).value
        assert not access.allowed
        assert words in (access.why or "")
        assert hub.token == token
        await hub.close()


async def test_a_token_that_can_be_none_names_where_it_is_from(
    loopback: LoopbackHub, clock: Clock
) -> None:
    hub = made(loopback, clock, "hf_a b", [])
    with pytest.raises(BadInput, match="the login in HF_TOKEN holds stray characters"):
        await hub.page(LIST, "model")
    await hub.close()


def test_where_a_token_comes_from(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HOME", str(tmp_path))
    assert source({"HF_TOKEN": "hf_a", "HUGGING_FACE_HUB_TOKEN": "hf_b"}) == "HF_TOKEN"
    assert source({"HF_TOKEN": " ", "HUGGING_FACE_HUB_TOKEN": "b"}) == "HUGGING_FACE_HUB_TOKEN"
    assert source({"HF_TOKEN_PATH": "/etc/hub\x1b/token"}) == "/etc/hub\ufffd/token"
    assert source({}) == "~/.cache/huggingface/token"
