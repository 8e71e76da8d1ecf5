"""The one-line query: its words, and the rows at hand that it selects.

``qwen task:text-generation params:7b..14b !has:gguf created:<90d origin:CN base:none sort:likes``

Words must all stand in the id. A ``!`` turns a word or field around. Of values with commas between
one is enough, as in ``license:mit,apache-2.0``. A value with spaces stands in double quotes, in
which a backslash takes the next character as it is; a quoted word is never a field, a quoted value
never several. ``sort:likes,created`` orders by likes, where these are equal by the date; ``!`` in
front of one turns it around. What the Hub can answer becomes a part of the Query, the rest its
terms.
"""

import re
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from typing import NamedTuple

from tui.analysis.query import fits, terms
from tui.analysis.query.narrowing import asked_of_hub
from tui.analysis.query.nearest import did_you_mean
from tui.analysis.query.order import by_columns
from tui.analysis.query.tags import has_tag, tag_of
from tui.analysis.query.terms import CONTEXT, Context, Predicate, check, predicate
from tui.analysis.query.tokens import HUB_TAGS, ONCE, ROW_TERMS, Token, tokens
from tui.analysis.registry.registry import Registry
from tui.model import KINDS, BadInput, BadWord, Query, Repo, Term
from tui.model.query import ORDERS, TURNED, loosely


def parse(line: str, kind: str = "model") -> Query:
    """The query that ``line`` writes. ``kind`` holds unless the line names one.

    Raises BadInput with the word that is wrong and what is allowed there.
    """
    read = _Read({"kind": kind}, [], [], [], set())
    for token in tokens(line):
        try:
            _take(read, token)
        except BadInput as problem:
            raise _pointed(problem, line, token) from None
    once, own = read.once, read.terms
    if any(term.field == CONTEXT for term in own) and not any(t.field == "fits" for t in own):
        token = next(word for word in tokens(line) if word.field == CONTEXT)
        sentence = "ctx: is the context that fits: counts; add fits:24gb or fits:here"
        raise BadWord(sentence, line, token.start, token.end)
    filters = tuple(dict.fromkeys(tag_of(t.field, t.value, once["kind"]) for t in read.tags))
    # The Hub's own sizes leave out rows without one: it narrows by them only what has no bounds.
    bounded = bool(read.words or filters or once.keys() & {"author", "task"})
    sized = [term for term in own if term.field != "params" or not bounded]
    parameters = (asked_of_hub(term, once["kind"]) for term in sized)
    return Query(
        kind=once["kind"],
        words=tuple(read.words),
        author=once.get("author"),
        task=once.get("task"),
        filters=filters,
        terms=tuple(own),
        asked=tuple(sorted({parameter for parameter in parameters if parameter})),
    ).ordered(orders(once.get("sort", "trending")))


def orders(value: str) -> tuple[str, ...]:
    """What ``sort:`` and ``--sort`` name, of ORDERS. Raises BadInput for anything else."""
    names = tuple(filter(None, value.lower().split(","))) or (value,)
    for name in names:
        if (bare := name.removeprefix(TURNED)) not in ORDERS:
            sentence = f"sort:{name} means nothing; use {', '.join(ORDERS)}"
            raise BadInput(_hinted(sentence, bare, ORDERS))
    return names


class _Read(NamedTuple):
    """The parts of a line that are read so far."""

    once: dict[str, str]  # fields that may stand once
    words: list[str]
    tags: list[Token]
    terms: list[Term]
    seen: set[str]  # of ONCE


def _take(read: _Read, token: Token) -> None:
    """Put one token where it belongs. Raises BadInput for a value that means nothing there."""
    plain = not token.negated and not token.several
    if token.field in ("", "name") and not token.negated:
        read.words.append(token.value)
    elif token.field in ONCE and (plain or token.field in ("kind", "sort")) and not token.negated:
        if token.field in read.seen:
            raise BadInput(f"{token.field}: stands twice; leave one")
        read.seen.add(token.field)
        read.once[token.field] = _single(token)
    elif token.field in HUB_TAGS and plain and not _is_base_choice(token):
        read.tags.append(token)
    else:
        read.terms.append(_term(token))


def verify(line: str, query: Query, registry: Registry) -> None:
    """Raise BadInput for a family of ``line`` that ``registry`` does not know, with its place."""
    if not any(term.field == "family" for term in query.terms):
        return
    for token in tokens(line):
        for value, start, end in token.values() if token.field == "family" else ():
            try:
                registry.require(value)
            except BadInput as problem:
                keys = [family.key for family in registry.families]
                sentence = _hinted(str(problem), value, keys)
                raise BadWord(sentence, line, start, end) from None


def text(query: Query) -> str:
    """The line that gives ``query`` again (all but its limit)."""
    parts = [_quoted(word, word=True) for word in query.words]
    if query.kind != "model":
        parts.append(f"kind:{query.kind}")
    for field, value in (("author", query.author), ("task", query.task)):
        if value is not None:
            parts.append(f"{field}:{_quoted(value)}")
    parts += [_tag_text(tag) for tag in query.filters]
    for term in query.terms:
        mark = "!" if term.negated else ""
        parts.append(f"{mark}{term.field}:{_quoted(term.value, several=True)}")
    if query.orders != ("trending",):
        parts.append(f"sort:{','.join(query.orders)}")
    return " ".join(parts)


