"""What is told beside a card: open discussions, and whether this login is behind the gate."""

from collections.abc import AsyncIterator

import pytest

from tests.loopback import LoopbackHub, faults
from tests.unit.ask.conftest import NOW, Clock, Make
from tui.ask.repo import extras
from tui.ask.repo.extras import Extras
from tui.ask.sources import Sources
from tui.model import Repo, View

TALKS = Repo("acme/talks", gated=False, private=False)
MANUAL = Repo("acme/manual-7b", gated="manual", private=False)
FORM = Repo("acme/form", "dataset", gated="manual", private=False)
GATE = "/api/models/acme/manual-7b/auth-check"


async def views(stream: AsyncIterator[View]) -> list[View]:
    return [view async for view in stream]


async def told(sources: Sources, repo: Repo) -> Extras:
    *_, last = await views(extras.stream(sources, repo))
    found: Extras = last.rows[0]
    return found


def login(make: Make, monkeypatch: pytest.MonkeyPatch, token: str) -> Sources:
    monkeypatch.setenv("HF_TOKEN", token)
    return make(token=token)


async def test_open_discussions_are_counted_and_stored_with_their_age(
    hub: LoopbackHub, make: Make, clock: Clock
) -> None:
    assert await told(make(), TALKS) == Extras(discussions=(1, NOW))
    (asked,) = hub.requests
    assert asked.target == "/api/models/acme/talks/discussions?status=open"
    clock.now += 500
    (stored,) = await views(extras.stream(make(offline=True), TALKS))
    assert stored.rows == (Extras(discussions=(1, NOW)),)
    assert (stored.source, stored.as_of, stored.stale) == ("cache", NOW, True)
    assert len(hub.requests) == 1
    hub.world.repos["models"]["acme/talks"].discuss("More?")
    first, second = await views(extras.stream(make(), TALKS))
    assert first.rows == stored.rows
    assert second.rows == (Extras(discussions=(2, NOW + 500)),)


@pytest.mark.parametrize(("token", "allowed"), [("hf_ann", True), ("hf_bo", False)])
async def test_a_gate_is_tried_without_reading_a_file(
    hub: LoopbackHub, make: Make, monkeypatch: pytest.MonkeyPatch, token: str, allowed: bool
) -> None:
    access = (await told(login(make, monkeypatch, token), MANUAL)).access
    assert access is not None
    assert (access[0].allowed, access[1]) == (allowed, NOW)
    assert ("not in the authorized list" in (access[0].why or "")) is not allowed
    targets = [request.target for request in hub.requests]
    assert len(targets) == len(set(targets))
    assert [target for target in targets if target.endswith("auth-check")] == [GATE]
    assert not [target for target in targets if "/resolve/" in target]


async def test_a_gate_is_nobodys_without_a_login(hub: LoopbackHub, sources: Sources) -> None:
    assert await told(sources, MANUAL) == Extras(discussions=(0, NOW))
    assert [request.path for request in hub.requests] == ["/api/models/acme/manual-7b/discussions"]


async def test_a_gate_without_anything_else_to_tell_asks_for_nothing(
    hub: LoopbackHub, sources: Sources
) -> None:
    assert await views(extras.stream(sources, FORM)) == []
    assert hub.requests == []


async def test_no_gate_is_tried_where_there_is_none(
    hub: LoopbackHub, make: Make, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert (await told(login(make, monkeypatch, "hf_ann"), TALKS)).access is None
    assert not [request for request in hub.requests if "auth-check" in request.path]


async def test_a_gated_dataset_has_no_discussions_here(
    hub: LoopbackHub, make: Make, monkeypatch: pytest.MonkeyPatch
) -> None:
    found = await told(login(make, monkeypatch, "hf_bo"), FORM)
    assert found.discussions is None
    assert found.access is not None
    assert not found.access[0].allowed
    assert not [request for request in hub.requests if "discussions" in request.path]


async def test_access_is_stored_for_its_account_alone(
    hub: LoopbackHub, make: Make, monkeypatch: pytest.MonkeyPatch
) -> None:
    fresh = await told(login(make, monkeypatch, "hf_ann"), MANUAL)
    again = extras.peek(make(token="hf_ann", offline=True), MANUAL)
    assert again is not None
    assert again.rows == (fresh,)
    await told(login(make, monkeypatch, "hf_bo"), FORM)  # so that who he is is known
    asked = len(hub.requests)
    for token in ("hf_bo", None):
        other = extras.peek(make(token=token, offline=True), MANUAL)
        assert other is not None
        assert other.rows == (Extras(discussions=(0, NOW)),)
    assert len(hub.requests) == asked


async def test_a_gate_that_was_taken_away_leaves_nothing_to_say(
    make: Make, monkeypatch: pytest.MonkeyPatch
) -> None:
    sources = login(make, monkeypatch, "hf_ann")
    await told(sources, MANUAL)
    stored = extras.peek(sources, MANUAL._replace(gated=False))
    assert stored is not None
    assert stored.rows[0].access is None


@pytest.mark.parametrize("effect", [faults.garbage, faults.respond(403), faults.respond(404)])
async def test_what_is_not_told_stays_as_stored(
    hub: LoopbackHub, make: Make, effect: faults.Effect
) -> None:
    talks = "/api/models/acme/talks/discussions"
    fault = hub.fault(talks, effect, times=None)
    assert await views(extras.stream(make(), TALKS)) == []
    fault.times = 0
    await told(make(), TALKS)
    fault.times = None
    (stored,) = await views(extras.stream(make(), TALKS))
    assert stored.rows == (Extras(discussions=(1, NOW)),)


@pytest.mark.parametrize("effect", [faults.respond(404), faults.respond(418)])
async def test_an_answer_that_decides_nothing_about_the_gate_is_not_kept(
    hub: LoopbackHub, make: Make, monkeypatch: pytest.MonkeyPatch, effect: faults.Effect
) -> None:
    hub.fault(GATE, effect, times=None)
    sources = login(make, monkeypatch, "hf_ann")
    assert await told(sources, MANUAL) == Extras(discussions=(0, NOW))
    stored = extras.peek(sources, MANUAL)
    assert stored is not None
    assert stored.rows[0].access is None


async def test_the_sample_is_asked_for_nothing(hub: LoopbackHub, make: Make) -> None:
    sources = make()
    sources.universe = "sample"
    assert await views(extras.stream(sources, TALKS)) == []
    assert hub.requests == []


@pytest.mark.parametrize("text", ["no JSON", "true", "[1]", '"1"'])
async def test_a_stored_count_that_is_none_is_not_shown(sources: Sources, text: str) -> None:
    sources.store.cache.put_body("discussions model acme/talks", "", text, 1.0)
    assert extras.peek(sources, TALKS) is None
