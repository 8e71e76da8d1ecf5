"""One fault of the wire at every moment of the app, in this process.

Rows stay, one line says what happened, what is typed arrives, the app ends with 0, and neither a
task nor a connection is left.
"""

import asyncio
from collections.abc import Awaitable, Callable
from contextlib import suppress

from tests.app.stage import (
    AppPilot,
    Clock,
    Stage,
    hubscope,
    ids,
    leave,
    listing,
    page,
    press,
    screen_text,
    wait_for,
)
from tests.loopback import LoopbackHub, World, default_world
from tests.matrix.table import MOMENTS, Cell
from tests.matrix.wire import Trouble

ROWS = 260  # three pages of a list
Moment = Callable[[LoopbackHub, AppPilot, Trouble], Awaitable[str]]


def world() -> World:
    """A Hub with three pages of models."""
    made = default_world()
    for number in range(ROWS - len(made.repos["models"])):
        made.model(f"many/model-{number:03}", likes=number, trendingScore=0.001 * number)
    return made


async def play(hub: LoopbackHub, stage: Stage, trouble: Trouble) -> list[Cell]:
    """The cells of one fault. ``stage`` has a store in which nothing is; its Hub is ``hub``."""
    first, stored = (MOMENTS[0],), MOMENTS[1:]
    cells = []
    for moments, begins in ((first, _first_start), (stored, _stored)):
        begun = set(asyncio.all_tasks())
        trouble.begin(hub)
        try:
            async with stage.play() as pilot:
                cells += await _session(hub, pilot, trouble, moments, begins)
        except BaseException as error:  # noqa: BLE001 - a cell that failed is told, not raised
            named = {cell.moment for cell in cells}
            wrong = f"{type(error).__name__}: {error}".partition("\n")[0]
            cells += [Cell(trouble.name, one, wrong) for one in moments if one not in named]
        _mend(hub)
        if wrong := await _left_behind(hub, begun):
            cells[-1] = cells[-1]._replace(wrong=cells[-1].wrong or wrong)
    return cells


async def _session(
    hub: LoopbackHub,
    pilot: AppPilot,
    trouble: Trouble,
    moments: tuple[str, ...],
    begins: Moment,
) -> list[Cell]:
    """The moments of one session, in their order; what follows a failure is not played."""
    cells, steps = [], (begins, _paging, _typing, _exit)
    for moment, step in zip(moments, steps):
        try:
            cells.append(Cell(trouble.name, moment, "", await step(hub, pilot, trouble)))
        except AssertionError as failed:
            cells.append(Cell(trouble.name, moment, str(failed).partition("\n")[0] or "failed"))
    if len(moments) == 1:
        _mend(hub)
        await press(pilot, "data.refresh")  # the Hub is well again, and r brings its rows
        await wait_for(pilot, lambda: len(ids(pilot)) == 100, "the rows, once the Hub is well")
        await leave(pilot)
    return cells


def _mend(hub: LoopbackHub) -> None:
    """Everything is as it should be again."""
    hub.stop()
    hub.start()


async def _first_start(_: LoopbackHub, pilot: AppPilot, trouble: Trouble) -> str:
    await _told(pilot, trouble)
    assert ids(pilot) == [], "rows out of nothing"
    return one_line(pilot)


async def _stored(_: LoopbackHub, pilot: AppPilot, trouble: Trouble) -> str:
    await _told(pilot, trouble)
    assert len(ids(pilot)) == 100, f"{len(ids(pilot))} of 100 stored rows"
    await press(pilot, "move.down")
    assert listing(pilot).rows.cursor == 1, "the cursor does not move"
    return one_line(pilot)


async def _paging(hub: LoopbackHub, pilot: AppPilot, trouble: Trouble) -> str:
    _mend(hub)
    await press(pilot, "move.top", "data.refresh")
    await wait_for(pilot, lambda: not page(pilot).busy and page(pilot).problem is None, "rows")
    before, asked = ids(pilot), len(hub.requests)
    trouble.begin(hub)
    await press(pilot, "move.bottom")
    if hub.open_sockets or trouble.name != "connection refused":
        await wait_for(pilot, lambda: len(hub.requests) > asked, "the next page being asked for")
    await _told(pilot, trouble)
    assert ids(pilot)[: len(before)] == before, "rows did not stay"
    return one_line(pilot)


async def _typing(hub: LoopbackHub, pilot: AppPilot, trouble: Trouble) -> str:
    await press(pilot, "search.open")
    await pilot.press(*"qwen")
    await wait_for(pilot, lambda: not page(pilot).busy, "the end of asking")
    box = pilot.app.screen.query_one("#search-box")
    assert getattr(box, "value", "") == "qwen", "a key was lost"
    assert ids(pilot), "rows at hand are not searched"
    assert all("qwen" in one.lower() for one in ids(pilot)), "other rows than those typed"
    line = one_line(pilot)
    await pilot.press("escape")
    return line


async def _exit(hub: LoopbackHub, pilot: AppPilot, trouble: Trouble) -> str:
    await press(pilot, "data.refresh")
    await leave(pilot)
    assert pilot.app.return_code == 0, f"exit code {pilot.app.return_code}"
    return ""


async def _told(pilot: AppPilot, trouble: Trouble) -> None:
    def told() -> bool:
        return page(pilot).problem is not None and not page(pilot).busy

    await wait_for(pilot, told, f"a line about: {trouble.name}")


def one_line(pilot: AppPilot) -> str:
    """The line in sight that says what happened; it has the form of all such lines."""
    problem = page(pilot).problem
    line = "" if problem is None else str(problem)
    if line:
        assert line.isprintable(), f"no printable line: {line!r}"
        assert ";" in line, f"no advice: {line}"
        shown = screen_text(pilot.app)
        said = line[:60] in shown or hubscope(pilot).screen.is_modal
        assert said or "not recognised" in shown, f"not in sight: {line}"
    return line


async def _left_behind(hub: LoopbackHub, begun: set["asyncio.Task[object]"]) -> str:
    """What a session that has ended left behind: tasks of it, connections to the Hub."""
    with suppress(TimeoutError):
        async with asyncio.timeout(2):
            while set(asyncio.all_tasks()) - begun or hub.open_sockets:
                await asyncio.sleep(0.01)
    tasks = [task.get_name() for task in set(asyncio.all_tasks()) - begun]
    if tasks:
        return f"tasks left: {', '.join(tasks)}"
    return f"{len(hub.open_sockets)} connections left" if hub.open_sockets else ""


def cells(trouble: Trouble, folder: str) -> list[Cell]:
    """The cells of one fault, over a store in ``folder``, which HUBSCOPE_HOME names."""
    with LoopbackHub(world()) as hub:
        found = asyncio.run(play(hub, Stage(hub.url, Clock()), trouble))
        if hub.crashes:
            found.append(Cell(trouble.name, "exit", f"the test's own Hub: {hub.crashes[0]!r}"))
    return found
