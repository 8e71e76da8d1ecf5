"""Options that several commands have: which repo, which list, whose count, how many calls."""

from argparse import ArgumentParser, ArgumentTypeError, Namespace, _ActionsContainer
from collections.abc import Callable

from tui.ask.sources import Sources
from tui.model import KINDS, BadInput, Lens
from tui.model.address import only_main, parse
from tui.model.lens import CREDITS, DERIVED, EVIDENCES, FIRST_PARTY, ORIGIN_RULES, WALKS
from tui.output.streams import tell

_DEFAULT = Lens()
_MOST_ROWS = 10_000
ROWS = 30  # of a list by default


def repo_argument(parser: ArgumentParser) -> None:
    """Add the repo: an id or a Hub URL, and ``--kind`` for datasets and Spaces."""
    parser.add_argument("repo", metavar="ID", help="a repo id like Qwen/Qwen3-8B, or a Hub URL")
    parser.add_argument("--kind", choices=KINDS, default="model", help="model by default")


def repo_of(args: Namespace, sources: Sources) -> tuple[str, str]:
    """The kind and the id that the arguments name. Raises BadInput for what names no repo."""
    address = parse(args.repo, sources.endpoint, args.kind)
    if note := only_main(address):
        tell(note)
    return address.kind, address.id


def model_of(args: Namespace, sources: Sources, lacks: str) -> str:
    """The model that the arguments name. Raises BadInput for a dataset or Space, and what that
    ``lacks``: ``"declares no base"``.
    """
    kind, repo_id = repo_of(args, sources)
    if kind != "model":
        raise BadInput(f"a {kind} {lacks}; name a model")
    return repo_id


def list_options(parser: ArgumentParser, limit: int = ROWS) -> None:
    """Add what a list of repos is of: its kind, how many rows, its task."""
    parser.add_argument("--kind", choices=KINDS, default="model", help="what to list")
    parser.add_argument(
        "--limit",
        type=whole(0, _MOST_ROWS),
        default=limit,
        metavar="N",
        help=f"rows, {limit} by default, 0 for all",
    )
    calls_argument(parser)
    parser.add_argument("--task", metavar="TAG", help="only this pipeline tag")


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
        help="what says which family a repo is built on: declared bases, or also names (marked)",
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


def families_arguments(parser: ArgumentParser) -> None:
    """Add families by name, how deep to ask, and the lens."""
    parser.add_argument(
        "keys",
        nargs="+",
        metavar="KEY",
        help="a family, company, namespace or line: qwen, Llama, gpt-oss, Qwen3-Omni",
    )
    tier_arguments(parser)
    lens_arguments(parser)


def calls_argument(parser: ArgumentParser) -> None:
    """Add ``--max-calls``."""
    parser.add_argument(
        "--max-calls", type=whole(1), metavar="N", help="ask no more than this; run again to go on"
    )


def changed_argument(parser: ArgumentParser) -> None:
    """Add ``--exit-code``."""
    parser.add_argument(
        "--exit-code", action="store_true", help="exit with 10 where something changed, for cron"
    )


def whole(low: int, high: int = 10**9) -> Callable[[str], int]:
    """The type of an option that is a whole number from ``low`` to ``high``."""

    def read(text: str) -> int:
        if not text.isdecimal() or len(text) > 10 or not low <= int(text) <= high:
            raise ArgumentTypeError(f"a whole number from {low} to {high} is wanted, not {text!r}")
        return int(text)

    return read


def _relations(text: str) -> tuple[str, ...]:
    names = {word.strip() for word in text.split(",")}
    if not names <= set(DERIVED):
        wrong = ", ".join(sorted(names - set(DERIVED)))
        raise ArgumentTypeError(f"no relation {wrong!r}; use {','.join(DERIVED)}")
    return tuple(relation for relation in DERIVED if relation in names)
