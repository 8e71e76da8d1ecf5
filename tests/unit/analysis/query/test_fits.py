"""Whether a model fits: surely, surely not, or not known."""

import pytest

from tui.analysis.query.fits import Known, fits
from tui.analysis.query.query_line import parse
from tui.analysis.query.terms import tokens
from tui.model import BadInput, BadWord, Header, Repo

DENSE = Repo("a/b-8B", dtypes=(("BF16", 8 * 10**9),), params=8 * 10**9)
GGUF = Repo("a/b-8B-GGUF", gguf=Header(8 * 10**9, "llama", 8192, 80 * 10**9), tags=("gguf",))


def test_weights_and_cache_are_held_against_the_room() -> None:
    assert fits(DENSE, 16 * 10**9, 0) is True
    assert fits(DENSE, 15 * 10**9, 0) is False
    cached = Known(cache=lambda repo, count: count * 10**5)
    assert fits(DENSE, 16 * 10**9, 8192, cached) is False
    assert fits(DENSE, 17 * 10**9, 8192, cached) is True


def test_a_quantized_child_that_is_known_counts() -> None:
    assert fits(DENSE, 6 * 10**9, 0, Known(sets=lambda repo: [5 * 10**9])) is True


def test_what_a_list_does_not_tell_is_not_known() -> None:
    assert fits(GGUF, 24 * 10**9, 0) is True  # any set of 16 bits or less
    assert fits(GGUF, 6 * 10**9, 0) is None
    assert fits(GGUF, 4 * 10**8, 0) is False
    assert fits(Repo("a/b"), 24 * 10**9, 0) is None


def test_the_context_is_written_in_1024_tokens() -> None:
    assert tokens(parse("fits:24gb ctx:8k").terms) == 8192
    assert tokens(parse("fits:24gb ctx:1000").terms) == 1000
    with pytest.raises(BadInput, match="add fits:24gb"):
        parse("ctx:8k")


def test_a_wrong_word_is_pointed_at() -> None:
    with pytest.raises(BadWord) as problem:
        parse("qwen fits:much")
    assert _under(problem.value) == "fits:much"
    with pytest.raises(BadWord, match=r"did you mean license:\?") as problem:
        parse("licens:mit")
    assert _under(problem.value) == "licens:"
    with pytest.raises(BadWord, match=r"use finetune") as problem:
        parse("模型 !relation:merge,cousin,finetune")
    assert _under(problem.value) == "cousin"
    with pytest.raises(BadWord) as problem:
        parse("a ctx:8k")
    assert _under(problem.value) == "ctx:8k"


def _under(problem: BadWord) -> str:
    return problem.line[problem.start : problem.end]
