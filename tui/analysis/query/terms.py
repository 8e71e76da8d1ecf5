"""What one ``field:value`` of the query line asks of a row.

A fact that a row does not state satisfies no term, so ``params:7b..14b`` leaves out the rows of
unknown size, which are counted by what they lack, and ``!params:7b..14b`` keeps them. Of several
values, ``license:mit,apache-2.0``, one is enough.
"""

import re
from collections.abc import Callable, Iterable
from typing import NamedTuple

from tui.analysis.lineage.edges import parents_of
from tui.analysis.memory import quants
from tui.analysis.memory.parameters import of_repo
from tui.analysis.origins.origins import label, weights
from tui.analysis.query import fits
from tui.analysis.query.nearest import COUNTRIES
from tui.analysis.query.spans import number, number_span, time_span
from tui.analysis.query.tags import has_tag, tag_of
from tui.analysis.registry.registry import UNKNOWN, Registry
from tui.model import RELATIONS, BadInput, Repo, Term
from tui.model.query import loosely

Predicate = Callable[[Repo], bool]
Answer = Callable[[Repo], bool | None]  # None: the row lacks the fact

NUMBERS: dict[str, Callable[[Repo], float | None]] = {
    "params": lambda repo: of_repo(repo).count,
    "likes": lambda repo: repo.likes,
    "downloads": lambda repo: repo.downloads,
    "alltime": lambda repo: repo.downloads_all_time,
}
TIMES: dict[str, Callable[[Repo], str | None]] = {
    "created": lambda repo: repo.created_at,
    "modified": lambda repo: repo.last_modified,
}
CHOICES = {
    "gated": ("yes", "no", "auto", "manual"),
    "relation": RELATIONS,
    "base": ("none", "any"),
}
HUB_ONLY = "app"  # the field that the Hub's list answers and no row states
CONTEXT = "ctx"  # no question of its own: the tokens that fits: counts the cache for
BASE_WORDS = {
    False: "base:none is a row that declares no repo as its base: nothing, a path, or just None",
    True: "!base:none is a row that declares a repo as its base, if only itself; a path is none",
}


class Context(NamedTuple):
    """Facts beside the row that terms need. ``origin``: the row's countries by the lens."""

    registry: Registry
    now: float  # seconds since 1970, UTC
    origin: Callable[[Repo], str] | None = None
    known: fits.Known = fits.NOTHING
    tokens: int = 0  # of the cache that fits: counts


def values(term: Term) -> tuple[str, ...]:
    """The values of a term, one of which is enough; at least one."""
    return tuple(value for value in term.value.split(",") if value) or (term.value,)


def check(term: Term) -> None:
    """Raise BadInput, naming what is allowed, for a value that the field cannot take."""
    if term.field == HUB_ONLY and (term.negated or "," in term.value):
        raise BadInput(
            f"{'!' * term.negated}app:{term.value} cannot be asked; "
            "the Hub lists only what runs in one app"
        )
    for value in values(term):
        _check(term.field, value)


def _check(field: str, value: str) -> None:
    if field in NUMBERS:
        number_span(field, value)
    elif field in TIMES:
        time_span(field, value, 0.0)
    elif field in CHOICES and value not in CHOICES[field] and field != "base":
        raise BadInput(f"{field}:{value} means nothing; use {', '.join(CHOICES[field])}")
    elif field == "origin" and value in COUNTRIES:
        raise BadInput(f"origin:{value} is no country's code; did you mean {COUNTRIES[value]}?")
    elif field == "origin" and value != UNKNOWN and not re.fullmatch(r"[A-Z]{2}", value):
        raise BadInput(f"origin:{value} is no country; use a code of two letters, or ??")
    elif field == "fits" and _room(value, None) is None and value != fits.HERE:
        raise BadInput(f"fits:{value} is no size of memory; write 24gb, 16GiB or here")
    elif field == CONTEXT and not number(value):
        raise BadInput(f"ctx:{value} is no number of tokens; write 8k or 8192")


def tokens(terms: Iterable[Term]) -> int:
    """The context that ``ctx:`` names, in tokens of which 1k is 1,024; 0 where there is none.

    Contexts are powers of two, and written with ``k`` for 1,024.
    """
    for term in terms:
        if term.field == CONTEXT:
            text = term.value.lower()
            whole = number(text) or 0
            return whole * 1024 // 1000 if text.endswith("k") else whole
    return 0


def predicate(term: Term, context: Context) -> Predicate:
    """The question a term asks of a row. Raises BadInput where the value cannot be understood."""
    question = answer(term, context)
    return lambda repo: bool(question(repo))


def answer(term: Term, context: Context) -> Answer:
    """The question a term asks of a row: True, False, or None for a row that lacks the fact.

    A negated term is never in doubt: it leaves out what surely is so, and keeps the rest.
    """
    if term.field == CONTEXT:
        return lambda repo: True
    questions = [_positive(term.field, value, context) for value in values(term)]
    if term.negated:
        return lambda repo: not any(question(repo) for question in questions)
    if len(questions) == 1:
        return questions[0]
    return lambda repo: _any([question(repo) for question in questions])


