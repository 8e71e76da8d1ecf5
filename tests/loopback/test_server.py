"""The server itself: limits, faults, gates, stop and start."""

import signal
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor

import httpx2
import pytest

from tests.loopback import LoopbackHub, default_world, faults
from tests.loopback.faults import Effect
from tests.loopback.limits import Limits
from tests.paths import CHECKOUT


def test_every_answer_counts_its_window_down(hub: LoopbackHub, client: httpx2.Client) -> None:
    told = [
        client.get(path).headers["ratelimit"]
        for path in (
            "/api/models?limit=1",
            "/api/models/no/such",
            "/api/models/acme/old-base",
            "/acme/base/resolve/main/README.md",
            "/acme/base/raw/main/README.md",
        )
    ]
    assert [text.rsplit(";", 1)[0] for text in told] == [
        '"api";r=499',
        '"api";r=498',
        '"api";r=497',
        '"resolvers";r=2999',
        '"pages";r=99',
    ]
    member = client.get("/api/models", headers={"Authorization": "Bearer hf_ann"})
    assert member.headers["ratelimit-policy"] == '"fixed window";"api";q=1000;w=300'


def test_a_used_up_window_refuses_until_the_next(hub: LoopbackHub, client: httpx2.Client) -> None:
    hub.limits.quotas["api"] = 2
    statuses = [client.get("/api/models?limit=1").status_code for _ in range(3)]
    assert statuses == [200, 200, 429]
    assert client.get("/acme/base/raw/main/README.md").status_code == 200  # another bucket
    refused = client.get("/api/models")
    assert refused.headers["ratelimit"].startswith('"api";r=0;t=')
    assert "rate limit" in refused.json()["error"]
    hub.limits.edge = True
    edge = client.get("/api/models")
    assert (edge.status_code, "ratelimit" in edge.headers) == (429, False)
    assert edge.text.startswith("<!DOCTYPE html>")
    hub.limits.begin_window()
    assert client.get("/api/models?limit=1").status_code == 200


def test_a_window_ends_by_its_clock(hub: LoopbackHub, client: httpx2.Client) -> None:
    now = [100.0]
    hub.limits = Limits(lambda: now[0])
    hub.limits.quotas["api"] = 1
    client.get("/api/models")
    now[0] += 299
    assert client.get("/api/models").headers["ratelimit"] == '"api";r=0;t=1'
    now[0] += 1
    assert client.get("/api/models").headers["ratelimit"] == '"api";r=0;t=300'


def test_a_fault_spoils_so_many_answers(hub: LoopbackHub, client: httpx2.Client) -> None:
    fault = hub.fault("/api/models?", 503, times=2)
    statuses = [client.get("/api/models?limit=1").status_code for _ in range(3)]
    assert (statuses, fault.hits) == ([503, 503, 200], 2)
    hub.fault(lambda request: request.one("search") == "x", faults.html_page(502), times=None)
    assert client.get("/api/models?search=x").headers["content-type"].startswith("text/html")
    assert client.get("/api/models?search=y").status_code == 200


@pytest.mark.parametrize("effect", [faults.half_body, faults.hang_up])
def test_a_connection_can_break(hub: LoopbackHub, client: httpx2.Client, effect: Effect) -> None:
    hub.fault("/api/models", effect)
    with pytest.raises(httpx2.RemoteProtocolError):
        client.get("/api/models")
    assert client.get("/api/models?limit=1").status_code == 200


@pytest.mark.parametrize(
    "effect",
    [faults.truncated_json, faults.empty_body, faults.garbage, faults.giant_integer],
)
def test_a_body_can_be_unreadable(hub: LoopbackHub, client: httpx2.Client, effect: Effect) -> None:
    hub.fault("/api/models", effect)
    answer = client.get("/api/models")
    assert answer.status_code == 200
    with pytest.raises(ValueError, match=r".+"):
        answer.json()


def test_a_body_can_be_strange(hub: LoopbackHub, client: httpx2.Client) -> None:
    for effect in (
        faults.huge(1 << 20),
        faults.deep(5000),
        faults.nan,
        faults.elsewhere("http://x/"),
    ):
        hub.fault("/api/models", effect)
    assert len(client.get("/api/models").content) == (1 << 20) + 2
    assert client.get("/api/models").content == b"[" * 5000 + b"]" * 5000
    assert b":NaN" in client.get("/api/models").content
    assert client.get("/api/models").headers["location"] == "http://x/"
    hub.fault("/api/models", faults.changed(lambda rows: rows[:1]))
    assert len(client.get("/api/models").json()) == 1


