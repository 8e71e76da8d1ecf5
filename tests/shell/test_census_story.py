"""A census at the keys of a real terminal: its list to the last row, and the course of families."""

from functools import partial
from pathlib import Path
from xml.etree import ElementTree

import pytest

from tests.bench.made_hub import items
from tests.conftest import Shell
from tests.loopback import LoopbackHub, World
from tests.shell.test_keep_story import contains
from tests.shell.test_pty import Open, terminal
from tests.unit.census.conftest import filled

__all__ = ["terminal"]  # the fixture
COUNT = 1200
WORD = "raven"


@pytest.fixture
def world() -> World:
    return filled(list(items(COUNT)))


@pytest.fixture
def date(hub: LoopbackHub, run: Shell) -> str:
    """The date of a census that a process has fetched."""
    assert run("census", "crawl").code == 0
    hub.requests.clear()
    return run("census", "status", "--tsv").out.splitlines()[1].split("\t")[0]


def wanted() -> list[str]:
    """The ids that hold the word, the most downloaded first."""
    made = sorted(items(COUNT), key=lambda i: (-i.get("downloads", 0), i["id"].lower()))
    return [item["id"] for item in made if WORD in item["id"]]


def test_from_a_word_to_the_last_row_its_card_and_back(
    hub: LoopbackHub, date: str, terminal: Open
) -> None:
    ids = wanted()
    app = terminal("--offline")
    app.until(lambda text: "Trending" in text)
    app.press("/")
    app.until(lambda text: "type words" in text or "search" in text)
    app.press(f"{WORD} sort:downloads")
    app.until(lambda text: f"1 of {len(ids)} match" in text and f"census {date}" in text)
    app.press("\r")
    app.until(lambda text: ids[0][-8:] in text)
    app.press("\x1b[6~")
    app.until(lambda text: f"1 of {len(ids)} match" not in text and " match" in text)
    app.press("G")
    app.until(lambda text: f"{len(ids)} of {len(ids)} match" in text)
    assert ids[-1][-8:] in app.text.splitlines()[app.row]
    app.press("\r")
    app.until(lambda text: "Lineage" in text and ids[-1][-8:] in text.splitlines()[1])
    app.press("q")
    app.until(lambda text: f"{len(ids)} of {len(ids)} match" in text)
    assert ids[-1][-8:] in app.text.splitlines()[app.row]
    app.press("\x11")
    assert app.ends() == 0
    assert hub.requests == []


def test_who_passes_whom_as_a_table_a_picture_and_a_chart(
    hub: LoopbackHub, date: str, terminal: Open, tmp_path: Path
) -> None:
    table = terminal("series", "--of", "repos", "--svg", "course.svg", "--offline")
    assert table.ends() == 0
    assert "qwen" in table.text.lower()
    assert date in table.text
    drawn = "".join(ElementTree.parse(tmp_path / "course.svg").getroot().itertext())
    assert "Qwen" in drawn
    assert "Llama" in drawn
    app = terminal("--offline")
    app.until(lambda text: "Trending" in text)
    app.press("2")
    app.until(lambda text: "by family" in text and "Qwen" in text and "census" in text)
    app.press("  c")
    app.until(partial(contains, "derivative authors"))
    app.press("h")
    app.until(partial(contains, "repos over time  by month of creation; deleted repos are missing"))
    app.until(partial(contains, "small: counted here"))
    app.press("\x11")
    assert app.ends() == 0
    assert hub.requests == []
