"""Families side by side as rows, words and a picture."""

from xml.etree import ElementTree

import pytest

from tests.unit.render.test_families import Row, row
from tui.analysis.families.measures import NAMES
from tui.analysis.families.robustness import Robustness
from tui.analysis.history.dated import Dot, Series
from tui.model import Lens, Measure
from tui.output import pictures
from tui.render import compare as render
from tui.render.compare import MIX, Compared
from tui.render.spans import line_width, plain

RANK = Robustness("derivatives", ("qwen", "llama"), "qwen", 12, 12, 11, 0, ("finetune, alive",))
LABELS = {"qwen": "Qwen", "llama": "Llama"}


def mixed(label: str, **parts: float) -> Row:
    figures = {
        f"derivatives_{name}": Measure(value, "repos", "exact", "d")
        for name, value in parts.items()
    }
    return row(label, 100.0, **figures)


PAIR = [mixed("Qwen", finetune=30.0, adapter=10.0), row("Llama", 25.0)]


def made(changes: dict[str, frozenset[str]] | None = None) -> dict[str, Compared]:
    rows = render.rows(PAIR, changes or {}, [RANK])
    return {f"{'rank ' if one.rank else ''}{one.name}": one for one in rows}


def test_every_measure_is_a_row_then_the_order() -> None:
    assert list(made()) == [
        *NAMES[: NAMES.index("derivatives") + 1],
        MIX,
        *NAMES[NAMES.index("derivatives") + 1 :],
        "rank derivatives",
    ]


@pytest.mark.parametrize("width", [60, 80, 120])
@pytest.mark.parametrize("count", [2, 3, 6])
def test_no_row_is_wider_than_the_screen(width: int, count: int) -> None:
    families = [row(f"A long family name {n}", 1e6 * n) for n in range(count)]
    labels = {one.family.key: one.family.label for one in families}
    assert line_width(render.header(list(labels.values()), 1, width)) <= width
    for one in render.rows(families, {}, [RANK]):
        line = render.row(one, labels, width, cursor=True)
        assert line_width(line) <= width
        assert len(line) <= 3


def test_bars_share_one_scale_within_a_row() -> None:
    text = plain(render.row(made()["repos"], LABELS, 80, cursor=False))
    qwen, llama = text[23:51], text[51:]
    assert qwen.split()[0] == "100"
    assert llama.split()[0] == "25"
    assert qwen.count("█") == 4 * llama.count("█") + 3  # a quarter of 19 cells is 4 and a part


def test_the_column_cursor_stands_before_its_family() -> None:
    head = plain(render.header(["Qwen", "Llama"], 1, 80))
    assert "▸Llama" in head
    assert "▸Qwen" not in head


def test_only_the_changed_figure_is_marked() -> None:
    rows = made({"llama": frozenset({"repos"})})
    assert plain(render.row(rows["repos"], LABELS, 80, cursor=False)).count("*") == 1
    assert "*25" in plain(render.row(rows["repos"], LABELS, 80, cursor=False))
    assert "*" not in plain(render.row(rows["likes"], LABELS, 80, cursor=False))


def test_the_mix_is_a_stacked_bar_with_its_legend() -> None:
    bar = plain(render.row(made()[MIX], LABELS, 80, cursor=False))
    assert bar.count("▒") > 0
    words, parts = render.mix_definition("Qwen", made()[MIX].mixes[0])
    assert "█ finetune" in words
    assert parts.startswith("finetune 30 · adapter 10")
    assert render.mix_definition("Qwen", {"finetune": None})[1] == (
        "not known: fetch tier 1 with +"
    )


@pytest.mark.parametrize(
    ("rank", "words"),
    [
        (RANK, "derivatives: Qwen first under 11 of 12 settings (not: finetune, alive)"),
        (
            RANK._replace(agree=4, undecided=8, dissent=()),
            "derivatives: Qwen first under 4 of 12 settings, 8 undecided",
        ),
        (
            RANK._replace(first=None, agree=0, undecided=12, dissent=()),
            "derivatives: none is surely first under any of 12 settings",
        ),
        (
            RANK._replace(first=None, computed=0),
            "derivatives: the order cannot be tested yet, figures are missing",
        ),
    ],
)
def test_the_order_is_told_in_words(rank: Robustness, words: str) -> None:
    assert render.rank_words(rank, LABELS) == words
    assert "12 settings" in render.rank_definition(rank)


def test_a_picture_holds_bars_mix_course_and_definitions() -> None:
    series = [Series("Qwen", (Dot(0.0, 90.0, published=True), Dot(86400.0, 100.0)))]
    text = pictures.comparison("Qwen & Llama", PAIR, "repos", series, Lens(llm=True))
    root = ElementTree.fromstring(text)
    words = " ".join(node.text or "" for node in root.iter("{http://www.w3.org/2000/svg}text"))
    for part in ("Qwen & Llama", "100 repos", "derivatives by relation", "the repos", "LLM only"):
        assert part in words
    assert len(list(root.iter("{http://www.w3.org/2000/svg}circle"))) == 2
