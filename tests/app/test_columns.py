"""Columns chosen and kept, and lists in the order of the columns under the cursor."""

import csv
import json
from pathlib import Path

import pytest

from tests.app.stage import (
    AppPilot,
    Stage,
    ids,
    listing,
    page,
    press,
    screen_text,
    sees,
    settled,
    wait_for,
)
from tests.conftest import Shell
from tests.loopback import LoopbackHub, World
from tui.analysis.query.order import in_order
from tui.config import Config
from tui.model import KINDS
from tui.render.columns import catalogues
from tui.render.list_columns import catalogue


def heads(pilot: AppPilot) -> list[str]:
    """The column heads in sight."""
    return screen_text(pilot.app).splitlines()[3].split()


async def keys(pilot: AppPilot, *pressed: str) -> None:
    for key in pressed:
        await pilot.press(key)
        await pilot.pause()


async def test_columns_are_hidden_shown_and_moved_and_stay_so(stage: Stage) -> None:
    async with stage.play((100, 24)) as pilot:
        await settled(pilot)
        await press(pilot, "pane.preview")
        assert heads(pilot)[:5] == ["#", "move", "model", "from", "task"]
        await press(pilot, "list.columns")
        await sees(pilot, "Columns · trending", "● move", "  author")
        await keys(pilot, "j", "space")  # without moves
        await keys(pilot, "j", "space")  # the id cannot be hidden
        await keys(pilot, "j", "<", "<")  # the origin before the id
        await keys(pilot, "G", "k", "k", "k", "k", "k", "space")  # the author too
        await sees(pilot, "● author", "  move", "● id")
        await keys(pilot, "enter")
        await wait_for(pilot, lambda: heads(pilot)[:3] == ["#", "from", "model"], "the columns")
        assert "author" in heads(pilot)
        assert "move" not in heads(pilot)
        assert any(line.rstrip().endswith(" Qwen") for line in screen_text(pilot.app).splitlines())
        await press(pilot, "tab.next")  # datasets have columns of their own
        await sees(pilot, "datasets · trending")
        assert "move" in heads(pilot)
    async with stage.play((100, 24)) as pilot:
        await settled(pilot)
        await press(pilot, "pane.preview")
        await wait_for(pilot, lambda: heads(pilot)[:3] == ["#", "from", "model"], "kept")
        await press(pilot, "list.columns")
        await sees(pilot, "● author")
        await keys(pilot, "space", "escape")  # left as it was
        assert heads(pilot)[:3] == ["#", "from", "model"]
        await press(pilot, "list.columns")
        await keys(pilot, "u", "enter")
        await wait_for(pilot, lambda: heads(pilot)[:3] == ["#", "move", "model"], "as usual")


async def test_the_settings_say_which_columns_there_are(stage: Stage) -> None:
    config = Config(columns={"trending": ("likes", "id", "family"), "saved": ("id", "size")})
    async with stage.play((80, 24), config=config) as pilot:
        await settled(pilot)
        assert heads(pilot) == ["♥", "model", "family"]
        assert "qwen" in screen_text(pilot.app)
        await press(pilot, "go.saved")
        await sees(pilot, "saved · bookmarks")
        assert heads(pilot) == ["repo", "or", "search", "size"]


async def test_a_family_has_columns_too(stage: Stage) -> None:
    async with stage.play((80, 24)) as pilot:
        await settled(pilot)
        await press(pilot, "go.families")
        await sees(pilot, "by family", "▸▾↓30d")
        await press(pilot, "figure.columns")
        await keys(pilot, "j", "j", "j", "space", "enter")  # without the figure under the cursor
        await wait_for(pilot, lambda: "▸▾↓30d" not in heads(pilot), "hidden")
        assert "▸repos" in heads(pilot)
        await press(pilot, "figure.right")
        assert "▸share" in heads(pilot)


@pytest.mark.parametrize("kind", KINDS)
def test_any_choice_leaves_the_id_and_fits_the_width(kind: str) -> None:
    from tui.model import Repo, Row
    from tui.render import table
    from tui.render.spans import line_width

    found = catalogue(kind)
    names = (*found.columns,)
    for under in ("", *names):
        for width in (40, 60, 80, 120, 250):
            plan = table.layout(found.chosen(names, under), width)
            shown = [column.key for column, _ in plan.columns]
            assert "id" in shown
            assert not under or under in shown
            marks = dict.fromkeys(names, "▸▾")
            if width >= 60:
                line = table.row(plan, Row(1, Repo("acme/" + "x" * 90, title="t" * 90)), 0.0)
                assert line_width(line) == line_width(table.header(plan, marks)) == width
    assert found.known(["likes", "likes", "nothing"]) == (
        ("id", "likes") if "likes" in names else ("id",)
    )


