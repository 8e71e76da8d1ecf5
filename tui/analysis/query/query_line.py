"""The one-line query: its words, and the rows at hand that it selects.

``qwen task:text-generation params:7b..14b !has:gguf created:<90d origin:CN base:none sort:likes``

Words must all stand in the id. A ``!`` turns a word or field around. A value with spaces stands
in double quotes, in which a backslash takes the next character as it is; a quoted word is never
a field. What the Hub can answer becomes a part of the Query, the rest its terms.
"""

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from operator import attrgetter
from typing import Any, NamedTuple

from tui.analysis.query.terms import (
    Context,
    Predicate,
    asked_of_hub,
    check,
    has_tag,
    predicate,
    tag_of,
)
from tui.analysis.registry.registry import Registry
from tui.model import KINDS, SORTS, BadInput, Query, Repo, Term

HUB_TAGS = ("license", "library", "lang", "dataset", "base", "has", "tag")
ROW_TERMS = (
    "params", "likes", "downloads", "alltime", "created", "modified", "origin", "family",
    "relation", "gated", "app", "provider",
)  # fmt: skip
FIELDS = ("kind", "task", "author", "sort", "name", *HUB_TAGS, *ROW_TERMS)
_TOKEN = re.compile(r'(!?)(?:([A-Za-z]+):)?("(?:[^"\\]|\\.)*"(?=\s|$)|[^\s"]\S*|)(?=\s|$)')
_COLUMNS: dict[str, Callable[[Repo], Any]] = {
    "trending": attrgetter("trending_score"),
    "downloads": attrgetter("downloads"),
    "likes": attrgetter("likes"),
    "created": attrgetter("created_at"),
    "modified": attrgetter("last_modified"),
}


class _Token(NamedTuple):
    field: str  # "" for a word
    value: str
    negated: bool


def parse(line: str, kind: str = "model") -> Query:
    """The query that ``line`` writes. ``kind`` holds unless the line names one.

    Raises BadInput with the word that is wrong and what is allowed there.
    """
    once: dict[str, str] = {"kind": kind}
    words: list[str] = []
    tags: list[_Token] = []
    terms: list[Term] = []
    seen: set[str] = set()
    for token in _tokens(line):
        if token.field in ("", "name") and not token.negated:
            words.append(token.value)
        elif token.field in ("kind", "task", "author", "sort") and not token.negated:
            if token.field in seen:
                raise BadInput(f"{token.field}: stands twice; leave one")
            seen.add(token.field)
            once[token.field] = _single(token)
        elif token.field in HUB_TAGS and not token.negated and not _is_base_choice(token):
            tags.append(token)
        else:
            terms.append(_term(token))
    filters = tuple(dict.fromkeys(tag_of(t.field, t.value, once["kind"]) for t in tags))
    asked = (asked_of_hub(term, once["kind"]) for term in terms)
    return Query(
        kind=once["kind"],
        words=tuple(words),
        author=once.get("author"),
        task=once.get("task"),
        filters=filters,
        sort=once.get("sort", "trending"),
        terms=tuple(terms),
        asked=tuple(sorted({one for one in asked if one})),
    )


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
        parts.append(f"{mark}{term.field}:{_quoted(term.value)}")
    if query.sort != "trending":
        parts.append(f"sort:{query.sort}")
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
    ) -> list[Repo]:
        """The rows that satisfy ``query``, in its order. Raises BadInput as ``terms`` do."""
        rows: Sequence[Repo] = self.rows
        if query.words:
            first, *others = (word.lower() for word in query.words)
            kept = [at for at, name in enumerate(self._names) if first in name]
            for word in others:
                kept = [at for at in kept if word in self._names[at]]
            rows = [self.rows[at] for at in kept]
        if self._kinds - {query.kind}:
            rows = [row for row in rows if row.kind == query.kind]
        for asked in _predicates(query, Context(registry, now, origin)):
            rows = [row for row in rows if asked(row)]
        return sort_rows(rows, query.sort)


def select(
    rows: Iterable[Repo],
    query: Query,
    registry: Registry,
    now: float,
    origin: Callable[[Repo], str] | None = None,
) -> list[Repo]:
    """The rows that satisfy ``query``, in its order; ``origin`` gives a row's countries."""
    return RowIndex(rows).select(query, registry, now, origin)


def sort_rows(rows: Iterable[Repo], sort: str, reverse: bool = False) -> list[Repo]:
    """The rows with the greatest value of ``sort`` (a key of SORTS) first; ``reverse`` last.

    Rows of equal value keep their order, rows without a value stand at the end either way.
    """
    column = _COLUMNS[sort]
    rows = list(rows)
    known = [row for row in rows if column(row) is not None]
    unknown = [row for row in rows if column(row) is None]
    return sorted(known, key=column, reverse=not reverse) + unknown


def _predicates(query: Query, context: Context) -> Iterator[Predicate]:
    if query.author is not None:
        yield predicate(Term("author", query.author), context)
    if query.task is not None:
        yield predicate(Term("task", query.task), context)
    for tag in query.filters:
        yield has_tag(tag, context.registry)
    for term in query.terms:
        yield predicate(term, context)


def _name(row: Repo) -> str:
    return f"{row.id}\n{row.title}".lower() if row.title else row.id.lower()


def _tokens(line: str) -> Iterator[_Token]:
    place = len(line) - len(line.lstrip())
    while place < len(line):
        found = _TOKEN.match(line, place)
        if not found:
            raise BadInput(f"{line[place:].split()[0]}: a quote is not closed; add the second one")
        mark, field, value = found.groups()
        if field and field.lower() not in FIELDS:
            raise BadInput(f"{field}: is no field; use {', '.join(FIELDS)}, or quote the word")
        if value.startswith('"'):
            value = re.sub(r"\\(.)", r"\1", value[1:-1], flags=re.DOTALL)
        elif not value:
            raise BadInput(f"{mark}{field or ''}{':' if field else ''} needs a value after it")
        yield _Token((field or "").lower(), value, bool(mark))
        rest = line[found.end() :]
        place = len(line) - len(rest.lstrip())


def _single(token: _Token) -> str:
    if token.field == "author":
        return token.value
    value = token.value.lower()
    allowed = {"kind": KINDS, "sort": tuple(SORTS)}.get(token.field)
    if allowed and value not in allowed:
        raise BadInput(f"{token.field}:{token.value} means nothing; use {', '.join(allowed)}")
    return value


def _is_base_choice(token: _Token) -> bool:
    return token.field == "base" and token.value.lower() in ("none", "any")


def _term(token: _Token) -> Term:
    if token.field in ("kind", "sort"):
        raise BadInput(f"!{token.field}: has no meaning; leave the ! out")
    value = token.value
    if token.field == "origin":
        value = value.upper()
    elif token.field in ROW_TERMS or token.field == "task" or _is_base_choice(token):
        value = value.lower()
    term = Term(token.field or "name", value, token.negated)
    check(term)
    return term


def _tag_text(tag: str) -> str:
    head, colon, value = tag.partition(":")
    if colon and head in ("license", "dataset") and value:
        return f"{head}:{_quoted(value)}"
    if colon and head == "base_model" and value.lower() not in ("", "none", "any"):
        return f"base:{_quoted(value)}"
    return f"tag:{_quoted(tag)}"


def _quoted(value: str, word: bool = False) -> str:
    bare = value and not re.search(r"\s", value) and not value.startswith('"')
    if bare and word:
        bare = not value.startswith("!") and not re.match(r"[A-Za-z]+:", value)
    if bare:
        return value
    return '"' + value.replace("\\", "\\\\").replace('"', '\\"') + '"'
