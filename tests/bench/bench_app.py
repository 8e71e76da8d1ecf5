"""What the app costs on a terminal: first frames, bytes, key to frame, memory.

Run it by hand: ``python tests/bench/bench_app.py [ROUNDS]``. Everything is byte-compiled first and
runs in turns in a pseudo-terminal of 80x24; only the ratios mean anything elsewhere. ``F`` is the
first frame of a bare app of the same toolkit.
"""

import compileall
import fcntl
import os
import pty
import select
import signal
import statistics
import struct
import sys
import tempfile
import termios
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import NamedTuple

import textual

sys.path.insert(0, str(Path(__file__).parents[2]))

from tests.loopback import LoopbackHub, World
from tui.model import BaseModels, Query, Repo
from tui.store.paths import home
from tui.store.store import Store

CHECKOUT = Path(__file__).parents[2]
BARE = (
    "from textual.app import App; from textual.widgets import Static\n"
    "class Bare(App):\n    def compose(self): yield Static('ready')\n"
    "Bare().run()"
)
APP = [sys.executable, "-m", "tui"]
ROWS, PAGE = 10_000, 1000
QUIET = 0.12  # seconds without a byte that end a frame
PATIENCE = 20.0
TASKS = ("text-generation", "image-text-to-text", "text-to-image", "automatic-speech-recognition")
LABS = ("Qwen", "meta-llama", "google", "deepseek-ai", "mistralai", "somebody-with-a-long-name")


class Burst(NamedTuple):
    """What a key caused: bytes, and the milliseconds until the last of them."""

    size: int
    ms: float


class Screen:
    """A process on a pseudo-terminal, its output with the time of each piece."""

    def __init__(
        self, command: Sequence[str], env: dict[str, str], size: tuple[int, int] = (80, 24)
    ) -> None:
        self.begun = time.perf_counter()
        self.written = bytearray()
        cells = struct.pack("HHHH", size[1], size[0], 0, 0)
        self.pid, self.fd = pty.fork()
        if self.pid == 0:
            fcntl.ioctl(0, termios.TIOCSWINSZ, cells)
            os.chdir(env["HOME"])
            os.execve(command[0], list(command), env)
        fcntl.ioctl(self.fd, termios.TIOCSWINSZ, cells)

    def until(self, text: str) -> float:
        """Milliseconds from the start until ``text`` stands in the output."""
        wanted = text.encode()
        while wanted not in self.written:
            if not self._read(PATIENCE):
                sys.exit(f"never: {text!r}; the end: {bytes(self.written[-3000:])!r}")
        return (time.perf_counter() - self.begun) * 1000

    def settle(self, quiet: float = QUIET) -> int:
        """Wait until nothing is written any more; the bytes since the start."""
        while self._read(quiet):
            pass
        return len(self.written)

    def press(self, key: str, quiet: float = QUIET) -> Burst:
        """Send a key and wait for all that it causes."""
        before, begun = len(self.written), time.perf_counter()
        last = begun
        os.write(self.fd, key.encode())
        while self._read(quiet):
            last = time.perf_counter()
        return Burst(len(self.written) - before, (last - begun) * 1000)

    def resident(self) -> float:
        """Resident memory in MiB."""
        lines = Path(f"/proc/{self.pid}/status").read_text().splitlines()
        return next(int(line.split()[1]) for line in lines if line.startswith("VmRSS")) / 1024

    def end(self) -> None:
        """Stop the process, however it is."""
        os.kill(self.pid, signal.SIGKILL)
        os.waitpid(self.pid, 0)
        os.close(self.fd)

    def _read(self, seconds: float) -> bool:
        ready, _, _ = select.select([self.fd], [], [], seconds)
        if not ready:
            return False
        try:
            piece = os.read(self.fd, 1 << 16)
        except OSError:
            return False
        self.written += piece
        return bool(piece)


def environment(folder: str, endpoint: str, colours: str = "truecolor") -> dict[str, str]:
    """Nothing of the person's own, and a terminal of so many colours."""
    return {
        "PATH": os.environ["PATH"],
        "HOME": folder,
        "HF_HOME": f"{folder}/hf",
        "HUBSCOPE_HOME": f"{folder}/home",
        "HF_ENDPOINT": endpoint,
        "PYTHONPATH": str(CHECKOUT),
        "TERM": "xterm-256color",
        "COLORTERM": "truecolor",
        "TEXTUAL_COLOR_SYSTEM": colours,
        "LANG": "C.UTF-8",
    }


def repo(number: int) -> Repo:
    """A row with something in every column."""
    return Repo(
        id=f"{LABS[number % 6]}/Model-{number:05}-{number % 90}B-Instruct-GGUF",
        author=LABS[number % 6],
        task=TASKS[number % 4],
        license="apache-2.0",
        downloads=(number * 7919) % 10_000_000,
        likes=(number * 31) % 9000,
        trending_score=float(ROWS - number),
        created_at=f"2026-{1 + number % 10:02}-11T09:00:00.000Z",
        params=(1 + number % 90) * 1_000_000_000,
        private=False,
        gated=False,
        tags=("gguf", "en", "license:apache-2.0"),
        base_models=BaseModels("finetune", ("Qwen/Qwen3-8B",)),
    )


