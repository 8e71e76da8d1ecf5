"""What a download that ends badly says, and in whose name it asks."""

import json
from errno import EACCES, ENOSPC
from pathlib import Path

import huggingface_hub
import pytest

from tui.hub import download


def job(tmp_path: Path, *paths: str) -> str:
    status = tmp_path / "status.json"
    given = {"kind": "model", "id": "acme/base", "name": "all", "to": None}
    status.write_text(json.dumps({**given, "files": dict.fromkeys(paths, 5)}))
    return str(status)


def test_a_full_disk_is_one_line_and_the_whole_stays(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def take(_: str, path: str, **__: object) -> str:
        if path == "b":
            raise OSError(ENOSPC, "No space left on device", "/cache/blobs/x")
        return f"/cache/snapshots/c/{path}"

    monkeypatch.setattr(huggingface_hub, "hf_hub_download", take)
    monkeypatch.setattr(download, "commit_of", lambda _: "c")
    status = job(tmp_path, "a", "b")
    assert download.main(status) == 1
    said = json.loads(Path(status).read_text())
    assert (said["whole"], said["folder"]) == (["a"], "/cache/snapshots/c")
    assert (said["end"], said["code"]) == ("failed", 1)
    assert said["why"].startswith("the disk is full, make room; what is whole stays")


@pytest.mark.parametrize(
    ("error", "line"),
    [
        (PermissionError(EACCES, "Permission denied", "/cache"), "/cache: Permission denied; "),
        (RuntimeError("bad header hf_secret"), "RuntimeError; "),
        (ValueError("token is sesame"), "ValueError; "),
        (ValueError("odd\x1b]0;x"), "ValueError: odd\ufffd]0;x; "),
    ],
)
def test_other_faults_hold_no_token_and_no_control_character(
    error: Exception, line: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("HF_TOKEN", "sesame")
    assert download.fault(error, "acme/base")[1].startswith(line)


def test_bytes_never_go_back_and_never_beyond_the_file(tmp_path: Path) -> None:
    status = download.Status(job(tmp_path, "a", "b"))
    seen = []
    for path, done in (("a", 3), ("a", 1), ("a", 9), ("b", 2)):
        status.coming(path, done)
        seen.append(status.state["done"])
    assert seen == [3, 3, 5, 2]


@pytest.mark.parametrize(
    ("endpoint", "anonymous", "token"),
    [
        ("https://huggingface.co", False, "hf_x"),
        ("http://127.0.0.1:80", False, "hf_x"),
        ("http://mirror.example", False, None),
        ("https://huggingface.co", True, None),
    ],
)
def test_the_login_goes_along_only_where_it_may(
    endpoint: str, anonymous: bool, token: str | None
) -> None:
    made = download.environment({"HF_TOKEN": "hf_x", "PATH": "p"}, endpoint, anonymous)
    assert made.get("HF_TOKEN") == token
    assert ("HF_HUB_DISABLE_IMPLICIT_TOKEN" in made) == (token is None)
    assert (made["HF_ENDPOINT"], made["PATH"]) == (endpoint, "p")


def test_a_lock_tells_that_it_runs(tmp_path: Path) -> None:
    import fcntl
    import os

    status = job(tmp_path, "a")
    assert not download.runs(status)
    file = os.open(f"{status}.lock", os.O_RDWR | os.O_CREAT)
    assert not download.runs(status)
    fcntl.flock(file, fcntl.LOCK_EX)
    assert download.runs(status)
    os.close(file)
    assert not download.runs(status)
