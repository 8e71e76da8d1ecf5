"""Addresses that people paste and open."""

import pytest

from tui.model import Repo
from tui.model.address import parse_web_url
from tui.render import clipboard

HUB = "https://huggingface.co"


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("https://huggingface.co/Qwen/Qwen3-8B", ("model", "Qwen/Qwen3-8B")),
        ("  huggingface.co/Qwen/Qwen3-8B/ ", ("model", "Qwen/Qwen3-8B")),
        ("https://huggingface.co/Qwen/Qwen3-8B/tree/main/x", ("model", "Qwen/Qwen3-8B")),
        ("https://hf.co/a/b/blob/main/README.md?x=1#y", ("model", "a/b")),
        ("hf.co/a/b-GGUF:Q4_K_M", ("model", "a/b-GGUF")),
        ("https://huggingface.co/datasets/a/b/viewer", ("dataset", "a/b")),
        ("https://huggingface.co/datasets/squad", ("dataset", "squad")),
        ("https://huggingface.co/datasets/squad/tree/main", ("dataset", "squad")),
        ("https://huggingface.co/spaces/a/b", ("space", "a/b")),
        ("https://huggingface.co/gpt2/tree/main", ("model", "gpt2")),
        ("https://mirror.example/hf/a/b", ("model", "a/b")),
        ("https://mirror.example/hf/datasets/a/b", ("dataset", "a/b")),
        ("https://huggingface.co/Qwen", None),
        ("https://huggingface.co/spaces/Qwen", None),
        ("https://huggingface.co/datasets", None),
        ("https://huggingface.co/docs/hub", None),
        ("https://huggingface.co/collections/a/b", None),
        ("https://example.com/a/b", None),
        ("https://huggingface.co.evil.example/a/b", None),
        ("https://huggingface.co/a/%2e%2e", None),
        ("https://[huggingface.co/a/b", None),
        ("Qwen/Qwen3-8B", None),
        ("qwen coder", None),
        ("", None),
    ],
)
def test_pasted_addresses(text: str, found: tuple[str, str] | None) -> None:
    assert parse_web_url(text, "https://mirror.example/hf") == found


def test_addresses_are_read_as_they_are_written() -> None:
    for kind in ("model", "dataset", "space"):
        url = clipboard.url(HUB, Repo("acme/tiny-7b", kind))
        assert parse_web_url(url, HUB) == (kind, "acme/tiny-7b")
