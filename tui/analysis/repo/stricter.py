"""What the licences above a repo ask that its own does not: stated, and not judged.

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
    licence = known(key)
    if licence:
        return licence.name
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
    sentences: list[str] = []
    for ancestor in above:
        note = "" if ancestor.license else ", as its id tells"
        licences = keys(ancestor.license or by_id(ancestor.id))
        restrictions = _held_back(licences) - own
        if not restrictions:
            continue
        names = ", ".join(map(name, licences))
        sentences.append(f"{_role(ancestor)}: {names}{note}{_more(restrictions, ancestor)}")
    return sentences


def _role(ancestor: Above) -> str:
    return (
        f"base {ancestor.id}"
        if ancestor.depth == 1
        else f"base {ancestor.id}, {ancestor.depth} steps above"
    )


def _more(held_back: frozenset[str], ancestor: Above) -> str:
    """The strictest of the restrictions in words; "" for terms of its own alone."""
    if "commercial" in held_back:
        return f"; {'a parent' if ancestor.depth == 1 else 'a repo above'} is non-commercial"
    if "changes" in held_back:
        return "; it allows no changed copies"
    return "; what is shared must stay under it" if "sharing" in held_back else ""


def _held_back(licences: Iterable[str]) -> frozenset[str]:
    """The restrictions of licences as comparable words; none for a permissive one."""
    restrictions: set[str] = set()
    for key in licences:
        entry = known(key)
        if _NO_COMMERCE.search(key) or (entry and "no commercial use" in entry.terms):
            restrictions.add("commercial")
        if _NO_CHANGES.search(key):
            restrictions.add("changes")
        if _SHARED.search(key):
            restrictions.add("sharing")
        if entry is None or _TERMS.search(key):
            restrictions.add(f"terms of {key}")
    return frozenset(restrictions)
