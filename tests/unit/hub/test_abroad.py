"""Pictures of other hosts: whom nobody agreed to is not asked, and no private network is."""

import shutil
import ssl
import subprocess
from collections.abc import AsyncIterator
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path
from threading import Thread

import pytest

from tests.loopback import LoopbackHub, faults
from tui.hub import abroad
from tui.hub.http import HttpWire
from tui.model import NotFound, Offline, OtherHost, Problem, TimedOut, Unreadable

HERE = "127.0.0.1"


@pytest.fixture(autouse=True)
def _loopback(monkeypatch: pytest.MonkeyPatch) -> None:
    """Another host is a port of this machine; its other addresses count as a private network."""
    monkeypatch.setattr(abroad, "SCHEMES", ("http", "https"))
    monkeypatch.setattr(abroad, "is_public", lambda address: address == HERE)


@pytest.fixture
async def wire() -> AsyncIterator[HttpWire]:
    made = HttpWire()
    yield made
    await made.close()


async def ask(wire: HttpWire, url: str, *agreed: str, cap: int = 1000) -> bytes:
    return await abroad.picture(wire, url, agreed or (HERE,), cap)


async def test_nothing_but_the_address_goes_there(loopback: LoopbackHub, wire: HttpWire) -> None:
    loopback.fault("/a.png", faults.respond(200, b"picture"))
    assert await ask(wire, f"{loopback.url}/a.png?x=1") == b"picture"
    [request] = loopback.requests
    assert request.target == "/a.png?x=1"
    assert request.headers["host"] == loopback.url.removeprefix("http://")
    assert request.headers.keys() <= {
        *("host", "accept", "accept-encoding", "connection", "user-agent")
    }


async def test_a_host_is_agreed_to_before_it_is_asked(
    loopback: LoopbackHub, wire: HttpWire
) -> None:
    with pytest.raises(OtherHost, match=r"lies on 127\.0\.0\.1, which was not agreed to") as told:
        await ask(wire, f"{loopback.url}/a.png", "example.org")
    assert told.value.host == HERE
    assert loopback.requests == []


async def test_a_redirect_elsewhere_is_agreed_to_again(
    loopback: LoopbackHub, wire: HttpWire
) -> None:
    there = loopback.url.replace(HERE, "localhost")
    loopback.fault("/a.png", faults.elsewhere(f"{there}/b.png"))
    with pytest.raises(OtherHost, match="lies on localhost"):
        await ask(wire, f"{loopback.url}/a.png")
    assert [one.path for one in loopback.requests] == ["/a.png"]


@pytest.mark.parametrize("target", ["http://127.0.0.2:{port}/b", "http://[::1]:{port}/b"])
async def test_a_redirect_into_a_private_network_is_not_followed(
    loopback: LoopbackHub, wire: HttpWire, target: str
) -> None:
    loopback.fault("/a.png", faults.elsewhere(target.format(port=loopback.port)))
    with pytest.raises(Unreadable, match="leads into a private network; it is not asked"):
        await ask(wire, f"{loopback.url}/a.png", HERE, "127.0.0.2", "::1")
    assert len(loopback.requests) == 1


@pytest.mark.parametrize(
    "target", ["file:///etc/passwd", "ftp://127.0.0.1/", "http://u:p@127.0.0.1/", "http://[::1"]
)
async def test_a_redirect_to_no_https_address_is_not_followed(
    loopback: LoopbackHub, wire: HttpWire, target: str
) -> None:
    loopback.fault("/a.png", faults.elsewhere(target))
    with pytest.raises(Unreadable):
        await ask(wire, f"{loopback.url}/a.png")
    assert len(loopback.requests) == 1


