"""What a model takes in memory: its weights by quantization, and its cache at a context.

All of it is an estimate of what must be held, not of what an engine reserves: activations,
buffers and the engine's own overhead come on top.
"""

from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

from tui.analysis.lineage.edges import parents_of
from tui.analysis.memory import config_fields, dtype_counts, kv_cache, parameters
from tui.analysis.memory.variants import Variant, counted, label_of, variants
from tui.model import Detail, File, Parameters

NO_CONFIG = "layers and key-value heads (config.json was not fetched)"
_NO_WEIGHTS = "weights (no file size and no count by dtype)"
_FAR_MORE = 1.2  # times
_HELPERS = {
    "projector": "projectors for images (mmproj), not counted: {}",
    "MTP head": "heads that predict several tokens (MTP), no choice of weights: {}",
    "drafter": "drafters for speculative decoding, no choice of weights: {}",
    "adapter": "adapters, no choice of weights: {}",
    "checkpoint": "steps of training, no choice of weights: {}",
}
_ESTIMATE = (
    "estimate: weights as stored and the cache of one sequence; "
    "activations and the engine's buffers come on top"
)


class FitRow(NamedTuple):
    """One set of weights. All figures but ``bits_per_weight`` are bytes; None is not known."""

    quant: str | None
    name: str  # the path that the files share, "" where only dtype counts are known
    weights: int | None
    kv_cache: int | None
    total: int | None
    bits_per_weight: float | None = None
    state: int | None = 0  # recurrent, whatever the context; in ``total`` too


class Fit(NamedTuple):
    """What one model takes. ``formula`` is the cache's, "" where it is not known.

    ``missing`` names the facts whose absence leaves a figure None; ``notes`` say what the figures
    hold and what they do not.
    """

    rows: tuple[FitRow, ...]
    context: int  # tokens
    cache_dtype: str  # a key of kv.CACHE_DTYPES
    max_context: int | None = None
    attention: str | None = None  # "GQA", "MLA", "hybrid GQA", ...
    formula: str = ""
    source: str | None = None  # of the formula
    missing: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()
    parameters: Parameters = Parameters()
    state_formula: str = ""


def fit(
    detail: Detail | None,
    files: Sequence[File] | None,
    config: Mapping[str, Any] | None,
    context: int,
    cache_dtype: str = "bf16",
    why_no_config: str = NO_CONFIG,
) -> Fit:
    """What the weights of a repo take, and their cache after ``context`` tokens.

    Weights are the sizes of the files, or where no size is known the counts by dtype. ``config``
    is config.json itself; without one ``why_no_config`` is the missing fact.
    """
    cache = kv_cache.Cache(missing=(why_no_config,)) if config is None else kv_cache.cache(config)
    sequence = _Held(cache.size(context, cache_dtype), cache.state())
    every = variants(files or (), detail)
    sets = [variant for variant in every if not variant.helper]
    weighed = [
        _row(variant.quant, variant.name, _weights(variant), sequence, variant.bits_per_weight)
        for variant in sets
    ]
    rows = weighed or [_by_dtype(detail, sequence)]
    lacking = () if any(row.weights is not None for row in rows) else (_NO_WEIGHTS,)
    return Fit(
        rows=tuple(rows),
        context=context,
        cache_dtype=cache_dtype,
        max_context=_max_context(detail, config),
        attention=cache.kind or None,
        formula=cache.formula(cache_dtype),
        source=cache.source if cache.known else None,
        missing=(*lacking, *_cut(sets), *cache.missing),
        notes=(
            *_notes(detail, every, config, context),
            *_reserved(cache, context, cache_dtype),
            *cache.notes,
        ),
        parameters=counted(files or (), detail),
        state_formula=cache.state_formula(),
    )


class _Held(NamedTuple):
    """Bytes that one sequence takes: of cache, and of recurrent state."""

    cache: int | None
    state: int | None


def _row(
    quant: str | None, name: str, weights: int | None, sequence: _Held, bits: float | None
) -> FitRow:
    parts = (weights, sequence.cache, sequence.state)
    known = [part for part in parts if part is not None]
    total = sum(known) if len(known) == len(parts) else None
    return FitRow(quant, name, weights, sequence.cache, total, bits, sequence.state)


def _reserved(cache: kv_cache.Cache, context: int, dtype: str) -> list[str]:
    """One note where an engine may reserve far more than the formula says."""
    size, reserved = cache.size(context, dtype), cache.reserved(context, dtype)
    if size is None or reserved is None or reserved <= _FAR_MORE * size:
        return []
    return [
        f"an engine that gives layers with a window the whole context reserves {reserved:,} B for "
        "the cache"
    ]


def _weights(variant: Variant) -> int | None:
    return variant.size if variant.complete else None


def _by_dtype(detail: Detail | None, sequence: _Held) -> FitRow:
    """The one row that counts by dtype give."""
    dtypes = detail.dtypes if detail else None
    weights = dtype_counts.size(dtypes) if dtypes else None
    label, count = label_of(detail), counted((), detail).count
    bits = parameters.bits(weights, count)
    return _row(label.quant or label.dtype, "", weights, sequence, bits)


def _cut(sets: Sequence[Variant]) -> tuple[str, ...]:
    return tuple(f"shards of {variant.name}" for variant in sets if not variant.complete)


def _max_context(detail: Detail | None, config: Mapping[str, Any] | None) -> int | None:
    stated = config and config_fields.whole(
        config_fields.text_config(config), "max_position_embeddings"
    )
    return stated or (detail.context_length if detail else None)


def _notes(
    detail: Detail | None,
    sets: Sequence[Variant],
    config: Mapping[str, Any] | None,
    context: int,
) -> list[str]:
    notes = [_ESTIMATE]
    most = _max_context(detail, config)
    if most is not None and context > most:
        notes.append(f"the model is made for {most:,} tokens, fewer than asked")
    declared = parents_of(detail.repo) if detail else []
    bases = [edge.parent for edge in declared if edge.relation == "adapter"]
    if bases:
        notes.append(f"an adapter: the weights of its base come on top ({', '.join(bases)})")
    for helper, number in Counter(variant.helper for variant in sets if variant.helper).items():
        notes.append(_HELPERS[helper].format(number))
    return notes
