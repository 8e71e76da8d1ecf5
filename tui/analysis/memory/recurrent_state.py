"""The constant state of linear-attention and Mamba layers: one size whatever the context.

Sources, all in transformers 5: ``modeling_qwen3_5.py`` (gated delta rule),
``modeling_kimi_linear.py`` (Kimi delta attention), ``modeling_nemotron_h.py`` (Mamba 2).
"""

from collections.abc import Mapping
from typing import NamedTuple

from tui.analysis.memory.config_fields import LINEAR, MAMBA, Config, whole

_BYTES = {"float32": 4, "float16": 2, "bfloat16": 2}
_CONVOLUTION_BYTES = 2  # activations: 16 bits in every published model
_RECURRENT_BYTES = 4  # where no dtype is recorded: the reference code computes in 32 bits


class State(NamedTuple):
    """Layers with a recurrent state and the last inputs of a short convolution, in elements."""

    layers: int
    recurrent: int
    convolution: int
    terms: str
    bytes_each: int = _RECURRENT_BYTES
    convolution_bytes: int = _CONVOLUTION_BYTES

    def size(self) -> int:
        """Bytes of all the layers."""
        layer_bytes = self.recurrent * self.bytes_each + self.convolution * self.convolution_bytes
        return self.layers * layer_bytes

    def words(self) -> str:
        """The sum with its figures."""
        parts = (
            (self.recurrent, f"{self.terms} × {self.bytes_each} B"),
            (self.convolution, f"{self.convolution} × {self.convolution_bytes} B"),
        )
        terms = " + ".join(words for elements, words in parts if elements)
        return f"{self.layers} layers × ({terms})"


def state(text: Config, kind: str, layers: int) -> State | None:
    """The state of so many layers of ``kind``; None where the config does not give its size."""
    if kind == LINEAR:
        return _gated_delta(text, layers) or _kimi_delta(text, layers)
    return _mamba(text, layers) if kind == MAMBA else None


def _gated_delta(text: Config, layers: int) -> State | None:
    names = ("linear_num_value_heads", "linear_key_head_dim", "linear_value_head_dim")
    values, key_dim, value_dim = (whole(text, name) for name in names)
    keys, kernel = whole(text, "linear_num_key_heads"), whole(text, "linear_conv_kernel_dim")
    if not (values and key_dim and value_dim and keys and kernel):
        return None
    channels = 2 * keys * key_dim + values * value_dim
    return State(
        layers,
        values * key_dim * value_dim,
        channels * kernel,
        f"{values} × {key_dim} × {value_dim}",
        _bytes(text, "mamba_ssm_dtype"),
    )


def _kimi_delta(text: Config, layers: int) -> State | None:
    linear = text.get("linear_attn_config")
    if not isinstance(linear, Mapping):
        return None
    heads, dim = whole(linear, "num_heads"), whole(linear, "head_dim")
    kernel = whole(linear, "short_conv_kernel_size")
    if not (heads and dim and kernel):
        return None
    return State(layers, heads * dim * dim, 3 * heads * dim * kernel, f"{heads} × {dim} × {dim}")


def _mamba(text: Config, layers: int) -> State | None:
    """Mamba 2, by the names of Nemotron-H."""
    heads, dim = whole(text, "mamba_num_heads"), whole(text, "mamba_head_dim")
    width, groups = whole(text, "ssm_state_size"), whole(text, "n_groups")
    kernel = whole(text, "conv_kernel")
    if not (heads and dim and width and groups and kernel):
        return None
    return State(
        layers,
        heads * dim * width,
        (heads * dim + 2 * groups * width) * kernel,
        f"{heads} × {dim} × {width}",
        _bytes(text, "mamba_ssm_cache_dtype"),
    )


def _bytes(text: Config, name: str) -> int:
    return _BYTES.get(str(text.get(name)), _RECURRENT_BYTES)
