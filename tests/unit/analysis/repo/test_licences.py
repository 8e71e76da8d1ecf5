"""Licences in plain words, and openness item by item."""

import pytest

from tests.unit.ask.repo.made import detail
from tui.analysis.repo.licences import known
from tui.analysis.repo.openness import NO, NOT_RECORDED, YES, checklist
from tui.render import licence


@pytest.mark.parametrize(
    ("key", "osi"),
    [
        ("apache-2.0", True),
        ("MIT", True),
        ("agpl-3.0", True),
        ("cc0-1.0", False),
        ("llama3.1", False),
        ("gemma", False),
        ("openrail++", False),
        ("cc-by-nc-4.0", False),
    ],
)
def test_who_approved_it(key: str, osi: bool) -> None:
    found = known(key)
    assert found is not None
    assert found.osi is osi


@pytest.mark.parametrize("key", ["other", "unknown", "", "qwen-community-1.0", "cc-zz-4.0", "by"])
def test_what_no_list_names(key: str) -> None:
    assert known(key) is None


def test_creative_commons_by_its_parts() -> None:
    found = known("cc-by-nc-sa-4.0")
    assert found is not None
    assert found.name == "Creative Commons BY-NC-SA 4.0"
    assert found.terms == (
        "name the author; no commercial use; changed copies under the same licence"
    )


def test_plain_words() -> None:
    assert licence.words(detail("a/m", license="mit")).startswith("MIT: use, change and share")
    assert licence.words(detail("a/m")) == "not recorded"
    both = licence.words(detail("a/m", license="mit, gpl-3.0"))
    assert both.startswith("2 licences: MIT: use, change")
    assert " · GPL 3.0: " in both


def test_a_licence_of_its_own_has_its_name_and_link() -> None:
    own = detail(
        "a/m", license="other", license_name="acme-1", license_link="https://acme.example/LICENSE"
    )
    assert licence.words(own) == (
        "acme-1, a licence of its own; read its text · https://acme.example/LICENSE"
    )
    assert licence.words(detail("a/m", license="other")) == "a licence of its own"


def answers(**facts: object) -> dict[str, str]:
    return {
        item.question: item.answer
        for item in checklist(detail("a/m", **facts))  # type: ignore[arg-type]
    }


def test_all_that_is_recorded() -> None:
    found = answers(
        license="apache-2.0",
        datasets=("acme/data",),
        papers=("2601.00001",),
        files=("README.md", "model.safetensors"),
    )
    assert found == {
        "weights in the repo": YES,
        "to be had without a form": YES,
        "licence approved by the OSI": YES,
        "training data named": YES,
        "paper named": YES,
        "intermediate checkpoints": NOT_RECORDED,
        "training code published": NOT_RECORDED,
    }


def test_absence_is_not_recorded_and_no_only_where_the_hub_says_it() -> None:
    found = answers(license="llama3.1", gated="manual", files=("README.md",))
    assert [question for question, answer in found.items() if answer == NO] == [
        "weights in the repo",
        "to be had without a form",
        "licence approved by the OSI",
    ]
    assert found["training data named"] == NOT_RECORDED
    assert set(answers(gated=None).values()) == {NOT_RECORDED}


def test_a_licence_of_its_own_is_not_judged() -> None:
    assert answers(license="other")["licence approved by the OSI"] == NOT_RECORDED
    assert answers(license="mit, other")["licence approved by the OSI"] == NOT_RECORDED


@pytest.mark.parametrize(
    ("branches", "answer"), [(None, NOT_RECORDED), (1, NOT_RECORDED), (9, YES)]
)
def test_branches_may_be_checkpoints(branches: int | None, answer: str) -> None:
    items = {item.question: item for item in checklist(detail("a/m"), branches)}
    assert items["intermediate checkpoints"].answer == answer


def test_each_answer_says_what_it_rests_on() -> None:
    items = checklist(detail("a/m", license="mit", gated="auto"))
    assert all(item.why for item in items)
    assert ("to be had without a form", "no (gated: auto)") in licence.checklist(items)
