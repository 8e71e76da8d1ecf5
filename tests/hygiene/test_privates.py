"""Tests look at hubscope as its callers do: none of them names a private part of ours."""

import ast
import re
from pathlib import Path

from tui import __file__ as package

TUI, TESTS = Path(package).parent, Path(__file__).parents[1]
SUSPECT = re.compile(r"""(?<!self)(?<!cls)\.(?!_replace\b|_fields\b)_[a-z]|import _|["'.]_[a-z]""")
NAMED_TUPLE = {"_replace", "_fields", "_asdict", "_make"}
# a room's name for what is shared by all its files, and by nobody else
ROOMS = {"_answer", "_options"}


def is_private(name: str) -> bool:
    return name.startswith("_") and not name.startswith("__") and name not in NAMED_TUPLE


def made(tree: ast.AST) -> set[str]:
    """The private names that a file defines or stores."""
    names = set()
    for node in ast.walk(tree):
        match node:
            case ast.FunctionDef(name) | ast.AsyncFunctionDef(name) | ast.ClassDef(name):
                names.add(name)
            case ast.Name(name, ast.Store()) | ast.Attribute(_, name, ast.Store()):
                names.add(name)
    return {name for name in names if is_private(name) and len(name) > 1}


def used(tree: ast.AST, ours: set[str]) -> list[str]:
    """Private names of ours that a test reaches for: by import, attribute or monkeypatch."""
    found = []
    for node in ast.walk(tree):
        match node:
            case ast.ImportFrom(module=str(module), names=names) if module.startswith("tui"):
                found += [name.name for name in names if is_private(name.name)]
            case ast.Attribute(value, name) if name in ours:
                if not (isinstance(value, ast.Name) and value.id in ("self", "cls")):
                    found.append(name)
            case ast.Call(ast.Attribute(_, "setattr" | "delattr"), args):
                texts = [arg.value for arg in args if isinstance(arg, ast.Constant)]
                last = [text.rpartition(".")[2] for text in texts if isinstance(text, str)]
                found += [name for name in last if name in ours]
    return [name for name in found if name not in ROOMS]


def test_no_test_names_a_private_part_of_ours() -> None:
    ours = set().union(*(made(ast.parse(path.read_text())) for path in TUI.rglob("*.py")))
    assert "_database" in ours
    texts = {path: path.read_text() for path in TESTS.rglob("*.py")}
    trees = {path: ast.parse(text) for path, text in texts.items() if SUSPECT.search(text)}
    wrong = {
        str(path.relative_to(TESTS)): names
        for path, tree in trees.items()
        if (names := used(tree, ours - made(tree)))
    }
    assert wrong == {}
