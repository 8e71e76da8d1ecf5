"""Whose an answer is: asked for once, after what it is for, and never in the way of it."""

import asyncio
from collections.abc import AsyncIterator

import pytest

from tests.loopback import LoopbackHub, World
from tests.unit.ask.conftest import Clock, Make
from tui.ask import sources
from tui.ask.lists import trending
from tui.ask.repo import card, files, show
from tui.model import Lens, Query, View

WHOAMI = "/api/whoami-v2"
LENS = Lens()


async def last(stream: AsyncIterator[View]) -> View:
    *_, view = [view async for view in stream]
    return view


@pytest.fixture
def private(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    """A private repo on top of the list of the login in force."""
    monkeypatch.setenv("HF_TOKEN", "hf_ann")
    world.model("ann/plan", private=True, trendingScore=999, readme="# Plan")


@pytest.mark.usefixtures("private")
async def test_what_all_may_see_needs_no_account(
    hub: LoopbackHub, world: World, make: Make
) -> None:
    login = make(token="hf_ann")
    for kind, repo_id in (("model", "acme/base"), ("dataset", "acme/exam")):
        await last(card.stream(login, kind, repo_id))
        await last(files.stream(login, kind, repo_id))
    await last(trending.stream(login, Query(kind="space")))
    assert hub.seen(WHOAMI) == []


@pytest.mark.usefixtures("private")
async def test_the_account_is_asked_for_once_and_after_the_answer(
    hub: LoopbackHub, make: Make
) -> None:
    login = make(token="hf_ann")
    stream = trending.stream(login, Query())
    shown = await anext(stream)
    assert shown.rows[0].repo.id == "ann/plan"
    assert hub.seen(WHOAMI) == []
    assert [view async for view in stream] == []
    await asyncio.gather(
        last(card.stream(login, "model", "ann/plan")),
        last(files.stream(login, "model", "ann/plan")),
    )
    assert len(hub.seen(WHOAMI)) == 1
    assert login.who == "ann"
    again = make(token="hf_ann", offline=True)
    assert card.peek(again, "model", "ann/plan") is not None
    assert trending.peek(again, Query()).rows[0].repo.id == "ann/plan"  # type: ignore[union-attr]
    await last(card.stream(make(token="hf_ann"), "model", "ann/plan"))
    assert len(hub.seen(WHOAMI)) == 1


@pytest.mark.usefixtures("private")
async def test_a_failure_is_remembered_for_minutes_by_later_starts_too(
    hub: LoopbackHub, make: Make, clock: Clock
) -> None:
    hub.limits.logins = 0
    login = make(token="hf_ann")
    for _ in range(2):
        view = await last(card.stream(login, "model", "ann/plan"))
        assert view.rows[0].readme.strip() == "# Plan"
        assert view.problems == ()
    assert len(hub.seen(WHOAMI)) == 1
    clock.now += 300
    await last(card.stream(make(token="hf_ann"), "model", "ann/plan"))
    assert len(hub.seen(WHOAMI)) == 1
    assert card.peek(make(offline=True), "model", "ann/plan") is None
    hub.limits.logins = None
    clock.now += 301
    await last(card.stream(make(token="hf_ann"), "model", "ann/plan"))
    assert len(hub.seen(WHOAMI)) == 2
    assert card.peek(make(token="hf_ann", offline=True), "model", "ann/plan") is not None


@pytest.mark.usefixtures("private")
async def test_a_slow_whoami_delays_no_row(
    hub: LoopbackHub, make: Make, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sources, "ACCOUNT_SECONDS", 0.05)
    gate = hub.gate(WHOAMI)
    login = make(token="hf_ann")
    assert (await last(trending.stream(login, Query()))).rows[0].repo.id == "ann/plan"
    assert (await last(card.stream(login, "model", "ann/plan"))).rows[0].readme
    assert trending.peek(make(offline=True), Query()).rows[0].repo.id != "ann/plan"  # type: ignore[union-attr]
    assert len(hub.seen(WHOAMI)) == 1
    gate.open()
    monkeypatch.setattr(sources, "ACCOUNT_SECONDS", 10)
    assert await login.account() == "ann"
    await last(card.stream(login, "model", "ann/plan"))
    assert card.peek(make(token="hf_ann", offline=True), "model", "ann/plan") is not None
    assert len(hub.seen(WHOAMI)) == 1


async def test_an_expired_login_goes_on_as_nobody_and_keeps_what_all_may_see(
    hub: LoopbackHub, make: Make, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("HF_TOKEN", "hf_gone")
    login = make(token="hf_gone")
    assert (await last(trending.stream(login, Query()))).rows
    view = await last(show.stream(login, "model", "acme/manual-7b"))
    assert view.rows[0].access is False
    assert (login.token, login.who) == (None, "")
    assert ["authorization" in request.headers for request in hub.requests] == [
        True,
        *[False] * (len(hub.requests) - 1),
    ]
    (line,) = login.store.notices
    assert line.startswith("login in HF_TOKEN not recognised; renew or `unset HF_TOKEN`")
    assert trending.peek(make(offline=True), Query()) is not None


@pytest.mark.parametrize(
    ("token", "repo_id", "access"),
    [
        ("hf_ann", "acme/manual-7b", True),
        ("hf_bo", "acme/manual-7b", False),
        (None, "acme/manual-7b", False),
        (None, "acme/base", True),
        ("hf_ann", "acme/base", True),
        ("hf_ann", "acme/disabled", None),
    ],
)
async def test_access_is_asked_for_at_a_gate_alone(
    hub: LoopbackHub,
    make: Make,
    monkeypatch: pytest.MonkeyPatch,
    token: str | None,
    repo_id: str,
    access: bool | None,
) -> None:
    if token:
        monkeypatch.setenv("HF_TOKEN", token)
    view = await last(show.stream(make(token=token), "model", repo_id))
    assert view.rows[0].access is access
    gate = token is not None and repo_id == "acme/manual-7b"
    asked = hub.seen(f"/api/models/{repo_id}/auth-check")
    assert len(asked) == gate
    if gate:
        stored = show.peek(make(token=token, offline=True), "model", repo_id)
        assert stored is not None
        assert stored.rows[0].access is access
