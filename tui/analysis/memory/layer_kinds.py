"""What each layer of a model keeps for the tokens it has read, as its config.json says.

The rules are those of the configuration classes of transformers 5 (``models/*/configuration_*.py``
and ``cache_utils.py``), and of the field names that vendors used before.
"""

from collections.abc import Callable, Mapping

from tui.analysis.memory import stateful
from tui.analysis.memory.config_fields import (
    CHUNKED,
    CONV,
    FULL,
    HEAVY,
    INDEXED,
    LINEAR,
    LRU,
    MAMBA,
    NOTHING,
    PARALLEL,
    SLIDING,
    SPARSE,
    Config,
    MissingFact,
    count,
    needed,
    whole,
)

_WORDS = {
    "full_attention": FULL,
    "attention": FULL,
    "sliding_attention": SLIDING,
    "chunked_attention": CHUNKED,
    "linear_attention": LINEAR,
    "mamba": MAMBA,
    "mamba2": MAMBA,
    "hybrid": PARALLEL,  # Zamba
    "conv": CONV,
    "short_conv": CONV,
    "recurrent": LRU,
    "compressed_sparse_attention": SPARSE,
    "heavily_compressed_attention": HEAVY,
    "moe": NOTHING,
    "mlp": NOTHING,
}
# One layer in so many is full where config.json leaves the pattern to the model's own class.
_EVERY = {
    "cohere2": 4,
    "gemma2": 2,
    "gemma3": 6,
    "gemma3_text": 6,
    "gemma3n_text": 5,
    "gemma4_text": 6,
    "gpt_oss": 2,
    "olmo3": 4,
}
_ALL_SLIDE = ("mistral", "mixtral", "phi3", "phimoe", "starcoder2")


def kinds(config: Config) -> list[str]:
    """What each layer of a text config keeps, in order. Raises MissingFact where nothing tells.

    Layers that read the cache of an earlier one keep nothing.
    """
    layers = next((named for rule in _RULES if (named := rule(config)) is not None), None)
    stateful.refuse_unread(config, layers)
    if layers is None:
        layers = _by_window(config, count(config))
    shared = whole(config, "num_kv_shared_layers") or 0
    own = len(layers) - min(shared, len(layers))
    return layers[:own] + [NOTHING] * (len(layers) - own)


def _named(config: Config) -> list[str] | None:
    """``layer_types``, or Nemotron-H's ``layers_block_type``."""
    words = config.get("layer_types") or config.get("layers_block_type")
    if not isinstance(words, list):
        return None
    named = [str(word) for word in words]
    if "hybrid" in named and "zamba" not in str(config.get("model_type")):
        raise MissingFact("no formula for layers of type hybrid")
    unknown = next((word for word in named if word not in _WORDS), None)
    if unknown is not None:
        raise MissingFact(f"no formula for layers of type {unknown:.40}")
    return [_WORDS[word] for word in named]


def _letters(config: Config) -> list[str] | None:
    """Nemotron-H's pattern: ``*`` attention, ``M`` Mamba, the others keep nothing."""
    pattern = config.get("hybrid_override_pattern")
    if not isinstance(pattern, str) or not pattern:
        return None
    if not set(pattern) <= set("*M-E"):
        raise MissingFact("no formula for this hybrid_override_pattern")
    return [{"*": FULL, "M": MAMBA}.get(letter, NOTHING) for letter in pattern]


def _numbers(config: Config) -> list[str] | None:
    """MiMo's pattern: 1 slides, 0 is full."""
    pattern = config.get("hybrid_layer_pattern")
    if not isinstance(pattern, list):
        return None
    return [SLIDING if number == 1 else FULL for number in pattern]


def _compressed(config: Config) -> list[str] | None:
    """DeepSeek-V4's ratios; entries after the last layer are the draft head's."""
    ratios = config.get("compress_ratios")
    if not isinstance(ratios, list):
        return None
    words = {"0": SLIDING, "4": SPARSE, "128": HEAVY}
    named = [str(ratio) for ratio in ratios[: count(config)]]
    if any(ratio not in words for ratio in named):
        raise MissingFact("no formula for these compress_ratios")
    return [words[ratio] for ratio in named]


