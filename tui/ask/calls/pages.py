"""Lists of the Hub kept whole for counting: page by page, each as it was on its day.

A family's figures rest on lists of thousands of rows. The rows of the store change as other lists
name the same repos; so these lists are kept for themselves, with the facts that figures need. A
kept page names its successor: what was cut off goes on where it ended.
"""

import json
from typing import TYPE_CHECKING, NamedTuple

from tui.ask.sources import Sources
from tui.model import BadInput, NotFound, Query, Repo
from tui.store.repo_text import read_repo, repo_text, stored_value

if TYPE_CHECKING:
    from tui.hub.client import Page

_BASE = "base_model:"
KEPT = "pages "  # how the keys of kept pages begin; a name and a number follow


class Pages(NamedTuple):
    """One list as far as it is at hand."""

    rows: tuple[Repo, ...]  # public ones, with the tags that name a base and no others
    at: float  # seconds since 1970, UTC: when the first page was fetched
    next: str | None  # path of the next page; None: the list ends here
    held: int  # pages at hand
    urls: tuple[str, ...]
    fresh: bool = False  # some of it was fetched just now

    @property
    def complete(self) -> bool:
        """The list is whole."""
        return self.next is None


def own_path(org: str) -> str:
    """The first page of all that a namespace uploads, the most downloaded first."""
    from tui.hub.endpoints import PAGE_LIMIT, models_list

    return models_list(Query(author=org, sort="downloads"), PAGE_LIMIT, ("downloadsAllTime",))


def children_path(repo_id: str) -> str:
    """The first page of all that name a repo as base, by any relation, the newest first."""
    from tui.hub.endpoints import PAGE_LIMIT, models_list

    query = Query(filters=(f"{_BASE}{repo_id}",), sort="created")
    return models_list(query, PAGE_LIMIT)


def stored(sources: Sources, name: str) -> Pages | None:
    """The kept pages of the list ``name``; None where there is none. Asks for nothing."""
    pages: Pages | None = None
    while pages is None or pages.next:
        count = pages.held if pages else 0
        body = sources.store.cache.body(_key(name, count), "")
        if body is None or (pages and body.fetched_at < pages.at):
            break  # a page of an older copy of the list is none of this one
        page = read(body.text, body.fetched_at)
        if page is None:
            break
        pages = page if pages is None else joined(pages, page)
    return pages


async def fetch(sources: Sources, name: str, path: str, before: Pages | None, lane: str) -> Pages:
    """``before`` and the page at ``path`` behind it, which is kept. Raises the Hub's Problems.

    Private rows are left out: a figure is the same whoever looks. Where the Hub takes the cursor
    of ``path`` no more, the list begins anew.
    """
    hub = await sources.hub()
    try:
        page = await hub.page(path, "model", lane)
    except (BadInput, NotFound):
        from tui.hub.endpoints import begin_anew

        if before is None or begin_anew(path) == path:
            raise
        page, before = await hub.page(begin_anew(path), "model", lane), None
    added, text = await hub.desk.do(_added, page, before)
    if not sources.bundled:
        number = before.held if before else 0
        sources.store.cache.put_body(_key(name, number), "", text, page.fetched_at)
    return added


def _added(page: "Page", before: Pages | None) -> tuple[Pages, str]:
    """``before`` and one more page, and the page as it is kept: some 20 ms for 1,000 rows."""
    rows = tuple(_slim(row) for row in page.rows if not row.private)
    single = Pages(rows, page.fetched_at, page.next, 1, (page.url,), fresh=True)
    return (single if before is None else joined(before, single)), _written(single)


def keep(sources: Sources, name: str, number: int, page: Pages) -> None:
    """Keep one page of the list ``name``, in place of an older one of that number."""
    sources.store.cache.put_body(_key(name, number), "", _written(page), page.at)


def _written(page: Pages) -> str:
    """One page as ``read`` takes it."""
    head = json.dumps({"next": page.next, "url": page.urls[0]})
    return "\n".join((head, *map(repo_text, page.rows)))


def read(text: str, at: float) -> Pages | None:
    """The page that was kept; None where it is damaged, or a row is of another version."""
    head, *lines = text.split("\n")
    rows, fields = [read_repo(line) for line in lines], stored_value(head)
    if None in rows or not isinstance(fields, dict) or not fields.keys() >= {"next", "url"}:
        return None
    return Pages(tuple(row for row in rows if row), at, fields["next"], 1, (fields["url"],))


def joined(first: Pages, second: Pages) -> Pages:
    """Two neighbouring parts of a list as one."""
    return Pages(
        first.rows + second.rows,
        first.at,
        second.next,
        first.held + second.held,
        first.urls + second.urls,
        first.fresh or second.fresh,
    )


def _key(name: str, page: int) -> str:
    return f"{KEPT}{name} {page}"


def _slim(row: Repo) -> Repo:
    """The row without the tags that no figure needs: they are most of its text."""
    return row._replace(
        tags=tuple(tag for tag in row.tags if tag.startswith(_BASE)), trending_score=None
    )
