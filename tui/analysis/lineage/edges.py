"""What a repo declares as its base, and what its name suggests where it declares nothing."""

import re
from collections import Counter
from collections.abc import Collection, Iterable

from tui.analysis.registry.registry import Registry
from tui.model import RELATIONS, Edge, Repo, valid_id

_TAG = "base_model:"
_QUANTIZED = re.compile(
    r"(?<![a-z])(gguf|awq|gptq|mlx|exl[23]|bnb|int[48]|fp8|nvfp4|[48]bit|q\d_)", re.IGNORECASE
)
_ADAPTER = re.compile(r"(?<![a-z])(q?lora|adapter|peft)(?![a-z])", re.IGNORECASE)


def parents_of(repo: Repo, registry: Registry | None = None, guess: bool = False) -> list[Edge]:
    """The bases a repo declares, each once: from the Hub's own field, else from its tags.

    The relation is the field's, else that of the first typed tag, else ``unknown``. With
    ``registry``, moved ids are followed, and a known mirror that declares nothing gets what it
    copies, marked ``guessed``. With ``guess`` too, a repo that declares nothing gets the well
    known root whose name its own name holds, marked the same.
    """
    named = _tagged(repo.tags)
    if repo.base_models is not None:
        ids, relation = repo.base_models.ids, repo.base_models.relation
        known = relation != "unknown"
        named = {name: relation if known else named.get(name, relation) for name in ids}
    edges: dict[str, Edge] = {}
    for name, relation in named.items():
        parent = registry.canonical(name) if registry else name
        edges.setdefault(parent.lower(), Edge(repo.id, parent, relation))
    found = list(edges.values())
    if found or registry is None:
        return found
    mirrored = registry.mirror_of(repo.id)
    if mirrored:
        return [Edge(repo.id, mirrored, "unknown", guessed=True)]
    guessed = guess_parent(repo.id, registry) if guess else None
    return [guessed] if guessed else []


def _tagged(tags: Iterable[str]) -> dict[str, str]:
    """Each base that tags name, with the relation of its first typed tag."""
    named: dict[str, str] = {}
    for tag in tags:
        if tag.startswith(_TAG):
            relation, colon, parent = tag[len(_TAG) :].rpartition(":")
            if not colon or relation not in RELATIONS:
                relation = "unknown"
            if parent and named.get(parent, "unknown") == "unknown":
                named[parent] = relation
    return named


def guess_parent(repo_id: str, registry: Registry) -> Edge | None:
    """The edge that a repo's name suggests, None where no root's name stands in it.

    The longest name of a root in the registry wins; two of different families decide nothing.
    """
    name = repo_id.rpartition("/")[2].lower()
    best: dict[str, str] = {}
    length = 0
    for family in registry.families:
        for root in family.roots:
            words = root.rpartition("/")[2].lower()
            if len(words) < max(length, 4) or root.lower() == repo_id.lower():
                continue
            if re.search(rf"(?<![a-z0-9.]){re.escape(words)}(?![a-z0-9]|\.\d)", name):
                best = best if len(words) == length else {}
                length = len(words)
                best.setdefault(family.key, root)
    if len(best) != 1:
        return None
    relation = "quantized" if _QUANTIZED.search(name) else "unknown"
    relation = "adapter" if _ADAPTER.search(name) else relation
    return Edge(repo_id, next(iter(best.values())), relation, guessed=True)


def unresolved(
    rows: Iterable[Repo], registry: Registry, missing: Collection[str] = ()
) -> list[str]:
    """The bases whose own rows are needed next, the most named first.

    ``missing`` are ids already known to have no row for us (deleted, private, refused).
    """
    listed = list(rows)
    have = {row.id.lower() for row in listed} | {repo_id.lower() for repo_id in missing}
    names: dict[str, str] = {}
    wanted: Counter[str] = Counter()
    for row in listed:
        for edge in parents_of(row, registry):
            key = edge.parent.lower()
            if key not in have and valid_id(edge.parent):
                names.setdefault(key, edge.parent)
                wanted[key] += 1
    return [names[key] for key, _ in sorted(wanted.items(), key=lambda item: (-item[1], item[0]))]
