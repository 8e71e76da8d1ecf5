"""What differs on a terminal: a table in place of TSV, and the app in place of a list."""

import pytest

from tests.conftest import Shell
from tests.loopback import LoopbackHub


def test_a_table_fits_the_terminal(hub: LoopbackHub, run: Shell) -> None:
    told = run.terminal("trending", "--limit", "5")
    waited, _, table = told.out.rpartition("\x1b[K")  # erases the line that says what is asked
    lines = table.splitlines()
    assert not waited.strip()
    assert (told.code, len(lines)) == (0, 7)
    assert all(len(line) <= 80 for line in lines)
    assert "meta-llama/Llama-3.1-8B" in lines[2]
    assert lines[-1] == "hubscope: 5 of more; --limit 0 for all"


def test_a_card_is_rendered_on_a_terminal_only(hub: LoopbackHub, run: Shell) -> None:
    assert "# Qwen3-8B" in run("card", "Qwen/Qwen3-8B").out
    shown = run.terminal("card", "Qwen/Qwen3-8B").out
    assert "Qwen3-8B" in shown
    assert "# Qwen3-8B" not in shown


@pytest.mark.parametrize("term", ["dumb", ""])
def test_a_terminal_that_can_do_nothing_is_told_what_can(
    hub: LoopbackHub, run: Shell, term: str
) -> None:
    told = run.terminal(TERM=term)
    assert told.code == 2
    assert told.out.startswith("hubscope: this terminal cannot show the app; use ")
    assert len(told.out.splitlines()) == 1


@pytest.mark.parametrize("place", ["acme/base", "https://huggingface.co/datasets/acme/exam"])
def test_a_place_in_the_app_needs_a_terminal(hub: LoopbackHub, run: Shell, place: str) -> None:
    told = run(place)
    assert (told.code, told.out) == (2, "")
    assert told.err.startswith("hubscope: this terminal cannot show the app; use ")


def test_the_app_needs_keys(hub: LoopbackHub, run: Shell) -> None:
    told = run.terminal("acme/base", keys=False)
    assert told.code == 2
    assert told.out.startswith("hubscope: this terminal cannot show the app; use ")
