"""What ``hubscope census`` does before it prints what there is."""

from argparse import Namespace
from collections.abc import Callable

from tui.ask.census import kept
from tui.ask.sources import Sources
from tui.commands._progress import drain, say
from tui.model import BadInput
from tui.render.cells import size


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
    for path, length in export(sources, args.what, args.parquet):
        say(f"{path}: {size(length)}")


def _no_word(args: Namespace) -> None:
    if args.what:
        raise BadInput(f"`census {args.action}` takes no further word; see its --help")


def _status(args: Namespace, _: Sources) -> None:
    _no_word(args)


ACTIONS: dict[str, Callable[[Namespace, Sources], None]] = {
    "crawl": _crawl,
    "update": _crawl,
    "pull": _pull,
    "status": _status,
    "remake": _remake,
    "remove": _remove,
    "export": _export,
}
