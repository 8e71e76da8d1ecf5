"""What the computer and its terminal can do wrong, played in the program on a pseudo terminal.

The program ends with the right code, the terminal is whole: the other screen left, every mode that
was set taken back; no process is left, and the store can be read.
"""

import os
import re
import shlex
import signal
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import suppress
from pathlib import Path

from tests.conftest import Shell
from tests.loopback import LoopbackHub
from tests.matrix.scene import world
from tests.matrix.table import MOMENTS, SHELL, Cell
from tests.shell.test_pty import COLUMNS, LEAVING, ROWS, Terminal

LISTS = "/api/models?"
INPUT = "standard input closed"
STORM = 40  # changes of the size
SIZES = ((24, 80), (10, 40), (60, 200), (2, 3), (36, 120))
# what is set at the start is taken back at the end, by the same number
MODES = re.compile(rb"\x1b\[\?([\d;]+)([hl])")
KEPT = {b"7", b"25"}  # wrapping and the cursor: on at the end, the others off

Fault = Callable[[Terminal], int | None]  # brings it about; the exit code to come, None: it goes on


def _signal(number: signal.Signals, code: int) -> Fault:
    def fault(app: Terminal) -> int:
        app.process.kill(number)
        return code

    return fault


def _storm(app: Terminal) -> None:
    for number in range(STORM):
        app.process.resize(*SIZES[number % len(SIZES)])
    app.process.resize(ROWS, COLUMNS)


def _suspend(app: Terminal) -> None:
    app.process.kill(signal.SIGTSTP)
    app.until(lambda _: state(app.process.pid) == "T" or not state(app.process.pid))
    app.process.kill(signal.SIGCONT)


def _closed(app: Terminal) -> int:
    """The terminal's other end is closed, as when a window is."""
    app.process.hang_up()
    return 129


MACHINE: dict[str, Fault] = {
    "SIGTERM": _signal(signal.SIGTERM, 143),
    "SIGHUP": _signal(signal.SIGHUP, 129),
    "SIGINT": _signal(signal.SIGINT, 130),
    "SIGWINCH storm": _storm,
    "SIGTSTP and SIGCONT": _suspend,
    "terminal closed": _closed,
}


def cells(name: str, folder: Path, moments: tuple[str, ...] = MOMENTS) -> Iterator[Cell]:
    """The cells of one fault, each in a process and a store of its own."""
    for moment in moments:
        home = folder / moment.replace(" ", "-")
        with LoopbackHub(world()) as hub:
            env = {"HUBSCOPE_HOME": str(home), "HF_HOME": str(home / "hf"), "HF_ENDPOINT": hub.url}
            try:
                _play(hub, MACHINE[name], moment, folder, env)
                yield Cell(name, moment)
            except AssertionError as failed:
                yield Cell(name, moment, str(failed).partition("\n")[0] or "failed")


def without_input(
    folder: Path, moments: tuple[str, ...] = (MOMENTS[0], *SHELL, MOMENTS[1])
) -> Iterator[Cell]:
    """The program with its standard input closed: the app says so, commands need none."""
    with LoopbackHub(world()) as hub:
        env = {"HUBSCOPE_HOME": f"{folder}/home", "HF_HOME": f"{folder}/hf"}
        env["HF_ENDPOINT"] = hub.url
        for moment in moments:
            words = ["trending", "--limit", "100"] if moment in SHELL else []
            command = shlex.join([sys.executable, "-m", "tui", *words])
            app = Terminal(folder, command=f"exec {command} <&-", **env)
            code, right = app.ends(), 0 if words else 2
            told = bool(words) or "this terminal cannot show the app; use" in app.text
            wrong = "" if told else "it does not say why"
            yield Cell(INPUT, moment, wrong if code == right else f"exit code {code}, not {right}")


def _play(hub: LoopbackHub, fault: Fault, moment: str, folder: Path, env: dict[str, str]) -> None:
    if moment != MOMENTS[0]:
        _run(folder, env, "trending", "--limit", "100")
    app = Terminal(folder, **env)
    process = app.process.pid
    try:
        _go_to(hub, app, moment)
        code = fault(app)
        if code is None:
            assert not ended(app), "it ended"
            hub.clear_faults()
            app.until(lambda text: "many/" in text or "Qwen/" in text)
            app.press("\x11")
            code = 0
        if fault is not _closed:
            found = app.ends()
            early = moment == MOMENTS[0] and found == -(code - 128) and b"?1049h" not in app.written
            assert found == code or early, f"exit code {found}, not {code}"
            assert not early or not app.written, "it wrote, and did not take it back"
            assert_whole(app.written)
        else:
            _wait(lambda: not state(process), f"process {process} is left")
    finally:
        app.process.close(force=True)
        with suppress(ProcessLookupError):
            os.kill(process, signal.SIGKILL)
    _run(folder, env, "saved")


def _go_to(hub: LoopbackHub, app: Terminal, moment: str) -> None:
    """Bring the app to a moment; of what is asked there, no answer comes."""
    if moment == MOMENTS[0]:
        gate = hub.gate("/")
        app.until(lambda _: app.written)  # the first byte
        del gate
        return
    app.until(lambda text: "1 of " in text and "live" in text)
    gate = hub.gate("/")
    if moment == "paging":
        app.press("G")
        app.until(lambda _: gate.arrived.is_set())
    elif moment == "typing":
        app.press("/qw")
        app.until(lambda text: ("qw" in text and "live" not in text) or gate.arrived.is_set())
    elif moment == "exit":
        app.press("r")
        app.until(lambda _: gate.arrived.is_set())
        app.press("q")


def _run(folder: Path, env: dict[str, str], *words: str) -> None:
    """Run a command to its end; what the app left must be whole enough for it."""
    told = Shell(folder)(*words, **env)
    assert (told.code, "damaged" in told.err) == (0, False), told.err


def assert_whole(written: bytes) -> None:
    """Every mode that was set has been taken back, and the other way round."""
    last = {
        number: way for numbers, way in MODES.findall(written) for number in numbers.split(b";")
    }
    wrong = sorted(n.decode() for n, way in last.items() if way != (b"h" if n in KEPT else b"l"))
    assert wrong == [], f"modes left: {', '.join(wrong)}"
    assert written.count(b"\x1b[>") == 0 or written.count(b"\x1b[<u"), "keyboard protocol left"


def state(process: int) -> str:
    """The state of a process as /proc has it; "" for one that is gone, a zombie too."""
    try:
        found = Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()[0]
    except OSError:
        return ""
    return "" if found == "Z" else found


def ended(app: Terminal) -> bool:
    return not state(app.process.pid)


def _wait(seen: Callable[[], object], otherwise: str) -> None:
    end = time.monotonic() + LEAVING * 4
    while not seen():
        assert time.monotonic() < end, otherwise
        time.sleep(0.02)
