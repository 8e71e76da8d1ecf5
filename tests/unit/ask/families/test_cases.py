"""Odd declarations, licences and dates as people met them: what the shell says of each."""

import json
from collections.abc import Callable
from typing import Any

import pytest

from tests.loopback import LoopbackHub, World
from tests.paths import CHECKOUT

ROWS = CHECKOUT.parent / "shared" / "cases" / "rows"
SHARED = ("a20", "c02", "c03", "c13", "c15", "c16")
Body = Callable[..., dict[str, Any]]
Tell = Callable[..., tuple[int, str, str]]


def _made() -> World:
    """The same kinds by hand, for where the shared rows are not beside this checkout."""
    world = World()
    add = world.model
    add("Qwen/Qwen3-8B", license="apache-2.0")
    add("meta-llama/Llama-2-7b-chat-hf", license="llama2")
    add("meta-llama/Llama-3.1-70B", license="llama3.1")
    add("a20-demo/pali-base", license="gemma")
    add("a20-demo/pali-base-deprecated", license="gemma")
    reader = add("a20-demo/paper-reader-v1.1", base=("finetune", ["a20-demo/pali-base"]))
    reader.facts["baseModels"] = {
        "relation": "finetune",
        "models": [{"id": "a20-demo/pali-base-deprecated"}],
    }
    url = "https://huggingface.co/meta-llama/Llama-2-7b-chat-hf"
    add("c02-demo/Parrot-2-7b-Chat-GPTQ", tags=[f"base_model:{url}"], license="llama2")
    for name, base in (
        ("path", "/home/user/work/Meta-Llama-3.1-8B"),
        ("slash", "Qwen/Qwen3-8B/"),
        ("case", "qwen/QWEN3-8b"),
        ("self", "c03-demo/self"),
        ("nullish", "None"),
    ):
        tags = [f"base_model:{base}", f"base_model:adapter:{base}"]
        add(f"c03-demo/{name}", tags=tags, license="mit")
    add("c13-demo/root", license="apache-2.0")
    add("c13-demo/root-4bit", base=("quantized", ["c13-demo/root"]))
    add("c13-demo/lora-1", base=("adapter", ["c13-demo/root-4bit"]))
    add("c13-demo/lora-on-lora", base=("adapter", ["c13-demo/lora-1"]))
    twins = ["c13-demo/root", "c13-demo/lora-1", "c13-demo/lora-1", "C13-Demo/Root"]
    add("c13-demo/merged-lora", base=("merge", twins))
    parts = [f"c13-demo/part-{at:02}" for at in range(1, 60)]
    every = ["c13-demo/merge-of-merges", "c13-demo/merged-lora", *parts]
    add("c13-demo/merge-of-merges", base=("merge", every), license="cc-by-nc-4.0")
    add(
        "c15-demo/apache-on-llama-70B",
        base=("finetune", ["meta-llama/Llama-3.1-70B"]),
        license="apache-2.0",
    )
    add("c15-demo/villain-10.7B", license="cc-by-nc-sa-4.0")
    add("c15-demo/friendly-11B", license="apache-2.0")
    add(
        "c15-demo/Beagle-merge-11B",
        base=("merge", ["c15-demo/villain-10.7B", "c15-demo/friendly-11B"]),
        license="apache-2.0",
    )
    add("c15-demo/two-licences", tags=["license:other", "license:mit"])
    own = add("c15-demo/own-licence", license="other")
    link = "https://huggingface.co/c15-demo/own-licence/blob/main/LICENSE"
    own.facts["cardData"] |= {"license_name": "kimono-k3-terms", "license_link": link}
    add("c15-demo/nothing-said")
    add("c16-demo/old-timer", createdAt="2022-03-02T23:29:04.000Z", downloads=1500, likes=5)
    add("c16-demo/made-that-night", createdAt="2022-03-02T23:29:05.000Z", downloads=2)
    add("c16-demo/flux-small-mflux-4bit", library="mflux", downloads=0, likes=48)
    return world


def _shared() -> World:
    if not ROWS.exists():
        pytest.skip("no shared cases beside this checkout")
    world = World()
    for name in SHARED:
        for row in json.loads((ROWS / f"{name}.json").read_text("utf-8")):
            facts = {key: value for key, value in row.items() if key not in ("kind", "id")}
            world.add(row["kind"], row["id"], facts)
    for repo_id, licence in (
        ("Qwen/Qwen3-8B", "apache-2.0"),
        ("meta-llama/Llama-2-7b-chat-hf", "llama2"),
        ("meta-llama/Llama-3.1-70B", "llama3.1"),
    ):
        world.model(repo_id, license=licence)
    return world


@pytest.fixture(params=["made", "shared"])
def world(request: pytest.FixtureRequest) -> World:
    return _made() if request.param == "made" else _shared()


