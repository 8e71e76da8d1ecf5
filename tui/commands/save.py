"""``hubscope save NAME QUERY``: keep a line of search under a name, or take it away."""

from argparse import ArgumentParser, Namespace

from tui.analysis.query.query_line import parse
from tui.ask.saved import saved as ask
from tui.ask.sources import Sources
from tui.commands.saved import print_saved
from tui.model import BadInput, clean_line

_LONGEST = 60


def arguments(parser: ArgumentParser) -> None:
    """Add the options of ``save``."""
    parser.add_argument("name", metavar="NAME", help="what to call it")
    parser.add_argument("words", nargs="*", metavar="QUERY", help="a line as for `search`")
    parser.add_argument("--remove", action="store_true", help="forget the search of this name")


def run(args: Namespace, sources: Sources) -> int:
    """Keep it, and print what is saved now.

    Raises BadInput for a line that says nothing, StoreTrouble where it could not be kept.
    """
    name, line = clean_line(args.name).strip(), clean_line(" ".join(args.words)).strip()
    if not name or len(name) > _LONGEST:
        raise BadInput(f"a name of 1 to {_LONGEST} characters is wanted; give another one")
    if args.remove:
        if not ask.forget(sources, name).wait():
            raise BadInput(f"no search is called {name!r}; `hubscope saved` lists them")
    else:
        if not line:
            raise BadInput("nothing to save; give words and fields as for `search`")
        parse(line)
        ask.save(sources, name, line).wait()
    return print_saved(args, sources)
