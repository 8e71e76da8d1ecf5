"""How a command gets its one view, from the store when offline, else the last of a stream; and
how it prints what was made of it.
"""

import os
from argparse import Namespace
from collections.abc import AsyncIterator, Callable
from shutil import get_terminal_size

from tui.ask.sources import Sources
from tui.model import Offline, Problem, RateLimited, TimedOut, View
from tui.output import streams
from tui.output.forms import Context, Output, lines
from tui.output.streams import tell
from tui.render.cells import span

PATIENCE = 20.0  # seconds without news after which nothing more is waited for
STORED_PATIENCE = 5.0  # the same where stored rows are in hand: a connection may take 10 s
CHANGED = 10  # the exit code of `saved` and `snapshot diff` where something changed
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

    views: list[View] = []

    async def ask() -> None:
        # not returned: as it ends, asyncio.run has the result of its task spelled out, row by row
        views.append(await _last(args, sources, stream))

    asyncio.run(ask())
    [view] = views
    limited = next((p for p in view.problems if isinstance(p, RateLimited)), None)
    if limited is not None and not view.complete and not args.partial:
        raise limited
    return view


def local(*rows: object) -> View:
    """A view of what is on this machine alone."""
    return View(rows=rows, source="cache", as_of=None)


def at_hand(view: View) -> View | None:
    """A view of something stored, else None."""
    return None if view.as_of is None else view


def context(command: str, sources: Sources) -> Context:
    """Who asks what, for the shaping of an answer."""
    width, login = get_terminal_size().columns, sources.token is not None
    return Context(command, sources.endpoint, sources.now(), width, login)


def form_of(args: Namespace, piped: str = "tsv") -> str:
    """The one of FORMATS that is wanted: the one named, text on a terminal, else ``piped``."""
    form: str = args.format or ("text" if os.isatty(1) else piped)
    return form


def write(args: Namespace, sources: Sources, view: View, output: Output, piped: str = "tsv") -> int:
    """Print ``output``, made of ``view``, and return the exit code.

    What the form has no place for is said on standard error: that rows are stored ones and why,
    and the remarks. Raises a Problem where it can be written no further, as on a full disk.
    """
    form = form_of(args, piped)
    if form != "json":
        for problem in view.problems:
            tell(str(problem))
        if view.stale and view.as_of is not None:
            tell(f"stored rows, {span(sources.now() - view.as_of)} old")
    if form in ("tsv", "csv"):
        for line in output.remarks:
            tell(line)
    streams.write(lines(output, form), text=form == "text", bom=args.bom)
    for line in output.warnings if form != "json" else ():
        tell(line)
    return 0


async def _last(
    args: Namespace, sources: Sources, stream: Callable[[], AsyncIterator[View]]
) -> View:
    waited = 0.0
    try:
        while True:
            try:
                view = await _drain(stream, sources.patience)
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


async def _drain(stream: Callable[[], AsyncIterator[View]], times: float) -> View:
    """The last view, or the last one that came before the Hub fell silent.

    ``times`` as long as usual is waited.
    """
    from asyncio import get_running_loop, timeout

    last: View | None = None
    patience = PATIENCE * times
    try:
        async with timeout(patience) as limit:
            async for view in stream():
                last = view
                patience = times * (STORED_PATIENCE if view.stale else PATIENCE)
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

    tell(f"the Hub asks to wait {span(seconds)}; waiting")
    await sleep(seconds + 1)
    return seconds + 1