def warm(folder: str, endpoint: str, count: int = ROWS) -> None:
    """A store that holds a list of so many thousand rows."""
    at, key = time.time() - 3600, Query().key
    folders = home({"HUBSCOPE_HOME": f"{folder}/home"})
    with Store.open(folders, endpoint, sync=True) as store:
        for page in range(count // PAGE):
            rows = [repo(number) for number in range(page * PAGE, (page + 1) * PAGE)]
            store.cache.put_list(key, "model", "", page, rows, f"/page/{page + 1}", at)
        store.library.put_session("last", {"theme": "dark"})


def first_frames(env: dict[str, str], rounds: int) -> dict[str, list[float]]:
    """Milliseconds until each frame, the apps in turns."""
    taken: dict[str, list[float]] = {"bare app (F)": [], "last frame": [], "live frame": []}
    for _ in range(rounds + 1):
        bare = Screen([sys.executable, "-c", BARE], env)
        taken["bare app (F)"].append(bare.until("ready"))
        bare.end()
        app = Screen(APP, env)
        taken["last frame"].append(app.until("Model-00000"))
        taken["live frame"].append(app.until("stored, "))
        app.end()
    return {name: runs[1:] for name, runs in taken.items()}


def many(app: Screen, key: str, times: int) -> list[Burst]:
    return [app.press(key) for _ in range(times)]


def keys(env: dict[str, str]) -> None:
    """Bytes of a move, a scroll and a page, and the bytes of a start."""
    for colours in ("truecolor", "standard"):
        app = Screen([*APP, "--offline"], {**env, "TEXTUAL_COLOR_SYSTEM": colours})
        app.until("Model-00000")
        start = app.settle()
        moves = many(app, "j", 12)
        pages = many(app, "\x1b[6~", 12)
        print(
            f"{colours:<10} start {start:6} B   move {middle(moves):5.0f} B   "
            f"page {middle(pages[1:]):6.0f} B"
        )
        app.end()


def middle(bursts: list[Burst]) -> float:
    return statistics.median(burst.size for burst in bursts)


def latency(env: dict[str, str]) -> None:
    """Key to last byte, and memory, with the first page and with ten thousand rows at hand."""
    bare = Screen([sys.executable, "-c", BARE], env)
    bare.until("ready")
    bare.settle()
    floor = bare.resident()
    bare.end()
    app = Screen([*APP, "--offline"], env)
    app.until("Model-00000")
    app.settle()
    print(f"memory     {app.resident() / floor:.2f} x a bare app's {floor:.1f} MiB, 100 rows")
    grown: list[float] = []
    while b"the stored rows end here" not in app.written:
        grown.append(app.press("G").ms)
        if len(grown) > ROWS // 25:
            sys.exit(f"fewer than {ROWS} rows: {bytes(app.written[-500:])!r}")
    print(f"next page  first {grown[0]:.0f} ms, last {grown[-1]:.0f} ms")
    print(f"memory     {app.resident() / floor:.2f} x a bare app's, {ROWS} rows")
    app.press("g")
    app.press("j")
    for name, pressed in (
        ("move", "jjjk"),
        ("scroll", "\x04"),
        ("page", ["\x1b[6~", "\x1b[5~", "\x1b[6~"]),
        ("ends", "Gg"),
    ):
        bursts = [app.press(key) for _ in range(30) for key in pressed]
        times = sorted(burst.ms for burst in bursts if burst.size)
        high = times[int(len(times) * 0.99)]
        print(
            f"{name:<10} p50 {statistics.median(times):5.1f} ms   p99 {high:5.1f} ms   "
            f"{middle(bursts):5.0f} B, {ROWS} rows"
        )
    app.end()


def compiled(*trees: Path) -> None:
    for tree in trees:
        compileall.compile_dir(str(tree), quiet=2, workers=2)


def held(hub: LoopbackHub) -> Callable[[], None]:
    """The Hub keeps every request waiting, so that frames are the store's."""
    return hub.gate("/").open


def main() -> None:
    rounds = int(sys.argv[1]) if len(sys.argv) > 1 else 7
    compiled(CHECKOUT / "tui", Path(textual.__file__).parents[1])
    with tempfile.TemporaryDirectory() as folder, LoopbackHub(World()) as hub:
        held(hub)
        env = environment(folder, hub.url)
        warm(folder, hub.url)
        seen = Screen(APP, env)  # leaves its last frame for the next start
        seen.until("stored, ")
        seen.press("q")
        seen.until("\x1b[?1049l")
        seen.end()
        frames = {name: statistics.median(t) for name, t in first_frames(env, rounds).items()}
        for name, taken in frames.items():
            print(f"{name:<14}{taken:8.1f} ms {taken / frames['bare app (F)']:6.2f} F")
        keys(env)
        latency(env)


if __name__ == "__main__":
    main()
