"""Tests look at hubscope as its callers do: none of them names a private part of ours."""

import ast
import re
from pathlib import Path

from tests.hygiene.syntax import Module, findings, is_private, own_names, parsed

TESTS = Path(__file__).parents[1]
# a room's name for what is shared by all its files, and by nobody else
ROOMS = {"_answer", "_options"}


def used(module: Module, ours: set[str]) -> list[str]:
    """Private names of ours that a test reaches for: by import, attribute or monkeypatch."""
    names = []
    for node in module.nodes:
        match node:
            case ast.ImportFrom(module=str(source), names=parts) if source.startswith("tui"):
                names += [part.name for part in parts if is_private(part.name)]
            case ast.Attribute(value=value, attr=name) if name in ours:
                if not (isinstance(value, ast.Name) and value.id in ("self", "cls")):
                    names.append(name)
            case ast.Call(func=ast.Attribute(attr="setattr" | "delattr"), args=args):
                texts = [arg.value for arg in args if isinstance(arg, ast.Constant)]
                last = [text.rpartition(".")[2] for text in texts if isinstance(text, str)]
                names += [name for name in last if name in ours]
    return [name for name in names if name not in ROOMS]


def test_no_test_names_a_private_part_of_ours() -> None:
    ours = {*findings()[own_names]}
    assert "_database" in ours
    wrong = {}
    for path in TESTS.rglob("*.py"):
        text = path.read_text()
        if not ours.isdisjoint(re.findall(r"\b_[a-zA-Z]\w*", text)) or "import _" in text:
            test = parsed(str(path.relative_to(TESTS)), text)
            if names := used(test, ours - {*own_names(test)}):
                wrong[test.name] = names
    assert wrong == {}


def test_a_private_part_of_ours_is_seen() -> None:
    text = """
from tui.a import _b
import tui.c
def _own(): pass
tui.c._own, tui.c._database, self._database
patch.setattr("tui.c._writer", tui.c._answer)
"""
    test = parsed("test_x.py", text)
    ours = {"_b", "_own", "_database", "_writer", "_answer"} - {*own_names(test)}
    assert sorted(used(test, ours)) == ["_b", "_database", "_writer"]
