"""What a card says, found without the code under test: by striking out what is markup."""

import re
import unicodedata
from html import unescape
from pathlib import Path
from urllib.parse import unquote

import pytest

from tests.paths import CHECKOUT
from tui.model import clean
from tui.render.card import CardDocument

CARDS = CHECKOUT.parent / "shared" / "data" / "cards"
BASE = "https://hub.test/org/name"
SCREEN = 5000  # cells: no word is broken

_TAG = re.compile(r"</?[a-zA-Z][a-zA-Z0-9]*(?:[\s/][^<>]*)?>")
_KEPT = re.compile(r"(?:alt|src|href)\s*=\s*(?:\"([^\"]*)\"|'([^']*)'|([^\s>]+))")
_SILENT = re.compile(r"<!--.*?-->|<(style|script)\b.*?</\1>", re.DOTALL | re.IGNORECASE)
_FRONT = re.compile(r"\A---\n.*?\n---\n", re.DOTALL)
_IN_PAGE = re.compile(r"\(#[^)]*\)|href=\"#[^\"]*\"")


def real_cards() -> list[Path]:
    return sorted(CARDS.glob("*.md"))


def card_text(path: Path) -> str:
    return _FRONT.sub("", clean(path.read_text(encoding="utf-8")))


def finished(text: str, cells: int = SCREEN, base: str = BASE) -> CardDocument:
    document = CardDocument(text, cells, base)
    while document.step():
        pass
    return document


def text_of(document: CardDocument) -> str:
    return "\n".join(document.text_of(line) for line in range(len(document.lines)))


def words(text: str) -> set[str]:
    return set(re.findall(r"[^\W_]+", unicodedata.normalize("NFKC", text).casefold()))


_GLUED = re.compile(r"</?(?:sub|sup|b|i|em|strong|code|span|small|font)\b", re.IGNORECASE)


def _attributes(tag: re.Match[str]) -> str:
    kept = " ".join("".join(values) for values in _KEPT.findall(tag[0]))
    return f" {kept} " if kept or not _GLUED.match(tag[0]) else ""


def words_of_source(text: str) -> set[str]:
    text = _IN_PAGE.sub(" ", _SILENT.sub(" ", text))
    text = _TAG.sub(_attributes, text)
    return words(unescape(unquote(text)))


def words_shown(document: CardDocument) -> set[str]:
    links = " ".join(f"{link.text} {unquote(link.url)}" for link in document.links)
    return words(unquote(f"{text_of(document)} {links}"))


def require_real_cards() -> list[Path]:
    found = real_cards()
    if not found:
        pytest.skip("no real cards beside the checkout")
    return found
