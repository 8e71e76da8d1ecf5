"""Claims against a loopback Hub: opposite facts, trouble on the way, and the sample."""

import asyncio
import sys
from pathlib import Path
from typing import Any

import pytest

from tests.loopback import LoopbackHub, World, faults
from tests.paths import CHECKOUT
from tests.unit.ask.claims.made import (
    HOUR,
    LLAMA,
    NOBODY,
    NOW,
    OMNI,
    QWEN,
    ago,
    bases,
    drawn,
    families,
    trending,
    window,
)
from tests.unit.ask.families.places import Place, last
from tui.analysis.claims import CLAIMS, Facts, Judged, judge
from tui.analysis.registry.registry import load
from tui.ask.claims import claims as ask
from tui.ask.sources import Sources
from tui.hub import endpoints
from tui.model import Offline, RateLimited, View
from tui.sample.wire import SampleWire
from tui.store.paths import Home
from tui.store.store import Store

FOREGROUND = "foreground"


@pytest.fixture
def world() -> World:
    return World()


@pytest.fixture
def place(hub: LoopbackHub, tmp_path: Path) -> Place:
    return Place(tmp_path / "one", hub.url, lambda: NOW)


async def judged(place: Place, key: str, tier: int = 0, calls: int | None = None) -> Judged:
    sources = place.open()
    view = await last(sources, ask.stream(sources, [key], tier, calls, FOREGROUND))
    assert view.problems == ()
    found: Judged = view.rows[0]
    return found


@pytest.mark.parametrize(("count", "tier", "verdict"), [(151_448, 1, "holds"), (40, 2, "fails")])
async def test_derivatives_both_ways(
    world: World, place: Place, count: int, tier: int, verdict: str
) -> None:
    families(world, qwen_first=True, derivatives=count)
    for number in range(40 if tier == 2 else 0):
        world.model(f"someone/child-{number}", base=("finetune", [QWEN]))
    found = await judged(place, "qwen-derivatives", tier)
    assert found.now.verdict == verdict
    assert found.tried[0].verdict == verdict
    assert found.tried[0].value.value == count


async def test_a_lower_bound_below_the_threshold_never_fails(world: World, place: Place) -> None:
    families(world, qwen_first=True, derivatives=99_996)
    for number in range(5):
        world.model(
            f"Qwen/Qwen3-made-{number}",
            downloads=50 - number,
            createdAt=ago(2000),
            childrenModelCount={"finetune": 1},
        )
    for calls in (0, 2, 1, 1, 1):
        found = await judged(place, "qwen-derivatives", 1, calls)
        assert found.now.verdict == "unknown"
        assert {one.verdict for one in found.tried} == {"undecided"}
    found = await judged(place, "qwen-derivatives", 1)
    assert (found.now.verdict, found.tried[0].span.lo) == ("holds", 100_001)


@pytest.mark.parametrize(("qwen_first", "verdict"), [(True, "holds"), (False, "fails")])
async def test_downloads_both_ways(
    world: World, place: Place, qwen_first: bool, verdict: str
) -> None:
    families(world, qwen_first=qwen_first, derivatives=0)
    found = await judged(place, "qwen-llama")
    assert found.now.verdict == verdict
    assert [one.verdict for one in found.tried] == [verdict, verdict, "undecided"]
    assert found.then.verdict == "holds"
    whole = await judged(place, "qwen-llama", 2)
    assert [one.verdict for one in whole.tried] == [verdict] * 3


async def test_stock_and_flow_that_disagree_make_it_depend(world: World, place: Place) -> None:
    families(world, qwen_first=True, derivatives=0)
    world.repos["models"][LLAMA.lower()].facts["downloadsAllTime"] = 10**9
    found = await judged(place, "qwen-llama")
    assert found.now.verdict == "depends"
    assert "fails by “stock" in found.now.why


