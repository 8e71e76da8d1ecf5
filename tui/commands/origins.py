"""``hubscope origins``: where the models of a list come from, with what is not known."""

from argparse import ArgumentParser, ArgumentTypeError, Namespace
from typing import Any

from tui.analysis.origins.origins import Share, strip
from tui.ask.lists import origins as ask
from tui.ask.sources import Sources
from tui.commands._answer import answer, note, write
from tui.commands._options import calls_argument, lens_arguments, lens_of
from tui.model import View
from tui.model.when import iso
from tui.output import json as shapes
from tui.output.forms import Output, markdown

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
    write(args, _output(sources, view))
    return 0


def _output(sources: Sources, view: View) -> Output:
    found: ask.Found = view.rows[0]
    shares = found.origins.shares
    body: dict[str, Any] = {
        "of": found.of,
        "definition": found.definition,
        "lens": found.lens._asdict(),
        "shares": [share._asdict() for share in shares],
        "unknown": found.origins.unknown,
    }
    caption = _caption(sources, view, found)
    return Output(
        body=shapes.envelope("origins", sources.endpoint, view, body),
        heads=HEADS,
        rows=[_cells(share) for share in shares],
        text=[strip(found.origins), *caption],
        ids=[share.origin for share in shares],
        markdown=markdown(HEADS, [_percents(share) for share in shares], " ".join(caption)),
    )


def _cells(share: Share) -> list[str | float | None]:
    none = (None, None)
    return [share.origin, share.weight, share.share, *(share.bound or none), *(share.ci or none)]


def _percents(share: Share) -> list[str | float | None]:
    """The cells as a person reads them: shares in percent."""
    origin, weight, *parts = _cells(share)
    shown = [f"{part:.1%}" if isinstance(part, float) else None for part in parts]
    return [origin, f"{weight:.1f}".removesuffix(".0"), *shown]


def _caption(sources: Sources, view: View, found: ask.Found) -> list[str]:
    """What was counted, what was not, and how sure it is; sentences."""
    origins = found.origins
    said = [
        f"{origins.n} {found.definition}; share: of the rows of known origin, bound: of all rows.",
        f"{origins.unknown:.1%} of unknown origin; {origins.authors} authors, one made"
        f" {origins.top_author_share:.1%}; registry {sources.registry.version}"
        f"{'' if view.as_of is None else f'; {iso(view.as_of)}'}.",
    ]
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
