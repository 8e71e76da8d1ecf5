"""A repo that was never looked at is shown as the census has it, and told apart from the store."""

import pytest

from tests.unit.ask.families.places import Place
from tests.unit.census.test_rows import ranked
from tui.ask.repo import card
from tui.model import Offline, Repo


async def test_a_row_of_the_census_is_shown_until_the_hub_answers(
    crawled: Place, rows: list[Repo]
) -> None:
    sources, wanted = crawled.open(offline=True), ranked(rows)[7]
    view = card.peek(sources, "model", wanted.id.swapcase())
    assert view is not None
    assert (view.value.repo, view.value.id, view.value.detail) == (wanted, wanted.id, None)
    assert (view.source, view.stale, view.complete) == ("census", True, False)
    seen = [view async for view in card.stream(sources, "model", wanted.id)]
    assert seen[-1].value.repo == wanted
    assert isinstance(seen[-1].problems[0], Offline)


async def test_what_it_has_no_row_of_it_does_not_show(crawled: Place) -> None:
    sources = crawled.open(offline=True)
    assert card.peek(sources, "model", "nobody/nothing-here") is None
    assert card.peek(sources, "dataset", "Qwen/Qwen-7B") is None
    with pytest.raises(Offline):
        [view async for view in card.stream(sources, "model", "nobody/nothing-here")]
