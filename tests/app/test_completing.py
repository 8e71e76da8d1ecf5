"""In the search bar: carets under a wrong word, Tab, and what is asked for it."""

import pytest

from tests.app.stage import (
    AppPilot,
    Clock,
    Stage,
    hubscope,
    ids,
    listing,
    page,
    press,
    screen_text,
    sees,
    wait_for,
)
from tests.loopback import LoopbackHub, faults
from tui.analysis.memory.machine import Machine
from tui.ask.lists import vocabulary
from tui.ask.machine import probe
from tui.model import ORDERS
from tui.render.spans import width
from tui.screens.search_bar import SearchBar


async def opened(pilot: AppPilot, line: str = "") -> SearchBar:
    """The search bar with a line in it, as typed."""
    await wait_for(pilot, lambda: ids(pilot), "a list")
    await press(pilot, "search.open")
    bar = listing(pilot).query_one(SearchBar)
    await typed(pilot, bar, line)
    return bar


async def typed(pilot: AppPilot, bar: SearchBar, line: str) -> None:
    bar.value = line
    await pilot.press("home", "end")


def caret(pilot: AppPilot) -> str:
    """What stands in the box above the carets of the rule."""
    lines = screen_text(pilot.app).splitlines()
    at = max(place for place, text in enumerate(lines) if text.startswith(("──", "─^")))
    rule, box = lines[at], lines[at - 1]
    start, end = rule.find("^"), rule.rfind("^") + 1
    cells = "".join(char + "\0" * (width(char) - 1) for char in box)
    return cells[start:end].replace("\0", "") if start >= 0 else ""


WRONG = (
    ("qwen licence:mit", "licence:", "licence: is no field; did you mean license:?"),
    ("模型 x sort:lieks y", "sort:lieks", "did you mean likes?"),
    ("!relation:merge,cousin 3", "cousin", "use finetune"),
    ("family:qwem", "family:qwem", "did you mean qwen?"),
    ("origin:china", "origin:china", "did you mean CN?"),
    ("task:text-generatoin", "task:text-generatoin", "did you mean text-generation?"),
    ("license:mit,apache-2 zzz", "apache-2", "did you mean apache-2.0?"),
    ("quant:Q4_K_N", "quant:Q4_K_N", "did you mean Q4_K_M?"),
    ("has:ggfu", "has:ggfu", "did you mean gguf?"),
    ("a" * 70 + " licence:mit", "licence:", "did you mean license:?"),
    ("词" * 60 + " licence:x" + "词" * 9, "licence:", "did you mean license:?"),
    ("qwen license:", "", "license: needs a value"),
    ("likes:>1", "", ""),
)


async def test_the_wrong_word_is_pointed_at(hub: LoopbackHub, stage: Stage) -> None:
    async with stage.play() as pilot:
        for line, under, says in WRONG:
            bar = await opened(pilot)
            await wait_for(pilot, lambda: bar.at_hand.total > 50, "the rows")  # noqa: B023
            await typed(pilot, bar, line)
            await wait_for(pilot, lambda: caret(pilot) == under, f"{under} of {line}")  # noqa: B023
            await sees(pilot, says)
            await pilot.press("escape")
            await wait_for(pilot, lambda: page(pilot).pointed == (0, 0), "no carets")


async def test_tab_completes_and_then_goes_round(hub: LoopbackHub, stage: Stage) -> None:
    async with stage.play() as pilot:
        bar = await opened(pilot, "lic")
        await pilot.press("tab")
        assert bar.value == "license:"
        await pilot.press("a", "p", "a", "tab")
        assert bar.value == "license:apache-2.0"
        await typed(pilot, bar, "!relation:")
        await pilot.press("tab")
        assert bar.value == "!relation:"
        await sees(pilot, "5:  finetune  adapter")
        await pilot.press("tab")
        assert bar.value == "!relation:finetune"
        await sees(pilot, "1 of 5:  ‹finetune›")
        await pilot.press("tab", "tab", "shift+tab")
        assert bar.value == "!relation:adapter"
        await pilot.press("comma", "m", "tab")
        assert bar.value == "!relation:adapter,merge"
        await wait_for(pilot, lambda: "‹" not in screen_text(pilot.app), "the list is gone")
        await typed(pilot, bar, "created:")
        await pilot.press("tab")
        await sees(pilot, "created: is written like <90d")
        await typed(pilot, bar, "qwen3")
        await pilot.press("tab", "shift+tab")
        assert bar.value == "qwen3"
        assert bar.has_focus


