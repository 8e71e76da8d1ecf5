"""The league table, from its first sight to a comparison."""

from tests.app.figures import act, done, figures, go, labels, lower
from tests.app.stage import (
    NOW,
    AppPilot,
    Clock,
    Stage,
    hubscope,
    page,
    resize,
    screen_text,
    sees,
    wait_for,
)
from tests.loopback import LoopbackHub, World
from tui.ask.calls import jobs
from tui.model import Lens
from tui.places import CardPlace, ComparePlace, FamiliesPlace, MembersPlace
from tui.screens.chooser import Chooser
from tui.screens.families import FamiliesScreen
from tui.widgets.table import RowTable

COUNT = "/api/models/Qwen/Qwen3-8B?expand=childrenModelCount"
CHILDREN = "/api/models?filter=base_model"
SIZES = ((60, 20), (80, 24), (120, 36), (200, 50))


def table(pilot: AppPilot) -> FamiliesScreen:
    assert isinstance(pilot.app.screen, FamiliesScreen)
    return pilot.app.screen


async def fetch(pilot: AppPilot, tier: int) -> None:
    """Choose a tier in the menu of what can be fetched."""
    await act(pilot, "fetch")
    await wait_for(pilot, lambda: isinstance(pilot.app.screen, Chooser), "the menu of tiers")
    for _ in range(tier - 1):
        await pilot.press("down")
    await pilot.press("enter")
    await done(pilot)


async def test_the_league_opens_with_one_list_each_and_then_from_what_is_stored(
    hub: LoopbackHub, stage: Stage
) -> None:
    async with stage.play((120, 36)) as pilot:
        await go(pilot, FamiliesPlace())
        await sees(pilot, "by family · origin by root", "Qwen", "10M", "DeepSeek", "● live")
        assert labels(pilot)[:3] == ["Qwen", "Llama", "Gemma"]
        assert "downloads of the last 30 days, sum over own repos" in lower(pilot)
        assert not hub.seen(CHILDREN)
        lists = [one for one in hub.seen("/api/models") if "author=" in one.target]
        assert len(lists) == len({one.target for one in lists})
    async with stage.play() as pilot:
        await go(pilot, FamiliesPlace())
        assert "10M" in screen_text(pilot.app)
    assert [one for one in hub.seen("/api/models") if "author=" in one.target] == lists
    async with stage.play(offline=True) as pilot:
        await go(pilot, FamiliesPlace())
        await sees(pilot, "10M", "offline")


async def test_no_line_wraps_and_a_row_has_few_styles(hub: LoopbackHub, stage: Stage) -> None:
    async with stage.play(SIZES[0]) as pilot:
        await go(pilot, FamiliesPlace())
        await act(pilot, "mark", "column(1)", "lens")
        for width, height in SIZES:
            await resize(pilot, width, height)
            await sees(pilot, "Esc closes")
            lines = screen_text(pilot.app).split("\n")
            assert len(lines) == height
            assert all(len(line) <= width for line in lines), width
            rows = table(pilot).rows
            for y in range(1, rows.size.height):
                strip = rows.render_line(y)
                assert len({segment.style for segment in strip}) <= 3
                assert strip.cell_length == width


async def test_the_column_cursor_defines_and_orders(hub: LoopbackHub, stage: Stage) -> None:
    async with stage.play() as pilot:
        await go(pilot, FamiliesPlace())
        await act(pilot, "column(-1)")
        assert "number of own repos" in lower(pilot)
        assert " 1 repo · " in lower(pilot)
        await act(pilot, "sort")
        await sees(pilot, "▸▾repos")
        await act(pilot, "reverse")
        await sees(pilot, "▸▴repos")
        counts = [one.row.measures["repos"].value for one in figures(pilot).rows.values]
        known = [count for count in counts if count is not None]
        assert known == sorted(known)
        for _ in range(20):
            await act(pilot, "column(1)")
            assert lower(pilot)


