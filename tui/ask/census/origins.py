"""Where the models of a list come from, out of a census: of all rows, and no base is looked up."""

from typing import TYPE_CHECKING, Any, NamedTuple

from tui.analysis.census.shares import Makers, origins, place
from tui.analysis.origins.newest import DAYS, SETTLING
from tui.analysis.origins.origins import RULE_WORDS, Origins
from tui.ask.census.claims import WEEK, cells, crews
from tui.ask.census.held import Held
from tui.ask.sources import Sources
from tui.model import Lens, Measure, View
from tui.model.when import iso

if TYPE_CHECKING:
    from tui.ask.lists.origin_shares import Found


class Asked(NamedTuple):
    """The question behind a view, so that it can be put again under another lens."""

    of: str  # new or downloads
    lens: Lens
    top: int
    held: Held


def view(sources: Sources, asked: Asked) -> View[Any]:
    """The shares. The view has one Found as its row, as any view of origins."""
    answer = _newest(asked) if asked.of == "new" else _downloads(asked)
    census = asked.held.census
    return View(
        rows=(answer,),
        source="census",
        as_of=census.as_of,
        query=asked,
        measures=_measures(sources, asked, answer),
        requests=(_command(asked),),
    )


def _newest(asked: Asked) -> "Found":
    from tui.ask.lists.origin_shares import Found

    at = asked.held.census.as_of
    window = (iso(at - DAYS), iso(at - SETTLING))
    lens = asked.lens
    week = cells(asked.held, WEEK, lens.origin)
    placed = place(week, crews(asked.held), lens.origin, lens.relations)
    words = (
        f"new repos ({'+'.join(lens.relations)}) created {window[0]} to {window[1]} by"
        f" others than the first party of their root, {_by(lens.origin)}"
    )
    left_out = {
        "without a base": placed.without_base,
        "of the first party": placed.first_party,
        "of another relation": placed.other_relation,
    }
    return Found("new", placed.origins, words, lens, window, left_out=left_out)


def _downloads(asked: Asked) -> "Found":
    from collections import Counter

    from tui.ask.lists.origin_shares import Found

    census, rule = asked.held.census, asked.lens.origin
    totals: dict[str, float] = {}
    makers: Counter[int] = Counter()
    sql = f"SELECT r.author, m.{rule} FROM repo r JOIN mark m ON m.node = r.rank WHERE r.rank <= ?"
    for author, mix in census.ask(sql, (asked.top,)):
        makers[author] += 1
        for country, weight in census.mixes[mix].items():
            totals[country] = totals.get(country, 0.0) + weight
    shares: Origins = origins(totals, rule, Makers.counted(makers))
    words = f"models among the first {shares.n} of the Hub's most downloaded list, {_by(rule)}"
    return Found("downloads", shares, words, asked.lens)


def _by(rule: str) -> str:
    return f"by the country of the {RULE_WORDS[rule]}"


def _measures(sources: Sources, asked: Asked, answer: "Found") -> dict[str, Measure]:
    shares = answer.origins
    unknown = shares.unknown * shares.n
    blank = Measure(
        value=None,
        unit="repos",
        kind="exact",
        definition=answer.definition,
        universe=asked.held.universe,
        unknown=shares.unknown,
        n=shares.n,
        authors=shares.authors,
        top_author_share=shares.top_author_share,
        lens=answer.lens,
        window=answer.window,
        source=asked.held.source,
        as_of=asked.held.census.as_of,
        registry=sources.registry.version,
        requests=(_command(asked),),
    )
    return {
        f"origin.{share.origin}": blank._replace(
            value=share.weight,
            definition=f"weight of {share.origin} in {answer.definition}",
            bound=None if share.bound is None else (share.weight, share.weight + unknown),
        )
        for share in shares.shares
    }


def _command(asked: Asked) -> str:
    words = ["hubscope origins --of", asked.of, "--origin", asked.lens.origin]
    if asked.of == "new":
        words += ["--relations", ",".join(asked.lens.relations)]
    else:
        words += ["--top", str(asked.top)]
    return " ".join(words)
