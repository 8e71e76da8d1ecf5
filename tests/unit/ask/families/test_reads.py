"""A walk up thousands of bases reads the store some times, and no base twice."""

import pytest

from tests.loopback import World
from tests.unit.ask.families.places import Place
from tui.ask.calls.plan import Step
from tui.ask.families import league, tier_steps
from tui.ask.families.question import Question
from tui.ask.lineage.ancestry import Ancestry
from tui.model import BaseModels, Repo
from tui.store.database import Database

BASES = 1200


@pytest.fixture
def world() -> World:
    made = World()
    for at in range(30):
        made.model(f"Qwen/Qwen-{at:02}", downloads=1000 - at)
    made.model("far/base-0007")
    return made


@pytest.fixture
def reads(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    made: list[str] = []
    plain = Database.read

    def read(self: Database, sql: str, *given: object) -> object:
        made.append(sql)
        return plain(self, sql, *given)  # type: ignore[arg-type]

    monkeypatch.setattr(Database, "read", read)
    return made


@pytest.mark.usefixtures("hub")
async def test_the_bases_of_a_window_are_read_together_and_once(
    place: Place, reads: list[str]
) -> None:
    sources = place.open()
    rows = [
        Repo(f"me/row-{at:04}", base_models=BaseModels("finetune", (f"far/base-{at:04}",)))
        for at in range(BASES)
    ]
    ancestry = Ancestry(sources, rows)
    assert ancestry.estimate() == BASES
    assert len(reads) == 2 * 3  # rows and notes, 500 names at a time
    await ancestry.make(Step("base", "far/base-0007"), "foreground")
    assert ancestry.estimate() == BASES - 1
    assert len(reads) == 2 * 3
    await sources.close()
    sources.store.close()


@pytest.mark.usefixtures("hub")
async def test_an_arrival_does_not_think_over_the_calls_that_are_left(
    place: Place, monkeypatch: pytest.MonkeyPatch
) -> None:
    thought: list[int] = []
    plain = tier_steps.steps

    def steps(*given: object) -> object:
        thought.append(1)
        return plain(*given)  # type: ignore[arg-type]

    monkeypatch.setattr(tier_steps, "steps", steps)
    sources = place.open()
    views = [view async for view in league.stream(sources, Question(["qwen"], tier=1))]
    await sources.close()
    sources.store.close()
    assert views[-1].complete
    assert len(thought) <= 2 * len(views) + 4  # for views, and once for each new own list
