"""The lens as switches: one letter turns each, and a panel shows how they stand."""

from collections.abc import Callable
from itertools import zip_longest
from typing import NamedTuple

from tui.model import Lens
from tui.model.lens import CREDITS, DERIVED, EVIDENCES, FIRST_PARTY, ORIGIN_RULES, WALKS
from tui.render.spans import Line, pad
from tui.render.table import CURSOR
from tui.render.words import WORDS

_ORIGINS = {"root": "root", "lab": "nearest lab", "uploader": "uploader"}
_WALKS = {"direct": "direct", "walked": "all descendants"}
_CREDITS = {"multi": "distinct", "fractional": "in parts"}
_EVIDENCES = {"declared": "declared", "named": "or by name ≈"}
_FIRST_PARTY = {"apart": "apart", "in": "counted in"}


class Switch(NamedTuple):
    """One switch: its letter, its name, what it means, how it stands, the lens with it turned."""

    letter: str
    label: str
    meaning: str
    state: Callable[[Lens], str]
    turned: Callable[[Lens], Lens]


def _next(values: tuple[str, ...], now: str) -> str:
    return values[(values.index(now) + 1) % len(values)]


def _relation(letter: str, relation: str, label: str, meaning: str) -> Switch:
    def turned(lens: Lens) -> Lens:
        relations = tuple(
            name for name in DERIVED if (name in lens.relations) is not (name == relation)
        )
        # None at all would count nothing.
        return lens._replace(relations=relations or lens.relations)

    return Switch(
        letter, label, meaning, lambda lens: "in" if relation in lens.relations else "-", turned
    )


SWITCHES = (
    Switch(
        "o",
        "origin by",
        "a model's roots, the nearest lab above it, or its uploader",
        lambda lens: _ORIGINS[lens.origin],
        lambda lens: lens._replace(origin=_next(ORIGIN_RULES, lens.origin)),
    ),
    Switch(
        "w",
        "lineage",
        "direct: what names a family's repo; else also what is made of that",
        lambda lens: _WALKS[lens.walk],
        lambda lens: lens._replace(walk=_next(WALKS, lens.walk)),
    ),
    Switch(
        "c",
        "credit",
        "distinct: a repo of two bases counts once for each; in parts: shared",
        lambda lens: _CREDITS[lens.credit],
        lambda lens: lens._replace(credit=_next(CREDITS, lens.credit)),
    ),
    Switch(
        "l",
        "repos",
        "all, or models of language only",
        lambda lens: "LLM only" if lens.llm else "all",
        lambda lens: lens._replace(llm=not lens.llm),
    ),
    Switch(
        "p",
        "first party",
        "whether a family's own uploads count among its derivatives",
        lambda lens: _FIRST_PARTY[lens.first_party],
        lambda lens: lens._replace(first_party=_next(FIRST_PARTY, lens.first_party)),
    ),
    Switch(
        "e",
        "evidence",
        "what places a repo: the base it names, or also its own name (≈)",
        lambda lens: _EVIDENCES[lens.evidence],
        lambda lens: lens._replace(evidence=_next(EVIDENCES, lens.evidence)),
    ),
    _relation("f", "finetune", "finetunes", "whether models trained further count"),
    _relation("a", "adapter", "adapters", "whether weights put beside a base count: LoRA"),
    _relation("q", "quantized", "quantized", "whether a base in fewer bits counts: GGUF, AWQ"),
    _relation("m", "merge", "merges", "whether blends of several models count"),
    _relation(
        "u", "unknown", "unknown relation", "whether a base counts that is named without saying how"
    ),
)
_LEFT = 34  # cells of the left column, at least
HEIGHT = 1 + (len(SWITCHES) + 1) // 2


def turn(lens: Lens, letter: str) -> Lens:
    """The lens with one switch turned. The last relation stays, since none would count nothing."""
    for switch in SWITCHES:
        if switch.letter == letter:
            return switch.turned(lens)
    return lens


def explained(at: int | None) -> str:
    """The meaning of the switch with the number ``at``; None: what the lens is for."""
    if at is None:
        return f"lens: {WORDS['lens']}"
    return f"{SWITCHES[at].label}: {SWITCHES[at].meaning}"


def panel(lens: Lens, changed: int, width: int, at: int | None = None) -> list[Line]:
    """The switches in two columns under a line that says what the last one changed.

    ``at``: the number of the one under the cursor, where there is one.
    """
    keys = "letters turn, j k explain"
    news = f"{changed} figures changed, marked *" if changed else keys
    lines: list[Line] = [((" lens", "title"), (f" · {news} · Esc closes", "muted"))]
    half, column = HEIGHT - 1, max(_LEFT, width // 2)
    for left, right in zip_longest(SWITCHES[:half], SWITCHES[half:]):
        second = _cell(right, lens, 18, width - column, at) if right else ()
        lines.append((*_cell(left, lens, 13, column, at), *second))
    return lines


def _cell(switch: Switch, lens: Lens, label: int, width: int, at: int | None) -> Line:
    edge = CURSOR if at is not None and SWITCHES[at] is switch else " "
    text = f"{switch.label:<{label}}{switch.state(lens)}"
    turned = switch.state(lens) != switch.state(Lens())
    return (
        (f"{edge} {switch.letter} ", "key"),
        (pad(text, width - 4), "accent" if turned else "text"),
    )
