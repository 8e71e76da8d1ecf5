"""Every trouble is one line on standard error and an exit code; standard output stays empty."""

import json
import os
import socket
from collections.abc import Iterator

import pytest

from tests.conftest import Ran, Shell
from tests.loopback import LoopbackHub, faults
from tests.spoken import Said, say
from tui import cli
from tui.commands import _answer as answer

USAGE, MISSING, CLOSED, OFFLINE, LIMITED = 2, 3, 4, 5, 6
AT_ONCE = 3.0  # seconds that a one-shot may take to see that it is unplugged


def refused(told: Ran | Said, code: int, *words: str) -> None:
    """One line in the project's form, holding these words, and nothing else."""
    assert (told.code, told.out) == (code, ""), told
    lines = told.err.splitlines()
    assert len(lines) == 1, told.err
    assert lines[0].startswith("hubscope: ")
    assert lines[0].isprintable()
    for word in words:
        assert word in lines[0]


@pytest.fixture
def black_hole() -> Iterator[str]:
    """An endpoint that neither takes a connection nor refuses it: its queue is full."""
    waiting: list[socket.socket] = []
    with socket.socket() as listening:
        listening.bind(("127.0.0.1", 0))
        listening.listen(0)
        host, port = listening.getsockname()
        for _ in range(4):
            waiting.append(socket.socket())
            waiting[-1].setblocking(False)
            waiting[-1].connect_ex((host, port))
        yield f"http://{host}:{port}"
        for one in waiting:
            one.close()


@pytest.mark.parametrize(
    "words",
    [("trending",), ("search", "qwen"), ("show", "acme/base"), ("card", "acme/base")],
    ids=lambda words: words[0],
)
def test_the_hub_gone_and_nothing_stored(run: Shell, words: tuple[str, ...]) -> None:
    told = run(*words, "--json")
    refused(told, OFFLINE, "cannot reach")
    assert told.seconds < AT_ONCE


def test_a_name_that_nobody_knows(run: Shell) -> None:
    told = run("trending", HF_ENDPOINT="http://hub.invalid")
    refused(told, OFFLINE, "hub.invalid")


def test_a_machine_that_takes_no_connection(run: Shell, black_hole: str) -> None:
    told = run("trending", HF_ENDPOINT=black_hole)
    refused(told, OFFLINE, "no connection in time")
    assert 10 <= told.seconds < 6 * AT_ONCE  # the wait of a connection, not that of an answer


def test_offline_by_choice_and_nothing_stored(hub: LoopbackHub, run: Shell) -> None:
    refused(run("trending", "--offline"), OFFLINE, "nothing stored")
    refused(run("show", "acme/base", HF_HUB_OFFLINE="1"), OFFLINE, "nothing stored")
    assert hub.requests == []


@pytest.mark.parametrize("repo_id", ["acme/never-was", "acme/secret"])
@pytest.mark.parametrize("command", ["show", "card"])
def test_missing_and_private_look_the_same(
    hub: LoopbackHub, run: Shell, command: str, repo_id: str
) -> None:
    refused(run(command, repo_id), MISSING, repo_id, "does not exist, or is private")


def test_a_repo_without_a_card_is_told_from_a_missing_repo(hub: LoopbackHub, run: Shell) -> None:
    told = run("card", "bare/no-card")
    refused(told, MISSING, "bare/no-card has no README", "hubscope show")
    assert "private" not in told.err
    assert "name" not in told.err


def test_gated_content_and_its_open_facts(hub: LoopbackHub, run: Shell) -> None:
    hub.quirks.gated_readme = False
    refused(run("card", "acme/manual-7b"), CLOSED, "acme/manual-7b", "gated", "hf auth login")
    refused(run("card", "acme/manual-7b", HF_TOKEN="hf_bo"), CLOSED, "ask for access")
    assert run("card", "acme/manual-7b", HF_TOKEN="hf_ann").code == 0
    facts = run("show", "acme/manual-7b", "--json")
    assert (facts.code, json.loads(facts.out)["model"]["gated"]) == (0, "manual")


def test_a_token_that_the_hub_refuses(hub: LoopbackHub, run: Shell) -> None:
    told = run("trending", "-q", HF_TOKEN="hf_wrong_one")
    assert told.code == 0
    assert "Qwen/Qwen3-8B" in told.out
    assert "login in HF_TOKEN not recognised" in told.err
    assert "hf_wrong_one" not in told.out + told.err


def test_a_rate_limit_with_nothing_stored_says_how_long(hub: LoopbackHub, run: Shell) -> None:
    hub.limits.quotas["api"] = 0
    told = run("trending")
    refused(told, LIMITED, "rate limit")
    waits = [int(word) for word in told.err.split() if word.isdecimal()]
    assert waits
    assert 200 <= waits[0] <= 301


def test_a_rate_limit_with_all_rows_stored_serves_them(hub: LoopbackHub, run: Shell) -> None:
    fresh = run("trending", "--json")
    hub.limits.quotas["api"] = 0
    told = run("trending", "--json")
    assert told.code == 0
    assert json.loads(told.out)["rows"] == json.loads(fresh.out)["rows"]
    assert json.loads(told.out)["stale"] is True


def test_a_rate_limit_with_a_part_stored(hub: LoopbackHub, run: Shell) -> None:
    some = run("show", "Qwen/Qwen3-8B", "-q")
    assert some.code == 0
    run("trending", "--limit", "5", "-q")
    hub.limits.quotas["api"] = 0
    # a row of the list is known, the page of the repo is not
    refused(run("show", "google/gemma-3-4b-it"), LIMITED, "rate limit")
    part = run("show", "google/gemma-3-4b-it", "--partial", "--json")
    assert part.code == 0
    assert json.loads(part.out)["model"]["downloads"] == 3_333_333
    assert json.loads(part.out)["stale"] is True


