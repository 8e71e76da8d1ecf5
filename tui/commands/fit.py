"""``hubscope fit ID``: what a model takes in memory, by quantization and context."""

import os
from argparse import ArgumentParser, ArgumentTypeError, Namespace
from shutil import get_terminal_size
from typing import Any

from tui.analysis.memory import footprint, kv_cache
from tui.ask.repo import fit as ask
from tui.ask.repo.facts_and_files import FactsAndFiles
from tui.ask.sources import Sources
from tui.commands.answer import answer, note
from tui.commands.one import repo_argument, repo_of
from tui.commands.write import write
from tui.model import BadInput, View
from tui.render import memory as drawn
from tui.render import shapes
from tui.render.export import Output
from tui.render.spans import plain

_CONTEXT = 8192
_ROW = ("quant", "name", "weights", "kv_cache", "state", "total", "bits_per_weight")
_HEADS = ("id", *_ROW, "reason", "notes")  # a pipe keeps why a cell is empty


def arguments(parser: ArgumentParser) -> None:
    """Add the options of ``fit``."""
    repo_argument(parser)
    parser.add_argument(
        "--context", type=_tokens, default=_CONTEXT, metavar="N", help="tokens, 8192 by default"
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
    kind, repo_id = repo_of(args, sources)
    if kind != "model":
        raise BadInput(f"a {kind} has no weights to fit; give a model's id")
    view = answer(
        args,
        sources,
        lambda: ask.peek(sources, repo_id),
        lambda: ask.stream(sources, repo_id, config=args.config),
    )
    form = args.format or ("text" if os.isatty(1) else "tsv")
    note(args, view, sources.now())
    write(_output(sources, view, args.context, args.cache_dtype), form)
    return 0


def _output(sources: Sources, view: View, context: int, dtype: str) -> Output:
    one: FactsAndFiles = view.rows[0]
    fit = footprint.fit(one.detail, one.files, one.config, context, dtype, _why(one))
    if one.config_of not in (None, one.id):
        fit = fit._replace(notes=(*fit.notes, f"the cache is that of its base, {one.config_of}"))
    reason, notes = "; ".join(fit.missing), "; ".join(fit.notes)
    rows = [[one.id, *(getattr(row, head) for head in _ROW), reason, notes] for row in fit.rows]
    return Output(
        body=shapes.envelope("fit", sources.endpoint, view, _body(one.id, fit, one.config_of)),
        heads=_HEADS,
        rows=rows,
        text=[one.id, *_text(fit)],
        ids=[one.id],
        caption=fit.formula,
    )


def _body(repo_id: str, fit: footprint.Fit, config_of: str | None) -> dict[str, Any]:
    said = fit._asdict() | {"rows": [row._asdict() for row in fit.rows]}
    said |= {"formula": fit.formula or None, "formula_source": said.pop("source")}
    count, how, doubt = said.pop("parameters")
    said["state_formula"] = fit.state_formula or None
    said |= {"params": count, "params_kind": how, "params_doubt": doubt or None}
    return {"id": repo_id, "estimate": True, **said, "config_of": config_of}


def _why(one: FactsAndFiles) -> str:
    if one.config_problem is not None:
        return f"layers and key-value heads ({str(one.config_problem).partition(';')[0]})"
    return f"{footprint.NO_CONFIG[:-1]}; --config reads it, and the Hub counts one download)"


def _text(fit: footprint.Fit) -> list[str]:
    return [plain(line).rstrip() for line in drawn.lines(fit, get_terminal_size().columns)]


def _tokens(text: str) -> int:
    if not text.isdecimal() or not 1 <= int(text) <= 10**9:
        raise ArgumentTypeError(f"a number of tokens is wanted, not {text!r}")
    return int(text)
