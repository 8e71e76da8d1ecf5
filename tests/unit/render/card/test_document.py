"""The document: lines come in order and stay, places survive a resize, lists are complete."""

import pytest

from tests.unit.render.card.words import BASE, card_text, finished, require_real_cards, text_of
from tui.render.card import CardDocument, Code, Heading, Link, plain

CARD = """# Name

Intro with a [paper](https://arxiv.test/1) and `code`.

## Use

```python
import name  # why
print("x", 1)
```

- first
- second, see [the file](docs/use.md)

| a | b |
|---|--:|
| 1 | 22 |

![shape](img/s.png)
"""
LONG = "".join(f"## Part {n}\n\n{'word ' * 60}\n\n" for n in range(200))


def lines(document: CardDocument) -> list[str]:
    return text_of(document).split("\n")


def test_a_card_as_lines() -> None:
    assert lines(finished(CARD, 40)) == [
        "Name",
        "━━━━",
        "",
        "Intro with a paper and code.",
        "",
        "Use",
        "───",
        "",
        "python",
        "  import name  # why",
        '  print("x", 1)',
        "",
        "• first",
        "• second, see the file",
        "",
        "a │  b",
        "──┼───",
        "1 │ 22",
        "",
        "image: shape",
    ]


def test_roles() -> None:
    document = finished(CARD, 40)
    assert document.lines[0] == (("Name", "h1"),)
    assert document.lines[3] == (
        ("Intro with a ", "text"),
        ("paper", "link"),
        (" and ", "text"),
        ("code", "code"),
        (".", "text"),
    )
    assert document.lines[9][1:] == (
        ("import", "code.keyword"),
        (" name  ", "code"),
        ("# why", "code.comment"),
    )


def test_outline_links_and_code_know_their_lines() -> None:
    document = finished(CARD, 40)
    assert document.outline == [Heading(1, "Name", 0), Heading(2, "Use", 5)]
    assert document.links == [
        Link(1, "paper", "https://arxiv.test/1", 3),
        Link(2, "the file", f"{BASE}/blob/main/docs/use.md", 13),
        Link(3, "image: shape", f"{BASE}/resolve/main/img/s.png", 19),
    ]
    assert document.code == [Code(9, 10, 'import name  # why\nprint("x", 1)\n')]


def test_the_first_screen_needs_only_the_beginning() -> None:
    document = CardDocument(LONG, 80)
    assert not document.lines
    document.render_until(24)
    assert 24 <= len(document.lines) < 120
    assert not document.done
    assert 0 < document.rendered < 0.2


def test_what_shows_nothing_does_not_hold_the_caller() -> None:
    document = CardDocument("[a]: https://a.test\n" * 20_000 + "end", 80)
    document.render_until(24)
    assert (document.lines, document.done) == ([], False)
    while document.step():
        pass
    assert lines(document) == ["end"]


def test_lines_stay_as_more_arrive() -> None:
    document = CardDocument(LONG, 80)
    document.render_until(50)
    before, outline = list(document.lines), list(document.outline)
    while document.step():
        pass
    assert document.done
    assert document.rendered == 1.0
    assert document.lines[: len(before)] == before
    assert document.outline[: len(outline)] == outline
    assert [heading.text for heading in document.outline] == [f"Part {n}" for n in range(200)]


def test_step_after_the_end_changes_nothing() -> None:
    document = finished(CARD, 40)
    before = list(document.lines)
    assert not document.step()
    assert document.lines == before


def test_offsets_lead_to_lines_and_back() -> None:
    document = finished(LONG, 80)
    for part in (0, 7, 199):
        offset = LONG.index(f"## Part {part}\n")
        line = document.line_of(offset)
        assert document.text_of(line) == f"Part {part}"
        assert document.offset_of(line) == offset


def test_a_resize_keeps_the_place() -> None:
    document = finished(LONG, 80)
    place = document.offset_of(document.line_of(LONG.index("## Part 120\n")))
    document.resize(33)
    assert not document.lines
    document.render_past(place)
    assert document.text_of(document.line_of(place)) == "Part 120"
    assert all(len(document.text_of(line)) <= 33 for line in range(len(document.lines)))


def test_offsets_rise_in_real_cards() -> None:
    for path in require_real_cards():
        text = card_text(path)
        document = finished(text, 70)
        offsets = [document.offset_of(line) for line in range(len(document.lines))]
        assert offsets == sorted(offsets)
        assert offsets[-1] < len(text)


@pytest.mark.parametrize("text", ["", "\n\n"])
def test_an_empty_card(text: str) -> None:
    document = finished(text, 80)
    assert (document.lines, document.done, document.rendered) == ([], True, 1.0)
    assert (document.offset_of(3), document.line_of(3)) == (0, 0)
    assert plain(text, 80) == ""


def test_wide_lines_are_told() -> None:
    document = finished("a\n\n```\n" + "x" * 50 + "\nshort\n```\n\nb", 20)
    assert [(wide.first, wide.last, wide.cells) for wide in document.wide] == [(2, 2, 52)]
    assert document.widest == 52


def test_code_cut_into_sections_is_one_block() -> None:
    source = "".join(f"    line_{n} = [{n}, '{'y' * 30}']\n" for n in range(900))
    document = finished(f"intro\n\n```python\n{source}```\n\nafter", 80)
    assert len(document.code) == 1
    code = document.code[0]
    assert code.source == source
    assert code.last - code.first == 899
    assert document.text_of(code.last).strip().startswith("line_899")
    assert document.text_of(len(document.lines) - 1) == "after"


def test_a_long_table_is_one_table() -> None:
    rows = "".join(f"| name {n} | {n} |\n" for n in range(700))
    document = finished(f"| key | value |\n|---|---|\n{rows}", 80)
    shown = lines(document)
    assert len(shown) == 702
    assert [line for line in shown if "key" in line] == shown[:1]
    assert {line.index("│") for line in shown if "│" in line} == {9}


def test_references_are_found_wherever_they_stand() -> None:
    text = f"See [the paper][P].\n\n{'word ' * 2000}\n\n[p]: https://paper.test/x\n"
    document = CardDocument(text, 80)
    document.render_until(1)
    assert [link.url for link in document.links] == ["https://paper.test/x"]


def test_plain_lists_the_links() -> None:
    text = plain(CARD, 40, BASE)
    assert text.startswith("Name\n━━━━\n")
    assert text.endswith(
        "Links\n"
        "   1  paper  https://arxiv.test/1\n"
        f"   2  the file  {BASE}/blob/main/docs/use.md\n"
        f"   3  image: shape  {BASE}/resolve/main/img/s.png\n"
    )
