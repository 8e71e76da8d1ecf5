"""The README of a repo: as it is, rendered, and with its outline."""

from collections.abc import Iterator
from typing import Any, Protocol

from tui.model import View
from tui.output import json
from tui.output.forms import Context, Output
from tui.render.facts import EMPTY_CARD


class Card(Protocol):
    """What is known of one repo, as the ask hands it out."""

    id: str
    readme: str | None


def output(view: View[Card], context: Context, *, outline: bool = False) -> Output:
    """The README; ``outline`` says that the JSON is wanted, whose outline takes a rendering."""
    card = view.value
    markdown = card.readme or ""
    body = {"id": card.id, "markdown": markdown, "outline": _outline(markdown) if outline else []}
    return Output(
        body=json.envelope(context, view, body),
        heads=("id", "markdown"),
        rows=[(card.id, markdown)],
        text=_rendered(markdown, context.width) if markdown.strip() else [EMPTY_CARD],
        ids=[card.id],
        markdown=markdown.splitlines(),
        warnings=[EMPTY_CARD] if card.readme is not None and not markdown.strip() else [],
    )


def _outline(markdown: str) -> list[dict[str, Any]]:
    from tui.render.card import CardDocument

    document = CardDocument(markdown, 80)
    while document.step():
        pass
    return [{"level": heading.level, "text": heading.text} for heading in document.outline]


def _rendered(markdown: str, width: int) -> Iterator[str]:
    from tui.render.card import plain

    yield from plain(markdown, width).splitlines()
