"""The walls between the rooms, and what a start may import."""

import json
import os
import re
import subprocess
import sys
from collections.abc import Sequence
from typing import Any

import pytest

from tests.conftest import Shell
from tests.loopback import LoopbackHub
from tests.paths import CHECKOUT

HEAVY = {
    *("textual", "rich", "httpx2", "httpx", "asyncio", "platformdirs", "dataclasses", "tomllib"),
    *("huggingface_hub", "ssl", "inspect", "logging", "email", "html", "tui.sample", "tui.app"),
}
ONLINE = {"textual", "platformdirs", "tomllib", "huggingface_hub", "tui.sample", "tui.app"}
# What no request needs; the last two wait for a host's name, and for work in a pool of threads.
UNASKED = {"click", "h2", "socksio", "zoneinfo", "encodings.idna", "concurrent.futures.thread"}
# modules at most, of three commands together: of questions to the Hub, of stored answers
OURS, ALL = (142, 122), (468, 222)
LOADED = """
import contextlib, io, json, sys
from tui import cli
told = []
for words in json.loads(sys.argv[1]):
    with contextlib.redirect_stdout(io.StringIO()):
        code = cli.main(words)
    told.append([code, *sys.modules])
print(json.dumps(told))
"""
IMPORTED = """
import importlib, json, sys
told = []
for names in json.loads(sys.argv[1]):
    for name in names:
        importlib.import_module(name)
    told.append([*sys.modules])
print(json.dumps(told))
"""


def loaded(run: Shell, *commands: Sequence[str]) -> dict[str, set[str]]:
    """The modules that each of these commands leaves loaded: its own, and those before it.

    They are run in one process, as each has to do without what none may load.
    """
    modules = {}
    for words, (code, *names) in zip(commands, _of_modules(run, LOADED, commands), strict=True):
        assert code == 0, words
        modules[" ".join(words)] = set(names)
    return modules


def _of_modules(run: Shell, program: str, lines: Sequence[Sequence[str]]) -> list[list[Any]]:
    told = run.process([sys.executable, "-c", program, json.dumps(lines)])
    assert told.code == 0, told.err
    rows: list[list[Any]] = json.loads(told.out)
    return rows


def test_the_contracts_between_rooms_hold() -> None:
    kept = subprocess.run(
        [sys.executable, "-c", "from importlinter.cli import lint_imports_command as go; go()"],
        cwd=CHECKOUT,
        capture_output=True,
        text=True,
        check=False,
        env={**os.environ, "COLUMNS": "200"},
    )
    assert kept.returncode == 0, kept.stdout + kept.stderr
    assert "0 broken" in kept.stdout


STORED = (
    ("trending", "--json"),
    ("search", "qwen", "-q"),
    ("show", "Qwen/Qwen3-8B", "--json"),
    ("show", "Qwen/Qwen3-8B"),
    ("card", "Qwen/Qwen3-8B"),
    ("trending", "--csv"),
)
COUNTED = " ".join(STORED[2])  # of those up to here each module is counted
OF_OURSELVES = (("--version",), ("--help",), ("trending", "--help"), ("cache",))


def needless(modules: dict[str, set[str]], banned: set[str]) -> dict[str, set[str]]:
    """Of the modules that each command left loaded those that it may not."""
    return {words: names & banned for words, names in modules.items() if names & banned}


def test_a_stored_answer_needs_nothing_heavy_and_a_question_no_more_than_it_uses(
    hub: LoopbackHub, run: Shell
) -> None:
    asked = loaded(run, *STORED)
    assert needless(asked, ONLINE | UNASKED) == {}
    stored = loaded(run, *((*words, "--offline") for words in STORED))
    assert needless(stored, HEAVY) == {}
    counted = asked[COUNTED], stored[f"{COUNTED} --offline"]
    for modules, most, most_of_ours in zip(counted, ALL, OURS, strict=True):
        assert len(modules) <= most
        assert len([name for name in modules if name.startswith("tui")]) <= most_of_ours


COLLECTED = """
import gc, os, sys
from tui.start import entry
before, leave = [each["collections"] for each in gc.get_stats()], os._exit
def told(code):
    after = [each["collections"] for each in gc.get_stats()]
    leave(code if after == before else 99)
os._exit = told
entry()
"""


@pytest.mark.parametrize("options", [(), ("--offline",)], ids=str)
def test_a_short_command_looks_for_no_garbage(
    hub: LoopbackHub, run: Shell, options: tuple[str, ...]
) -> None:
    run("trending", "--json")
    told = run.process([sys.executable, "-c", COLLECTED, "trending", "--json", *options])
    assert (told.code, told.err) == (0, "")


def test_no_pattern_is_compiled_before_it_is_used() -> None:
    early = re.compile(r"^\w+(?:: .*)? = re\.compile\(", re.MULTILINE)
    rooms = ("model", "hub", "store", "analysis", "ask", "output", "commands")
    files = [path for room in rooms for path in (CHECKOUT / "tui" / room).rglob("*.py")]
    assert [str(path) for path in files if early.search(path.read_text())] == []


def test_neither_do_words_about_ourselves(run: Shell) -> None:
    assert needless(loaded(run, *OF_OURSELVES), HEAVY) == {}


def test_what_a_screen_does_without_until_it_is_needed(run: Shell) -> None:
    """The screens are there before the wire is, a card before anything of pictures.

    And the app itself never decodes a picture.
    """
    screens = ["tui.app", "tui.screens.trending"], ["tui.screens.card.screen"]
    pictures = ["tui.screens.picture", "tui.ask.pictures.picture"]
    trending, card, picture = map(set, _of_modules(run, IMPORTED, [*screens, pictures]))
    wire = {"httpx2", "huggingface_hub", "tui.hub.client", "tui.hub.http", "tui.sample.wire"}
    assert "textual.app" in trending
    assert wire & trending == set()
    late = {"PIL", "textual_image", "tui.screens.picture", "tui.widgets.picture", "numpy"}
    late |= {"tui.screens.card.pictures", "tui.screens.taking", "tui.screens.note_bar"}
    assert "tui.screens.card.text" in card
    assert late & card == set()
    assert not [name for name in card if name.startswith("tui.ask.pictures")]
    assert "tui.screens.picture" in picture
    assert {"PIL", "textual_image", "tui.ask.pictures.decode"} & picture == set()
