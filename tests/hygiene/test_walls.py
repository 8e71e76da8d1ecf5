"""The walls between the rooms where an import tells nothing: attributes, words, types left open."""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.paths import CHECKOUT

PROGRAM = CHECKOUT / "tui"
THAT_ASK = ("screens", "commands")
# what sources, answers and figures say of themselves; the rest asks them
OF_THE_SAMPLE = {"ask/sources.py", "model/measure.py", "model/view.py"}


def trees(*rooms: str) -> Iterator[tuple[str, ast.AST]]:
    """Name below ``tui/`` and syntax of every module of these rooms, or of all."""
    for path in sorted(PROGRAM.rglob("*.py")):
        name = path.relative_to(PROGRAM)
        if not rooms or name.parts[0] in rooms:
            yield str(name), ast.parse(path.read_text())


def chain(node: ast.AST) -> list[str]:
    """``self.hubscope.sources.store`` as its words."""
    words: list[str] = []
    while isinstance(node, ast.Attribute):
        words.insert(0, node.attr)
        node = node.value
    return [node.id, *words] if isinstance(node, ast.Name) else words


def reaches(tree: ast.AST) -> Iterator[str]:
    """What a module reaches of the store and the wire: by import, or through the sources."""
    for node in ast.walk(tree):
        if isinstance(node, ast.ImportFrom) and node.module:
            if node.module.startswith(("tui.store", "tui.hub")):
                yield node.module
        elif isinstance(node, ast.Import):
            yield from (a.name for a in node.names if a.name.startswith(("tui.store", "tui.hub")))
        elif isinstance(node, ast.Attribute) and node.attr in ("store", "hub"):
            words = chain(node)
            if words[-2:-1] and words[-2].endswith("sources"):
                yield ".".join(words)


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
    assert list(reaches(ast.parse(line))) == reached


def test_screens_and_commands_reach_neither_store_nor_wire() -> None:
    found = [f"{name}: {what}" for name, tree in trees(*THAT_ASK) for what in reaches(tree)]
    assert found == []


def test_the_sample_is_a_transport() -> None:
    asked = {
        name
        for name, tree in trees()
        for node in ast.walk(tree)
        if isinstance(node, ast.Compare)
        for side in (node.left, *node.comparators)
        if isinstance(side, ast.Constant) and side.value == "sample"
    }
    assert asked == OF_THE_SAMPLE


def test_an_answer_says_what_it_is_of() -> None:
    bare = []
    for name, tree in trees("ask", "output", "render"):
        told = {
            id(node.value) if isinstance(node, ast.Subscript) else id(node.func)
            for node in ast.walk(tree)
            if isinstance(node, ast.Subscript | ast.Call)
        }
        told |= {id(side) for n in ast.walk(tree) if isinstance(n, ast.Call) for side in n.args}
        bare += [
            f"{name}:{node.lineno}"
            for node in ast.walk(tree)
            if isinstance(node, ast.Name) and node.id == "View" and id(node) not in told
        ]
    assert bare == []


def test_what_a_view_was_read_from_is_asked_of_who_made_it() -> None:
    makers, readers = set(), set()
    for name, tree in trees():
        called = {id(node.func) for node in ast.walk(tree) if isinstance(node, ast.Call)}
        for node in ast.walk(tree):
            if isinstance(node, ast.Call) and any(word.arg == "read" for word in node.keywords):
                makers.add(name)
            held = chain(node)[-2:-1] if isinstance(node, ast.Attribute) else []
            if held == ["view"] and chain(node)[-1] == "read" and id(node) not in called:
                readers.add(name)
    assert readers - makers == {"output/series.py"}  # the flows between two censuses


def test_the_rooms_are_there() -> None:
    assert all(Path(PROGRAM / room).is_dir() for room in THAT_ASK)
