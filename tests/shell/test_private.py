"""What nobody else may see: the token anywhere, and one account's rows in another's sight."""

import gzip
import re
import sqlite3
import subprocess
import zlib
from collections.abc import Iterator
from contextlib import closing, suppress
from pathlib import Path
from shutil import copytree
from typing import Any

import pytest

from tests.loopback import LoopbackHub, World, add_weights, default_world, faults
from tests.loopback.answer import Answer
from tests.shell.test_pty import Open, terminal
from tests.spoken import say

__all__ = ["terminal"]  # the fixture
# a command leaves the line to the system when it ends, as this process does not
pytestmark = pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning")
TOKEN = "hf_nightingale0123456789"
PLAN = "ann/plan-for-2027"
SENTENCE = "Ours alone, until the spring."
COMMANDS = (
    "trending --limit 100", "trending --json", f"search {PLAN} --csv", f"show {PLAN} --json",
    f"card {PLAN}", f"files {PLAN}", f"fit {PLAN}", f"evals {PLAN}", f"tree {PLAN} --json",
    f"diff {PLAN} acme/base", f"why {PLAN}", "families --json", "family qwen --json",
    "compare qwen llama --md", "origins --of trending --json", "claims --json",
    f"save {PLAN} --note mine", "save wanted qwen", "saved --json", "watch --json",
    "prefetch qwen --limit 3 --yes", "snapshot list", "snapshot export looks.gz", "local",
    "machine --json", "census crawl", "census export --parquet census", "series qwen",
    "cache where --json", "config --json", "get acme/tiny-GGUF --include *.gguf",
    "show gone/away", "card acme/manual-7b", "trending --task \x1b]0;x", "frobnicate",
)  # fmt: skip


@pytest.fixture
def world() -> World:
    made = default_world()
    made.model(PLAN, private=True, trendingScore=999, readme=f"# Plan\n\n{SENTENCE}\n")
    add_weights(made, 50_000)
    made.token(TOKEN, "ann", access=["acme/manual-7b"])
    return made


@pytest.fixture
def elsewhere(world: World) -> Iterator[LoopbackHub]:
    """Another origin, to which files and questions are sent on."""
    with LoopbackHub(world) as other:
        yield other
    assert other.crashes == []


def echoed(answer: Answer) -> Answer:
    """A refusal that repeats the token that came, as a careless proxy does."""
    return faults.respond(
        400, b"{}", {"X-Error-Message": f"bad header: Bearer {TOKEN}", "Content-Type": "text/plain"}
    )(answer)


def held(folder: Path) -> Iterator[tuple[str, bytes]]:
    """Everything that lies in a folder: names, files, and what files hold packed."""
    for path in folder.rglob("*"):
        yield "a name", str(path.relative_to(folder)).encode()
        if not path.is_file():
            continue
        body = path.read_bytes()
        yield str(path), body
        if body.startswith(b"\x1f\x8b"):
            yield str(path), gzip.decompress(body)
        if body.startswith(b"SQLite format 3"):
            with closing(sqlite3.connect(path)) as file:
                yield from ((str(path), value) for value in values(file))


def values(file: sqlite3.Connection) -> Iterator[bytes]:
    """Every value of every table, unpacked."""
    tables = [row[0] for row in file.execute("SELECT name FROM sqlite_master WHERE type='table'")]
    for table in tables:
        with suppress(sqlite3.OperationalError):  # an index that keeps no values of its own
            for row in file.execute(f'SELECT * FROM "{table}"').fetchall():
                for value in row:
                    yield value if isinstance(value, bytes) else str(value).encode()
                    with suppress(zlib.error, TypeError):
                        yield zlib.decompress(value)


def browse(app: Any) -> None:
    """A session at the keyboard that copies, writes, keeps and leaves."""
    app.until(lambda text: PLAN in text and "live" in text)
    app.press("yY")
    app.until(lambda text: "hf download" in text)
    app.press("\x1b\r")
    app.until(lambda text: SENTENCE in text)
    app.press("b")
    app.until(lambda text: "bookmarked" in text)
    app.press("]")
    app.until(lambda text: "all-time" in text)
    app.press("\x1be")
    app.until(lambda text: "spreadsheet" in text)
    app.press("\r")
    app.until(lambda text: "written to " in text)
    app.press("jjq")
    assert app.ends() == 0