async def test_an_unfetched_figure_names_its_cost_and_is_fetched_only_when_chosen(
    hub: LoopbackHub, stage: Stage
) -> None:
    async with stage.play((120, 36)) as pilot:
        await go(pilot, FamiliesPlace())
        table(pilot).column = "derivatives"
        await act(pilot, "move(0)")
        assert "not known · 1 call to fetch" in lower(pilot)
        await act(pilot, "fetch")
        await wait_for(pilot, lambda: isinstance(pilot.app.screen, Chooser), "the menu of tiers")
        await sees(pilot, "fetch tier 1 for Qwen: 1 call?", "calls left in this window")
        await pilot.press("escape")
        await done(pilot)
        assert not hub.seen(COUNT)
        await fetch(pilot, 1)
        await sees(pilot, "≈15")
        assert "a count of edges" in lower(pilot)
        assert "1 of 1 own repos asked" in lower(pilot)
        await fetch(pilot, 1)  # what is left now is tier 2
        await sees(pilot, " 15 ")  # distinct repos: a merge of two families is one of each
        assert "finetune" in lower(pilot)
        await act(pilot, "fetch")
        await sees(pilot, "all tiers of Qwen are stored")


async def test_marked_rows_are_fetched_together(hub: LoopbackHub, stage: Stage) -> None:
    async with stage.play((120, 36)) as pilot:
        await go(pilot, FamiliesPlace())
        await act(pilot, "mark", "mark")
        await act(pilot, "fetch")
        await sees(pilot, "fetch tier 1 for 2 families: 2 calls?")
        await pilot.press("enter")
        await done(pilot)
        costs = {
            one.row.family.key: one.row.costs["derivatives"] for one in figures(pilot).rows.values
        }
        assert (costs["qwen"], costs["llama"], costs["gemma"]) == (0, 0, 1)


async def test_the_lens_counts_again_marks_what_changed_and_is_the_apps(
    hub: LoopbackHub, stage: Stage, world: World
) -> None:
    world.model("Qwen/Qwen3-Embedding-8B", task="feature-extraction", downloads=5_000_000)
    async with stage.play() as pilot:
        await go(pilot, FamiliesPlace())
        await sees(pilot, "15M")
        await act(pilot, "lens")
        await pilot.press("l")
        await done(pilot)
        await sees(pilot, "LLM only", "*10M", "figures changed")
        assert hubscope(pilot).lens == Lens(llm=True)
        assert "DeepSeek" in screen_text(pilot.app)
        await pilot.press("escape")
        await done(pilot)
        assert "*10M" not in screen_text(pilot.app)
        assert "10M" in screen_text(pilot.app)
        assert page(pilot).reader().has_focus


async def test_a_switch_turned_elsewhere_is_taken_up_on_return(
    hub: LoopbackHub, stage: Stage, world: World
) -> None:
    world.model("Qwen/Qwen3-Embedding-8B", task="feature-extraction", downloads=5_000_000)
    async with stage.play() as pilot:
        await go(pilot, FamiliesPlace())
        await go(pilot, ComparePlace(("qwen", "llama")))
        await act(pilot, "lens")
        await pilot.press("l")
        await pilot.press("escape")
        await done(pilot)
        await act(pilot, "up(False)")
        await done(pilot)
        await sees(pilot, "LLM only", "10M")


async def test_the_last_relation_cannot_be_taken_away(hub: LoopbackHub, stage: Stage) -> None:
    async with stage.play() as pilot:
        await go(pilot, FamiliesPlace())
        await act(pilot, "lens")
        await pilot.press(*"famqu")
        await sees(pilot, "one relation must stay")
        assert hubscope(pilot).lens.relations == ("unknown",)


async def test_groups_add_up_what_adds_up(hub: LoopbackHub, stage: Stage) -> None:
    async with stage.play() as pilot:
        await go(pilot, FamiliesPlace())
        whole = sum(
            one.row.measures["downloads_30d"].value or 0 for one in figures(pilot).rows.values
        )
        await act(pilot, "group")
        await sees(pilot, "by origin", "CN")
        assert {"CN", "US", "FR"} <= set(labels(pilot))
        parts = [one.row.measures["downloads_30d"].value or 0 for one in table(pilot).rows.values]
        assert sum(parts) == whole
        assert "sum over the" in lower(pilot)
        await act(pilot, "open_row")
        await sees(pilot, "by family")
        await act(pilot, "group", "group")
        await sees(pilot, "by organisation", "Alibaba")


async def test_growth_is_told_between_comparable_looks(
    hub: LoopbackHub, stage: Stage, clock: Clock, world: World
) -> None:
    async with stage.play((120, 36)) as pilot:
        await go(pilot, FamiliesPlace())
        await sees(pilot, "no growth yet")
    clock.advance(2 * 86400)
    world.repos["models"]["qwen/qwen3-8b"].facts["downloads"] = 11_000_000
    async with stage.play((120, 36)) as pilot:
        await go(pilot, FamiliesPlace())
        await act(pilot, "refresh_view")
        await done(pilot)
        await sees(pilot, "+10.0 %")
        assert "+1,000,000 (+10.0 %) since 2026-11-18" in lower(pilot)
        await act(pilot, "lens")
        await pilot.press("l")
        await done(pilot)
        await sees(pilot, "not comparable")
        assert "another definition" in lower(pilot)


