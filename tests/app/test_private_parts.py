"""Every private part of the toolkit that we use is still there, and stands in one file."""

import inspect
import re
from functools import cache
from importlib import import_module

from tests.paths import CHECKOUT
from tui.private_parts import PRIVATE

TUI = CHECKOUT / "tui"
DRAWN = ("app.py", "screens", "widgets", "last_frame.py")  # what touches the toolkit
# an underscore behind a name that is not our own object
FOREIGN = re.compile(r"(?<!\bself)(?<!\bcls)\._(?!replace\b|asdict\b|exit\b)[a-z]\w*")


def test_every_private_part_is_still_there() -> None:
    source = cache(inspect.getsource)
    for part in PRIVATE:
        module, _, owner = part.owner.partition(":")
        found = getattr(import_module(module), owner) if owner else import_module(module)
        there = hasattr(found, part.name) or f"self.{part.name}" in source(found)
        assert there, f"{part.owner} has no {part.name} any more: {part.why}"
        assert part.why


def test_no_other_file_names_a_private_part() -> None:
    said = [
        f"{path.relative_to(TUI)}:{number}: {line.strip()}"
        for path in TUI.rglob("*.py")
        if path.relative_to(TUI).parts[0] in DRAWN
        for number, line in enumerate(path.read_text("utf-8").splitlines(), 1)
        if FOREIGN.search(line) or "from textual._" in line
    ]
    assert said == []
