"""What was stored for a time without a network."""

from typing import Any, Protocol

from tui.model import View
from tui.output import json
from tui.output.forms import Context, Output
from tui.render.cells import calls, size


class Stored(Protocol):
    """How far it is, as the ask hands it out."""

    done: int
    of: int
    lists: int
    kept: int


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
    what = f"store {lists} and the facts and cards of {wish.most} repos"
    return f"{what}: at most {calls(wish.calls)}, about {size(wish.bytes)}"


def output(view: View[Any], context: Context) -> Output:
    """What ``view`` says to be stored."""
    found: Stored = view.rows[0]
    body = {
        "lists": found.lists,
        "repos": found.of,
        "stored": found.done,
        "fresh_already": found.kept,
        "complete": view.complete,
    }
    fresh = f", {found.kept} of them before" if found.kept else ""
    return Output(
        body=json.envelope(context, view, body),
        heads=tuple(body),
        rows=[tuple(body.values())],
        text=[f"{found.done} of {found.of} repos stored{fresh}; --offline has them"],
        ids=[str(found.done)],
    )
