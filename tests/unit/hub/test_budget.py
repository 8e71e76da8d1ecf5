"""Two lanes, eight places, and the Hub's window."""

import asyncio

import pytest

from tests.unit.hub.conftest import Clock
from tui.hub.budget import ALONE, AT_ONCE, BACKGROUND, FOREGROUND, Budget, Turn
from tui.model import RateLimited


def headers(left: int, seconds: int, quota: int = 500, bucket: str = "api") -> dict[str, str]:
    return {
        "ratelimit": f'"{bucket}";r={left};t={seconds}',
        "ratelimit-policy": f'"fixed window";"{bucket}";q={quota};w=300',
    }


@pytest.fixture
def budget(clock: Clock) -> Budget:
    return Budget(clock=clock, sleep=clock.sleep)


async def once(budget: Budget, lane: str, bucket: str = "api") -> None:
    async with budget.take(Turn(bucket, lane)):
        pass


def test_nothing_is_assumed_before_the_first_answer(budget: Budget) -> None:
    assert budget.left is None
    assert budget.waiting_until is None


def test_an_answer_is_taken_note_of(budget: Budget, clock: Clock) -> None:
    assert budget.learn("api", 200, headers(499, 295)) == 0
    assert budget.left == 499
    clock.now += 295
    assert budget.left == 499
    clock.now += 1
    assert budget.left is None


def test_answers_that_overtook_each_other_do_not_raise_the_count(budget: Budget) -> None:
    for left in (490, 492, 491):
        budget.learn("api", 200, headers(left, 200))
    assert budget.left == 490


def test_a_new_window_raises_the_count(budget: Budget, clock: Clock) -> None:
    budget.learn("api", 200, headers(3, 10))
    clock.now += 9
    budget.learn("api", 200, headers(499, 300))
    assert budget.left == 499


async def test_the_last_quarter_is_the_foregrounds(budget: Budget, clock: Clock) -> None:
    budget.learn("api", 200, headers(126, 100))
    await once(budget, BACKGROUND)
    assert clock.slept == []
    budget.learn("api", 200, headers(125, 100))
    assert budget.waiting_until == clock.now + 101
    await once(budget, FOREGROUND)
    assert clock.slept == []
    await once(budget, BACKGROUND)
    assert clock.slept == [101]
    assert budget.waiting_until is None


async def test_the_foreground_is_told_how_long(budget: Budget) -> None:
    budget.learn("api", 429, headers(0, 42))
    with pytest.raises(RateLimited) as caught:
        await once(budget, FOREGROUND)
    assert caught.value.wait == 43


async def test_each_bucket_has_its_own_window(budget: Budget, clock: Clock) -> None:
    budget.learn("resolvers", 429, headers(0, 42, bucket="resolvers"))
    await once(budget, FOREGROUND, "api")
    await once(budget, BACKGROUND, "api")
    assert clock.slept == []
    assert budget.left is None
    with pytest.raises(RateLimited):
        await once(budget, FOREGROUND, "resolvers")


async def test_a_refusal_without_a_count_holds_the_background_only(
    budget: Budget, clock: Clock
) -> None:
    waits = [budget.learn("api", 429, {}) for _ in range(6)]
    assert waits == [1, 2, 4, 8, 8, 8]
    await once(budget, FOREGROUND)
    await once(budget, BACKGROUND)
    assert clock.slept == [8]
    budget.learn("api", 200, {})
    assert budget.learn("api", 429, {"retry-after": "7"}) == 8


async def test_a_window_that_is_not_used_up_is_not_what_a_429_waits_for(
    budget: Budget, clock: Clock
) -> None:
    assert budget.learn("api", 429, headers(99794, 241, quota=100_000)) == 1
    assert budget.learn("api", 429, {**headers(5, 241), "retry-after": "3"}) == 4
    await once(budget, FOREGROUND)
    assert clock.slept == []
    assert budget.learn("api", 429, headers(0, 241)) == 242


