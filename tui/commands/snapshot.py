"""``hubscope snapshot``: the dated looks that are kept; to a file, from a file, compared."""

from argparse import ArgumentParser, Namespace

from tui.ask.snapshots import changes, snapshot
from tui.ask.sources import Sources
from tui.commands._answer import CHANGED, context, local, write
from tui.commands._options import changed_argument
from tui.model import BadInput
from tui.output.snapshot import compared, exported, imported, looks


def arguments(parser: ArgumentParser) -> None:
    """Add the options of ``snapshot``."""
    parser.add_argument(
        "action",
        nargs="?",
        choices=list(_ACTIONS),
        default="list",
        help="list the looks kept; export all that is stored and public to FILE; import FILE (or a "
        "table of published figures, .csv); diff two looks by their numbers "
        "(-q gives the ids that are new)",
    )
    parser.add_argument("what", nargs="*", metavar="FILE | NUMBER", help="see the action")
    changed_argument(parser)


def run(args: Namespace, sources: Sources) -> int:
    """Do it, and print what there is now."""
    return _ACTIONS[args.action](args, sources)


def _list(args: Namespace, sources: Sources) -> int:
    if args.what:
        raise BadInput("`snapshot list` takes no further word; see `hubscope snapshot --help`")
    view = snapshot.peek(sources)
    return write(args, sources, view, looks(view, context("snapshot", sources)))


def _export(args: Namespace, sources: Sources) -> int:
    view = local(snapshot.export(sources, _file(args)))
    return write(args, sources, view, exported(view, context("snapshot", sources)))


def _import(args: Namespace, sources: Sources) -> int:
    view = local(snapshot.load(sources, _file(args)))
    return write(args, sources, view, imported(view, context("snapshot", sources)))


def _diff(args: Namespace, sources: Sources) -> int:
    if len(args.what) > 2 or not all(word.isdecimal() for word in args.what):
        raise BadInput("`snapshot diff` takes up to two numbers; `hubscope snapshot list` has them")
    comparison = changes.between(sources, *changes.pair(sources, [int(word) for word in args.what]))
    view = changes.listed(comparison)
    code = write(args, sources, view, compared(view, context("snapshot", sources)))
    return code or (CHANGED if args.exit_code and comparison.changed else 0)


def _file(args: Namespace) -> str:
    if len(args.what) != 1:
        raise BadInput(f"`snapshot {args.action}` wants one file name; give it")
    return str(args.what[0])


_ACTIONS = {"list": _list, "export": _export, "import": _import, "diff": _diff}
