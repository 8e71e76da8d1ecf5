"""The parts that screens are made of, each by itself: places, options, words of the frame."""

from importlib import import_module

import pytest

from tui.keys import PLACES, here
from tui.model import Query
from tui.places import ROOTS, CardPlace, ListPlace, Place, author_list
from tui.screens.list_options import ListOptions
from tui.screens.page import Page

TRENDING = ListOptions(Query(limit=100))


@pytest.mark.parametrize("place", PLACES, ids=lambda place: place.name)
def test_every_place_has_a_screen_and_a_name_of_its_own(place: type[Place]) -> None:
    module, _, name = place.screen.partition(":")
    assert issubclass(getattr(import_module(module), name), Page)
    assert [one.name for one in PLACES].count(place.name) == 1
    assert here(place)


def test_the_views_on_the_number_keys_are_places() -> None:
    assert [place.view for place in ROOTS.values()] == ["Trending", "Families", "Claims", "Saved"]


def test_places_of_the_same_thing_are_one_place() -> None:
    assert CardPlace("model", "a/b") == CardPlace("model", "a/b", "Card")
    assert len({ListPlace(Query(author="a")), ListPlace(Query(author="a")), ListPlace()}) == 2


def test_spaces_of_an_author_are_ordered_by_likes() -> None:
    query = author_list("acme", "space").query
    assert query is not None
    assert (query.author, query.sort) == ("acme", "likes")


def test_another_kind_keeps_what_they_share() -> None:
    options = ListOptions(Query(words=("qwen",), task="text-generation", sort="downloads"))
    space = options.of_kind("space").query
    assert (space.words, space.task, space.sort) == (("qwen",), None, "trending")
    assert options.of_kind("dataset").query.sort == "downloads"


def test_another_question_is_in_the_hubs_order_and_by_uploader() -> None:
    changed = TRENDING.turned().next_rule().next_depth()
    assert (changed.reversed, changed.rule, changed.depth) == (True, "root", 30)
    fresh = changed.of(Query(task="summarization"))
    assert (fresh.reversed, fresh.rule, fresh.depth) == (False, "uploader", 30)


def test_only_the_trending_models_have_origins_by_root() -> None:
    assert TRENDING.is_trending
    assert not TRENDING.of(Query(author="acme", limit=100)).is_trending
    assert not TRENDING.of_kind("dataset").is_trending


@pytest.mark.parametrize(
    ("query", "line"),
    [
        (Query(limit=100), "hubscope trending"),
        (Query(kind="dataset", limit=100), "hubscope trending --kind dataset"),
        (Query(task="summarization", limit=100), "hubscope search task:summarization"),
        (Query(words=("a b",), limit=100), "hubscope search "),
    ],
)
def test_a_list_has_its_command(query: Query, line: str) -> None:
    assert ListOptions(query).command_line().startswith(line)
