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
        """What gives them again."""


def beside(
    made: Output, found: Totals | None, labels: Mapping[str, str], context: Context
) -> Output:
    """``made`` with the totals: a key of its JSON, lines below a table."""
    said = [] if found is None else render.lines(found, labels, context.now)
    return made._replace(
        body={**made.body, "totals": None if found is None else _body(found)},
        text=chain(made.text, said),
        remarks=(*made.remarks, *said),
        caption=" ".join(filter(None, [made.caption, *said])),
    )


def _body(found: Totals) -> dict[str, Any]:
    families = found.families
    return {
        "author": found.author,
        "repos": found.repos,
        "downloads": found.downloads,
        "downloads_all_time": found.downloads_all_time,
        "likes": found.likes,
        "newest": found.newest,
        "created_at": found.created,
        "complete": found.whole,
        "families": None if families is None else {one.family: one.repos for one in families},
        "source": found.source,
        "as_of": None if found.as_of is None else iso(found.as_of),
        "command": found.command,
    }
