"""The family tree of one repo: its bases up to the roots, and what names it as a base."""

from collections.abc import AsyncIterator, Mapping
from typing import TYPE_CHECKING, NamedTuple

from tui.analysis.lineage.edges import declared, parents_of
from tui.analysis.lineage.graph import Ancestor
from tui.analysis.repo import stricter
from tui.ask.calls.plan import BACKGROUND
from tui.ask.lineage.ancestry import MOST_CALLS, Ancestry
from tui.ask.lineage.children import Branch, no_children, relations_of, sort_in
from tui.ask.sources import Sources
from tui.ask.streams import stale_first
from tui.model import (
    BadInput,
    Detail,
    NotFound,
    Query,
    Repo,
    View,
)

if TYPE_CHECKING:
    from tui.analysis.lineage.graph import Graph
    from tui.hub.client import Got, Page

SHOWN = 100  # children of each relation that are asked for at once


class Tree(NamedTuple):
    """One repo with all that is known above it and the first of what is below it."""

    repo: Repo
    ancestors: tuple[Ancestor, ...]  # the nearest first, each once
    roots: tuple[str, ...]
    cycles: tuple[tuple[str, ...], ...]
    children: dict[str, Branch]  # by each of RELATIONS
    unresolved: tuple[str, ...] = ()  # bases that were not looked up
    remarks: tuple[str, ...] = ()  # what is odd about its declaration, one sentence each
    stricter: tuple[str, ...] = ()  # licences above that ask more than its own
    needs: tuple[str, ...] = ()  # what an adapter needs beside it to run
    graph: "Graph | None" = None  # what it was read from

    @property
    def notes(self) -> tuple[str, ...]:
        """What is to be said beside the tree, one sentence each."""
        return (*self.remarks, *self.above)

    @property
    def above(self) -> tuple[str, ...]:
        """What follows from the repos above it, one sentence each."""
        needed = (f"to run it takes {', '.join(self.needs)} beside it",) if self.needs else ()
        return (*self.stricter, *needed)


def peek(sources: Sources, repo_id: str) -> View[Tree] | None:
    """The tree as far as it is stored; None where the repo is not. Asks for nothing."""
    stored = sources.store.cache.repo("model", repo_id, sources.who)
    if counted := _counted(sources, repo_id, stored[1] if stored else None):
        return counted
    if stored is None:
        return None
    count = sources.store.cache.child_counts(stored[0].id, sources.who)
    branches = _stored_children(sources, stored[0], count.counts if count else None)
    view = _view(sources, Ancestry(sources, stored[:1]), stored[0], branches, stored[1])
    return view._replace(source="cache", stale=True)


async def stream(
    sources: Sources,
    repo_id: str,
    max_calls: int | None = None,
    lane: str = BACKGROUND,
    children: bool = True,
) -> AsyncIterator[View[Tree]]:
    """The stored tree, then the repo itself, its bases up to the roots, and its ``children``.

    At most ``max_calls`` bases (MOST_CALLS where None) are looked up, in ``lane``. Where the Hub
    gives no answer the best there is comes again with the Problem; with nothing stored it is
    raised.
    """
    most = MOST_CALLS if max_calls is None else max_calls
    stored = peek(sources, repo_id)
    if stored is not None and stored.source == "census":
        yield stored
        return
    async for view in stale_first(sources, stored, _asked(sources, repo_id, most, lane, children)):
        yield view


async def _asked(
    sources: Sources, repo_id: str, most: int, lane: str, children: bool
) -> AsyncIterator[View[Tree]]:
    """The repo itself, its bases up to the roots as they come, then its children."""
    from tui.ask.calls.runner import Loading

    answer = await _itself(sources, repo_id)
    repo, counts = answer.value.repo, answer.value.children
    ancestry = Ancestry(sources, (repo,))
    branches = _stored_children(sources, repo, counts)
    urls: tuple[str, ...] = (answer.url,)
    yield _view(sources, ancestry, repo, branches, answer.fetched_at, urls)
    async for progress in Loading(sources, ancestry, most, lane).run():
        view = _view(sources, ancestry, repo, branches, answer.fetched_at, urls)
        yield view._replace(progress=progress)
    if children:
        branches, child_urls = await _children(sources, repo, counts)
        urls += child_urls
    view = _view(sources, ancestry, repo, branches, answer.fetched_at, urls)
    yield view._replace(complete=not ancestry.estimate())


def _counted(sources: Sources, repo_id: str, stored_at: float | None) -> View[Tree] | None:
    """The tree from a census, unless the store has the repo and has it newer."""
    if not sources.may_count:
        return None
    from tui.ask.census.held import held

    census = held(sources)
    if census is None or (stored_at is not None and stored_at > census.census.as_of):
        return None
    from tui.ask.census import tree

    return tree.view(sources, census, repo_id)


