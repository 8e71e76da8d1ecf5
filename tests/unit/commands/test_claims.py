"""What the shell prints of claims, and the sentence that can be cited."""

import csv
import json
from io import StringIO

import pytest

from tests.conftest import Shell
from tests.loopback import LoopbackHub, World
from tests.unit.ask.claims.made import families, trending
from tui.analysis.claims import CLAIMS
from tui.analysis.history.points import points
from tui.model import Measure


@pytest.fixture
def world() -> World:
    world = World()
    families(world, qwen_first=True, derivatives=151_448)
    trending(world, chinese=6, omni_first=True)
    return world


def test_json_has_every_claim_with_what_decides(hub: LoopbackHub, run: Shell) -> None:
    told = run("claims", "--tier", "1", "--json")
    assert (told.code, told.err) == (0, "")
    answer = json.loads(told.out)
    assert answer["command"] == "claims"
    assert [one["key"] for one in answer["claims"]] == [claim.key for claim in CLAIMS]
    known = {point.value for point in points()}
    for one in answer["claims"]:
        assert list(one) == ["key", "text", "published", "then", "now", "definitions"]
        assert one["then"]["verdict"] in ("holds", "depends", "fails", "unknown")
        assert one["now"]["verdict"] in ("holds", "depends", "fails", "unknown")
        assert all(point["value"] in known and point["source"] for point in one["published"])
        for tried in one["definitions"]:
            assert tried["verdict"] in ("holds", "fails", "undecided")
            assert tuple(tried["value"]) == Measure._fields
            if tried["value"]["value"] is not None:
                assert tried["value"]["requests"]
    first = answer["claims"][0]
    assert first["now"]["verdict"] == "holds"
    assert first["now"]["value"]["value"] == 151_448
    assert first["definitions"][0]["interval"] == [151_448, None]
    assert first["definitions"][4]["interval"] == [None, None]


def test_a_claim_by_name_is_told_definition_by_definition(hub: LoopbackHub, run: Shell) -> None:
    told = run("claims", "qwen-llama", "--csv")
    rows = list(csv.DictReader(StringIO(told.out)))
    assert [row["verdict"] for row in rows] == ["holds", "holds", "undecided"]
    assert {row["now"] for row in rows} == {"holds"}
    assert rows[0]["value"] == "90,000,000 downloads"
    assert rows[0]["leaves"] == "[90,000,000, 90,000,000]"
    assert rows[0]["test"].startswith("> 10,000 downloads (downloads since creation")
    table = run("claims", "qwen-llama", "--md")
    assert table.out.splitlines()[-1].startswith("“Qwen has overtaken Llama as the most")
    page = run.terminal("claims", "qwen-llama")
    assert "now  holds" in page.out
    assert all(len(line) <= 80 for line in page.out.split("\n"))


def test_the_sample_decides_nothing(run: Shell) -> None:
    told = run("claims", "--sample", "--json")
    assert told.code == 0
    claims = json.loads(told.out)["claims"]
    for one in claims:
        assert (one["now"]["verdict"], one["now"]["why"]) == ("unknown", "sample")
    assert {one["key"]: one["then"]["verdict"] for one in claims}["qwen-derivatives"] == "holds"


@pytest.mark.parametrize("most", [1, 2, 3])
def test_max_calls_is_a_bound_and_the_next_run_goes_on(
    hub: LoopbackHub, run: Shell, most: int
) -> None:
    asked = 0
    for _ in range(5):
        assert run("claims", "--max-calls", f"{most}", "--json").code == 0
        made = len(hub.seen("/api")) - asked
        asked += made
        assert made <= most
    told = run("claims", "trending-top", "--offline", "--json")
    assert json.loads(told.out)["claims"][0]["now"]["verdict"] == "holds"
    assert len(hub.seen("/api")) == asked
    assert len({request.target for request in hub.seen("/api")}) == asked
    assert asked == min(5 * most, 12)  # twelve give all that tier 0 needs


def test_a_limit_ends_the_command_with_its_code(hub: LoopbackHub, run: Shell) -> None:
    hub.limits.quotas["api"] = 2
    told = run("claims", "--json")
    assert (told.code, told.out) == (6, "")
    partial = run("claims", "--json", "--partial")
    assert partial.code == 0
    assert len(json.loads(partial.out)["claims"]) == len(CLAIMS)


@pytest.mark.parametrize("words", [("nonsense",), ("--tier", "7"), ("--max-calls", "many")])
def test_what_makes_no_sense_is_a_usage_error(run: Shell, words: tuple[str, ...]) -> None:
    told = run("claims", *words)
    assert (told.code, told.out) == (2, "")
    assert len(told.err.splitlines()) == 1


def test_every_key_of_a_published_point_is_in_the_table() -> None:
    known = {point.key for point in points()}
    for claim in CLAIMS:
        assert set(claim.published) <= known
        for past in claim.past:
            assert past.point in known
            assert isinstance(past.against, int | float) or past.against in known
