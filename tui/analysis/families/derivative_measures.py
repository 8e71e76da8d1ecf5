"""The derivative figures, from the children that were fetched or else from the Hub's own counts.

The Hub counts edges, and knows no relation ``unknown``. ``C(f, R)`` is the sum of its counts over
the own repos less the first party's own edges; what must be distinct in it is
``C(f, R without merge) + max over own repos of their merges``, the lower end of its bound.
"""

from collections import Counter
from collections.abc import Callable

from tui.analysis.families.derivatives import (
    Derivative,
    amount,
    asked,
    derivatives,
    is_whole,
    passes,
    tally,
)
from tui.analysis.families.own_figures import MONTH, Own, own_repos
from tui.analysis.families.subject import Fetched, Subject, distinct
from tui.analysis.lineage.edges import parents_of
from tui.analysis.registry.registry import Registry
from tui.model import RELATIONS, Coverage, Lens, Measure, Repo
from tui.model.lens import EVIDENCES
from tui.model.when import iso

COUNTED = ("derivatives", *(f"derivatives_{relation}" for relation in RELATIONS))
LISTED = ("derivative_authors", "derivatives_alive", "new_derivatives_30d")
_NOT_NAMED = "; what only a name places is in no list of a base's children, and not counted here"
_WALKED = "; walked lineage is known only for rows that were walked up, so the total is not"
_EDGES = "; counted as edges: a repo with two own bases counts twice, and credit does not apply"


def derivative_measures(
    subject: Subject, fetched: Fetched, lens: Lens, registry: Registry
) -> dict[str, Measure]:
    """Every derivative figure by name; ``unknown`` and without value above what was fetched."""
    names = (*COUNTED, *LISTED)
    measures = {name: _blank(name, subject, fetched, lens, registry) for name in names}
    if lens.walk == "walked" or fetched.listed is None:
        return measures
    own = own_repos(subject, fetched, lens.llm, registry)
    finished = fetched.children.keys() - fetched.unfinished
    listed = sum(asked(row, finished, registry) for row in own.sure) if finished else 0
    counted = sum(asked(row, fetched.counts, registry) for row in own.sure) if fetched.counts else 0
    if counted > listed:
        edges = _net_edges(own, fetched, lens, registry)
        reach = _coverage(Own(own.sure, []), lambda row: asked(row, fetched.counts, registry))
        for name in COUNTED:
            measures[name] = _from_edges(
                measures[name], _relations(name, lens), edges, reach, fetched
            )
    if fetched.children or is_whole(fetched, own, registry):
        first_party = lens.first_party == "in"
        every = derivatives(subject, fetched, own, first_party, registry, lens.evidence)
        reach = _coverage(own, lambda row: asked(row, finished, registry))
        whole = is_whole(fetched, own, registry)
        for name in LISTED if counted > listed else names:
            measures[name] = _from_rows(name, measures[name], every, fetched, lens, reach, whole)
    return measures


def _blank(
    name: str, subject: Subject, fetched: Fetched, lens: Lens, registry: Registry
) -> Measure:
    by = "anyone" if lens.first_party == "in" else f"others than {', '.join(sorted(subject.orgs))}"
    words = f"repos by {by} that declare an own repo as base ({'+'.join(_relations(name, lens))})"
    if name == "derivative_authors":
        words = f"distinct uploaders of {words}"
    elif lens.credit == "multi":
        words = f"distinct {words}"
    else:
        words = f"{words}, one with bases of several families in parts"
    if name == "derivatives_alive":
        words += " with at least 1 like or 10 downloads in 30 days"
    elif name == "new_derivatives_30d":
        words += ", created in the last 30 days"
    if lens.evidence != EVIDENCES[0]:
        words += _NOT_NAMED
    words += f"; own: {subject.words}{', LLM only' if lens.llm else ''}"
    month = (iso(fetched.as_of - MONTH), iso(fetched.as_of))
    return Measure(
        value=None,
        unit="authors" if name == "derivative_authors" else "repos",
        kind="unknown",
        definition=words + (_WALKED if lens.walk == "walked" else ""),
        universe=fetched.universe,
        lens=lens,
        window=month if name == "new_derivatives_30d" else None,
        source=fetched.source,
        as_of=fetched.as_of,
        registry=registry.version,
    )


def _relations(name: str, lens: Lens) -> tuple[str, ...]:
    suffix = name.removeprefix("derivatives_")
    return (suffix,) if suffix in RELATIONS else lens.relations


def _coverage(own: Own, was_asked: Callable[[Repo], bool]) -> Coverage:
    """How many of the own repos were asked, and their share of the own 30-day downloads."""
    answered = [row for row in own.all if was_asked(row)]
    total = sum(row.downloads or 0 for row in own.all)
    weight = sum(row.downloads or 0 for row in answered) / total if total else None
    return Coverage(len(answered), len(own.all), "own repos asked", weight)


def _from_rows(
    name: str,
    blank: Measure,
    every: list[Derivative],
    fetched: Fetched,
    lens: Lens,
    reach: Coverage,
    whole: bool,
) -> Measure:
    sure, unsure = tally(every, _relations(name, lens), passes(name, fetched))
    by_author = Counter(derivative.author for derivative in sure)
    if name == "derivative_authors":
        value, more = (
            float(len(by_author)),
            float(len({derivative.author for derivative in (*sure, *unsure)})),
        )
    else:
        value, more = amount(sure, lens.credit), amount(sure + unsure, lens.credit)
    bound: tuple[float, float | None] | None = (value, more) if unsure else None
    return blank._replace(
        value=value,
        kind="exact" if whole else "lower_bound",
        bound=bound if whole else (value, None),
        unknown=len(unsure) / (len(sure) + len(unsure)) if sure or unsure else None,
        n=len(sure),
        authors=len(by_author),
        top_author_share=max(by_author.values()) / len(sure) if sure else None,
        coverage=reach,
        requests=(*fetched.list_requests, *fetched.child_requests),
    )


def _net_edges(
    own: Own, fetched: Fetched, lens: Lens, registry: Registry
) -> dict[tuple[str, str], int]:
    """The Hub's counts by own repo and relation, less the first party's unless it is in."""
    edges: dict[tuple[str, str], int] = {}
    for row in own.sure:
        name = registry.canonical(row.id).lower()
        answer = fetched.counts.get(name, fetched.counts.get(row.id.lower()))
        for relation, count in (answer or {}).items():
            edges[name, relation] = count
    if lens.first_party == "apart":
        for row in distinct(fetched.listed or (), registry):
            for edge in parents_of(row, registry):
                key = (edge.parent.lower(), edge.relation)
                if key in edges:
                    edges[key] -= 1
    return edges


def _from_edges(
    blank: Measure,
    relations: tuple[str, ...],
    edges: dict[tuple[str, str], int],
    reach: Coverage,
    fetched: Fetched,
) -> Measure:
    if set(relations) <= {"unknown"}:
        return blank
    chosen = [(kind, count) for (_, kind), count in edges.items() if kind in relations]
    merges = [count for kind, count in chosen if kind == "merge"]
    others = sum(count for kind, count in chosen if kind != "merge")
    return blank._replace(
        value=float(others + sum(merges)),
        unit="edges",
        kind="edges",
        definition=blank.definition + _EDGES,
        bound=(float(max(0, others + max(merges, default=0))), None),
        coverage=reach,
        requests=(*fetched.list_requests, *fetched.count_requests),
    )
