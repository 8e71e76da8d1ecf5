"""How every command gets its one view: from the store when offline, else the last of a stream."""

import sys
from argparse import Namespace
from collections.abc import AsyncIterator, Callable

from tui.ask.sources import Sources
from tui.model import Offline, Problem, RateLimited, TimedOut, View
from tui.render.cells import span

PATIENCE = 20.0  # seconds without news after which nothing more is waited for
STORED_PATIENCE = 5.0  # the same where stored rows are in hand: a connection may take 10 s
_LONGEST_WAIT = 600.0  # two windows of the Hub


def answer(
    args: Namespace,
    sources: Sources,
    peek: Callable[[], View | None],
    stream: Callable[[], AsyncIterator[View]],
) -> View:
    """The view to print. Raises the Problem that leaves nothing, or too little, to print.

    Stored rows stand in for an answer that does not come. A rate limit that leaves a part only is
    an error, unless ``--partial`` takes the part or ``--wait`` waits for the rest.
    """
    if sources.offline:
        view = peek()
        if view is None:
            raise Offline("offline and nothing stored for this; run it once with the Hub in reach")
        return view
    import asyncio

    view = asyncio.run(_last(args, sources, stream))
    limited = next((p for p in view.problems if isinstance(p, RateLimited)), None)
    if limited is not None and not view.complete and not args.partial:
        raise limited
    return view


def note(args: Namespace, view: View, now: float) -> None:
    """Say on standard error what a table cannot: that rows are stored ones, and why."""
    if args.format in ("json", "ids"):
        return
    for problem in view.problems:
        print(f"hubscope: {problem}", file=sys.stderr)  # noqa: T201
    if view.stale and view.as_of is not None:
        print(  # noqa: T201
            f"hubscope: stored rows, {span(now - view.as_of)} old", file=sys.stderr
        )


async def _last(
    args: Namespace, sources: Sources, stream: Callable[[], AsyncIterator[View]]
) -> View:
    waited = 0.0
    try:
        while True:
            try:
                view = await _drain(stream)
                limited = next((p for p in view.problems if isinstance(p, RateLimited)), None)
            except RateLimited as problem:
                view, limited = None, problem
            if limited is None or not args.wait or waited + limited.wait > _LONGEST_WAIT:
                if view is None:
                    raise limited or Problem("no answer; try again")
                return view
            waited += await _pause(limited.wait)
    finally:
        await sources.close()


async def _drain(stream: Callable[[], AsyncIterator[View]]) -> View:
    """The last view, or the last one that came before the Hub fell silent."""
    from asyncio import get_running_loop, timeout

    last: View | None = None
    patience = PATIENCE
    try:
        async with timeout(PATIENCE) as limit:
            async for view in stream():
                last, patience = view, STORED_PATIENCE if view.stale else PATIENCE
                limit.reschedule(get_running_loop().time() + patience)
    except TimeoutError:
        silent = TimedOut(f"no answer within {patience:.0f} s; try again")
        if last is None:
            raise silent from None
        return last._replace(problems=(silent,))
    if last is None:
        raise Problem("no answer; try again")
    return last


async def _pause(seconds: float) -> float:
    from asyncio import sleep

    print(f"hubscope: the Hub asks to wait {span(seconds)}; waiting", file=sys.stderr)  # noqa: T201
    await sleep(seconds + 1)
    return seconds + 1
