"""The claims about families and organisations: derivatives, downloads, who publishes at all."""

from collections.abc import Callable, Mapping

from tui.analysis.census.counted import answers
from tui.analysis.claims.definition import Claim, Definition, Past, Reading, threshold
from tui.analysis.claims.facts import Facts, Listing, Need, subject
from tui.analysis.families.derivatives import derivatives, is_whole
from tui.analysis.families.measures import measure
from tui.analysis.families.own_figures import own_repos
from tui.analysis.families.subject import Fetched, Subject
from tui.analysis.lineage.edges import parents_of
from tui.analysis.registry.registry import author_of
from tui.model import Lens, Measure

NAMED = (("qwen", "qwen"),)  # words that names are searched for, and whose own do not count
_ALL = Lens()
_NO_COPIES = Lens(relations=("finetune", "adapter", "merge"))
_WALKED = Lens(walk="walked")
_LLM = Lens(llm=True)
_NOT_LISTED = Fetched(as_of=0.0)

Figure = Callable[[Facts], Measure]


def _figure(key: str, name: str, lens: Lens) -> Figure:
    def read(facts: Facts) -> Measure:
        return _measures(facts, key, lens)[name]

    return read


def _measures(facts: Facts, key: str, lens: Lens) -> Mapping[str, Measure]:
    if facts.counted is not None and answers(lens):
        return facts.counted.measures(key, lens)
    about = subject(key, facts.registry)
    fetched = facts.fetched.get(key, _NOT_LISTED._replace(as_of=facts.now))
    return measure(about, fetched._replace(universe=facts.universe), lens, facts.registry)


def _named(word: str, key: str) -> Figure:
    """The repos whose name holds a word, uploaded by others than the family's organisations."""

    def read(facts: Facts) -> Measure:
        about = subject(key, facts.registry)
        listing = facts.named.get(word)
        blank = Measure(
            None,
            "repos",
            "unknown",
            f"repos by others than {', '.join(sorted(about.orgs))} whose name holds “{word}”,"
            " whatever base they declare",
            universe=facts.universe,
            registry=facts.registry.version,
        )
        if facts.counted is not None:
            every = float(facts.counted.named(word, key))
            return facts.counted.described(blank._replace(value=every, kind="exact"))
        if listing is None:
            return blank
        count = _holding(listing, word, about)
        return blank._replace(
            value=float(count),
            kind="exact" if listing.complete else "lower_bound",
            n=len(listing.rows),
            source=listing.source,
            as_of=listing.as_of,
            requests=listing.requests,
        )

    return read


def _holding(listing: Listing, word: str, about: Subject) -> int:
    names = {row.id.lower() for row in listing.rows if word in row.id.rpartition("/")[2].lower()}
    return sum(author_of(name) not in about.orgs for name in names)


def _reach(key: str) -> Figure:
    """30-day downloads of the own language models and of what others built on them."""

    def read(facts: Facts) -> Measure:
        own = _measures(facts, key, _LLM)["downloads_30d"]
        about = subject(key, facts.registry)
        words = own.definition.replace(
            "sum over own repos", "sum over own repos and the repos of others built on them", 1
        )
        own = own._replace(definition=words)
        fetched = facts.fetched.get(key)
        if facts.counted is not None:
            return _counted_reach(own, *facts.counted.flow(key))
        if fetched is None or own.value is None:
            return own
        rows = own_repos(about, fetched, True, facts.registry)
        built = derivatives(about, fetched, rows, False, facts.registry)
        more = float(sum(derivative.repo.downloads or 0 for derivative in built if derivative.sure))
        unsure = float(
            sum(derivative.repo.downloads or 0 for derivative in built if not derivative.sure)
        )
        whole = own.kind == "exact" and is_whole(fetched, rows, facts.registry)
        whole = whole and all(derivative.repo.downloads is not None for derivative in built)
        value = own.value + more
        top = (own.bound[1] if own.bound else own.value) if whole else None
        return own._replace(
            value=value,
            kind="exact" if whole else "lower_bound",
            bound=(value, None if top is None else top + more + unsure),
            requests=(*own.requests, *fetched.child_requests),
        )

    return read


def _counted_reach(own: Measure, more: int, unsure: int, unstated: int) -> Measure:
    """``own`` with the downloads of derivatives that were counted."""
    if own.value is None:
        return own
    value = own.value + more
    if unstated or own.kind != "exact":
        return own._replace(value=value, kind="lower_bound", bound=(value, None))
    top = (own.bound[1] if own.bound and own.bound[1] is not None else own.value) + more + unsure
    return own._replace(value=value, bound=(value, top) if top > value else None)


def _concentration(facts: Facts) -> tuple[tuple[str, Measure], ...]:
    """For each family the share of its three largest repos, and its flow without the largest."""
    figures = []
    for key in ("qwen", "llama"):
        label = subject(key, facts.registry).label
        own = _measures(facts, key, _LLM)
        figures.append((f"{label}: share of its three largest", own["top3_share"]))
        figures.append((f"{label}: without its largest repo", _without_largest(facts, key)))
    return tuple(figures)


def _without_largest(facts: Facts, key: str) -> Measure:
    flow = _measures(facts, key, _LLM)["downloads_30d"]
    fetched = facts.fetched.get(key)
    if fetched is None or flow.value is None:
        return flow
    own = own_repos(subject(key, facts.registry), fetched, True, facts.registry)
    largest = max((row.downloads or 0 for row in own.sure), default=0)
    return flow._replace(
        value=flow.value - largest,
        definition=f"{flow.definition}, without the largest repo",
        bound=flow.bound and (flow.bound[0] - largest, flow.bound[1]),
    )


