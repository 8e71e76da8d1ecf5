"""A card is wrapped for the cells that are really there, and one without text says so."""

import pytest

from tests.app.stage import Stage, resize, sees, settled, wait_for
from tests.loopback import World
from tui.render.spans import line_width
from tui.widgets.card import CardPane

WORDS = " ".join(f"word{number}" for number in range(400))


async def test_no_line_of_prose_is_wider_than_its_pane(stage: Stage, world: World) -> None:
    world.model("acme/prose", readme=f"# Prose\n\n{WORDS}\n")
    async with stage.play(size=(60, 24), target=("model", "acme/prose")) as pilot:
        pane = pilot.app.screen.query_one(CardPane)
        await wait_for(pilot, lambda: bool(pane.plain()), "its lines")
        for width in (60, 77, 51, 80, 97, 71, 100, 117, 91, 133, 150, 124):
            await resize(pilot, width, 24)
            await settled(pilot)
            document = pane.document
            assert document is not None
            await wait_for(pilot, lambda: pane.document and pane.document.done, "its end")
            assert document.width == pane.size.width
            assert max(map(line_width, document.lines)) <= pane.size.width
            assert all(word in "\n".join(pane.plain()) for word in ("word0", "word399"))


@pytest.mark.parametrize("readme", ["---\nlicense: mit\n---\n", "---\nlicense: mit\n---\n\n \n"])
async def test_a_readme_of_front_matter_alone_is_an_empty_card(
    stage: Stage, world: World, readme: str
) -> None:
    world.model("acme/bare", readme=readme)
    async with stage.play(target=("model", "acme/bare")) as pilot:
        await sees(pilot, "an empty card: the README has no text, or front matter alone")
