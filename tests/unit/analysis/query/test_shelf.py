"""Rows that are found by what is packed of them are the rows that whole ones give."""

import random
from collections.abc import Sequence

import pytest

from tests.unit.analysis.query.made import rows
from tests.unit.analysis.query.test_choice import KNOWN, NOW, QUESTIONS
from tui.analysis.query.query_line import RowIndex, parse
from tui.analysis.query.shelf import Entry, Shelf, Unordered, Unread, keys
from tui.analysis.query.vocabulary import Vocabulary, fields
from tui.analysis.registry.registry import Registry, load
from tui.model import Query, Repo

COUNT = 4500
ALL = 1_000_000


class Stored:
    """A store of repos by id that counts what is read."""

    def __init__(self, repos: Sequence[Repo]) -> None:
        self.by_id = {repo.id: repo for repo in repos}
        self.read = 0

    def __call__(self, ids: Sequence[str]) -> Sequence[Repo | None]:
        self.read += len(ids)
        return [self.by_id.get(one) for one in ids]


@pytest.fixture(scope="module")
def tables() -> Registry:
    return load()


@pytest.fixture(scope="module")
def made() -> list[Repo]:
    found = rows(COUNT)
    random.Random(7).shuffle(found)
    return [repo._replace(trending_score=_score(at)) for at, repo in enumerate(found)]


def _score(at: int) -> float | None:
    return None if at % 5 == 0 else float(at % 40)  # ties, and rows that have none


def shelf(
    made: Sequence[Repo], orders: tuple[str, ...], tables: Registry, *, at_hand: int = 9
) -> tuple[Shelf, Stored]:
    """A shelf on which every ``at_hand``th row came with its facts."""
    stored = Stored(made)
    entries = (
        Entry(one.id, one.title, keys(one, orders, tables), at, None if at % at_hand else one)
        for at, one in enumerate(made)
    )
    return Shelf("model", entries, orders, stored), stored


def answer(on: Shelf, query: Query, tables: Registry, most: int = ALL) -> list[Repo]:
    """What the shelf finds, once it has learnt what it asks for."""
    for _ in range(6):
        try:
            return on.select(query, tables, NOW, most, KNOWN)
        except Unread as lacking:
            on.learn(lacking.names)
    raise AssertionError("it asks for more and more")


@pytest.mark.parametrize("line", [line for line, _ in QUESTIONS])
def test_a_question_finds_the_same_rows_in_the_same_order(
    tables: Registry, made: list[Repo], line: str
) -> None:
    query = parse(line)
    wanted = RowIndex(made).select(query, tables, NOW, known=KNOWN)
    on, _ = shelf(made, query.orders, tables)
    assert answer(on, query, tables) == wanted
    assert answer(on, query, tables, 7) == wanted[:7]


def test_words_find_what_whole_rows_give_and_read_only_what_is_shown(tables: Registry) -> None:
    made = [
        *(Repo(f"Some_One/Ménage_{at}-Qwen", trending_score=float(at % 9)) for at in range(3000)),
        *(Repo(f"x/y{at}", title=f"Title of {at}") for at in range(1500)),
    ]
    pick = random.Random(3)
    lines = ["qwen", "one/mén", "someone", "some_one 77", "title", "of 12", "-q", "12 qwen", "zzz"]
    lines += [pick.choice(made).id[pick.randrange(9) :][:5].strip('"!') for _ in range(40)]
    on, stored = shelf(made, ("trending",), tables, at_hand=ALL)
    for line in filter(None, lines):
        query = parse(line)
        before = stored.read
        found = on.select(query, tables, NOW, 501)
        assert found == RowIndex(made).select(query, tables, NOW)[:501], line
        assert stored.read - before <= 501
    before = stored.read
    assert on.select(parse("qwen 1"), tables, NOW, 501)
    first = stored.read - before
    assert on.select(parse("qwen 1"), tables, NOW, 501)
    assert stored.read - before == first, "what was shown a key ago is not read again"


def test_a_word_with_the_sign_between_names_is_found_nowhere(tables: Registry) -> None:
    on, _ = shelf([Repo("a/b"), Repo("c/d")], ("trending",), tables)
    assert on.select(Query(words=("b\0c",)), tables, NOW, 10) == []


def test_another_order_has_to_be_made_first(tables: Registry, made: list[Repo]) -> None:
    on, _ = shelf(made, ("trending",), tables)
    with pytest.raises(Unordered) as raised:
        on.select(parse("sort:likes,!id"), tables, NOW, 5)
    assert raised.value.orders == ("likes", "!id")


def test_of_another_kind_there_is_none(tables: Registry, made: list[Repo]) -> None:
    on, _ = shelf(made, ("trending",), tables)
    assert on.select(parse("kind:dataset"), tables, NOW, 5) == []


def test_what_is_gone_from_the_store_is_not_shown(tables: Registry, made: list[Repo]) -> None:
    on, _ = shelf(made, ("trending",), tables, at_hand=ALL)
    whole = answer(on, parse("qwen"), tables)
    gone = whole[3].id
    fresh, stored = shelf(made, ("trending",), tables, at_hand=ALL)
    del stored.by_id[gone]
    assert [one.id for one in answer(fresh, parse("qwen"), tables)] == [
        one.id for one in whole if one.id != gone
    ]


def test_its_rows_tell_the_same_values(tables: Registry, made: list[Repo]) -> None:
    on, _ = shelf(made, ("trending",), tables)
    in_order = RowIndex(made).select(Query(), tables, NOW)
    for field in fields():
        known = Vocabulary(tables, in_order)
        told = None
        while told is None:
            try:
                told = Vocabulary(tables, on.rows).of(field)
            except Unread as lacking:
                on.learn(lacking.names)
        assert told == known.of(field), field
