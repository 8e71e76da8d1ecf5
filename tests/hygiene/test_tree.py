"""The tree as it is handed over: what it names, how large its parts are, what the wheel holds."""

import importlib
import os
import subprocess
import sys
import tomllib
import zipfile
from pathlib import Path

import pytest

from tests.hygiene.syntax import (
    LINES_OF_A_FILE,
    LINES_OF_A_FUNCTION,
    findings,
    longer_parts,
    parsed,
)
from tests.paths import CHECKOUT

# hosts of package indexes, in halves so that this file does not name them
INDEXES = ["py" + "pi.org", "python" + "hosted.org", "pip" + "y.io", "--index" + "-url"]
PROJECT = tomllib.loads((CHECKOUT / "pyproject.toml").read_text())
# as an installer asks for a wheel: nothing but the backend's own requirements beside it
BUILD = "import importlib, sys; importlib.import_module(sys.argv[1]).build_wheel(sys.argv[2])"
TEXT = {".py", ".toml", ".md", ".tcss", ".csv", ".cfg", ".txt", ".yml", ""}


def tracked() -> list[Path]:
    """The files that a clone has."""
    listed = subprocess.run(
        ["git", "-c", f"safe.directory={CHECKOUT}", "ls-files"],
        cwd=CHECKOUT,
        capture_output=True,
        text=True,
        check=False,
    )
    if listed.returncode:
        pytest.skip("no git checkout")
    found = [CHECKOUT / name for name in listed.stdout.splitlines()]
    return [path for path in found if path.is_file()]


def test_no_package_index_is_named() -> None:
    texts = [path for path in tracked() if path.suffix in TEXT]
    assert texts
    named = [
        (path.name, host) for path in texts for host in INDEXES if host in path.read_text("utf-8")
    ]
    assert named == []


def test_every_module_is_compiled_by_the_oldest_python_named() -> None:
    assert findings()
    with pytest.raises(SyntaxError):
        parsed("newer.py", "type Ids = list[str]")


def test_no_file_and_no_function_is_longer_than_one_takes_in() -> None:
    assert findings()[longer_parts] == []
    most = "\n".join(["def f():", *["    x"] * (LINES_OF_A_FUNCTION - 1)])
    assert [*longer_parts(parsed("a.py", f"{most}\n    x\n{most}"))] == ["a.py: f: 41"]
    assert [*longer_parts(parsed("a.py", "\n" * (LINES_OF_A_FILE + 1)))] == ["a.py: 301"]


def built(*words: str, **env: str) -> str:
    """Run Python with these words beside the checkout; what it said of what went wrong."""
    ran = subprocess.run(
        [sys.executable, *words],
        cwd=CHECKOUT,
        env={**os.environ, **env},
        capture_output=True,
        text=True,
        check=False,
    )
    return ran.stderr if ran.returncode else ""


def test_the_wheel_holds_the_program_with_its_data_and_nothing_else(tmp_path: Path) -> None:
    system, backend = PROJECT["build-system"], tmp_path / "backend"
    options = ("--quiet", "--no-compile", "--target", str(backend))
    wrong = built("-m", "pip", "install", *options, *system["requires"])
    if "No matching distribution found for hatchling" in wrong:
        pytest.skip("the build backend cannot be had here")
    assert not wrong
    words = ("-c", BUILD, system["build-backend"], str(tmp_path))
    assert not built(*words, PYTHONPATH=str(backend))
    (wheel,) = tmp_path.glob("hubscope-*.whl")
    names = set(zipfile.ZipFile(wheel).namelist())
    wanted = {
        str(path.relative_to(CHECKOUT))
        for path in (CHECKOUT / "tui").rglob("*")
        if path.is_file() and "__pycache__" not in path.parts
    }
    assert {"tui/app.tcss", "tui/sample/facts.jsonl.gz"} <= wanted
    assert {name for name in wanted if name.endswith(".csv")}
    assert {name for name in names if ".dist-info/" not in name} == wanted
    assert any(name.endswith("/licenses/LICENSE") for name in names)
    (entries,) = (name for name in names if name.endswith("entry_points.txt"))
    named = PROJECT["project"]["scripts"]
    (command,) = (f"{name} = {entry}" for name, entry in named.items())
    assert command in zipfile.ZipFile(wheel).read(entries).decode().splitlines()
    module, function = named["hubscope"].split(":")
    assert callable(getattr(importlib.import_module(module), function))
