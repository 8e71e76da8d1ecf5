"""Any line of words and fields: a query that reads back as itself and can be asked, or a no."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.unit.analysis.data import child, repo
from tui.analysis.query.query_line import parse, select, text
from tui.analysis.query.tokens import FIELDS
from tui.analysis.registry.registry import Registry, load
from tui.model import BadInput, clean_line

NOW = 1_795_000_000.0
ROWS = [
    repo("Qwen/Qwen3-8B", "gguf", "license:mit", likes=9, downloads=100, params=8 * 10**9),
    child("me/tune", "finetune", "Qwen/Qwen3-8B", created_at="2026-05-04T10:00:00.000Z"),
    repo("x/bare"),
]
PART = st.sampled_from(
    (
        *("7b", "14b", "1k", "30d", "90d", "2026", "2026-03", "8gb", "here", "any", "none", "yes"),
        *("no", "gguf", "mit", "apache-2.0", "CN", "qwen", "likes", "text-generation", "", "x/y"),
        *("\x1b[m", "99999999999999999999", "1e999", "-1", "0", "é模", '"', "a b"),
    )
)
VALUE = st.one_of(
    PART,
    st.tuples(PART, PART).map("..".join),
    st.tuples(st.sampled_from(["<", ">", "=", "<=", ">="]), PART).map("".join),
    st.lists(PART, min_size=2, max_size=3).map(",".join),
    st.text(max_size=8),
)
TERM = st.tuples(
    st.sampled_from(["", "!", "-"]), st.sampled_from([*FIELDS, "Task", "frob"]), VALUE
).map(lambda parts: f"{parts[0]}{parts[1]}:{parts[2]}")
LINES = st.lists(TERM | PART | st.just('"two words"'), max_size=5).map(" ".join)


@pytest.fixture(scope="module")
def tables() -> Registry:
    return load()


@settings(max_examples=400)
@given(LINES)
def test_any_line_is_a_query_that_can_be_asked_or_a_clear_no(tables: Registry, line: str) -> None:
    said = ""
    try:
        query = parse(line)
        select(ROWS, query, tables, NOW)
    except BadInput as refused:
        said = str(refused)
    assert clean_line(said) == said
    assert said or parse(text(query)) == query
