"""Addresses that people paste: which repo, which branch, or which page that is no repo."""

import pytest

from tui.model import BadInput, Repo, address
from tui.model.address import Address, only_main, parse
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
        ("https://hf-mirror.com/a/b/tree/dev", ("model", "a/b")),
        ("Qwen/Qwen3-8B", None),
        ("qwen coder", None),
        ("", None),
    ],
)
def test_pasted_addresses(text: str, found: tuple[str, str] | None) -> None:
    assert address.parse_web_url(text, "https://mirror.example/hf") == found


def test_addresses_are_read_as_they_are_written() -> None:
    for kind in ("model", "dataset", "space"):
        url = clipboard.url(HUB, Repo("acme/tiny-7b", kind))
        assert address.parse_web_url(url, HUB) == (kind, "acme/tiny-7b")


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Qwen/Qwen3-8B", Address("model", "Qwen/Qwen3-8B")),
        ("  Qwen/Qwen3-8B ", Address("model", "Qwen/Qwen3-8B")),
        ("gpt2", Address("model", "gpt2")),
        ("a/b-GGUF:Q4_K_M", Address("model", "a/b-GGUF")),
        ("hf.co/a/b-GGUF:Q4_K_M", Address("model", "a/b-GGUF")),
        ("huggingface.co/a/b", Address("model", "a/b")),
        ("datasets/a/b", Address("dataset", "a/b")),
        ("https://huggingface.co/a/b/tree/main", Address("model", "a/b")),
        ("https://huggingface.co/a/b/tree/dev", Address("model", "a/b", "dev")),
        ("https://huggingface.co/a/b/blob/v1.0/README.md", Address("model", "a/b", "v1.0")),
        ("https://huggingface.co/a/b/tree/refs%2Fpr%2F3", Address("model", "a/b", "refs/pr/3")),
        ("https://huggingface.co/a/b/tree/refs/pr/3", Address("model", "a/b", "refs/pr/3")),
        ("hf.co/datasets/squad/tree/dev", Address("dataset", "squad", "dev")),
    ],
)
def test_one_reading_for_every_place(text: str, found: Address) -> None:
    assert parse(text, HUB) == found
    assert bool(only_main(found)) is (found.revision is not None)


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("https://huggingface.co/papers/2309.16609", "is a paper, no repo"),
        ("hf.co/collections/Qwen/qwen3-67dd", "is a collection, no repo"),
        ("https://huggingface.co/Qwen", "`hubscope search --author Qwen` lists its repos"),
        ("huggingface.co/docs/hub/index", "is a page of the Hub's own, no repo"),
        ("https://example.com/a/b", "is no page of the Hub"),
        ("a/b/c", "is no repo id"),
        ("a b", "is no repo id"),
    ],
)
def test_what_is_no_repo_is_called_what_it_is(text: str, says: str) -> None:
    with pytest.raises(BadInput) as problem:
        parse(text, HUB)
    assert says in str(problem.value)
