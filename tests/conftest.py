"""What every test stands on: an environment of its own, a loopback Hub, the command as a process.

No test reaches the real Hub: the endpoint is a port that refuses, unless a test asks for ``hub``.
"""

import gc
import os
import pickle
import pty
import shutil
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from functools import cache
from importlib import import_module
from io import FileIO
from pathlib import Path
from tempfile import mkdtemp
from threading import Timer
from typing import NamedTuple

import pytest
from hypothesis import HealthCheck, settings

from tests.loopback import LoopbackHub, World, default_world
from tests.paths import CHECKOUT
from tests.shell import warm

PATIENCE = 60.0  # seconds until a process counts as hanging
# how many examples a property is shown to hold for must not depend on how busy the machine is
settings.register_profile("counted", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("counted")
_MEMORY, _ROOM = "/dev/shm", 4 * 2**30  # a file system in memory, and the bytes it must have
_ENDING = [
    getattr(signal, name) for name in ("SIGINT", "SIGTERM", "SIGHUP") if hasattr(signal, name)
]
_FOREIGN = ("HF_", "HUGGING", "TRANSFORMERS_", "XDG_", "HUBSCOPE_", "TEXTUAL_")
_NAMED = (
    *("NO_COLOR", "SSH_CONNECTION", "LANG", "LC_ALL", "LC_CTYPE", "COLUMNS", "LINES"),
    "PYTHONDONTWRITEBYTECODE",
)


def pytest_xdist_auto_num_workers(config: pytest.Config) -> int:
    """Four workers for a core, sixteen at most: many tests wait for a process or a clock.

    On two cores eight need 4.7 minutes where five need 5.4, for the same processor time.
    """
    cores = os.cpu_count() or 1
    return min(4 * cores, max(16, cores))


def pytest_configure(config: pytest.Config) -> None:
    """Let the homes of tests lie in memory where there is room: none of them shows a disk.

    The three files of a new store take 16 ms of a processor on a disk and 8 in memory, and they
    wait for the disk besides.
    """
    here = not hasattr(config, "workerinput") and os.access(_MEMORY, os.W_OK)
    if here and shutil.disk_usage(_MEMORY).free > _ROOM:
        os.environ.setdefault("PYTEST_DEBUG_TEMPROOT", _MEMORY)


class Ran(NamedTuple):
    """How a process ended."""

    code: int
    out: str
    err: str
    seconds: float


class Shell:
    """Runs ``hubscope`` of this checkout as processes, in a folder that is not the checkout."""

    def __init__(self, folder: Path, site: Path | None = None) -> None:
        """``site``: a folder with a ``sitecustomize`` for each process."""
        self.folder = folder
        self._site = site

    def beside(self, sitecustomize: str) -> "Shell":
        """One whose processes, and the ones that these begin, have run this text first."""
        site = Path(mkdtemp(dir=self.folder.parent))
        (site / "sitecustomize.py").write_text(sitecustomize)
        return Shell(self.folder, site)

    def __call__(self, *words: str, **env: str) -> Ran:
        """Run it to its end with these words; ``env`` is added to the environment."""
        (out, to_out), (err, to_err) = os.pipe(), os.pipe()
        with open(os.devnull, "rb") as nothing:
            return self._run(words, env, (nothing.fileno(), to_out, to_err), (out, err))

    def script(self, text: str, **env: str) -> Ran:
        """Run a bash script in which ``hubscope`` is the command."""
        function = f'hubscope() {{ "{sys.executable}" -m tui "$@"; }}\n'
        return self.process(["bash", "-c", function + text], **env)

    def words(self, script: str) -> list[list[str]]:
        """The words that bash gives to each ``hubscope`` of a script, which is not run."""
        said = 'hubscope() { printf "%s\\0" "$#" "$@"; }\n'
        told = iter(self.process(["bash", "-c", said + script]).out.split("\0")[:-1])
        return [[next(told) for _ in range(int(count))] for count in told]

    def terminal(self, *words: str, keys: bool = True, **env: str) -> Ran:
        """Run it on a terminal of 80 columns; ``out`` is all that it wrote there.

        Without ``keys`` its standard input is not the terminal but empty.
        """
        shown = {"TERM": "xterm-256color", "COLUMNS": "80", "LINES": "24", **env}
        leader, follower = pty.openpty()
        with open(os.devnull, "rb") as nothing:
            streams = (follower if keys else nothing.fileno(), follower, follower)
            told = self._run(words, shown, streams, (leader,))
        return told._replace(out=told.out.replace("\r\n", "\n"))

    def process(self, command: list[str], **env: str) -> Ran:
        """Run any command in the tests' environment, as a new program."""
        begun = time.monotonic()
        done = subprocess.run(
            command,
            cwd=self.folder,
            env={**os.environ, **env},
            stdin=subprocess.DEVNULL,
            capture_output=True,
            timeout=PATIENCE,
            check=False,
        )
        out, err = (
            stream.decode("utf-8", "surrogateescape") for stream in (done.stdout, done.stderr)
        )
        return Ran(done.returncode, out, err, time.monotonic() - begun)

    def _run(
        self,
        words: tuple[str, ...],
        env: dict[str, str],
        streams: warm.Streams,
        read: tuple[int, ...],
    ) -> Ran:
        """Run it on these streams; what is read, and the writers' ends, are closed at its end."""
        environment = {**os.environ, **env}
        module = "tui"
        if self._site:
            module, environment["SITE"] = "tests.shell.late_site", str(self._site)
        process = warm.start(
            [*words], self.folder, environment, streams, leads=len(read) == 1, module=module
        )
        begun = time.monotonic()
        for writer in set(streams[1:]):
            os.close(writer)
        impatience = Timer(PATIENCE, process.kill)
        impatience.start()
        with ThreadPoolExecutor(len(read)) as readers:
            out, err, *_ = [*readers.map(all_of, read), ""]
        code = process.wait(PATIENCE)
        impatience.cancel()
        seconds = time.monotonic() - begun
        assert seconds < PATIENCE, f"hubscope {words} hangs"
        return Ran(code, out, err, seconds)


def all_of(descriptor: int) -> str:
    """What is written until nobody can write any more; the descriptor is closed then."""
    with open(descriptor, "rb", buffering=0) as stream:
        written = b"".join(iter(lambda: _read(stream), b""))
    return written.decode("utf-8", "surrogateescape")


def _read(stream: FileIO) -> bytes:
    try:
        return stream.read(65536) or b""
    except OSError:  # the last writer has left a terminal
        return b""


@pytest.hookimpl(tryfirst=True)
def pytest_collection(session: pytest.Session) -> None:
    """Let each worker import the tests from another place on.

    What one has compiled the others read, where otherwise each would compile all: 8 s of a
    processor. No garbage is looked for meanwhile: it all lives as long as the session.
    """
    gc.disable()
    worker = getattr(session.config, "workerinput", {})
    folders = [Path(named) for named in session.config.args if Path(named).is_dir()]
    if not worker or not folders:
        return
    sys.dont_write_bytecode = False
    files = sorted({file for folder in folders for file in folder.resolve().rglob("test_*.py")})
    first = len(files) * int(worker["workerid"].removeprefix("gw")) // worker["workercount"]
    for file in (*files[first:], *files[:first]):
        with suppress(Exception, pytest.skip.Exception):  # it is told where it is collected
            import_module(".".join(file.relative_to(CHECKOUT).with_suffix("").parts))


def pytest_collection_finish() -> None:
    """Spare the garbage collector all that lives as long as the session: 50 ms each time."""
    gc.enable()
    gc.collect()
    gc.freeze()


def pytest_sessionfinish() -> None:
    """Leave the process that commands were forked from; the last worker's leaving ends it."""
    warm.close()


@pytest.fixture(scope="session")
def closed_port() -> Iterator[int]:
    """A port of this machine that refuses connections: bound, and nobody listens."""
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        yield taken.getsockname()[1]


@pytest.fixture(autouse=True)
def _isolated(monkeypatch: pytest.MonkeyPatch, tmp_path: Path, closed_port: int) -> None:
    """No login, no proxy, no store and no endpoint of the person who runs the tests."""
    for name in list(os.environ):
        if name.startswith(_FOREIGN) or name in _NAMED or name.lower().endswith("_proxy"):
            monkeypatch.delenv(name)
    monkeypatch.setenv("HUBSCOPE_HOME", str(tmp_path / "home"))
    monkeypatch.setenv("HF_HOME", str(tmp_path / "hf"))
    monkeypatch.setenv("HF_ENDPOINT", f"http://127.0.0.1:{closed_port}")
    # a machine's certificates take 40 ms to read, and no test gets to know a server by them
    monkeypatch.setenv("SSL_CERT_FILE", str(CHECKOUT / "tests/loopback/nobody.pem"))
    # the checkout, also where the project is installed beside it
    monkeypatch.setenv("PYTHONPATH", str(CHECKOUT))


@pytest.fixture(autouse=True)
def _signals() -> Iterator[None]:
    """What a test ignored in this process would be ignored in all that later ones start."""
    before = {number: signal.getsignal(number) for number in _ENDING}
    yield
    for number, handler in before.items():
        if signal.getsignal(number) is not handler:
            signal.signal(number, handler)


@cache
def _made_world() -> bytes:
    return pickle.dumps(default_world())


@pytest.fixture
def world() -> World:
    """The made world; a test may add to it before the Hub is asked."""
    made: World = pickle.loads(_made_world())
    return made


@pytest.fixture
def hub(world: World, monkeypatch: pytest.MonkeyPatch) -> Iterator[LoopbackHub]:
    """A Hub on a real socket, named to all as the endpoint; it may have no error of its own."""
    with LoopbackHub(world) as running:
        monkeypatch.setenv("HF_ENDPOINT", running.url)
        yield running
    assert running.crashes == []


@pytest.fixture
def run(tmp_path: Path) -> Shell:
    """The command, as a person's shell runs it."""
    folder = tmp_path / "elsewhere"
    folder.mkdir()
    return Shell(folder)
