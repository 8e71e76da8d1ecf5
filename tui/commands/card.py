"""``hubscope card ID``: the README of a repo; Markdown in a pipe, rendered on a terminal."""

from argparse import ArgumentParser, Namespace
from shutil import get_terminal_size

from tui.ask.repo import card as ask
from tui.ask.sources import Sources
from tui.commands._answer import answer, form_of, note, write
from tui.commands.one import repo_argument, repo_of
from tui.model import NotFound, View
from tui.output import json as shapes
from tui.output.forms import Output


def arguments(parser: ArgumentParser) -> None:
    """Add the options of ``card``."""
    repo_argument(parser)


def run(args: Namespace, sources: Sources) -> int:
    """Print the card."""
    kind, repo_id = repo_of(args, sources)
    view = answer(
        args,
        sources,
        lambda: _with_readme(ask.peek(sources, kind, repo_id)),
        lambda: ask.stream(sources, kind, repo_id, facts=False),
    )
    card: ask.Card = view.rows[0]
    if card.readme is None:
        raise card.readme_problem or NotFound(f"no README of {repo_id} is at hand")
    note(args, view, sources.now())
    write(args, _output(sources, view, card, form_of(args, "md")), "md")
    return 0


def _output(sources: Sources, view: View, card: ask.Card, form: str) -> Output:
    markdown = card.readme or ""
    outline = _outline(markdown) if form == "json" else []
    body = {"id": card.id, "markdown": markdown, "outline": outline}
    return Output(
        body=shapes.envelope("card", sources.endpoint, view, body),
        heads=("id", "markdown"),
        rows=[(card.id, markdown)],
        text=_rendered(markdown) if form == "text" else (),
        ids=[card.id],
        markdown=markdown.splitlines(),
    )


def _outline(markdown: str) -> list[dict[str, object]]:
    from tui.render.card import CardDocument

    document = CardDocument(markdown, 80)
    while document.step():
        pass
    return [{"level": heading.level, "text": heading.text} for heading in document.outline]


def _rendered(markdown: str) -> list[str]:
    from tui.render.card import plain

    return plain(markdown, min(100, get_terminal_size().columns)).splitlines()


def _with_readme(view: View | None) -> View | None:
    return view if view is not None and view.rows[0].readme is not None else None