@pytest.mark.parametrize("in_body", [False, True])
def test_a_gate_holds_one_request_and_no_other(hub: LoopbackHub, in_body: bool) -> None:
    gate = hub.gate("/api/models/Qwen", in_body=in_body)
    with httpx2.Client(base_url=hub.url, timeout=20) as client, ThreadPoolExecutor(1) as pool:
        held = pool.submit(client.get, "/api/models/Qwen/Qwen3-8B")
        assert gate.arrived.wait(20)
        assert httpx2.get(f"{hub.url}/api/models?limit=1").status_code == 200
        assert not held.done()
        gate.open()
        assert held.result(20).json()["id"] == "Qwen/Qwen3-8B"


def test_stopping_refuses_and_starting_serves_the_same_port() -> None:
    hub = LoopbackHub(default_world()).start()
    url = hub.url
    gate = hub.gate("/api/models")
    with httpx2.Client(base_url=url, timeout=20) as client, ThreadPoolExecutor(1) as pool:
        held = pool.submit(client.get, "/api/models")
        assert gate.arrived.wait(20)
        hub.stop()
        with pytest.raises(httpx2.TransportError):
            held.result(20)
        with pytest.raises(httpx2.ConnectError):
            client.get("/api/models")
        hub.start()
        assert hub.url == url
        assert client.get("/api/models?limit=1").status_code == 200
    hub.stop()
    hub.stop()
    assert hub.crashes == []


def test_the_log_keeps_what_was_asked(hub: LoopbackHub, client: httpx2.Client) -> None:
    client.get("/api/models?expand=likes&expand[]=tags", headers={"X-Who": "me"})
    (request,) = hub.seen("/api/models")
    assert request.many("expand") == ["likes", "tags"]
    assert (request.method, request.path, request.headers["x-who"]) == ("GET", "/api/models", "me")
    assert hub.seen("/api/datasets") == []


def test_not_modified_is_a_switch(hub: LoopbackHub, client: httpx2.Client) -> None:
    etag = client.get("/api/models?limit=1").headers["etag"]
    assert etag.startswith('W/"')
    asked = {"If-None-Match": etag}
    assert client.get("/api/models?limit=1", headers=asked).status_code == 200
    hub.quirks.not_modified = True
    again = client.get("/api/models?limit=1", headers=asked)
    assert (again.status_code, again.content, again.headers["etag"]) == (304, b"", etag)
    assert client.get("/api/models?limit=2", headers=asked).status_code == 200


def test_bodies_are_compressed_for_who_accepts_it(hub: LoopbackHub, client: httpx2.Client) -> None:
    packed = client.get("/api/models")
    plain = client.get("/api/models", headers={"Accept-Encoding": "identity"})
    assert packed.headers["content-encoding"] == "gzip"
    assert "content-encoding" not in plain.headers
    assert packed.json() == plain.json()


def test_head_has_the_headers_and_no_body(client: httpx2.Client) -> None:
    head, get = client.head("/api/models?limit=1"), client.get("/api/models?limit=1")
    assert head.content == b""
    assert head.headers["content-length"] == get.headers["content-length"]


@pytest.mark.skipif(sys.platform == "win32", reason="there is no SIGINT to send")
def test_a_person_can_start_one() -> None:
    command = [sys.executable, "-m", "tests.loopback", "--port", "0"]
    root = CHECKOUT
    with subprocess.Popen(command, cwd=root, stdout=subprocess.PIPE, text=True) as served:
        assert served.stdout is not None
        try:
            url = served.stdout.readline().strip()
            assert httpx2.get(f"{url}/api/models?limit=3").links["next"]["url"].startswith(url)
            served.send_signal(signal.SIGINT)
            assert served.wait(20) == 0
        finally:
            served.kill()  # or leaving would wait for it for ever


def test_a_large_file_is_fetched_from_another_origin(
    hub: LoopbackHub, client: httpx2.Client
) -> None:
    with LoopbackHub() as other:
        hub.quirks.cdn = other.url
        client.get(
            "/Qwen/Qwen3-8B/resolve/main/onnx/model.onnx",
            headers={"Authorization": "Bearer hf_ann"},
            follow_redirects=True,
        )
        (request,) = other.seen("/xet-bridge-us/")
    assert "authorization" not in request.headers  # this client strips it; others are watched here
