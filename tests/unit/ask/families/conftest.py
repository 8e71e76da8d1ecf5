"""Sources on the loopback Hub, and the commands of this room."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from tests.loopback import LoopbackHub
from tests.unit.ask.families.made import now
from tests.unit.ask.families.places import Place
from tui import cli

COMMANDS = ("families", "family", "compare", "origins", "tree", "why", "show", "search")

Told = tuple[int, str, str]


@pytest.fixture
def place(hub: LoopbackHub, tmp_path: Path) -> Place:
    return Place(tmp_path / "place", hub.url, now)


@pytest.fixture
def tell(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> Callable[..., Told]:
    """Run the command line in this process: exit code, standard output, standard error."""
    for name in COMMANDS:
        monkeypatch.setitem(cli.COMMANDS, name, cli.COMMANDS.get(name, name))

    def run(*words: str) -> Told:
        code = cli.main(list(words))
        told = capsys.readouterr()
        return code, told.out, told.err

    return run


@pytest.fixture
def body(tell: Callable[..., Told]) -> Callable[..., dict[str, Any]]:
    """Run a command with ``--json`` and read what it says."""

    def run(*words: str) -> dict[str, Any]:
        code, out, err = tell(*words, "--json")
        assert (code, err) == (0, "")
        answer: dict[str, Any] = json.loads(out)
        return answer

    return run
