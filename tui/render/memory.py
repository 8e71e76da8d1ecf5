"""What a model takes in memory, as lines: a row per set of weights, then how it was reckoned."""

from tui.analysis.memory.footprint import Fit
from tui.render import cells, table
from tui.render.facts import parameters_words
from tui.render.files import bits
from tui.render.spans import Line
from tui.render.table import Column

UNKNOWN = "unknown"


def columns(state: bool = True) -> list[Column]:
    """The columns of a table of FitRow; ``state`` where a model keeps one beside the cache."""
    every = [
        Column("quant", "quantization", 14, lambda row, now: row.quant or UNKNOWN, right=False),
        Column("bits", "bits/w", 6, lambda row, now: bits(row.bits_per_weight), priority=1),
        Column("weights", "weights", 9, lambda row, now: _size(row.weights)),
        Column("cache", "KV cache", 9, lambda row, now: _size(row.kv_cache)),
        Column("state", "state", 9, lambda row, now: _size(row.state), priority=3),
        Column("total", "together", 9, lambda row, now: _size(row.total)),
        Column(
            "name", "name", 8, lambda row, now: row.name, 2, right=False, elastic=True, role="id"
        ),
    ]
    return [column for column in every if state or column.key != "state"]


def lines(fit: Fit, width: int) -> list[Line]:
    """The table, the formula with its source, what is missing by name, and the notes."""
    plan = table.layout(columns(any(row.state for row in fit.rows)), width)
    rows = [table.header(plan), *(table.row(plan, row, 0.0) for row in fit.rows)]
    return [*rows, *words(fit, width)]


def words(fit: Fit, width: int) -> list[Line]:
    """The formula with its source, what is missing by name, and the notes."""
    return [line for text, role in _words(fit) for line in _wrapped(text, role, width)]


def _words(fit: Fit) -> list[tuple[str, str]]:
    most = "" if fit.max_context is None else f" of {fit.max_context:,}"
    rows = [(f"parameters: {parameters_words(fit.parameters)}", "text")]
    rows += [(f"context: {fit.context:,}{most} tokens, cache in {fit.cache_dtype}", "text")]
    if fit.formula:
        rows.append((f"KV cache ({fit.attention}) = {fit.formula}", "text"))
    if fit.state_formula:
        rows.append((f"state, whatever the context = {fit.state_formula}", "text"))
    if fit.source:
        rows.append((f"formula: {fit.source}", "muted"))
    rows += [(f"unknown: {fact}", "warn") for fact in fit.missing]
    return [*rows, *((note, "muted") for note in fit.notes)]


def _wrapped(words: str, role: str, width: int) -> list[Line]:
    return [((part, role),) for part in cells.wrap(words, max(20, width), hang="  ")]


def _size(value: int | None) -> str:
    return UNKNOWN if value is None else cells.size(value)