def lacking(term: Term, repo: Repo) -> str:
    """What a row lacks for the term, as a reason that many rows share."""
    if term.field == "params":
        reason = fits.short(of_repo(repo).doubt)
    elif term.field == "fits":
        reason = fits.doubt(repo)
    elif term.field == "created" and repo.created_at:
        reason = "some day before March 2022"
    elif term.field == "quant":
        reason = "the files are not listed"
    else:
        reason = "not known"
    return f"{term.field}: {reason}"


def _any(answers: list[bool | None]) -> bool | None:
    if any(answers):
        return True
    return None if None in answers else False


def _positive(field: str, value: str, context: Context) -> Answer:
    if field in NUMBERS:
        span, fact = number_span(field, value), NUMBERS[field]
        return lambda repo: None if (amount := fact(repo)) is None else span.holds(amount)
    if field in TIMES:
        return _in_time(field, value, context.now)
    if field == "base" and value in CHOICES["base"]:
        return lambda repo: bool(parents_of(repo)) == (value == "any")  # as BASE_WORDS says
    question_of = _FACTS.get(field)
    return question_of(value, context) if question_of else _plain(field, value, context.registry)


def _plain(field: str, value: str, registry: Registry) -> Predicate:
    """The fields that are columns or tags: also what the Hub can filter by."""
    lower = value.lower()
    if field == "name":
        parts = loosely([value])
        return lambda repo: all(part in repo.id.lower().replace("_", "-") for part in parts)
    if field == "author":
        return lambda repo: (repo.author or repo.id.partition("/")[0]).lower() == lower
    if field == "task":
        return lambda repo: repo.task == lower
    return has_tag(tag_of(field, value), registry)


def meanings(terms: Iterable[Term]) -> list[str]:
    """The meaning, in words, of terms that could be read in more than one way."""
    readings = {
        (term.value == "any") is not term.negated
        for term in terms
        if term.field == "base" and term.value in CHOICES["base"]
    }
    return [BASE_WORDS[with_base] for with_base in sorted(readings)]


def _in_time(field: str, value: str, now: float) -> Answer:
    span, fact = time_span(field, value, now), TIMES[field]
    inside = span.created if field == "created" else span.holds
    return lambda repo: None if (moment := fact(repo)) is None else inside(moment)


def _of_origin(value: str, context: Context) -> Answer:
    def by_uploader(repo: Repo) -> str:
        return label(weights(repo, "uploader", context.registry))

    origin = context.origin or by_uploader

    def asked(repo: Repo) -> bool | None:
        countries = origin(repo).split("+")
        if value in countries:
            return True
        return None if UNKNOWN in countries else False

    return asked


def _of_family(value: str, context: Context) -> Predicate:
    registry = context.registry
    family = registry.require(value)

    def asked(repo: Repo) -> bool:
        ids: Iterable[str] = (repo.id, *(edge.parent for edge in parents_of(repo)))
        return any(registry.owns(family, repo_id) for repo_id in ids)

    return asked


def _gated(value: str, context: Context) -> Answer:
    def asked(repo: Repo) -> bool | None:
        if repo.gated is None:
            return None
        if value in ("no", "yes"):
            return bool(repo.gated) == (value == "yes")
        return repo.gated == value

    return asked


def _room(value: str, here: int | None) -> int | None:
    """The bytes that ``fits:`` names; None where they are not known, or it names none."""
    if value == fits.HERE:
        return here
    from tui.analysis.memory import machine

    return machine.size(value)


def _fits(value: str, context: Context) -> Answer:
    room = _room(value, context.known.here)
    if room is None:
        raise BadInput(fits.NO_MEMORY)
    return lambda repo: fits.fits(repo, room, context.tokens, context.known)


def _related(value: str, context: Context) -> Predicate:
    return lambda repo: any(edge.relation == value for edge in parents_of(repo))


def _served(value: str, context: Context) -> Predicate:
    return lambda repo: value in repo.providers


def _in_app(value: str, context: Context) -> Predicate:
    return lambda repo: False  # no row says it, see HUB_ONLY


def _quantized(value: str, context: Context) -> Answer:
    def asked(repo: Repo) -> bool | None:
        listed = context.known.quants(repo)
        if listed is not None and any(quants.means(value, quant) for quant in listed):
            return True
        named = quants.of_repo(repo.id, repo.tags, None)
        if named is not None and named != "GGUF":
            return quants.means(value, named)
        if listed is not None:
            return False
        return None if repo.gguf is not None or "gguf" in repo.tags else False

    return asked


_FACTS: dict[str, Callable[[str, Context], Answer]] = {
    "origin": _of_origin,
    "family": _of_family,
    "relation": _related,
    "gated": _gated,
    HUB_ONLY: _in_app,
    "provider": _served,
    "fits": _fits,
    "quant": _quantized,
}
