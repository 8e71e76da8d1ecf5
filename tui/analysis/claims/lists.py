"""The claims about lists: on whose bases new finetunes sit, and who stands on top."""

from collections import Counter
from typing import NamedTuple

from tui.analysis.claims.definition import Claim, Definition, Past, Reading, threshold
from tui.analysis.claims.facts import Counts, Facts, Listing, Need
from tui.analysis.claims.intervals import ANY, interval
from tui.analysis.families.subject import is_llm
from tui.analysis.history.movement import rank_intervals
from tui.analysis.lineage.by_name import RULE
from tui.analysis.origins.newest import Newest, newest
from tui.analysis.origins.origins import FEWEST_AUTHORS, RULE_WORDS, Origins, Share, shares
from tui.analysis.registry.registry import UNKNOWN, author_of
from tui.model import RELATIONS, Lens, Measure, Repo
from tui.model.lens import EVIDENCES

CHINA = "CN"
TOP = 10
PUBLISHED_SHARE = 0.63
_LINE = "Qwen3-Omni"
_HALF_SHARE = threshold(0.5, "share", "half of those of known origin")
_HALF_TOP = threshold(5, "models", "half of ten")
_FIRST = threshold(1, "rank", "the first place")


class Bases(NamedTuple):
    """One way to count new derivatives: by whose country, by which relations, of which repos."""

    rule: str
    relations: tuple[str, ...]
    llm: bool = False
    evidence: str = EVIDENCES[0]

    def words(self) -> str:
        """The definition in words, without the window."""
        relations = "derivatives of any relation" if self.relations == RELATIONS else "finetunes"
        llm_only = ", LLM only" if self.llm else ""
        return (
            f"share of new {relations}{llm_only} on bases at home in {CHINA} by"
            f" {RULE_WORDS[self.rule]}, among those of known origin; uploader not first-party"
            + (f"; {RULE}" if self.evidence != EVIDENCES[0] else "")
        )

    def lens(self) -> Lens:
        """The lens with the same switches."""
        return Lens(
            origin=self.rule,
            relations=self.relations,
            walk="walked",
            llm=self.llm,
            evidence=self.evidence,
        )


def share(facts: Facts, way: Bases) -> Reading:
    """The share of China's bases in the window of new repos, with its bound and its error."""
    figure = Measure(
        None,
        "share",
        "unknown",
        way.words(),
        universe=facts.universe,
        lens=way.lens(),
        registry=facts.registry.version,
    )
    if facts.counted is not None:
        return _counted_share(facts, facts.counted, figure, way)
    listing, graph = facts.newest, facts.graph
    if listing is None or graph is None:
        return Reading(figure, _HALF_SHARE)
    sample = newest(
        listing.rows, listing.as_of, graph, facts.registry, way.relations, evidence=way.evidence
    )
    rows, unsure = _kept(sample, way.llm)
    placed = shares(rows, way.rule, facts.registry, graph, sampled=True, evidence=way.evidence)
    figure = figure._replace(
        definition=f"{way.words()}; {sample.without_base} new repos declare no base",
        coverage=listing.coverage,
        window=sample.window,
        source=listing.source,
        as_of=listing.as_of,
        requests=listing.requests,
    )
    if placed.by_name:
        words = f"{figure.definition}; {placed.by_name} of {placed.n} rows placed by name"
        figure = figure._replace(definition=words)
    if placed.unknown < 1 and rows:
        figure = _shared(figure, placed, len(unsure))
    return Reading(figure, _HALF_SHARE, _remark(figure, rows, facts.unwalked))


def _counted_share(facts: Facts, counted: Counts, figure: Measure, way: Bases) -> Reading:
    """The share of all repos of the window; the bound is what unknown bases leave open."""
    placed = counted.placed(way.rule, way.relations, way.llm)
    words = f"{way.words()}; {placed.without_base} new repos declare no base"
    figure = counted.described(figure._replace(definition=words, window=counted.window()))
    if placed.origins.unknown >= 1 or not placed.origins.n:
        return Reading(figure, _HALF_SHARE)
    figure = _shared(figure, placed.origins, placed.unsure)._replace(kind="exact", ci=None)
    maker = counted.author(placed.makers.author)
    return Reading(figure, _HALF_SHARE, _said(figure, maker, placed.origins.top_author_share))


def _shared(figure: Measure, placed: Origins, unsure: int) -> Measure:
    """The figure with its value; ``unsure`` rows may or may not belong to it."""
    china, unknown = _of(placed, CHINA), placed.unknown * placed.n
    every = placed.n + unsure
    return figure._replace(
        value=china.weight / (placed.n - unknown),
        kind="estimate",
        unknown=(unknown + unsure) / every,
        bound=(china.weight / every, (china.weight + unknown + unsure) / every),
        ci=china.ci,
        n=placed.n,
        authors=placed.authors,
        top_author_share=placed.top_author_share,
    )


def _kept(sample: Newest, llm: bool) -> tuple[list[Repo], list[Repo]]:
    """The rows that count, and those whose task is not known."""
    if not llm:
        return list(sample.rows), []
    return (
        [row for row in sample.rows if is_llm(row)],
        [row for row in sample.rows if is_llm(row) is None],
    )


