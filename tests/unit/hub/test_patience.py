"""Waiting for the right time, and no longer: busy moments, windows, warnings, lost connections."""

import asyncio

import pytest

from tests.loopback import LoopbackHub, faults
from tests.unit.hub.conftest import LIST, Clock, client, refusal
from tui.hub import requests
from tui.hub.client import Hub
from tui.hub.http import HttpWire
from tui.hub.wire import Answer, Unreached
from tui.model import NoAccess, Offline, RateLimited


async def test_a_busy_moment_is_waited_out_at_the_keyboard(
    loopback: LoopbackHub, hub: Hub, clock: Clock
) -> None:
    loopback.fault("/api/models", faults.busy, times=2)
    assert (await hub.page(LIST, "model")).rows
    assert clock.slept == [1, 2]
    loopback.fault("/api/models", faults.busy, times=None)
    with pytest.raises(RateLimited) as caught:
        await hub.page(LIST, "model")
    assert caught.value.wait == 4  # and not the 241 s after which the window ends
    assert len(loopback.requests) == 6


async def test_a_strangers_window_in_a_cached_file_holds_nobody(
    loopback: LoopbackHub, hub: Hub, clock: Clock
) -> None:
    loopback.quirks.edge_cache = True
    for _ in range(3):
        assert (await hub.readme("model", "Qwen/Qwen3-8B")).value
    assert clock.slept == []
    assert hub.budget.waiting_until is None


async def test_a_refused_whoami_is_not_tried_again_and_holds_nothing(
    loopback: LoopbackHub, clock: Clock
) -> None:
    loopback.limits.logins = 0
    hub = client(loopback, clock, "hf_ann")
    with pytest.raises(RateLimited):
        await hub.whoami("background")
    assert (await hub.page(LIST, "model", "background")).rows
    assert clock.slept == []
    assert len(loopback.seen("/api/whoami-v2")) == 1
    await hub.close()


async def test_an_unknown_login_is_told_by_whoami_in_one_request(
    loopback: LoopbackHub, clock: Clock
) -> None:
    hub = client(loopback, clock, "hf_gone")
    with pytest.raises(NoAccess, match="not recognised"):
        await hub.whoami()
    assert len(loopback.requests) == 1
    await hub.close()


async def test_a_warning_of_the_hub_is_one_clean_line(loopback: LoopbackHub, clock: Clock) -> None:
    told: list[str] = []
    loopback.quirks.warning = "old-client; Please update.\x1b[31m"
    hub = Hub(HttpWire(), loopback.url, tell=told.append, clock=clock)
    await hub.page(LIST, "model")
    await hub.close()
    assert told == [f"{loopback.url[7:]} says: old-client; Please update.\ufffd[31m"]


class Flaky:
    """A wire whose first connections do not come about."""

    def __init__(self, *troubles: Offline) -> None:
        self.troubles = list(troubles)
        self.tries = 0

    async def get(self, url: str, headers: dict[str, str], *, cap: int, timeout: float) -> Answer:  # noqa: ASYNC109
        self.tries += 1
        if self.troubles:
            raise self.troubles.pop(0)
        return Answer(200, {}, b"[]", url)

    async def close(self) -> None:
        await asyncio.sleep(0)


def flaky(clock: Clock, *troubles: Offline) -> tuple[Flaky, Hub]:
    wire = Flaky(*troubles)
    return wire, Hub(wire, "https://hub.example", clock=clock, sleep=clock.sleep)


async def test_a_first_offline_is_tried_once_more(clock: Clock) -> None:
    wire, hub = flaky(clock, Unreached("gone; wait"))
    assert (await hub.page(LIST, "model")).rows == ()
    assert (wire.tries, clock.slept) == (2, [requests.RECONNECT])
    wire.troubles = [Unreached("gone; wait")] * 3
    await refusal(hub, Unreached)
    assert wire.tries == 4
    await refusal(hub, Unreached)  # that it is gone is known
    assert wire.tries == 5
    assert (await hub.page(LIST, "model")).rows == ()
    wire.troubles = [Unreached("gone; wait")]
    assert (await hub.page(LIST, "model")).rows == ()  # it was there in between
    assert wire.tries == 8


async def test_what_took_its_time_already_is_not_tried_again(clock: Clock) -> None:
    wire, hub = flaky(clock, Offline("no connection in time; wait"))
    await refusal(hub, Offline)
    assert (wire.tries, clock.slept) == (1, [])


def test_a_connection_has_as_long_as_the_official_client_gives_it() -> None:
    from tui.hub import http

    assert http.CONNECT_SECONDS == 10
    assert requests.TRY_SECONDS > http.CONNECT_SECONDS