def test_back_offs_are_random_parts(clock: Clock) -> None:
    budget = Budget(clock=clock, sleep=clock.sleep, rng=lambda: 0.0)
    assert [budget.learn("api", 429, {}) for _ in range(4)] == [0.5, 1, 2, 4]


@pytest.mark.parametrize("mark", [{"age": "86"}, {"x-cache": "Hit from cloudfront"}])
async def test_the_count_of_a_cached_answer_is_a_strangers(
    budget: Budget, clock: Clock, mark: dict[str, str]
) -> None:
    stranger = headers(0, 280, quota=7, bucket="resolvers")
    budget.learn("resolvers", 200, {**stranger, **mark})
    await once(budget, FOREGROUND, "resolvers")
    await once(budget, BACKGROUND, "resolvers")
    assert clock.slept == []
    budget.learn("resolvers", 200, {**stranger, "x-cache": "Miss from cloudfront"})
    with pytest.raises(RateLimited):
        await once(budget, FOREGROUND, "resolvers")


async def test_what_the_login_is_refused_holds_nothing_else(budget: Budget, clock: Clock) -> None:
    assert budget.learn(ALONE, 429, headers(0, 250)) == 1
    await once(budget, FOREGROUND)
    await once(budget, BACKGROUND)
    assert clock.slept == []
    assert budget.left is None


@pytest.mark.parametrize("odd", ["", "500", '"api";r=-1;t=x', '"api";r=99999999999999;t=1', "é"])
def test_odd_headers_say_nothing(budget: Budget, odd: str) -> None:
    budget.learn("api", 200, {"ratelimit": odd, "ratelimit-policy": odd})
    assert budget.left is None


async def test_at_most_eight_at_once_and_six_of_the_background(budget: Budget) -> None:
    opened = asyncio.Event()
    inside: list[str] = []
    most = 0

    async def stay(lane: str) -> None:
        nonlocal most
        async with budget.take(Turn("api", lane)):
            inside.append(lane)
            most = max(most, len(inside))
            await opened.wait()
            inside.remove(lane)

    background = [asyncio.create_task(stay(BACKGROUND)) for _ in range(10)]
    await asyncio.sleep(0)
    assert inside == [BACKGROUND] * 6
    foreground = [asyncio.create_task(stay(FOREGROUND)) for _ in range(10)]
    await asyncio.sleep(0)
    assert inside.count(FOREGROUND) == 2
    opened.set()
    await asyncio.gather(*background, *foreground)
    assert most == AT_ONCE
    assert inside == []


async def test_requests_on_their_way_count_as_spent(budget: Budget) -> None:
    budget.learn("api", 200, headers(1, 100))
    async with budget.take(Turn("api", FOREGROUND)):
        with pytest.raises(RateLimited):
            await once(budget, FOREGROUND)
    await once(budget, FOREGROUND)


async def test_a_raised_turn_waits_no_longer(clock: Clock) -> None:
    async def forever(_: float) -> None:
        await asyncio.Event().wait()

    budget = Budget(clock=clock, sleep=forever)
    budget.learn("api", 200, headers(100, 100))
    turn = Turn("api", BACKGROUND)
    entered = asyncio.Event()

    async def stay() -> None:
        async with budget.take(turn):
            entered.set()

    task = asyncio.create_task(stay())
    await asyncio.sleep(0)
    assert not entered.is_set()
    turn.promote()
    await task
    assert entered.is_set()


async def test_a_cancelled_waiter_leaves_no_trace(budget: Budget) -> None:
    opened = asyncio.Event()

    async def stay() -> None:
        async with budget.take(Turn("api", FOREGROUND)):
            await opened.wait()

    staying = [asyncio.create_task(stay()) for _ in range(9)]
    await asyncio.sleep(0)
    staying[8].cancel()
    staying[0].cancel()
    await asyncio.sleep(0)
    await once(budget, FOREGROUND)
    opened.set()
    done = await asyncio.gather(*staying, return_exceptions=True)
    assert [isinstance(one, BaseException) for one in done] == [True, *[False] * 7, True]
