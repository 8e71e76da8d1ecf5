"""One request per question, and who may cancel it."""

import asyncio

import pytest

from tui.hub.budget import BACKGROUND, FOREGROUND, Turn
from tui.hub.coalescing import Coalescing
from tui.model import Offline


class Tower:
    """Coalescing of one key whose answer is given by hand."""

    def __init__(self) -> None:
        self.coalescing: Coalescing[str] = Coalescing()
        self.started: list[Turn] = []
        self.cancelled = 0
        self.answer: asyncio.Future[str] = asyncio.get_running_loop().create_future()

    async def fly(self, turn: Turn) -> str:
        self.started.append(turn)
        try:
            return await asyncio.shield(self.answer)
        except asyncio.CancelledError:
            self.cancelled += 1
            raise

    def ask(self, lane: str = FOREGROUND) -> "asyncio.Task[str]":
        return asyncio.create_task(self.coalescing.join("key", Turn("api", lane), self.fly))


@pytest.fixture
async def tower() -> Tower:
    return Tower()


async def settle() -> None:
    for _ in range(5):
        await asyncio.sleep(0)


async def test_all_callers_share_one_answer(tower: Tower) -> None:
    asked = [tower.ask() for _ in range(3)]
    await settle()
    tower.answer.set_result("here")
    assert await asyncio.gather(*asked) == ["here"] * 3
    assert len(tower.started) == 1


async def test_all_callers_share_one_trouble(tower: Tower) -> None:
    asked = [tower.ask() for _ in range(2)]
    await settle()
    tower.answer.set_exception(Offline("gone; look"))
    done = await asyncio.gather(*asked, return_exceptions=True)
    assert [str(one) for one in done] == ["gone; look"] * 2


async def test_the_first_caller_may_leave(tower: Tower) -> None:
    first, second = tower.ask(), tower.ask()
    await settle()
    first.cancel()
    await settle()
    assert tower.cancelled == 0
    tower.answer.set_result("here")
    assert await second == "here"


async def test_with_the_last_caller_the_request_goes(tower: Tower) -> None:
    asked = [tower.ask(), tower.ask()]
    await settle()
    for caller in asked:
        caller.cancel()
    await settle()
    assert tower.cancelled == 1
    again = tower.ask()
    await settle()
    assert len(tower.started) == 2
    tower.answer.set_result("here")
    assert await again == "here"


async def test_the_next_question_is_a_new_request(tower: Tower) -> None:
    tower.answer.set_result("here")
    await tower.ask()
    await tower.ask()
    assert len(tower.started) == 2


async def test_a_foreground_caller_raises_the_flight(tower: Tower) -> None:
    asked = [tower.ask(BACKGROUND)]
    await settle()
    assert tower.started[0].lane == BACKGROUND
    asked.append(tower.ask(FOREGROUND))
    await settle()
    assert tower.started[0].lane == FOREGROUND
    tower.answer.set_result("here")
    await asyncio.gather(*asked)
    assert len(tower.started) == 1


async def test_closing_tells_the_callers(tower: Tower) -> None:
    asked = tower.ask()
    await settle()
    await tower.coalescing.close()
    with pytest.raises(Offline, match="closed"):
        await asked
