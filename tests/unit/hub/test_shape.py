"""Answers that are none, and answers of any shape at all."""

import json
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tui.hub import endpoints, parse
from tui.model import Unreadable


@pytest.mark.parametrize(
    "bad",
    [
        b"",
        b" \n",
        b"<html>",
        b'[{"id":"a/b"',
        b"{}",
        b"null",
        b'[{"id":"a/b","likes":NaN}]',
        b'[{"id":"a/b","likes":-Infinity}]',
        b'[{"id":"a/b","likes":' + b"9" * 40 + b"}]",
        b'[{"id":"a/b","likes":' + b"9" * 6000 + b"}]",
        b"[" * 100_000,
        b"[" * 66 + b"]" * 66,
        bytes(range(256)),
    ],
    ids=lambda bad: repr(bad[:24]),
)
def test_no_answer(bad: bytes) -> None:
    with pytest.raises(Unreadable) as caught:
        parse.rows(bad, "model")
    assert str(caught.value).isprintable()


def test_an_answer_may_be_nested_a_little() -> None:
    assert parse.rows(b"[" * 64 + b"]" * 64, "model") == parse.Rows((), 1)


def test_one_bad_byte_does_not_cost_a_page() -> None:
    found = parse.rows(b'[{"id":"a/b","library_name":"\xff"},{"id":"c/d"}]', "model")
    assert [repo.library for repo in found.rows] == ["\ufffd", None]


ANY_JSON = st.recursive(
    st.none()
    | st.booleans()
    | st.integers(-(2**70), 2**70)
    | st.floats(allow_nan=False)
    | st.text(),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(), inner, max_size=4),
    max_leaves=12,
)
FIELDS = st.sampled_from([*endpoints.DETAIL_FIELDS["model"], "_id"])


@settings(max_examples=60)
@given(item=st.dictionaries(FIELDS, ANY_JSON, max_size=8))
def test_whatever_comes_a_repo_stays_a_repo(item: dict[str, Any]) -> None:
    try:
        text = json.dumps({**item, "id": "acme/a"}, allow_nan=False)
    except ValueError:
        return
    found = parse.detail(text.encode(), "model")
    assert found.repo.id == "acme/a"
    assert all(isinstance(tag, str) and "\x1b" not in tag for tag in found.repo.tags)