def _over(figure: Figure, number: Measure) -> Callable[[Facts], Reading]:
    """The figure against a number."""
    return lambda facts: Reading(figure(facts), number)


def _versus(figure: Figure, other: Figure) -> Callable[[Facts], Reading]:
    """Two figures against each other."""
    return lambda facts: Reading(figure(facts), other(facts))


def _flows(facts: Facts) -> Reading:
    flows = [_measures(facts, key, _LLM)["downloads_30d"] for key in ("qwen", "llama")]
    return Reading(flows[0], flows[1], beside=_concentration(facts))


def _organisation(name: str) -> Definition:
    key = f"org:{name}"

    def read(facts: Facts) -> Reading:
        own = _measures(facts, key, _ALL)
        return Reading(own["repos"], _NONE, beside=_profile(facts, key, own))

    return Definition(name, (Need("own", key),), ">", read)


def _profile(facts: Facts, key: str, own: Mapping[str, Measure]) -> tuple[tuple[str, Measure], ...]:
    """Further figures of the organisation's list, and the share built on bases of others."""
    figures = [
        (words, own[name])
        for words, name in (
            ("downloads 30 d", "downloads_30d"),
            ("downloads all-time", "downloads_all_time"),
            ("likes", "likes"),
            ("new in 30 d", "new_repos_30d"),
        )
    ]
    return (*figures, ("built on a foreign base", _foreign(facts, key, own["repos"])))


def _foreign(facts: Facts, key: str, repos: Measure) -> Measure:
    about, fetched = subject(key, facts.registry), facts.fetched.get(key)
    words = f"part of {about.label}'s repos that declare a base of another uploader"
    if fetched is None or fetched.listed is None or not repos.value:
        return repos._replace(value=None, unit="share", kind="unknown", definition=words)
    rows = own_repos(about, fetched, False, facts.registry).sure
    bases = [[edge.parent for edge in parents_of(row, facts.registry)] for row in rows]
    abroad = sum(
        any(author_of(base).lower() not in about.orgs for base in parents) for parents in bases
    )
    bare = sum(not parents for parents in bases)
    return repos._replace(
        value=abroad / len(rows),
        unit="share",
        definition=f"{words}; {bare} of {len(rows)} declare none, which is not “none”",
        bound=(abroad / len(rows), (abroad + bare) / len(rows)),
        unknown=bare / len(rows),
    )


_NONE = threshold(0, "repos", "none at all")
_MANY = threshold(100_000, "repos", "the claim's 100,000")
_QWEN = Need("own", "qwen")
_LLAMA = Need("own", "llama")
_COUNTED = (_QWEN, Need("counts", "qwen", 1))
_LISTED = (_QWEN, Need("children", "qwen", 2))


def _many(name: str, needs: tuple[Need, ...], figure: Figure, doubt: str = "") -> Definition:
    return Definition(name, needs, "≥", _over(figure, _MANY), doubt)


DERIVATIVES = Claim(
    "qwen-derivatives",
    "Qwen has more than 100,000 derivatives",
    (
        _many("all relations", _COUNTED, _figure("qwen", "derivatives", _ALL)),
        _many("without quantized copies", _COUNTED, _figure("qwen", "derivatives", _NO_COPIES)),
        _many("alive", _LISTED, _figure("qwen", "derivatives_alive", _ALL)),
        _many("by name", (Need("named", "qwen", 2),), _named(*NAMED[0])),
        _many(
            "walked",
            (),
            _figure("qwen", "derivatives", _WALKED),
            "transitive totals are not to be had live; a census counts them",
        ),
    ),
    published=(
        "qwen-derivatives-2026-02",
        "qwen-derivatives-2026-01",
        "qwen-tagged-2026-02",
        "qwen-derivatives-2026-08",
    ),
    past=(Past("qwen-derivatives-2026-02", "≥", 100_000),),
)

DOWNLOADS = Claim(
    "qwen-llama",
    "Qwen has overtaken Llama as the most downloaded LLM family",
    (
        Definition(
            "stock: downloads since release",
            (_QWEN, _LLAMA),
            ">",
            _versus(
                _figure("qwen", "downloads_all_time", _LLM),
                _figure("llama", "downloads_all_time", _LLM),
            ),
        ),
        Definition("flow: downloads of 30 days", (_QWEN, _LLAMA), ">", _flows),
        Definition(
            "reach: flow with derivatives",
            (*_LISTED, _LLAMA, Need("children", "llama", 2)),
            ">",
            _versus(_reach("qwen"), _reach("llama")),
        ),
    ),
    published=("qwen-downloads-2025-autumn", "llama-downloads-2025-autumn"),
    past=(Past("qwen-downloads-2025-autumn", ">", "llama-downloads-2025-autumn"),),
)

_ORGS = (
    "nvidia", "unitreerobotics", "agibot-world", "deepseek-ai", "Qwen",
    "meta-llama", "facebook", "google", "openai",
)  # fmt: skip

ORGANISATIONS = Claim(
    "open-labs",
    "NVIDIA, Unitree, AgiBot, DeepSeek and Qwen publish models, as Meta, Google and OpenAI do",
    tuple(_organisation(name) for name in _ORGS),
    one_figure=False,
)
