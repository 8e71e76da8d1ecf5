"""What each layer of a model keeps for the tokens it has read, as its config.json says.

The rules are those of the configuration classes of transformers 5 (``models/*/configuration_*.py``
and ``cache_utils.py``), and of the field names that vendors used before.
"""

import re
from collections.abc import Callable, Mapping
from typing import Any

FULL = "full"
SLIDING = "sliding"
CHUNKED = "chunked"
LINEAR = "linear"
MAMBA = "mamba"
PARALLEL = "attention and mamba"  # both in one layer
CONV = "convolution"
LRU = "recurrent"  # a linear recurrent unit
WKV = "wkv"  # RWKV
MLSTM = "mLSTM"
GATED = "gated linear"
STATEFUL = (LINEAR, MAMBA, CONV, LRU, WKV, MLSTM, GATED)
INDEXED = "indexed"  # full, with an indexer that has keys of its own
SPARSE = "compressed 1:4"
HEAVY = "compressed 1:128"
NOTHING = "no attention"

Config = Mapping[str, Any]

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
# Models all of whose layers keep the same state.
_PURE = {
    "mamba": MAMBA,
    "mamba2": MAMBA,
    "falcon_mamba": MAMBA,
    "falcon_h1": PARALLEL,
    "xlstm": MLSTM,
    "gla": GATED,
    **dict.fromkeys(("rwkv", "rwkv5", "rwkv6", "rwkv7"), WKV),
}
# Fields that tell of recurrence, convolution or layers that differ.
_SIGN = re.compile(
    r"(?:mamba|ssm|rwkv|conv|linear|lru|recurrent|xlstm|slstm|mlstm|retention|hyena|hybrid|gla|"
    r"delta|time_mix|lightning|short_?conv)\d?[a-z]?_\w+|\w+_idxs?|\w+_indices|block_types?|"
    r"attn_type_list|attn_layer\w*|attention_(?:types|layers)|layers?_block_types?|\w*state_size|"
    r"d_state|expand_[kv]|use_short_conv|ssm_cfg|full_attn\w*|layer_group_size|mb_per_layer",
    re.IGNORECASE,
)
_NO_SIGN = re.compile(
    r"eos|pad|bos|token|image|audio|vision|video|linear_(?:bias|scal)|expert|moe|mlp|dense|ffn"
)
_STATE_NAME = re.compile(r"rwkv|mamba|lstm|retnet|hyena|hgrn|deltanet|griffin|linear|hybrid|ssm")
_WITHOUT_STATE = ("granitemoehybrid", "bamba", "jamba")  # may have the fields and attend alone
_ALL_SLIDE = ("mistral", "mixtral", "phi3", "phimoe", "starcoder2")
_LAYERS = ("num_hidden_layers", "n_layer", "num_layers", "n_layers", "num_blocks")
_MOST_LAYERS = 10_000
_NESTED = ("text_config", "llm_config", "language_config", "thinker_config", "text_model")


class MissingFact(Exception):
    """A fact that config.json does not hold; the text names it."""


def text_config(config: Config) -> Config:
    """The part of config.json that describes the language model, however deep it is nested."""
    for key in _NESTED:
        inner = config.get(key)
        if isinstance(inner, Mapping) and inner:
            return text_config(inner)
    return config


def whole(config: Config, *names: str) -> int | None:
    """The first of the named fields that is a positive whole number."""
    for name in names:
        value = config.get(name)
        if isinstance(value, int) and not isinstance(value, bool) and value > 0:
            return value
    return None


def needed(config: Config, *names: str) -> int:
    """``whole``; raises MissingFact with the first name where there is none."""
    value = whole(config, *names)
    if value is None:
        raise MissingFact(names[0])
    return value


def count(config: Config) -> int:
    """How many layers there are. Raises MissingFact where that is not told, or is absurd."""
    layers = needed(config, *_LAYERS)
    if layers > _MOST_LAYERS:
        raise MissingFact("num_hidden_layers (the one given is absurd)")
    return layers


