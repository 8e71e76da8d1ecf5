"""What the licences above a repo ask that its own does not: said, and not judged.

A licence is taken apart into what it holds back: commercial use, changed copies, the licence of
what is shared, or terms of its own. A base that holds back what the repo's own licence does not is
named beside it. Whether that binds is a lawyer's question, and no verdict is given.
"""

import re
from collections.abc import Iterable
from typing import NamedTuple

from tui.analysis.repo.licences import known, plain
from tui.model import late

_SHARED = late.pattern(
    r"(?<![a-z])(a?gpl|lgpl|mpl|osl|eupl|epl|gfdl|odbl|cdla-sharing)(?![a-z])|-sa(-|$)"
)
_NO_COMMERCE = late.pattern(r"(?<![a-z])nc(?![a-z])|non-?commercial|research", late.ANY_CASE)
_NO_CHANGES = late.pattern(r"(?<![a-z])nd(?![a-z])")
_TERMS = late.pattern(r"^(llama\d|gemma|.*rail|other$)")
# Licences that the ids of well known gated bases tell, for where their own page is not at hand.
_LLAMA = late.pattern(r"meta-llama/(?:meta-)?llama-(3\.[1-3]|[234])(?!\d)", re.IGNORECASE)
_GEMMA = late.pattern(
    r"google/(?:(?:code|pali|shield|recurrent)gemma-|gemma-(?:[23]-|2b|7b))", re.IGNORECASE
)


class Above(NamedTuple):
    """One repo above another, as far as licences go. ``license`` is None where not recorded."""

    id: str
    depth: int  # 1: a parent
    license: str | None


def keys(license: str | None) -> tuple[str, ...]:
    """The licences that a repo's licence field names, as the Hub writes them, each once."""
    named = (plain(part) for part in (license or "").split(","))
    return tuple(dict.fromkeys(part for part in named if part and part != "unknown"))


def name(key: str) -> str:
    """A licence as people call it."""
    found = known(key)
    if found:
        return found.name
    return "a licence of its own" if key == "other" else key


def by_id(repo_id: str) -> str | None:
    """The licence that the id of a well known base tells; None for any other."""
    llama = _LLAMA.match(repo_id)
    if llama:
        return f"llama{llama[1]}"
    return "gemma" if _GEMMA.match(repo_id) else None


def remarks(license: str | None, above: Iterable[Above]) -> list[str]:
    """A sentence for each repo above whose licence holds back what ``license`` does not say."""
    own = _held_back(keys(license))
    said: list[str] = []
    for one in above:
        told = "" if one.license else ", as its id tells"
        theirs = keys(one.license or by_id(one.id))
        more = _held_back(theirs) - own
        if not more:
            continue
        said.append(f"{_role(one)}: {', '.join(map(name, theirs))}{told}{_more(more, one)}")
    return said


def _role(one: Above) -> str:
    return f"base {one.id}" if one.depth == 1 else f"base {one.id}, {one.depth} steps above"


def _more(held_back: frozenset[str], one: Above) -> str:
    """What the strictest part of it is; nothing where the licence has terms of its own alone."""
    if "commercial" in held_back:
        return f"; {'a parent' if one.depth == 1 else 'a repo above'} is non-commercial"
    if "changes" in held_back:
        return "; it allows no changed copies"
    return "; what is shared must stay under it" if "sharing" in held_back else ""


def _held_back(licences: Iterable[str]) -> frozenset[str]:
    """What licences hold back, by words that compare: none for a permissive one."""
    found: set[str] = set()
    for key in licences:
        entry = known(key)
        if _NO_COMMERCE.search(key) or (entry and "no commercial use" in entry.terms):
            found.add("commercial")
        if _NO_CHANGES.search(key):
            found.add("changes")
        if _SHARED.search(key):
            found.add("sharing")
        if entry is None or _TERMS.search(key):
            found.add(f"terms of {key}")
    return frozenset(found)