async def test_circles_and_refusals_are_one_line(loopback: LoopbackHub, wire: HttpWire) -> None:
    loopback.fault("/a.png", faults.elsewhere(f"{loopback.url}/a.png"), times=None)
    with pytest.raises(Unreadable, match="in circles"):
        await ask(wire, f"{loopback.url}/a.png")
    loopback.fault("/b.png", faults.respond(500, b""))
    with pytest.raises(Problem, match="answered 500"):
        await ask(wire, f"{loopback.url}/b.png")
    with pytest.raises(NotFound):
        await ask(wire, f"{loopback.url}/nothing.png")


async def test_a_body_without_an_end_is_given_up(
    loopback: LoopbackHub, wire: HttpWire, monkeypatch: pytest.MonkeyPatch
) -> None:
    loopback.fault("/a.png", faults.respond(200, b"x" * 5000))
    with pytest.raises(Unreadable, match="it was not read"):
        await ask(wire, f"{loopback.url}/a.png")
    monkeypatch.setattr(abroad, "SECONDS", 0.3)
    loopback.fault("/b.png", faults.respond(200, b"x" * 900))
    gate = loopback.gate("/b.png", in_body=True)
    with pytest.raises(TimedOut):
        await ask(wire, f"{loopback.url}/b.png")
    gate.open()


async def test_a_name_that_is_none_is_one_line(wire: HttpWire) -> None:
    with pytest.raises(Offline, match=r"cannot find no-such-host\.invalid"):
        await ask(wire, "https://no-such-host.invalid/a.png", "no-such-host.invalid")


@pytest.mark.parametrize(
    ("address", "public"),
    [
        ("93.184.215.14", True),
        ("2606:2800:21f:cb07:6820:80da:af6b:8b2c", True),
        ("127.0.0.1", False),
        ("10.1.2.3", False),
        ("192.168.0.1", False),
        ("172.16.0.1", False),
        ("169.254.169.254", False),
        ("100.64.0.1", False),
        ("0.0.0.0", False),
        ("224.0.0.1", False),
        ("::1", False),
        ("fe80::1%eth0", False),
        ("fd00::1", False),
        ("::ffff:10.0.0.1", False),
        ("2002:0a00:0001::1", False),
        ("nonsense", False),
    ],
)
def test_what_counts_as_public(address: str, public: bool, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.undo()
    assert abroad.is_public(address) is public


@pytest.fixture
def certificate(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> ssl.SSLContext:
    """That of pictures.example, trusted here and now."""
    if not (openssl := shutil.which("openssl")):
        pytest.skip("no openssl to make a certificate with")
    key, made = tmp_path / "key.pem", tmp_path / "cert.pem"
    words = f"req -x509 -newkey rsa:2048 -nodes -days 2 -keyout {key} -out {made} -subj /CN=x"
    names = ["-addext", "subjectAltName=DNS:pictures.example"]
    subprocess.run([openssl, *words.split(), *names], check=True, capture_output=True)
    monkeypatch.setenv("SSL_CERT_FILE", str(made))
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(made, key)
    return context


async def test_the_address_is_pinned_and_the_certificate_is_the_hosts(
    certificate: ssl.SSLContext,
) -> None:
    server = HTTPServer((HERE, 0), _Picture)
    server.socket = certificate.wrap_socket(server.socket, server_side=True)
    Thread(target=server.serve_forever, args=(0.02,), daemon=True).start()
    made, port = HttpWire(), server.server_port
    try:
        url = f"https://pictures.example:{port}/a.png"  # a name that no name service knows
        answer = await made.get_at(HERE, url, {}, cap=100, timeout=5.0)
        assert answer.body == f"pictures.example:{port}".encode()
        other = f"https://other.example:{port}/"
        with pytest.raises(Offline, match=r"cannot trust other\.example"):
            await made.get_at(HERE, other, {}, cap=100, timeout=5.0)
    finally:
        await made.close()
        server.shutdown()
        server.server_close()


class _Picture(BaseHTTPRequestHandler):
    """Answers with the host that it was asked as."""

    def do_GET(self) -> None:
        body = self.headers["Host"].encode()
        self.send_response(200)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, format: str, *args: object) -> None:
        """Say nothing."""
