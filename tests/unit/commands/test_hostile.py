"""A card that means harm: no escape of it reaches the terminal, and no word of it is lost."""

import json
import re
from pathlib import Path

import pytest

from tests.conftest import Shell
from tests.loopback import LoopbackHub, World, faults
from tests.paths import CHECKOUT

WORDS = [f"word{number}" for number in range(14)]
CARD = (
    "---\nlicense: mit\n---\n"
    "# word0 \x1b]52;c;aGFja2Vk\x07 word1\n\n"  # sets the clipboard
    "\x1b]0;owned\x07 word2 \x1b[2J\x1b[31m word3 \x9b31m word4 \x9d52;c;eA==\x9c word5\n\n"
    "word6 \u202egnp.exe\u202c word7 \u2066hidden\u2069 \u200f\u061c \U000e0041 word8\n\n"
    "[red]word9[/red] [@click=app.quit]word10[/] \x00\x08\x7f\r\u2028\u2029 word11\n\n"
    "- `\x1b[6n` word12\n"
)
SURROGATES = b"\n\xed\xa0\x80\xed\xbf\xbf \xff\xfe word13\n"
STEERING = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\u2028\u2029\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069"
    "\U000e0000-\U000e007f]"
)


@pytest.fixture
def world(world: World) -> World:
    world.model(
        "evil/card",
        readme=CARD.encode("utf-8", "surrogatepass") + SURROGATES,
        task="text\x1b]52;c;aGFja2Vk\x07generation",
        license="mit\x1b[31m",
        trendingScore=100,
        tags=["[red]tag[/red]", "x\x1b[31m", "=cmd|' /C calc'!A0"],
    )
    return world


def assert_tame(text: str) -> None:
    assert not STEERING.search(text), STEERING.findall(text)
    at = [text.find(word) for word in WORDS]
    assert -1 not in at
    assert at == sorted(at)


def test_in_a_pipe(hub: LoopbackHub, run: Shell) -> None:
    told = run("card", "evil/card")
    assert (told.code, told.err) == (0, "")
    assert_tame(told.out)
    assert "[red]word9[/red] [@click=app.quit]word10[/]" in told.out
    assert "]52;c;aGFja2Vk" in told.out  # shown, not obeyed
    assert "license: mit" not in told.out  # front matter


def test_on_a_terminal(hub: LoopbackHub, run: Shell) -> None:
    told = run.terminal("card", "evil/card")
    assert told.code == 0
    assert_tame(told.out)


def test_as_json(hub: LoopbackHub, run: Shell) -> None:
    told = run("card", "evil/card", "--json")
    assert not STEERING.search(told.out)
    answer = json.loads(told.out)
    assert_tame(answer["markdown"])
    assert [heading["level"] for heading in answer["outline"]] == [1]


def test_again_from_the_store(hub: LoopbackHub, run: Shell) -> None:
    fresh = run("card", "evil/card")
    hub.stop()
    stored = run("card", "evil/card")
    assert (stored.code, stored.out) == (0, fresh.out)


@pytest.mark.parametrize("form", ["--json", "--csv", "--tsv", "--md", "-q"])
@pytest.mark.parametrize("words", [("trending",), ("show", "evil/card"), ("search", "evil")])
def test_facts_that_mean_harm(
    hub: LoopbackHub, run: Shell, words: tuple[str, ...], form: str
) -> None:
    told = run(*words, form)
    assert told.code == 0
    assert told.err in ("", "hubscope: 30 of more; --limit 0 for all\n")
    assert "evil/card" in told.out
    assert not STEERING.search(told.out)


@pytest.mark.parametrize("words", [("trending",), ("show", "evil/card")])
def test_facts_that_mean_harm_on_a_terminal(
    hub: LoopbackHub, run: Shell, words: tuple[str, ...]
) -> None:
    # what says that the Hub is asked is taken away again, by these two at the start
    out = run.terminal(*words).out.removeprefix("\r\x1b[K")
    assert "evil/card" in out
    assert not STEERING.search(out)


def test_a_card_of_five_megabytes(world: World, hub: LoopbackHub, run: Shell) -> None:
    lines = [f"line {number} \x1b[31m end" for number in range(250_000)]
    world.model("evil/large", readme="\n".join(lines))
    told = run("card", "evil/large")
    assert told.code == 0
    assert told.out.splitlines() == [line.replace("\x1b", "\ufffd") for line in lines]


def test_a_card_larger_than_any_is_refused(world: World, hub: LoopbackHub, run: Shell) -> None:
    world.model("evil/larger", readme=b"x" * (9 * 2**20))
    told = run("card", "evil/larger")
    assert (told.code, told.out) == (1, "")
    assert len(told.err.splitlines()) == 1
    assert "MiB" in told.err


def test_an_error_of_the_hub_cannot_steer_the_terminal(hub: LoopbackHub, run: Shell) -> None:
    said = json.dumps({"error": "no \x1b]52;c;aGFja2Vk\x07\nsecond line"}).encode()
    hub.fault("/api/models", faults.respond(400, said), times=None)
    told = run("trending")
    assert told.code == 2
    assert len(told.err.splitlines()) == 1
    assert told.err.rstrip("\n").isprintable()


def test_a_real_card_of_each_kind_keeps_its_words(
    world: World, hub: LoopbackHub, run: Shell, shared_cards: list[Path]
) -> None:
    for number, path in enumerate(shared_cards):
        world.model(f"real/card-{number}", readme=path.read_bytes())
    for number, path in enumerate(shared_cards):
        told = run("card", f"real/card-{number}")
        assert told.code == 0
        body = re.sub(r"\A---\n.*?\n---\n", "", path.read_text(), flags=re.DOTALL)
        assert told.out.split() == body.split()


@pytest.fixture
def shared_cards() -> list[Path]:
    folder = CHECKOUT.parent / "shared" / "data" / "cards"
    found = sorted(folder.glob("*.md"))
    if not found:
        pytest.skip("no captured cards here")
    return found[:4]
