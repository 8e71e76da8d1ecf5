"""The commands about families in every format, from the loopback Hub, the store and the sample."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from tests.loopback import LoopbackHub, World
from tests.unit.ask.families import made
from tui.analysis.families.measures import NAMES
from tui.analysis.registry.own_tables import load_own
from tui.analysis.registry.registry import load

Told = tuple[int, str, str]
Tell = Callable[..., Told]
Body = Callable[..., dict[str, Any]]
ENVELOPE = ["schema", "command", "endpoint", "as_of", "source", "stale"]
WORDS = (
    "value unit kind definition universe unknown bound ci n authors top_author_share coverage lens "
    "window source as_of registry requests"
)
PRESS = (
    "Qwen", "Qwen3-Omni", "DeepSeek", "Llama", "Gemma", "gpt-oss", "Cosmos", "Alpamayo", "Unitree",
    "AgiBot",
)  # fmt: skip


@pytest.fixture
def world(world: World) -> World:
    return made.fill(world, made.made(3))


@pytest.mark.usefixtures("hub")
def test_family_has_every_measure_with_every_key_at_every_tier(body: Body) -> None:
    for tier in ("0", "1", "2"):
        answer = body("family", "qwen", "Llama", "--tier", tier)
        assert list(answer) == [*ENVELOPE, "lens", "families"]
        assert [list(one) for one in answer["families"]] == [
            ["key", "label", "home", "measures"]
        ] * 2
        for one in answer["families"]:
            assert tuple(one["measures"]) == NAMES
            assert all(list(figure) == WORDS.split() for figure in one["measures"].values())
        derived = answer["families"][0]["measures"]["derivatives"]
        assert derived["kind"] == ("unknown", "edges", "exact")[int(tier)]
        assert (derived["value"] is None) == (tier == "0")


@pytest.mark.usefixtures("hub")
def test_the_league_table_has_the_figures_of_each_family(body: Body, tell: Tell) -> None:
    for tier in ("0", "1"):
        answer = body("families", "qwen", "gemma", "llama", "--tier", tier)
        assert list(answer) == [*ENVELOPE, "lens", "families"]
        alone = body("family", "qwen", "gemma", "llama", "--tier", tier)
        keyed = {one["key"]: one["measures"] for one in alone["families"]}
        for one in answer["families"]:
            for name, figure in one["measures"].items():
                assert figure | {"source": ""} == keyed[one["key"]][name] | {"source": ""}
        figures = [one["measures"]["downloads_30d"]["value"] for one in answer["families"]]
        assert figures == sorted(figures, reverse=True)
    code, out, _ = tell("families", "qwen", "gemma", "--tsv")
    keys = dict.fromkeys(line.partition("\t")[0] for line in out.splitlines()[1:])
    assert (code, out) == (0, tell("family", *keys, "--tsv")[1])
    for words in (("families",), ("family", "llama"), ("compare", "llama", "deepseek")):
        assert "· not fetched: --tier 1, about " in tell(*words, "--md")[1]
    known = set(tell("families", "--registry", "-q")[1].split())
    assert set(tell("families", "-q")[1].split()) <= known


@pytest.mark.usefixtures("hub")
def test_the_league_table_by_origin_adds_up(body: Body, tell: Tell) -> None:
    one_by_one = body("families")["families"]
    for group in body("families", "--by", "origin", "--sort", "likes")["families"]:
        values = [
            one["measures"]["repos"]["value"] for one in one_by_one if one["home"] == group["key"]
        ]
        assert group["measures"]["repos"]["value"] == sum(value or 0 for value in values)
    told = tell("families", "--by", "planet")
    assert (told[0], told[1]) == (2, "")


@pytest.mark.usefixtures("hub")
def test_the_flags_are_the_lens(body: Body) -> None:
    rows = made.made(3)
    for lens in made.LENSES[::3]:
        answer = body("compare", "gemma", "llama", "--tier", "2", *lens.flags())
        assert answer["lens"] == {**lens._asdict(), "relations": list(lens.relations)}
        for one in answer["families"]:
            values = {name: figure["value"] for name, figure in one["measures"].items()}
            if one["key"] == "gemma":  # the made world has more work on the other
                alone = made.counted(rows, "gemma", lens)
                assert values["repos"] >= (alone["repos"] or 0)


@pytest.mark.usefixtures("hub")
def test_compare_says_how_robust_the_order_is(body: Body, tell: Tell) -> None:
    answer = body("compare", "qwen", "gemma", "--tier", "2")
    assert list(answer) == [*ENVELOPE, "lens", "families", "robustness"]
    downloads, derivatives = answer["robustness"]
    keys = ["measure", "among", "first", "settings", "computed", "agree", "undecided", "dissent"]
    assert list(downloads) == list(derivatives) == keys
    assert (downloads["settings"], derivatives["settings"]) == (8, 12)
    assert downloads["among"] == ["qwen", "gemma"]
    code, out, _ = tell("compare", "qwen", "gemma", "--tier", "2", "--md")
    assert code == 0
    head, rule, *lines = out.splitlines()
    assert (head, rule) == ("|  | Qwen | Gemma |", "|---|---|---|")
    assert len([line for line in lines if line.startswith("|")]) == len(NAMES)
    assert lines[-2] == ""
    assert f"downloads: {downloads['first']} first under {downloads['agree']} of" in lines[-1]
    for words in ("Own repos: Qwen: repos by Qwen", "origin by root", "registry 2026-11"):
        assert words in lines[-1]
    assert tell("compare", "qwen")[0] == 2


@pytest.mark.usefixtures("hub")
def test_other_formats(tell: Tell) -> None:
    code, out, err = tell("family", "qwen", "--tsv")
    assert (code, err) == (0, "")
    head, *lines = [line.split("\t") for line in out.splitlines()]
    assert [line[2] for line in lines] == list(NAMES)
    assert {len(line) for line in lines} == {len(head)}
    assert tell("family", "qwen", "gemma", "-q")[1].split() == ["qwen", "gemma"]
    assert tell("family", "qwen", "--csv")[1].startswith("family,home,measure,value")


def test_the_same_from_the_store_and_a_clear_line_without_it(hub: LoopbackHub, tell: Tell) -> None:
    fresh = tell("family", "qwen", "--tier", "2", "--json")[1]
    calls = len(hub.requests)
    stored = json.loads(tell("family", "qwen", "--tier", "2", "--json", "--offline")[1])
    assert (stored["source"], stored["stale"]) == ("cache", False)
    for name, figure in json.loads(fresh)["families"][0]["measures"].items():
        kept = stored["families"][0]["measures"][name]
        assert {**kept, "source": "hub"} == figure
    assert len(hub.requests) == calls
    hub.stop()
    assert tell("family", "gemma")[0] == 5
    assert tell("family", "gemma", "--offline")[0] == 5
    assert tell("origins", "--offline")[0] == 5
    assert tell("tree", "acme/base", "--offline")[0] == 5


def test_a_limit_is_an_error_unless_the_part_is_taken(hub: LoopbackHub, tell: Tell) -> None:
    hub.limits.quotas = {"api": 3}
    code, out, err = tell("family", "qwen", "--tier", "1")
    assert (code, out) == (6, "")
    assert err.count("\n") == 1
    code, out, err = tell("family", "qwen", "--tier", "1", "--partial", "--json")
    assert code == 0
    assert json.loads(out)["families"][0]["measures"]["repos"]["kind"] == "exact"


@pytest.mark.usefixtures("hub")
def test_calls_bounded_say_that_more_is_left(tell: Tell) -> None:
    code, _, err = tell("family", "qwen", "--tier", "2", "--max-calls", "2")
    assert (code, err) == (0, "hubscope: not all was asked; run it again to go on\n")


@pytest.mark.parametrize("name", PRESS)
def test_the_names_of_the_press_answer_from_the_sample(body: Body, tell: Tell, name: str) -> None:
    answer = body("family", name, "--sample", "--tier", "2")
    figures = answer["families"][0]["measures"]
    assert answer["source"] == "sample"
    assert {figure["universe"] for figure in figures.values()} == {"sample"}
    assert figures["repos"]["value"] is not None
    code, out, err = tell("family", name, "--sample", "--md")
    assert (code, err) == (0, "")
    assert ("has no models in the bundled sample" in out) == (figures["repos"]["value"] == 0)
    if name in ("Qwen", "DeepSeek", "Gemma"):
        assert figures["derivatives"]["value"] > 0


@pytest.mark.usefixtures("hub")
def test_a_name_without_models_says_so(tell: Tell) -> None:
    code, out, err = tell("family", "Unitree")
    assert code == 0
    assert "UnifoLM has no models on the Hub" in err
    assert "\trepos\t0.0\t" in out
    assert tell("family", "no such family")[0] == 2


@pytest.mark.usefixtures("hub")
def test_origins_in_every_form(body: Body, tell: Tell) -> None:
    for rule, lists in (("root", "trending"), ("uploader", "downloads"), ("lab", "new")):
        answer = body("origins", "--of", lists, "--origin", rule)
        more = ["of", "definition", "lens", "shares", "unknown", "by_name", "other_evidence"]
        assert list(answer) == [*ENVELOPE, *more]
        other = answer["other_evidence"]
        assert (other is None) == (rule == "uploader")
        assert other is None or other["evidence"] == "named"
        assert (answer["of"], answer["lens"]["origin"]) == (lists, rule)
        keys = ["origin", "weight", "share", "bound", "ci"]
        assert all(list(share) == keys for share in answer["shares"])
    top = body("origins", "--top", "4", "--origin", "uploader")
    assert sum(share["weight"] for share in top["shares"]) == 4
    code, out, _ = tell("origins", "--top", "4", "--md")
    assert code == 0
    assert out.startswith("| origin | weight | share |")
    assert "by the country of the root" in out
    assert tell("origins", "--top", "0")[0] == 2
    assert tell("origins", "--relations", "cousin")[0] == 2


def test_origins_and_trees_from_the_sample(body: Body) -> None:
    answer = body("origins", "--sample", "--top", "10")
    assert answer["source"] == "sample"
    assert sum(share["weight"] for share in answer["shares"]) == pytest.approx(10)
    flips = {
        rule: {s["origin"]: s["weight"] for s in
               body("origins", "--sample", "--top", "100", "--origin", rule)["shares"]}
        for rule in ("root", "uploader")
    }  # fmt: skip
    assert flips["root"] != flips["uploader"]
    told = body("tree", "Qwen/Qwen3-8B", "--sample")
    assert told["roots"] == ["Qwen/Qwen3-8B-Base"]


@pytest.mark.usefixtures("hub")
def test_a_tree_and_the_rules_behind_it(body: Body, tell: Tell) -> None:
    told = body("tree", "lost/orphan")
    assert list(told) == [*ENVELOPE, *["model", "ancestors", "children", "roots", "cycles"],
                          *["unresolved", "complete", "needs", "notes"]]  # fmt: skip
    assert told["model"]["id"] == "lost/orphan"
    assert told["ancestors"] == [
        {"id": "gone/ghost", "relation": "finetune", "depth": 1, "missing": True, "license": None}
    ]
    assert set(told["children"]) == {"finetune", "adapter", "quantized", "merge", "unknown"}
    assert body("tree", "loop/self")["cycles"] == [["loop/self"]]
    assert body("tree", "nvidia/Cosmos-Reason1-7B")["model"]["origin"] == "CN"
    why = body("why", "nvidia/Cosmos-Reason1-7B")
    assert list(why) == [*ENVELOPE, *["id", "family", "origin", "rules"],
                         *["evidence", "built_on", "by_name"]]  # fmt: skip
    assert (why["family"], why["origin"], why["built_on"]) == ("cosmos", "CN", ["qwen"])
    assert any("origin by uploader: US" in rule for rule in why["rules"])
    assert tell("tree", "datasets/acme/exam")[0] == 2
    assert tell("tree", "nobody/never")[0] == 3
    _, out, _ = tell("tree", "chain/step-03", "-q")
    assert out.split()[:4] == ["acme/base", "chain/step-01", "chain/step-02", "chain/step-03"]


def test_the_registry_and_the_users_own_rows(body: Body, tmp_path: Path) -> None:
    answer = body("families", "--registry")
    assert len(answer["families"]) == len(load().families)
    assert list(answer["families"][0]) == ["key", "label", "home", "orgs", "pattern", "source"]
    (only,) = body("families", "--registry", "cosmos")["families"]
    assert (only["key"], only["orgs"]) == ("cosmos", ["nvidia"])
    said: list[str] = []
    assert load_own(str(tmp_path), said.append).version == load().version
    (tmp_path / "families.csv").write_text("key,orgs,pattern,home\nacme,acme,^acme/,CH\n")
    (tmp_path / "orgs.csv").write_text("org,country\nacme,CH\n")
    own = load_own(str(tmp_path), said.append)
    found = own.family_of("acme/base")
    assert found is not None
    assert (found.key, own.origin_of_author("acme")) == ("acme", "CH")
    assert own.version.endswith("own 2 rows")
    assert said == []
