"""How much is asked: ten lists and sixty others for two hundred rows, and nothing for nothing."""

from collections.abc import Callable

import pytest
from textual.strip import Strip

from tests.app.stage import AppPilot, Stage, ids, listing, press, sees, settled, wait_for
from tests.loopback import LoopbackHub, Request, World
from tui.render.spans import Line
from tui.screens.trending import TrendingScreen
from tui.widgets.paint import Painter

ROWS = 400
BESIDE = (100, 28)  # wide enough for the facts beside the list, and quickly drawn


@pytest.fixture
def world() -> World:
    made = World()
    for number in range(ROWS):
        made.model(
            f"lab-{number % 40}/model-{number:03}-7b",
            trendingScore=ROWS - number,
            task="text-generation",
            downloads=number * 1000,
            readme=f"# Model {number}\n",
        )
    return made


def more_than(pilot: AppPilot, count: int) -> Callable[[], bool]:
    return lambda: len(listing(pilot).rows.values) > count


def is_list(request: Request) -> bool:
    return request.path in ("/api/models", "/api/trending")


class Rest:
    """Says whether the reader rests on the row that comes next, in place of a watch."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self._monkeypatch = monkeypatch

    def __call__(self, rests: bool) -> None:
        for name in ("_GLANCE", "_FACTS", "_CARD"):
            self._monkeypatch.setattr(f"tui.screens.preview.{name}", 0.0 if rests else 3600.0)


@pytest.fixture
def rest(monkeypatch: pytest.MonkeyPatch) -> Rest:
    return Rest(monkeypatch)


async def test_two_hundred_rows_cost_ten_lists_and_sixty_others_at_most(
    hub: LoopbackHub, stage: Stage, rest: Rest
) -> None:
    rest(False)
    async with stage.play(BESIDE) as pilot:
        await settled(pilot)
        for row in range(200):
            await wait_for(pilot, more_than(pilot, row), "the next rows")
            rests = row % 10 == 9
            rest(rests)
            listing(pilot).rows.move_to(row)
            await pilot.pause(0)
            if rests and row < 150:  # a look that the next page cut off has cost its requests
                await sees(pilot, f"Model {row_number(ids(pilot)[row])}")
        await settled(pilot)
        lists = [request for request in hub.requests if is_list(request)]
        others = [request for request in hub.requests if not is_list(request)]
        assert 2 <= len(lists) <= 10
        assert 40 <= len(others) <= 60  # the facts and the card of twenty rows
        assert len({request.target for request in hub.requests}) == len(hub.requests)
        assert not [request for request in hub.requests if "config.json" in request.target]


def row_number(repo_id: str) -> int:
    return int(repo_id.removesuffix("-7b")[-3:])


async def test_a_rest_on_every_row_costs_no_more(
    hub: LoopbackHub, stage: Stage, rest: Rest
) -> None:
    rest(True)
    async with stage.play(BESIDE) as pilot:
        await settled(pilot)
        for row in range(60):
            listing(pilot).rows.move_to(row)
            await pilot.pause()
        others = [request for request in hub.requests if not is_list(request)]
        assert 50 < len(others) <= 60


async def test_paging_goes_on_to_the_end_and_no_further(hub: LoopbackHub, stage: Stage) -> None:
    async with stage.play() as pilot:
        await settled(pilot)
        for _ in range(ROWS // 100):
            held = len(listing(pilot).rows.values)
            await press(pilot, "move.bottom")
            if held < ROWS:
                await wait_for(pilot, more_than(pilot, held), "further rows")
        rows = listing(pilot).rows
        await wait_for(pilot, lambda: None not in rows.values, "all pages at hand")
        assert ids(pilot) == [f"lab-{n % 40}/model-{n:03}-7b" for n in range(ROWS)]
        await settled(pilot)
        asked = len([request for request in hub.requests if is_list(request)])
        await press(pilot, "move.top", "move.bottom", "move.up", "move.down")
        await settled(pilot)
        assert len([request for request in hub.requests if is_list(request)]) == asked <= 5


async def test_nothing_is_asked_and_nothing_drawn_while_nothing_happens(
    hub: LoopbackHub, stage: Stage, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("tui.screens.page.TICK", 0.02)
    looks, drawn = [0], []
    definition, strip = TrendingScreen.definition, Painter.strip

    def counted(self: TrendingScreen, width: int) -> Line:
        looks[0] += 1
        return definition(self, width)

    def painted(self: Painter, line: Line, width: int, fill: str = "text") -> Strip:
        drawn.append(line)
        return strip(self, line, width, fill)

    async with stage.play() as pilot:
        await settled(pilot)
        await pilot.pause()
        monkeypatch.setattr(TrendingScreen, "definition", counted)
        monkeypatch.setattr(Painter, "strip", painted)
        asked = len(hub.requests)
        await wait_for(pilot, lambda: looks[0] > 20, "twenty looks at the clock")
        assert len(hub.requests) == asked
        assert drawn == []
        await press(pilot, "move.down")
        assert drawn  # what was watched is what draws
