"""``hubscope files ID``: the files of a repo with their sizes, and its sets of weights."""

from argparse import ArgumentParser, Namespace

from tui.ask.repo import facts_and_files as ask
from tui.ask.sources import Sources
from tui.commands._answer import answer, context, write
from tui.commands._options import repo_argument, repo_of
from tui.model import NotFound, View
from tui.output.files import output


def arguments(parser: ArgumentParser) -> None:
    """Add the options of ``files``."""
    repo_argument(parser)


def run(args: Namespace, sources: Sources) -> int:
    """Print the files."""
    kind, repo_id = repo_of(args, sources)
    facts = kind == "model"
    view = answer(
        args,
        sources,
        lambda: _with_files(ask.peek(sources, kind, repo_id, facts=facts)),
        lambda: ask.stream(sources, kind, repo_id, facts=facts),
    )
    if _with_files(view) is None:
        none = NotFound(f"no list of files of {repo_id} is at hand; try again")
        raise next(iter(view.problems), none)
    return write(args, sources, view, output(view, context("files", sources)))


def _with_files(view: View | None) -> View | None:
    return view if view is not None and view.rows[0].files is not None else None
