"""How a model's weights are quantized, as its config says: the few facts that its size needs.

The config is the Hub's digest or config.json itself. Where and how it says so differs by tool:
``quantization_config`` (transformers), ``compression_config`` (compressed-tensors before 0.8),
``quantization`` (MLX), each also inside the part for the language model.
"""

import re
from collections.abc import Iterator, Mapping
from typing import Any, NamedTuple

from tui.model import late

_PLACES = ("quantization_config", "compression_config", "quantization")
_OUTER = late.pattern(
    r"(?:text|llm|language|language_model|thinker|decoder|model)_config|text_model"
)
_BITS = ("bits", "num_bits", "w_bit", "wbits", "nbits", "n_bits", "weight_bits")
_GROUPS = ("group_size", "q_group_size")
# Keys whose text names a number format of the weights: quanto, torchao, quark, ModelOpt, MLX.
_WORDS = ("weights", "weight", "weight_dtype", "dtype", "quant_type", "_type", "quant_algo", "mode")
_WORD = late.pattern(r"(?:int|fp|float|nf|w)([1-8])(?!\d)", re.IGNORECASE)
# Keys about other tensors, or about single layers that are not quantized.
_OTHERS = late.pattern(
    r"activation|kv_cache|input|output|not_convert|ignore|exclu|bias|dynamic|extra|scale|zero"
)
# What a method stores a weight in where no bits are stated; BitNet packs a ternary in two.
_BY_METHOD = {"mxfp4": 4, "fp8": 8, "fbgemm_fp8": 8, "eetq": 8, "bitnet": 2, "higgs": 4}
_DEEPEST = 4
_MOST_BITS = 32


class Quantization(NamedTuple):
    """``bits`` of one weight and weights in one ``group``; None is not stated, or differs.

    ``method`` and ``format`` are the tool's own words in lower case, "" where it has none.
    """

    method: str = ""
    bits: float | None = None
    group: int | None = None
    format: str = ""

    @property
    def is_float4(self) -> bool:
        """NVFP4, MXFP4 and their like, whose scales are of 8 bits."""
        return "fp4" in self.method or "fp4" in self.format


def quantization(config: Mapping[str, Any] | None) -> Quantization | None:
    """What ``config`` states of a quantization; None where it states nothing."""
    stated = _stated(config or {}, _DEEPEST)
    if stated is None:
        return None
    keys = ("quant_method", "quant_algo", "mode")
    methods = [str(stated.get(key) or "").lower() for key in keys]
    method = " ".join(word for word in methods if word)
    return Quantization(
        method, _bits(stated, method), _group(stated), str(stated.get("format") or "").lower()
    )


def _stated(config: Mapping[str, Any], depth: int) -> Mapping[str, Any] | None:
    for place in _PLACES:
        part = config.get(place)
        if isinstance(part, Mapping) and part:
            return part
    inner = (part for name, part in config.items() if _OUTER.fullmatch(str(name)))
    nested = (_stated(part, depth - 1) for part in inner if isinstance(part, Mapping) and depth)
    return next((stated for stated in nested if stated), None)


def _bits(stated: Mapping[str, Any], method: str) -> float | None:
    for key, value in (("load_in_4bit", 4.0), ("load_in_8bit", 8.0)):
        if stated.get(key) is True or stated.get(f"_{key}") is True:
            return value
    bits = set(filter(None, (_number(stated.get(name)) for name in _BITS)))
    bits = bits or set(_deep_bits(stated, _DEEPEST))
    if not bits:
        return next((float(n) for word, n in _BY_METHOD.items() if word in method.split()), None)
    return bits.pop() if len(bits) == 1 else None


def _deep_bits(stated: Mapping[str, Any], depth: int) -> Iterator[float]:
    for name, value in stated.items():
        if _OTHERS.search(str(name)):
            continue
        if name in _BITS and (bits := _number(value)):
            yield bits
        elif name in _WORDS and isinstance(value, str) and (word := _WORD.search(value)):
            yield float(word[1])
        elif isinstance(value, Mapping) and depth:
            yield from _deep_bits(value, depth - 1)


def _group(stated: Mapping[str, Any]) -> int | None:
    sizes = set(_deep_groups(stated, _DEEPEST))
    return sizes.pop() if len(sizes) == 1 else None


def _deep_groups(stated: Mapping[str, Any], depth: int) -> Iterator[int]:
    for name, value in stated.items():
        if name in _GROUPS and isinstance(value, int) and value > 0:
            yield value
        elif isinstance(value, Mapping) and depth and not _OTHERS.search(str(name)):
            yield from _deep_groups(value, depth - 1)


def _number(value: object) -> float | None:
    """Bits as a number, or as text that is one."""
    if isinstance(value, str) and re.fullmatch(r"\d{1,2}(?:\.\d{1,3})?", value):
        value = float(value)
    if isinstance(value, bool) or not isinstance(value, int | float):
        return None
    return float(value) if 0 < value <= _MOST_BITS else None
