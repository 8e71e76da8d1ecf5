"""A part of the fault matrix, one fault of each kind: the whole is ``python -m tests.matrix``."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.matrix import app, machine, shell
from tests.matrix.environment import alone, hasty
from tests.matrix.table import MOMENTS, SHELL, Cell, table
from tests.matrix.wire import WIRE, Trouble

# a command leaves the line to the system when it ends, as this process does not
pytestmark = pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning")
PLAYED = (
    "401 hidden or missing",
    "429, the window used up",
    "503",
    "half a body",
    "redirect to a login page",
    "an answer that stops",
    "connection refused",
    "TLS of a stranger",
    "disk full",
    "store corrupted at 50 places",
)
SIGNALS = (("SIGINT", "first start"), ("SIGTERM", "paging"), ("SIGHUP", "typing"))


def wrong(cells: list[Cell]) -> list[str]:
    return [f"{cell.moment}: {cell.wrong}" for cell in cells if cell.wrong]


@pytest.fixture(scope="module")
def filled(tmp_path_factory: pytest.TempPathFactory) -> Iterator[shell.Filled]:
    with shell.filled(tmp_path_factory.mktemp("filled")) as over:
        yield over
    assert over.hub.crashes == []


@pytest.mark.parametrize("trouble", WIRE, ids=lambda trouble: trouble.name)
def test_the_shell_at_each_fault(trouble: Trouble, tmp_path: Path, filled: shell.Filled) -> None:
    if trouble.name in ("gzip bomb", "a body without end") or trouble.pause:
        pytest.skip("costs seconds: by hand")
    with alone(tmp_path), hasty():
        found = shell.cells(trouble, tmp_path, filled)
    assert wrong(found) == []
    assert [cell.moment for cell in found] == list(SHELL)


@pytest.mark.parametrize(
    "trouble", [one for one in WIRE if one.name in PLAYED], ids=lambda o: o.name
)
def test_the_app_at_each_moment(trouble: Trouble, tmp_path: Path) -> None:
    with alone(tmp_path), hasty():
        found = app.cells(trouble, tmp_path)
    assert wrong(found) == []
    assert [cell.moment for cell in found] == list(MOMENTS)


@pytest.mark.parametrize(("name", "moment"), SIGNALS)
def test_the_terminal_is_given_back(name: str, moment: str, tmp_path: Path) -> None:
    with alone(tmp_path):
        assert wrong(list(machine.cells(name, tmp_path, (moment,)))) == []


def test_the_app_wants_a_terminal_to_be_read_from(tmp_path: Path) -> None:
    with alone(tmp_path):
        assert wrong(list(machine.without_input(tmp_path, MOMENTS[:1]))) == []


def test_the_table_names_what_failed() -> None:
    lines = list(table([Cell("503", "exit", "", "told; so"), Cell("503", "paging", "no rows")]))
    assert [line.count("FAILED") for line in lines] == [0, 1, 0, 0]
    assert lines[1].endswith("told; so")
    assert lines[2:] == ["2 cells, 1 failed", "  503 · paging: no rows"]
    assert set(PLAYED) <= {one.name for one in WIRE}
