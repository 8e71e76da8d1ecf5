"""The facts of one repo as labelled lines: the preview, the Facts tab and ``hubscope show``."""

from typing import NamedTuple

from tui.analysis.lineage.edges import declared
from tui.analysis.memory import parameters
from tui.model import Access, Detail, Parameters, Repo
from tui.model.when import FLOOR, seconds
from tui.render import cells
from tui.render.licence import words
from tui.render.spans import Line

_LABEL = 14
_MINUTE = 60.0
SPACES_TOLD = 100  # the Hub names no more of them
_BASES = 8  # named in one fact
_FLOORED = "before March 2022"
EMPTY_CARD = "an empty card: the README has no text, or front matter alone"
_NOT_RECORDED = "not recorded"
_GATES = {"auto": "yes, opened automatically", "manual": "yes, opened by its owner"}


class Fact(NamedTuple):
    """One labelled fact; ``value`` is text for people."""

    label: str
    value: str


def of_repo(repo: Repo, now: float) -> list[Fact]:
    """The facts that a list row alone holds."""
    facts = [
        Fact("task", repo.task or _NOT_RECORDED),
        Fact("library", repo.library or _NOT_RECORDED),
        Fact("license", repo.license or _NOT_RECORDED),
        Fact("gated", gated(repo.gated)),
        Fact("parameters", parameters_words(parameters.of_repo(repo))),
        Fact("downloads", _downloads(repo)),
        Fact("likes", _count(repo.likes)),
        Fact("created", _created(repo.created_at, now)),
        Fact("last changed", _day(repo.last_modified, now)),
    ]
    if repo.kind == "space":
        hidden = {"task", "library", "parameters", "downloads"}
        facts = [fact for fact in facts if fact.label not in hidden]
        facts.insert(0, Fact("sdk", repo.sdk or _NOT_RECORDED))
    elif repo.kind == "dataset":
        facts = [fact for fact in facts if fact.label not in {"library", "parameters"}]
    if repo.disabled:
        facts.insert(0, Fact("disabled", "yes, by the Hub"))
    if repo.kind == "model":
        facts += _bases(repo)
    return facts


def _bases(repo: Repo) -> list[Fact]:
    """The declared bases, and what is odd about them.

    Where field and tags differ is left to who knows the ids that moved.
    """
    declaration = declared(repo)._replace(unheeded=(), silent=())
    facts = []
    if declaration.edges:
        names = ", ".join(edge.parent for edge in declaration.edges[:_BASES])
        more = len(declaration.edges) - _BASES
        relations = dict.fromkeys(edge.relation for edge in declaration.edges)
        left = f" and {more} more" if more > 0 else ""
        facts.append(Fact("base model", f"{names}{left} ({', '.join(relations)})"))
    return facts + [Fact("note", remark) for remark in declaration.remarks()]


def remarks(repo: Repo) -> list[str]:
    """What the plain facts of a row cannot say, one sentence each."""
    sentences = []
    if repo.created_at and repo.created_at.startswith(FLOOR):
        sentences.append(f"created {_FLOORED}: the Hub has no earlier date")
    if _uncounted(repo):
        sentences.append(f"downloads: 0, and {_not_counted(repo)}")
    return sentences


def _uncounted(repo: Repo) -> bool:
    """Whether a repo has likes and no downloads: the Hub probably counts none of it."""
    return repo.downloads == 0 and not repo.downloads_all_time and bool(repo.likes)


def _not_counted(repo: Repo) -> str:
    return f"the Hub may not count this library{f' ({repo.library})' if repo.library else ''}"


def of_detail(detail: Detail, now: float, *, bundled: bool = False) -> list[Fact]:
    """What the repo's own page tells, on top of the row; ``bundled``: what the sample tells."""
    repo = detail.repo
    counted = parameters_words(parameters.of_detail(detail))
    better = {"license": words(detail), "parameters": counted}
    facts = [Fact(name, better.get(name, value)) for name, value in of_repo(repo, now)]
    if repo.kind != "space":
        total = Fact("all-time", _count(repo.downloads_all_time))
        at = [fact.label for fact in facts].index("downloads") + 1
        facts.insert(at, total)
    if repo.kind == "model":
        facts += _of_model(detail, "sample" if bundled else "Hub")
    if detail.used_storage is not None:
        facts.append(Fact("storage", f"{cells.size(detail.used_storage)} of large files, ever"))
    if detail.new_version:
        facts.append(Fact("successor", detail.new_version))
    facts += _lists(detail)
    if detail.description:
        facts.append(Fact("about", detail.description))
    return facts


def with_extras(
    facts: list[Fact],
    discussions: tuple[int, float] | None,
    access: tuple[Access, float] | None,
    now: float,
    *,
    login: bool,
) -> list[Fact]:
    """``facts`` of a repo, and what took a request of its own, each with when it was answered.

    ``discussions``: how many are open; ``access``: whether the login that there is may read the
    files of a gated repo. An age is told from a minute on, since the facts have another.
    """
    extended: list[Fact] = []
    for fact in facts:
        if fact.label == "gated" and fact.value in _GATES.values():
            fact = Fact("gated", fact.value + _access(access, now, login))
        extended.append(fact)
        if fact.label == "likes" and discussions is not None:
            count, at = discussions
            extended.append(Fact("discussions", f"{count:,} open{_ago(now - at)}"))
    return extended


