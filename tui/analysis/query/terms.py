"""What one ``field:value`` of the query line asks of a row.

A fact that a row does not state satisfies no term, so ``params:7b..14b`` leaves out the rows of
unknown size and ``!params:7b..14b`` keeps them.
"""

import re
from collections.abc import Callable, Iterable
from typing import NamedTuple

from tui.analysis.lineage import bases
from tui.analysis.lineage.edges import declared, parents_of
from tui.analysis.memory.parameters import of_repo
from tui.analysis.origins.origins import label, weights
from tui.analysis.query.spans import Span, number_span, time_span
from tui.analysis.registry.registry import UNKNOWN, Registry
from tui.model import RELATIONS, BadInput, Repo, Term
from tui.model.when import FLOOR

Predicate = Callable[[Repo], bool]

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
MOST_PACKED = 16  # weights of two bits in one stored number of 32
HUB_ONLY = "app"  # the field that the Hub's list answers and no row states
BASE_WORDS = {
    False: "base:none is a row that declares no repo as its base: nothing, a path, or just None",
    True: "!base:none is a row that declares a repo as its base, if only itself; a path is none",
}


class Context(NamedTuple):
    """What a term may look at beside the row. ``origin``: the row's countries by the lens."""

    registry: Registry
    now: float  # seconds since 1970, UTC
    origin: Callable[[Repo], str] | None = None


def check(term: Term) -> None:
    """Raise BadInput, naming what is allowed, for a value that the field cannot take."""
    field, value = term.field, term.value
    if field in NUMBERS:
        number_span(field, value)
    elif field in TIMES:
        time_span(field, value, 0.0)
    elif field in CHOICES and value not in CHOICES[field] and field != "base":
        raise BadInput(f"{field}:{value} means nothing; use {', '.join(CHOICES[field])}")
    elif field == HUB_ONLY and term.negated:
        raise BadInput(f"!app:{value} cannot be asked; the Hub lists only what runs in an app")
    elif field == "origin" and value != UNKNOWN and not re.fullmatch(r"[A-Z]{2}", value):
        raise BadInput(f"origin:{value} is no country; use a code of two letters, or ??")


def predicate(term: Term, context: Context) -> Predicate:
    """The question a term asks of a row. Raises BadInput where the value cannot be understood."""
    asked = _positive(term, context)
    return (lambda repo: not asked(repo)) if term.negated else asked


def asked_of_hub(term: Term, kind: str) -> tuple[str, str] | None:
    """The parameter by which the Hub's list narrows to a term, at least roughly; None: none.

    The Hub's own rounding and its rows of unknown size are not known, so the term is asked of the
    rows that come as well. It counts stored numbers, of which a packed one holds many weights, so
    the least size that it is asked for is smaller by as much.
    """
    field, value = term.field, term.value
    if term.negated or (kind != "model" and field != "gated") or kind == "space":
        return None
    if field == "params":
        span = number_span(field, value)
        least = None if span.lo is None else max(1.0, span.lo / MOST_PACKED)
        ends = (("min", least), ("max", span.hi))
        return "num_parameters", ",".join(f"{name}:{_size(n)}" for name, n in ends if n is not None)
    if field == "gated":
        return "gated", "false" if value == "no" else "true"
    named = {"app": "apps", "provider": "inference_provider"}.get(field)
    return (named, value) if named else None


def _size(number: float) -> str:
    """A number as the Hub writes sizes: whole, with the largest unit that leaves it so."""
    for unit, factor in (("T", 1e12), ("B", 1e9), ("M", 1e6), ("K", 1e3)):
        if number >= factor and number % factor == 0:
            return f"{number / factor:.0f}{unit}"
    return f"{number:.0f}"


def _positive(term: Term, context: Context) -> Predicate:
    field, value = term.field, term.value
    if field in NUMBERS:
        return _within(NUMBERS[field], number_span(field, value))
    if field in TIMES:
        return _between(TIMES[field], *time_span(field, value, context.now))
    if field == "origin":
        return _of_origin(value, context)
    if field == "family":
        return _of_family(value, context.registry)
    if field == "relation":
        return lambda repo: any(edge.relation == value for edge in parents_of(repo))
    if field == "gated":
        return _gated(value)
    if field == HUB_ONLY:
        return lambda repo: False  # no row says it, see HUB_ONLY
    if field == "provider":
        return lambda repo: value in repo.providers
    if field == "base" and value in CHOICES["base"]:
        return lambda repo: bool(parents_of(repo)) == (value == "any")  # as BASE_WORDS says
    return _plain(field, value, context.registry)


