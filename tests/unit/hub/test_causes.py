"""A line about a connection names the setting that is in force."""

from pathlib import Path

import pytest

from tests.loopback import LoopbackHub
from tui.hub import causes
from tui.hub.http import HttpWire
from tui.model import Offline

HUB = "https://huggingface.co/api/models"


@pytest.mark.parametrize(
    ("environ", "name"),
    [
        ({}, None),
        ({"HTTP_PROXY": "http://p:1"}, None),
        ({"HTTPS_PROXY": "http://p:1", "ALL_PROXY": "http://q:1"}, "HTTPS_PROXY"),
        ({"HTTPS_PROXY": "http://p:1", "https_proxy": "http://q:1"}, "https_proxy"),
        ({"ALL_PROXY": "http://q:1"}, "ALL_PROXY"),
    ],
)
def test_which_proxy_is_in_force(environ: dict[str, str], name: str | None) -> None:
    assert causes.proxy(HUB, environ) == name
    line = causes.unreachable(HUB, "huggingface.co", environ)
    assert (name or "HF_ENDPOINT") in line


def test_no_proxy_is_no_cause(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HTTPS_PROXY", "http://p:1")
    assert causes.proxy(HUB) == "HTTPS_PROXY"
    monkeypatch.setenv("NO_PROXY", "huggingface.co")
    assert causes.proxy(HUB) is None


def test_which_certificates_are_in_force(tmp_path: Path) -> None:
    assert "name its certificate in SSL_CERT_FILE" in causes.untrusted("h", {})
    for name in ("SSL_CERT_FILE", "SSL_CERT_DIR"):
        assert f"nothing in {name} vouches" in causes.untrusted("h", {name: "/x"})
        assert causes.unusable({name: str(tmp_path / "none")}).startswith(f"{name} names what")
    own = tmp_path / "own.pem"
    own.write_text("no certificate")
    assert causes.unusable({"SSL_CERT_FILE": str(own)}).startswith("SSL_CERT_FILE holds no cert")
    both = {"SSL_CERT_FILE": str(own), "HTTPS_PROXY": "http://"}
    assert causes.unusable(both).startswith("HTTPS_PROXY is no proxy's address")
    assert causes.unusable({"ALL_PROXY": "socks5://p:1"}).startswith("ALL_PROXY names a SOCKS")


@pytest.mark.parametrize("scheme", ["http", "https"])
@pytest.mark.parametrize(
    ("name", "value"), [("HTTPS_PROXY", "nonsense://x y"), ("ALL_PROXY", "a://")]
)
async def test_a_setting_that_cannot_be_used_is_named(
    monkeypatch: pytest.MonkeyPatch, loopback: LoopbackHub, scheme: str, name: str, value: str
) -> None:
    monkeypatch.setenv(name, value)
    wire = HttpWire()
    with pytest.raises(Offline, match=f"^{name} "):
        await wire.get(f"{scheme}{loopback.url[4:]}/api/models", {}, cap=1000, timeout=15)
    assert loopback.requests == []


async def test_certificates_are_read_for_https_alone(
    monkeypatch: pytest.MonkeyPatch, loopback: LoopbackHub
) -> None:
    monkeypatch.setenv("SSL_CERT_FILE", "/nowhere.pem")
    wire = HttpWire()
    url = f"{loopback.url}/api/models?limit=1"
    assert (await wire.get(url, {}, cap=100_000, timeout=15)).status == 200
    with pytest.raises(Offline, match=r"^SSL_CERT_FILE "):
        await wire.get(url.replace("http:", "https:"), {}, cap=100_000, timeout=15)
    assert len(loopback.requests) == 1
    await wire.close()


async def test_a_proxy_that_speaks_tls_shows_a_certificate_too(
    monkeypatch: pytest.MonkeyPatch, loopback: LoopbackHub
) -> None:
    monkeypatch.setenv("SSL_CERT_FILE", "/nowhere.pem")
    monkeypatch.setenv("HTTP_PROXY", "https://127.0.0.1:1")
    wire = HttpWire()
    with pytest.raises(Offline, match=r"^SSL_CERT_FILE "):
        await wire.get(f"{loopback.url}/api/models", {}, cap=1000, timeout=15)
    assert loopback.requests == []


async def test_a_proxy_that_is_not_there_is_named(
    monkeypatch: pytest.MonkeyPatch, closed_port: int
) -> None:
    monkeypatch.setenv("HTTPS_PROXY", f"http://127.0.0.1:{closed_port}")
    wire = HttpWire()
    with pytest.raises(Offline, match="through the proxy of HTTPS_PROXY"):
        await wire.get(HUB, {}, cap=1000, timeout=15)
    await wire.close()
