"""Days on which the Hub is there and not quite as the books say, told from the shell."""

import json
from pathlib import Path

import pytest

from tests.conftest import Shell
from tests.loopback import LoopbackHub, World

WHOAMI = "/api/whoami-v2"
GONE = frozenset({"childrenModelCount", "gguf", "usedStorage"})


def test_a_first_start_with_an_expired_login(hub: LoopbackHub, run: Shell, tmp_path: Path) -> None:
    told = run("trending", "--json", HF_TOKEN="hf_gone")
    assert told.code == 0
    assert json.loads(told.out)["rows"][0]["id"] == "Qwen/Qwen3-8B"
    assert told.err == (
        "hubscope: login in HF_TOKEN not recognised; renew or `unset HF_TOKEN` "
        "(asked as nobody till then)\n"
    )
    assert ["authorization" in request.headers for request in hub.requests] == [True, False]
    token = tmp_path / "hf" / "token"
    token.parent.mkdir()
    token.write_text("hf_older\n")
    told = run("show", "acme/manual-7b")
    assert told.code == 0
    (line,) = told.err.splitlines()
    assert line.startswith(f"hubscope: login in {token} not recognised; run `hf auth login`")
    assert "hf_older" not in told.out + told.err
    assert sum("authorization" in request.headers for request in hub.requests[2:]) == 1
    assert hub.seen(WHOAMI) == []


def test_a_morning_with_a_slow_whoami(hub: LoopbackHub, world: World, run: Shell) -> None:
    world.model("ann/plan", private=True, trendingScore=999, readme="# Plan\n")
    gate = hub.gate(WHOAMI)
    told = run("trending", "-q", HF_TOKEN="hf_ann")
    assert (told.code, told.err) == (0, "hubscope: 30 of more; --limit 0 for all\n")
    assert told.out.splitlines()[0] == "ann/plan"
    assert len(hub.seen(WHOAMI)) == 1
    assert hub.requests[0].path == "/api/models"  # nothing is asked before what was asked for
    told = run("show", "acme/base", HF_TOKEN="hf_ann")
    assert told.code == 0
    assert len(hub.seen(WHOAMI)) == 1
    gate.open()
    told = run("card", "ann/plan", HF_TOKEN="hf_ann")
    assert told.out == "# Plan\n"
    assert len(hub.seen(WHOAMI)) == 1  # that it was not told is remembered for minutes
    assert run("show", "ann/plan", "--offline").code == 5  # whose it is was never known


def test_a_hub_that_withdrew_three_names(hub: LoopbackHub, run: Shell) -> None:
    hub.quirks.withdrawn = GONE | {"baseModels"}
    told = run("show", "Qwen/Qwen3-8B", "--json")
    assert told.code == 0
    model = json.loads(told.out)["model"]
    assert (model["downloads"], model["params"]) == (10_000_000, 8_000_000_000)
    assert model["children"] is None
    (line,) = told.err.splitlines()
    assert "does not tell baseModels, childrenModelCount, gguf, usedStorage" in line
    assert len(hub.requests) == 2
    told = run("trending", "-q")
    assert told.code == 0
    assert told.out.splitlines()[0] == "Qwen/Qwen3-8B"
    assert "does not tell baseModels; what rests on it stays unknown" in told.err
    told = run("tree", "bob/Qwen3-8B-GGUF", "--json")
    assert told.code == 0
    assert [one["id"] for one in json.loads(told.out)["ancestors"]] == ["Qwen/Qwen3-8B"]


@pytest.mark.parametrize(
    ("token", "access", "words"),
    [
        ("hf_ann", True, "this login has access"),
        ("hf_bo", False, "no access: Access to model acme/manual-7b is restricted and you are"),
        ("hf_narrow", False, "no access: Please enable access to public gated repositories in"),
        ("", False, "log in to see whether you have access"),
    ],
)
def test_what_a_login_may_read_is_said_alike(
    hub: LoopbackHub, world: World, run: Shell, token: str, access: bool, words: str
) -> None:
    world.token("hf_narrow", "cy", narrow=True)
    told = run("show", "acme/manual-7b", "--json", HF_TOKEN=token)
    assert json.loads(told.out)["model"]["access"] is access
    assert len(hub.seen("/api/models/acme/manual-7b/auth-check")) == bool(token)
    assert not [request for request in hub.requests if "resolve" in request.path]
    text = run.terminal("show", "acme/manual-7b", "--offline", HF_TOKEN=token).out
    assert words in " ".join(text.split())


def test_stored_rows_stand_in_for_a_hub_that_says_nothing(hub: LoopbackHub, run: Shell) -> None:
    assert run("trending", "-q").code == 0
    hub.gate("/api/models")
    told = run("trending", "--tsv")
    assert told.code == 0
    assert "Qwen/Qwen3-8B" in told.out
    assert "no answer within 5 s; try again" in told.err
    assert "stored rows" in told.err
    assert 5 <= told.seconds < 10


def test_the_setting_in_force_is_named(run: Shell, closed_port: int) -> None:
    hub = {"HF_ENDPOINT": "https://huggingface.co"}
    for name, value in (
        ("SSL_CERT_FILE", "/nowhere.pem"),
        ("HTTPS_PROXY", f"http://127.0.0.1:{closed_port}"),
    ):
        told = run("trending", **hub, **{name: value})
        assert told.code == 5
        assert name in told.err
        assert told.seconds < 3
