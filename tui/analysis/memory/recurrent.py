"""The constant state of layers that neither attend nor are a delta rule, by their config.

Sizes are llama.cpp's, which keeps both the state and the last inputs of a convolution (one fewer
than its kernel) in 32 bits (``llama-hparams.cpp``: ``n_embd_r``, ``n_embd_s``); for mLSTM and GLA
those of the papers: arXiv:2405.04517 and arXiv:2312.06635.
"""

from collections.abc import Callable, Mapping

from tui.analysis.memory.config_fields import (
    CONV,
    GATED,
    LINEAR,
    LRU,
    MAMBA,
    MLSTM,
    WKV,
    Config,
    whole,
)
from tui.analysis.memory.recurrent_state import State

_WIDTH = ("hidden_size", "d_model", "n_embd", "embedding_dim")
_WIDE = 4  # bytes
_MOST = 16  # times a width
# Defaults of the mamba_ssm package, whose configs leave them out.
_SSM = {
    "Mamba1": {"d_state": 16, "d_conv": 4, "expand": 2},
    "Mamba2": {"d_state": 128, "d_conv": 4, "expand": 2, "ngroups": 1},
}


def state(text: Config, kind: str, layers: int) -> State | None:
    """The state of so many layers of ``kind``; None where the config does not give its size."""
    return next(
        (layer_state for rule in _RULES.get(kind, ()) if (layer_state := rule(text, layers))), None
    )


def _made(layers: int, recurrent: int, convolution: int, terms: str) -> State:
    return State(layers, recurrent, convolution, terms, _WIDE, _WIDE)


def _mamba(text: Config, layers: int) -> State | None:
    """Mamba 1 and 2, by the names of transformers; heads make it Mamba 2."""
    width = whole(text, "mamba_d_state", "state_size")
    kernel = whole(text, "mamba_d_conv", "conv_kernel")
    inner = _inner(text)
    if not (width and kernel and inner):
        return None
    groups = 0
    if whole(text, "mamba_n_heads", "n_mamba_heads", "num_heads") and not _first(text):
        groups = whole(text, "mamba_n_groups", "mamba_ngroups", "n_groups") or 1
    channels = inner + 2 * groups * width
    return _made(layers, inner * width, channels * (kernel - 1), f"{inner} × {width}")


def _first(text: Config) -> bool:
    """Whether the layers are Mamba 1 though the config has heads: Zamba's."""
    return text.get("model_type") == "zamba"


def _inner(text: Config) -> int | None:
    """Channels of the inner projection, the first way in which the config says it."""
    if text.get("model_type") in ("mamba", "falcon_mamba"):  # whose ``expand`` need not agree
        stated = whole(text, "intermediate_size")
    else:
        stated = whole(text, "mamba_d_ssm")
    if stated:
        return stated
    width, times = whole(text, *_WIDTH), whole(text, "mamba_expand", "expand")
    if width and times:
        return times * width
    heads = whole(text, "mamba_n_heads", "n_mamba_heads", "num_heads")
    dim = whole(text, "mamba_d_head", "mamba_headdim", "head_dim")
    return heads * dim if heads and dim else None


def _original(text: Config, layers: int) -> State | None:
    """The package mamba_ssm's own config."""
    ssm = text.get("ssm_cfg")
    if not isinstance(ssm, Mapping):
        return None
    kind = str(ssm.get("layer") or "Mamba1")
    sizes = {**_SSM.get(kind, {}), **ssm}
    width, kernel, times = (whole(sizes, name) for name in ("d_state", "d_conv", "expand"))
    model = whole(text, *_WIDTH)
    if not (width and kernel and times and model):
        return None
    inner = times * model
    channels = inner + 2 * (whole(sizes, "ngroups") or 0) * width
    return _made(layers, inner * width, channels * (kernel - 1), f"{inner} × {width}")


def _short(text: Config, layers: int) -> State | None:
    """LFM2: the last inputs of a short convolution."""
    width, kernel = whole(text, *_WIDTH), whole(text, "conv_L_cache", "short_conv_kernel_size")
    if not (width and kernel):
        return None
    return _made(layers, 0, width * (kernel - 1), "0")


def _lru(text: Config, layers: int) -> State | None:
    """RecurrentGemma's real-gated linear recurrent unit."""
    width, kernel = whole(text, "lru_width", *_WIDTH), whole(text, "conv1d_width")
    if not (width and kernel):
        return None
    return _made(layers, width, width * (kernel - 1), f"{width}")


def _wkv(text: Config, layers: int) -> State | None:
    """RWKV 5 to 7: a matrix for each head, and the token before for both halves of a layer.

    RWKV 4 keeps three vectors in place of the matrix.
    """
    width, dim = whole(text, *_WIDTH), whole(text, "head_dim", "head_size")
    if width and text.get("model_type") == "rwkv":
        return _made(layers, 3 * width, 2 * width, f"3 × {width}")
    if not (width and dim):
        return None
    return _made(layers, width * dim, 2 * width, f"{width} × {dim}")


def _mlstm(text: Config, layers: int) -> State | None:
    """xLSTM's matrix memory, its normaliser and its stabiliser."""
    width, heads = whole(text, *_WIDTH), whole(text, "num_heads")
    key, value = _factor(text, "qk_dim_factor"), _factor(text, "v_dim_factor")
    if not (width and heads and key and value):
        return None
    keys, values = int(width * key) // heads, int(width * value) // heads
    per_head = keys * values + keys + 1
    return _made(layers, heads * per_head, 0, f"{heads} × ({keys} × {values} + {keys} + 1)")


def _gated(text: Config, layers: int) -> State | None:
    """Gated linear attention: a matrix of key by value width for each head."""
    width, heads = whole(text, *_WIDTH), whole(text, "num_heads")
    key, value = _factor(text, "expand_k"), _factor(text, "expand_v")
    if not (width and heads and key and value):
        return None
    keys, values = int(width * key), int(width * value)
    kernel = whole(text, "conv_size") if text.get("use_short_conv") is True else 0
    convolution = (2 * keys + values) * (kernel or 0)
    terms = f"{heads} × {keys // heads} × {values // heads}"
    return _made(layers, keys * values // heads, convolution, terms)


def _lightning(text: Config, layers: int) -> State | None:
    """MiniMax-01's lightning attention: the product of keys and values for each head."""
    heads, dim = whole(text, "num_attention_heads"), whole(text, "head_dim")
    if not (heads and dim) or "minimax" not in str(text.get("model_type")).lower():
        return None
    return _made(layers, heads * dim * dim, 0, f"{heads} × {dim} × {dim}")


def _factor(text: Config, name: str) -> float | None:
    """A factor of the width; None where the field is no positive number."""
    value = text.get(name)
    if isinstance(value, bool) or not isinstance(value, int | float):
        return None
    return value if 0 < value <= _MOST else None


_RULES: dict[str, tuple[Callable[[Config, int], State | None], ...]] = {
    MAMBA: (_original, _mamba),
    CONV: (_short,),
    LRU: (_lru,),
    WKV: (_wkv,),
    MLSTM: (_mlstm,),
    GATED: (_gated,),
    LINEAR: (_lightning,),
}
