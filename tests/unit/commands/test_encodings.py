"""What leaves the program is the same bytes whatever the locale says; a terminal gets its own."""

import json
import os
import subprocess
import sys

import pytest

from tests.conftest import Shell
from tests.loopback import LoopbackHub, World
from tui.cli import COMMANDS, main

ENCODINGS: dict[str, dict[str, str]] = {
    "cp1252": {"PYTHONIOENCODING": "cp1252"},
    "gbk": {"PYTHONIOENCODING": "gbk"},
    "ascii": {"PYTHONIOENCODING": "ascii"},
    "strict": {"PYTHONIOENCODING": "ascii:strict"},
    "C": {"LC_ALL": "C"},
    "C, no UTF-8 mode": {"LC_ALL": "C", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0"},
}
CARD = "# 通义千问 Überblick\n\n≥ 8 Мрд. parameters · naïve 🙂\n"
ANSWERS = [
    ("card", "odd/words"),
    ("card", "odd/words", "--json"),
    ("card", "odd/words", "--csv"),
    ("card", "odd/words", "--csv", "--bom"),
    ("show", "odd/words", "--tsv"),
    ("compare", "qwen", "llama", "--sample", "--md"),
    ("origins", "--sample", "--json"),
    ("trending", "-q"),
]
# an interpreter takes its encodings when it starts: each gets one, which gives all the answers
ALL_OF_THEM = """
import json, sys
from tui.cli import main
for words in json.loads(sys.argv[1]):
    assert main(words) == 0, words
    sys.stdout.flush()
    sys.stdout.buffer.write(b"\\0")
"""


@pytest.fixture
def world(world: World) -> World:
    world.model("odd/words", readme=CARD, tags=["language:中文"], license="lizenz-für-alle")
    return world


def raw(run: Shell, *words: str, **env: str) -> bytes:
    """What a command writes, byte for byte."""
    return written(run, "-m", "tui", *words, **env)


def written(run: Shell, *words: str, **env: str) -> bytes:
    """What an interpreter writes with these arguments."""
    done = subprocess.run(
        [sys.executable, *words],
        cwd=run.folder,
        env={**os.environ, **env},
        stdin=subprocess.DEVNULL,
        capture_output=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    return done.stdout


def test_the_same_commands_under_each_encoding(hub: LoopbackHub, run: Shell) -> None:
    asked = [words for words in ANSWERS if "--sample" not in words]
    written(run, "-c", ALL_OF_THEM, json.dumps(asked))
    # what is stored has one date
    commands = json.dumps([(*words, "--offline") if words in asked else words for words in ANSWERS])
    answers = written(run, "-c", ALL_OF_THEM, commands, PYTHONIOENCODING="utf-8").split(b"\0")
    assert len(answers) == len(ANSWERS) + 1
    assert all(answer.decode("utf-8") for answer in answers[:-1])
    for name, env in ENCODINGS.items():
        again = written(run, "-c", ALL_OF_THEM, commands, **env).split(b"\0")
        for words, first, answer in zip(ANSWERS, answers, again, strict=False):
            assert answer == first, (name, words)
        assert len(again) == len(answers), name


def test_the_answers_hold_what_those_encodings_lack(hub: LoopbackHub, run: Shell) -> None:
    assert raw(run, "card", "odd/words", PYTHONIOENCODING="ascii").decode() == CARD
    made = raw(run, "compare", "qwen", "llama", "--sample", "--md", PYTHONIOENCODING="cp1252")
    assert "≥" in made.decode()


def test_a_spreadsheet_is_told_by_a_mark_that_it_reads_utf_8(hub: LoopbackHub, run: Shell) -> None:
    plain = raw(run, "show", "odd/words", "--csv")
    assert raw(run, "show", "odd/words", "--csv", "--bom") == b"\xef\xbb\xbf" + plain


def test_a_terminal_of_another_encoding_gets_signs_that_it_has(
    hub: LoopbackHub, run: Shell
) -> None:
    words = ("compare", "qwen", "llama", "--sample")
    told = run.terminal(*words, PYTHONIOENCODING="ascii")
    assert told.code == 0
    assert told.out.isascii()
    wide = run.terminal(*words).out.splitlines()
    for plain, line in zip(told.out.splitlines(), wide, strict=True):
        assert len(plain) == len(line)
    assert "? " not in told.out.split("\n\n")[0]  # a plain sign, not a hole
    assert run.terminal("card", "odd/words", PYTHONIOENCODING="ascii:strict").code == 0


def test_help_needs_no_more_than_ascii(run: Shell, capsys: pytest.CaptureFixture[str]) -> None:
    assert run("compare", "--help", PYTHONIOENCODING="ascii:strict").code == 0
    for words in ([], *([name] for name in COMMANDS)):
        assert main([*words, "--help"]) == 0
        told = capsys.readouterr().out
        assert told
        assert [char for char in told if not char.isascii()] == [], words
