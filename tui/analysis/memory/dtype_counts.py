"""Bytes and weights from a repo's counts of elements by dtype.

The dtypes are those of the safetensors format (``safetensors/src/tensor.rs``). Packed
quantizations keep several weights in one element: GPTQ and AWQ in I32, bitsandbytes, NVFP4 and
MXFP4 in U8. Bytes are elements times their size all the same; only the number of weights differs.
"""

from collections.abc import Mapping
from typing import NamedTuple

from tui.analysis.memory import quants
from tui.model import Detail

_BITS = {
    "F4": 4,
    "F6_E2M3": 6,
    "F6_E3M2": 6,
    **dict.fromkeys(("BOOL", "U8", "I8", "F8_E5M2", "F8_E4M3", "F8_E8M0"), 8),
    **dict.fromkeys(("F8_E4M3FNUZ", "F8_E5M2FNUZ"), 8),
    **dict.fromkeys(("I16", "U16", "F16", "BF16"), 16),
    **dict.fromkeys(("I32", "U32", "F32"), 32),
    **dict.fromkeys(("I64", "U64", "F64", "C64"), 64),
}
_CARRIERS = ("I32", "U32", "U8", "I8")
_NAMES = {"F8_E4M3": "FP8", "F8_E5M2": "FP8"}


class Packing(NamedTuple):
    """``elements`` of ``dtype`` that hold ``each`` weights of ``bits`` bits apiece."""

    dtype: str
    elements: int
    bits: float
    each: float

    def words(self) -> str:
        """What it means, in a sentence."""
        return (
            f"{self.dtype} is packed: each of {self.elements:,} elements holds {self.each:g} "
            f"weights of {self.bits:g} bits, about {self.elements * self.each:,.0f} weights"
        )


def size(dtypes: Mapping[str, int]) -> int | None:
    """Bytes of all elements; None where a dtype is not one of safetensors'."""
    if any(dtype not in _BITS for dtype in dtypes):
        return None
    return sum(elements * _BITS[dtype] for dtype, elements in dtypes.items()) // 8


def main_dtype(dtypes: Mapping[str, int] | None) -> str | None:
    """The dtype that takes most bytes, where it is a number format and no carrier of packed ones.

    FP8 is named without its split of exponent and mantissa.
    """
    known = {dtype: n * _BITS[dtype] for dtype, n in (dtypes or {}).items() if dtype in _BITS}
    if not known:
        return None
    dtype = max(known, key=lambda name: known[name])
    return None if dtype in _CARRIERS else _NAMES.get(dtype, dtype)


def packing(detail: Detail) -> Packing | None:
    """How the repo's weights are packed; None where they are not, or nothing says how.

    A carrier that the quantization's bits fill exactly once (I8 under 8 bits) packs nothing.
    """
    dtypes = detail.dtypes or {}
    carriers = {dtype: dtypes[dtype] for dtype in _CARRIERS if dtypes.get(dtype)}
    label = quants.of_repo(detail.repo.id, detail.repo.tags, detail.config)
    bits = quants.config_bits(detail.config) or quants.bits_of(label)
    if not carriers or not bits:
        return None
    dtype = max(carriers, key=lambda name: carriers[name] * _BITS[name])
    each = _BITS[dtype] / bits
    return Packing(dtype, carriers[dtype], bits, each) if each > 1 else None


def parameters(detail: Detail | None) -> int | None:
    """The number of weights: as counted, or unpacked by estimate; None where it is not known.

    Packed repos keep scales and zero points beside the weights; these are counted with them.
    """
    if detail is None or detail.repo.params is None:
        return None
    packed = packing(detail)
    if packed is not None:
        return round(detail.repo.params + packed.elements * (packed.each - 1))
    return None if _is_packed_somehow(detail) else detail.repo.params


def _is_packed_somehow(detail: Detail) -> bool:
    """Most bytes lie in a carrier, but nothing says how many weights it carries."""
    dtypes = {d: n * _BITS[d] for d, n in (detail.dtypes or {}).items() if d in _BITS}
    if not dtypes:
        return False
    dtype = max(dtypes, key=lambda name: dtypes[name])
    return dtype in _CARRIERS and dtype != "I8"
