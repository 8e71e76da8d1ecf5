"""A table of the reader's own that cannot be read costs one line, never the answer."""

import os
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.conftest import Shell
from tests.loopback import LoopbackHub

OWN = "org,country\nmeta-llama,XX\n"


def folder(path: Path) -> None:
    path.mkdir()


def pipe(path: Path) -> None:
    os.mkfifo(path)


def loop(path: Path) -> None:
    path.symlink_to(path)


def forbidden(path: Path) -> None:
    path.write_text(OWN)
    path.chmod(0)


def too_long(path: Path) -> None:
    path.symlink_to("x" * 300)


def holding(body: bytes) -> Callable[[Path], None]:
    def write(path: Path) -> None:
        path.write_bytes(body)

    return write


BROKEN = {
    "a folder": folder,
    "a pipe": pipe,
    "a link to itself": loop,
    "no right": forbidden,
    "a name too long": too_long,
    "not UTF-8": holding(b"org,country\n\xff\xfe,DE\n"),
    "a wrong column": holding(b"org,land\nacme,DE\n"),
    "a row without a name": holding(b"org,country\n,DE\n"),
    "torn": holding(b'org,country\n"acme,DE\n'),
    "too large": holding(b"org,country\n" + b"acme,DE\n" * 200_000),
}


@pytest.mark.parametrize("make", BROKEN.values(), ids=BROKEN)
def test_one_line_and_the_answer(
    hub: LoopbackHub, run: Shell, tmp_path: Path, make: Callable[[Path], None]
) -> None:
    if make is forbidden and os.geteuid() == 0:
        pytest.skip("root may read everything")
    fresh = run("trending", "--tsv")
    table = tmp_path / "home" / "config" / "orgs.csv"
    table.parent.mkdir(parents=True, exist_ok=True)
    make(table)
    told = run("trending", "--tsv")
    assert (told.code, told.out) == (0, fresh.out)
    (line,) = set(told.err.splitlines()) - set(fresh.err.splitlines())
    assert line.startswith(f"hubscope: {table} is left out: ")
    assert ";" in line


def test_a_good_table_is_used_beside_a_broken_one(
    hub: LoopbackHub, run: Shell, tmp_path: Path
) -> None:
    config = tmp_path / "home" / "config"
    config.mkdir(parents=True)
    (config / "orgs.csv").write_text(OWN)
    (config / "families.csv").write_text("key,orgs,pattern\nmine,acme,^acme/(\n")
    told = run("trending", "--tsv")
    assert told.code == 0
    (line,) = (line for line in told.err.splitlines() if "left out" in line)
    assert "families.csv is left out: the pattern of your family 'mine'" in line
    (llama,) = (row.split("\t") for row in told.out.splitlines() if "meta-llama/" in row)
    assert llama[3] == "XX"
    assert run("families", "--registry", "mine").code == 2
