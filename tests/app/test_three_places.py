"""One query, the same ids in the same order: in the box, as a saved search and in the shell."""

import json
import os
import shlex
import time
from contextlib import redirect_stdout
from functools import cache
from io import StringIO

import pytest

from tests.app.stage import NOW, Stage, hubscope, ids, listing, press, sees, wait_for
from tests.conftest import Shell
from tests.unit.analysis.query.made import (
    CHILD,
    HERE,
    PARENT,
    QUANTS,
    SETS,
    more,
    plain,
    questions,
    rows,
)
from tui import cli
from tui.analysis.query.query_line import parse
from tui.analysis.registry.registry import load
from tui.ask.saved import saved
from tui.config import Config
from tui.model import Edge, File, Query, Repo
from tui.places import ListPlace
from tui.screens.search_bar import SearchBar
from tui.screens.trending import TrendingScreen
from tui.store.paths import home
from tui.store.store import Store

ROWS = rows(130)  # more than a page of a list
LINES = [*questions(), *more()]
SMALL = (60, 10)  # a screen that is quickly drawn: what is looked at are the ids at hand
registry = cache(load)
SIXTEEN = {  # two bytes for keys and values of 8 heads of 128 in 32 layers
    **{"model_type": "qwen3", "num_hidden_layers": 32, "num_attention_heads": 32},
    **{"num_key_value_heads": 8, "head_dim": 128, "hidden_size": 4096, "torch_dtype": "bfloat16"},
}


@pytest.fixture
def known(stage: Stage, monkeypatch: pytest.MonkeyPatch) -> Stage:
    """The rows as one stored list, with files, a config and a quantized child; no Hub."""
    with Store.open(home(os.environ), stage.endpoint, sync=True) as store:
        cache = store.cache
        cache.put_list(Query().key, "model", "", 0, [_public(row) for row in ROWS], None, NOW)
        for repo_id, quants in QUANTS.items():
            files = [
                File(f"m-{quant}.gguf", size=size) for quant, size in zip(quants, SETS[repo_id])
            ]
            text = json.dumps({"complete": True, "files": files})
            cache.put_body(f"tree model {repo_id.lower()}", "", text, NOW)
        config = json.dumps(["sha", ROWS[0].id, SIXTEEN])
        cache.put_body(f"config model {ROWS[0].id.lower()}", "", config, NOW)
        cache.put_edges([Edge(CHILD, PARENT, "quantized")], "", NOW)
    monkeypatch.setenv("HF_HUB_OFFLINE", "1")
    folder = home(os.environ).config
    os.makedirs(folder, exist_ok=True)
    with open(os.path.join(folder, "config.toml"), "w", encoding="utf-8") as file:
        file.write('memory = "12GB"\n')
    return stage


def _public(row: Repo) -> Repo:
    return row._replace(private=False)


def shell(*words: str) -> list[str]:
    """The ids that a command and its words print, at the stage's time."""
    out = StringIO()
    with pytest.MonkeyPatch.context() as patch, redirect_stdout(out):
        patch.setattr(time, "time", lambda: NOW)
        patch.setattr("tui.analysis.registry.own_tables.load", registry)  # as it is, but once
        assert cli.main([words[0], "-q", *words[1:]]) == 0
    return out.getvalue().split()


async def test_every_line_finds_the_same_in_all_three(known: Stage) -> None:
    async with known.play(SMALL, offline=True) as pilot:
        app = hubscope(pilot)
        app.sources.memory = HERE
        await wait_for(pilot, lambda: len(ids(pilot)) >= 100, "the stored list")
        await press(pilot, "search.open")
        page = listing(pilot)
        bar = page.query_one(SearchBar)
        await wait_for(pilot, lambda: bar.at_hand.total == len(ROWS), "all rows at hand")
        for place, (line, test) in enumerate(LINES):
            expected, _ = plain(ROWS, line, test)
            bar.value = line
            asked = parse(line)._replace(limit=100)
            await wait_for(pilot, lambda: page.query_now == asked, line)  # noqa: B023
            assert ids(pilot) == expected, f"in the box: {line}"
            assert shell("search", "--limit", "0", "--", line) == expected, f"in the shell: {line}"
            command = shlex.split(page.command_line())
            assert command[:2] == ["hubscope", "search"]
            if place % 4 == 0:  # more of them below, through a shell
                assert shell(*command[1:]) == expected, f"by Y: {line}"


async def test_every_line_finds_the_same_as_a_saved_search(known: Stage) -> None:
    async with known.play(SMALL, offline=True) as pilot:
        app = hubscope(pilot)
        app.sources.memory = HERE
        for line, _ in LINES:
            saved.save(app.sources, line, line)
        app.sources.settle()
        lines = {entry.name: entry.line or "" for entry in saved.peek(app.sources).rows}
        assert {line: parse(text) for line, text in lines.items()} == {
            line: parse(line) for line, _ in LINES
        }
        for line, test in LINES[::4]:  # one question, one list: not every one is opened
            expected, _ = plain(ROWS, line, test)
            app.visit(ListPlace(parse(lines[line])._replace(limit=100)))
            await wait_for(pilot, lambda: listing(pilot).view is not None, line)
            assert ids(pilot) == expected[: len(ids(pilot))], line
            assert len(ids(pilot)) >= min(100, len(expected)), line


async def test_a_saved_search_is_opened_from_view_4(known: Stage) -> None:
    async with known.play(offline=True) as pilot:
        line = "license:mit fits:100gb"
        saved.save(hubscope(pilot).sources, "big", line)
        hubscope(pilot).sources.settle()
        await press(pilot, "go.saved")
        await sees(pilot, "big")
        await press(pilot, "row.open")
        await wait_for(pilot, lambda: isinstance(pilot.app.screen, TrendingScreen), "a list")
        await wait_for(pilot, lambda: listing(pilot).view is not None, "its rows")
        found = shell("search", "--limit", "0", "--", line)
        assert len(found) > 20
        assert ids(pilot) == found


ODD = (
    "it's", '"a b" license:mit', "!gguf likes:>=500", "created:<120d $HOME", "-x", "sort:likes",
    "license:mit,apache-2.0 !has:gguf sort:likes",
)  # fmt: skip


async def test_the_copied_command_gives_this_view_in_a_shell(known: Stage, run: Shell) -> None:
    seen: list[tuple[str, list[str]]] = []
    async with known.play(offline=True, config=Config(memory=HERE)) as pilot:
        await wait_for(pilot, lambda: len(ids(pilot)) >= 100, "the stored list")
        first = listing(pilot).command_line()
        assert first == "hubscope trending --limit 100"
        seen.append((first, ids(pilot)))
        for line in ODD:
            await press(pilot, "search.open")
            bar = listing(pilot).query_one(SearchBar)
            await wait_for(pilot, lambda: bar.at_hand.total == len(ROWS), "the rows")  # noqa: B023
            bar.value = line
            query = parse(line)._replace(limit=100)
            await wait_for(pilot, lambda: listing(pilot).query_now == query, line)  # noqa: B023
            await pilot.press("enter")
            seen.append((listing(pilot).command_line(), ids(pilot)))
            await pilot.press("escape")
    asked = run.words("\n".join(command for command, _ in seen))
    assert [words[0] for words in asked] == ["trending", *["search"] * len(ODD)]
    for words, (command, expected) in zip(asked, seen, strict=True):
        assert shell(*words) == expected, command
