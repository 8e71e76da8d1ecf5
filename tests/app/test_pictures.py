"""Pictures of a card in the app: listed, shown one whole screen, other hosts by consent alone."""

import pytest
from rich.color import Color

from tests import made_pictures
from tests.app.stage import (
    AppPilot,
    Stage,
    page,
    press,
    reading,
    resize,
    screen_text,
    sees,
    settled,
    wait_for,
)
from tests.loopback import Large, LoopbackHub, World, faults
from tui.ask.pictures import picture as ask
from tui.hub import abroad
from tui.widgets.picture import PicturePane

PICTURED = ("model", "acme/pictured")
LARGE = (120, 36)
CARD = """# Pictured

![the scores](chart.png) ![as a drawing](logo.svg) ![elsewhere](https://elsewhere.example/e.png)

![a trap](config.json) ![large](large.png) ![broken](broken.png)
"""


@pytest.fixture
def world(world: World) -> World:
    pytest.importorskip("PIL")
    pytest.importorskip("textual_image")
    files = {
        "chart.png": made_pictures.made(size=(400, 200)),
        "large.png": Large(made_pictures.made(size=(60, 40))),
        "broken.png": b"<html>no picture</html>",
        "config.json": b"{}",
    }
    world.model(PICTURED[1], readme=CARD, files=files)
    return world


