"""Everything is collected while the reader rests, and not under his keys."""

import asyncio
import gc
from time import perf_counter

import pytest

from tui import pauses
from tui.pauses import RestfulCollector


@pytest.fixture
def collected(monkeypatch: pytest.MonkeyPatch) -> list[float]:
    calls: list[float] = []
    monkeypatch.setattr(gc, "collect", lambda: calls.append(perf_counter()))
    return calls


async def test_a_collection_waits_for_the_rest_after_a_key(collected: list[float]) -> None:
    pressed = perf_counter()
    collector = RestfulCollector(lambda: pressed)
    collector.begin()
    try:
        collector.look()
        assert not collected
        await asyncio.sleep(pauses.REST + 0.1)
    finally:
        collector.end()
    assert len(collected) == 1
    assert collected[0] - pressed >= pauses.REST - 0.01


async def test_without_a_rest_it_comes_at_last(
    collected: list[float], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(gc, "get_count", lambda: (0, 0, 1000))
    collector = RestfulCollector(perf_counter)
    collector.begin()
    try:
        collector.look()
    finally:
        collector.end()
    assert len(collected) == 1


async def test_the_own_rule_of_the_collector_is_given_back() -> None:
    before, callbacks = gc.get_threshold(), list(gc.callbacks)
    collector = RestfulCollector(lambda: 0.0)
    collector.begin()
    assert gc.get_threshold()[2] > 100_000
    collector.end()
    assert gc.get_threshold()[:2] == before[:2]
    assert gc.get_threshold()[2] < 100
    assert gc.callbacks == callbacks
