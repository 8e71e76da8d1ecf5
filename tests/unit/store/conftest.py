from collections.abc import Iterator
from pathlib import Path

import pytest

from tui.store.paths import Home, home
from tui.store.store import Store


@pytest.fixture
def place(tmp_path: Path) -> Home:
    return home({"HUBSCOPE_HOME": str(tmp_path / "hubscope")})


@pytest.fixture
def store(place: Home) -> Iterator[Store]:
    with Store.open(place, sync=True) as opened:
        yield opened
    assert opened.notices == []