@pytest.mark.parametrize(("chinese", "verdict"), [(0.85, "holds"), (0.15, "fails")])
async def test_bases_both_ways(world: World, place: Place, chinese: float, verdict: str) -> None:
    bases(world)
    window(world, drawn(900, chinese, 200, 1))
    found = await judged(place, "chinese-bases")
    assert found.now.verdict == verdict
    assert {one.verdict for one in found.tried} == {verdict}


@pytest.mark.parametrize(
    ("chinese", "omni_first", "verdict"),
    [(5, True, "holds"), (2, False, "fails"), (5, False, "depends"), (3, True, "depends")],
)
async def test_trending_both_ways(
    world: World, place: Place, chinese: int, omni_first: bool, verdict: str
) -> None:
    trending(world, chinese=chinese, omni_first=omni_first)
    assert (await judged(place, "trending-top")).now.verdict == verdict


async def test_a_tie_for_the_first_place_decides_nothing(world: World, place: Place) -> None:
    trending(world, chinese=5, omni_first=True)
    world.model("google/tied", trendingScore=99)
    found = await judged(place, "trending-top")
    first = next(one for one in found.tried if one.name == "Qwen3-Omni first")
    assert (first.value.value, first.value.bound, first.verdict) == (1, (1, 2), "undecided")


@pytest.mark.parametrize(
    ("task", "verdict"), [("any-to-any", "holds"), ("text-generation", "fails")]
)
async def test_the_task_of_a_model_both_ways(
    world: World, place: Place, task: str, verdict: str
) -> None:
    world.model(OMNI, task=task)
    found = await judged(place, "omni-multimodal")
    assert found.now.verdict == verdict
    natively = found.tried[1]
    assert natively.verdict == "undecided"
    assert "not on the Hub" in natively.why


@pytest.mark.parametrize(("gated", "answer"), [(False, "holds"), ("manual", "fails")])
async def test_openness_is_a_checklist_without_a_verdict(
    world: World, place: Place, gated: Any, answer: str
) -> None:
    world.model(OMNI, gated=gated, license="apache-2.0", files={"model.safetensors": 10})
    found = await judged(place, "open-weights")
    assert found.now.verdict == "unknown"
    items = {one.name: one.verdict for one in found.tried}
    assert items["to be had without a form"] == answer
    assert items["training code published"] == "undecided"
    assert len(items) == 7


async def test_organisations_publish_or_do_not(world: World, place: Place) -> None:
    found = await judged(place, "open-labs")
    assert found.now.verdict == "fails"
    for one in found.tried:
        world.model(f"{one.name}/anything", downloads=1)
    later = Place(place.folder, place.endpoint, lambda: NOW + 2 * HOUR)
    assert (await judged(later, "open-labs")).now.verdict == "holds"


async def test_what_an_organisation_builds_on_stands_beside_its_count(
    world: World, place: Place
) -> None:
    world.model("nvidia/own", downloads=5)
    world.model("nvidia/Cosmos-Reason1-7B", base=("finetune", [QWEN]))
    found = (await judged(place, "open-labs")).tried[0]
    beside = dict(found.beside)["built on a foreign base"]
    assert (beside.value, beside.bound) == (0.5, (0.5, 1.0))


async def test_from_the_sample_only_now_is_unknown(tmp_path: Path) -> None:
    store = Store.without_cache(Home(*(str(tmp_path / part) for part in Home._fields)))
    sources = Sources(
        store, "http://127.0.0.1:1", lambda: NOW, load, wire=SampleWire, universe="sample"
    )
    view = await last(sources, ask.stream(sources))
    assert [row.claim.key for row in view.rows] == [claim.key for claim in CLAIMS]
    for row in view.rows:
        live = judge(row.claim, Facts(sources.registry, NOW))
        assert row.then == live.then
        assert (row.now.verdict, row.now.why) == ("unknown", "sample")
        assert {one.verdict for one in row.tried} == {"undecided"}
        assert {one.value.universe for one in row.tried} == {"sample"}
    assert {"holds"} <= {row.then.verdict for row in view.rows}


