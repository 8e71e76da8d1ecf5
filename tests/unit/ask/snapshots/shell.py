"""The command line in this process, in one of several homes."""

import json
from pathlib import Path
from typing import Any

import pytest

from tui import cli

NEW = {"snapshot": "the looks kept", "save": "keep a search", "saved": "what is kept"}


class Homes:
    """Runs commands, each in the home of the name given."""

    def __init__(
        self, folder: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
    ) -> None:
        self.folder = folder
        self._patch = monkeypatch
        self._capsys = capsys
        for name, what in NEW.items():
            monkeypatch.setitem(cli.COMMANDS, name, cli.COMMANDS.get(name, what))

    def __call__(self, home: str, *words: str) -> tuple[int, str, str]:
        """Exit code, output and errors."""
        self._patch.setenv("HUBSCOPE_HOME", str(self.folder / home))
        code = cli.main(list(words))
        told = self._capsys.readouterr()
        return code, told.out, told.err

    def json(self, home: str, *words: str) -> dict[str, Any]:
        """The JSON of a command that must succeed."""
        code, out, err = self(home, *words, "--json")
        assert code == 0, err
        told: dict[str, Any] = json.loads(out)
        return told
