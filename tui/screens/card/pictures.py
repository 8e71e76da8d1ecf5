"""The list of a card's pictures."""

import asyncio
from collections.abc import Sequence
from typing import TYPE_CHECKING

from tui.analysis.repo.pictures import Spot, spot
from tui.ask.repo import files
from tui.model import File
from tui.places import PicturePlace
from tui.render import cells
from tui.screens.chooser import Choice, Chooser

if TYPE_CHECKING:
    from tui.screens.card.screen import CardScreen


async def chooser(page: "CardScreen") -> Chooser | None:
    """A list of the pictures: number, words, size where it is known, host; None without any."""
    from tui.render.card.pictures import pictures

    card, sources = page.card, page.hubscope.sources
    images = await asyncio.to_thread(pictures, card.readme or "")
    if not images:
        return None
    sizes = {file.path: file.size for file in _files(page)}
    choices = []
    for number, (source, words) in enumerate(images, 1):
        where = spot(source, page.kind, card.id, sources.endpoint)
        own = (where.kind, where.id) == (page.kind, card.id)
        size = sizes.get(where.path) if own else None
        place = PicturePlace(page.kind, card.id, source, words, number)
        detail = " · ".join([*([cells.size(size)] if size else []), _lies(where, own=own)])
        choices.append(Choice(place, f"{number}  {words}", detail))
    return Chooser(f"Pictures of {card.id}", choices)


def _files(page: "CardScreen") -> Sequence[File]:
    """The files that are known, from their tab or the store."""
    known = page.files.known
    if known is not None:
        return known.files or ()
    stored = files.peek(page.hubscope.sources, page.kind, page.card.id)
    return stored.rows if stored else ()


def _lies(where: Spot, *, own: bool) -> str:
    if where.why:
        return f"{where.host}: {where.why}" if where.host else where.why
    return where.host or ("this repo" if own else where.id)
