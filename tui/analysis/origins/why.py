"""Which rule gave a repo its family and its origin, in words a person can check."""

from collections.abc import Iterable, Sequence

from tui.analysis.lineage.by_name import RULE
from tui.analysis.origins.origins import Group, label, root_groups, split
from tui.analysis.registry.registry import UNKNOWN, Registry, author_of
from tui.model import Edge
from tui.model.lens import EVIDENCES


def rules(
    repo_id: str,
    registry: Registry,
    parents: Sequence[Edge] = (),
    roots: Iterable[str] = (),
    remarks: Sequence[str] = (),
    named: Sequence[Group] | None = None,
) -> list[str]:
    """The rules that apply to a repo, in their order, one sentence each.

    ``parents`` are its base edges and ``roots`` the ids at the top of its lineage, where known;
    ``remarks`` say what is odd about its declaration. ``named`` are the groups of its roots by the
    evidence ``named``, where they were found with more than ``roots``.
    """
    sentences = []
    present = registry.canonical(repo_id)
    if present != repo_id:
        sentences.append(f"{repo_id} is {present} now, by the table of moved ids")
    sentences.append(_family_rule(present, registry))
    sentences.append(_uploader_rule(present, registry))
    sentences += [_parent_rule(edge, registry) for edge in parents]
    if not parents:
        sentences.append("no base is declared or known: the repo is its own root")
    sentences += remarks
    top = tuple(roots) or (present,)
    groups = root_groups(top, registry)
    names = ", ".join(f"{group.key.partition(':')[2]} ({group.country})" for group in groups)
    origin = label(split(group.country for group in groups))
    sentences.append(f"origin by root: {origin}, from {names}; registry {registry.version}")
    if named is None:
        named = root_groups(top, registry, EVIDENCES[1])
    sentences += [
        f"by name ≈ (evidence named): family {group.key.partition(':')[2]} ({group.country}):"
        f" {group.told}; {RULE}"
        for group in named
        if group.told
    ]
    return sentences


def _family_rule(repo_id: str, registry: Registry) -> str:
    family = registry.family_of(repo_id)
    if family:
        mark = f", {family.mark}" if family.mark else ""
        return (
            f"family {family.label}: the first row of the families table whose orgs"
            f" ({', '.join(family.orgs)}) hold the author and whose pattern {family.pattern} fits"
            f" (home {family.home}, sources {family.source}{mark})"
        )
    author = author_of(repo_id)
    keys = [f.key for f in registry.families if author.lower() in registry.orgs(f)]
    if keys:
        return f"no family by its own id: it fits no pattern of {author}'s ({', '.join(keys)})"
    return f"no family by its own id: no row of the families table names the author {author!r}"


def _uploader_rule(repo_id: str, registry: Registry) -> str:
    author = author_of(repo_id)
    org = registry.org(author)
    if org is None:
        return f"origin by uploader: {UNKNOWN}, the orgs table does not know {author!r}"
    mark = f", {org.mark}" if org.mark else ""
    note = f"; {org.note}" if org.note else ""
    return (
        f"origin by uploader: {org.country}, {org.org} is {org.owner or org.name}"
        f" ({org.kind}, sources {org.source}{mark}){note}"
    )


def _parent_rule(edge: Edge, registry: Registry) -> str:
    family = registry.family_of(edge.parent)
    whose = f"family {family.label}" if family else "no family by its own id"
    how = "guessed, not declared" if edge.guessed else "declared"
    return f"base {edge.parent} ({edge.relation}, {how}): {whose}"
