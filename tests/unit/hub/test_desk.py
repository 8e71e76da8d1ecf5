"""Work beside the loop comes one piece at a time, whatever asks for it at once."""

import asyncio
import threading

import pytest

from tui.hub.desk import Desk


async def test_pieces_are_done_one_after_the_other_and_off_the_loop() -> None:
    desk, busy, most, threads = Desk(), 0, 0, set()

    def work(number: int) -> int:
        nonlocal busy, most
        busy += 1
        most = max(most, busy)
        threads.add(threading.get_ident())
        for _ in range(20_000):
            pass
        busy -= 1
        return number

    assert await asyncio.gather(*(desk.do(work, number) for number in range(6))) == list(range(6))
    assert most == 1
    assert threading.get_ident() not in threads


async def test_an_error_is_the_askers_and_the_next_piece_is_done() -> None:
    desk = Desk()
    with pytest.raises(ZeroDivisionError):
        await desk.do(lambda: 1 // 0)
    assert await desk.do(lambda: 2) == 2
