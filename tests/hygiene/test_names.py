"""A variable is named after what it holds, not after its part in a sentence."""

import ast
from collections.abc import Iterator
from pathlib import Path

from tui import __file__ as package

TUI = Path(package).parent
GRAMMAR = {"found", "kept", "made", "one", "said"}

SAMPLE = """
class Row:
    said: str  # a field: its callers read it by this name

    def kept(self, made, *one, found=None): ...

for one, (made, _) in rows:
    with open(one) as found:
        said: int = [kept for kept in found if (made := kept)]
try:
    row.found = found(said=kept)
except OSError as said:
    match said:
        case [one, *kept] | {"made": one, **kept}: ...
"""


def variables(tree: ast.AST) -> Iterator[tuple[int, str]]:
    """Line and name of each variable that is bound, in any order; a class's fields are none."""
    fields = {
        id(line.target)
        for node in ast.walk(tree)
        if isinstance(node, ast.ClassDef)
        for line in node.body
        if isinstance(line, ast.AnnAssign)
    }
    for node in ast.walk(tree):
        match node:
            case ast.Name(name, ast.Store()) if id(node) not in fields:
                yield node.lineno, name
            case ast.arg(name) | ast.ExceptHandler(name=str(name)):
                yield node.lineno, name
            case ast.MatchAs(name=str(name)) | ast.MatchStar(str(name)):
                yield node.lineno, name
            case ast.MatchMapping(rest=str(name)):
                yield node.lineno, name


def test_every_way_to_bind_a_variable_is_seen_and_a_field_is_none() -> None:
    bound = sorted(place for place in variables(ast.parse(SAMPLE)) if place[1] in GRAMMAR)
    assert bound == [
        *[(5, "found"), (5, "made"), (5, "one")],
        *[(7, "made"), (7, "one")],
        (8, "found"),
        *[(9, "kept"), (9, "made"), (9, "said")],
        (12, "said"),
        *[(14, "kept"), (14, "kept"), (14, "one"), (14, "one")],
    ]


def test_no_variable_is_called_by_a_word_of_grammar() -> None:
    paths = sorted(TUI.rglob("*.py"))
    assert len(paths) > 100
    wrong = [
        f"{path.relative_to(TUI.parent)}:{line}: {name}"
        for path in paths
        for line, name in sorted(variables(ast.parse(path.read_text())))
        if name in GRAMMAR
    ]
    assert wrong == [], "name each after what it holds:\n" + "\n".join(wrong)