def test_waiting_until_the_hub_answers_again(hub: LoopbackHub, run: Shell) -> None:
    limit = faults.respond(429, headers={"RateLimit": '"api";r=0;t=2'})
    spoilt = hub.fault("/api/models", limit)
    told = run("trending", "--limit", "3", "-q", "--wait")
    assert (told.code, len(told.out.split()), spoilt.hits) == (0, 3, 1)
    assert "waiting" in told.err


def test_a_hub_in_trouble(hub: LoopbackHub, run: Shell) -> None:
    hub.fault("/api/models", 503, times=None)
    refused(run("trending"), 1, "trouble", "503")
    assert len(hub.seen("/api/models")) == 3


@pytest.mark.parametrize(
    "effect",
    [faults.garbage, faults.truncated_json, faults.empty_body, faults.nan, faults.deep(9999)],
)
def test_an_answer_that_is_none(hub: LoopbackHub, run: Shell, effect: faults.Effect) -> None:
    hub.fault("/api/models", effect, times=None)
    refused(run("trending", "--json"), 1, "answer")


def test_stored_rows_stand_in_for_each_trouble(hub: LoopbackHub, run: Shell) -> None:
    fresh = run("trending", "-q")
    for effect in (faults.respond(503), faults.garbage, faults.hang_up, faults.html_page(502)):
        fault = hub.fault("/api/models", effect, times=3)
        told = run("trending", "-q")
        assert (told.code, told.out) == (0, fresh.out)
        assert " old\n" in told.err  # ids too say that they are stored ones
        fault.times = 0


def test_a_hub_that_falls_silent_is_waited_for_so_long_and_no_longer(
    hub: LoopbackHub,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    assert cli.main(["trending", "-q"]) == 0
    fresh = capsys.readouterr().out
    monkeypatch.setattr(answer, "PATIENCE", 0.6)
    monkeypatch.setattr(answer, "STORED_PATIENCE", 0.3)
    hub.gate("/api/models")
    assert cli.main(["trending", "-q"]) == 0
    out, err = capsys.readouterr()
    assert out == fresh
    assert err.startswith("hubscope: no answer within 0 s; try again\nhubscope: stored rows, ")
    assert cli.main(["search", "qwen"]) == OFFLINE
    assert capsys.readouterr() == ("", "hubscope: no answer within 1 s; try again\n")


@pytest.mark.parametrize(
    "words",
    [
        ("frobnicate",),
        ("frobnicate/", "--sample"),
        ("trending", "--frobnicate"),
        ("trending", "\x1b]52;c;aGVsbG8=\x07"),
        ("trending", "--limit", "-1"),
        ("trending", "--limit", "-3"),
        ("trending", "--limit", "many"),
        ("trending", "--limit", "10001"),
        ("trending", "--kind", "paper"),
        ("trending", "--json", "--csv"),
        ("search",),
        ("search", " "),
        ("search", "x", "--sort", "beauty"),
        ("search", "x", "--kind", "space", "--sort", "downloads"),
        ("show",),
        ("show", "../../etc/passwd"),
        ("show", "a b"),
        ("show", "a/b/c"),
        ("card", "https://example.org/a/b"),
        ("card", "x" * 201),
        ("cache", "burn"),
        ("cache", "prune", "--max-mb", "-1"),
        ("trending", "--json", "--bom"),
        ("snapshot", "diff", "one"),
        ("snapshot", "export"),
        ("snapshot", "import", "\x1b]52;c;aGVsbG8=\x07"),
    ],
    ids=lambda words: " ".join(words)[:30].encode("unicode_escape").decode(),
)
def test_what_cannot_be_understood(hub: LoopbackHub, words: tuple[str, ...]) -> None:
    refused(say(*words), USAGE, ";")
    assert hub.requests == []


@pytest.mark.parametrize("endpoint", ["nonsense", "ftp://hub", "http://", "http://[::1", "/api"])
def test_an_endpoint_that_is_no_address(run: Shell, endpoint: str) -> None:
    refused(run("trending", HF_ENDPOINT=endpoint), USAGE, "HF_ENDPOINT")


def test_a_disk_that_takes_no_answer(hub: LoopbackHub, run: Shell) -> None:
    told = run.script("hubscope trending > /dev/full")
    refused(told, 1, "cannot be written", "space")
    told = run.script("hubscope --help > /dev/full", PYTHONUNBUFFERED="")
    refused(told, 1, "cannot be written", "space")


def test_a_shell_that_closed_an_outlet(hub: LoopbackHub, run: Shell) -> None:
    refused(run.script("hubscope trending >&-"), 1, "standard output is closed")
    told = run.script("hubscope trending --limit many 2>&-")
    assert (told.code, told.out) == (USAGE, "")  # the line went nowhere, not among the data
    assert run.script("hubscope trending --limit 1 -q 2>&-").code == 0


def test_a_shell_that_closed_the_inlet(hub: LoopbackHub, run: Shell) -> None:
    told = run.script("hubscope trending --limit 1 -q <&-")
    assert (told.code, told.out) == (0, "Qwen/Qwen3-8B\n")
    told = run.script("hubscope acme/base <&-")
    refused(told, USAGE, "this terminal cannot show the app")


@pytest.mark.parametrize("words", [("search",), ("search", "--author"), ("trending", "--task")])
def test_an_argument_that_is_no_text(hub: LoopbackHub, run: Shell, words: tuple[str, ...]) -> None:
    odd = os.fsdecode(b"\xff\xfe")
    told = run(*words, odd, "-q")
    assert (told.code, told.out) == (0, "")
    assert told.err == "hubscope: nothing found; drop a word or a field\n"
