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
    found = view.value
    shares = found.origins.shares
    body: dict[str, Any] = {
        "of": found.of,
        "definition": found.definition,
        "lens": found.lens._asdict(),
        "shares": [share._asdict() for share in shares],
        "unknown": found.origins.unknown,
        "by_name": found.origins.by_name,
        "other_evidence": _other(found),
    }
    caption = _caption(view, found, version)
    return Output(
        body=json.envelope(context, view, body),
        heads=_HEADS,
        rows=[_cells(share) for share in shares],
        text=[strip(found.origins), *caption],
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


def _other(found: Found) -> dict[str, Any] | None:
    """The same shares by the other evidence."""
    if found.other is None:
        return None
    return {
        "evidence": _other_name(found),
        "shares": [share._asdict() for share in found.other.shares],
        "n": found.other.n,
        "unknown": found.other.unknown,
        "by_name": found.other.by_name,
    }


def _other_name(found: Found) -> str:
    return next(one for one in EVIDENCES if one != found.lens.evidence)


def _evidences(found: Found) -> list[str]:
    """What names add, in both directions: the share under either evidence."""
    if found.other is None:
        return []
    said = []
    for name, origins in ((found.lens.evidence, found.origins), (_other_name(found), found.other)):
        mark = (
            f", {origins.by_name} of {origins.n} rows placed by name ≈" if origins.by_name else ""
        )
        parts = " ".join(
            f"{share.origin} {share.share:.1%}" for share in origins.shares if share.share
        )
        said.append(f"Evidence {name}: {parts}{mark}.")
    return said


def _caption(view: View[Found], found: Found, version: str) -> list[str]:
    """What was counted, what was not, and how sure it is; sentences."""
    origins = found.origins
    said = [
        f"{origins.n} {found.definition}; share: of the rows of known origin, bound: of all rows.",
        f"{origins.unknown:.1%} of unknown origin; {origins.authors} authors, one made"
        f" {origins.top_author_share:.1%}; registry {version}"
        f"{'' if view.as_of is None else f'; {iso(view.as_of)}'}.",
    ]
    said += _evidences(found)
    if found.left_out:
        counts = "; ".join(f"{count} {why}" for why, count in found.left_out.items())
        said.append(f"Not counted in the window: {counts}.")
    if not view.complete:
        said.append("Not all bases were looked up: an estimate, run it again to go on.")
    return said
