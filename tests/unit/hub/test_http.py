"""The network wire itself: caps, what is sent, and leaving without a wait."""

import gzip
import subprocess
import sys
import threading

import pytest

from tests.loopback import LoopbackHub, faults
from tests.loopback.answer import Answer
from tui.hub.http import HttpWire
from tui.hub.wire import BrokenOff, Wire
from tui.model import BadInput, Offline, Unreadable

CAP = 100_000


@pytest.fixture
def wire() -> Wire:
    return HttpWire()


async def body(wire: Wire, url: str, cap: int = CAP) -> bytes:
    try:
        return (await wire.get(url, {}, cap=cap, timeout=15)).body
    finally:
        await wire.close()


async def test_an_answer_has_lower_case_headers(loopback: LoopbackHub, wire: Wire) -> None:
    url = f"{loopback.url}/api/models?limit=1"
    answer = await wire.get(url, {"X-Own": "1"}, cap=CAP, timeout=15)
    assert (answer.status, answer.url) == (200, url)
    assert answer.headers["content-type"].startswith("application/json")
    assert "ratelimit" in answer.headers
    assert loopback.requests[0].headers["x-own"] == "1"
    await wire.close()


async def test_redirects_and_errors_are_answers(loopback: LoopbackHub, wire: Wire) -> None:
    loopback.fault("/api/models", faults.elsewhere("https://evil.example/"))
    loopback.fault("/api/models", 503)
    statuses = [
        (await wire.get(f"{loopback.url}/api/models", {}, cap=CAP, timeout=15)).status
        for _ in range(2)
    ]
    assert statuses == [302, 503]
    await wire.close()


async def test_gzip_is_unpacked(loopback: LoopbackHub, wire: Wire) -> None:
    whole = b"[" + b" " * 50_000 + b"]"
    packed = faults.respond(200, gzip.compress(whole), {"Content-Encoding": "gzip"})
    loopback.fault("/", packed)
    assert await body(wire, f"{loopback.url}/x") == whole
    assert loopback.requests[0].headers["accept-encoding"] == "gzip"


@pytest.mark.parametrize("packed", [True, False])
async def test_the_cap_holds_packed_and_unpacked(
    loopback: LoopbackHub, wire: Wire, packed: bool
) -> None:
    loopback.quirks.gzip = packed
    loopback.fault("/", faults.respond(200, b"a" * (50_000_000 if packed else CAP + 1)))
    with pytest.raises(Unreadable, match="over"):
        await body(wire, f"{loopback.url}/x")


async def test_a_packed_body_may_not_be_over_the_cap_either(
    loopback: LoopbackHub, wire: Wire
) -> None:
    padded = gzip.compress(b"[]") + b"\0" * (CAP + 1)
    loopback.fault("/", faults.respond(200, padded, {"Content-Encoding": "gzip"}))
    with pytest.raises(Unreadable):
        await body(wire, f"{loopback.url}/x")


async def test_no_cookie_is_kept(loopback: LoopbackHub, wire: Wire) -> None:
    def baked(answer: Answer) -> Answer:
        return answer.with_headers(Set_Cookie="token=x; Path=/")

    loopback.fault("/", baked, times=None)
    for _ in range(2):
        await wire.get(f"{loopback.url}/api/models?limit=1", {}, cap=CAP, timeout=15)
    assert all("cookie" not in sent.headers for sent in loopback.requests)
    await wire.close()


async def test_a_connection_cut_off(loopback: LoopbackHub, wire: Wire) -> None:
    loopback.fault("/", faults.hang_up)
    with pytest.raises(BrokenOff, match=r"127\.0\.0\.1"):
        await body(wire, f"{loopback.url}/x")


async def test_a_name_that_does_not_exist(wire: Wire) -> None:
    with pytest.raises(Offline, match=r"cannot find nowhere\.invalid"):
        await body(wire, "https://nowhere.invalid/api/models")


async def test_a_name_service_that_hangs(wire: Wire, monkeypatch: pytest.MonkeyPatch) -> None:
    released = threading.Event()
    monkeypatch.setattr("tui.hub.http.CONNECT_SECONDS", 0.01)
    monkeypatch.setattr("socket.getaddrinfo", lambda *_, **__: released.wait())
    with pytest.raises(Offline, match="cannot find"):
        await body(wire, "https://huggingface.co/api/models")
    released.set()


async def test_plain_http_where_tls_is_expected(loopback: LoopbackHub, wire: Wire) -> None:
    with pytest.raises(Offline, match="cannot reach"):
        await body(wire, loopback.url.replace("http:", "https:") + "/api/models")


async def test_an_unusable_proxy(monkeypatch: pytest.MonkeyPatch, wire: Wire) -> None:
    monkeypatch.setenv("HTTPS_PROXY", "nonsense://x y")
    with pytest.raises(Offline, match="HTTPS_PROXY"):
        await body(wire, "https://huggingface.co/")


async def test_headers_that_cannot_be_sent(loopback: LoopbackHub, wire: Wire) -> None:
    for value in ("a\nb", "é\ud800"):
        with pytest.raises(BadInput) as caught:
            await wire.get(f"{loopback.url}/x", {"x-own": value}, cap=CAP, timeout=15)
        assert value not in str(caught.value)
    await wire.close()


async def test_a_closed_wire_opens_again(loopback: LoopbackHub, wire: Wire) -> None:
    await wire.close()
    await body(wire, f"{loopback.url}/api/models?limit=1")
    assert await body(wire, f"{loopback.url}/api/models?limit=1")


def run(script: str) -> str:
    """What a program prints that must end by itself."""
    done = subprocess.run(
        [sys.executable, "-c", script], capture_output=True, text=True, timeout=60, check=True
    )
    return done.stdout.strip()


def test_the_http_stack_is_imported_by_the_first_request_only() -> None:
    script = (
        "import sys; from tui.hub.http import HttpWire; from tui.hub.client import Hub;"
        "Hub(HttpWire(), 'https://huggingface.co'); print('httpx2' in sys.modules)"
    )
    assert run(script) == "False"


ENDING = """
import asyncio, socket, threading
from tests.loopback import LoopbackHub, default_world
from tui.hub.client import Hub
from tui.hub.http import HttpWire

async def leave(endpoint, reached):
    hub = Hub(HttpWire(), endpoint)
    asked = asyncio.create_task(hub.detail("model", "Qwen/Qwen3-8B"))
    await asyncio.to_thread(reached.wait)
    await hub.close()
    print(type((await asyncio.gather(asked, return_exceptions=True))[0]).__name__)
"""


def test_a_program_ends_though_the_name_service_hangs() -> None:
    script = """
reached = threading.Event()
def look_up(*_, **__):
    reached.set()
    threading.Event().wait()
socket.getaddrinfo = look_up
asyncio.run(leave("https://huggingface.co", reached))
"""
    assert run(ENDING + script) == "Offline"


def test_a_program_ends_though_the_server_hangs() -> None:
    script = """
loopback = LoopbackHub(default_world()).start()
gate = loopback.gate("/api/models", in_body=True)
asyncio.run(leave(loopback.url, gate.arrived))
"""
    assert run(ENDING + script) == "Offline"
