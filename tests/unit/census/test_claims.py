"""Every claim under every definition, from a census, equals a plain loop and costs no list call."""

import json
from collections.abc import Iterable
from typing import Any

import pytest

from tests.loopback import LoopbackHub
from tests.unit.ask.families.places import Place, last
from tests.unit.census.conftest import DATE, EARLIER, NOW
from tests.unit.census.plain import Plain
from tui.analysis.claims import CLAIMS, Judged, Tried
from tui.analysis.registry.registry import load
from tui.ask.claims import claims
from tui.ask.lists import origins
from tui.model import RELATIONS, Lens, View
from tui.model.lens import ORIGIN_RULES
from tui.model.when import iso, seconds
from tui.output.claims import output
from tui.output.forms import Context
from tui.render.claim_pane import course

WEEK = (iso(NOW - 7 * 86400), iso(NOW - 6 * 3600))
LLM = Lens(credit="multi", llm=True)


@pytest.fixture(scope="module")
def plain(made: list[dict[str, Any]]) -> Plain:
    return Plain(made, load(), iso(NOW - 30 * 86400))


@pytest.fixture
async def judged(crawled: Place, made_hub: LoopbackHub) -> dict[str, Judged]:
    before = len(made_hub.requests)
    sources = crawled.open()
    view = await last(sources, claims.stream(sources, tier=2))
    asked = made_hub.requests[before:]
    assert not [one for one in asked if one.path == "/api/models"]  # no list
    assert all("Qwen3-Omni" in one.target for one in asked)
    return {one.claim.key: one for one in view.rows}


def tried(judged: dict[str, Judged], key: str) -> list[Tried]:
    return list(judged[key].tried)


def exact(one: Tried) -> float:
    assert one.value.kind == "exact", one.name
    assert one.value.source == f"census {DATE}", one.name
    assert one.value.value is not None
    return one.value.value


async def test_derivatives(judged: dict[str, Judged], plain: Plain) -> None:
    lens = Lens(credit="multi")
    copies = lens._replace(relations=("finetune", "adapter", "merge"))
    named = [
        key for key in plain.items
        if "qwen" in key.rpartition("/")[2] and plain.author(key) != "qwen"
    ]  # fmt: skip
    wanted = [
        plain.figures("qwen", lens)["derivatives"][0],
        plain.figures("qwen", copies)["derivatives"][0],
        plain.figures("qwen", lens)["derivatives_alive"][0],
        len(named),
        plain.figures("qwen", lens._replace(walk="walked"))["derivatives"][0],
    ]
    found = tried(judged, "qwen-derivatives")
    assert [exact(one) for one in found] == wanted
    assert {one.verdict for one in found} == {"fails"}


async def test_downloads(judged: dict[str, Judged], plain: Plain) -> None:
    stock, flow, reach = tried(judged, "qwen-llama")
    for one, name in ((stock, "downloads_all_time"), (flow, "downloads_30d")):
        assert exact(one) == plain.figures("qwen", LLM)[name][0]
        assert one.against.value == plain.figures("llama", LLM)[name][0]
    for key, figure in (("qwen", reach.value), ("llama", reach.against)):
        built = [d for d in plain.built(key, LLM) if d[3]]
        more = sum(plain.items[d[0]]["downloads"] for d in built)
        assert figure.kind == "exact"
        assert figure.value == plain.figures(key, LLM)["downloads_30d"][0] + more


async def test_new_finetunes_on_chinese_bases(judged: dict[str, Judged], plain: Plain) -> None:
    ways: Iterable[tuple[str, tuple[str, ...], bool]] = (
        ("root", ("finetune",), False),
        ("lab", ("finetune",), False),
        ("root", ("finetune",), True),
        ("root", RELATIONS, False),
    )
    for one, (rule, relations, llm) in zip(tried(judged, "chinese-bases"), ways):
        every = plain.new(WEEK, relations)
        rows = [key for key in every if not llm or plain.llm(key)]
        unsure = sum(plain.llm(key) is None for key in every) if llm else 0
        weight = plain.weights(rows, rule)
        assert exact(one) == pytest.approx(weight["CN"] / (len(rows) - weight["??"]))
        most = (weight["CN"] + weight["??"] + unsure) / (len(rows) + unsure)
        assert one.value.bound == pytest.approx((weight["CN"] / (len(rows) + unsure), most))
        assert (one.value.n, one.value.window) == (len(rows), WEEK)
        assert one.value.ci is None


async def test_organisations(judged: dict[str, Judged], plain: Plain) -> None:
    for one in tried(judged, "open-labs"):
        mine = [key for key in plain.items if plain.author(key) == one.name.lower()]
        assert exact(one) == len(mine)
        beside = dict(one.beside)
        assert beside["downloads 30 d"].value == sum(plain.items[key]["downloads"] for key in mine)


