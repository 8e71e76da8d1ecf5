"""Every claim under every definition, from a census, equals a plain loop and costs no list call."""

from collections.abc import Iterable
from typing import Any

import pytest

from tests.loopback import LoopbackHub
from tests.unit.ask.families.places import Place, last
from tests.unit.census.conftest import DATE, NOW
from tests.unit.census.plain import Plain
from tui.analysis.claims import CLAIMS, Judged, Tried
from tui.analysis.registry.registry import load
from tui.ask.claims import claims
from tui.ask.lists import origins
from tui.model import RELATIONS, Lens, View
from tui.model.lens import ORIGIN_RULES
from tui.model.when import iso

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
