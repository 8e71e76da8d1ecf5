"""Bookmarks with a note and tags, from the shell."""

import json
import sqlite3
from pathlib import Path
from typing import Any

from tests.conftest import Shell
from tests.loopback import LoopbackHub


def marks(run: Shell, **env: str) -> dict[str, Any]:
    told = run("saved", "--shelf", "bookmark", "--json", **env)
    return {one["name"]: (one["note"], one["tags"]) for one in json.loads(told.out)["saved"]}


def test_a_repo_is_kept_with_note_and_tags(hub: LoopbackHub, run: Shell) -> None:
    told = run("save", "qwen/qwen3-8b", "--note", "try\x1b[31m it", "--tag", "a,b", "--tag", "c")
    assert told.code == 0, told.err
    assert marks(run) == {"Qwen/Qwen3-8B": ("try\ufffd[31m it", ["a", "b", "c"])}
    assert run("save", "Qwen/Qwen3-8B", "--tag", "d").code == 0  # the note stays
    assert marks(run) == {"Qwen/Qwen3-8B": ("try\ufffd[31m it", ["d"])}
    assert run("save", "Qwen/Qwen3-8B").code == 0
    assert marks(run)["Qwen/Qwen3-8B"][1] == ["d"]
    assert run("save", "Qwen/Qwen3-8B", "--note", "", "--tag", "").code == 0
    assert marks(run) == {"Qwen/Qwen3-8B": (None, [])}
    assert run("save", "Qwen/Qwen3-8B", "--remove").code == 0
    assert marks(run) == {}
    told = run("save", "Qwen/Qwen3-8B", "--remove")
    assert (told.code, told.out) == (2, "")
    assert not any("/resolve/" in one.path for one in hub.requests)


def test_what_the_hub_has_not_is_not_kept(hub: LoopbackHub, run: Shell) -> None:
    told = run("save", "acme/none", "--note", "x")
    assert (told.code, told.out) == (3, "")
    assert marks(run) == {}


def test_without_a_network_it_is_kept_as_typed(run: Shell) -> None:
    told = run("save", "acme/base", "--note", "x")
    assert told.code == 0
    assert "is kept as it was typed" in told.err
    assert run("save", "acme/other", "--offline").code == 0
    assert set(marks(run)) == {"acme/base", "acme/other"}


def test_a_note_of_a_private_repo_is_its_accounts(hub: LoopbackHub, run: Shell) -> None:
    assert run("save", "acme/secret", "--note", "hush", HF_TOKEN="hf_ann").code == 0
    assert marks(run, HF_TOKEN="hf_ann") == {"acme/secret": ("hush", [])}
    assert marks(run) == {}
    assert marks(run, HF_TOKEN="hf_bo") == {}


def test_a_note_wants_a_repo(run: Shell) -> None:
    told = run("save", "mine", "qwen", "--note", "x")
    assert (told.code, told.out) == (2, "")
    assert "a note belongs to a repo" in told.err


def test_a_library_of_the_version_before_gets_notes(
    hub: LoopbackHub, run: Shell, tmp_path: Path
) -> None:
    assert run("save", "mine", "qwen").code == 0
    path = next((tmp_path / "home").rglob("library.db"))
    with sqlite3.connect(path) as library:
        library.execute("DROP TABLE note")
        library.execute("PRAGMA user_version=1")
    library.close()
    assert run("save", "acme/base", "--note", "x").code == 0
    assert marks(run) == {"acme/base": ("x", [])}
    assert run("saved", "--shelf", "search", "-q").out == "mine\n"
