"""The view of claims and the page of one, on the app's stage."""

import pytest

from tests.app.conftest import away, clock, stage
from tests.app.stage import (
    AppPilot,
    Stage,
    ended,
    hubscope,
    page,
    resize,
    screen_text,
    sees,
    wait_for,
)
from tests.loopback import LoopbackHub, World
from tests.unit.ask.claims.made import OMNI, bases, drawn, families, trending, window
from tui.analysis.claims import CLAIMS
from tui.places import ClaimPlace, ClaimsPlace, Place
from tui.screens.chooser import Chooser
from tui.screens.claim_page import ClaimPage
from tui.screens.claims import ClaimsScreen

__all__ = ["away", "clock", "stage"]


@pytest.fixture
def world() -> World:
    world = World()
    families(world, qwen_first=True, derivatives=151_448)
    trending(world, chinese=6, omni_first=True)
    return world


async def go(pilot: AppPilot, place: Place) -> None:
    hubscope(pilot).visit(place)
    await wait_for(pilot, lambda: page(pilot).place == place, f"{place} in sight")
    await done(pilot)


async def done(pilot: AppPilot) -> None:
    await pilot.pause()
    await ended(pilot, "deepen")
    await pilot.pause()
    await wait_for(
        pilot, lambda: page(pilot).view is not None and not page(pilot).busy, "nothing is asked"
    )


async def act(pilot: AppPilot, *actions: str) -> None:
    for action in actions:
        await page(pilot).run_action(action)
        await pilot.pause()


def claims(pilot: AppPilot) -> ClaimPage:
    assert isinstance(pilot.app.screen, ClaimPage), screen_text(pilot.app)
    return pilot.app.screen


def verdict(pilot: AppPilot, key: str) -> str:
    return next(one.now.verdict for one in claims(pilot).judged() if one.claim.key == key)


async def test_the_table_says_what_holds_and_asks_no_long_question(
    hub: LoopbackHub, stage: Stage
) -> None:
    async with stage.play((120, 30)) as pilot:
        await go(pilot, ClaimsPlace())
        await sees(pilot, "Qwen has overtaken Llama", "holds    unknown", "A 113k   2026-02")
        assert [one.claim.key for one in claims(pilot).judged()] == [one.key for one in CLAIMS]
        assert verdict(pilot, "qwen-llama") == "holds"
        assert verdict(pilot, "trending-top") == "holds"
        assert verdict(pilot, "chinese-bases") == "unknown"
        assert not [one for one in hub.seen("/api/models") if "sort=createdAt" in one.target]
        assert not hub.seen("/api/models/Qwen/Qwen3-8B?")


async def test_fetching_more_names_the_calls_first_and_decides(
    hub: LoopbackHub, stage: Stage
) -> None:
    async with stage.play((120, 30)) as pilot:
        await go(pilot, ClaimsPlace())
        assert verdict(pilot, "qwen-derivatives") == "unknown"
        await pilot.press("plus")
        await wait_for(pilot, lambda: isinstance(pilot.app.screen, Chooser), "the menu")
        await sees(pilot, "fetch tier 1: about 2 calls?")
        await pilot.press("enter")
        await wait_for(
            pilot,
            lambda: (
                isinstance(pilot.app.screen, ClaimPage)
                and verdict(pilot, "qwen-derivatives") == "holds"
            ),
            "the claim holds",
        )
        await sees(pilot, "151k")


async def test_what_was_fetched_once_is_there_again_at_the_next_start(
    world: World, hub: LoopbackHub, stage: Stage
) -> None:
    bases(world)
    window(world, drawn(400, 0.9, 100, 1))
    async with stage.play((120, 30)) as pilot:
        await go(pilot, ClaimPlace("chinese-bases"))
        assert verdict(pilot, "chinese-bases") == "unknown"
        claims(pilot).question(("chinese-bases",), 0)
        await wait_for(
            pilot, lambda: verdict(pilot, "chinese-bases") == "holds", "the window decides"
        )
        await done(pilot)
    hub.requests.clear()
    async with stage.play((120, 30)) as pilot:
        await go(pilot, ClaimsPlace())
        assert verdict(pilot, "chinese-bases") == "holds"
        assert not [one for one in hub.seen("/api/models") if "sort=createdAt" in one.target]


