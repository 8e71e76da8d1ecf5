"""A stage for each test: the loopback Hub is its endpoint, the clock stands still."""

import os
from collections.abc import Iterator
from typing import Any

import pytest
from textual.css.model import RuleSet
from textual.css.stylesheet import Stylesheet

from tests.app.stage import Clock, Stage
from tests.loopback import LoopbackHub

_SNAPSHOTS = os.environ.get("TEXTUAL_SNAPSHOT_TEMPDIR", "")  # set when pytest starts


@pytest.fixture(scope="session", autouse=True)
def _styles_read_once() -> Iterator[None]:
    """Apps of one session share the rules that the toolkit reads out of the same style sheets."""
    rules: dict[Any, list[RuleSet]] = {}
    read = Stylesheet._parse_rules

    def remembered(self: Stylesheet, *words: Any, **named: Any) -> list[RuleSet]:
        asked = (*self._variables.items(), *words, *named.items())
        if asked not in rules:
            rules[asked] = read(self, *words, **named)
        return rules[asked]

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(Stylesheet, "_parse_rules", remembered)
        yield


@pytest.fixture
def snapshot_folder(_isolated: None, monkeypatch: pytest.MonkeyPatch) -> None:
    """The variable that the snapshot plugin needs in an environment swept of all others."""
    monkeypatch.setenv("TEXTUAL_SNAPSHOT_TEMPDIR", _SNAPSHOTS)


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def stage(hub: LoopbackHub, clock: Clock) -> Stage:
    return Stage(hub.url, clock)


@pytest.fixture
def away(closed_port: int, clock: Clock) -> Stage:
    """A stage whose Hub cannot be reached."""
    return Stage(f"http://127.0.0.1:{closed_port}", clock)