async def test_shift_tab_goes_backward_from_the_last(hub: LoopbackHub, stage: Stage) -> None:
    async with stage.play() as pilot:
        bar = await opened(pilot, "sort:")
        await pilot.press("shift+tab", "shift+tab")
        assert bar.value == f"sort:{ORDERS[-1]}"
        await pilot.press("shift+tab")
        assert bar.value == f"sort:{ORDERS[-2]}"


async def test_the_hubs_list_is_asked_once_and_kept_for_days(
    hub: LoopbackHub, stage: Stage, clock: Clock
) -> None:
    path = "/api/models-tags-by-type"

    def asked() -> int:
        return sum(one.path.startswith(path) for one in hub.requests)

    hub.world.model("odd/licence", license="odd-licence-7", tags=["license:odd-licence-7"])
    async with stage.play() as pilot:
        bar = await opened(pilot, "sort:l")
        await pilot.press("tab")
        assert asked() == 0
        await typed(pilot, bar, "license:odd-")
        await pilot.press("tab")
        await wait_for(pilot, lambda: bar.value == "license:odd-licence-7", "the Hub's own")
        assert asked() == 1
        await typed(pilot, bar, "license:odd-")
        await pilot.press("tab")
        assert (bar.value, asked()) == ("license:odd-licence-7", 1)
    clock.advance(vocabulary.AGE - 3600)
    async with stage.play() as pilot:
        bar = await opened(pilot, "license:odd-")
        await pilot.press("tab")
        await wait_for(pilot, lambda: bar.value == "license:odd-licence-7", "the stored list")
        assert asked() == 1
        assert not vocabulary.lacking(hubscope(pilot).sources, "license")
        clock.advance(7200)
        assert vocabulary.lacking(hubscope(pilot).sources, "license")


async def test_a_hub_that_has_no_such_list_is_not_asked_again(
    hub: LoopbackHub, stage: Stage
) -> None:
    hub.fault("/api/models-tags-by-type", faults.respond(404), times=None)
    async with stage.play() as pilot:
        bar = await opened(pilot, "library:transf")
        for _ in range(3):
            await pilot.press("tab")
            await pilot.pause(0.1)
        assert bar.value.startswith("library:transformers")
        assert page(pilot).problem is None
        found = [one for one in hub.requests if "tags-by-type" in one.path]
        assert len(found) == 1


async def test_offline_and_from_the_sample_nothing_is_asked(stage: Stage) -> None:
    async with stage.play(sample=True) as pilot:
        bar = await opened(pilot, "task:text-gener")
        await wait_for(pilot, lambda: bar.at_hand.total > 50, "the rows")
        await pilot.press("tab")
        assert bar.value == "task:text-generation"
        assert not vocabulary.lacking(hubscope(pilot).sources, "task")


async def test_this_machine_is_asked_beside_the_keys(
    hub: LoopbackHub, stage: Stage, monkeypatch: pytest.MonkeyPatch
) -> None:
    loop: list[bool] = []

    def slow() -> Machine:
        from threading import current_thread, main_thread

        loop.append(current_thread() is main_thread())
        return Machine(40 * 10**9)

    monkeypatch.setattr(probe, "found", slow)
    async with stage.play() as pilot:
        await opened(pilot, "fits:here")
        await wait_for(pilot, lambda: "acme/base" in ids(pilot), "what fits")
        assert "deepseek-ai/DeepSeek-R1" not in ids(pilot)
        assert loop == [False]
