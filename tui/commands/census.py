"""``hubscope census``: every model of the Hub on this machine, counted."""

import os
import sys
from argparse import ArgumentParser, Namespace
from collections.abc import AsyncIterator
from typing import Any

from tui.ask.census import kept
from tui.ask.census.kept import Kept
from tui.ask.sources import Sources
from tui.commands.write import write
from tui.model import BadInput, View
from tui.render import shapes
from tui.render.cells import size, span
from tui.render.export import Cell, Output

_ACTIONS = ("crawl", "update", "pull", "status", "remake", "remove", "export")
HEADS = ("date", "rows", "source", "complete", "bytes")


def arguments(parser: ArgumentParser) -> None:
    """Add the options of ``census``."""
    parser.add_argument(
        "action",
        nargs="?",
        choices=_ACTIONS,
        default="status",
        help="crawl: fetch all (about 3,100 calls; goes on where it was stopped); update: what is"
        " new since; pull [DATE | FILE | FOLDER]: read a dump; remake [DATE]: by the present tables"
        " of families; remove [DATE]; export [DATE] --parquet DIR",
    )
    parser.add_argument("what", nargs="?", metavar="DATE | PATH", help="see the action")
    parser.add_argument("--parquet", metavar="DIR", help="for export: a folder to write into")


def run(args: Namespace, sources: Sources) -> int:
    """Do it, and print the censuses that there are now."""
    actions = {
        "crawl": _crawl, "update": _crawl, "pull": _pull, "remake": _remake, "remove": _remove,
        "export": _export,
    }  # fmt: skip
    if args.action == "status":
        _no_word(args)
    else:
        actions[args.action](args, sources)
    write(_output(sources), args.format or ("text" if os.isatty(1) else "tsv"))
    return 0


def _crawl(args: Namespace, sources: Sources) -> None:
    from tui.ask.census.crawl import crawl

    _no_word(args)
    _drain(sources, crawl(sources, update=args.action == "update"))


def _pull(args: Namespace, sources: Sources) -> None:
    from tui.ask.census.pull import Pull

    pull = Pull(sources, args.what)
    try:
        offer = pull.offer
        _say(f"{offer.source}: {size(offer.bytes)}, columns {', '.join(offer.columns)}")
        if offer.license:
            _say(f"licence {offer.license}; name it as: {offer.credit}")
        for line in offer.notes:
            _say(line)
        _drain(sources, pull.stream())
    finally:
        pull.close()


def _remake(args: Namespace, sources: Sources) -> None:
    from tui.ask.census.remade import remade

    for step in remade(sources, args.what):
        _say(step)


def _remove(args: Namespace, sources: Sources) -> None:
    gone = kept.remove(sources.store.census_folder, args.what)
    _say(f"removed: {', '.join(gone)}")


def _export(args: Namespace, sources: Sources) -> None:
    from tui.ask.census.export import export

    if not args.parquet:
        raise BadInput("`census export` wants a folder; add --parquet DIR")
    for path, taken in export(sources, args.what, args.parquet):
        _say(f"{path}: {size(taken)}")


def _drain(sources: Sources, views: AsyncIterator[View]) -> None:
    import asyncio

    async def run() -> None:
        try:
            async for view in views:
                _progress(view)
        finally:
            await sources.close()

    asyncio.run(run())


def _progress(view: View) -> None:
    """One line that is written over on a terminal; one for each step elsewhere."""
    told = view.rows[0]
    if isinstance(told, Kept):
        _say("")
        return
    parts = [f"{told.phase}: {told.rows:,} rows", f"{told.calls:,} calls"]
    if told.left is not None:
        parts.append(f"{told.left} left in this window")
    if told.wait:
        parts.append(f"waiting {span(told.wait)}")
    if told.seconds is not None:
        parts.append(f"about {span(told.seconds)} to go")
    line = " · ".join(parts)
    if os.isatty(2):
        sys.stderr.write(f"\r\x1b[K{line}")
        sys.stderr.flush()


def _say(line: str) -> None:
    if os.isatty(2):
        sys.stderr.write("\r\x1b[K")
    if line:
        print(f"hubscope: {line}", file=sys.stderr)  # noqa: T201


def _no_word(args: Namespace) -> None:
    if args.what:
        raise BadInput(f"`census {args.action}` takes no further word; see its --help")


def _output(sources: Sources) -> Output:
    found = kept.status(sources.store.census_folder)
    rows: list[list[Cell]] = [
        [one.date, one.rows, one.source, one.complete, one.bytes] for one in found
    ]
    listed: list[dict[str, Any]] = [dict(zip(HEADS, row)) for row in rows]
    newest = next((one for one in found if one.complete), None)
    view = View((), "census" if newest else "cache", newest and newest.as_of)
    return Output(
        body=shapes.envelope("census", sources.endpoint, view, {"censuses": listed}),
        heads=HEADS,
        rows=rows,
        text=[_line(one, sources.registry.version) for one in found]
        or ["no census is kept; `hubscope census crawl` fetches one, about an hour in background"],
        ids=[one.date for one in found],
    )


def _line(one: Kept, registry: str) -> str:
    state = "" if one.complete else "  on its way"
    if one.registry not in (None, registry):
        state = f"  does not answer: made by registry {one.registry}; run `hubscope census remake`"
    return f"{one.date}  {one.rows:>11,} rows  {size(one.bytes):>9}  {one.source}{state}"