class RowIndex:
    """Rows with their names in lower case, ready to be filtered at each key pressed."""

    __slots__ = ("_kinds", "_names", "rows")

    def __init__(self, rows: Iterable[Repo]) -> None:
        self.rows = tuple(rows)
        self._names = [_name(row) for row in self.rows]
        self._kinds = {row.kind for row in self.rows}

    def select(
        self,
        query: Query,
        registry: Registry,
        now: float,
        origin: Callable[[Repo], str] | None = None,
        known: fits.Known = fits.NOTHING,
    ) -> list[Repo]:
        """The rows that satisfy ``query``, in its order. Raises BadInput as ``terms`` do."""
        rows: Sequence[Repo] = self.rows
        if query.words:
            first_word, *more_words = loosely(query.words)
            places = [at for at, name in enumerate(self._names) if first_word in name]
            for word in more_words:
                places = [at for at in places if word in self._names[at]]
            rows = [self.rows[at] for at in places]
        if self._kinds - {query.kind}:
            rows = [row for row in rows if row.kind == query.kind]
        context = Context(registry, now, origin, known, terms.tokens(query.terms))
        for asked in predicates(query, context):
            rows = [row for row in rows if asked(row)]
        return by_columns(rows, query.orders, registry)


def select(
    rows: Iterable[Repo],
    query: Query,
    registry: Registry,
    now: float,
    origin: Callable[[Repo], str] | None = None,
) -> list[Repo]:
    """The rows that satisfy ``query``, in its order; ``origin`` gives a row's countries."""
    return RowIndex(rows).select(query, registry, now, origin)


def predicates(query: Query, context: Context) -> Iterator[Predicate]:
    """What ``query`` asks of a row beside its words and its kind. Raises BadInput as terms do."""
    if query.author is not None:
        yield predicate(Term("author", query.author), context)
    if query.task is not None:
        yield predicate(Term("task", query.task), context)
    for tag in query.filters:
        yield has_tag(tag, context.registry)
    for term in query.terms:
        yield predicate(term, context)


def _name(row: Repo) -> str:
    name = f"{row.id}\n{row.title}" if row.title else row.id
    return name.lower().replace("_", "-")


def _single(token: Token) -> str:
    if token.field == "author":
        return token.value
    value = token.value.lower()
    if token.field == "kind" and value not in KINDS:
        sentence = f"kind:{token.value} means nothing; use {', '.join(KINDS)}"
        raise BadInput(_hinted(sentence, value, KINDS))
    if token.field == "sort":
        orders(value)
    return value


def _hinted(sentence: str, value: str, good: Collection[str]) -> str:
    """What is wrong, with the nearest good value in place of all of them, where one is near."""
    near = did_you_mean(value, good)
    return f"{sentence.partition('; ')[0]}; {near}" if near else sentence


def _pointed(problem: BadInput, line: str, token: Token) -> BadWord:
    """The problem of a token at the one of its values that has it, else at all of it."""
    if token.several and token.field in ROW_TERMS:
        for value, start, end in token.values():
            try:
                _term(Token(token.field, value, token.negated))
            except BadInput as own:
                return BadWord(str(own), line, start, end)
    return BadWord(str(problem), line, token.start, token.end)


def _is_base_choice(token: Token) -> bool:
    return token.field == "base" and token.value.lower() in ("none", "any")


def _term(token: Token) -> Term:
    if token.negated and token.field in ("kind", "sort", "fits", CONTEXT):
        raise BadInput(f"!{token.field}: has no meaning; leave the ! out")
    value = token.value
    if token.field == "origin":
        value = value.upper()
    elif token.field in ROW_TERMS or token.field == "task" or _is_base_choice(token):
        value = value.lower()
    term = Term(token.field or "name", value, token.negated)
    try:
        check(term)
    except BadInput as problem:
        good = terms.CHOICES.get(term.field, ())
        raise BadInput(_hinted(str(problem), value, good)) from None
    return term


def _tag_text(tag: str) -> str:
    head, colon, value = tag.partition(":")
    if colon and head in ("license", "dataset") and value:
        return f"{head}:{_quoted(value)}"
    if colon and head == "base_model" and value.lower() not in ("", "none", "any"):
        return f"base:{_quoted(value)}"
    return f"tag:{_quoted(tag)}"


def _quoted(value: str, word: bool = False, several: bool = False) -> str:
    bare = value and not re.search(r"\s", value) and not value.startswith('"')
    if bare and not word:
        bare = ("," not in value or several) and bool(value.strip(","))
    if bare and word:
        bare = not value.startswith("!") and not re.match(r"[A-Za-z]+:", value)
    if bare:
        return value
    return '"' + value.replace("\\", "\\\\").replace('"', '\\"') + '"'