async def test_stored_verdicts_are_the_same_unplugged(world: World, place: Place) -> None:
    families(world, qwen_first=True, derivatives=120_000)
    trending(world, chinese=6, omni_first=True)
    window(world, drawn(400, 0.9, 100, 2))
    world.model(NOBODY, createdAt=ago(2000))
    sources = place.open()
    fresh = await last(sources, ask.stream(sources, (), 1, None, FOREGROUND))
    stored = ask.peek(place.open(offline=True), (), 1)
    assert stored is not None
    assert verdicts(stored) == verdicts(fresh)


async def test_without_hub_and_store_there_is_nothing_to_judge_from(place: Place) -> None:
    assert ask.peek(place.open(offline=True)) is None
    sources = place.open(offline=True)
    with pytest.raises(Offline):
        await last(sources, ask.stream(sources))


async def test_a_model_that_is_gone_is_not_known_and_no_trouble(place: Place) -> None:
    found = await judged(place, "omni-multimodal")
    assert found.now.verdict == "unknown"
    assert found.tried[0].calls == 0


def verdicts(view: View) -> list[tuple[Any, ...]]:
    """What was found, without its age and source."""
    return [
        (row.claim.key, row.now.verdict, one.name, one.verdict, one.value.value, one.span)
        for row in view.rows
        for one in row.tried
    ]


DIES_ON_THE_WAY = """
import asyncio, sys
from pathlib import Path
from tests.unit.ask.claims.made import NOW
from tests.paths import CHECKOUT
from tests.unit.ask.families.places import Place, last
from tui.ask.claims import claims
from tui.hub import endpoints
endpoints.PAGE_LIMIT = 20
sources = Place(Path(sys.argv[1]), sys.argv[2], lambda: NOW).open()
asyncio.run(last(sources, claims.stream(sources, ["chinese-bases"], lane="foreground")))
"""


async def test_a_refusal_then_a_kill_then_a_restart_read_the_window_without_a_gap(
    world: World,
    hub: LoopbackHub,
    place: Place,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(endpoints, "PAGE_LIMIT", 20)
    bases(world)
    window(world, drawn(470, 0.75, 100, 3), last=180)  # the end is older than the window
    calm = await judged(Place(tmp_path / "two", hub.url, lambda: NOW), "chinese-bases")
    whole = pages(hub)
    assert len(whole) > 20
    hub.requests.clear()

    used_up = faults.respond(429, headers={"RateLimit": '"api";r=0;t=300'})
    hub.fault(lambda request: request.target == whole[2], used_up)
    sources = place.open()
    limited = await last(sources, ask.stream(sources, ["chinese-bases"], lane=FOREGROUND))
    assert any(isinstance(problem, RateLimited) for problem in limited.problems)
    assert not limited.complete
    assert limited.rows[0].now.verdict == "unknown"
    assert ask.unfinished(place.open()) == ((("chinese-bases",), 0),)

    gate = hub.gate(lambda request: request.target == whole[8])
    words = [sys.executable, "-c", DIES_ON_THE_WAY, str(place.folder), hub.url]
    process = await asyncio.create_subprocess_exec(*words, cwd=CHECKOUT)
    assert await asyncio.to_thread(gate.arrived.wait, 30)
    process.kill()
    await process.wait()
    gate.open()

    again = await judged(place, "chinese-bases")
    assert ask.unfinished(place.open()) == ()
    assert again.now[:2] == calm.now[:2]
    assert compared(again) == compared(calm)
    asked = pages(hub)
    assert list(dict.fromkeys(asked)) == whole
    assert [page for page in whole if asked.count(page) > 1] == [whole[2], whole[8]]


def compared(found: Judged) -> list[tuple[Any, ...]]:
    return [
        (one.name, one.verdict, one.value.value, one.value.bound, one.value.ci, one.value.n)
        for one in found.tried
    ]


def pages(hub: LoopbackHub) -> list[str]:
    return [
        request.target for request in hub.seen("/api/models") if "sort=createdAt" in request.target
    ]