def _of(placed: Origins, country: str) -> Share:
    """A country's share; a country without rows has none, and no error either."""
    for country_share in placed.shares:
        if country_share.origin == country:
            return country_share
    sure = any(
        country_share.ci for country_share in placed.shares if country_share.origin != UNKNOWN
    )
    return Share(country, 0.0, 0.0, None, (0.0, 0.0) if sure else None)


def _remark(figure: Measure, rows: list[Repo], unwalked: int) -> str:
    """Whether the published share fits, or why there is no error; who made most of the sample.

    ``unwalked`` bases count as their own roots: their own bases were not looked up.
    """
    if figure.value is None:
        return ""
    [(author, count)] = Counter(row.author or author_of(row.id) for row in rows).most_common(1)
    words = _said(figure, author, count / len(rows))
    return words + (f"; {unwalked} bases not looked up" if unwalked else "")


def _said(figure: Measure, author: str, author_share: float) -> str:
    span = interval(figure)
    if span == ANY:
        words = f"no error: fewer than {FEWEST_AUTHORS} authors"
    else:
        inside = span.lo <= PUBLISHED_SHARE <= span.hi
        words = f"63 % is {'within' if inside else 'outside'} the interval"
    return f"{words}; {author} made {author_share:.0%} of the sample"


def _bases(name: str, way: Bases) -> Definition:
    needs = (Need("newest"), Need("lineage", "newest"))
    return Definition(name, needs, ">", lambda facts: share(facts, way))


def _rank(facts: Facts) -> Reading:
    """The place of the highest repo of the line; beyond the list's end where it holds none."""
    line = facts.registry.require(_LINE)
    listing = facts.trending
    figure = _listed(facts, listing, "rank", f"best place of a {_LINE} repo on the trending list")
    if listing is None or not listing.rows:
        return Reading(figure, _FIRST)
    ranks = rank_intervals([row.trending_score for row in listing.rows])
    for row, rank in zip(listing.rows, ranks):
        if facts.registry.owns(line, row.id):
            tied = (float(rank.lo), float(rank.hi)) if rank.hi > rank.lo else None
            figure = figure._replace(value=float(rank.lo), kind="exact", bound=tied)
            return Reading(figure, _FIRST)
    count = len(listing.rows)
    words = f"{figure.definition}; none stands among the first {count}"
    figure = figure._replace(value=float(count + 1), kind="lower_bound", definition=words)
    return Reading(figure, _FIRST)


def _top(facts: Facts, rule: str, evidence: str = EVIDENCES[0]) -> Reading:
    listing = facts.trending
    words = f"repos of the first {TOP} on the trending list at home in {CHINA}"
    note = f"; {RULE}" if evidence != EVIDENCES[0] else ""
    figure = _listed(facts, listing, "models", f"{words}, by {RULE_WORDS[rule]}{note}")
    if listing is None or not listing.rows or (rule != "uploader" and facts.graph is None):
        return Reading(figure, _HALF_TOP)
    placed = shares(listing.rows[:TOP], rule, facts.registry, facts.graph, evidence=evidence)
    china, unknown = _of(placed, CHINA), placed.unknown * placed.n
    figure = figure._replace(
        value=china.weight,
        kind="estimate" if placed.by_name else "exact",
        lens=Lens(origin=rule, evidence=evidence),
        unknown=placed.unknown,
        bound=(china.weight, china.weight + unknown) if unknown else None,
        n=placed.n,
        authors=placed.authors,
        registry=facts.registry.version,
    )
    return Reading(figure, _HALF_TOP)


def _listed(facts: Facts, listing: Listing | None, unit: str, words: str) -> Measure:
    """A figure of the trending list before it has a value."""
    return Measure(
        None,
        unit,
        "unknown",
        words,
        universe=facts.universe,
        source=listing.source if listing else "hub",
        as_of=listing.as_of if listing else None,
        requests=listing.requests if listing else (),
    )


BASES = Claim(
    "chinese-bases",
    "63 % of new finetunes sit on Chinese bases",
    (
        _bases("finetunes, root", Bases("root", ("finetune",))),
        _bases("finetunes, nearest lab", Bases("lab", ("finetune",))),
        _bases("finetunes, root, LLM only", Bases("root", ("finetune",), llm=True)),
        _bases("all relations, root", Bases("root", RELATIONS)),
        _bases("finetunes, root, or by name", Bases("root", ("finetune",), evidence="named")),
    ),
    published=("cn-finetunes-2025-09", "cn-finetunes-2024"),
    past=(Past("cn-finetunes-2025-09", ">", 0.5),),
)

_LIST = Need("trending")
_ROOTS = Need("lineage", "trending")

TRENDING = Claim(
    "trending-top",
    "Qwen3-Omni is first in trending, and half of the top ten is Chinese",
    (
        Definition("Chinese by uploader", (_LIST,), "≥", lambda facts: _top(facts, "uploader")),
        Definition("Chinese by root", (_LIST, _ROOTS), "≥", lambda facts: _top(facts, "root")),
        Definition(
            "Chinese by root, or by name",
            (_LIST, _ROOTS),
            "≥",
            lambda facts: _top(facts, "root", "named"),
        ),
        Definition(f"{_LINE} first", (_LIST,), "=", _rank),
    ),
    published=("qwen3-omni-trending", "cn-trending-2025-09"),
    past=(Past("qwen3-omni-trending", "=", 1), Past("cn-trending-2025-09", "≥", 5)),
)