async def expand(
    sources: Sources, repo_id: str, relation: str, branch: Branch | None = None
) -> Branch:
    """The first children of a repo by one relation, or with ``branch`` those behind its own.

    Raises the Hub's Problems.
    """
    typed = "" if relation == "unknown" else f"{relation}:"
    before = branch or Branch(relation)
    page = await _page(sources, before.next or _path(f"{typed}{repo_id}"))
    known = {row.id for row in before.repos}
    rows = [
        row for row in page.rows
        if row.id not in known and relation in relations_of(sources, row, repo_id)
    ]  # fmt: skip
    return before._replace(repos=(*before.repos, *rows), next=page.next, whole=page.next is None)


async def _itself(sources: Sources, repo_id: str) -> "Got[Detail]":
    """The repo's row with the Hub's count of its children."""
    from tui.hub.endpoints import ROW_FIELDS

    hub = await sources.hub()
    fields = (*ROW_FIELDS["model"], "childrenModelCount")
    answer = await hub.detail("model", repo_id, expand=fields)
    repo = answer.value.repo
    if repo.private:
        await sources.account()
    owner = sources.owner(repo.private)
    if owner is not None:
        sources.store.cache.put_repos([repo], sources.who, answer.fetched_at)
        counts = answer.value.children or {}
        sources.store.cache.put_child_counts(repo.id, counts, owner, answer.fetched_at)
    return answer


async def _children(
    sources: Sources, repo: Repo, counts: Mapping[str, int] | None
) -> tuple[dict[str, Branch], tuple[str, ...]]:
    """The children in one list where that holds all, else the first of each relation."""
    branches = no_children(counts)
    urls: list[str] = []
    whole = True
    for name in (repo.id, *sources.registry.former_ids(repo.id)):
        page = await _page(sources, _path(name))
        urls.append(page.url)
        whole = whole and page.next is None
        sort_in(sources, branches, repo.id, page.rows)
    if whole:
        return {name: branch._replace(whole=True) for name, branch in branches.items()}, tuple(urls)
    for relation, branch in branches.items():
        if branch.total is None:
            continue
        branches[relation] = branch._replace(whole=True)
        if branch.total > len(branch.repos):
            empty = Branch(relation, total=branch.total)
            branches[relation] = await expand(sources, repo.id, relation, empty)
    return branches, tuple(urls)


async def _page(sources: Sources, path: str) -> "Page":
    """A page of children; their rows and edges are kept."""
    from tui.hub.endpoints import begin_anew

    hub = await sources.hub()
    try:
        page = await hub.page(path, "model")
    except (BadInput, NotFound):  # a cursor lives as long as the Hub likes
        if begin_anew(path) == path:
            raise
        page = await hub.page(begin_anew(path), "model")
    if not sources.bundled:
        public = [row for row in page.rows if row.private is False]
        sources.store.cache.put_repos(public, sources.who, page.fetched_at)
        edges = [edge for row in public for edge in parents_of(row)]
        sources.store.cache.put_edges(edges, "", page.fetched_at)
    return page


def _path(base: str) -> str:
    from tui.hub.endpoints import models_list

    return models_list(Query(filters=(f"base_model:{base}",), sort="downloads"), SHOWN)


def _stored_children(
    sources: Sources, repo: Repo, counts: Mapping[str, int] | None
) -> dict[str, Branch]:
    cache = sources.store.cache
    ids = [edge.child for edge in cache.edges(repo.id, sources.who, "parent").edges]
    rows = [row for row in cache.rows("model", ids, sources.who) if row is not None]
    rows.sort(key=lambda row: -(row.downloads or 0))
    branches = no_children(counts)
    sort_in(sources, branches, repo.id, rows)
    return {name: branch._replace(repos=branch.repos[:SHOWN]) for name, branch in branches.items()}


def above(sources: Sources, ancestry: Ancestry, graph: "Graph", repo: Repo) -> Tree:
    """The tree of a repo without its children, from the bases at hand.

    A base that was not looked up may have bases of its own, and so is no root.
    """
    not_looked_up = tuple(ancestry.left())
    open_ids = {name.lower() for name in not_looked_up}
    ancestors = tuple(
        ancestor._replace(
            license=row.license if (row := ancestry.rows.get(ancestor.id.lower())) else None
        )
        for ancestor in graph.ancestors(repo.id)
    )
    licences = [
        stricter.Above(ancestor.id, ancestor.depth, ancestor.license) for ancestor in ancestors
    ]
    return Tree(
        repo,
        ancestors,
        tuple(root for root in graph.roots(repo.id) if root.lower() not in open_ids),
        tuple(graph.cycles(repo.id)),
        {},
        not_looked_up,
        declared(repo, sources.registry).remarks(),
        tuple(stricter.remarks(repo.license, licences)),
        graph.needs(repo.id),
        graph,
    )


def _view(
    sources: Sources,
    ancestry: Ancestry,
    repo: Repo,
    branches: Mapping[str, Branch],
    at: float,
    urls: tuple[str, ...] = (),
) -> View[Tree]:
    graph = ancestry.graph()
    tree = above(sources, ancestry, graph, repo)._replace(children=dict(branches))
    return View(
        rows=(tree,),
        source=sources.fresh if not ancestry.stored else "mixed",
        as_of=at,
        complete=False,
        requests=(*urls, *ancestry.urls),
    )
