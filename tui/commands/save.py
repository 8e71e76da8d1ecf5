"""``hubscope save NAME QUERY``, ``save ID``: keep a search or a repo, or take it away."""

from argparse import ArgumentParser, Namespace

from tui.ask.sources import Sources
from tui.commands._keeping import keep_repo, keep_search
from tui.commands.saved import print_saved
from tui.model import KINDS, BadInput


def arguments(parser: ArgumentParser) -> None:
    """Add the options of ``save``."""
    parser.add_argument("name", metavar="NAME|ID", help="what to call a search; or a repo")
    parser.add_argument("words", nargs="*", metavar="QUERY", help="a line as for `search`")
    parser.add_argument("--kind", choices=KINDS, default="model", help="of the repo")
    parser.add_argument("--note", metavar="TEXT", help="a line to keep with the repo")
    parser.add_argument("--tag", action="append", metavar="WORD", help="a word to keep with it")
    parser.add_argument("--remove", action="store_true", help="forget it")


def run(args: Namespace, sources: Sources) -> int:
    """Keep it, and print what is saved now.

    Raises BadInput for a line that says nothing, StoreTrouble where it could not be kept.
    """
    written = args.note is not None or args.tag is not None
    if not args.words and (written or "/" in args.name):
        keep_repo(args, sources)
    elif written:
        raise BadInput("a note belongs to a repo; give an id like Qwen/Qwen3-8B and no query")
    else:
        keep_search(args, sources)
    return print_saved(args, sources)