def gate(repo: Repo, access: tuple[Access, float] | None) -> str | None:
    """The gate in few words, for the line under a card; None where there is none."""
    if gated(repo.gated) not in _GATES.values():
        return None
    return "gated" if access is None else f"gated, {'open' if access[0].allowed else 'shut'} to you"


def _access(access: tuple[Access, float] | None, now: float, login: bool) -> str:
    if not login:
        return "; log in to see whether you have access"
    if access is None:
        return ""
    (allowed, why), at = access
    reason = f": {why}" if why else ""
    return f" · this login has {'' if allowed else 'no '}access{_ago(now - at)}{reason}"


def _ago(seconds: float) -> str:
    return f" ({cells.span(seconds)} ago)" if seconds >= _MINUTE else ""


def _of_model(detail: Detail, counter: str) -> list[Fact]:
    facts: list[Fact] = []
    if detail.dtypes:
        by_dtype = ", ".join(f"{dtype} {cells.count(n)}" for dtype, n in detail.dtypes.items())
        facts.append(Fact("by dtype", by_dtype))
    helper = detail.repo.gguf if detail.repo.gguf and detail.repo.gguf.of_helper else None
    if helper and not detail.architectures:
        note = f"not recorded (the header read is a helper's: {helper.architecture or 'unnamed'})"
        facts.append(Fact("architecture", note))
    if detail.model_type or detail.architectures:
        names = ", ".join(detail.architectures)
        kinds = " · ".join(part for part in (detail.model_type, names) if part)
        facts.append(Fact("architecture", kinds))
    facts.append(
        Fact("context", f"{detail.context_length:,} tokens")
        if detail.context_length
        else Fact("context", _NOT_RECORDED)
    )
    if detail.children is not None:
        counts = " · ".join(f"{name} {cells.count(n)}" for name, n in detail.children.items())
        facts.append(Fact("children", f"{counts} (direct, as the {counter} counts)"))
    return facts


def _lists(detail: Detail) -> list[Fact]:
    lists = (
        ("languages", detail.languages),
        ("datasets", detail.datasets),
        ("papers", tuple(f"arXiv:{paper}" for paper in detail.papers)),
        ("providers", tuple(provider.name for provider in detail.providers)),
    )
    facts = [Fact(label, _some(values)) for label, values in lists if values]
    if detail.spaces:
        more = f"{SPACES_TOLD} or more: " if len(detail.spaces) >= SPACES_TOLD else ""
        facts.append(Fact("Spaces", f"{more}{_some(detail.spaces)}"))
    return facts


def _some(values: tuple[str, ...], most: int = 12) -> str:
    shown = ", ".join(values[:most])
    return shown if len(values) <= most else f"{shown} and {len(values) - most} more"


def parameters_words(value: Parameters) -> str:
    """A count of parameters and why it is not exact, or why there is none."""
    if value.count is None:
        silent = value.doubt in ("", parameters.SILENT)
        return _NOT_RECORDED if silent else f"unknown: {value.doubt}"
    shown = f"{value.count:,}" if value.how == "exact" else f"≈ {cells.about(value.count)}"
    return f"{shown} ({value.doubt})" if value.doubt else shown


def gated(value: str | bool | None) -> str:
    """The gate in words."""
    if value is None:
        return _NOT_RECORDED
    if value is False:
        return "no"
    return _GATES.get(str(value), str(value))


def lines(facts: list[Fact], width: int, label: int = _LABEL) -> list[Line]:
    """The facts as lines of at most ``width`` cells; long values wrap under their own column.

    ``label`` is the cells of the column of labels.
    """
    rows: list[Line] = []
    for name, value in facts:
        parts = cells.wrap(value, max(10, width - label)) or [""]
        for index, part in enumerate(parts):
            rows.append(((f"{name if index == 0 else '':<{label}}", "muted"), (part, "text")))
    return rows


def _downloads(repo: Repo) -> str:
    if repo.downloads is None:
        return _NOT_RECORDED
    doubt = f"; {_not_counted(repo)}" if _uncounted(repo) else ""
    return f"{repo.downloads:,} in 30 days{doubt}"


def _count(value: int | None) -> str:
    return _NOT_RECORDED if value is None else f"{value:,}"


def _created(text: str | None, now: float) -> str:
    """The day of creation; the Hub has one earliest moment for all that is older."""
    moment = seconds(text)
    if text and moment is not None and text.startswith(FLOOR):
        return f"{_FLOORED} (over {cells.span(now - moment)} ago)"
    return _day(text, now)


def _day(text: str | None, now: float) -> str:
    moment = seconds(text)
    if text is None or moment is None:
        return _NOT_RECORDED
    return f"{text[:10]} ({cells.span(now - moment)} ago)"
