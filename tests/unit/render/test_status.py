"""How fresh the screen is, in few words."""

import pytest

from tui.model import Offline, RateLimited, View
from tui.render.spans import plain
from tui.render.status import budget, state

NOW = 10_000.0


def view(source: str, age: float | None, *problems: Exception) -> View:
    as_of = None if age is None else NOW - age
    return View((), source, as_of, problems=problems)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("shown", "words"),
    [
        (None, "○ nothing yet"),
        (view("hub", 3), "● live"),
        (view("hub", 300), "● live 5m"),
        (view("cache", 7200), "○ stored, 2h old"),
        (view("cache", None), "○ stored"),
        (view("cache", None, Offline("x")), "○ offline"),
        (view("mixed", 7200), "○ partly stored, 2h old"),
        (view("cache", 7200, Offline("x")), "○ offline, 2h old"),
        (view("cache", 7200, RateLimited(3)), "○ stored, 2h old"),
        (view("sample", None), "◆ sample of May"),
    ],
)
def test_states(shown: View | None, words: str) -> None:
    assert plain(state(shown, NOW, note="sample of May")) == words
    assert plain(state(shown, NOW, note="sample of May", busy=True)) == f"{words} …"


def test_the_requests_left() -> None:
    assert budget(None) == ""
    assert budget(0) == "0 left"
