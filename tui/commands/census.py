"""``hubscope census``: every model of the Hub on this machine, counted."""

from argparse import ArgumentParser, Namespace

from tui.ask.census import kept
from tui.ask.sources import Sources
from tui.commands._answer import context, write
from tui.commands._progress import drain, say
from tui.model import BadInput, View
from tui.output.census import output
from tui.render.cells import size

_ACTIONS = ("crawl", "update", "pull", "status", "remake", "remove", "export")


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
    found = kept.status(sources.census_folder)
    newest = next((one for one in found if one.complete), None)
    view = View(found, "census" if newest else "cache", newest and newest.as_of)
    made = output(view, context("census", sources), sources.registry.version)
    return write(args, sources, view, made)


def _crawl(args: Namespace, sources: Sources) -> None:
    from tui.ask.census.crawl import crawl

    _no_word(args)
    drain(sources, crawl(sources, update=args.action == "update"))


def _pull(args: Namespace, sources: Sources) -> None:
    from tui.ask.census.pull import Pull

    pull = Pull(sources, args.what)
    try:
        offer = pull.offer
        say(f"{offer.source}: {size(offer.bytes)}, columns {', '.join(offer.columns)}")
        if offer.license:
            say(f"licence {offer.license}; name it as: {offer.credit}")
        for line in offer.notes:
            say(line)
        drain(sources, pull.stream())
    finally:
        pull.close()


def _remake(args: Namespace, sources: Sources) -> None:
    from tui.ask.census.remade import remade

    for step in remade(sources, args.what):
        say(step)


def _remove(args: Namespace, sources: Sources) -> None:
    gone = kept.remove(sources.census_folder, args.what)
    say(f"removed: {', '.join(gone)}")


def _export(args: Namespace, sources: Sources) -> None:
    from tui.ask.census.export import export

    if not args.parquet:
        raise BadInput("`census export` wants a folder; add --parquet DIR")
    for path, taken in export(sources, args.what, args.parquet):
        say(f"{path}: {size(taken)}")


def _no_word(args: Namespace) -> None:
    if args.what:
        raise BadInput(f"`census {args.action}` takes no further word; see its --help")