async def test_the_course_of_a_figure_shows_looks_alike_and_the_days_without(
    hub: LoopbackHub, stage: Stage, clock: Clock, world: World
) -> None:
    facts = world.repos["models"]["qwen/qwen3-8b"].facts
    for day, downloads in ((0, 10_000_000), (1, 11_000_000), (3, 17_000_000)):
        clock.now = NOW + day * 86400
        facts["downloads"] = downloads
        async with stage.play((120, 36)) as pilot:
            await go(pilot, FamiliesPlace())
            await act(pilot, "refresh_view")
            await done(pilot)
            await sees(pilot, f"{downloads:,} downloads")
            assert ("▁" in lower(pilot)) == (day > 1)
    async with stage.play((120, 36)) as pilot:
        await go(pilot, FamiliesPlace())
        await sees(pilot, "▁▂\u00a0█ since")
        await act(pilot, "lens")
        await pilot.press("l")
        await done(pilot)
        assert "▁" not in lower(pilot)  # counted in another way before


async def test_a_job_that_was_begun_goes_on_at_the_next_start(
    hub: LoopbackHub, stage: Stage
) -> None:
    async with stage.play((120, 36)) as pilot:
        sources = hubscope(pilot).sources
        jobs.begin(sources, ("qwen",), 1)
        sources.store.flush()
        await go(pilot, FamiliesPlace())
        await wait_for(pilot, lambda: not figures(pilot).busy, "an end")
        await sees(pilot, "≈15")
        assert jobs.unfinished(sources) == ()


async def test_a_rate_limit_keeps_the_cells_and_says_how_long(
    hub: LoopbackHub, stage: Stage
) -> None:
    async with stage.play((120, 36)) as pilot:
        await go(pilot, FamiliesPlace())
        hub.limits.quotas["api"] = 0
        figures(pilot).loader.question(("qwen",), 1)
        await sees(pilot, "asks to wait")
        assert "10M" in screen_text(pilot.app)
        assert figures(pilot).busy


async def test_with_nothing_stored_and_no_hub_the_sample_opens(away: Stage) -> None:
    async with away.play(fallback=True) as pilot:
        await go(pilot, FamiliesPlace())
        await sees(pilot, "sample", "Qwen")
        assert "sample" in lower(pilot)


async def test_what_is_copied_names_lens_and_tier(hub: LoopbackHub, stage: Stage) -> None:
    async with stage.play() as pilot:
        await go(pilot, FamiliesPlace())
        await act(pilot, "mark", "mark")
        hubscope(pilot).lens = Lens(llm=True, origin="lab")
        assert table(pilot).command_line() == "hubscope family qwen llama --origin lab --llm"
        await act(pilot, "copy_menu")
        await sees(pilot, "cite", "request", "curl -s")


async def test_members_are_the_own_repos_and_open_their_card(
    hub: LoopbackHub, stage: Stage, world: World
) -> None:
    world.model("Qwen/Qwen3-0.6B", downloads=20_000_000, task="text-generation")
    async with stage.play() as pilot:
        await go(pilot, FamiliesPlace())
        await act(pilot, "open_row")
        await done(pilot)
        await sees(
            pilot, "Qwen · own repos", "Qwen/Qwen3-0.6B", "1 of 2 repos", "together ↓30d 30M"
        )
        rows = pilot.app.screen.query_one(RowTable).values
        assert [row.repo.id for row in rows] == [
            "Qwen/Qwen3-0.6B", "Qwen/Qwen3-8B",
        ]  # fmt: skip
        await act(pilot, "move(1)", "open_row")
        await wait_for(
            pilot,
            lambda: hubscope(pilot).trail.here.place == CardPlace("model", "Qwen/Qwen3-8B"),
            "its card",
        )


async def test_a_family_without_models_says_so(hub: LoopbackHub, stage: Stage) -> None:
    async with stage.play() as pilot:
        await go(pilot, MembersPlace("apertus"))
        await sees(pilot, "no own repo of this family is on the Hub")
