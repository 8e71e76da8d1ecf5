"""What is closed is let go of; what is kept for the next start is of one theme."""

import inspect
import os
from typing import Any

from tests.app.stage import Stage
from tui import last_frame


def closed_over(call: Any) -> list[Any]:
    """What a function holds, and what the functions that it holds do."""
    held = [cell.cell_contents for cell in getattr(call, "__closure__", None) or ()]
    return held + [one for inner in held if inspect.isfunction(inner) for one in closed_over(inner)]


async def test_hearing_of_a_theme_keeps_no_screen_in_memory(stage: Stage) -> None:
    async with stage.play() as pilot:
        heard = dict(pilot.app.theme_changed_signal._subscriptions)
        assert pilot.app.screen in heard
        for screen, calls in heard.items():
            for call in calls:
                held = closed_over(call)
                assert not any(one is screen for one in held)
                assert not any(inspect.ismethod(one) for one in held)


async def test_a_frame_of_another_theme_is_not_left_behind(stage: Stage) -> None:
    async with stage.play() as pilot:
        app = pilot.app
        folder = app.state_folder  # type: ignore[attr-defined]
        last_frame.keep(app, folder)  # type: ignore[arg-type]
        first = [name for name in os.listdir(folder) if name.startswith("frame-")]
        other = next(name for name in app.available_themes if name != app.theme)
        app.theme = other
        last_frame.keep(app, folder)  # type: ignore[arg-type]
        second = [name for name in os.listdir(folder) if name.startswith("frame-")]
    assert len(first) == len(second) == 1
    assert second[0].endswith(f".{other}")
