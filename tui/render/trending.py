"""The words of a list of repos: what it is, whose its first rows are, what it leaves out."""

from collections.abc import Iterable

from tui.analysis.registry.registry import UNKNOWN
from tui.model import Author, Measure, Query, Row, Term, View
from tui.model.query import TURNED
from tui.render import cells
from tui.render.left_out import reasons
from tui.render.spans import Line

KIND_WORDS = {"model": "models", "dataset": "datasets", "space": "Spaces"}
SORT_WORDS = {
    "trending": "trending",
    "downloads": "most downloaded, 30 days",
    "likes": "most liked",
    "created": "newest",
    "modified": "last changed",
}
ORDER_WORDS = {
    **SORT_WORDS,
    "params": "most parameters",
    "gated": "gated first",
    "move": "risen most",
    "id": "by id",
    "author": "by author",
    "origin": "by origin",
    "family": "by family",
    "task": "by task",
    "library": "by library",
    "license": "by licence",
    "title": "by title",
    "sdk": "by sdk",
}


def title(query: Query) -> str:
    """What the list is: ``models · trending``, ``models · qwen · by Qwen · newest``."""
    parts = [KIND_WORDS[query.kind]]
    if query.words:
        parts.append(" ".join(query.words))
    if query.author:
        parts.append(f"by {query.author}")
    if query.task:
        parts.append(query.task)
    parts += list(query.filters)
    parts += [_term(term) for term in query.terms]
    parts.append(order_words(query.orders))
    return " · ".join(parts)


def order_words(orders: Iterable[str]) -> str:
    """``most parameters, then newest``; ``most liked · turned around``."""
    every = list(orders)
    words = [ORDER_WORDS[order.removeprefix(TURNED)] for order in every]
    around = [order.startswith(TURNED) for order in every]
    if all(around):
        return f"{', then '.join(words)} · turned around"
    phrases = (f"{word} turned around" if turn else word for word, turn in zip(words, around))
    return ", then ".join(phrases)


def _term(term: Term) -> str:
    """A field as it is written; which of its meanings ``base:none`` has."""
    written = f"{'!' if term.negated else ''}{term.field}:{term.value}"
    if term.field != "base":
        return written
    bare = (term.value == "none") is not term.negated
    return f"{written} (declares {'no repo' if bare else 'a repo'} as its base)"


def origin_strip(view: View[Row], depth: int, rule: str, room: int) -> Line:
    """``top 10 by uploader:  CN 5  US 3  ?? 1``: weights in whole or half rows, unknown last.

    Where ``room`` cells are too few the rule is left to the line below, then all is left out.
    """
    shares: dict[str, Measure] = {
        key.removeprefix("origin."): measure
        for key, measure in (view.measures or {}).items()
        if key.startswith("origin.")
    }
    if not shares:
        return ()
    ranked = sorted(
        shares.items(), key=lambda pair: (pair[0] == UNKNOWN, -(pair[1].value or 0), pair[0])
    )
    shown = "  ".join(f"{origin} {_weight(measure.value)}" for origin, measure in ranked)
    by = {"lab": "nearest lab"}.get(rule, rule)
    counted = ranked[0][1].n or depth
    head = f"top {counted} by {by}:  "
    if len(head) + len(shown) > room:
        head = f"top {counted}:  "
    return ((head, "muted"), (shown, "text")) if len(head) + len(shown) <= room else ()


def left_out(view: View[Row]) -> str:
    """What the list does not hold: `` · 1,000 rows looked through · 12 left out, params: …``.

    "" for a list of the Hub's own, which is all there and goes on below.
    """
    if not (view.left_out or view.query.terms):
        return ""
    sentences = reasons(view.left_out)
    if view.more and view.looked:
        sentences.insert(0, f"{view.looked:,} rows looked through, not all")
    return "".join(f" · {sentence}" for sentence in sentences)


def author(account: Author) -> str:
    """An author in one line: name, kind and the Hub's own totals."""
    totals = (
        (account.models, "models"),
        (account.datasets, "datasets"),
        (account.spaces, "Spaces"),
        (account.followers, "followers"),
    )
    counts = [f"{cells.count(n)} {unit}" for n, unit in totals if n is not None]
    return " · ".join([account.fullname or account.name, account.type, *counts])


def _weight(value: float | None) -> str:
    return cells.UNKNOWN if value is None else f"{value:.1f}".removesuffix(".0")
