"""What the licences above a repo ask that its own does not: said, and not judged.

A licence is taken apart into what it holds back: commercial use, changed copies, the licence of
what is shared, or terms of its own. A base that holds back what the repo's own licence does not is
named beside it. Whether that binds is a lawyer's question, and no verdict is given.
"""

import re
from collections.abc import Iterable
from typing import NamedTuple

from tui.analysis.repo.licences import known

_SHARED = re.compile(
    r"(?<![a-z])(a?gpl|lgpl|mpl|osl|eupl|epl|gfdl|odbl|cdla-sharing)(?![a-z])|-sa(-|$)"
)
_NO_COMMERCE = re.compile(r"(?<![a-z])nc(?![a-z])|non-?commercial|research", re.IGNORECASE)
_NO_CHANGES = re.compile(r"(?<![a-z])nd(?![a-z])")
_TERMS = re.compile(r"^(llama\d|gemma|.*rail|other$)")
# Licences that the ids of well known gated bases tell, for where their own page is not at hand.
_BY_ID = (
    (re.compile(r"meta-llama/(meta-)?llama-(3\.[0-3]|[234])(?!\d)", re.IGNORECASE), "llama{}"),
    (re.compile(r"google/(?:code|pali|shield|recurrent)?gemma(?:-[123])?(?![\d.])", re.IGNORECASE), "gemma"),
)  # fmt: skip


class Above(NamedTuple):
    """One repo above another, as far as licences go. ``license`` is None where not recorded."""

    id: str
    depth: int  # 1: a parent
    license: str | None


def keys(license: str | None) -> tuple[str, ...]:
    """The licences that a repo's licence field names, in lower case, each once."""
    named = (part.strip().lower() for part in (license or "").split(","))
    return tuple(dict.fromkeys(part for part in named if part and part != "unknown"))


def name(key: str, own_name: str | None = None) -> str:
    """A licence as people call it; for one of its own its name, where that is known."""
    found = known(key)
    if found:
        return found.name
    return (
        f"{own_name}, a licence of its own"
        if own_name
        else ("a licence of its own" if key == "other" else key)
    )


def by_id(repo_id: str) -> str | None:
    """The licence that the id of a well known base tells; None for any other."""
    for pattern, key in _BY_ID:
        found = pattern.match(repo_id)
        if found:
            return key.format((found.lastindex and found[found.lastindex]) or "")
    return None


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
        role = "base" if one.depth == 1 else "base above it"
        names = ", ".join(name(key) for key in theirs)
        words = (
            f"{role} {one.id}: {names} licence{told}"
            if not names.endswith("License")
            else (f"{role} {one.id}: {names}{told}")
        )
        if "commercial" in more:
            words += (
                "; a parent is non-commercial"
                if one.depth == 1
                else ("; a repo above is non-commercial")
            )
        elif "changes" in more:
            words += "; it allows no changed copies"
        elif "sharing" in more:
            words += "; what is shared must stay under it"
        said.append(words)
    return said


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
