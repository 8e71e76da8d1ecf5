"""The fields of a query as conditions on the rows of a census.

Each is true of just the rows for which ``tui.analysis.query.terms`` is, of the facts that a census
keeps; what asks for others (tags, files, who serves it) has no condition here.
"""

from collections.abc import Callable, Iterable
from typing import Any

from tui.analysis.query.spans import number_span, time_span
from tui.analysis.query.terms import values
from tui.ask.census.held import Held
from tui.ask.sources import Sources
from tui.model import RELATIONS, Query, Term
from tui.model.query import loosely
from tui.model.when import FLOOR, seconds
from tui.store.census.reader import ID

Condition = tuple[str, tuple[Any, ...]]
PLAIN = f"replace(lower({ID}), '_', '-')"
_NUMBERS = {"likes": "r.likes", "downloads": "r.downloads", "alltime": "r.all_time"}
_TIMES = {"created": "r.created", "modified": "r.modified"}
_BASE = "base_model:"
_NEVER: Condition = ("0", ())
_DECLARES = "EXISTS (SELECT 1 FROM edge e WHERE e.child = r.rank AND e.guessed = 0)"


def of_query(sources: Sources, held: Held, query: Query) -> list[Condition] | None:
    """What its author, task, tags and terms ask, but not its words; None where that is not kept.

    Terms about sizes are left to the caller: a size is reckoned, see ``own_terms``.
    """
    conditions: list[Condition | None] = []
    if query.author is not None:
        conditions.append(_author(query.author))
    if query.task is not None:
        conditions.append(_task(query.task.lower()))
    conditions += [_tag(sources, held, tag) for tag in query.filters]
    conditions += [
        _term(sources, held, term) for term in query.terms if term not in own_terms(query)
    ]
    answerable = [condition for condition in conditions if condition is not None]
    return answerable if len(answerable) == len(conditions) else None


def own_terms(query: Query) -> tuple[Term, ...]:
    """The terms that are asked of each row: those no table of a census answers."""
    return tuple(term for term in query.terms if term.field == "params" or ":" in _line(term))


def _line(term: Term) -> str:
    """The line of a family that a term names: only whole families have a number."""
    return term.value if term.field == "family" else ""


def _term(sources: Sources, held: Held, term: Term) -> Condition | None:
    conditions = [_value(sources, held, term.field, value) for value in values(term)]
    answerable = [condition for condition in conditions if condition is not None]
    if len(answerable) < len(conditions):
        return None
    sql = " OR ".join(f"coalesce({condition}, 0)" for condition, _ in answerable)
    params = tuple(param for _, own in answerable for param in own)
    return (f"NOT ({sql})" if term.negated else f"({sql})"), params


def _value(sources: Sources, held: Held, field: str, value: str) -> Condition | None:
    if field in _NUMBERS:
        return _number(_NUMBERS[field], field, value)
    if field in _TIMES:
        return _time(_TIMES[field], field, value, sources.now())
    condition_of = _FIELDS.get(field)
    return None if condition_of is None else condition_of(sources, held, value)


def _number(column: str, field: str, value: str) -> Condition:
    span = number_span(field, value)
    above, below = (">", "<") if span.strict else (">=", "<=")
    ends = [(above, span.lo), (below, span.hi)]
    sides = [f"{column} {sign} ?" for sign, end in ends if end is not None]
    return f"({' AND '.join(sides)})", tuple(end for _, end in ends if end is not None)


def _time(column: str, field: str, value: str, now: float) -> Condition:
    span = time_span(field, value, now)
    asked, params = [f"{column} IS NOT NULL"], []
    for sign, end in ((">=", span.start), ("<", span.end)):
        moment = seconds(end)
        if moment is not None:
            asked.append(f"{column} {sign} ?")
            params.append(round(moment * 1000))
    if field == "created" and span.start:  # anything up to then: in no span that has a beginning
        floor = round((seconds(FLOOR) or 0.0) * 1000)
        asked.append(f"{column} NOT BETWEEN ? AND ?")
        params += [floor, floor + 999]
    return f"({' AND '.join(asked)})", tuple(params)


