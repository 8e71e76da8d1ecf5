"""Questions over made rows against plain loops: the rows, their order, what is left out."""

import pytest

from tests.unit.analysis.query.made import (
    CACHE,
    CHILDREN,
    HERE,
    QUANTS,
    SETS,
    Test,
    more,
    plain,
    questions,
    rows,
)
from tui.analysis.query.choice import choose
from tui.analysis.query.fits import Known
from tui.analysis.query.query_line import RowIndex, parse, text
from tui.analysis.query.terms import Context
from tui.analysis.registry.registry import Registry, load
from tui.model import Repo
from tui.model.when import seconds

NOW = seconds("2026-11-01T12:00:00Z") or 0.0
QUESTIONS = [*questions(), *((one, test) for one, test in more() if "app:" not in one)]
KNOWN = Known(
    HERE,
    sets=lambda repo: (*SETS.get(repo.id, ()), *CHILDREN.get(repo.id, ())),
    cache=lambda repo, tokens: CACHE[repo.id] * tokens if repo.id in CACHE else None,
    quants=lambda repo: frozenset(QUANTS[repo.id]) if repo.id in QUANTS else None,
)


@pytest.fixture(scope="module")
def tables() -> Registry:
    return load()


@pytest.fixture(scope="module")
def made() -> list[Repo]:
    return rows(500)


@pytest.fixture(scope="module")
def index(made: list[Repo]) -> RowIndex:
    return RowIndex(made)


@pytest.mark.parametrize(("line", "test"), QUESTIONS, ids=[line for line, _ in QUESTIONS])
def test_a_question_finds_what_a_plain_loop_finds(
    tables: Registry, made: list[Repo], index: RowIndex, line: str, test: Test
) -> None:
    ids, lacking = plain(made, line, test)
    query = parse(line)
    assert [row.id for row in index.select(query, tables, NOW, known=KNOWN)] == ids
    again = parse(text(query))
    assert again == query
    listed = index.select(query._replace(terms=()), tables, NOW)  # the Hub's own part
    context = Context(tables, NOW, known=KNOWN)
    choice = choose(listed, query._replace(words=(), author=None, task=None), context)
    kept = [listed[place].id for place in choice.places]
    assert sorted(kept) == sorted(ids)
    assert sum(choice.left_out.values()) == lacking
    assert all(": " in reason for reason in choice.left_out)


def test_no_question_is_asked_twice() -> None:
    assert len({line for line, _ in QUESTIONS}) == 82
