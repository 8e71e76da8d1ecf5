"""The picture of a card: fetched from where it lies, decoded in a process of its own."""

import json
import os
import sys
from collections.abc import Container
from contextlib import suppress
from importlib.util import find_spec

from tui.analysis.repo.pictures import Spot
from tui.ask.pictures.drawing import MOST_BYTES, Drawn, Wanted, from_json
from tui.ask.sources import Sources
from tui.model import Offline, Problem, View

GET_IT = "pictures need the extra `images`; pip install 'hubscope[images]'"
SECONDS = 15.0  # that a picture may take to be decoded
_MOST_ANSWER = 64 * 2**20  # bytes of a drawn picture
PASSED_ON = ("PATH", "PYTHONPATH", "PYTHONHOME", "VIRTUAL_ENV", "LANG", "SYSTEMROOT", "TMPDIR")
_MODULES = ("PIL", "textual_image")


def lacking() -> str | None:
    """The line that says how to get what draws pictures; None where it is there."""
    return None if all(find_spec(name) for name in _MODULES) else GET_IT


async def drawn(
    sources: Sources, where: Spot, wanted: Wanted, agreed: Container[str]
) -> View[Drawn]:
    """A view whose one row is the picture, drawn as ``wanted``. Nothing of it is kept.

    Raises OtherHost before anything is asked of a host that is not ``agreed`` to, and Problem
    where the picture cannot be had, or cannot be shown.
    """
    if where.why:
        raise Problem(f"{where.why}; y copies its address")
    if line := lacking():
        raise Problem(line)
    body = await fetched(sources, where, agreed)
    drawing = await decoded(body, wanted)
    return View(rows=(drawing,), source=sources.fresh, as_of=sources.now())


async def fetched(sources: Sources, where: Spot, agreed: Container[str]) -> bytes:
    """The bytes of a picture: from the endpoint with the login, from other hosts without."""
    if sources.bundled:
        raise Offline("the sample has no pictures; try again with the Hub in reach")
    if sources.offline:
        raise Offline("offline: no picture is asked for; try again with the Hub in reach")
    if not where.host:
        hub = await sources.hub()
        answer = await hub.picture(where.kind, where.id, where.path, where.revision, MOST_BYTES)
        return answer.value
    from tui.hub import abroad
    from tui.hub.http import HttpWire

    wire = HttpWire(sources.patience)
    try:
        return await abroad.picture(wire, where.url, agreed, MOST_BYTES)
    finally:
        await wire.close()


async def decoded(body: bytes, wanted: Wanted) -> Drawn:
    """What the process makes of a picture; it is ended after ``SECONDS``."""
    from asyncio import CancelledError, create_subprocess_exec, wait_for
    from asyncio.subprocess import DEVNULL, PIPE

    process = await create_subprocess_exec(
        *(sys.executable, "-m", "tui.ask.pictures.decode", json.dumps(wanted)),
        stdin=PIPE,
        stdout=PIPE,
        stderr=DEVNULL,
        env={name: os.environ[name] for name in PASSED_ON if name in os.environ},
    )
    try:
        out, _ = await wait_for(process.communicate(body), SECONDS)
    except TimeoutError:
        raise Problem(f"the picture took over {SECONDS:.0f} s to decode; it is left") from None
    finally:
        if process.returncode is None:
            process.kill()
        while process.returncode is None:  # a second cancel finds it killed, and waits as well
            with suppress(CancelledError):
                await process.wait()
    return read_answer(out)


def read_answer(out: bytes) -> Drawn:
    """What the process wrote. It decoded what a stranger made, so it is not taken at its word."""
    try:
        fields = json.loads(out) if len(out) <= _MOST_ANSWER else {}
        if "why" in fields:
            raise Problem(
                f"the picture is not shown: {str(fields['why'])[:120]}; y copies its address"
            )
        return from_json(fields)
    except (ValueError, TypeError, KeyError, AttributeError):
        raise Problem("the picture cannot be decoded; y copies its address") from None
