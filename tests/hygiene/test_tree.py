"""The tree as it is handed over: what it names, how large its parts are, what the wheel holds."""

import ast
import importlib
import subprocess
import sys
import tomllib
import zipfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.paths import CHECKOUT

LINES_OF_A_FILE = 300
LINES_OF_A_FUNCTION = 40
# hosts of package indexes, in halves so that this file does not name them
INDEXES = ["py" + "pi.org", "python" + "hosted.org", "pip" + "y.io", "--index" + "-url"]
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


def sources() -> Iterator[tuple[str, str]]:
    """Name and text of each module of the program."""
    for path in sorted((CHECKOUT / "tui").rglob("*.py")):
        yield str(path.relative_to(CHECKOUT)), path.read_text()


def test_no_package_index_is_named() -> None:
    texts = [path for path in tracked() if path.suffix in TEXT]
    assert texts
    named = [
        (path.name, host) for path in texts for host in INDEXES if host in path.read_text("utf-8")
    ]
    assert named == []


def test_every_module_is_compiled_by_the_oldest_python_named() -> None:
    for name, text in sources():
        ast.parse(text, name, feature_version=(3, 11))


def lengths() -> Iterator[tuple[str, int, int]]:
    """Each file and each function of the program with its lines, and how many it may have."""
    for name, text in sources():
        yield name, text.count("\n"), LINES_OF_A_FILE
        for node in ast.walk(ast.parse(text)):
            if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
                size = (node.end_lineno or 0) - node.lineno + 1
                yield f"{name}: {node.name}", size, LINES_OF_A_FUNCTION


def test_no_file_and_no_function_is_longer_than_one_takes_in() -> None:
    longer = {name: size for name, size, most in lengths() if size > most}
    assert longer == {}


def test_the_wheel_holds_the_program_with_its_data_and_nothing_else(tmp_path: Path) -> None:
    built = subprocess.run(
        [sys.executable, "-m", "pip", "wheel", str(CHECKOUT), "--no-deps", "-w", str(tmp_path)],
        cwd=tmp_path,
        capture_output=True,
        text=True,
        check=False,
    )
    if "No matching distribution found for hatchling" in built.stderr:
        pytest.skip("the build backend cannot be had here")
    assert built.returncode == 0, built.stderr
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
    named = tomllib.loads((CHECKOUT / "pyproject.toml").read_text())["project"]["scripts"]
    (command,) = (f"{name} = {entry}" for name, entry in named.items())
    assert command in zipfile.ZipFile(wheel).read(entries).decode().splitlines()
    module, function = named["hubscope"].split(":")
    assert callable(getattr(importlib.import_module(module), function))
