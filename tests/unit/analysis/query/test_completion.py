"""How the word under the cursor goes on: fields, values, several of them, negated, in quotes."""

import pytest

from tui.analysis.query.completion import Completion, complete
from tui.analysis.query.nearest import nearest
from tui.analysis.query.query_line import parse
from tui.analysis.query.tokens import FIELDS
from tui.analysis.query.vocabulary import FORMS, Vocabulary, fields
from tui.analysis.registry.registry import load
from tui.model import RELATIONS, Repo

ROWS = (
    Repo("Qwen/Qwen3-8B", author="Qwen", task="text-generation", license="apache-2.0"),
    Repo("a/b", author="a", task="text-to-image", library="my lib", tags=("gguf", "en")),
    Repo("a/c", author="a", task="text-generation", license="mit", tags=("region:us", "gguf")),
)
WORDS = Vocabulary(load(), ROWS, listed={"task": ("text-to-speech", "fill-mask")})


def done(text: str) -> tuple[str, Completion]:
    """The line with the common beginning put in; ``|`` is the cursor."""
    line, _, rest = text.partition("|")
    found = complete(line + rest, len(line), WORDS)
    return (line[: found.start] + found.common + (line + rest)[found.end :], found)


@pytest.mark.parametrize(
    ("typed", "gives"),
    [
        ("lic|", "license:"),
        ("qwen !lic|", "qwen !license:"),
        ("task:te|", "task:text-"),
        ("task:TEXT-G|", "task:text-generation"),
        ("task:text-to-s|", "task:text-to-speech"),
        ("license:mit,ap| x", "license:mit,ap x"),
        ("license:mit,apac|", "license:mit,apache-2.0"),
        ("!relation:quantized,me|", "!relation:quantized,merge"),
        ("sort:lik|", "sort:likes"),
        ("family:qw|", "family:qwen"),
        ("has:gg|", "has:gguf"),
        ("library:my|", 'library:"my lib"'),
        ('library:"my| x', 'library:"my lib" x'),
        ("origin:c|", "origin:C"),
        ("base:an|", "base:any"),
        ("fits:h|", "fits:here"),
        ('"a li|', '"a li'),
        ("qwen3.5|", "qwen3.5"),
        ("nofield:x|", "nofield:x"),
    ],
)
def test_the_word_under_the_cursor_goes_on(typed: str, gives: str) -> None:
    line, found = done(typed)
    if found.choices:
        assert line == gives
    else:
        assert typed.replace("|", "") == gives


def test_what_stands_once_is_offered_once() -> None:
    assert "task:" in complete("ta", 2, WORDS).choices
    assert complete("task:x ta", 9, WORDS).choices == ("tag:",)
    assert "fits:" not in complete("!", 1, WORDS).choices
    assert "license:" in complete("", 0, WORDS).choices


def test_a_value_that_stands_is_not_offered_again() -> None:
    left = complete("relation:merge,", 15, WORDS).choices
    assert left == tuple(one for one in RELATIONS if one != "merge")


def test_what_cannot_be_listed_says_its_form() -> None:
    for field in ("params", "created"):
        found = complete(f"{field}:", len(field) + 1, WORDS)
        assert (found.choices, found.form) == ((), FORMS[field])


def test_rows_come_before_what_is_always_known() -> None:
    assert WORDS.of("license")[:2] == ("apache-2.0", "mit")
    assert WORDS.of("author") == ("a", "Qwen")
    assert "text-to-speech" in WORDS.of("task")
    assert set(fields()) == set(FIELDS)


def test_every_value_offered_is_understood() -> None:
    for field in FIELDS:
        for value in complete(f"{field}:", len(field) + 1, WORDS).choices:
            more = " fits:here" if field == "ctx" else ""
            assert parse(f"{field}:{value}{more}")


def test_the_nearest_good_word() -> None:
    assert nearest("text-gen", WORDS.of("task")) == "text-generation"
    assert nearest("APACHE2", WORDS.of("license")) == "apache-2.0"
    assert nearest("zebra", ("likes", "created")) is None
