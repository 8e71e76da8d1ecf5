"""How a repo's counts of elements by dtype can be read as weights, and the bytes they take.

The dtypes are those of the safetensors format (``safetensors/src/tensor.rs``). Packed
quantizations keep several weights in one element: GPTQ, AWQ and compressed-tensors in I32, MLX in
U32, EXL3 and AQLM in I16, bitsandbytes, NVFP4, MXFP4 and BitNet in U8. Bytes are elements times
their size all the same; only the number of weights differs. The Hub counts the elements of some
packed repos unpacked already, so there are two readings, and other witnesses have to choose.
"""

from collections.abc import Mapping
from typing import NamedTuple

from tui.model import Quantization

BITS = {
    "F4": 4,
    "F6_E2M3": 6,
    "F6_E3M2": 6,
    **dict.fromkeys(("BOOL", "U8", "I8", "F8_E5M2", "F8_E4M3", "F8_E8M0"), 8),
    **dict.fromkeys(("F8_E4M3FNUZ", "F8_E5M2FNUZ"), 8),
    **dict.fromkeys(("I16", "U16", "F16", "BF16"), 16),
    **dict.fromkeys(("I32", "U32", "F32"), 32),
    **dict.fromkeys(("I64", "U64", "F64", "C64"), 64),
}
_CARRIERS = ("I32", "U32", "I16", "U16", "U8", "I8")
_FLOATS = ("F64", "F32", "F16", "BF16")
_SCALES = ("F8_E4M3", "F8_E8M0", "U8")  # what formats of 4 bits keep their scales in
_BARE = ("F8_E8M0",)  # an exponent alone: a scale, never a weight
_BLOCKS = (16, 32)  # weights that share one such scale: NVFP4, MX
_NAMES = {"F8_E4M3": "FP8", "F8_E5M2": "FP8"}
_FEW = 0.02  # of all bytes: positions, masks and the like, that are no weights
_BYTE, _WIDE = 8, 16  # bits
_MLX_GROUP = 128  # the largest; each group has a scale and a bias


class Reading(NamedTuple):
    """One way to read the counts: so many weights, in so many bytes of files.

    ``likely`` is False where nothing but another witness can choose this reading.
    """

    weights: int
    size: float
    how: str  # "exact" or "reckoned"
    words: str = ""
    likely: bool = True
    unpacked: bool = False  # by the Hub, which counted weights where the files pack them


def size(dtypes: Mapping[str, int]) -> int | None:
    """Bytes of all elements; None where a dtype is not one of safetensors'."""
    if any(dtype not in BITS for dtype in dtypes):
        return None
    return sum(elements * BITS[dtype] for dtype, elements in dtypes.items()) // 8


def main_dtype(dtypes: Mapping[str, int] | None) -> str | None:
    """The dtype that takes most bytes, where it is a number format and no carrier of packed ones.

    FP8 is named without its split of exponent and mantissa.
    """
    known = {dtype: n * BITS[dtype] for dtype, n in (dtypes or {}).items() if dtype in BITS}
    if not known:
        return None
    dtype = max(known, key=lambda name: known[name])
    return None if dtype in _CARRIERS else _NAMES.get(dtype, dtype)


def carrier(dtypes: Mapping[str, int]) -> str | None:
    """The integer dtype that holds weights, by its bytes; None where integers are but a few."""
    bits = {name: dtypes[name] * BITS[name] for name in _CARRIERS if dtypes.get(name)}
    if not bits or size(dtypes) is None:
        return None
    name = max(bits, key=lambda dtype: bits[dtype])
    wide = sum(n for dtype, n in dtypes.items() if dtype.startswith("F8") and dtype not in _BARE)
    if BITS[name] == _BYTE and wide > _BYTE * dtypes[name]:
        return None  # scales of weights in 8 bits
    return name if bits[name] / 8 > _FEW * (size(dtypes) or 0) else None


def readings(dtypes: Mapping[str, int], scheme: Quantization | None) -> list[Reading]:
    """The ways to read ``dtypes`` under ``scheme``, the likely ones first; none for odd dtypes."""
    if size(dtypes) is None or not sum(dtypes.values()):
        return []
    name = carrier(dtypes)
    if name is None:
        return [_plain(dtypes, scheme)]
    bits = scheme.bits if scheme else None
    if scheme is None or bits is None:
        return _any_bits(dtypes, name, (2, 4, 8))
    stored = 2.0 if bits < 2 and BITS[name] == 8 else bits  # a ternary weight in two bits
    if "quantized" in scheme.format and scheme.format.split("-")[0] in ("int", "naive"):
        stored = float(BITS[name])
    if stored > BITS[name] or ("fp8" in scheme.method and BITS[name] == _BYTE):
        return _any_bits(dtypes, name, (4,))
    if stored == BITS[name]:
        return [_counted(dtypes, name, stored, scheme, True)]
    likely = _is_packed(dtypes, name, stored, scheme)
    packed = _packed(dtypes, name, stored, scheme, likely is not False)
    unpacked = _counted(dtypes, name, stored, scheme, likely is False)
    if likely is None:
        packed = packed and packed._replace(likely=False)
    return [*filter(None, [packed]), unpacked]


