"""Which layers keep a recurrent state instead of keys and values, or beside them.

One rule for each way in which configs say so; where a config shows a sign of such layers and no
rule has read it, the layers are unknown, never full attention.
"""

import re
from collections.abc import Callable, Mapping

from tui.analysis.memory.config_fields import (
    CONV,
    FULL,
    GATED,
    LINEAR,
    LRU,
    MAMBA,
    MLSTM,
    PARALLEL,
    SLIDING,
    STATEFUL,
    WKV,
    Config,
    MissingFact,
    count,
    whole,
)
from tui.model import late

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
_SIGN = late.pattern(
    r"(?:mamba|ssm|rwkv|conv|linear|lru|recurrent|xlstm|slstm|mlstm|retention|hyena|hybrid|gla|"
    r"delta|time_mix|lightning|short_?conv)\d?[a-z]?_\w+|\w+_idxs?|\w+_indices|block_types?|"
    r"attn_type_list|attn_layer\w*|attention_(?:types|layers)|layers?_block_types?|\w*state_size|"
    r"d_state|expand_[kv]|use_short_conv|ssm_cfg|full_attn\w*|layer_group_size|mb_per_layer",
    re.IGNORECASE,
)
_NO_SIGN = late.pattern(
    r"eos|pad|bos|token|image|audio|vision|video|linear_(?:bias|scal)|expert|moe|mlp|dense|ffn"
)
_STATE_NAME = late.pattern(
    r"rwkv|mamba|samba|hymba|lstm|retnet|retention|hyena|hgrn|delta|griffin|linear|hybrid|ssm|lightning"
)
_WITHOUT_STATE = ("granitemoehybrid", "bamba", "jamba")  # may have the fields and attend alone
# Fields that a rule has read in full though all layers attend.
_READ = ("attn_type_list", "hybrid_layer_pattern", "layers_block_type", "full_attn_idxs")


def refuse_unread(config: Config, layers: list[str] | None) -> None:
    """Raise MissingFact where a field tells of layers that no rule has read.

    What is not recognised is unknown, never full attention.
    """
    if layers is not None and any(kind in STATEFUL or kind == PARALLEL for kind in layers):
        return
    model_type = str(config.get("model_type") or "this model")
    if layers is None and (model_type in _PURE or _STATE_NAME.search(model_type)):
        raise MissingFact(f"no formula for {model_type:.40}")
    if layers is not None and model_type in _WITHOUT_STATE:
        return
    read = _READ if layers is not None else ()
    unread = (str(name) for name, value in config.items() if value and name not in read)
    signs = (name for name in unread if _SIGN.fullmatch(name) and not _NO_SIGN.search(name))
    sign = next(signs, None)
    if sign is not None:
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
    for name, other_kind in (("full_attn_idxs", CONV), ("attn_layer_indices", MAMBA)):
        numbers = config.get(name)
        if isinstance(numbers, list):
            return [FULL if layer in numbers else other_kind for layer in range(count(config))]
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
    words = {"recurrent": LRU, "attention": SLIDING}
    named = [str(block) for block in blocks]
    if not set(named) <= set(words) or not whole(config, "attention_window_size"):
        raise MissingFact("no formula for these block_types")
    return [words[named[layer % len(named)]] for layer in range(count(config))]


BEFORE: tuple[Callable[[Config], list[str] | None], ...] = (_pure, _original_mamba, _griffin)
AFTER: tuple[Callable[[Config], list[str] | None], ...] = (_listed, _lightning)
