"""What a card is told beside its facts: open discussions, and whether the login opens a gate."""

import pytest

from tests.app.stage import (
    Clock,
    Stage,
    hubscope,
    press,
    reading,
    screen_text,
    sees,
    settled,
    wait_for,
)
from tests.loopback import LoopbackHub, faults
from tui.places import CardPlace

TALKS = ("model", "acme/talks")
GATED = ("model", "acme/manual-7b")
LARGE = (120, 40)


async def test_open_discussions_stand_among_the_facts_and_outlast_the_hub(
    hub: LoopbackHub, stage: Stage, clock: Clock
) -> None:
    async with stage.play(LARGE, target=TALKS) as pilot:
        await settled(pilot)
        await press(pilot, "tab.next")
        await sees(pilot, "discussions   1 open")
        assert "open (" not in screen_text(pilot.app)  # an age of its own
    asked = [request.target for request in hub.requests]
    assert len(asked) == len(set(asked))
    clock.advance(7200)
    async with stage.play(LARGE, target=TALKS, offline=True) as pilot:
        await press(pilot, "tab.next")
        await sees(pilot, "discussions   1 open (2h ago)")
    assert len(hub.requests) == len(asked)


@pytest.mark.parametrize(
    ("token", "line"),
    [
        ("hf_ann", "yes, opened by its owner · this login has access"),
        ("hf_bo", "yes, opened by its owner · this login has no access"),
        (None, "yes, opened by its owner; log in to see whether you have access"),
    ],
)
async def test_a_gate_says_whether_this_login_is_behind_it(
    hub: LoopbackHub,
    stage: Stage,
    monkeypatch: pytest.MonkeyPatch,
    token: str | None,
    line: str,
) -> None:
    hub.quirks.gated_readme = False  # the facts stand in place of a README
    if token:
        monkeypatch.setenv("HF_TOKEN", token)
    async with stage.play(LARGE, target=GATED, token=token) as pilot:
        if token == "hf_ann":
            await settled(pilot)
            await press(pilot, "tab.next")
        await sees(pilot, line)
        await sees(pilot, "discussions   0 open")
    tried = [request for request in hub.requests if request.path.endswith("/auth-check")]
    assert bool(tried) == bool(token)


async def test_they_are_asked_for_when_the_card_or_its_facts_are_seen(
    hub: LoopbackHub, stage: Stage
) -> None:
    discussions = "/api/models/acme/talks/discussions"
    async with stage.play(LARGE) as pilot:
        await settled(pilot)
        hubscope(pilot).visit(CardPlace(*TALKS, "Lineage"))
        await pilot.pause()
        await settled(pilot)
        await sees(pilot, "acme/talks")
        assert not hub.seen(discussions)
        await press(pilot, "tab.previous")
        await sees(pilot, "discussions   1 open")
        await press(pilot, "tab.next", "tab.previous")
        await settled(pilot)
    assert len(hub.seen(discussions)) == 1


async def test_a_problem_beside_the_card_is_not_the_cards(hub: LoopbackHub, stage: Stage) -> None:
    refused = hub.fault("/api/models/acme/talks/discussions", faults.respond(403), times=None)
    async with stage.play(LARGE, target=TALKS) as pilot:
        await settled(pilot)
        await press(pilot, "tab.next")
        await wait_for(pilot, lambda: refused.hits, "a refusal")
        await sees(pilot, "likes")
        assert reading(pilot).problem is None
        assert "discussions" not in screen_text(pilot.app)