def kinds(config: Config) -> list[str]:
    """What each layer of a text config keeps, in order. Raises MissingFact where nothing tells.

    Layers that read the cache of an earlier one keep nothing.
    """
    found = next((made for rule in _RULES if (made := rule(config)) is not None), None)
    _refuse_unread(config, found)
    if found is None:
        found = _by_window(config, count(config))
    shared = whole(config, "num_kv_shared_layers") or 0
    kept = len(found) - min(shared, len(found))
    return found[:kept] + [NOTHING] * (len(found) - kept)


def _refuse_unread(config: Config, found: list[str] | None) -> None:
    """Raise MissingFact where a field tells of layers that no rule has read.

    What is not recognised is unknown, never full attention.
    """
    if found is not None and any(kind in STATEFUL or kind == PARALLEL for kind in found):
        return
    model_type = str(config.get("model_type") or "this model")
    if found is None and _STATE_NAME.search(model_type):
        raise MissingFact(f"no formula for {model_type:.40}")
    if found is not None and model_type in _WITHOUT_STATE:
        return
    told = (name for name, value in config.items() if value and _SIGN.fullmatch(str(name)))
    sign = next((name for name in told if not _NO_SIGN.search(name)), None)
    read = found is not None and sign in _READ
    if sign is not None and not read:
        raise MissingFact(f"no formula for {model_type:.40} (its config has {sign:.40})")


def _pure(config: Config) -> list[str] | None:
    """Models whose layers are all alike and keep a state."""
    kind = _PURE.get(str(config.get("model_type")))
    if kind is None or config.get("attn") or config.get("slstm_at"):  # mixed after all
        return None
    return [kind] * count(config)


def _original_mamba(config: Config) -> list[str] | None:
    """state-spaces' own config: ``ssm_cfg``, and attention in the layers that it names."""
    if not isinstance(config.get("ssm_cfg"), Mapping) or config.get("attn_layer_idx"):
        return None
    return [MAMBA] * count(config)


def _listed(config: Config) -> list[str] | None:
    """The numbers, from 0, of the layers that attend: LFM2, Bamba, Zamba."""
    for name, others in (("full_attn_idxs", CONV), ("attn_layer_indices", MAMBA)):
        numbers = config.get(name)
        if isinstance(numbers, list):
            return [FULL if layer in numbers else others for layer in range(count(config))]
    numbers = config.get("hybrid_layer_ids")
    if not isinstance(numbers, list):
        return None
    return [PARALLEL if layer in numbers else MAMBA for layer in range(count(config))]


def _lightning(config: Config) -> list[str] | None:
    """MiniMax-01: 1 is full attention, 0 lightning attention with a constant state."""
    types = config.get("attn_type_list")
    if not isinstance(types, list):
        return None
    return [FULL if number == 1 else LINEAR for number in types[: count(config)]]


def _griffin(config: Config) -> list[str] | None:
    """RecurrentGemma: a pattern of blocks, repeated; those that attend have a window."""
    blocks = config.get("block_types")
    if not isinstance(blocks, list) or not blocks:
        return None
    if not set(blocks) <= {"recurrent", "attention"} or "attention_window_size" not in config:
        raise MissingFact("no formula for these block_types")
    words = {"recurrent": LRU, "attention": SLIDING}
    return [words[blocks[layer % len(blocks)]] for layer in range(count(config))]


def _named(config: Config) -> list[str] | None:
    """``layer_types``, or Nemotron-H's ``layers_block_type``."""
    words = config.get("layer_types") or config.get("layers_block_type")
    if not isinstance(words, list):
        return None
    named = [str(word) for word in words]
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
    *(_pure, _original_mamba, _compressed, _indexed, _griffin, _named, _letters, _numbers),
    *(_kimi_linear, _blocks, _interval, _listed, _lightning, _jamba, _llama4),
)


# Fields that a rule has read in full though all layers attend.
_READ = ("attn_type_list", "hybrid_layer_pattern", "layers_block_type", "full_attn_idxs")


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


def _pattern(config: Config, every: int, others: str) -> list[str]:
    layers = range(1, count(config) + 1)
    return [others if layer % every else FULL for layer in layers]
