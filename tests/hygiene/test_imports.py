"""The walls between the rooms, and what a start may import."""

import os
import re
import subprocess
import sys

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
OURS, ALL = (126, 106), (455, 210)  # modules at most: of a question to the Hub, of a stored answer
LOADED = """
import contextlib, io, sys
from tui import cli
with contextlib.redirect_stdout(io.StringIO()):
    code = cli.main(sys.argv[1:])
print(code, *sys.modules)
"""


def loaded(run: Shell, *words: str) -> set[str]:
    """The modules that a command leaves loaded."""
    told = run.process([sys.executable, "-c", LOADED, *words])
    code, *modules = told.out.split()
    assert code == "0", told.err
    return set(modules)


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


@pytest.mark.parametrize(
    "words",
    [
        ("trending", "--json"),
        ("trending", "--csv"),
        ("search", "qwen", "-q"),
        ("show", "Qwen/Qwen3-8B"),
        ("show", "Qwen/Qwen3-8B", "--json"),
        ("card", "Qwen/Qwen3-8B"),
    ],
    ids=" ".join,
)
def test_a_stored_answer_needs_nothing_heavy(
    hub: LoopbackHub, run: Shell, words: tuple[str, ...]
) -> None:
    assert loaded(run, *words) & (ONLINE | UNASKED) == set()
    assert loaded(run, *words, "--offline") & HEAVY == set()


@pytest.mark.parametrize("words", [("trending",), ("search", "qwen"), ("show", "Qwen/Qwen3-8B")])
def test_no_more_is_imported_than_is_used(
    hub: LoopbackHub, run: Shell, words: tuple[str, ...]
) -> None:
    for place, options in enumerate(([], ["--offline"])):
        modules = loaded(run, *words, "--json", *options)
        assert len(modules) <= ALL[place]
        assert len([name for name in modules if name.startswith("tui")]) <= OURS[place]


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


@pytest.mark.parametrize("words", [("--version",), ("--help",), ("trending", "--help"), ("cache",)])
def test_neither_do_words_about_ourselves(run: Shell, words: tuple[str, ...]) -> None:
    assert loaded(run, *words) & HEAVY == set()


def test_the_screens_are_there_before_the_wire_is(run: Shell) -> None:
    code = "import sys, tui.app, tui.screens.trending; print(0, *sys.modules)"
    told = run.process([sys.executable, "-c", code])
    wire = {"httpx2", "huggingface_hub", "tui.hub.client", "tui.hub.http", "tui.sample.wire"}
    assert "textual.app" in told.out.split(), told.err
    assert wire & set(told.out.split()) == set()


def test_a_card_is_there_before_anything_of_pictures_is(run: Shell) -> None:
    code = "import sys, tui.app, tui.screens.card.screen; print(0, *sys.modules)"
    told = run.process([sys.executable, "-c", code])
    late = {"PIL", "textual_image", "tui.screens.picture", "tui.widgets.picture", "numpy"}
    late |= {"tui.screens.card.pictures", "tui.screens.taking", "tui.screens.note_bar"}
    assert "tui.screens.card.text" in told.out.split(), told.err
    assert late & set(told.out.split()) == set()
    assert not [one for one in told.out.split() if one.startswith("tui.ask.pictures")]


def test_the_app_itself_never_decodes_a_picture(run: Shell) -> None:
    code = "import sys, tui.screens.picture, tui.ask.pictures.picture; print(0, *sys.modules)"
    told = run.process([sys.executable, "-c", code])
    assert "tui.screens.picture" in told.out.split(), told.err
    assert {"PIL", "textual_image", "tui.ask.pictures.decode"} & set(told.out.split()) == set()
