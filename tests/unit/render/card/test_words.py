"""No input loses a word, puts a control character on the screen, or makes the card fail."""

import re
import unicodedata
from collections import Counter

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.unit.render.card.words import (
    card_text,
    finished,
    require_real_cards,
    text_of,
    words_of_source,
    words_shown,
)
from tui.model import clean
from tui.render.card import CardDocument

HOSTILE = {
    "nothing": "",
    "spaces": " \n\t\n   ",
    "unclosed fence": "before\n\n```python\ninside\n\nstill inside",
    "unclosed tag": "alpha <div title='beta\n\ngamma <b>delta <",
    "unclosed comment": "alpha\n\n<!-- beta\n\ngamma",
    "unclosed style": "alpha\n\n<style>beta\n\ngamma",
    "unclosed script": "alpha <script>beta gamma",
    "unclosed table": "<table><tr><td>alpha<td>beta<tr><td>gamma\n\n# delta\n\nepsilon",
    "stray closings": "</td></tr></table></li></ul>alpha</p></b></a></h1> beta",
    "cell in cell": "<table><tr><td>a1<table><tr><td>b2<td>c3</table>d4</td><td>e5</table> f6",
    "list in cell": "<table><tr><td><ul><li>one<li>two</ul></td><td>three</td></tr></table>",
    "crossed": "<ul><li><b>one<table><tr></ul><td>two</b></li></tr>three",
    "quotes": "> " * 300 + "deep",
    "bullets": "- " * 300 + "deep",
    "indents": "".join(" " * (2 * depth) + f"- item{depth}\n" for depth in range(120)),
    "tags": "<div><blockquote><ul><li>" * 200 + "deep",
    "nested tables": "<table><tr><td>x" * 60 + "deep",
    "broken references": "[one][two] [three] ![four][five]\n\n[six]: <\n",
    "footnote": "Text[^note] here.\n\n[^note]: explained\n[^two]: https://a.test/b",
    "ragged table": "|one|two|\n|-|-|\n|a|b|c **d**|e|\n|f|\n",
    "many columns": "|" + "".join(f"c{n}|" for n in range(2000)) + "\n" + "|-" * 2000 + "|\n",
    "tokens": "<s>[INST] ask [/INST] answer</s> <think>why</think> <|im_start|>",
    "formula": "$a_b*c*$ and $$x_1\n= y_2$$ and \\(p_q\\) cost $5 or $6",
    "entities": "&lt;b&gt; &#27;[31m &#x202e;left &copy; &#155;",
    "data": "![alt](data:image/png;base64," + "QUJD" * 3000 + ") after",
    "schemes": "[one](javascript:two) [three](http://four.test) [five](mailto:six@seven.test)",
    "combining": "e" + "\u0301" * 500 + " end",
    "right to left": "שלום עולם and مرحبا",
    "families": "👨‍👩‍👧‍👦" * 100 + " end",
}


def letters(document: CardDocument) -> Counter[str]:
    return Counter(char for char in text_of(document) if char.isalnum())


@pytest.mark.parametrize("name", HOSTILE)
def test_hostile_cards_keep_their_words(name: str) -> None:
    source = clean(HOSTILE[name])
    wide = finished(source)
    expected = words_of_source(re.sub(r"data:[^)]+", "", source))
    if name == "combining":
        expected = {"end"}
    assert expected <= words_shown(wide)
    for cells in (1, 20, 80):
        assert letters(finished(source, cells)) == letters(wide), cells


@pytest.mark.parametrize("name", HOSTILE)
def test_no_span_steers_the_terminal(name: str) -> None:
    document = finished(clean(HOSTILE[name]), 40)
    for line in document.lines:
        for text, role in line:
            assert role
            assert text == clean(text)
            assert not {"\n", "\t"} & set(text)


def test_real_cards_keep_their_words() -> None:
    for path in require_real_cards():
        source = card_text(path)
        wide = finished(source)
        assert words_of_source(source) <= words_shown(wide), path.name
        assert letters(finished(source, 38)) == letters(wide), path.name


LETTERS = "abcdefghijklmnopqrstuvwxyz"


def spelled(number: int) -> str:
    """A word of its own for each number: two to nine letters, and two digits."""
    letters, digits = divmod(number, 100)
    word = ""
    while letters or len(word) < 2:
        letters, at = divmod(letters, 26)
        word += LETTERS[at]
    return f"{word}{digits:02}"


WORD = st.integers(0, 100 * 26**9 - 1).map(spelled)
INLINE = st.one_of(
    WORD,
    WORD.map("**{}**".format),
    WORD.map("*{}".format),
    WORD.map("`{}`".format),
    WORD.map("<b>{}".format),
    WORD.map("{}</i>".format),
    WORD.map("[{}".format),
    WORD.map("[{}](https://a.test)".format),
    WORD.map("![{}](x.png)".format),
    WORD.map("${}$".format),
    WORD.map("~~{}~~".format),
    WORD.map('<a href="b">{}'.format),
    WORD.map("<sup>{}</sup>".format),
    WORD.map("<unknown>{}".format),
    WORD.map("模型{}".format),
)
PROSE = st.lists(INLINE, min_size=1, max_size=4).map(" ".join)
SHAPES = [
    "{}\n\n", "# {}\n", "{}\n===\n", "- {}\n", "  - {}\n", "1. {}\n", "> {}\n", "> - {}\n",
    "- [x] {}\n", "```\n{}\n```\n", "```\n{}\n", "    {}\n", "|{}|b|\n|-|-|\n", "|{}|c|d|\n",
    "<div>{}</div>\n", "<table><tr><td>{}\n", "</td><td>{}</table>\n", "<ul><li>{}\n\n",
    "<details><summary>{}</summary>\n\n", "<pre>{}\n", "</pre>{}\n", "<h2>{}\n", "[^1]: {}\n",
    "<p align=center>{}<br>", "$$\n{}\n$$\n", "{}\\\n", "\t{}\n", "***\n{}\n", "<!-- x -->{}\n",
]  # fmt: skip
BLOCK = st.builds(str.format, st.sampled_from(SHAPES), PROSE)


@settings(max_examples=150)
@given(st.lists(BLOCK, max_size=8).map("".join), st.integers(1, 90))
def test_made_markdown_keeps_its_words(source: str, cells: int) -> None:
    wide = finished(source)
    made = set(re.findall(r"[a-z]{2,9}[0-9]{2}", source))
    shown = unicodedata.normalize("NFKC", " ".join([text_of(wide), *words_shown(wide)]))
    assert {word for word in made if word not in shown} == set()
    assert letters(finished(source, cells)) == letters(wide)


@settings(max_examples=150)
@given(st.text(st.sampled_from("ab \n\t#*_`~[]()<>!|-+=:$\\&;\"'/1.>é模👩‍\u0301"), max_size=160))
def test_any_text_is_shown_without_failing(source: str) -> None:
    document = finished(clean(source), 24)
    assert document.done
    assert all(text == clean(text) for line in document.lines for text, _ in line)
