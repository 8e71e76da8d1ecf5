"""A download on its way: begun in a process of its own, followed by what that writes down.

The process may outlive whoever began it. Its status file lies in the state folder under the repo's
name, so that another start of hubscope finds it, says how far it is, and can stop it or follow it.
"""

import os
import signal
import sys
from collections.abc import AsyncIterator
from contextlib import suppress
from typing import Any, NamedTuple

from tui.ask.sources import Sources
from tui.ask.take.plan import Plan, paths
from tui.ask.take.status import DONE, FOLDER, State, killed, read, runs, said_of, statuses
from tui.hub.download import LOCK, environment, put
from tui.model import Gated, NotFound, Offline, Problem, RateLimited
from tui.store.paths import file_name, home, make_folder

_LOOK = 0.2  # seconds between two looks at the status file
_GIVEN = ("kind", "id", "name", "files", "to")  # what a status file begins with
_KINDS = {3: NotFound, 4: Gated, 5: Offline}
_RATE_OVER = 10.0  # seconds that the rate is an average of
_ENDING = 5.0  # seconds that a process has to end by itself


class Running(NamedTuple):
    """A process that takes files, and where it writes how far it is."""

    pid: int
    status: str
    joined: bool = False  # it was on its way already, begun by another


def state_folder() -> str:
    """Where what is on its way is written down."""
    return home(os.environ).state


def begin(sources: Sources, plan: Plan, state_folder: str) -> Running:
    """Start the process, or join the one that takes these very files already.

    Raises Problem where the disk lacks room, nothing may be asked, or other files of the repo are
    on their way.
    """
    _allowed(sources)
    if plan.short:
        lack = f"{plan.short:,} bytes"
        raise Problem(f"the disk of {plan.folder} lacks {lack}; make room or use --to")
    folder = os.path.join(state_folder, FOLDER)
    status = os.path.join(folder, f"{file_name(plan.kind)}--{plan.id.replace('/', '--')}.json")
    job = _job(plan)
    if _on_its_way(status):
        return _join(status, job)
    return _launch(sources, status, job)


def go_on(sources: Sources, status: str) -> Running:
    """Begin anew what this status file names, where it was stopped, failed or killed.

    Raises Problem where nothing may be asked, or it cannot be told any more what was to be taken.
    """
    _allowed(sources)
    on_its_way, fields = _on_its_way(status), said_of(status)
    if on_its_way and isinstance(fields.get("pid"), int):
        return Running(fields["pid"], status, joined=True)
    if any(name not in fields for name in _GIVEN):
        raise Problem("it cannot be told what was to be taken; take it again on its card")
    return _launch(sources, status, {name: fields[name] for name in _GIVEN})


def forget(status: str) -> None:
    """Take the status file away of a download that does not run; what it took stays."""
    if not runs(status):
        for path in (status, status + LOCK):
            with suppress(OSError):
                os.unlink(path)


def _on_its_way(status: str) -> bool:
    """Whether it runs now; the last moments of one that has said its end are waited for."""
    from time import monotonic, sleep

    limit = monotonic() + _ENDING
    while runs(status):
        if said_of(status).get("end") is None or monotonic() > limit:
            return True
        sleep(_LOOK / 4)
    return False


def _allowed(sources: Sources) -> None:
    if sources.offline:
        raise Offline("offline: no file is asked for; try again with the Hub in reach")
    if sources.bundled:
        raise Offline("the sample has no files to take; try again with the Hub in reach")


def _launch(sources: Sources, status: str, job: dict[str, Any]) -> Running:
    folder = os.path.dirname(status)
    try:
        make_folder(folder)
        _tidy(status)
        put(status, job)
    except OSError as error:
        raise Problem(f"{folder}: {error.strerror}; nothing was begun") from None
    return Running(_start(sources, status), status)


def _start(sources: Sources, status: str) -> int:
    import subprocess

    process = subprocess.Popen(
        [sys.executable, "-m", "tui.hub.download", status],
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        start_new_session=True,  # it may outlive the terminal
        env=environment(dict(os.environ), sources.endpoint, sources.token is None),
    )
    _CHILDREN[process.pid] = process
    return process.pid


def _join(status: str, job: dict[str, Any]) -> Running:
    fields = said_of(status)
    if any(fields.get(name) != value for name, value in job.items()) or "pid" not in fields:
        raise Problem(f"other files of {job['id']} are on their way; wait for them, or stop them")
    return Running(fields["pid"], status, joined=True)


def _tidy(status: str) -> None:
    """Take away what a process that was killed in the middle of writing left beside the file."""
    folder, name = os.path.split(status)
    for entry in os.listdir(folder):
        if entry.startswith(f"{name}.") and entry.endswith(".new"):
            os.unlink(os.path.join(folder, entry))


async def follow(running: Running) -> AsyncIterator[State]:
    """How far it is, as often as that changes, to its end. A process that vanished has failed."""
    from asyncio import sleep
    from time import monotonic

    marks: list[tuple[float, int]] = []
    before: State | None = None
    while True:
        ended = not alive(running)
        state = read(running.status)
        if state is not None:
            now = monotonic()
            marks = [mark for mark in marks if now - mark[0] <= _RATE_OVER] + [(now, state.done)]
            span, received = now - marks[0][0], state.done - marks[0][1]
            state = state._replace(rate=received / span if span > 0 and received > 0 else None)
            if ended and state.end is None:
                state = killed(state)
            if state != before:  # the rate of one that stands still falls
                yield state
            before = state
            if state.end is not None:
                return
        elif ended:
            raise Problem("the download wrote nothing down; try again")
        await sleep(_LOOK)


def stop(running: Running) -> None:
    """Tell it to end; what is whole stays."""
    if alive(running):
        with suppress(OSError):
            os.kill(running.pid, signal.SIGTERM)


def end(running: Running) -> None:
    """Stop it and wait until it has ended; by force after five seconds."""
    from time import monotonic, sleep

    stop(running)
    limit = monotonic() + _ENDING
    while alive(running):
        if monotonic() > limit:
            with suppress(OSError):
                os.kill(running.pid, signal.SIGKILL)
            return
        sleep(_LOOK / 4)


def problem(state: State) -> Problem | None:
    """What a download that did not reach its end means, with the exit code of the command line."""
    if state.end in (None, DONE):
        return None
    if state.code == 6:
        return RateLimited(0.0, state.why)
    return _KINDS.get(state.code, Problem)(state.why)


def running(state_folder: str) -> tuple[Running, ...]:
    """The downloads that are on their way now, whoever began them."""
    downloads = []
    for status in statuses(state_folder):
        fields = said_of(status)
        if isinstance(pid := fields.get("pid"), int) and runs(status):
            downloads.append(Running(pid, status, joined=True))
    return tuple(downloads)


def states(state_folder: str) -> tuple[State, ...]:
    """How far each of them is."""
    read_states = (read(download.status) for download in running(state_folder))
    return tuple(state for state in read_states if state is not None)


def alive(running: Running) -> bool:
    """Whether the process is there: our own child, or whoever holds the lock of the status file."""
    child = _CHILDREN.get(running.pid)
    return (child is not None and child.poll() is None) or runs(running.status)


_CHILDREN: dict[int, Any] = {}


def _job(plan: Plan) -> dict[str, Any]:
    sizes = {file.path: file.size for file in plan.choice.files}
    files = {path: sizes[path] for path in paths(plan)}
    name = plan.choice.name
    return {"kind": plan.kind, "id": plan.id, "name": name, "files": files, "to": plan.to}
