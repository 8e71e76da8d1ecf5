"""The walls between the rooms where an import tells nothing: attributes, words, types left open."""

import pytest

from tests.hygiene import syntax
from tests.hygiene.syntax import PROGRAM, THAT_ASK, findings, parsed

# what sources, answers and figures say of themselves; the rest asks them
OF_THE_SAMPLE = ["ask/sources.py", "model/measure.py", "model/view.py"]


@pytest.mark.parametrize(
    ("line", "reached"),
    [
        ("from tui.store.paths import home", ["tui.store.paths"]),
        ("import tui.hub.client", ["tui.hub.client"]),
        ("self.hubscope.sources.store.flush(1.0)", ["self.hubscope.sources.store"]),
        ("self._sources.store.cache", ["self._sources.store"]),
        ("await sources.hub()", ["sources.hub"]),
        ("ask.peek(sources)", []),
    ],
)
def test_a_reach_through_the_wall_is_seen(line: str, reached: list[str]) -> None:
    module = parsed("screens/page.py", line)
    assert list(syntax.reaches(module)) == reached
    assert list(syntax.walls_broken(module)) == [f"screens/page.py: {what}" for what in reached]
    assert not list(syntax.walls_broken(module._replace(name="ask/sources.py")))


def test_screens_and_commands_reach_neither_store_nor_wire() -> None:
    assert findings()[syntax.walls_broken] == []


def test_the_sample_is_a_transport() -> None:
    assert findings()[syntax.asks_for_the_sample] == OF_THE_SAMPLE


def test_an_answer_says_what_it_is_of() -> None:
    assert findings()[syntax.bare_views] == []
    assert list(syntax.bare_views(parsed("ask/list.py", "x: View\ny: View[int]\n"))) == [
        "ask/list.py:1"
    ]


def test_what_a_view_was_read_from_is_asked_of_who_made_it() -> None:
    # the flows between two censuses
    assert findings()[syntax.readers_of_others_views] == ["output/series.py"]


def test_the_rooms_are_there() -> None:
    assert all((PROGRAM / room).is_dir() for room in THAT_ASK)
