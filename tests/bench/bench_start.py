"""What a one-shot command costs from a warm store, against others that answer one question.

Run it by hand: ``python tests/bench/bench_start.py [ROUNDS]``. All are byte-compiled first and run
in turns, against a Hub on this machine; only the ratios mean anything elsewhere.
"""

import compileall
import os
import socket
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import huggingface_hub

sys.path.insert(0, str(Path(__file__).parents[2]))

from tests.loopback import LoopbackHub, default_world, faults
from tests.shell.test_pty import Terminal

CHECKOUT = Path(__file__).parents[2]
HF = str(Path(sys.executable).with_name("hf"))
OURS = [sys.executable, "-m", "tui"]
CASES = {
    "python -c pass": [sys.executable, "-c", "pass"],
    "hf models info": [HF, "models", "info", "Qwen/Qwen3-8B"],
    "trending --offline --json": [*OURS, "trending", "--offline", "--json"],
    "search qwen --offline -q": [*OURS, "search", "qwen", "--offline", "-q"],
    "show --offline": [*OURS, "show", "Qwen/Qwen3-8B", "--offline"],
    "--version": [*OURS, "--version"],
    "trending, asking the Hub": [*OURS, "trending", "--json"],
}
YARDSTICK = "hf models info"


def environment(folder: str, endpoint: str) -> dict[str, str]:
    """Nothing of the person's own: no login, no store, bytecode allowed."""
    kept = {name: os.environ[name] for name in ("PATH", "LANG") if name in os.environ}
    return {
        **kept,
        "HOME": folder,
        "HF_HOME": f"{folder}/hf",
        "HUBSCOPE_HOME": f"{folder}/home",
        "HF_ENDPOINT": endpoint,
        "PYTHONPATH": str(CHECKOUT),
    }


def milliseconds(command: list[str], env: dict[str, str], code: int = 0) -> float:
    """How long a process takes from its start to its end; it must end with ``code``."""
    begun = time.perf_counter()
    done = subprocess.run(command, env=env, capture_output=True, cwd=env["HOME"], check=False)
    taken = (time.perf_counter() - begun) * 1000
    if done.returncode != code:
        sys.exit(f"{command} ended with {done.returncode}:\n{done.stderr.decode()}")
    return taken


def rounds(env: dict[str, str], times: int) -> dict[str, float]:
    """The median of each case, all cases in turns."""
    taken: dict[str, list[float]] = {name: [] for name in CASES}
    for _ in range(times + 1):
        for name, command in CASES.items():
            taken[name].append(milliseconds(command, env))
    return {name: statistics.median(runs[1:]) for name, runs in taken.items()}


def unplugged(env: dict[str, str]) -> dict[str, float]:
    """What it takes to see that there is no Hub: one that refuses, one that stays silent."""
    nothing = {**env, "HUBSCOPE_HOME": f"{env['HOME']}/empty"}
    found: dict[str, float] = {}
    with socket.socket() as listening:
        listening.bind(("127.0.0.1", 0))
        nothing["HF_ENDPOINT"] = f"http://127.0.0.1:{listening.getsockname()[1]}"
        found["refused"] = milliseconds([*OURS, "trending"], nothing, code=5)
        listening.listen(0)
        fillers = [socket.socket() for _ in range(4)]
        for filler in fillers:
            filler.setblocking(False)
            filler.connect_ex(listening.getsockname())
        found["silent"] = milliseconds([*OURS, "trending"], nothing, code=5)
        for filler in fillers:
            filler.close()
    return found


def leaving(folder: str, hub: LoopbackHub) -> float:
    """From ``q`` to the restored terminal, with every request held by the Hub."""
    gate = hub.gate("/")
    app = Terminal(Path(folder), **environment(folder, hub.url))
    app.until(lambda text: "Qwen/Qwen3-8B" in text and gate.arrived.is_set())
    begun = time.perf_counter()
    app.press("q")
    app.until(lambda _: b"\x1b[?1049l" in app.written)
    taken = (time.perf_counter() - begun) * 1000
    app.ends()
    hub.clear_faults()
    return taken


def main() -> None:
    times = int(sys.argv[1]) if len(sys.argv) > 1 else 11
    packages = str(Path(huggingface_hub.__file__).parents[1])
    for tree in (str(CHECKOUT / "tui"), packages):
        compileall.compile_dir(tree, quiet=2, workers=2)
    with tempfile.TemporaryDirectory() as folder, LoopbackHub(default_world()) as hub:
        hub.fault("/api/agent-harnesses", faults.json_text("{}"), times=None)
        env = environment(folder, hub.url)
        milliseconds([*OURS, "trending"], env)
        milliseconds([*OURS, "search", "qwen"], env)
        milliseconds([*OURS, "show", "Qwen/Qwen3-8B"], env)
        medians = rounds(env, times)
        for name, taken in medians.items():
            print(f"{name:<28}{taken:8.1f} ms {taken / medians[YARDSTICK]:8.3f} of {YARDSTICK}")
        for name, taken in unplugged(env).items():
            print(f"{'unplugged: ' + name:<28}{taken:8.1f} ms")
        left = statistics.median(leaving(folder, hub) for _ in range(5))
        print(f"{'leaving, the Hub silent':<28}{left:8.1f} ms")


if __name__ == "__main__":
    main()
