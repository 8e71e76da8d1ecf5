"""The short form of the storm; tests/bench has the long one."""

from pathlib import Path

from tests.loopback import LoopbackHub, World
from tests.unit.store.storm import APPS, model, storm

ROUNDS = 2


def test_nothing_is_lost_where_processes_come_go_and_are_killed(
    world: World, hub: LoopbackHub, tmp_path: Path
) -> None:
    for number in range(ROUNDS):
        for place in range(APPS):
            world.model(model(number, place))
    report = storm(tmp_path / "home", hub.url, seed=1, rounds=ROUNDS)
    assert report.wrong == ()
    assert report.killed == ROUNDS * 4
    assert report.searches + report.bookmarks > 0
