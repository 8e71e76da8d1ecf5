"""Levels to go up, and a history to go back and forward in."""

from hypothesis import given
from hypothesis import strategies as st

from tui.model import Query
from tui.places import CardPlace, ListPlace
from tui.trail import Trail, Visit

ROOT = Visit(ListPlace())
A, C = Visit(CardPlace("model", "a"), 1), Visit(CardPlace("model", "c"), 3)
B = Visit(ListPlace(Query(author="b")), 2)


def trail(*visits: Visit) -> Trail:
    made = Trail(ROOT)
    for visit in visits:
        made.visit(visit)
    return made


def test_up_goes_to_the_nearest_lower_level() -> None:
    made = trail(A, B, C)
    for below in (B, A, ROOT):
        assert made.up(ROOT)
        assert made.here == below
    assert not made.up(ROOT)


def test_up_from_a_start_on_a_card_goes_to_the_root() -> None:
    made = Trail(A)
    assert made.up(ROOT)
    assert made.here == ROOT


def test_a_visit_forgets_what_lay_forward() -> None:
    made = trail(A, B)
    assert made.step(-1)
    made.visit(C)
    assert made.visits == [ROOT, A, C]
    assert not made.step(1)


def test_back_and_forward_stop_at_the_ends() -> None:
    made = trail(A)
    assert not made.step(1)
    assert made.step(-1)
    assert not made.step(-1)
    assert made.here == ROOT


def test_last_goes_to_and_fro() -> None:
    made = trail(A, B)
    assert made.last()
    assert made.here == A
    assert made.last()
    assert made.here == B
    assert not Trail(ROOT).last()


def test_the_same_place_twice_is_one_visit() -> None:
    made = trail(A, A)
    assert made.visits == [ROOT, A]


MOVES = st.lists(st.one_of(st.sampled_from([A, B, C, ROOT]), st.sampled_from(["<", ">", "-", "^"])))


@given(MOVES)
def test_no_way_leads_out_of_the_trail(moves: list[Visit | str]) -> None:
    made = Trail(ROOT)
    for move in moves:
        if isinstance(move, Visit):
            made.visit(move)
            assert made.here == move
        elif move == "^":
            level = made.here.level
            assert made.up(ROOT) == (level > 0)
            assert made.here.level < level or level == 0
        elif move == "-":
            made.last()
        else:
            made.step(1 if move == ">" else -1)
        assert 0 <= made.at < len(made.visits)
