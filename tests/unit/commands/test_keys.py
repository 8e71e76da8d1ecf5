"""``hubscope keys``: one page, with the reader's own keys, and every word that the screens use."""

import json
from pathlib import Path

import pytest

from tests.conftest import Shell
from tui.key_groups import GROUPS, grouped
from tui.keys import COMMANDS
from tui.render.words import FIRST_LOOK, WORDS

PAGE = 60  # lines that a sheet of paper holds, about


@pytest.fixture
def remapped(tmp_path: Path) -> None:
    folder = tmp_path / "home" / "config"
    folder.mkdir(parents=True)
    (folder / "config.toml").write_text('[keys]\n"row.mark" = ["m"]\n"go.up" = ["ctrl+b"]\n')


def test_every_command_stands_under_one_heading() -> None:
    found = grouped()
    assert sorted(one.id for many in found.values() for one in many) == sorted(
        one.id for one in COMMANDS
    )
    assert all(found[heading] for heading in GROUPS)


def test_the_sheet_is_one_page_of_80_columns(run: Shell) -> None:
    told = run.terminal("keys")
    lines = told.out.splitlines()
    assert told.code == 0
    assert len(lines) <= PAGE
    assert all(len(line) <= 80 for line in lines)
    for command in COMMANDS:
        assert command.label in told.out
    for word, meaning in WORDS.items():
        assert f"{word} " in told.out
        assert meaning in told.out


def test_a_narrow_terminal_has_fewer_columns(run: Shell) -> None:
    lines = run.terminal("keys", COLUMNS="40").out.splitlines()
    assert lines[0] == "MOVE"
    assert lines[1].split() == ["j", "↓", "down"]


def test_the_readers_own_keys_stand_on_it(run: Shell, remapped: None) -> None:
    done = run("keys", "--json")
    assert done.code == 0
    body = json.loads(done.out)
    assert (body["schema"], body["command"]) == ("hubscope/1", "keys")
    keys = {row["id"]: row for row in body["keys"]}
    assert keys["row.mark"] == {
        "id": "row.mark",
        "keys": ["m"],
        "label": "mark",
        "help": "Mark the row, or unmark it.",
        "where": "lists, families",
        "group": "lists",
    }
    assert keys["go.up"]["keys"] == ["Esc"]
    assert "ctrl+b belongs to the terminal; go.up keeps its key" in done.err
    assert {row["word"]: row["meaning"] for row in body["words"]} == WORDS


def test_its_other_forms(run: Shell) -> None:
    assert run("keys", "-q").out.split() == [one.id for many in grouped().values() for one in many]
    table = run("keys", "--tsv").out.splitlines()
    assert table[0].split("\t") == ["keys", "label", "what it does", "where", "group", "id"]
    assert len(table) == len(COMMANDS) + 1
    page = run("keys", "--md").out
    assert page.count("### ") == len(GROUPS) + 1
    assert "| ⏎ | Open the card of the highlighted repo. |" in page


def test_words_fit_on_the_line_that_says_them() -> None:
    for said in (*FIRST_LOOK.values(), *(f"{word}: {what}" for word, what in WORDS.items())):
        assert len(said) <= 79, said
