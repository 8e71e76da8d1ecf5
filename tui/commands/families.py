"""``hubscope families``: the table that says which repos are whose. Asks for nothing."""

from argparse import ArgumentParser, Namespace

from tui.ask.sources import Sources
from tui.commands._answer import write
from tui.model import View
from tui.output import json as shapes
from tui.output.forms import Cell, Output

HEADS = ("key", "label", "home", "orgs", "pattern", "source")


def arguments(parser: ArgumentParser) -> None:
    """Add the options of ``families``."""
    parser.add_argument("keys", nargs="*", metavar="KEY", help="only these families")


def run(args: Namespace, sources: Sources) -> int:
    """Print the families of the registry, the user's own first."""
    registry = sources.registry
    chosen = [registry.require(key) for key in args.keys] or registry.families
    rows = [
        (family.key, family.label, family.home, family.orgs, family.pattern, family.source)
        for family in chosen
    ]
    shaped = [dict(zip(HEADS, row)) for row in rows]
    cells: list[list[Cell]] = [
        [" ".join(part) if isinstance(part, tuple) else part for part in row] for row in rows
    ]
    source = "sample" if sources.universe == "sample" else "cache"
    view = View(rows=tuple(chosen), source=source, as_of=None)
    output = Output(
        body=shapes.envelope("families", sources.endpoint, view, {"families": shaped}),
        heads=HEADS,
        rows=cells,
        text=[f"{row[0]:<20}{row[2]:<4}{row[1]:<28}{row[3]}" for row in cells],
        ids=[family.key for family in chosen],
        caption=f"The first row whose orgs hold the author and whose pattern fits the id owns a "
        f"repo. Registry {registry.version}.",
    )
    write(args, output)
    return 0