async def test_the_trending_list_is_the_census_s_where_it_is_of_this_hour(
    judged: dict[str, Judged], plain: Plain
) -> None:
    ranked = sorted(
        plain.items.values(),
        key=lambda i: (-i["trendingScore"], -i["downloads"], i["id"].lower()),
    )
    top = [item["id"].lower() for item in ranked[:10]]
    uploader, root, *_ = tried(judged, "trending-top")
    assert exact(uploader) == plain.weights(top, "uploader")["CN"]
    assert exact(root) == pytest.approx(plain.weights(top, "root")["CN"])


def test_every_claim_but_those_of_one_page_is_here() -> None:
    pages = {"omni-multimodal", "open-weights"}
    mine = {"qwen-derivatives", "qwen-llama", "chinese-bases", "open-labs", "trending-top"}
    assert {claim.key for claim in CLAIMS} == mine | pages


@pytest.mark.parametrize("rule", ORIGIN_RULES)
@pytest.mark.parametrize("of", ["new", "downloads"])
def test_origins_of_lists(
    crawled: Place, plain: Plain, made_hub: LoopbackHub, of: str, rule: str
) -> None:
    before = len(made_hub.requests)
    view = origins.peek(crawled.open(), of, Lens(origin=rule))
    assert view is not None
    if of == "new":
        rows = plain.new(WEEK, ("finetune",))
    else:
        ranked = sorted(plain.items.values(), key=lambda i: (-i["downloads"], i["id"].lower()))
        rows = [item["id"].lower() for item in ranked[:100]]
    check(view, plain.weights(rows, rule), len(rows))
    assert len(made_hub.requests) == before


def check(view: View, wanted: Any, count: int) -> None:
    found = view.rows[0]
    assert view.source == "census"
    assert {s.origin: s.weight for s in found.origins.shares} == pytest.approx(dict(wanted))
    assert found.origins.n == count
    assert view.measures is not None
    for figure in view.measures.values():
        assert (figure.kind, figure.source) == ("exact", f"census {DATE}")


@pytest.mark.parametrize("of", ["new", "downloads"])
async def test_a_stream_of_origins_asks_for_nothing(
    crawled: Place, made_hub: LoopbackHub, of: str
) -> None:
    before = len(made_hub.requests)
    sources = crawled.open()
    view = await last(sources, origins.stream(sources, of, Lens()))
    assert view.source == "census"
    assert len(made_hub.requests) == before


def test_claims_are_counted_then_and_now(
    dated: Place, made: list[dict[str, Any]], made_hub: LoopbackHub
) -> None:
    """By the census of half a year before: as a census of those rows alone would count."""
    asked = len(made_hub.requests)
    there = [item for item in made if item["createdAt"] < EARLIER]
    as_of = seconds(f"{EARLIER}T00:00:00Z") or 0.0
    plain = Plain(there, load(), iso(as_of - 30 * 86400))
    view = claims.stored(dated.open(), tier=2)
    found = {one.claim.key: one for one in view.rows}
    assert {key for key, one in found.items() if one.counted} == {
        "qwen-derivatives", "qwen-llama", "chinese-bases", "open-labs",
    }  # fmt: skip
    (counted,) = found["qwen-derivatives"].counted
    assert counted.date == EARLIER
    first, copies, alive, *_ = counted.tried
    lens = Lens(credit="multi")
    for one, wanted in (
        (first, lens),
        (copies, lens._replace(relations=("finetune", "adapter", "merge"))),
    ):
        assert one.value.value == plain.figures("qwen", wanted)["derivatives"][0]
        assert (one.value.kind, one.value.source) == ("exact", f"census {EARLIER}")
    assert alive.value.value == plain.figures("qwen", lens)["derivatives_alive"][0]
    assert first.value.value is not None
    assert first.value.value < exact(found["qwen-derivatives"].tried[0])
    assert counted.verdict.verdict == "fails"
    assert f"as counted: {EARLIER} fails" in found["qwen-derivatives"].then.why
    week = (iso(as_of - 7 * 86400), iso(as_of - 6 * 3600))
    (bases,) = found["chinese-bases"].counted
    assert bases.tried[0].value.window == week
    assert bases.tried[0].value.n == len(plain.new(week, ("finetune",)))
    assert len(made_hub.requests) == asked


def test_the_shell_prints_both(dated: Place, made_hub: LoopbackHub, run: Any) -> None:
    env = {"HUBSCOPE_HOME": str(dated.folder), "HF_ENDPOINT": made_hub.url}
    told = run("claims", "qwen-llama", "--offline", "--json", **env)
    (claim,) = json.loads(told.out)["claims"]
    (counted,) = claim["then"]["counted"]
    assert counted["as_of"] == EARLIER
    assert [one["name"] for one in counted["definitions"]] == [
        one["name"] for one in claim["definitions"]
    ]
    view = claims.stored(dated.open(), ["qwen-llama"], 2)
    text = "\n".join(output(view, Context("claims", made_hub.url, NOW), whole=True).text)
    assert f"then, counted in the census of {EARLIER}" in text
    assert len(course(view.rows[0], "downloads")[-1].dots) == 2


async def test_a_single_census_says_nothing_of_then(judged: dict[str, Judged]) -> None:
    assert not any(one.counted for one in judged.values())
