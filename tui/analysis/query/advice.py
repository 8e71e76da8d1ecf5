"""What to change in a query that finds nothing: what to drop, and nearer spellings."""

from collections.abc import Iterable, Sequence

from tui.analysis.query import fits
from tui.analysis.query.nearest import nearest
from tui.analysis.query.query_line import RowIndex, text
from tui.analysis.query.tags import has_tag
from tui.analysis.query.terms import Context
from tui.analysis.registry.registry import Registry
from tui.model import Query, Repo, late
from tui.model.query import loosely

_WORD = late.pattern(r"[a-z0-9.]+")
_NEAR = 0.75


def advice(
    query: Query,
    rows: Sequence[Repo],
    registry: Registry,
    now: float,
    known: fits.Known = fits.NOTHING,
) -> list[str]:
    """Sentences about the rows at hand: what each part of the query leaves out, and spellings."""
    shelf = RowIndex(row for row in rows if row.kind == query.kind)
    sentences = [
        *_dropped(query, shelf, Context(registry, now, known=known)),
        *_spelled(query, shelf.rows, registry),
    ]
    return sentences or ["nothing at hand comes near; drop a word or a field"]


def parts(query: Query) -> list[tuple[str, Query]]:
    """Each part of a query as it is written, with the query that lacks it."""
    without: list[tuple[str, Query]] = []
    for word in query.words:
        left = tuple(other for other in query.words if other != word)
        without.append((word, query._replace(words=left)))
    for tag in query.filters:
        left = tuple(other for other in query.filters if other != tag)
        without.append((text(Query(filters=(tag,))), query._replace(filters=left)))
    for term in query.terms:
        rest = tuple(other for other in query.terms if other != term)
        without.append((text(Query(terms=(term,))), query._replace(terms=rest)))
    if query.author:
        without.append((f"author:{query.author}", query._replace(author=None)))
    if query.task:
        without.append((f"task:{query.task}", query._replace(task=None)))
    return without


def _dropped(query: Query, shelf: RowIndex, at: Context) -> list[str]:
    """The part whose absence finds most of the rows at hand."""
    counts = [
        (len(shelf.select(less, at.registry, at.now, known=at.known)), part)
        for part, less in parts(query)
    ]
    best = max(counts, default=(0, ""))
    if len(counts) < 2 or not best[0]:
        return []
    return [f"without {best[1]} there are {best[0]:,} among the rows at hand"]


def _spelled(query: Query, rows: Sequence[Repo], registry: Registry) -> Iterable[str]:
    """Spellings that the rows at hand know, for the parts that none of them satisfies."""
    for word in query.words:
        pieces = loosely([word])
        if not any(all(part in _plain(row.id) for part in pieces) for row in rows):
            yield from _near(word, {part for row in rows for part in _WORD.findall(row.id.lower())})
    for tag in query.filters:
        tagged = has_tag(tag, registry)
        if not any(tagged(row) for row in rows):
            yield from _near(tag, {row_tag for row in rows for row_tag in row.tags})
    tasks = {row.task for row in rows if row.task}
    if query.task and query.task not in tasks:
        yield from _near(query.task, tasks, "task:")
    authors = {row.id.partition("/")[0] for row in rows}
    if query.author and query.author.lower() not in {author.lower() for author in authors}:
        yield from _near(query.author, authors, "author:")


def _plain(name: str) -> str:
    return name.lower().replace("_", "-")


def _near(wrong: str, good: Iterable[str], field: str = "") -> list[str]:
    spelling, sentence = nearest(wrong, sorted(good), _NEAR), f"no row at hand holds {field}{wrong}"
    return [f"{sentence}; did you mean {field}{spelling}?" if spelling else sentence]
