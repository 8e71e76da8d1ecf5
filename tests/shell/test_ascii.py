"""Where the locale is not UTF-8 no byte beyond ASCII reaches the terminal, wherever one goes."""

import pytest

from tests.conftest import Shell
from tests.loopback import LoopbackHub, World
from tests.shell.test_bytes import sent
from tests.shell.test_pty import COLUMNS, Open, Terminal, terminal
from tui.key_names import shown
from tui.keys import COMMANDS

__all__ = ["terminal"]  # the fixture

KEYS = {command.id: command.keys[0] for command in COMMANDS}
ODD = "acme/odd"
CARD = """# Überblick 通义千问 🙂

naïve · ≥ 8 Мрд. — “quoted” … x² → ∑ e\u0301

| größe | ↓30d |
|---|---:|
| groß  | ½ |

- [x] ☑ done
"""


@pytest.fixture
def world(world: World) -> World:
    world.model(
        ODD, readme=CARD, trendingScore=9999, tags=["license:lizenz-für-alle", "language:中文"]
    )
    return world


@pytest.fixture
def stored(hub: LoopbackHub, run: Shell) -> LoopbackHub:
    """The Hub, with its list in the store."""
    assert run("trending", "--limit", "100").code == 0
    return hub


def crossed(app: Terminal, keys: str, shown: str = "") -> bytes:
    """What reached the terminal since it was opened, when these keys have had their effect."""
    sent(app, keys, shown)
    return app.written


@pytest.mark.parametrize(
    "locale", [{"LC_ALL": "C"}, {"LANG": "POSIX"}, {"LC_CTYPE": "C", "LANG": "de_DE.UTF-8"}]
)
def test_the_list_has_a_plain_sign_for_each(
    stored: LoopbackHub, terminal: Open, locale: dict[str, str]
) -> None:
    app = terminal(**locale)
    app.until(lambda text: "1 of " in text)
    assert app.written.isascii()
    lines = app.text.splitlines()
    assert lines[2] == "-" * COLUMNS
    assert "> " in lines[4]  # the cursor, in the cell it has
    assert "Enter card" in lines[-1]
    app.press("j")
    app.until(lambda text: "2 of " in text)
    assert app.written.isascii()


def test_columns_stand_where_they_stand_in_utf_8(stored: LoopbackHub, terminal: Open) -> None:
    screens = []
    for words in ([], ["--ascii"]):
        app = terminal(*words)
        app.until(lambda text: "1 of " in text)
        screens.append(app.text.splitlines())
        app.press("q")
        assert app.ends() == 0
    whole, plain = screens
    for ours, theirs in zip(plain[1:-1], whole[1:-1], strict=True):  # all but ages and key names
        assert ours.isascii()
        for ascii, sign in zip(ours, theirs, strict=True):
            assert ascii == sign or not sign.isascii()


@pytest.mark.parametrize(
    "ways",
    [
        pytest.param(("2", "j", "x", "x", "v", "v", "  c", "p"), id="families"),
        pytest.param(("2", "\r", "3", "j", "\r", "4"), id="claims"),
        pytest.param(("?", ":", "s", "t", "Y", "e", "T", "/qwen", "  c"), id="choosers"),
    ],
)
def test_no_view_and_no_list_to_choose_from_sends_more(
    stored: LoopbackHub, terminal: Open, ways: tuple[str, ...]
) -> None:
    app = terminal(LC_ALL="C")
    app.until(lambda text: "1 of " in text)
    for keys in ways:
        before = len(app.written)
        assert crossed(app, keys).isascii()
        assert len(app.written) > before
        if len(ways) > 8:
            sent(app, "\x1b")


def test_no_tab_of_a_card_sends_more(stored: LoopbackHub, terminal: Open) -> None:
    app = terminal(LC_ALL="C")
    app.until(lambda text: "1 of " in text)
    written = crossed(app, "\r", "berblick")
    assert "?berblick ???????? ??" in app.text  # a name's letters leave holes as wide as they
    for _ in range(4):
        written = crossed(app, "]")
    assert written.isascii()
    assert crossed(app, "OlCi").isascii()


def test_a_locale_of_eight_bits_gets_the_letters_that_it_has(
    stored: LoopbackHub, terminal: Open
) -> None:
    app = terminal(LC_ALL="de_DE.ISO-8859-1")
    app.until(lambda text: "1 of " in text)
    sent(app, "\r", "berblick")
    assert "Überblick".encode("latin-1") in app.written
    assert not [byte for byte in app.written if 0x80 <= byte < 0xA0]  # controls to such a terminal


def test_what_the_reader_says_comes_first(stored: LoopbackHub, terminal: Open) -> None:
    app = terminal("--no-ascii", LC_ALL="C")
    app.until(lambda text: "1 of " in text)
    assert "⏎ card" in app.text
    app.press("q")
    assert app.ends() == 0


def test_the_linux_console_keeps_the_signs_of_its_font(stored: LoopbackHub, terminal: Open) -> None:
    app = terminal(TERM="linux")
    app.until(lambda text: "1 of " in text)
    assert "▌" in app.text
    assert "─" in app.text
    assert "Enter card" in app.text
    assert not set("⏎…▸▾●") & set(app.text) - {"●"}


TABLES = (
    ("trending",), ("show", ODD), ("card", ODD), ("files", ODD), ("tree", ODD), ("claims",),
    ("families",), ("compare", "qwen", "llama"), ("saved",), ("config",), ("show", "no/such"),
    ("keys",), ("keys", "--help"),
)  # fmt: skip


def test_tables_on_a_terminal(stored: LoopbackHub, run: Shell) -> None:
    for words in TABLES:
        told = run.terminal(*words, LC_ALL="C")
        assert told.out, words
        assert told.out.isascii(), words


def test_a_pipe_gets_utf_8_all_the_same(stored: LoopbackHub, run: Shell) -> None:
    assert run("card", ODD, "--ascii", LC_ALL="C").out == CARD


def test_the_kept_frame_is_of_the_same_signs(stored: LoopbackHub, terminal: Open) -> None:
    for locale in ({}, {"LC_ALL": "C"}, {"LC_ALL": "C"}):
        app = terminal(**locale)
        app.until(lambda text: "1 of " in text)
        assert app.written.isascii() is bool(locale)
        app.press("q")
        assert app.ends() == 0
    assert shown("enter") == "⏎"  # of this process, which has said nothing of its terminal