def _asked(hub: LoopbackHub) -> list[str]:
    return [request.path.removeprefix("/api/models/") for request in hub.seen("/api/models/")]


@pytest.mark.usefixtures("hub")
def test_the_hubs_field_wins_and_the_conflict_is_said(body: Body, tell: Tell) -> None:
    name, old, new = (
        "a20-demo/paper-reader-v1.1",
        "a20-demo/pali-base-deprecated",
        "a20-demo/pali-base",
    )
    told = f"the Hub's own field names {old}, the tags name {new}: the field counts"
    tree = body("tree", name)
    assert [one["id"] for one in tree["ancestors"]] == tree["roots"] == [old]
    assert told in tree["notes"]
    assert told in body("why", name)["rules"]
    shown = body("show", name)["model"]
    assert [one["id"] for one in shown["parents"]] == shown["roots"] == [old]
    assert told in shown["notes"]


@pytest.mark.parametrize(
    ("name", "root", "odd"),
    [
        ("c02-demo/Parrot-2-7b-Chat-GPTQ", "meta-llama/Llama-2-7b-chat-hf", ""),
        ("c03-demo/slash", "Qwen/Qwen3-8B", ""),
        ("c03-demo/case", "Qwen/Qwen3-8B", ""),
        ("c03-demo/path", "", "base “/home/user/work/Meta-Llama-3.1-8B” names no repo (a path)"),
        ("c03-demo/nullish", "", "base “None” names no repo (no name)"),
        ("c03-demo/self", "", "names itself as its base: a cycle of one"),
    ],
)
def test_what_a_base_stands_for(
    hub: LoopbackHub, body: Body, name: str, root: str, odd: str
) -> None:
    tree, shown = body("tree", name), body("show", name)["model"]
    assert [one["id"] for one in tree["ancestors"]] == ([root] if root else [])
    assert tree["roots"] == shown["roots"] == [root or name]
    assert [one["id"] for one in shown["parents"]] == ([root] if root else [])
    assert (odd in tree["notes"], odd in shown["notes"]) == (bool(odd), bool(odd))
    assert tree["cycles"] == ([[name]] if name.endswith("self") else [])
    assert {one.lower() for one in _asked(hub)} <= {name.lower(), root.lower()}


@pytest.mark.usefixtures("hub")
def test_an_adapter_on_an_adapter_needs_both_and_the_base(body: Body, tell: Tell) -> None:
    tree = body("tree", "c13-demo/lora-on-lora")
    assert tree["needs"] == ["c13-demo/lora-1", "c13-demo/root-4bit"]
    words = "to run it takes c13-demo/lora-1, c13-demo/root-4bit beside it"
    assert tree["notes"] == [words]
    assert tree["roots"] == ["c13-demo/root"]
    assert body("tree", "c13-demo/root-4bit")["needs"] == []
    assert body("show", "c13-demo/lora-on-lora")["model"]["needs"] == tree["needs"]
    assert tree["ancestors"][2]["license"] == "apache-2.0"


@pytest.mark.usefixtures("hub")
def test_twins_by_case_are_one_base(body: Body) -> None:
    tree = body("tree", "c13-demo/merged-lora")
    assert [(one["id"], one["depth"]) for one in tree["ancestors"]] == [
        ("c13-demo/root", 1),
        ("c13-demo/lora-1", 1),
        ("c13-demo/root-4bit", 2),
    ]
    assert tree["roots"] == ["c13-demo/root"]


def test_a_cut_tree_calls_nothing_a_root_that_was_not_looked_up(
    hub: LoopbackHub, body: Body, tell: Tell
) -> None:
    name = "c13-demo/merge-of-merges"
    tree = body("tree", name, "--max-calls", "10")
    assert len(_asked(hub)) == 11
    assert len(tree["unresolved"]) >= 49
    assert not {one.lower() for one in tree["roots"]} & {one.lower() for one in tree["unresolved"]}
    assert not tree["complete"]
    assert tree["cycles"] == [[name]]
    code, out, _ = tell("tree", name, "--max-calls", "1", "--md")
    assert code == 0
    assert "cut at 1 calls: " in out
    assert "not looked up, and so no roots" in out


@pytest.mark.usefixtures("hub")
def test_the_licences_above_stand_in_the_tree_and_a_stricter_one_is_said(body: Body) -> None:
    tree = body("tree", "c15-demo/apache-on-llama-70B")
    assert tree["ancestors"][0]["license"] == "llama3.1"
    [note] = tree["notes"]
    assert note == "base meta-llama/Llama-3.1-70B: Llama 3.1 Community License"
    [note] = body("tree", "c15-demo/Beagle-merge-11B")["notes"]
    assert note.startswith("base c15-demo/villain-10.7B: Creative Commons BY-NC-SA 4.0")
    assert note.endswith("a parent is non-commercial")
    assert note in body("show", "c15-demo/Beagle-merge-11B")["model"]["notes"]


