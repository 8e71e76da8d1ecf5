"""What an author has in all, beside a list of the author's repos."""

from collections.abc import Mapping
from itertools import chain
from typing import Any, Protocol

from tui.model.when import iso
from tui.output.forms import Context, Output
from tui.render import totals as render


class Totals(render.Totals, Protocol):
    """The totals with what tells where they come from, as the ask hands them out."""

    @property
    def author(self) -> str:
        """The namespace."""

    @property
    def as_of(self) -> float | None:
        """Seconds since 1970, UTC."""

    @property
    def command(self) -> str:
        """The shell command that prints them again."""


def beside(
    document: Output, totals: Totals | None, labels: Mapping[str, str], context: Context
) -> Output:
    """``document`` with the totals: a key of its JSON, lines below a table."""
    lines = [] if totals is None else render.lines(totals, labels, context.now)
    return document._replace(
        body={**document.body, "totals": None if totals is None else _body(totals)},
        text=chain(document.text, lines),
        remarks=(*document.remarks, *lines),
        caption=" ".join(filter(None, [document.caption, *lines])),
    )


def _body(totals: Totals) -> dict[str, Any]:
    families = totals.families
    return {
        "author": totals.author,
        "repos": totals.repos,
        "downloads": totals.downloads,
        "downloads_all_time": totals.downloads_all_time,
        "likes": totals.likes,
        "newest": totals.newest,
        "created_at": totals.created,
        "complete": totals.whole,
        "families": None if families is None else {entry.family: entry.repos for entry in families},
        "source": totals.source,
        "as_of": None if totals.as_of is None else iso(totals.as_of),
        "command": totals.command,
    }