def test_every_column_is_explained_and_fits_its_name() -> None:
    for found in catalogues().values():
        assert set(found.words) == set(found.columns)
        assert set(found.usual) <= set(found.columns)
        assert found.always in found.usual
        assert set(found.others.values()) & set(found.columns)


async def test_the_order_at_the_column_under_the_cursor_then_by_another(
    world: World,
    hub: LoopbackHub,
    stage: Stage,
    run: Shell,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    for at in range(160):
        world.model(f"maker{at % 7}/m{at:03}", likes=at % 3, trendingScore=500 - at, license="mit")
    async with stage.play((120, 30)) as pilot:
        await settled(pilot)
        await press(pilot, "pane.preview", "list.column_right")
        await sees(pilot, "▸model")
        await press(pilot, "list.sort")
        await sees(pilot, "Order", "▌ by id", "of the rows at hand")
        await keys(pilot, "s")
        await sees(pilot, "models · by id", "▸▴model", "ordered over 100 rows at hand")
        await settled(pilot)
        assert ids(pilot) == sorted(ids(pilot), key=str.lower)
        assert "maker0/m000" in ids(pilot)  # what trends
        await press(pilot, "list.sort")
        await keys(pilot, "g", "j", "j", "enter")
        await sees(pilot, "models · most liked")
        await settled(pilot)
        await press(pilot, "list.sort")
        await sees(pilot, "▌ by id")  # of the column cursor
        await keys(pilot, "space")
        await sees(pilot, "models · most liked, then by id", "▾♥")
        await settled(pilot)
        rows = listing(pilot).rows.values
        registry = listing(pilot).hubscope.sources.registry
        assert list(rows) == in_order(rows, ("likes", "id"), registry)
        command = listing(pilot).command_line()
        assert command == "hubscope search sort:likes,id --limit 100"
        assert shell(run, command) == ids(pilot)
        await press(pilot, "list.reverse")
        await sees(pilot, "most liked, then by id · turned around", "▴♥")
        command = listing(pilot).command_line()
        assert command == "hubscope search 'sort:!likes,!id' --limit 100"
        assert shell(run, command) == ids(pilot)
        await press(pilot, "list.more")
        await sees(pilot, "of 200+", "ordered over 200 rows at hand (Hub: most liked); + reads on")
        command = listing(pilot).command_line()
        assert command.endswith(" --limit 200")
        assert shell(run, command) == ids(pilot)
        monkeypatch.chdir(tmp_path)
        await press(pilot, "view.export")
        await keys(pilot, "enter")  # CSV
        await sees(pilot, "written to")
        shown = ids(pilot)
        likes = [row.repo.likes for row in listing(pilot).rows.values]
    written = exported(tmp_path)
    assert [row["id"] for row in written] == shown
    assert [int(row["likes"]) for row in written] == likes  # whole, as on no screen


def exported(folder: Path) -> list[dict[str, str]]:
    """The rows of the one CSV file in ``folder``."""
    [path] = folder.glob("*.csv")
    return list(csv.DictReader(path.read_text("utf-8").splitlines()))


def shell(run: Shell, command: str) -> list[str]:
    """The ids that a command prints."""
    [words] = run.words(command)
    told = run(*words, "-q")
    assert told.code == 0, told.err
    return told.out.split()


async def test_box_saved_search_and_shell_have_one_order(
    world: World, hub: LoopbackHub, stage: Stage, run: Shell
) -> None:
    for at in range(60):
        world.model(
            f"acme/unit-{at:02}", likes=at % 4, downloads=at % 5, license=("mit", "x")[at % 2]
        )
    lines = ("unit sort:license,downloads", "unit sort:!likes,id", "unit sort:downloads,!id")
    async with stage.play((120, 30)) as pilot:
        await settled(pilot)
        for line in lines:
            told = run("search", line, "--limit", "100", "--json")
            body = json.loads(told.out)
            expected = [row["id"] for row in body["rows"]]
            assert len(expected) == 60
            assert body["complete"]
            await press(pilot, "go.trending", "search.open")
            await pilot.press(*[{" ": "space"}.get(key, key) for key in line], "enter")
            await wait_for(pilot, lambda: ids(pilot) == expected, line)  # noqa: B023
            await press(pilot, "view.save")
            await sees(pilot, "search kept")
            await press(pilot, "go.saved")
            await sees(pilot, line)
            assert page(pilot).reader().move_to_key(f"search model {line}")  # type: ignore[union-attr]
            await press(pilot, "row.open")
            await wait_for(pilot, lambda: ids(pilot) == expected, line)  # noqa: B023
