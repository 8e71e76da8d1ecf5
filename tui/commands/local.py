"""``hubscope local``: what lies in the Hugging Face cache on this machine; deletion of it."""

from argparse import ArgumentParser, Namespace

from tui.ask.sources import Sources
from tui.ask.take import local as ask
from tui.ask.take.download import state_folder
from tui.commands._answer import context, write
from tui.commands._confirm import confirmed, yes_option
from tui.commands._options import repo_of
from tui.model import KINDS, BadInput
from tui.output.local import output
from tui.output.streams import tell
from tui.render.cells import size


def arguments(parser: ArgumentParser) -> None:
    """Add the options of ``local``."""
    parser.add_argument("action", nargs="?", choices=("list", "rm"), default="list")
    parser.add_argument("ids", nargs="*", metavar="ID", help="for rm: what to delete")
    parser.add_argument("--kind", choices=KINDS, default="model", help="of the ids")
    parser.add_argument("--sort", choices=list(ask.ORDERS), default="size", help="size by default")
    yes_option(parser)


def run(args: Namespace, sources: Sources) -> int:
    """Print the cache, after deleting what ``rm`` names.

    Raises NotFound for what is not there, BadInput where nobody can be asked.
    """
    if args.action == "rm":
        _remove(args, sources)
    elif args.ids:
        raise BadInput("ids are for rm; `hubscope local` lists all")
    view = ask.peek(sources, args.sort)
    return write(args, sources, view, output(view, context("local", sources)))


def _remove(args: Namespace, sources: Sources) -> None:
    if not args.ids:
        raise BadInput("nothing to delete; name what `hubscope local` lists")
    pairs = [repo_of(Namespace(repo=word, kind=args.kind), sources) for word in args.ids]
    repos = list(dict.fromkeys(pairs))
    bytes_ = ask.removal(repos).bytes
    ids = ", ".join(repo_id for _, repo_id in repos)
    if confirmed(args, f"delete {ids} from this machine: {size(bytes_)} ({bytes_:,} bytes)"):
        freed = ask.remove(repos, state_folder()).bytes
        tell(f"deleted {ids}: {size(freed)} freed")
    else:
        tell("nothing was deleted")
