"""The picture of a claim: what is in it, and that it is a file a browser may open."""

import re
from math import inf
from pathlib import Path
from xml.etree import ElementTree

import pytest

from tests.app.conftest import clock, stage
from tests.app.stage import Stage, hubscope, press, sees, wait_for
from tests.loopback import LoopbackHub, World
from tests.unit.ask.claims.made import families, trending
from tui.analysis.claims import CLAIMS, Interval, Judged, Tried, Verdict
from tui.model import Measure
from tui.output import pictures
from tui.places import ClaimPlace
from tui.screens.chooser import Chooser
from tui.screens.claims import ClaimScreen

__all__ = ["clock", "stage"]

NAME = "{http://www.w3.org/2000/svg}"
HUB = "https://hub.example"


@pytest.fixture
def world() -> World:
    world = World()
    families(world, qwen_first=True, derivatives=151_448)
    trending(world, chinese=6, omni_first=True)
    return world


def tried(name: str, value: float | None, low: float, high: float, unit: str = "repos") -> Tried:
    limit = 0.5 if unit == "share" else 100.0
    return Tried(
        name,
        Measure(value, unit, "exact", f"what {name} counts"),
        Interval(low, high),
        "≥",
        Measure(limit, unit, "exact", "the claim's own", source="claim"),
        Interval(limit, limit),
        "holds" if low >= limit else "undecided",
        "",
        0,
        0,
    )


def judged(*definitions: Tried, text: str = "made") -> Judged:
    claim = CLAIMS[0]._replace(text=text)
    return Judged(claim, (), Verdict("unknown", ""), Verdict("holds", "so"), definitions)


def words(made: str) -> list[str]:
    return [node.text or "" for node in ElementTree.fromstring(made).iter(f"{NAME}text")]


def marks(made: str) -> list[str]:
    """The paths of the intervals and of the thresholds, in their order."""
    return [node.attrib["d"] for node in ElementTree.fromstring(made).iter(f"{NAME}path")]


def test_each_definition_has_its_interval_and_its_threshold() -> None:
    made = pictures.claim(
        judged(tried("all", 150.0, 150.0, inf), tried("few", 20.0, 10, 90)), HUB, 0.0
    )
    said = "\n".join(words(made))
    assert "all: holds · 150 repos\n100\n" in said
    assert "all: 150 repos, leaves [150, …); test: ≥ 100 repos; what all counts" in said
    assert "few: undecided · 20 repos\n100\n" in said
    assert "few: 20 repos, leaves [10, 90]; test: ≥ 100 repos; what few counts" in said
    assert "“made” holds: so." in said
    paths = marks(made)
    assert len(paths) == 4
    starts = [float(re.findall(r"[\d.]+", path)[0]) for path in paths]
    open_end, few = re.findall(r"[\d.]+", paths[0])[2], re.findall(r"[\d.]+", paths[2])[2]
    assert starts[0] > starts[1]  # what holds lies right of its threshold
    assert float(few) < starts[3] < float(open_end)


def test_a_share_is_drawn_in_per_cent() -> None:
    made = pictures.claim(judged(tried("bases", 0.6, 0.55, 0.65, "share")), HUB, 0.0)
    assert "50" in words(made)


def test_what_is_not_known_has_its_test_and_no_interval() -> None:
    made = pictures.claim(judged(tried("walked", None, -inf, inf)), HUB, 0.0)
    assert "not known; test: ≥ 100 repos" in words(made)
    assert marks(made) == []


def test_text_is_escaped_and_nothing_can_run() -> None:
    bad = '<script>alert(1)</script> & "more" ]]>'
    made = pictures.claim(judged(tried(bad, 5.0, 5.0, 5.0), text=bad), HUB, 0.0)
    tags = {node.tag for node in ElementTree.fromstring(made).iter()}
    assert tags == {f"{NAME}{tag}" for tag in ("svg", "rect", "text", "g", "path", "circle")}
    assert "<script" not in made
    assert any(line.startswith(f"{bad}: ") for line in words(made))


def written(folder: Path) -> str:
    """The one picture in a folder."""
    [path] = folder.glob("claim-qwen-llama-*.svg")
    return path.read_text("utf-8")


async def test_the_key_writes_the_picture_of_the_claim_in_sight(
    hub: LoopbackHub, stage: Stage, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    async with stage.play((100, 40)) as pilot:
        hubscope(pilot).visit(ClaimPlace("qwen-llama"))
        await sees(pilot, "downloads since release  holds")
        screen = pilot.app.screen
        assert isinstance(screen, ClaimScreen)
        await wait_for(pilot, lambda: not screen.busy, "nothing is asked")
        await press(pilot, "view.export")
        await wait_for(pilot, lambda: isinstance(pilot.app.screen, Chooser), "the menu")
        await sees(pilot, "svg", "a picture of one claim")
        await pilot.press("end", "enter")
        await sees(pilot, "written to")
        names = [one.name for one in screen.judged()[0].tried]
    said = "\n".join(words(written(tmp_path)))
    assert names
    assert all(f"\n{name}: " in said for name in names)
