"""Licences above a repo: what is said of a stricter one, and what is not."""

import pytest

from tui.analysis.query.query_line import parse, select
from tui.analysis.registry.registry import load
from tui.analysis.repo.stricter import Above, by_id, keys, remarks
from tui.model import Repo


@pytest.mark.parametrize(
    ("own", "above", "said"),
    [
        ("apache-2.0", "apache-2.0", None),
        ("apache-2.0", "mit", None),
        ("apache-2.0", None, None),
        ("apache-2.0", "llama3.1", "base b/c: Llama 3.1 Community License"),
        ("Apache-2.0", "LLAMA3.1", "base b/c: Llama 3.1 Community License"),
        ("llama3.1", "llama3.1", None),
        ("llama3.2", "llama3.1", "base b/c: Llama 3.1 Community License"),
        ("mit", "gemma", "base b/c: Gemma Terms of Use"),
        (
            "apache-2.0",
            "cc-by-nc-4.0",
            "base b/c: Creative Commons BY-NC 4.0; a parent is non-commercial",
        ),
        ("cc-by-nc-4.0", "cc-by-nc-sa-4.0", "must stay under it"),
        ("cc-by-nc-sa-4.0", "cc-by-nc-4.0", None),
        ("cc-by-nc-4.0", "apache-2.0", None),
        ("mit", "gpl-3.0", "base b/c: GPL 3.0; what is shared must stay under it"),
        ("mit", "cc-by-nd-4.0", "it allows no changed copies"),
        ("mit", "other", "base b/c: a licence of its own"),
        ("other", "other", None),
        (None, "llama3.1", "base b/c: Llama 3.1 Community License"),
        ("mit", "apple-amlr", "a parent is non-commercial"),
        ("cc-by-4.0, mit", "mit", None),
        ("apache-2.0", "Apache License 2.0", None),
        ("apache-2.0", "MIT License", None),
        ("apache-2.0", "apache-2", None),
        ("mit", "Llama 3.1 Community License", "base b/c: Llama 3.1 Community License"),
        ("mit", "CC BY-NC 4.0", "a parent is non-commercial"),
    ],
)
def test_what_is_said_of_a_licence_above(
    own: str | None, above: str | None, said: str | None
) -> None:
    found = remarks(own, [Above("b/c", 1, above)])
    assert (len(found), (said or "") in "".join(found)) == (bool(said), True)


def test_farther_above_and_known_by_its_id() -> None:
    found = remarks(
        "mit", [Above("meta-llama/Llama-3.1-8B", 3, None), Above("me/x", 2, "cc-by-nc-4.0")]
    )
    assert found == [
        "base meta-llama/Llama-3.1-8B, 3 steps above: Llama 3.1 Community License, as its id tells",
        "base me/x, 2 steps above: Creative Commons BY-NC 4.0; a repo above is non-commercial",
    ]
    assert by_id("meta-llama/Meta-Llama-3-8B") == "llama3"
    assert by_id("meta-llama/Llama-2-7b-hf") == "llama2"
    assert by_id("google/gemma-2-9b") == by_id("google/paligemma-3b-pt-224") == "gemma"
    assert by_id("google/gemma-4-E4B-it") is by_id("me/Llama-3.1-8B") is None


def test_licence_names_compare_without_case_and_one_by_one() -> None:
    assert keys("Apache-2.0, MIT, mit") == ("apache-2.0", "mit")
    rows = [
        Repo("a/column", license="Apache-2.0"),
        Repo("a/tag", license="Apache-2.0", tags=("license:Apache-2.0",)),
        Repo("a/two", license="other, MIT"),
        Repo("a/none"),
    ]
    tables = load()
    for asked in ("license:apache-2.0", "license:APACHE-2.0"):
        found = [row.id for row in select(rows, parse(asked), tables, 0.0)]
        rest = [row.id for row in select(rows, parse(f"!{asked}"), tables, 0.0)]
        assert (found, rest) == (["a/column", "a/tag"], ["a/two", "a/none"])
    for asked in ("license:mit", "license:other"):
        assert [row.id for row in select(rows, parse(asked), tables, 0.0)] == ["a/two"]
