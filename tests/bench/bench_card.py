"""A model card's first screen, and its longest step, against Textual's Markdown widget.

Run it by hand: ``python tests/bench/bench_card.py``. Only the ratios mean anything elsewhere.
The figures of the widget's 500 KB are left out: it takes minutes.
"""

import asyncio
import gc
import statistics
import sys
import time
from collections.abc import Callable
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[2]))

from textual.app import App, ComposeResult
from textual.containers import VerticalScroll
from textual.widgets import Markdown

from tui.render.card import CardDocument

ROWS = 24
CELLS = 80
ROUNDS = 7
BASE = "https://hub.test/org/name"
PROSE = "A model of *some* size, with `code`, **weight** and a [link](https://hub.test/x). " * 4


def card(size: int) -> str:
    """A card of about ``size`` characters: prose, nested lists, a table, code and HTML."""
    parts: list[str] = []
    while sum(map(len, parts)) < size:
        number = len(parts)
        rows = "".join(f"| task {row} | {row * 7 % 100} | {row}.{number} |\n" for row in range(9))
        items = "".join(f"- item {item}\n  - inner `{item}`\n" for item in range(6))
        code = "".join(f'value_{line} = load("name", size={line})  # line\n' for line in range(9))
        parts.append(
            f"## Section {number}\n\n{PROSE}\n\n{items}\n| task | score | other |\n|---|---|---|\n"
            f"{rows}\n```python\n{code}```\n\n"
            f'<div align="center"><img src="a.png" alt="figure {number}"></div>\n\n'
        )
    return "".join(parts)


HOSTILE: dict[str, Callable[[int], str]] = {
    "brackets": lambda size: "[" * size,
    "images": lambda size: "![a" * (size // 3),
    "closed brackets": lambda size: ("[" * 40 + "]" * 40) * (size // 80),
    "links": lambda size: "[a](b) " * (size // 7),
    "stars": lambda size: "*a_" * (size // 3),
    "one line": lambda size: "word " * (size // 5),
    "one word": lambda size: "x" * size,
    "CJK": lambda size: "模型" * (size // 2),
    "headings": lambda size: "# a\n" * (size // 4),
    "items": lambda size: "- a\n" * (size // 4),
    "short lines": lambda size: "a\n" * (size // 2),
    "deep list": lambda size: "".join(" " * 2 * (n % 90) + "- a\n" for n in range(size // 90)),
    "quotes": lambda size: ">" * size,
    "table": lambda size: "|a|b|c|\n|-|-|-|\n" + "|x|y|z|\n" * (size // 8),
    "columns": lambda size: "|a" * (size // 4) + "\n" + "|-" * (size // 4) + "\n",
    "HTML table": lambda size: "<table>" + "<tr><td>a</td><td>b\n" * (size // 20),
    "open tags": lambda size: "<a " * (size // 3),
    "open quotes": lambda size: '<a "' * (size // 4),
    "open comments": lambda size: "<!--\n" * (size // 5),
    "fence": lambda size: "```python\n" + "if x: 'a\n" * (size // 9),
    "definitions": lambda size: "[a]: https://hub.test/b\n" * (size // 24),
    "entities": lambda size: "&amp;" * (size // 5),
}


def milliseconds(work: Callable[[], object]) -> float:
    begun = time.perf_counter()
    work()
    return (time.perf_counter() - begun) * 1000


def first_screen(text: str) -> None:
    CardDocument(text, CELLS, BASE).render_until(ROWS)


def steps(text: str) -> list[float]:
    """What each step takes: the least of three runs, so that other work does not count."""
    runs: list[list[float]] = []
    for _ in range(3):
        document = CardDocument(text, CELLS, BASE)
        taken: list[float] = []
        while not document.done:
            taken.append(milliseconds(document.step))
        runs.append(taken)
    return [min(step) for step in zip(*runs)]


class Viewer(App[None]):
    """Textual's own widget with one card."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.text = text

    def compose(self) -> ComposeResult:
        with VerticalScroll():
            yield Markdown()


async def widget(text: str) -> float:
    """Milliseconds until the widget's ``update`` returns; it paints after that."""
    app = Viewer(text)
    async with app.run_test(size=(CELLS, ROWS)) as pilot:
        begun = time.perf_counter()
        await app.query_one(Markdown).update(text)
        taken = (time.perf_counter() - begun) * 1000
        await pilot.pause()
        return taken


def main() -> None:
    gc.freeze()
    print(f"first card, parser not made  {milliseconds(lambda: first_screen(card(5000))):8.1f} ms")
    small, middle, large = card(5_000), card(50_000), card(500_000)
    ours = {len(t): [] for t in (small, middle, large)}  # type: dict[int, list[float]]
    theirs: list[float] = []
    for _ in range(ROUNDS):
        for text in (small, middle, large):
            ours[len(text)].append(milliseconds(lambda text=text: first_screen(text)))  # type: ignore[misc]
    theirs = [asyncio.run(widget(middle)) for _ in range(1)]
    for length, taken in ours.items():
        print(f"first screen of {length:>7} chars   {statistics.median(taken):8.1f} ms")
    ratio = statistics.median(ours[len(middle)]) / min(theirs)
    print(f"Textual's widget, {len(middle):>7}     {min(theirs):8.1f} ms   ours takes {ratio:.4f}")
    taken = steps(large)
    print(f"500 KB in {len(taken)} steps: all {sum(taken):.0f} ms, longest {max(taken):.1f} ms")
    for name, make in HOSTILE.items():
        begin = milliseconds(lambda make=make: CardDocument(make(400_000), CELLS))  # type: ignore[misc]
        taken = sorted(steps(make(40_000)))
        print(
            f"  {name:<16} begin {begin:6.1f} ms  {len(taken):>5} steps up to {taken[-1]:6.1f} ms"
        )


if __name__ == "__main__":
    main()
