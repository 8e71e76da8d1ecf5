"""``hubscope origins``: where the models of a list come from, with what is not known."""

import os
from argparse import ArgumentParser, ArgumentTypeError, Namespace
from typing import Any

from tui.analysis.origins.origins import Share, strip
from tui.ask.lists import origins as ask
from tui.ask.sources import Sources
from tui.commands.answer import answer, note
from tui.commands.lens import calls_argument, lens_arguments, lens_of
from tui.commands.write import write
from tui.model import View
from tui.model.lens import EVIDENCES
from tui.model.when import iso
from tui.render import shapes
from tui.render.export import Output

HEADS = ("origin", "weight", "share", "bound_low", "bound_high", "ci_low", "ci_high")


def arguments(parser: ArgumentParser) -> None:
    """Add the options of ``origins``."""
    parser.add_argument("--of", choices=list(ask.OF), default="trending", help="of which list")
    parser.add_argument(
        "--top", type=_top, metavar="N", help="rows counted: 10 of trending, 100 of downloads"
    )
    calls_argument(parser)
    lens_arguments(parser)


def run(args: Namespace, sources: Sources) -> int:
    """Print the shares."""
    lens = lens_of(args)
    view = answer(
        args,
        sources,
        lambda: ask.peek(sources, args.of, lens, args.top, args.relations),
        lambda: ask.stream(
            sources, args.of, lens, args.top, args.relations, args.max_calls, "foreground"
        ),
    )
    note(args, view, sources.now())
    form = args.format or ("text" if os.isatty(1) else "tsv")
    write(_output(sources, view, form), form)
    return 0


def _output(sources: Sources, view: View, form: str) -> Output:
    found: ask.Found = view.rows[0]
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
    caption = _caption(sources, view, found)
    return Output(
        body=shapes.envelope("origins", sources.endpoint, view, body),
        heads=HEADS,
        rows=[_percents(share) if form == "md" else _cells(share) for share in shares],
        text=[strip(found.origins), *caption],
        ids=[share.origin for share in shares],
        caption=" ".join(caption),
    )


def _cells(share: Share) -> list[str | float | None]:
    none = (None, None)
    return [share.origin, share.weight, share.share, *(share.bound or none), *(share.ci or none)]


def _percents(share: Share) -> list[str | float | None]:
    """The cells as a person reads them: shares in percent."""
    origin, weight, *parts = _cells(share)
    shown = [f"{part:.1%}" if isinstance(part, float) else None for part in parts]
    return [origin, f"{weight:.1f}".removesuffix(".0"), *shown]


def _other(found: ask.Found) -> dict[str, Any] | None:
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


def _other_name(found: ask.Found) -> str:
    return next(one for one in EVIDENCES if one != found.lens.evidence)


def _evidences(found: ask.Found) -> list[str]:
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
        said.append(f"Material {name}: {parts}{mark}.")
    return said


def _caption(sources: Sources, view: View, found: ask.Found) -> list[str]:
    """What was counted, what was not, and how sure it is; sentences."""
    origins = found.origins
    said = [
        f"{origins.n} {found.definition}; share: of the rows of known origin, bound: of all rows.",
        f"{origins.unknown:.1%} of unknown origin; {origins.authors} authors, one made"
        f" {origins.top_author_share:.1%}; registry {sources.registry.version}"
        f"{'' if view.as_of is None else f'; {iso(view.as_of)}'}.",
    ]
    said += _evidences(found)
    if found.left_out:
        counts = "; ".join(f"{count} {why}" for why, count in found.left_out.items())
        said.append(f"Not counted in the window: {counts}.")
    if not view.complete:
        said.append("Not all bases were looked up: an estimate, run it again to go on.")
    return said


def _top(text: str) -> int:
    if not text.isdecimal() or not 1 <= int(text) <= ask.MOST_ROWS:
        raise ArgumentTypeError(f"a whole number from 1 to {ask.MOST_ROWS} is wanted, not {text!r}")
    return int(text)
