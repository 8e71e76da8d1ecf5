"""The Hugging Face cache of a made home: listed as huggingface_hub scans it, deleted by it."""

import os
from hashlib import sha1
from pathlib import Path

import pytest

from tui.hub.local_cache import LocalRepo, removal, remove, scan
from tui.model import NotFound

_FOLDERS = {"model": "models", "dataset": "datasets", "space": "spaces"}


def put(folder: Path, kind: str, repo_id: str, files: dict[str, bytes], commit: str) -> None:
    """Lay one revision of a repo into the cache, as huggingface_hub does."""
    home = folder / f"{_FOLDERS[kind]}--{repo_id.replace('/', '--')}"
    for path, content in files.items():
        blob = home / "blobs" / sha1(content).hexdigest()
        blob.parent.mkdir(parents=True, exist_ok=True)
        blob.write_bytes(content)
        link = home / "snapshots" / commit / path
        link.parent.mkdir(parents=True, exist_ok=True)
        link.symlink_to(os.path.relpath(blob, link.parent))
    (home / "refs").mkdir(exist_ok=True)
    (home / "refs" / "main").write_text(commit)


@pytest.fixture
def cache(tmp_path: Path) -> Path:
    """Forty repos of all kinds, one with two revisions that share a file."""
    folder = tmp_path / "hub"
    for number in range(38):
        kind = ("model", "dataset", "space")[number % 3]
        commit = f"{number:040x}"
        put(folder, kind, f"org{number}/repo-{number}", {"a.bin": b"x" * (number + 1)}, commit)
    put(folder, "model", "gpt2", {"config.json": b"{}"}, "e" * 40)
    for commit, extra in (("a" * 40, b"one"), ("b" * 40, b"second")):
        files = {"model.safetensors": b"w" * 5000, f"{commit[0]}/note.txt": extra}
        put(folder, "model", "acme/two", files, commit)
    return folder


def test_every_repo_is_listed_with_its_bytes_the_largest_first(cache: Path) -> None:
    found = scan(str(cache))
    assert len(found.repos) == 40
    first = found.repos[0]
    assert (first.kind, first.id, first.size) == ("model", "acme/two", 5000 + 3 + 6)
    assert set(first.revisions) == {"a" * 40, "b" * 40}
    assert [file.path for file in first.files] == ["a/note.txt", "b/note.txt", "model.safetensors"]
    assert [repo.size for repo in found.repos] == sorted(
        (repo.size for repo in found.repos), reverse=True
    )
    assert {repo.kind for repo in found.repos} == {"model", "dataset", "space"}
    assert "gpt2" in {repo.id for repo in found.repos}


def _others(repos: tuple[LocalRepo, ...], gone: str) -> dict[str, tuple[int, int]]:
    return {repo.id: (repo.size, len(repo.files)) for repo in repos if repo.id != gone}


def test_one_is_deleted_and_the_rest_stays_whole(cache: Path) -> None:
    before = scan(str(cache)).repos
    told = removal(str(cache), [("model", "acme/two")])
    assert told.bytes == 5009
    assert scan(str(cache)).repos == before  # telling deletes nothing
    assert remove(str(cache), [("model", "acme/two")]).bytes == 5009
    after = scan(str(cache)).repos
    assert _others(after, "") == _others(before, "acme/two")
    for repo in after:
        name = f"{_FOLDERS[repo.kind]}--{repo.id.replace('/', '--')}"
        whole = cache / name / "snapshots" / repo.revisions[0]
        assert all(
            (whole / file.path).read_bytes() for file in repo.files if file.path != "note.txt"
        )


def test_what_is_not_there_is_said_and_nothing_goes(cache: Path) -> None:
    with pytest.raises(NotFound, match=r"acme/three is not in .*hubscope local"):
        remove(str(cache), [("model", "gpt2"), ("model", "acme/three")])
    assert len(scan(str(cache)).repos) == 40


def test_a_folder_that_is_none_is_an_empty_cache(tmp_path: Path) -> None:
    assert scan(str(tmp_path / "none")).repos == ()
    file = tmp_path / "file"
    file.write_text("")
    assert scan(str(file)).repos == ()


def test_a_damaged_repo_costs_a_line_and_not_the_list(cache: Path) -> None:
    (cache / "models--gpt2" / "snapshots").rename(cache / "elsewhere")
    found = scan(str(cache))
    assert len(found.repos) == 39
    assert any("models--gpt2" in line for line in found.damaged)
