"""Families from a census: every figure exact, whatever the lens, and no call."""

from collections.abc import Mapping, Sequence

from tui.analysis.census.counted import DERIVATIVES, Counted, figures, relation_bits, test_of
from tui.analysis.families.measures import measure
from tui.analysis.families.robustness import Interval
from tui.analysis.families.subject import Fetched, Subject, of_family
from tui.analysis.registry.registry import Family
from tui.ask.census.held import Held
from tui.ask.sources import Sources
from tui.model import RELATIONS, Lens, Measure, Repo
from tui.store.census.tallies import Wanted, Which, sums

_ALL = (1 << len(RELATIONS)) - 1
_MIXES = {"finetune": ("finetune",), "finetune+merge": ("finetune", "merge"),
          "all relations": RELATIONS}  # fmt: skip


def measures(
    sources: Sources, held: Held, family: Family, subject: Subject, lens: Lens
) -> dict[str, Measure]:
    """Every figure of a family, or of a line of one."""
    number = held.census.families.get(family.key)
    if number is None:
        return of_rows(sources, held, subject, lens, family.key)
    return figures(
        subject._replace(owns=lambda _: True),
        held.fetched(own(held, number)),
        lens,
        _counted(held, number, lens),
        sources.registry,
        _command(family.key, lens),
    )


def of_rows(
    sources: Sources, held: Held, subject: Subject, lens: Lens, key: str
) -> dict[str, Measure]:
    """Every figure of a subject that has no totals of its own: a line, a namespace."""
    by_name = measure(subject, fetched(sources, held, subject), lens, sources.registry)
    return {
        name: figure._replace(requests=(_command(key, lens),)) for name, figure in by_name.items()
    }


def subject_of(sources: Sources, family: Family) -> Subject:
    """What the family is measured as."""
    return of_family(family, sources.registry)


def own(held: Held, number: int) -> tuple[Repo, ...]:
    """The own repos of a family, the most downloaded first."""
    ranked = held.census.repos(
        "WHERE r.rank IN (SELECT node FROM mark WHERE family = ? AND family > 0) ORDER BY r.rank",
        (number,),
    )
    return tuple(repo for _, repo in ranked)


def own_of(held: Held, subject: Subject) -> tuple[Repo, ...]:
    """The own repos of any subject, the most downloaded first."""
    rows = by_authors(held, sorted(subject.orgs))
    return tuple(row for row in rows if subject.owns(row.id))


def by_authors(held: Held, authors: Sequence[str]) -> tuple[Repo, ...]:
    """All that these namespaces upload, the most downloaded first."""
    marks = ", ".join("?" * len(authors))
    ranked = held.census.repos(
        f"WHERE r.author IN (SELECT id FROM author WHERE name IN ({marks})) ORDER BY +r.rank",
        authors,
    )
    return tuple(repo for _, repo in ranked)


def fetched(sources: Sources, held: Held, subject: Subject) -> Fetched:
    """A subject's own repos with all that name one of them: for what has no totals of its own."""
    rows = own_of(held, subject)
    registry, census = sources.registry, held.census
    children: dict[str, tuple[Repo, ...]] = {}
    for row in rows:
        ranked = census.repos(
            "WHERE r.rank IN (SELECT child FROM below WHERE parent = ?) ORDER BY r.rank",
            (census.find(row.id),),
        )
        children[registry.canonical(row.id).lower()] = tuple(repo for _, repo in ranked)
    return held.fetched(rows)._replace(children=children)


def _counted(held: Held, number: int, lens: Lens) -> Mapping[str, Counted]:
    which = Which(number, lens.walk == "walked", lens.first_party == "in", lens.llm)
    wanted = [Wanted(relation_bits(name, lens), test_of(name)) for name in DERIVATIVES]
    distinct = list(dict.fromkeys(wanted))
    answers = dict(zip(distinct, sums(held.census, which, distinct)))
    return {name: Counted(*answers[want]) for name, want in zip(DERIVATIVES, wanted)}


def settings(held: Held, number: int, lens: Lens) -> dict[str, Interval | None]:
    """The derivatives under every setting that robustness tries."""
    which = Which(number, lens.walk == "walked", lens.first_party == "in", lens.llm)
    wanted = [
        Wanted(sum(1 << RELATIONS.index(relation) for relation in relations), test)
        for relations in _MIXES.values()
        for test in ("", "alive")
    ]
    answers = iter(sums(held.census, which, wanted))
    intervals: dict[str, Interval | None] = {}
    for mix in _MIXES:
        for words in ("all", "alive"):
            tally = next(answers)
            parts = (tally.sure_parts, tally.sure_parts + tally.unsure_parts)
            intervals[f"{mix}, fractional, {words}"] = parts
            intervals[f"{mix}, multi, {words}"] = (tally.sure, tally.sure + tally.unsure)
    return intervals


def _command(key: str, lens: Lens) -> str:
    from shlex import quote

    return " ".join(["hubscope family", quote(key), *lens.flags()])
