"""One look at a repo's files: plain pages of a thousand, the scanners, ten calls at most."""

from collections.abc import AsyncIterator

import pytest

from tests.loopback import LoopbackHub, World
from tests.unit.ask.conftest import Make
from tui.analysis.repo import openness
from tui.ask.repo import files
from tui.ask.sources import Sources
from tui.model import Detail, Repo, TimedOut, View

TREE = "/api/models/acme/many/tree/main"


async def views(stream: AsyncIterator[View]) -> list[View]:
    return [view async for view in stream]


def many(world: World, count: int) -> None:
    world.model("acme/many", files={f"w/{number:05}.bin": number for number in range(count)})


async def test_sizes_by_the_plain_tree_and_security_by_one_more_call(
    hub: LoopbackHub, world: World, make: Make
) -> None:
    world.model("acme/many", files={"a.safetensors": 5, "w/b.pkl": 6})
    before, after = await views(files.stream(make(), "model", "acme/many"))
    assert [file.security for file in before.rows if file.type == "file"] == [None] * 3
    told = {file.path: file.security for file in after.rows}
    assert told == {
        ".gitattributes": "safe",
        "a.safetensors": "safe",
        "w": None,
        "w/b.pkl": "caution",
    }
    assert [request.target for request in hub.requests] == [
        f"{TREE}?recursive=true",
        "/api/models/acme/many/scan",
    ]
    stored = files.peek(make(offline=True), "model", "acme/many")
    assert stored is not None
    assert stored.rows == after.rows


async def test_no_scan_leaves_the_files(hub: LoopbackHub, world: World, make: Make) -> None:
    many(world, 3)
    hub.fault("/api/models/acme/many/scan", 404, times=None)
    (view,) = await views(files.stream(make(), "model", "acme/many"))
    assert view.problems == ()
    assert view.complete
    hub.clear_faults()
    hub.quirks.scanned = False
    *_, view = await views(files.stream(make(), "model", "acme/many"))
    assert view.rows[-1].security == "caution"
    assert view.rows[0].security in (None, "unscanned")


async def test_one_look_is_ten_calls_at_most_and_says_that_it_is_cut(
    hub: LoopbackHub, world: World, sources: Sources
) -> None:
    many(world, 9_500)
    *_, view = await views(files.stream(sources, "model", "acme/many"))
    assert len(hub.requests) == 10
    assert len(hub.seen(TREE)) == files.PAGES == 9
    assert len(view.rows) == 9000
    assert not view.complete
    assert all("expand" not in request.target for request in hub.requests)


async def test_the_rest_waits_behind_the_keyboard_and_the_first_page_does_not(
    hub: LoopbackHub, world: World, sources: Sources, monkeypatch: pytest.MonkeyPatch
) -> None:
    many(world, 1500)
    monkeypatch.setattr(files, "PATIENCE", 0.05)
    hub.limits.quotas["api"] = 4
    for _ in range(2):
        await (await sources.hub()).detail("model", "acme/base")
    first, last = await views(files.stream(sources, "model", "acme/many"))
    assert len(first.rows) == len(last.rows) == 1000
    assert isinstance(last.problems[0], TimedOut)
    assert len(hub.seen(TREE)) == 1
    assert files.peek(sources, "model", "acme/many") is not None


@pytest.mark.parametrize(("count", "words"), [(999, "999 of 999"), (1000, "1000 of at least 1000")])
def test_the_files_named_beside_the_facts_are_a_thousand_at_least(count: int, words: str) -> None:
    detail = Detail(Repo("a/b"), files=tuple(f"{n}.safetensors" for n in range(count)))
    said = {item.question: item.why for item in openness.checklist(detail)}
    assert said["weights in the repo"] == f"{words} files"