def _any_bits(dtypes: Mapping[str, int], name: str, bits: tuple[int, ...]) -> list[Reading]:
    """The readings where nothing says how many bits a weight has; none is likely.

    But where scales of blocks lie beside the carrier, they tell both the format and the reading.
    """
    if BITS[name] == _BYTE:
        for dtype, block in (("F8_E4M3", _BLOCKS[0]), ("F8_E8M0", _BLOCKS[1])):
            scales = dtypes.get(dtype, 0) * block / dtypes[name]
            mx = Quantization("mxfp4" if block == _BLOCKS[1] else "nvfp4", 4.0, block)
            if 0.85 <= scales / 2 <= 1.15 and (reading := _packed(dtypes, name, 4, mx, True)):
                return [reading]
    packings = (_packed(dtypes, name, width, Quantization(), False) for width in bits)
    return [*filter(None, packings), _counted(dtypes, name, BITS[name], Quantization(), False)]


def _plain(dtypes: Mapping[str, int], scheme: Quantization | None) -> Reading:
    """Each element is a weight, or a scale beside it."""
    stored = size(dtypes) or 0
    main = max(dtypes, key=lambda name: dtypes[name] * BITS[name])
    formatted = main if main.startswith(("F4", "F8")) else "F4"
    count = sum(dtypes.values()) - _scales(dtypes, dtypes.get(formatted, 0), formatted)
    formats = [name for name in dtypes if name.startswith(("F4", "F6", "F8"))]
    bits = scheme.bits if scheme else None
    if formats or scheme is None or bits is None or bits >= _WIDE:
        exact = not formats and scheme is None
        words = "" if exact else "scales of the quantization are counted too"
        return Reading(count, stored, "exact" if exact else "reckoned", words)
    words = f"weights of {bits:g} bits are stated, and {', '.join(dtypes)} is counted"
    return Reading(count, stored, "reckoned", words, likely=bits >= _BYTE)


def _packed(
    dtypes: Mapping[str, int], name: str, bits: float, scheme: Quantization, likely: bool
) -> Reading | None:
    """Several weights in each element of the carrier."""
    per_element, elements = BITS[name] / bits, dtypes[name]
    if per_element <= 1:
        return None
    weights = elements * per_element
    if _holds_own_scales(dtypes, name, scheme):
        weights /= 1 + per_element / _BLOCKS[1]
    rest = sum(dtypes.values()) - elements
    count = round(weights + rest - _scales(dtypes, weights, name))
    words = (
        f"{name} is packed: each of {elements:,} elements holds {per_element:g} weights of"
        f" {bits:g} bits, about {weights:,.0f} weights"
    )
    return Reading(count, size(dtypes) or 0, "reckoned", words, likely)


def _counted(
    dtypes: Mapping[str, int], name: str, bits: float, scheme: Quantization, likely: bool
) -> Reading:
    """One weight for each element that the Hub counted, whatever the files hold."""
    elements = dtypes[name]
    weights: float = elements
    if _holds_own_scales(dtypes, name, scheme):
        weights /= 1 + 1 / _BLOCKS[1]
    rest = {dtype: n for dtype, n in dtypes.items() if dtype != name}
    count = round(weights + sum(rest.values()) - _scales(dtypes, weights, name))
    stored = weights * bits / 8 + (elements - weights) + (size(rest) or 0)
    words = "scales of the quantization are counted too"
    if bits < BITS[name]:
        words = f"{name} is counted unpacked already, a weight of {bits:g} bits an element"
    return Reading(count, stored, "reckoned", words, likely, bits < BITS[name])


def _is_packed(
    dtypes: Mapping[str, int], name: str, bits: float, scheme: Quantization
) -> bool | None:
    """Whether the scales beside the carrier are those of packed weights; None where none tell."""
    elements, per_element = dtypes[name], BITS[name] / bits
    if scheme.is_float4:
        block = _BLOCKS[0] if "nvfp4" in scheme.method + scheme.format else _BLOCKS[1]
        scales = sum(dtypes.get(dtype, 0) for dtype in _SCALES if dtype != name)
        middle = elements * per_element**0.5 / block
        return scales > middle if scales else None
    if name != "U32":
        return True
    floats = sum(dtypes.get(dtype, 0) for dtype in _FLOATS)
    return floats >= 0.8 * elements * per_element * 2 / (scheme.group or _MLX_GROUP)


def _holds_own_scales(dtypes: Mapping[str, int], name: str, scheme: Quantization) -> bool:
    """MXFP4 as gpt-oss has it: blocks and their scales are both U8."""
    separate = any(dtypes.get(dtype) for dtype in _SCALES if dtype != name)
    return scheme.is_float4 and name == "U8" and not separate


def _scales(dtypes: Mapping[str, int], weights: float, name: str) -> int:
    """The elements beside so many weights that are scales of their blocks."""
    bare = sum(dtypes.get(dtype, 0) for dtype in _BARE)
    if bare:
        return bare
    scales = sum(dtypes.get(dtype, 0) for dtype in _SCALES if dtype != name)
    blocks = (weights / block for block in _BLOCKS)
    return scales if any(0.85 * n <= scales <= 1.15 * n for n in blocks if n) else 0