async def test_enter_opens_every_definition_with_its_interval_and_test(
    hub: LoopbackHub, stage: Stage
) -> None:
    async with stage.play((100, 40)) as pilot:
        await go(pilot, ClaimsPlace())
        claims(pilot).question(("qwen-derivatives",), 1)
        await done(pilot)
        await pilot.press("enter")
        await sees(pilot, "all relations  holds", "test: ≥ 100,000 repos", "[151,448, …)")
        text = "\n".join(pilot.app.screen.query_one("#page").plain())  # type: ignore[attr-defined]
        for words in ("alive", "by name", "walked", "transitive totals", "published", "╎"):
            assert words in text
        await pilot.press("escape")
        await wait_for(pilot, lambda: isinstance(pilot.app.screen, ClaimsScreen), "the table")


async def test_the_sentence_to_cite_says_verdict_figure_and_how_it_was_counted(
    hub: LoopbackHub, stage: Stage, monkeypatch: pytest.MonkeyPatch
) -> None:
    copied: list[str] = []
    monkeypatch.setattr(ClaimPage, "copy", lambda self, text: copied.append(text))
    async with stage.play((100, 40)) as pilot:
        await go(pilot, ClaimsPlace())
        await pilot.press("j", "Y")
        await wait_for(pilot, lambda: isinstance(pilot.app.screen, Chooser), "the menu")
        await pilot.press("enter")
        await wait_for(pilot, lambda: copied, "a copy")
    [sentence] = copied
    assert sentence.startswith(
        "“Qwen has overtaken Llama as the most downloaded LLM family” (published: 385M, 2025-10, "
    )
    assert "holds: 2 of 3 definitions" in sentence
    assert "90,000,000 downloads on 20" in sentence
    assert sentence.endswith(f"{hub.url}.")


async def test_no_line_wraps_and_a_row_has_few_styles(hub: LoopbackHub, stage: Stage) -> None:
    sizes = ((60, 20), (80, 24), (120, 30), (200, 50))
    async with stage.play(sizes[0]) as pilot:
        await go(pilot, ClaimsPlace())
        for size in sizes:
            await resize(pilot, *size)
            await pilot.pause()
            lines = screen_text(pilot.app).split("\n")
            assert len(lines) == size[1]
            assert all(len(line) <= size[0] for line in lines)
            rows = claims(pilot).reader()
            for y in range(1, rows.size.height):
                strip = rows.render_line(y)
                assert len({segment.style for segment in strip}) <= 3
                assert strip.cell_length == rows.size.width
        await act(pilot, "open_row")
        await done(pilot)
        for size in sizes:
            await resize(pilot, *size)
            await pilot.pause()
            drawn_lines = screen_text(pilot.app).split("\n")
            assert all(len(line) <= size[0] for line in drawn_lines)
            pane = pilot.app.screen.query_one("#page")
            assert all(len(line) <= size[0] for line in pane.plain())  # type: ignore[attr-defined]


async def test_without_a_hub_the_sample_opens_and_decides_nothing(
    away: Stage, stage: Stage
) -> None:
    del stage
    async with away.play((120, 30), fallback=True) as pilot:
        await go(pilot, ClaimsPlace())
        await wait_for(pilot, lambda: page(pilot).view and not page(pilot).busy, "the sample")
        assert {one.now.verdict for one in claims(pilot).judged()} == {"unknown"}
        assert {one.now.why for one in claims(pilot).judged()} == {"sample"}


async def test_a_claim_of_one_model_shows_what_no_page_can_say(
    world: World, hub: LoopbackHub, stage: Stage
) -> None:
    world.model(OMNI, task="any-to-any")
    async with stage.play((100, 30)) as pilot:
        await go(pilot, ClaimPlace("omni-multimodal"))
        await sees(pilot, "task any-to-any  holds", "natively  undecided", "arXiv 2509.17765")