def _author(value: str) -> Condition:
    return "r.author IN (SELECT id FROM author WHERE name = ?)", (value,)


def _task(value: str) -> Condition:
    return "r.task IN (SELECT id FROM word WHERE text = ?)", (value,)


def _words(held: Held, column: str, fits: Callable[[str], bool]) -> Condition:
    """A column whose text, one of few, is looked at here."""
    return _among(column, (number for number, text in held.census.words.items() if fits(text)))


def _among(column: str, numbers: Iterable[int]) -> Condition:
    listed = ", ".join(map(str, sorted(numbers)))
    return (f"{column} IN ({listed})", ()) if listed else _NEVER


def _tag(sources: Sources, held: Held, tag: str) -> Condition | None:
    head, _, value = tag.partition(":")
    if head == "license" and value:
        return _license(sources, held, value)
    return _based(sources, held, tag[len(_BASE) :]) if tag.lower().startswith(_BASE) else None


def _license(_: Sources, held: Held, value: str) -> Condition:
    wanted = value.lower()
    return _words(held, "r.license", lambda text: wanted in text.lower().split(", "))


def _based(sources: Sources, held: Held, value: str) -> Condition:
    relation, _, base = value.rpartition(":")
    node = held.census.find(sources.registry.canonical(base))
    if node is None or (relation and relation not in RELATIONS):
        return _NEVER
    sql = "SELECT child FROM below WHERE parent = ? AND child <> parent"
    if not relation:
        return f"(r.bases IS NOT NULL AND r.rank IN ({sql}))", (node,)
    sql = f"(r.bases IS NOT NULL AND r.rank IN ({sql} AND relation = ?))"
    return sql, (node, RELATIONS.index(relation))


def _base(sources: Sources, held: Held, value: str) -> Condition:
    if value in ("none", "any"):
        return (_DECLARES if value == "any" else f"NOT {_DECLARES}"), ()
    return _based(sources, held, value)


def _relation(_: Sources, __: Held, value: str) -> Condition:
    return (
        "EXISTS (SELECT 1 FROM edge e WHERE e.child = r.rank AND e.guessed = 0 AND e.relation = ?)",
        (RELATIONS.index(value),),
    )


def _family(sources: Sources, held: Held, value: str) -> Condition:
    """Its own repos, and those that name one of them."""
    number = held.census.families.get(sources.registry.require(value).key, 0)
    own = "SELECT node FROM mark WHERE family = ? AND family > 0"
    return (
        f"(r.rank IN ({own}) OR (r.bases IS NOT NULL AND r.rank IN"
        f" (SELECT b.child FROM below b WHERE b.parent IN ({own}))))",
        (number, number),
    )


def _origin(_: Sources, held: Held, value: str) -> Condition:
    """An uploader is at home in one country, so its mix is of one alone: there are few of those."""
    mixes = held.census.mixes
    among, params = _among(
        "o.uploader", (number for number, mix in mixes.items() if len(mix) == 1 and value in mix)
    )
    return f"EXISTS (SELECT 1 FROM mark o WHERE o.node = r.rank AND {among})", params


def _gated(_: Sources, held: Held, value: str) -> Condition:
    if value == "yes":
        return _words(held, "r.gated", lambda text: text not in ("false", ""))
    wanted = "false" if value == "no" else value
    return _words(held, "r.gated", lambda text: text == wanted)


def _name(_sources: Sources, _held: Held, value: str) -> Condition:
    parts = loosely([value])
    return f"({' AND '.join([f'instr({PLAIN}, ?) > 0'] * len(parts))})", tuple(parts)


_FIELDS: dict[str, Callable[[Sources, Held, str], Condition]] = {
    "author": lambda _, __, value: _author(value),
    "task": lambda _, __, value: _task(value.lower()),
    "license": _license,
    "base": _base,
    "relation": _relation,
    "family": _family,
    "origin": _origin,
    "gated": _gated,
    "name": _name,
}
