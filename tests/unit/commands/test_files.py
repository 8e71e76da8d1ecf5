"""``files``: paths and sizes of each kind of repo, and what is closed."""

import json

import pytest

from tests.conftest import Shell
from tests.loopback import LoopbackHub


def test_sizes_and_their_sum(hub: LoopbackHub, run: Shell) -> None:
    told = run("files", "bob/Qwen3-8B-GGUF", "--json")
    assert (told.code, told.err) == (0, "")
    answer = json.loads(told.out)
    sizes = {file["path"]: file["size"] for file in answer["files"]}
    assert sizes["Qwen3-8B-Q4_K_M.gguf"] == 5_000_000_000
    assert answer["total"] == sum(sizes.values())
    hub.stop()
    stored = json.loads(run("files", "bob/Qwen3-8B-GGUF", "--json").out)
    assert (stored["source"], stored["stale"]) == ("cache", True)
    assert stored["files"] == answer["files"]


@pytest.mark.parametrize(
    ("repo", "path"),
    [("datasets/acme/exam", "data/train.parquet"), ("spaces/ann/show-gradio", "app.py")],
)
def test_datasets_and_spaces(hub: LoopbackHub, run: Shell, repo: str, path: str) -> None:
    told = run("files", repo)
    assert told.code == 0
    assert path in told.out


def test_missing_and_gated(hub: LoopbackHub, run: Shell) -> None:
    for repo_id, code in (("acme/never-was", 3), ("acme/secret", 3), ("acme/manual-7b", 4)):
        told = run("files", repo_id)
        assert (told.code, told.out, len(told.err.splitlines())) == (code, "", 1)


def test_a_private_tree_is_kept_for_its_owner_alone(hub: LoopbackHub, run: Shell) -> None:
    assert run("files", "acme/secret", HF_TOKEN="hf_ann").code == 0
    hub.stop()
    assert run("files", "acme/secret", HF_TOKEN="hf_ann").code == 0
    assert run("files", "acme/secret").code == 5
