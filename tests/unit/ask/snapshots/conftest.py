from pathlib import Path

import pytest

from tests.unit.ask.snapshots.shell import Homes


@pytest.fixture
def homes(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> Homes:
    return Homes(tmp_path, monkeypatch, capsys)