def _kimi_linear(config: Config) -> list[str] | None:
    """Kimi Linear names its full layers, counted from 1; the others are linear."""
    linear = config.get("linear_attn_config")
    if not isinstance(linear, Mapping):
        return None
    full = linear.get("full_attn_layers")
    if not isinstance(full, list):
        raise MissingFact("linear_attn_config.full_attn_layers")
    return [FULL if layer in full else LINEAR for layer in range(1, count(config) + 1)]


def _blocks(config: Config) -> list[str] | None:
    """Blocks of a searched architecture (nemotron-nas); some have no attention at all."""
    blocks = config.get("block_configs")
    if not isinstance(blocks, list):
        return None
    parts = [block.get("attention") if isinstance(block, Mapping) else None for block in blocks]
    if not all(isinstance(part, Mapping) for part in parts):
        raise MissingFact("block_configs.attention")
    return [NOTHING if part.get("no_op") else FULL for part in parts if part]


def _interval(config: Config) -> list[str] | None:
    """Qwen's next generation: one full layer in so many, the others linear."""
    every = whole(config, "full_attention_interval")
    return None if every is None else _pattern(config, every, LINEAR)


def _jamba(config: Config) -> list[str] | None:
    """Jamba: one attention layer in each period, the others Mamba."""
    period = whole(config, "attn_layer_period")
    if period is None:
        return None
    offset = config.get("attn_layer_offset")
    if not isinstance(offset, int):
        raise MissingFact("attn_layer_offset")
    attends = PARALLEL if config.get("model_type") == "zamba" else FULL
    layers = range(count(config))
    return [attends if layer % period == offset else MAMBA for layer in layers]


def _llama4(config: Config) -> list[str] | None:
    """Llama 4: layers with rotary positions see their own chunk alone."""
    if not str(config.get("model_type", "")).startswith("llama4"):
        return None
    stated = config.get("no_rope_layers")
    if isinstance(stated, list) and stated:
        return [CHUNKED if rotary else FULL for rotary in stated]
    return _pattern(config, whole(config, "no_rope_layer_interval") or 4, CHUNKED)


def _indexed(config: Config) -> list[str] | None:
    """DeepSeek Sparse Attention: keys of an indexer beside the latent of each layer."""
    if whole(config, "index_head_dim") is None or whole(config, "kv_lora_rank") is None:
        return None
    layers = count(config)
    types = config.get("indexer_types")
    if isinstance(types, list) and len(types) == layers:
        return [FULL if word == "shared" else INDEXED for word in types]
    return [INDEXED] * layers


_RULES: tuple[Callable[[Config], list[str] | None], ...] = (
    *(*stateful.BEFORE, _compressed, _indexed, _named, _letters, _numbers, _kimi_linear),
    *(_blocks, _interval, *stateful.AFTER, _jamba, _llama4),
)


def _by_window(config: Config, layers: int) -> list[str]:
    window = whole(config, "sliding_window")
    if window is None or config.get("use_sliding_window") is False:
        return [FULL] * layers
    if config.get("use_sliding_window") is True:
        first = needed(config, "max_window_layers")
        return [SLIDING if layer >= first else FULL for layer in range(layers)]
    model_type = str(config.get("model_type", ""))
    every = whole(config, "sliding_window_pattern", "_sliding_window_pattern")
    every = every or _EVERY.get(model_type)
    if every is not None:
        return _pattern(config, every, SLIDING)
    if model_type in _ALL_SLIDE:
        return [SLIDING] * layers
    raise MissingFact("layer_types (which layers the sliding_window is for)")


def _pattern(config: Config, every: int, other_kind: str) -> list[str]:
    layers = range(1, count(config) + 1)
    return [other_kind if layer % every else FULL for layer in layers]
