"""What lies on this machine, at a real terminal: ordered in view 4, deleted after a question."""

import os
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.conftest import Shell
from tests.loopback import LoopbackHub
from tests.shell.test_pty import Open, terminal
from tests.unit.hub.test_local_cache import put

__all__ = ["terminal"]  # the fixture
BIG, OLD = "acme/big", "acme/old"


@pytest.fixture
def cache(tmp_path: Path) -> Path:
    folder = tmp_path / "hf" / "hub"
    put(folder, "model", BIG, {"model.safetensors": b"w" * 9000}, "a" * 40)
    put(folder, "model", OLD, {"model.safetensors": b"o" * 4000}, "b" * 40)
    put(folder, "model", "zoo/late", {"model.safetensors": b"z" * 100}, "c" * 40)
    for age, name in ((3, BIG), (2, OLD), (1, "zoo/late")):
        for file in (folder / f"models--{name.replace('/', '--')}").rglob("*"):
            if file.is_file():
                os.utime(file, (1.7e9 - age, 1.7e9 - age))
    return folder


def there(cache: Path, repo_id: str) -> bool:
    return (cache / f"models--{repo_id.replace('/', '--')}").exists()


@pytest.mark.parametrize(
    ("answer", "gone"),
    [("y\r", True), ("Yes\r", True), ("n\r", False), ("\r", False), ("maybe\r", False)],
)
def test_a_person_is_asked_and_only_yes_deletes(
    cache: Path, terminal: Open, answer: str, gone: bool
) -> None:
    shell = terminal("local", "rm", BIG)
    shell.until(lambda text: "delete acme/big from this machine: 9.00 kB (9,000 bytes)" in text)
    assert there(cache, BIG)
    shell.press(answer)
    said = "deleted acme/big: 9.00 kB freed" if gone else "nothing was deleted"
    shell.until(lambda text: said in text and "repos, " in text)
    assert shell.ends() == 0
    assert there(cache, BIG) is not gone
    assert there(cache, OLD)


def test_the_end_of_input_deletes_nothing(cache: Path, terminal: Open) -> None:
    shell = terminal("local", "rm", BIG)
    shell.until(lambda text: "[y/N]" in text)
    shell.press("\x04")
    shell.until(lambda text: "nothing was deleted" in text)
    assert shell.ends() == 0
    assert there(cache, BIG)


@pytest.mark.parametrize("way", ["pipe", "keys", "errors"])
def test_without_a_person_it_is_one_line_and_a_usage_error(
    cache: Path, run: Shell, way: str
) -> None:
    line = f"delete {BIG} from this machine: 9.00 kB (9,000 bytes); add --yes to do it"
    ways: dict[str, Callable[[], tuple[int, str]]] = {
        "pipe": lambda: (run("local", "rm", BIG).code, run("local", "rm", BIG).err),
        "keys": lambda: run.terminal("local", "rm", BIG, keys=False)[:2],
        "errors": lambda: (lambda told: (told.code, told.err))(
            run.script(f"echo y | hubscope local rm {BIG}")
        ),
    }
    code, said = ways[way]()
    assert (code, said.strip()) == (2, f"hubscope: {line}")
    assert there(cache, BIG)


def order(text: str) -> list[str]:
    """The repos on this machine from top to bottom."""
    return [name for line in text.splitlines() for name in (BIG, OLD, "zoo/late") if name in line]


def test_view_4_is_ordered_by_size_last_use_and_name_and_stays_so(
    cache: Path, hub: LoopbackHub, terminal: Open, run: Shell
) -> None:
    app = terminal()
    app.until(lambda text: "live" in text)
    app.press("4")
    app.until(lambda text: "on this machine by size" in text and len(order(text)) == 3)
    assert order(app.text) == [BIG, OLD, "zoo/late"]
    app.press("s")
    app.until(lambda text: "Order of what lies on this machine" in text)
    app.press("j\r")
    app.until(lambda text: order(text) == ["zoo/late", OLD, BIG])
    assert "on this machine by last use" in app.text
    app.press("Y")
    app.until(lambda text: "hubscope local --sort used" in text)
    app.press("\x1b")
    app.until(lambda text: "on this machine by last use" in text)
    app.press("qq")
    assert app.ends() == 0
    assert run("local", "--sort", "used", "-q").out.split() == ["zoo/late", OLD, BIG]
    app = terminal()
    app.press("4")
    app.until(lambda text: "on this machine by last use" in text and len(order(text)) == 3)
    app.press("qq")
    assert app.ends() == 0
