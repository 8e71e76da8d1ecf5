"""Days on which the Hub is there and not quite as the books say, at the keyboard."""

import pytest

from tests.app.stage import (
    Stage,
    ids,
    leave,
    press,
    screen_text,
    sees,
    settled,
)
from tests.loopback import LoopbackHub, World

WHOAMI = "/api/whoami-v2"


async def test_a_first_start_with_an_expired_login(
    hub: LoopbackHub, stage: Stage, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("HF_TOKEN", "hf_gone")
    async with stage.play(token="hf_gone") as pilot:
        await sees(pilot, "Qwen/Qwen3-8B", "login in HF_TOKEN not recognised; renew or `unset HF_T")
        await press(pilot, "row.open")
        await sees(pilot, "A made model.")
        assert "not recognised" not in screen_text(pilot.app)
    sent = [request for request in hub.requests if "authorization" in request.headers]
    assert len(sent) == 1
    assert hub.seen(WHOAMI) == []


async def test_a_morning_with_a_slow_whoami(
    hub: LoopbackHub, world: World, stage: Stage, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("HF_TOKEN", "hf_ann")
    world.model("ann/plan", private=True, trendingScore=999, readme="# Plan\n\nOurs alone.\n")
    hub.gate(WHOAMI)
    async with stage.play(token="hf_ann") as pilot:
        await sees(pilot, "ann/plan", "Qwen/Qwen3-8B")
        assert ids(pilot)[0] == "ann/plan"
        await press(pilot, "row.open")
        await sees(pilot, "Ours alone.")
        await press(pilot, "go.up", "move.down", "row.open")
        await sees(pilot, "A made model.")
        await press(pilot, "go.up")
        await settled(pilot)
        assert len(hub.seen(WHOAMI)) == 1
        await leave(pilot)


async def test_a_hub_that_withdrew_three_names(hub: LoopbackHub, stage: Stage) -> None:
    hub.quirks.withdrawn = frozenset({"childrenModelCount", "gguf", "usedStorage"})
    async with stage.play((120, 36), target=("model", "Qwen/Qwen3-8B")) as pilot:
        await sees(pilot, "A made model.")
        await sees(pilot, "does not tell childrenModelCount, gguf, usedStorage")
        await press(pilot, "tab.next")
        await sees(pilot, "all-time", "90,000,000", "MadeForCausalLM")
    refused = [request for request in hub.requests if "expand=gguf" in request.target]
    assert len(refused) == 1


async def test_a_card_says_whether_its_gate_is_open_to_the_login(
    hub: LoopbackHub, stage: Stage, monkeypatch: pytest.MonkeyPatch
) -> None:
    gated = ("model", "acme/manual-7b")
    for token, words in (("hf_bo", "gated, shut to you"), ("hf_ann", "gated, open to you")):
        monkeypatch.setenv("HF_TOKEN", token)
        async with stage.play(token=token, target=gated) as pilot:
            await sees(pilot, words)
    async with stage.play(target=gated) as pilot:
        await sees(pilot, "· gated ·")
    assert not hub.seen("/acme/manual-7b/resolve/main/.gitattributes")
