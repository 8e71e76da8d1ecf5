"""``--sample``: the bundled facts, in every command, called by their name; never by themselves."""

import json

import pytest

from tests.conftest import Shell


def test_the_list_is_the_samples(run: Shell) -> None:
    told = run("trending", "--limit", "30", "--sample", "--json")
    assert (told.code, told.err) == (0, "")
    answer = json.loads(told.out)
    assert (answer["source"], answer["stale"]) == ("sample", False)
    assert len(answer["rows"]) == 30
    assert len({row["id"] for row in answer["rows"]}) == 30


def test_the_same_each_time(run: Shell) -> None:
    first = run("trending", "--sample")
    assert first.out
    assert run("trending", "--sample").out == first.out


@pytest.mark.parametrize("command", ["show", "card"])
def test_a_page_of_each_row(run: Shell, command: str) -> None:
    for repo_id in run("trending", "--sample", "-q", "--limit", "3").out.split():
        told = run(command, repo_id, "--sample", "--json")
        assert told.code == 0
        assert json.loads(told.out)["source"] == "sample"


def test_a_search_and_what_the_sample_does_not_hold(run: Shell) -> None:
    found = run("search", "qwen", "--sample", "-q").out.split()
    assert found
    assert all("qwen" in repo_id.lower() for repo_id in found)
    missing = run("show", "nobody/never-was", "--sample")
    assert (missing.code, missing.out) == (3, "")


def test_the_sample_is_never_taken_for_the_store(run: Shell) -> None:
    assert run("trending", "--sample").code == 0
    assert run("trending").code == 5
    assert run("trending", "--no-sample").code == 5
    assert run("trending", "--offline").code == 5


def test_the_sample_needs_no_network_and_no_endpoint(run: Shell) -> None:
    told = run("trending", "--sample", "-q", HF_HUB_OFFLINE="1")
    assert told.code == 0
    assert told.out
