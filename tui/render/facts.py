"""The facts of one repo as labelled lines: the preview, the Facts tab and ``hubscope show``."""

from typing import NamedTuple

from tui.analysis.memory import parameters
from tui.model import Detail, Parameters, Repo
from tui.model.when import seconds
from tui.render import cells
from tui.render.licence import words
from tui.render.spans import Line

_LABEL = 14
_MINUTE = 60.0
_NOT_RECORDED = "not recorded"
_GATES = {"auto": "yes, opened automatically", "manual": "yes, opened by its owner"}


class Fact(NamedTuple):
    """One labelled fact; ``value`` is text for people."""

    label: str
    value: str


def of_repo(repo: Repo, now: float) -> list[Fact]:
    """What a list row alone tells."""
    facts = [
        Fact("task", repo.task or _NOT_RECORDED),
        Fact("library", repo.library or _NOT_RECORDED),
        Fact("license", repo.license or _NOT_RECORDED),
        Fact("gated", gated(repo.gated)),
        Fact("parameters", parameters_words(parameters.of_repo(repo))),
        Fact("downloads", _downloads(repo.downloads)),
        Fact("likes", _count(repo.likes)),
        Fact("created", _day(repo.created_at, now)),
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
    if repo.base_models:
        names = ", ".join(repo.base_models.ids)
        facts.append(Fact("base model", f"{names} ({repo.base_models.relation})"))
    return facts


def of_detail(detail: Detail, now: float) -> list[Fact]:
    """What the repo's own page tells, on top of the row."""
    repo = detail.repo
    counted = parameters_words(parameters.of_detail(detail))
    better = {"license": words(detail), "parameters": counted}
    facts = [Fact(name, better.get(name, value)) for name, value in of_repo(repo, now)]
    if repo.kind != "space":
        total = Fact("all-time", _count(repo.downloads_all_time))
        at = [fact.label for fact in facts].index("downloads") + 1
        facts.insert(at, total)
    if repo.kind == "model":
        facts += _of_model(detail)
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
    access: tuple[bool, float] | None,
    now: float,
    *,
    login: bool,
) -> list[Fact]:
    """``facts`` of a repo, and what took a request of its own, each with when it was answered.

    ``discussions``: how many are open; ``access``: whether the login that there is may read the
    files of a gated repo. An age is told from a minute on, since the facts have another.
    """
    made: list[Fact] = []
    for fact in facts:
        if fact.label == "gated" and fact.value in _GATES.values():
            fact = Fact("gated", fact.value + _access(access, now, login))
        made.append(fact)
        if fact.label == "likes" and discussions is not None:
            count, at = discussions
            made.append(Fact("discussions", f"{count:,} open{_ago(now - at)}"))
    return made


def _access(access: tuple[bool, float] | None, now: float, login: bool) -> str:
    if not login:
        return "; log in to see whether you have access"
    if access is None:
        return ""
    allowed, at = access
    return f" · this login has {'' if allowed else 'no '}access{_ago(now - at)}"


def _ago(seconds: float) -> str:
    return f" ({cells.span(seconds)} ago)" if seconds >= _MINUTE else ""


def _of_model(detail: Detail) -> list[Fact]:
    facts: list[Fact] = []
    if detail.dtypes:
        by_dtype = ", ".join(f"{dtype} {cells.count(n)}" for dtype, n in detail.dtypes.items())
        facts.append(Fact("by dtype", by_dtype))
    helper = detail.repo.gguf if detail.repo.gguf and detail.repo.gguf.of_helper else None
    if helper and not detail.architectures:
        said = f"not recorded (the header read is a helper's: {helper.architecture or 'unnamed'})"
        facts.append(Fact("architecture", said))
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
        facts.append(Fact("children", f"{counts} (direct, as the Hub counts)"))
    return facts


def _lists(detail: Detail) -> list[Fact]:
    lists = (
        ("languages", detail.languages),
        ("datasets", detail.datasets),
        ("papers", tuple(f"arXiv:{paper}" for paper in detail.papers)),
        ("providers", tuple(provider.name for provider in detail.providers)),
        ("Spaces", detail.spaces),
    )
    return [Fact(label, _some(values)) for label, values in lists if values]


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
    from textwrap import wrap  # needs re only; late since the shell's lists never wrap

    made: list[Line] = []
    for name, value in facts:
        parts = wrap(value, max(10, width - label)) or [""]
        for index, part in enumerate(parts):
            made.append(((f"{name if index == 0 else '':<{label}}", "muted"), (part, "text")))
    return made


def _downloads(value: int | None) -> str:
    return _NOT_RECORDED if value is None else f"{value:,} in 30 days"


def _count(value: int | None) -> str:
    return _NOT_RECORDED if value is None else f"{value:,}"


def _day(text: str | None, now: float) -> str:
    moment = seconds(text)
    if text is None or moment is None:
        return _NOT_RECORDED
    floor = " or earlier" if text.startswith("2022-03-02T23:29:04") else ""
    return f"{text[:10]}{floor} ({cells.span(now - moment)} ago)"
