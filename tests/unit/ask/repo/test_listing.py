"""A list of files as it is stored and as it is shown."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.loopback import LoopbackHub
from tui.analysis.memory.variants import NO_LABEL, variants
from tui.analysis.registry.registry import load
from tui.ask.repo import facts_and_files, files
from tui.ask.sources import Sources
from tui.hub.http import HttpWire
from tui.model import File
from tui.render import files as drawn
from tui.render.spans import plain
from tui.store.paths import home
from tui.store.store import Store

GB = 10**9


@pytest.fixture
def sources(hub: LoopbackHub, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Sources]:
    monkeypatch.setenv("HF_TOKEN", "hf_ann")
    place = home({"HUBSCOPE_HOME": str(tmp_path / "hubscope")})

    with Store.open(place, hub.url, sync=True) as store:
        yield Sources(
            store,
            hub.url,
            lambda: 1_795_000_000.0,
            load,
            wire=HttpWire,
            token="hf_ann",
        )


async def test_a_tree_that_was_cut_is_cut_in_the_store_too(
    sources: Sources, hub: LoopbackHub, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(files, "PAGES", 1)
    repo = hub.world.find("models", "acme/base")
    assert repo is not None
    repo.files.update({f"part-{number:04}.bin": 1 for number in range(1200)})
    fresh = await facts_and_files.drain(files.stream(sources, "model", "acme/base"))
    stored = files.peek(sources, "model", "acme/base")
    await sources.close()
    assert stored is not None
    assert (fresh.complete, stored.complete) == (False, False)
    assert stored.rows == fresh.rows


@pytest.mark.parametrize("text", ["", "[]", "{", '{"files": 3, "complete": true}', "[[1]]"])
def test_a_damaged_list_is_as_none(sources: Sources, text: str) -> None:
    sources.store.cache.put_body("tree model acme/base", "", text, 1.0)
    assert files.peek(sources, "model", "acme/base") is None


async def test_facts_and_files_of_a_public_repo_ask_for_no_account(
    sources: Sources, hub: LoopbackHub
) -> None:
    view = await facts_and_files.drain(facts_and_files.stream(sources, "model", "acme/base"))
    await sources.close()
    asked = sorted(request.path for request in hub.requests)
    assert asked == [
        "/api/models/acme/base",
        "/api/models/acme/base/scan",
        "/api/models/acme/base/tree/main",
    ]
    assert (view.source, view.complete, view.problems) == ("hub", True, ())
    assert len(view.requests) == 3


async def test_facts_stand_without_files_and_say_why(sources: Sources, hub: LoopbackHub) -> None:
    hub.fault("/api/models/acme/base/tree", 500, times=None)
    view = await facts_and_files.drain(facts_and_files.stream(sources, "model", "acme/base"))
    await sources.close()
    one = view.rows[0]
    assert one.detail is not None
    assert one.files is None
    assert len(view.problems) == 1


@pytest.mark.parametrize(
    ("files", "words"),
    [
        ([File("a", 1), File("b", 2)], "security scan not recorded"),
        (
            [File("a", 1, security="safe"), File("b", 1, security="queued")],
            "security scan: 1 of 2 files safe",
        ),
        (
            [File("a.pkl", 1, security="unsafe"), File("b", 1, security="safe")],
            "security scan: 1 unsafe",
        ),
    ],
)
def test_what_a_scan_found(files: list[File], words: str) -> None:
    assert drawn.security(files) == words


def test_a_file_that_a_scan_warns_of_is_marked() -> None:
    lines = drawn.file_lines([File("a.pkl", 1, security="unsafe")], NO_LABEL, 60)
    assert "a.pkl  [unsafe]" in plain(lines[1])


def test_a_sum_says_what_it_leaves_out() -> None:
    text = drawn.summary([File("a", GB), File("b", None)], complete=False)
    assert text.startswith(
        "at least 2 files · at least 1.00 GB in all · 1 of unknown size · the list is cut"
    )


def test_weights_with_a_missing_shard_are_a_lower_bound() -> None:
    lines = drawn.quant_lines(variants([File("m-00001-of-00002.gguf", GB)], None), 80)
    assert "≥1.00 GB" in plain(lines[1])
    assert drawn.quant_lines((), 80) == []
