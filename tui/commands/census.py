"""``hubscope census``: every model of the Hub on this machine, counted."""

from argparse import ArgumentParser, Namespace

from tui.ask.census import kept
from tui.ask.sources import Sources
from tui.commands._answer import context, write
from tui.commands._census import ACTIONS
from tui.model import View
from tui.output.census import output


def arguments(parser: ArgumentParser) -> None:
    """Add the options of ``census``."""
    parser.add_argument(
        "action",
        nargs="?",
        choices=list(ACTIONS),
        default="status",
        help="crawl: fetch all (about 3,100 calls; goes on where it was stopped); update: what is"
        " new since; pull [DATE | FILE | FOLDER]: read a dump; remake [DATE]: by the present tables"
        " of families; remove [DATE]; export [DATE] --parquet DIR",
    )
    parser.add_argument("what", nargs="?", metavar="DATE | PATH", help="see the action")
    parser.add_argument("--parquet", metavar="DIR", help="for export: a folder to write into")


def run(args: Namespace, sources: Sources) -> int:
    """Do it, and print the censuses that there are now."""
    ACTIONS[args.action](args, sources)
    censuses = kept.status(sources.census_folder)
    newest = next((census for census in censuses if census.complete), None)
    view = View(censuses, "census" if newest else "cache", newest and newest.as_of)
    document = output(view, context("census", sources), sources.registry.version)
    return write(args, sources, view, document)