@pytest.fixture(autouse=True)
def _truecolour(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLORTERM", "truecolor")


async def listed(pilot: AppPilot) -> None:
    await settled(pilot)
    await press(pilot, "card.pictures")
    await sees(pilot, "Pictures of acme/pictured")


async def choose(pilot: AppPilot, number: int) -> None:
    await listed(pilot)
    await pilot.press(*"j" * (number - 1), "enter")

    def there() -> bool:
        text = screen_text(pilot.app)
        return f"picture {number}: " in text or "The picture lies on" in text

    await wait_for(pilot, there, "a picture, or the question for its host")


def colours(pilot: AppPilot) -> set[str]:
    """The colours of the picture's cells."""
    pane = page(pilot).query_one(PicturePane)
    strips = [pane.render_line(y) for y in range(pane.size.height)]
    styles = [one.style for strip in strips for one in strip if "▀" in one.text and one.style]
    found = [colour for style in styles for colour in (style.color, style.bgcolor)]
    return {colour.get_truecolor().hex for colour in found if isinstance(colour, Color)}


async def test_the_list_says_number_words_and_where(hub: LoopbackHub, stage: Stage) -> None:
    async with stage.play((60, 20), target=PICTURED) as pilot:
        await settled(pilot)
        asked = len(hub.requests)
        await listed(pilot)
        for size in ((60, 20), LARGE):
            await resize(pilot, *size)
            await sees(pilot, "1  the scores", "this repo", "2  as a drawing", "3  elsewhere")
            await sees(pilot, "elsewhere.example")
        await sees(pilot, "an SVG drawing, which cannot be shown", "no picture by its name")
        assert len(hub.requests) == asked


async def test_a_size_that_is_known_is_listed(hub: LoopbackHub, stage: Stage) -> None:
    async with stage.play(LARGE, target=PICTURED) as pilot:
        await settled(pilot)
        reading(pilot).go_to_tab("Files")
        await wait_for(pilot, lambda: reading(pilot).files.known, "the files")
        await listed(pilot)
        size = len(made_pictures.made(size=(400, 200)))
        await sees(pilot, f"{size} B · this repo")


async def test_a_picture_of_the_repo_is_shown_at_once(hub: LoopbackHub, stage: Stage) -> None:
    async with stage.play(target=PICTURED) as pilot:
        for size in ((60, 20), (80, 24), LARGE):
            await resize(pilot, *size)
            await choose(pilot, 1)
            await sees(pilot, "picture 1: the scores", "PNG 400 x 200", "half blocks", "▀▀▀")
            assert {"#ff0000", "#0000ff"} <= colours(pilot), size
            lines = [line for line in screen_text(pilot.app).splitlines() if "▀" in line]
            assert len(lines) <= 10, size
            await press(pilot, "go.up")
            await sees(pilot, "Lineage")
        asked = [one.path for one in hub.requests if "/resolve/" in one.path]
        assert not any(one.endswith("config.json") for one in asked)


async def test_a_large_file_of_the_repo_comes_without_the_login(
    hub: LoopbackHub, world: World, stage: Stage, monkeypatch: pytest.MonkeyPatch
) -> None:
    world.token("hf_mine", "me")
    monkeypatch.setenv("HF_TOKEN", "hf_mine")
    async with stage.play(LARGE, target=PICTURED, token="hf_mine") as pilot:
        await choose(pilot, 5)
        await sees(pilot, "PNG 60 x 40")
    for one in hub.requests:
        elsewhere = one.path.startswith("/xet-bridge-us/")
        assert ("authorization" in one.headers) is not elsewhere


async def test_what_cannot_be_shown_is_said(hub: LoopbackHub, stage: Stage) -> None:
    said = {2: "an SVG drawing", 4: "no picture by its name", 6: "it is no PNG, JPEG, GIF or WebP"}
    async with stage.play(LARGE, target=PICTURED) as pilot:
        for number, words in said.items():
            await choose(pilot, number)
            await sees(pilot, words)
            await press(pilot, "go.up")
            await sees(pilot, "Lineage")
        assert not hub.seen("/acme/pictured/resolve/main/config.json")


async def test_another_host_is_named_and_agreed_to_first(
    hub: LoopbackHub, stage: Stage, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(abroad, "SCHEMES", ("http", "https"))
    monkeypatch.setattr(abroad, "is_public", lambda _: True)
    elsewhere = hub.url.replace("127.0.0.1", "localhost")
    there = f"{elsewhere}/e.png"
    monkeypatch.setattr(
        "tui.screens.picture.spot",
        lambda *_: abroad_spot(there),
    )
    hub.fault("/e.png", faults.respond(200, made_pictures.made()), times=None)
    async with stage.play(LARGE, target=PICTURED, token=None) as pilot:
        await choose(pilot, 3)
        await sees(pilot, "The picture lies on localhost", "no login goes along")
        await pilot.press("enter")  # the first line leaves it
        await sees(pilot, "it lies on localhost, which was not agreed to; nothing was asked")
        assert not hub.seen("/e.png")
        await press(pilot, "data.refresh")
        await sees(pilot, "ask localhost")
        await pilot.press("j", "enter")
        await sees(pilot, "PNG 40 x 40")
        [request] = hub.seen("/e.png")
        assert "authorization" not in request.headers
        await press(pilot, "data.refresh")  # agreed to for this session
        await wait_for(pilot, lambda: len(hub.seen("/e.png")) == 2, "asked again")


def abroad_spot(url: str) -> object:
    from tui.analysis.repo.pictures import Spot

    return Spot("localhost", url)


async def test_without_the_extra_the_line_says_how_to_get_it(
    hub: LoopbackHub, stage: Stage, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(ask, "find_spec", lambda _: None)
    async with stage.play(LARGE, target=PICTURED) as pilot:
        await choose(pilot, 1)
        await sees(pilot, "pip install 'hubscope[images]'")
        assert not hub.seen("/acme/pictured/resolve/main/chart.png")


async def test_without_colours_it_is_light_and_dark(
    hub: LoopbackHub, stage: Stage, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("NO_COLOR", "1")
    async with stage.play((80, 24), target=PICTURED) as pilot:
        await choose(pilot, 1)
        await sees(pilot, "half blocks without colours")
        assert colours(pilot) <= {"#eef1f4", "#14171c"}


async def test_in_sixteen_colours_it_is_said(
    hub: LoopbackHub, stage: Stage, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("tui.screens.graphics.colours", lambda _: 16)
    async with stage.play(LARGE, target=PICTURED) as pilot:
        await choose(pilot, 1)
        await sees(pilot, "half blocks · in 16 colours")
        assert {"#aa0000", "#0000aa"} <= colours(pilot)


async def test_another_size_draws_it_anew(hub: LoopbackHub, stage: Stage) -> None:
    async with stage.play(LARGE, target=PICTURED) as pilot:
        await choose(pilot, 1)
        await sees(pilot, "▀" * 40)
        await resize(pilot, 30, 20)
        await wait_for(
            pilot,
            lambda: "▀" * 28 in screen_text(pilot.app) and "▀" * 29 not in screen_text(pilot.app),
            "a smaller one",
        )


async def test_a_card_without_pictures_says_so(hub: LoopbackHub, stage: Stage) -> None:
    async with stage.play(LARGE, target=("model", "acme/base")) as pilot:
        await settled(pilot)
        await press(pilot, "card.pictures")
        await sees(pilot, "this card has no pictures")


async def test_the_sample_and_a_broken_line_are_said(hub: LoopbackHub, stage: Stage) -> None:
    async with stage.play(LARGE, target=PICTURED) as pilot:
        await settled(pilot)
        await press(pilot, "app.end")
    async with stage.play(LARGE, target=PICTURED, offline=True) as pilot:
        await choose(pilot, 1)
        await sees(pilot, "offline: no picture is asked for")