def test_the_token_is_nowhere_but_in_the_headers_to_its_own_hub(
    hub: LoopbackHub,
    elsewhere: LoopbackHub,
    terminal: Open,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("HF_TOKEN", TOKEN)
    monkeypatch.chdir(tmp_path)
    words: list[str] = []
    children: list[subprocess.Popen[bytes]] = []
    begin = subprocess.Popen.__init__

    def begun(self: Any, command: Any, *args: Any, **named: Any) -> None:
        words.append(str(command))
        children.append(self)
        begin(self, command, *args, **named)

    monkeypatch.setattr(subprocess.Popen, "__init__", begun)
    app = terminal()
    browse(app)
    hub.fault("/acme/base/resolve", faults.elsewhere(f"{elsewhere.url}/blob"), times=None)
    hub.fault("/api/models/google", faults.elsewhere(f"{elsewhere.url}/api/models/x"), times=None)
    said = [say(*command.split(" ")) for command in COMMANDS]
    said += [say("card", "acme/base"), say("show", "google/gemma-3-4b-it")]
    hub.fault("/", echoed, times=None)
    said += [say("trending"), say("show", "meta-llama/Llama-3.1-8B", "--json"), say("card", PLAN)]

    for child in children:
        if hasattr(child, "returncode"):
            child.wait()
    assert [one.code for one in said].count(0) > 25
    written = [app.written, *(part.encode() for one in said for part in (one.out, one.err))]
    found = [*held(tmp_path), *(("written", part) for part in written)]
    assert sum(SENTENCE.encode() in body for _, body in found) >= 3  # the look does find things
    assert [place for place, body in found if TOKEN.encode() in body] == []
    assert [text for text in words if TOKEN in text] == []
    assert not re.search(rb"\x1b\][012];", app.written)  # no title is set at all
    assert elsewhere.requests
    for request in elsewhere.requests:
        assert TOKEN not in f"{request.target} {request.headers}"
        assert "authorization" not in request.headers
    assert any(TOKEN in request.headers.get("authorization", "") for request in hub.requests)
    for request in hub.requests:
        others = {name: text for name, text in request.headers.items() if name != "authorization"}
        assert TOKEN not in f"{request.target} {others}"


LOOKS = (
    "trending --limit 0", "search plan", "search plan --json", f"show {PLAN}", f"card {PLAN}",
    f"files {PLAN}", f"tree {PLAN}", "saved", "saved --json", "watch --json",
    "snapshot diff 1 2", "snapshot diff 1 2 --json", "families --json", "why acme/base",
    "origins --of trending --json", "series qwen --json", "snapshot export theirs.gz",
)  # fmt: skip


def test_another_account_sees_nothing_of_this_one(
    hub: LoopbackHub, terminal: Open, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("HF_TOKEN", TOKEN)
    monkeypatch.chdir(tmp_path)
    assert say("trending", "--limit", "100").code == 0
    browse(terminal())
    for command in (f"save {PLAN} --note mine", "census crawl", "snapshot export ours.gz"):
        assert say(*command.split(" ")).code == 0
    assert PLAN in say("saved").out
    assert PLAN in say("trending", "-q", "--offline").out

    monkeypatch.delenv("HF_TOKEN")
    for other in ("hf_bo", ""):
        home = tmp_path / f"home-of-{other}"
        copytree(tmp_path / "home", home)
        monkeypatch.setenv("HUBSCOPE_HOME", str(home))
        if other:
            monkeypatch.setenv("HF_TOKEN", other)
        sees_nothing(terminal(), home)
        monkeypatch.delenv("HF_TOKEN", raising=False)


def sees_nothing(app: Any, home: Path) -> None:
    """Look at everything over a store, and find nothing of the first account's."""
    Path("theirs.gz").unlink(missing_ok=True)
    app.until(lambda text: "Qwen/Qwen3-8B" in text and "live" in text)
    app.press("4")
    app.until(lambda text: "nothing yet" in text)
    app.press("1")
    app.until(lambda text: "Qwen/Qwen3-8B" in text)
    app.press("q")
    assert app.ends() == 0
    shown = [app.written]
    for more in ((), ("--offline",)):
        for command in LOOKS:
            told = say(*command.split(" "), *more)
            shown += [told.out.encode(), told.err.replace(PLAN, "", 1).encode()]
    files = [gzip.decompress(Path(f"{name}.gz").read_bytes()) for name in ("ours", "theirs")]
    frames = [path.read_bytes() for path in (home / "state").glob("frame-*")]
    census = [path.read_bytes() for path in home.rglob("census*/*")]
    assert frames
    assert census
    for body in (*shown, *files, *frames, *census):
        assert PLAN.encode() not in body
        assert SENTENCE.encode() not in body
        assert b"mine" not in body
