"""Evaluation results in order and in words."""

import pytest

from tui.analysis.repo.evals import SORTS, ordered
from tui.model import Eval
from tui.render import evals as drawn
from tui.render.spans import plain, width


def made(
    dataset: str,
    value: float | str | None,
    *,
    verified: bool = False,
    date: str | None = None,
    source: str | None = None,
) -> Eval:
    return Eval(dataset, "text", "accuracy", value, verified, source, date, "eval_results")


GPQA = made("GPQA", 61.5, date="2026-03-01")
MMLU = made("mmlu", 88.0, verified=True, source="acme bench")
RANK = made("Arena", "3rd")
EMPTY = made("zebra", None)
ALL = (EMPTY, RANK, GPQA, MMLU)


@pytest.mark.parametrize(
    ("sort", "reverse", "expected"),
    [
        ("dataset", False, (RANK, GPQA, MMLU, EMPTY)),
        ("dataset", True, (EMPTY, MMLU, GPQA, RANK)),
        ("value", False, (MMLU, GPQA, RANK, EMPTY)),
        ("value", True, (GPQA, MMLU, RANK, EMPTY)),
        ("date", False, (GPQA, EMPTY, RANK, MMLU)),
    ],
)
def test_order(sort: str, reverse: bool, expected: tuple[Eval, ...]) -> None:
    assert ordered(ALL, sort, reverse) == expected


def test_verified_ones_come_first() -> None:
    assert ordered(ALL, "verified")[0] == MMLU


@pytest.mark.parametrize("sort", SORTS)
def test_every_sort_keeps_every_row(sort: str) -> None:
    assert sorted(ordered(ALL, sort), key=str) == sorted(ALL, key=str)


def test_the_table_says_who_answers_for_a_figure() -> None:
    lines = [plain(line) for line in drawn.lines(ALL, 140)]
    assert "verified" in lines[4]
    assert "acme bench" in lines[4]
    assert "self-reported" in lines[3]
    assert lines[-1] == drawn.NOTE


def test_the_table_fits_and_keeps_value_and_standing() -> None:
    lines = [plain(line) for line in drawn.lines((GPQA,), 60)]
    assert all(width(line) <= 60 for line in lines[:-1])
    assert "61.5" in lines[1]
    assert "self-reported" in lines[1]


def test_no_results_are_told() -> None:
    assert plain(drawn.lines((), 80)[0]) == "no evaluation is recorded"