def _plain(field: str, value: str, registry: Registry) -> Predicate:
    """The fields that are columns or tags: also what the Hub can filter by."""
    lower = value.lower()
    if field == "name":
        return lambda repo: lower in repo.id.lower()
    if field == "author":
        return lambda repo: (repo.author or repo.id.partition("/")[0]).lower() == lower
    if field == "task":
        return lambda repo: repo.task == lower
    return has_tag(tag_of(field, value), registry)


def tag_of(field: str, value: str, kind: str = "model") -> str:
    """The Hub's tag for a field: datasets write languages and libraries with their kind."""
    if field == "base":
        return f"base_model:{_base(value)}"
    if field in ("license", "dataset"):
        return f"{field}:{value.lower() if field == 'license' else value}"
    if kind == "dataset" and field in ("lang", "library"):
        return f"{'language' if field == 'lang' else 'library'}:{value}"
    return value


def _base(value: str) -> str:
    """A base as the Hub's tags write it: ``id`` or ``relation:id``, also from an address."""
    relation, colon, rest = value.partition(":")
    typed = bool(colon) and relation in RELATIONS
    found = bases.read(rest if typed else value).repo
    if found is None:
        return value
    return f"{relation}:{found}" if typed else found


def meanings(terms: Iterable[Term]) -> list[str]:
    """What those terms ask that could be read in more than one way."""
    asked = {
        (term.value == "any") is not term.negated
        for term in terms
        if term.field == "base" and term.value in CHOICES["base"]
    }
    return [BASE_WORDS[one] for one in sorted(asked)]


def has_tag(tag: str, registry: Registry | None = None) -> Predicate:
    """Ask for a tag, in any letter case, or for the column that says the same.

    A base is asked for as lineage has it, with ``registry`` also under the ids it had before.
    """
    lower = tag.lower()
    if lower.startswith("base_model:"):
        return _has_base(tag[len("base_model:") :], registry)
    license_name = lower.removeprefix("license:") if lower.startswith("license:") else None

    def asked(repo: Repo) -> bool:
        if tag in repo.tags or repo.library == lower or repo.task == lower:
            return True
        if license_name is not None and repo.license:
            return license_name in repo.license.lower().split(", ")
        return any(lower == have.lower() for have in repo.tags)

    return asked


def _has_base(value: str, registry: Registry | None) -> Predicate:
    """Ask for a base, as ``id`` or ``relation:id``, where lineage has it: the Hub's field wins."""
    relation, _, parent = _base(value).rpartition(":")
    parent = (registry.canonical(parent) if registry else parent).lower()

    def asked(repo: Repo) -> bool:
        return any(
            edge.parent.lower() == parent and relation in ("", edge.relation)
            for edge in declared(repo, registry).edges
        )

    return asked


def _of_origin(value: str, context: Context) -> Predicate:
    def by_uploader(repo: Repo) -> str:
        return label(weights(repo, "uploader", context.registry))

    origin = context.origin or by_uploader
    return lambda repo: value in origin(repo).split("+")


def _of_family(value: str, registry: Registry) -> Predicate:
    family = registry.require(value)

    def asked(repo: Repo) -> bool:
        ids: Iterable[str] = (repo.id, *(edge.parent for edge in parents_of(repo)))
        return any(registry.owns(family, repo_id) for repo_id in ids)

    return asked


def _gated(value: str) -> Predicate:
    if value == "no":
        return lambda repo: repo.gated is False
    if value == "yes":
        return lambda repo: bool(repo.gated)
    return lambda repo: repo.gated == value


def _within(fact: Callable[[Repo], float | None], span: Span) -> Predicate:
    lo = float("-inf") if span.lo is None else span.lo
    hi = float("inf") if span.hi is None else span.hi

    def asked(repo: Repo) -> bool:
        value = fact(repo)
        if value is None:
            return False
        return lo < value < hi if span.strict else lo <= value <= hi

    return asked


def _between(fact: Callable[[Repo], str | None], start: str, end: str) -> Predicate:
    """Compare times as text, to the second: the Hub's ISO form sorts as it stands.

    A creation time at the Hub's floor is any time up to it, and so in no span with a beginning.
    """

    def asked(repo: Repo) -> bool:
        moment = fact(repo)
        if moment is None or (start and fact is TIMES["created"] and moment[:19] == FLOOR):
            return False
        return start <= moment[:19] < end

    return asked
