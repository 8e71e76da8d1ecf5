"""``hubscope fit ID``: what a model takes in memory, by quantization and context."""

from argparse import ArgumentParser, Namespace

from tui.analysis.memory import footprint, kv_cache
from tui.ask.repo import fit as ask
from tui.ask.repo.facts_and_files import FactsAndFiles
from tui.ask.sources import Sources
from tui.commands._answer import answer, context, write
from tui.commands._options import model_of, repo_argument, whole
from tui.output.fit import output

_CONTEXT = 8192


def arguments(parser: ArgumentParser) -> None:
    """Add the options of ``fit``."""
    repo_argument(parser)
    parser.add_argument(
        "--context", type=whole(1), default=_CONTEXT, metavar="N", help="tokens, 8192 by default"
    )
    parser.add_argument(
        "--cache-dtype",
        choices=list(kv_cache.CACHE_DTYPES),
        default="bf16",
        help="what keys and values are kept in, bf16 by default",
    )
    parser.add_argument(
        "--config",
        action="store_true",
        help="read config.json, which alone tells the size of the cache; "
        "the Hub will count one download. A quantization without one is sized by its base's. "
        "It is kept, and not read again until the repo changes",
    )


def run(args: Namespace, sources: Sources) -> int:
    """Print what the model takes."""
    repo_id = model_of(args, sources, "has no weights to fit")
    view = answer(
        args,
        sources,
        lambda: ask.peek(sources, repo_id),
        lambda: ask.stream(sources, repo_id, config=args.config),
    )
    repo: FactsAndFiles = view.rows[0]
    fit = footprint.fit(
        repo.detail, repo.files, repo.config, args.context, args.cache_dtype, _why(repo)
    )
    if repo.config_of not in (None, repo.id):
        fit = fit._replace(notes=(*fit.notes, f"the cache is that of its base, {repo.config_of}"))
    return write(args, sources, view, output(view, context("fit", sources), fit))


def _why(repo: FactsAndFiles) -> str:
    if repo.config_problem is not None:
        return f"layers and key-value heads ({str(repo.config_problem).partition(';')[0]})"
    return f"{footprint.NO_CONFIG[:-1]}; --config reads it, and the Hub counts one download)"
