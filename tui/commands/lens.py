"""The flags of the lens and of the tiers, the same for every command about families."""

from argparse import ArgumentParser, ArgumentTypeError, Namespace, _ActionsContainer

from tui.model import Lens
from tui.model.lens import CREDITS, DERIVED, EVIDENCES, FIRST_PARTY, ORIGIN_RULES, WALKS

_DEFAULT = Lens()


def lens_arguments(parser: ArgumentParser) -> None:
    """Add the switches behind every family figure."""
    group = parser.add_argument_group("lens: whose count")
    group.add_argument(
        "--origin",
        choices=ORIGIN_RULES,
        default=_DEFAULT.origin,
        help=f"what says where a model is from; {_DEFAULT.origin} by default",
    )
    group.add_argument(
        "--relations",
        type=_relations,
        metavar="LIST",
        help=f"which derivatives count, of {','.join(DERIVED)}",
    )
    group.add_argument("--walk", choices=WALKS, default=_DEFAULT.walk, help="how far below a base")
    group.add_argument(
        "--credit",
        choices=CREDITS,
        default=_DEFAULT.credit,
        help="counts are of distinct repos, a merge of several families once in each; or in parts",
    )
    evidence_argument(group)
    group.add_argument("--llm", action="store_true", help="language models only")
    group.add_argument(
        "--first-party",
        choices=FIRST_PARTY,
        default=_DEFAULT.first_party,
        help="whether a family's own uploads count among its derivatives",
    )


def evidence_argument(parser: _ActionsContainer) -> None:
    """Add ``--evidence``."""
    parser.add_argument(
        "--evidence",
        choices=EVIDENCES,
        default=_DEFAULT.evidence,
        help="what says which family a repo is built on: declared bases, or also names (marked ≈)",
    )


def lens_of(args: Namespace) -> Lens:
    """The lens that the flags give."""
    return Lens(
        origin=args.origin,
        relations=args.relations or DERIVED,
        walk=args.walk,
        credit=args.credit,
        llm=args.llm,
        first_party=args.first_party,
        evidence=args.evidence,
    )


def tier_arguments(parser: ArgumentParser) -> None:
    """Add what says how much may be asked."""
    parser.add_argument(
        "--tier",
        type=int,
        choices=(0, 1, 2),
        default=0,
        help="0 own repos (one call per 1,000), 1 the Hub's counts of their derivatives (one call "
        "per own repo), 2 the derivatives themselves",
    )
    calls_argument(parser)


def calls_argument(parser: ArgumentParser) -> None:
    """Add ``--max-calls``."""
    parser.add_argument(
        "--max-calls", type=_count, metavar="N", help="ask no more than this; run again to go on"
    )


def _relations(text: str) -> tuple[str, ...]:
    named = {word.strip() for word in text.split(",")}
    if not named <= set(DERIVED):
        wrong = ", ".join(sorted(named - set(DERIVED)))
        raise ArgumentTypeError(f"no relation {wrong!r}; use {','.join(DERIVED)}")
    return tuple(relation for relation in DERIVED if relation in named)


def _count(text: str) -> int:
    if not text.isdecimal() or int(text) < 1:
        raise ArgumentTypeError(f"a whole number from 1 is wanted, not {text!r}")
    return int(text)
