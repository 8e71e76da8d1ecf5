"""One fault at every moment of the app, in this process.

Rows stay, one line says what happened, what is typed arrives, the app ends with 0, and neither a
task nor a connection is left.
"""

import asyncio
from collections.abc import Awaitable, Callable
from pathlib import Path

from tests.app.stage import (
    AppPilot,
    hubscope,
    ids,
    leave,
    listing,
    page,
    press,
    screen_text,
    wait_for,
)
from tests.loopback import LoopbackHub
from tests.matrix.scene import Scene, world
from tests.matrix.table import MOMENTS, Cell
from tests.matrix.wire import Trouble

PAGE = 100  # rows of a list
Moment = Callable[[Scene, AppPilot, Trouble], Awaitable[str]]


def cells(trouble: Trouble, folder: Path) -> list[Cell]:
    """The cells of one fault, over a store in ``folder``, which HUBSCOPE_HOME names."""
    with LoopbackHub(world()) as hub:
        found = asyncio.run(_play(Scene(hub, folder), trouble))
        if hub.crashes:
            found.append(Cell(trouble.name, "exit", f"the test's own Hub: {hub.crashes[0]!r}"))
    return found


async def _play(scene: Scene, trouble: Trouble) -> list[Cell]:
    """A first start, and a start with what that one has stored."""
    found = []
    for moments, begins in ((MOMENTS[:1], _first_start), (MOMENTS[1:], _stored)):
        begun = set(asyncio.all_tasks())
        trouble.begin(scene)
        session: list[Cell] = []
        try:
            async with scene.stage.play() as pilot:
                await _session(scene, pilot, trouble, session, begins)
        except BaseException as error:  # a cell that failed is told, not raised
            wrong = f"{type(error).__name__}: {error}".partition("\n")[0]
            session += [Cell(trouble.name, one, wrong) for one in moments[len(session) :]]
        scene.mend()
        if session and (wrong := await _left_behind(scene.hub, begun)):
            session[-1] = session[-1]._replace(wrong=session[-1].wrong or wrong)
        found += session
    return found


async def _session(
    scene: Scene, pilot: AppPilot, trouble: Trouble, session: list[Cell], begins: Moment
) -> None:
    """The moments of one session, in their order, added to ``session``."""
    first = begins is _first_start
    moments = MOMENTS[:1] if first else MOMENTS[1:]
    for moment, step in zip(moments, (begins, _paging, _typing, _exit)):
        try:
            session.append(Cell(trouble.name, moment, "", await step(scene, pilot, trouble)))
        except AssertionError as failed:
            session.append(Cell(trouble.name, moment, str(failed).partition("\n")[0] or "failed"))
    if first:
        await _recovered(scene, pilot, trouble)
        await leave(pilot)


async def _recovered(scene: Scene, pilot: AppPilot, trouble: Trouble) -> None:
    """All is well again, and r brings the first page."""
    scene.mend()
    await asyncio.sleep(trouble.pause)
    await press(pilot, "move.top", "data.refresh")
    await wait_for(pilot, lambda: not page(pilot).busy and page(pilot).problem is None, "rows")
    await wait_for(pilot, lambda: len(ids(pilot)) >= PAGE, "the rows, once the Hub is well")


async def _first_start(_: Scene, pilot: AppPilot, trouble: Trouble) -> str:
    await _told(pilot, trouble)
    assert bool(ids(pilot)) == (not trouble.code), f"{len(ids(pilot))} rows"
    return one_line(pilot)


async def _stored(_: Scene, pilot: AppPilot, trouble: Trouble) -> str:
    await _told(pilot, trouble)
    assert len(ids(pilot)) == PAGE, f"{len(ids(pilot))} of {PAGE} stored rows"
    assert " -" not in screen_text(pilot.app).splitlines()[0], "an age below nothing"
    await press(pilot, "move.down")
    assert listing(pilot).rows.cursor == 1, "the cursor does not move"
    return one_line(pilot)


async def _paging(scene: Scene, pilot: AppPilot, trouble: Trouble) -> str:
    await _recovered(scene, pilot, trouble)
    before, asked = ids(pilot), len(scene.hub.requests)
    trouble.begin(scene)
    await press(pilot, "move.bottom")
    if not scene.way and trouble.name not in ("connection refused", "no such name"):
        seen = scene.hub.requests
        await wait_for(pilot, lambda: len(seen) > asked, "the next page being asked for")
    await _told(pilot, trouble)
    assert ids(pilot)[: len(before)] == before, "rows did not stay"
    return one_line(pilot)


async def _typing(_: Scene, pilot: AppPilot, trouble: Trouble) -> str:
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


async def _exit(_: Scene, pilot: AppPilot, trouble: Trouble) -> str:
    await press(pilot, "data.refresh")
    await leave(pilot)
    assert pilot.app.return_code == 0, f"exit code {pilot.app.return_code}"
    return ""


async def _told(pilot: AppPilot, trouble: Trouble) -> None:
    def told() -> bool:
        known = page(pilot).problem is not None if trouble.code else len(ids(pilot)) >= PAGE
        return known and not page(pilot).busy

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
    for _ in range(200):
        if not (set(asyncio.all_tasks()) - begun or hub.open_sockets):
            break
        await asyncio.sleep(0.01)
    tasks = [task.get_name() for task in set(asyncio.all_tasks()) - begun]
    if tasks:
        return f"tasks left: {', '.join(tasks)}"
    return f"{len(hub.open_sockets)} connections left" if hub.open_sockets else ""
