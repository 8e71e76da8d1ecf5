"""Fields that are tags of the Hub, which its list can answer, and the same asked of a row."""

from collections.abc import Callable

from tui.analysis.lineage import bases
from tui.analysis.lineage.edges import declared
from tui.analysis.registry.registry import Registry
from tui.model import RELATIONS, Repo


def tag_of(field: str, value: str, kind: str = "model") -> str:
    """The Hub's tag for a field: datasets write languages and libraries with their kind."""
    if field == "base":
        return f"base_model:{_base(value)}"
    if field in ("license", "dataset"):
        return f"{field}:{value.lower() if field == 'license' else value}"
    if kind == "dataset" and field in ("lang", "library"):
        return f"{'language' if field == 'lang' else 'library'}:{value}"
    return value


def has_tag(tag: str, registry: Registry | None = None) -> Callable[[Repo], bool]:
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
        return any(lower == own_tag.lower() for own_tag in repo.tags)

    return asked


def _base(value: str) -> str:
    """A base as the Hub's tags write it: ``id`` or ``relation:id``, also from an address."""
    relation, colon, rest = value.partition(":")
    typed = bool(colon) and relation in RELATIONS
    repo_id = bases.read(rest if typed else value).repo
    if repo_id is None:
        return value
    return f"{relation}:{repo_id}" if typed else repo_id


def _has_base(value: str, registry: Registry | None) -> Callable[[Repo], bool]:
    """Ask for a base, as ``id`` or ``relation:id``, where lineage has it: the Hub's field wins."""
    relation, _, parent = _base(value).rpartition(":")
    parent = (registry.canonical(parent) if registry else parent).lower()

    def asked(repo: Repo) -> bool:
        return any(
            edge.parent.lower() == parent and relation in ("", edge.relation)
            for edge in declared(repo, registry).edges
        )

    return asked
