"""A whole census from the rows that arrived: edges, roots, families, origins, totals.

Nothing holds the rows: they are read one after the other, and what must be at hand at once lies in
arrays. Whatever ends this midway, it is begun anew from the same rows and makes the same file.
"""

from collections.abc import Iterator

from tui.analysis.census.declared import Declared
from tui.analysis.claims.facts import subject
from tui.analysis.claims.families import NAMED
from tui.analysis.registry.registry import Registry, author_of
from tui.ask.census.derive import derive
from tui.ask.census.held import Held
from tui.ask.census.names import containing
from tui.model import Repo
from tui.store.census import place
from tui.store.census.bases import read_bases
from tui.store.census.making import Draft
from tui.store.census.reader import Census
from tui.store.census.stage import Stage
from tui.store.census.whole import index_names, publish, remember

_MADE = ("registry", "rows", "version", "names", "named ")  # what making a census says of it
Edges = Iterator[tuple[int, int, str, int, int]]


def make(folder: str, date: str, registry: Registry, meta: dict[str, str]) -> Iterator[str]:
    """Make the census of ``date`` from its stage, and say before each step what it is.

    ``meta``: ``as_of`` (seconds since 1970), ``source``, ``endpoint`` and whatever else is to be
    told of it. Raises StoreTrouble.
    """
    path, part = place.path_of(folder, date), place.part_of(folder, date)
    if not _is_made(path, meta):
        yield from _make(folder, date, registry, meta)
    yield "names"
    if index_names(path):
        _count_names(path, date, registry)
    place.remove(part)


def remake(folder: str, date: str, registry: Registry) -> Iterator[str]:
    """Make a census anew from its own rows, by the tables of families and organisations of now."""
    path = place.path_of(folder, date)
    census = Census(path)
    try:
        entries = census.meta.items()
        meta = {name: text for name, text in entries if not name.startswith(_MADE)}
    finally:
        census.close()
    stage = Stage(place.part_of(folder, date))
    try:
        if not stage.state():
            yield "rows at hand"
            stage.take_over(path)
            stage.add((), {"source": "its own rows"})
    finally:
        stage.close()
    yield from _make(folder, date, registry, meta)
    yield from make(folder, date, registry, meta)


def _count_names(path: str, date: str, registry: Registry) -> None:
    """Count beforehand what claims ask of names: it takes a second where all else takes none."""
    census = Census(path)
    try:
        for word, key in NAMED:
            count = containing(Held(census, date), word, subject(key, registry).orgs)
            remember(path, f"named {word}, not {key}", str(count))
    finally:
        census.close()


def _is_made(path: str, meta: dict[str, str]) -> bool:
    """Say whether the census stands already, and only what comes behind it was cut off."""
    if place.size(path) == 0:
        return False
    census = Census(path)
    try:
        return census.usable and meta.items() <= census.meta.items()
    finally:
        census.close()


def _make(folder: str, date: str, registry: Registry, meta: dict[str, str]) -> Iterator[str]:
    yield "rows in the order of downloads"
    draft_path = place.draft_of(folder, date)
    draft = Draft(draft_path, place.part_of(folder, date))
    try:
        moved = _present_ids(draft, registry)
        draft.take_once(moved)
        rows = draft.take_rows()
        yield "edges"
        _take_edges(draft, registry)
        yield "roots, families and origins"
        derive(draft, registry, float(meta["as_of"]))
        draft.finish([*meta.items(), ("registry", registry.version), ("rows", str(rows))])
    finally:
        draft.close()
    publish(draft_path, place.path_of(folder, date))


def _present_ids(draft: Draft, registry: Registry) -> list[tuple[str, str]]:
    """The rows that still go by an id which the registry knows to have moved, with the new one."""
    authors = {author_of(a.old) for a in registry.aliases if a.kind == "rename"}
    ids = (repo_id for author in sorted(authors) if author for repo_id in draft.ids_of(author))
    return [(i, registry.canonical(i)) for i in ids if registry.canonical(i).lower() != i.lower()]


def _take_edges(draft: Draft, registry: Registry) -> None:
    declared = Declared(registry)
    draft.name_bases(_declared(draft, declared))
    draft.name_bases(_mirrored(draft, registry, declared))
    draft.many(
        "INSERT OR IGNORE INTO moved VALUES (?, ?)",
        [
            (registry.canonical(repo_id), draft.rank_of(repo_id))
            for repo_id, _ in _present_ids(draft, registry)
        ],
    )
    while fresh := draft.resolve():  # a base without a row may be a mirror, and so name another
        draft.name_bases(
            (node, *named) for node, name in fresh for named in declared.of(Repo(name))
        )
    draft.join_edges()


def _declared(draft: Draft, declared: Declared) -> Edges:
    for rank, repo_id, text in draft.declared():
        relation, _, base = text.partition("\t")
        if "\t" in base or "\n" in text:
            field, tags = read_bases(text, implied=False)  # they name no base that it does not
            bases = declared.of(Repo(repo_id, tags=tags, base_models=field))
        else:
            bases = declared.of_one(repo_id, relation, base)
        for named in bases:
            yield rank, *named


def _mirrored(draft: Draft, registry: Registry, declared: Declared) -> Edges:
    """The known copies that declare no base."""
    mirrors = [alias.old for alias in registry.aliases if alias.kind == "mirror"]
    for name in sorted(mirrors):
        rank = draft.rank_of(name, bare=True)
        if rank:
            for named in declared.of(Repo(name)):
                yield rank, *named
