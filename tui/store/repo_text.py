"""Repo and Detail as JSON text, by field name, so that rows outlive a change of the tuples.

A field that a row does not have takes its default; one that the tuple no longer has is dropped.
``v`` grows only when a field keeps its name and changes its meaning; other rows are not read.
"""

import json
from typing import Any

from tui.model import (
    BaseModels,
    Detail,
    Eval,
    Header,
    Provider,
    Quantization,
    Repo,
    all_shared,
    shared,
)

_VERSION = 1
_REPO_FIELDS = frozenset(Repo._fields)
_SHARED = ("kind", "author", "task", "library", "license", "sdk")  # few values over many rows


def repo_text(repo: Repo) -> str:
    """``repo`` as JSON text; what is not known is left out."""
    return json.dumps(_repo_facts(repo), separators=(",", ":"))


def read_repo(text: str) -> Repo | None:
    """The repo that ``repo_text`` wrote; None where the text is of another version or broken."""
    facts = _facts(text)
    try:
        return None if facts is None else _repo(facts)
    except (TypeError, KeyError, ValueError):
        return None


def detail_text(detail: Detail) -> str:
    """``detail`` as JSON text; what is not known is left out."""
    facts = _named(detail)
    facts["repo"] = _repo_facts(detail.repo)
    facts["providers"] = [_named(provider) for provider in detail.providers]
    facts["evals"] = [_named(result) for result in detail.evals]
    return json.dumps({"v": _VERSION, **facts}, separators=(",", ":"))


def read_detail(text: str) -> Detail | None:
    """The detail that ``detail_text`` wrote; None where it is of another version or broken."""
    facts = _facts(text)
    if facts is None:
        return None
    try:
        return Detail(**{**_lists_as_tuples(facts, Detail._fields), **_parts(facts)})
    except (TypeError, KeyError, ValueError, AttributeError):
        return None


def _parts(facts: dict[str, Any]) -> dict[str, Any]:
    return {
        "repo": _repo(facts["repo"]),
        "providers": tuple(
            Provider(*map(part.get, Provider._fields)) for part in facts.get("providers", ())
        ),
        "evals": tuple(Eval(*map(part.get, Eval._fields)) for part in facts.get("evals", ())),
    }


def _repo_facts(repo: Repo) -> dict[str, Any]:
    facts = _named(repo)
    if repo.base_models is not None:
        facts["base_models"] = repo.base_models._asdict()
    return {"v": _VERSION, **facts}


def _repo(facts: dict[str, Any]) -> Repo:
    known = {name: value for name, value in facts.items() if name in _REPO_FIELDS}
    for name in ("tags", "providers"):
        if name in known:
            known[name] = all_shared(known[name])
    if "base_models" in known:
        base = known["base_models"]
        known["base_models"] = BaseModels(shared(base["relation"]) or "", all_shared(base["ids"]))
    if "dtypes" in known:
        known["dtypes"] = tuple((str(name), int(n)) for name, n in known["dtypes"])
    for name, kind in (("gguf", Header), ("quantization", Quantization)):
        if name in known:
            known[name] = kind(*known[name])
    for name in _SHARED:
        if name in known:
            known[name] = shared(known[name])
    return Repo(**known)


def _named(value: Any) -> dict[str, Any]:
    return {
        name: part for name, part in zip(value._fields, value) if part is not None and part != ()
    }


def _lists_as_tuples(facts: dict[str, Any], fields: tuple[str, ...]) -> dict[str, Any]:
    return {
        name: tuple(value) if isinstance(value, list) else value
        for name, value in facts.items()
        if name in fields
    }


def stored_value(text: Any) -> Any:
    """The JSON value in a text; None where it is none, as in a file that was damaged."""
    try:
        return json.loads(text)
    except (ValueError, TypeError, RecursionError):
        return None


def stored_ids(text: Any) -> list[str]:
    """The ids of a stored page; those that damage has left."""
    value = stored_value(text)
    return [entry for entry in value if isinstance(entry, str)] if isinstance(value, list) else []


def _facts(text: str) -> dict[str, Any] | None:
    facts = stored_value(text)
    return facts if isinstance(facts, dict) and facts.get("v") == _VERSION else None
