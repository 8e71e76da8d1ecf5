"""What was stored for a time without a network."""

from typing import Any, Protocol

from tui.model import View
from tui.output import json
from tui.output.forms import Context, Output
from tui.render.cells import calls, size


class Stored(Protocol):
    """Repos and lists stored so far, as the ask hands it out."""

    done: int
    of: int
    lists: int

    @property
    def kept(self) -> int:
        """Repos, of ``done``, that were stored of late and not asked for."""


class Wish(Protocol):
    """What is to be stored."""

    @property
    def lists(self) -> int:
        """Lists."""

    @property
    def most(self) -> int:
        """Repos at most."""

    @property
    def calls(self) -> int:
        """Calls at most."""

    @property
    def bytes(self) -> int:
        """Bytes at most, about."""


def cost(wish: Wish) -> str:
    """``store 1 list and the facts and cards of 30 repos: at most 91 calls, about 700 kB``."""
    lists = f"{wish.lists} list{'' if wish.lists == 1 else 's'}"
    text = f"store {lists} and the facts and cards of {wish.most} repos"
    return f"{text}: at most {calls(wish.calls)}, about {size(wish.bytes)}"


def output(view: View[Any], context: Context) -> Output:
    """The counts of the Stored in ``view``."""
    stored: Stored = view.rows[0]
    body = {
        "lists": stored.lists,
        "repos": stored.of,
        "stored": stored.done,
        "fresh_already": stored.kept,
        "complete": view.complete,
    }
    fresh = f", {stored.kept} of them before" if stored.kept else ""
    return Output(
        body=json.envelope(context, view, body),
        heads=tuple(body),
        rows=[tuple(body.values())],
        text=[f"{stored.done} of {stored.of} repos stored{fresh}; --offline has them"],
        ids=[str(stored.done)],
    )