@pytest.mark.usefixtures("hub")
def test_the_evidence_is_a_flag_of_why_and_tree(world: World, body: Body) -> None:
    world.model("me/lost", base=("adapter", ["unsloth/Llama-3.2-1B-Instruct-bnb-4bit"]))
    world.model("me/Qwen3-8B-poet-GGUF")
    for name, family, home in (("me/lost", "llama", "US"), ("me/Qwen3-8B-poet-GGUF", "qwen", "CN")):
        plain, named = body("why", name), body("why", name, "--evidence", "named")
        assert (plain["built_on"], plain["by_name"]) == ([], False)
        assert (named["built_on"], named["by_name"], named["origin"]) == ([family], True, home)
        assert any(rule.startswith("by name ≈") for rule in plain["rules"])
        assert body("tree", name, "--evidence", "named")["model"]["origin"] == home


@pytest.mark.usefixtures("hub")
def test_licences_of_its_own_and_two_at_once(body: Body, tell: Tell) -> None:
    shown = body("show", "c15-demo/own-licence")["model"]
    assert shown["licenses"] == ["other"]
    assert shown["license_name"] == "kimono-k3-terms"
    assert shown["license_link"].endswith("/c15-demo/own-licence/blob/main/LICENSE")
    code, out, _ = tell("show", "c15-demo/own-licence", "--tsv")
    assert (code, "license_name\tkimono-k3-terms" in out) == (0, True)
    two = body("show", "c15-demo/two-licences")["model"]
    assert len(two["licenses"]) == 2
    assert "mit" in two["licenses"]
    assert body("show", "c15-demo/nothing-said")["model"]["licenses"] == []


@pytest.mark.usefixtures("hub")
def test_floored_dates_and_uncounted_libraries(body: Body, tell: Tell) -> None:
    old = body("show", "c16-demo/old-timer")["model"]
    assert any("before March 2022" in note for note in old["notes"])
    assert body("show", "c16-demo/made-that-night")["model"]["notes"] == []
    uncounted = body("show", "c16-demo/flux-small-mflux-4bit")["model"]
    assert any("the Hub may not count this library (mflux)" in note for note in uncounted["notes"])
    _, out, _ = tell("search", "author:c16-demo", "created:2022-03", "-q")
    assert out.split() == ["c16-demo/made-that-night"]
    _, out, _ = tell("search", "author:c16-demo", "created:<2022-04", "-q")
    assert set(out.split()) == {"c16-demo/made-that-night", "c16-demo/old-timer"}


@pytest.mark.usefixtures("hub")
def test_a_search_for_a_base_agrees_with_the_tree(tell: Tell) -> None:
    old, new = "a20-demo/pali-base-deprecated", "a20-demo/pali-base"
    assert tell("search", f"base:{new}", "-q")[:2] == (0, "")
    code, out, err = tell("search", "author:c03-demo", "base:none", "--tsv")
    assert code == 0
    assert "base:none is a row that declares no repo as its base" in err
    assert {line.split("\t")[1] for line in out.splitlines()[1:]} == {
        "c03-demo/path",
        "c03-demo/nullish",
    }
    _, out, err = tell("search", "author:c03-demo", "!base:none", "--tsv")
    assert "!base:none is a row that declares a repo as its base" in err
    assert len(out.splitlines()) == 4
    assert old != new


@pytest.mark.usefixtures("hub")
def test_show_says_the_same_in_text(
    world: World, tell: Tell, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("tui.commands._answer.os.isatty", lambda descriptor: True)
    world.model("zai-org/glm-x")
    moved = world.model("me/glm-child", base=("finetune", ["THUDM/glm-x"]))
    moved.facts["baseModels"] = {"relation": "finetune", "models": [{"id": "zai-org/glm-x"}]}
    for name, words in (
        ("a20-demo/paper-reader-v1.1", ("the Hub's own field names", "the field counts")),
        ("c03-demo/self", ("names itself as its base",)),
        ("c15-demo/Beagle-merge-11B", ("a parent is non-commercial", "roots")),
        ("c15-demo/two-licences", ("2 licences:", "MIT")),
        ("c16-demo/old-timer", ("before March 2022 (over",)),
        ("c16-demo/flux-small-mflux-4bit", ("0 in 30 days; the Hub may not count this library",)),
        ("c13-demo/lora-on-lora", ("to run it takes c13-demo/lora-1",)),
    ):
        code, out, _ = tell("show", name)
        assert code == 0
        flat = " ".join(out.split())
        assert all(part in flat for part in words), (name, out)
        assert flat.count(words[0]) == 1, (name, out)
    assert "the field counts" not in tell("show", "me/glm-child")[1]
