"""Where the models of a list come from: shares by country, with what is not known."""

from typing import Any, Protocol

from tui.analysis.origins.origins import Origins, Share, strip
from tui.model import Lens, View
from tui.model.lens import EVIDENCES
from tui.model.when import iso
from tui.output import json, md
from tui.output.forms import Cell, Context, Output

_HEADS = ("origin", "weight", "share", "bound_low", "bound_high", "ci_low", "ci_high")


class Found(Protocol):
    """The origins of a list, as the ask hands them out."""

    of: str
    origins: Origins
    definition: str
    lens: Lens
    left_out: dict[str, int]
    other: Origins | None  # by the other evidence


def output(view: View[Found], context: Context, version: str) -> Output:
    """The shares; ``version`` is that of the registry."""
    summary = view.value
    shares = summary.origins.shares
    body: dict[str, Any] = {
        "of": summary.of,
        "definition": summary.definition,
        "lens": summary.lens._asdict(),
        "shares": [share._asdict() for share in shares],
        "unknown": summary.origins.unknown,
        "by_name": summary.origins.by_name,
        "other_evidence": _other(summary),
    }
    caption = _caption(view, summary, version)
    return Output(
        body=json.envelope(context, view, body),
        heads=_HEADS,
        rows=[_cells(share) for share in shares],
        text=[strip(summary.origins), *caption],
        ids=[share.origin for share in shares],
        markdown=md.lines(_HEADS, [_percents(share) for share in shares], " ".join(caption)),
    )


def _cells(share: Share) -> list[Cell]:
    none = (None, None)
    return [share.origin, share.weight, share.share, *(share.bound or none), *(share.ci or none)]


def _percents(share: Share) -> list[Cell]:
    """The cells as a person reads them: shares in percent."""
    origin, weight, *parts = _cells(share)
    shown = [f"{part:.1%}" if isinstance(part, float) else None for part in parts]
    return [origin, f"{weight:.1f}".removesuffix(".0"), *shown]


def _other(summary: Found) -> dict[str, Any] | None:
    """As JSON, the shares by the evidence that the lens does not use; None where uncounted."""
    if summary.other is None:
        return None
    return {
        "evidence": _other_name(summary),
        "shares": [share._asdict() for share in summary.other.shares],
        "n": summary.other.n,
        "unknown": summary.other.unknown,
        "by_name": summary.other.by_name,
    }


def _other_name(summary: Found) -> str:
    return next(evidence for evidence in EVIDENCES if evidence != summary.lens.evidence)


def _evidences(summary: Found) -> list[str]:
    """A sentence for each evidence with the shares under it; none where one was counted."""
    if summary.other is None:
        return []
    sentences = []
    for name, origins in (
        (summary.lens.evidence, summary.origins),
        (_other_name(summary), summary.other),
    ):
        mark = (
            f", {origins.by_name} of {origins.n} rows placed by name ≈" if origins.by_name else ""
        )
        parts = " ".join(
            f"{share.origin} {share.share:.1%}" for share in origins.shares if share.share
        )
        sentences.append(f"Evidence {name}: {parts}{mark}.")
    return sentences


def _caption(view: View[Found], summary: Found, version: str) -> list[str]:
    """Sentences: rows counted, rows of unknown origin, both evidences, rows left out."""
    origins = summary.origins
    sentences = [
        f"{origins.n} {summary.definition};"
        " share: of the rows of known origin, bound: of all rows.",
        f"{origins.unknown:.1%} of unknown origin; {origins.authors} authors, one made"
        f" {origins.top_author_share:.1%}; registry {version}"
        f"{'' if view.as_of is None else f'; {iso(view.as_of)}'}.",
    ]
    sentences += _evidences(summary)
    if summary.left_out:
        counts = "; ".join(f"{count} {why}" for why, count in summary.left_out.items())
        sentences.append(f"Not counted in the window: {counts}.")
    if not view.complete:
        sentences.append("Not all bases were looked up: an estimate, run it again to go on.")
    return sentences
