"""What a repo declares as its base: the repos it names, and what is odd about the declaration."""

from collections import Counter
from collections.abc import Collection, Iterable
from typing import NamedTuple

from tui.analysis.lineage import bases
from tui.analysis.registry.registry import Registry
from tui.model import RELATIONS, Edge, Repo, valid_id

_TAG = "base_model:"


class Declared(NamedTuple):
    """What one repo declares as its bases.

    ``edges``: the repos it names, each once, itself not among them. ``itself``: the edge to itself,
    where it names itself.
    ``nameless``: what names no repo. ``unheeded``: the repos that only its tags name, where the
    Hub's own field names others; ``silent``: those of the field that no tag names.
    """

    edges: tuple[Edge, ...]
    itself: Edge | None = None
    nameless: tuple[bases.Base, ...] = ()
    unheeded: tuple[str, ...] = ()
    silent: tuple[str, ...] = ()

    def remarks(self) -> tuple[str, ...]:
        """What is odd about the declaration, one sentence each."""
        sentences = []
        if self.unheeded or self.silent:
            field = ", ".join(self.silent) or "fewer bases"
            tags = ", ".join(self.unheeded) or "fewer bases"
            sentences.append(
                f"the Hub's own field names {field}, the tags name {tags}: the field counts"
            )
        if self.itself:
            sentences.append("names itself as its base: a cycle of one")
        sentences += [f"base “{base.text}” names no repo ({base.why})" for base in self.nameless]
        return tuple(sentences)


def declared(repo: Repo, registry: Registry | None = None) -> Declared:
    """What a repo declares as its bases: by the Hub's own field, else by its tags.

    The relation is the field's, else that of the first typed tag, else ``unknown``. With
    ``registry``, moved ids are followed.
    """
    tagged = _tagged(repo.tags)
    tags = _Reading(repo, registry, tagged)
    if repo.base_models is None or not repo.base_models.ids:
        return Declared(tuple(tags.edges.values()), tags.itself, tuple(tags.nameless.values()))
    relation, typed = repo.base_models.relation, tags.edges
    field = _Reading(repo, registry, dict.fromkeys(repo.base_models.ids, relation))
    if relation == "unknown":
        for name, edge in field.edges.items():
            if name in typed:
                field.edges[name] = edge._replace(relation=typed[name].relation)
    apart = bool(typed) and typed.keys() != field.edges.keys()
    return Declared(
        tuple(field.edges.values()),
        field.itself,
        tuple((field.nameless | tags.nameless).values()),
        tuple(edge.parent for name, edge in typed.items() if name not in field.edges)
        if apart
        else (),
        tuple(edge.parent for name, edge in field.edges.items() if name not in typed)
        if apart
        else (),
    )


def edges_of(repo: Repo, registry: Registry | None = None) -> tuple[Edge, ...]:
    """The ``edges`` of ``declared``, without looking for what is odd: rows come by the 10,000."""
    return _bases_of(repo, registry)[0]


def _bases_of(repo: Repo, registry: Registry | None) -> tuple[tuple[Edge, ...], Edge | None]:
    """The ``edges`` and the edge to ``itself`` of ``declared``."""
    base = repo.base_models
    if base is None or not base.ids:
        named = _tagged(repo.tags)
    elif base.relation != "unknown":
        named = dict.fromkeys(base.ids, base.relation)
    else:
        declaration = declared(repo, registry)
        return declaration.edges, declaration.itself
    reading = _Reading(repo, registry, named)
    return tuple(reading.edges.values()), reading.itself


class _Reading:
    """Names with their relations, sorted into repos, the repo itself, and what names none."""

    __slots__ = ("edges", "itself", "nameless")

    def __init__(self, repo: Repo, registry: Registry | None, named: dict[str, str]) -> None:
        self.edges: dict[str, Edge] = {}
        self.nameless: dict[str, bases.Base] = {}
        self.itself: Edge | None = None
        own = repo.id.lower()
        if registry:
            own = registry.canonical(repo.id).lower()
        for name, relation in named.items():
            base = bases.read(name)
            if base.repo is None:
                self.nameless.setdefault(name.lower(), base)
                continue
            parent = registry.canonical(base.repo) if registry else base.repo
            key = parent.lower()
            if key in (own, repo.id.lower()):
                self.itself = self.itself or Edge(repo.id, repo.id, relation)
            elif key not in self.edges or self.edges[key].relation == "unknown":
                self.edges[key] = Edge(
                    repo.id, self.edges[key].parent if key in self.edges else parent, relation
                )


def _tagged(tags: Iterable[str]) -> dict[str, str]:
    """Each base that tags name, as written, with the relation of its first typed tag."""
    named: dict[str, str] = {}
    for tag in tags:
        if tag.startswith(_TAG):
            relation, colon, parent = tag[len(_TAG) :].partition(":")
            relation = relation.lower()
            if not colon or (relation not in RELATIONS and not _is_relation(relation, parent)):
                relation, parent = "unknown", tag[len(_TAG) :]
            elif relation not in RELATIONS:
                relation = "unknown"
            if parent.strip() and named.get(parent, "unknown") == "unknown":
                named[parent] = relation
    return named


def _is_relation(word: str, rest: str) -> bool:
    """Whether a word before a colon is a relation that is new to us, and no scheme or drive."""
    return len(word) > 1 and word.isalpha() and "/" in rest and not rest.startswith(("/", "\\"))


def parents_of(repo: Repo, registry: Registry | None = None) -> list[Edge]:
    """The repos that a repo declares as its bases, each once, also itself; see ``declared``.

    With ``registry``, a known mirror that declares nothing gets what it copies, marked
    ``guessed``.
    """
    bases_named, itself = _bases_of(repo, registry)
    edges = [*bases_named, *([itself] if itself else [])]
    if edges or registry is None:
        return edges
    mirrored = registry.mirror_of(repo.id)
    return [Edge(repo.id, mirrored, "unknown", guessed=True)] if mirrored else []


def unresolved(
    rows: Iterable[Repo], registry: Registry, missing: Collection[str] = ()
) -> list[str]:
    """The bases whose own rows are needed next, the most named first.

    ``missing`` are ids already known to have no row for us (deleted, private, refused).
    """
    listed = list(rows)
    at_hand = {row.id.lower() for row in listed} | {repo_id.lower() for repo_id in missing}
    names: dict[str, str] = {}
    mentions: Counter[str] = Counter()
    for row in listed:
        for edge in parents_of(row, registry):
            key = edge.parent.lower()
            if key not in at_hand and valid_id(edge.parent):
                names.setdefault(key, edge.parent)
                mentions[key] += 1
    return [names[key] for key, _ in sorted(mentions.items(), key=lambda item: (-item[1], item[0]))]
