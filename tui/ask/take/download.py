"""A download on its way: begun in a process of its own, followed by what that writes down.

The process may outlive whoever began it. Its status file lies in the state folder under the repo's
name, so that another start of hubscope finds it, says how far it is, and can stop it or follow it.
"""

import json
import os
import signal
import sys
from collections.abc import AsyncIterator, Iterable
from contextlib import suppress
from typing import Any, NamedTuple

from tui.ask.sources import Sources
from tui.ask.take.plan import Plan, paths
from tui.hub.download import DONE, FAILED, environment, put, runs
from tui.model import Gated, NotFound, Offline, Problem, RateLimited
from tui.store.paths import file_name, home, make_folder

FOLDER = "downloads"
_LOOK = 0.2  # seconds between two looks at the status file
_KINDS = {3: NotFound, 4: Gated, 5: Offline}
_KILLED = "it was killed; whole files stay, the same command goes on"
_RATE_OVER = 10.0  # seconds that the rate is an average of
_ENDING = 5.0  # seconds that a process has to end by itself


class State(NamedTuple):
    """How far a download is. Bytes; ``end`` is None while it runs."""

    kind: str
    id: str
    name: str  # the set in words
    files: int
    whole: int  # files that are on the disk, complete
    done: int  # bytes of all files, of those on the way too
    total: int | None
    file: str | None = None  # the one on the way
    end: str | None = None  # done, stopped or failed
    code: int = 0
    why: str = ""
    folder: str | None = None  # where the paths of the whole files begin
    rate: float | None = None  # bytes a second, over the last ten seconds

    @property
    def left(self) -> float | None:
        """Seconds to the end at this rate; None where it cannot be told, as before 1 % came."""
        if not self.rate or self.total is None or self.done * 100 < self.total:
            return None
        return max(0, self.total - self.done) / self.rate


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
    if sources.offline:
        raise Offline("offline: no file is asked for; try again with the Hub in reach")
    if sources.bundled:
        raise Offline("the sample has no files to take; try again with the Hub in reach")
    if plan.short:
        lack = f"{plan.short:,} bytes"
        raise Problem(f"the disk of {plan.folder} lacks {lack}; make room or use --to")
    folder = os.path.join(state_folder, FOLDER)
    status = os.path.join(folder, f"{file_name(plan.kind)}--{plan.id.replace('/', '--')}.json")
    job = _job(plan)
    if runs(status):
        return _join(status, job)
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
    said = _said(status)
    if any(said.get(name) != value for name, value in job.items()) or "pid" not in said:
        raise Problem(f"other files of {job['id']} are on their way; wait for them, or stop them")
    return Running(said["pid"], status, joined=True)


def _tidy(status: str) -> None:
    """Take away what a process that was killed in the middle of writing left beside the file."""
    folder, name = os.path.split(status)
    for left in os.listdir(folder):
        if left.startswith(f"{name}.") and left.endswith(".new"):
            os.unlink(os.path.join(folder, left))


async def follow(running: Running) -> AsyncIterator[State]:
    """How far it is, as often as that changes, to its end. A process that vanished has failed."""
    from asyncio import sleep
    from time import monotonic

    marks: list[tuple[float, int]] = []
    before: State | None = None
    while True:
        gone = not alive(running)
        state = read(running.status)
        if state is not None:
            now = monotonic()
            marks = [mark for mark in marks if now - mark[0] <= _RATE_OVER] + [(now, state.done)]
            span, came = now - marks[0][0], state.done - marks[0][1]
            state = state._replace(rate=came / span if span > 0 and came > 0 else None)
            if gone and state.end is None:
                state = state._replace(end=FAILED, code=1, why=_KILLED)
            if state != before:  # the rate of one that stands still falls
                yield state
            before = state
            if state.end is not None:
                return
        elif gone:
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
    folder = os.path.join(state_folder, FOLDER)
    try:
        names = sorted(os.listdir(folder))
    except OSError:
        return ()
    found = []
    for status in (os.path.join(folder, name) for name in names if name.endswith(".json")):
        said = _said(status)
        if isinstance(pid := said.get("pid"), int) and runs(status):
            found.append(Running(pid, status, joined=True))
    return tuple(found)


def states(state_folder: str) -> tuple[State, ...]:
    """How far each of them is."""
    found = (read(one.status) for one in running(state_folder))
    return tuple(state for state in found if state is not None)


def read(status: str) -> State | None:
    """How far the download of this status file is; None where it tells nothing."""
    said = _said(status)
    if "files" not in said:
        return None
    sizes: dict[str, int | None] = said["files"]
    whole = said.get("whole", ())
    return State(
        said["kind"],
        said["id"],
        said["name"],
        len(sizes),
        len(whole),
        sum(sizes.get(path) or 0 for path in whole) + said.get("done", 0),
        _sum(sizes.values()),
        said.get("file"),
        said.get("end"),
        said.get("code", 0),
        said.get("why", ""),
        said.get("folder"),
    )


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


def _said(status: str) -> dict[str, Any]:
    try:
        with open(status, encoding="utf-8") as file:
            said = json.load(file)
    except (OSError, ValueError):
        return {}
    return said if isinstance(said, dict) else {}


def _sum(sizes: Iterable[int | None]) -> int | None:
    known = list(sizes)
    return None if None in known else sum(size or 0 for size in known)
