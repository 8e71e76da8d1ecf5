"""The shared values: a question's identity, a lens in words and flags, troubles, times."""

import pytest

from tui import model
from tui.model import Lens, Query, RateLimited
from tui.model.when import iso, seconds


def test_a_question_is_the_same_whatever_the_order_of_its_tags() -> None:
    one = Query(words=("Qwen", "gguf"), author="Acme", filters=("b", "a"), limit=30)
    assert one.key == one._replace(filters=("a", "b"), limit=1000).key


@pytest.mark.parametrize(
    "other",
    [Query(author="QWEN"), Query(author="Qwen", asked=(("gated", "true"),))],
)
def test_a_question_that_the_hub_may_answer_otherwise_is_another_one(other: Query) -> None:
    assert other.key != Query(author="Qwen").key
    assert Query(words=("a", "b")).key != Query(words=("b", "a")).key


@pytest.mark.parametrize(
    "other",
    [
        Query(kind="dataset"),
        Query(words=("a",)),
        Query(author="a"),
        Query(task="a"),
        Query(filters=("a",)),
        Query(sort="likes"),
    ],
)
def test_every_part_that_the_hub_answers_makes_another_question(other: Query) -> None:
    assert other.key != Query().key
    assert other._replace(limit=7).key == other.key


def test_the_default_lens_needs_no_flag_and_every_switch_has_one() -> None:
    assert Lens().flags() == []
    other = Lens("lab", ("finetune", "merge"), "walked", "fractional", True, "in", "named")
    assert other.flags() == [
        *("--origin", "lab", "--relations", "finetune,merge", "--walk", "walked"),
        *("--credit", "fractional", "--llm", "--first-party", "in", "--evidence", "named"),
    ]
    assert other.words() == (
        "origin by nearest lab · finetune+merge · walked · fractional credit · LLM only"
        " · first party in · bases declared or by name ≈"
    )


def test_each_trouble_has_its_exit_code() -> None:
    codes = {
        problem.__name__: problem.exit_code
        for problem in (getattr(model, name) for name in model.__all__)
        if isinstance(problem, type) and issubclass(problem, model.Problem)
    }
    assert codes == {
        "Problem": 1,
        "BadInput": 2,
        "BadWord": 2,
        "NotFound": 3,
        "NoFile": 3,
        "Gated": 4,
        "NoAccess": 4,
        "Offline": 5,
        "OtherHost": 1,
        "TimedOut": 5,
        "RateLimited": 6,
        "ServerTrouble": 1,
        "StoreTrouble": 1,
        "Unreadable": 1,
    }
    assert "37 s" in str(RateLimited(37.2))
    assert RateLimited(37.2).wait == 37.2


@pytest.mark.parametrize(
    ("text", "at"),
    [
        ("2025-11-21T21:13:13Z", 1_763_759_593.0),
        ("2025-11-21T21:13:13.500Z", 1_763_759_593.5),
        ("2025-11-21T22:13:13+01:00", 1_763_759_593.0),
        ("2025-11-21T21:13:13", 1_763_759_593.0),
        ("2025-11-21", 1_763_683_200.0),
        ("", None),
        (None, None),
        ("yesterday", None),
        ("2025-13-41T00:00:00Z", None),
    ],
)
def test_times_are_read_as_utc(text: str | None, at: float | None) -> None:
    assert seconds(text) == at


def test_times_are_written_with_a_z() -> None:
    assert iso(1_763_759_593.9) == "2025-11-21T21:13:13Z"
