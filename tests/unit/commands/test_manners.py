"""How the Hub is asked: no request twice, none that counts as a download, no token elsewhere."""

import json
from pathlib import Path

import pytest

from tests.conftest import Shell
from tests.loopback import LoopbackHub, World, default_world, faults

WITHOUT_SOCKETS = """
import socket

class Banned(socket.socket):
    def __init__(self, *args, **kwargs):
        raise AssertionError("a socket was opened")

def refuse(*args, **kwargs):
    raise AssertionError("a name was looked up")

socket.socket = Banned
socket.getaddrinfo = refuse
"""
COMMANDS = [
    ("trending", "--limit", "30"),
    ("search", "qwen"),
    ("show", "Qwen/Qwen3-8B"),
    ("show", "datasets/acme/exam"),
    ("show", "spaces/ann/show-docker"),
    ("files", "Qwen/Qwen3-8B"),
    ("card", "Qwen/Qwen3-8B"),
]


@pytest.fixture
def unplugged(run: Shell) -> Shell:
    """The command, which fails where it opens a socket."""
    return run.beside(WITHOUT_SOCKETS)


def test_no_request_is_sent_twice_and_none_counts_as_a_download(
    hub: LoopbackHub, run: Shell
) -> None:
    seen = []
    for words in COMMANDS:
        hub.requests.clear()
        assert run(*words).code == 0
        asked = [request.target for request in hub.requests]
        assert asked
        assert len(asked) == len(set(asked))
        seen += hub.requests
    assert len(asked) == 2  # a README lies behind a redirect of the Hub
    resolved = {request.path for request in seen if "/resolve/" in request.path}
    assert resolved == {"/Qwen/Qwen3-8B/resolve/main/README.md"}
    assert {request.method for request in seen} == {"GET"}


def test_who_the_login_is_gets_asked_once(hub: LoopbackHub, run: Shell) -> None:
    for _ in range(2):
        assert run("trending", HF_TOKEN="hf_ann").code == 0
    assert run("card", "acme/secret", HF_TOKEN="hf_ann").code == 0
    assert len(hub.seen("/api/whoami-v2")) == 1
    assert run("trending", HF_TOKEN="hf_bo").code == 0
    assert len(hub.seen("/api/whoami-v2")) == 1  # nothing of his own came


def test_the_token_goes_with_every_request_to_the_endpoint(hub: LoopbackHub, run: Shell) -> None:
    for words in COMMANDS:
        run(*words, HF_TOKEN="hf_ann")
    sent = {request.headers.get("authorization") for request in hub.requests}
    assert sent == {"Bearer hf_ann"}


def test_a_redirect_to_another_origin_is_followed_as_nobody(hub: LoopbackHub, run: Shell) -> None:
    with LoopbackHub(default_world()) as other:
        hub.fault("/api/models", faults.elsewhere(f"{other.url}/api/models"), times=None)
        told = run("trending", HF_TOKEN="hf_ann")
        assert told.code == 0
        assert f"sends its questions on to {other.url}" in told.err
        assert "set HF_ENDPOINT to that address" in told.err
        assert "hf_ann" not in told.err
        assert [request for request in other.requests if "authorization" in request.headers] == []


def test_the_next_page_is_asked_of_the_endpoint_whatever_the_link_names(
    world: World, hub: LoopbackHub, run: Shell
) -> None:
    for number in range(150):
        world.model(f"many/model-{number:03}", trendingScore=500 - number)
    hub.quirks.own_links = False  # the links name https://huggingface.co
    hub.quirks.short_pages = True
    told = run("trending", "--limit", "120", "-q", HF_TOKEN="hf_ann")
    assert told.out.split() == [f"many/model-{number:03}" for number in range(120)]
    assert len(hub.seen("/api/models")) == 2


def test_a_login_on_disk_is_used_and_told_nobody(
    hub: LoopbackHub, run: Shell, tmp_path: Path
) -> None:
    (tmp_path / "hf").mkdir()
    (tmp_path / "hf" / "token").write_text("hf_ann\n")
    told = run("show", "acme/secret", "--json")
    assert told.code == 0
    assert json.loads(told.out)["model"]["id"] == "acme/secret"
    kept = [path for path in (tmp_path / "home").rglob("*") if path.is_file()]
    assert kept
    assert not any(b"hf_ann" in path.read_bytes() for path in kept)


def test_a_private_card_is_kept_for_its_owner_alone(hub: LoopbackHub, run: Shell) -> None:
    assert run("card", "acme/secret", HF_TOKEN="hf_ann").out == "# acme/secret\n"
    hub.stop()
    assert run("card", "acme/secret", HF_TOKEN="hf_ann").out == "# acme/secret\n"
    assert run("card", "acme/secret").code == 5
    assert run("card", "acme/secret", HF_TOKEN="hf_bo").code == 5


@pytest.mark.parametrize("command", ["card", "files"])
def test_what_may_be_private_is_not_kept_while_nobody_knows_whose(
    hub: LoopbackHub, run: Shell, command: str
) -> None:
    hub.fault("/api/whoami-v2", 404, times=None)
    assert run(command, "acme/secret", HF_TOKEN="hf_ann").code == 0
    hub.stop()
    assert run(command, "acme/secret").code == 5


def test_the_ban_on_sockets_bites(hub: LoopbackHub, unplugged: Shell) -> None:
    told = unplugged("trending")
    assert told.code != 0
    assert "AssertionError: a " in told.err


def test_offline_opens_no_socket(hub: LoopbackHub, run: Shell, unplugged: Shell) -> None:
    fresh = [run(*words, "--tsv").out for words in COMMANDS]
    hub.requests.clear()
    for switch in ("HF_HUB_OFFLINE", "TRANSFORMERS_OFFLINE"):
        for words, expected in zip(COMMANDS, fresh):
            told = unplugged(*words, "--tsv", **{switch: "1", "HF_TOKEN": "hf_ann"})
            assert told.code == 0, told.err
            assert told.out == expected
    assert unplugged("trending", "--offline").code == 0
    assert hub.requests == []
