"""What ``save`` does: a search or a repo is kept, or taken away."""

import asyncio
from argparse import Namespace

from tui.analysis.query.query_line import parse
from tui.ask.saved import bookmark, note_line
from tui.ask.saved import saved as ask
from tui.ask.sources import Sources
from tui.commands._options import repo_of
from tui.model import BadInput, clean_line

_LONGEST = 60


def keep_search(args: Namespace, sources: Sources) -> None:
    """Keep a line under a name. Raises BadInput for a line that says nothing."""
    name, line = clean_line(args.name).strip(), clean_line(" ".join(args.words)).strip()
    if not name or len(name) > _LONGEST:
        raise BadInput(f"a name of 1 to {_LONGEST} characters is wanted; give another one")
    if args.remove:
        if not ask.forget(sources, name).wait():
            raise BadInput(f"no search is called {name!r}; `hubscope saved` lists them")
        return
    if not line:
        raise BadInput("nothing to save; give words and fields as for `search`")
    parse(line)
    ask.save(sources, name, line).wait()


def keep_repo(args: Namespace, sources: Sources) -> None:
    """Keep a repo with its note and tags. Raises NotFound where the Hub has none of this id."""
    kind, repo_id = repo_of(Namespace(repo=args.name, kind=args.kind), sources)
    if args.remove:
        if not bookmark.forget(sources, kind, repo_id).wait():
            raise BadInput(f"{repo_id} is no bookmark; `hubscope saved` lists them")
        return
    note = None if args.note is None else note_line.checked_text(args.note)
    tags = None if args.tag is None else note_line.checked_tags(args.tag)
    repo = asyncio.run(bookmark.known(sources, kind, repo_id))
    bookmark.keep(sources, repo, note, tags).wait()
