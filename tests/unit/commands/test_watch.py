"""Looking at what is kept, for cron; and storing it for a flight."""

import json
from typing import Any

import pytest

from tests.conftest import Shell
from tests.loopback import LoopbackHub, World

MODEL = "Qwen/Qwen3-8B"


def watched(run: Shell, code: int) -> dict[str, Any]:
    told = run("watch", "--json")
    assert told.code == code, told.err
    return {one["name"]: one for one in json.loads(told.out)["watch"]}


def test_what_changed_is_told_from_and_to(hub: LoopbackHub, run: Shell, world: World) -> None:
    assert run("save", MODEL).code == 0
    assert run("save", "mine", "qwen", "author:cy", "sort:likes").code == 0
    found = watched(run, 0)
    assert found["mine"]["first"]
    assert [one["changes"] for one in found.values()] == [[], []]
    assert watched(run, 0)["mine"] == {**found["mine"], "first": False}
    repo = world.find("models", MODEL)
    assert repo is not None
    repo.facts |= {"downloads": 1, "likes": 9999}  # these roll
    assert watched(run, 0)[MODEL]["changes"] == []
    repo.facts |= {"gated": "manual"}
    repo.files["new.gguf"] = 5
    world.model("cy/Qwen3-8B-new", base=("finetune", [MODEL]), likes=50)
    found = watched(run, 10)
    changes = {one["field"]: (one["from"], one["to"]) for one in found[MODEL]["changes"]}
    assert changes["gated"] == (False, "manual")
    assert changes["files added"] == (None, "new.gguf")
    assert "likes" not in changes
    assert found["mine"]["changes"] == [{"field": "row", "from": None, "to": "cy/Qwen3-8B-new"}]
    assert watched(run, 0)[MODEL]["changes"] == []  # told once
    del world.repos["models"][MODEL.lower()]
    assert watched(run, 10)[MODEL]["changes"] == [
        {"field": "repo", "from": "there", "to": "gone, or private"}
    ]
    assert not any("/resolve/" in one.path for one in hub.requests)


def test_the_text_and_the_codes_of_what_cannot_be_looked_at(
    hub: LoopbackHub, run: Shell, world: World
) -> None:
    told = run("watch")
    assert (told.code, told.out) == (0, "shelf\tname\tkind\tfield\tfrom\tto\n")
    assert run("save", MODEL).code == 0
    assert run("watch", "--offline").code == 5
    hub.fault("/api/models", 503, times=None)
    told = run("watch")
    assert (told.code, told.out, len(told.err.splitlines())) == (1, "", 1)


@pytest.mark.parametrize("words", [("qwen", "sort:likes"), ("family", "qwen"), ("saved",)])
def test_what_was_prefetched_is_there_without_a_network(
    hub: LoopbackHub, run: Shell, words: tuple[str, ...]
) -> None:
    assert run("save", "acme/base", "--offline").code == 0
    assert run("save", "mine", "qwen sort:likes", "--offline").code == 0
    told = run("prefetch", *words, "--limit", "3")
    assert (told.code, told.out, hub.requests) == (2, "", [])
    assert "calls, about" in told.err
    told = run("prefetch", *words, "--limit", "3", "--yes", "--json")
    assert told.code == 0, told.err
    body = json.loads(told.out)
    assert body["complete"]
    assert body["stored"] == body["repos"] > 0
    asked = len(hub.requests)
    said = int(run("prefetch", *words, "--limit", "3").err.split("at most ")[1].split(" ")[0])
    assert asked <= said
    again = json.loads(run("prefetch", *words, "--limit", "3", "--yes", "--json").out)
    assert again["fresh_already"] == body["repos"]  # no repo is asked for again
    hub.stop()
    if words[0] == "family":
        assert run("family", "qwen", "--offline", "--json").code == 0
        ids = [MODEL]
    else:
        ids = run("search", "qwen sort:likes", "--limit", "3", "--offline", "-q").out.split()
        assert len(ids) == 3
    for one in ids + (["acme/base"] if words == ("saved",) else []):
        assert run("show", one, "--offline").code == 0, one
        assert run("card", one, "--offline").code in (0, 3), one  # 3: it has no README


def test_a_rate_limit_in_the_middle_goes_on_with_the_same_command(
    hub: LoopbackHub, run: Shell
) -> None:
    hub.limits.quotas["api"] = 4
    told = run("prefetch", "qwen sort:likes", "--limit", "6", "--yes")
    assert (told.code, told.out) == (6, "")
    hub.limits.quotas.pop("api")
    hub.limits.begin_window()
    body = json.loads(run("prefetch", "qwen sort:likes", "--limit", "6", "--yes", "--json").out)
    assert (body["stored"], body["complete"]) == (6, True)
    assert body["fresh_already"] > 0
