"""Any packing that is known, and any witness exchanged: the count comes back, or none does."""

from collections.abc import Callable
from typing import Any, NamedTuple

from hypothesis import assume, given
from hypothesis import strategies as st

from tests.unit.ask.repo.made import detail
from tui.analysis.memory import dtype_counts, parameters
from tui.analysis.memory.parameters import Weighed
from tui.model import Header, Parameters

NEAR = 1.07  # scales may be counted with the weights


class Made(NamedTuple):
    """A made repo: ``weights`` parameters, stored so."""

    weights: int
    dtypes: dict[str, int]
    config: dict[str, Any] | None
    files: int  # bytes


def _plain(weights: int, dtype: str) -> Made:
    return Made(weights, {dtype: weights}, None, weights * dtype_counts.BITS[dtype] // 8)


def _ints(weights: int, carrier: str, bits: int, config: dict[str, Any]) -> Made:
    kept = weights // 20  # embeddings in 16 bits
    packed = (weights - kept) * bits // dtype_counts.BITS[carrier]
    scales = (weights - kept) // 128
    dtypes = {carrier: packed, "BF16": kept + scales}
    return Made(weights, dtypes, config, dtype_counts.size(dtypes) or 0)


def _mlx(weights: int, bits: int, unpacked: bool) -> Made:
    scales = 2 * weights // 64
    taken = weights * bits // 8 + 2 * scales
    carrier = weights if unpacked else weights * bits // 32
    return Made(weights, {"U32": carrier, "BF16": scales}, {"bits": bits, "group_size": 64}, taken)


def _fp4(weights: int, block: int, unpacked: bool) -> Made:
    kept, scales = weights // 20, weights // block
    held = weights - kept
    dtype = "F8_E4M3" if block == 16 else "F8_E8M0"
    method = {"quant_method": "modelopt", "quant_algo": "NVFP4"}
    config = method if block == 16 else {"quant_method": "mxfp4"}
    dtypes = {"U8": held if unpacked else held // 2, dtype: scales, "BF16": kept}
    return Made(weights, dtypes, config, held // 2 + scales + 2 * kept)


def _gpt_oss(weights: int, unpacked: bool) -> Made:
    kept, scales = weights // 20, weights // 32
    held = weights - kept
    dtypes = {"U8": (held if unpacked else held // 2) + scales, "BF16": kept}
    return Made(weights, dtypes, {"quant_method": "mxfp4"}, held // 2 + scales + 2 * kept)


def _groups(bits: int) -> dict[str, Any]:
    return {
        "quant_method": "compressed-tensors",
        "format": "pack-quantized",
        "config_groups": {"group_0": {"weights": {"num_bits": bits}}},
    }


KINDS: tuple[Callable[[int], Made], ...] = (
    lambda n: _plain(n, "BF16"),
    lambda n: _plain(n, "F16"),
    lambda n: _plain(n, "F32"),
    *(
        lambda n, bits=bits: _ints(n, "I32", bits, {"quant_method": "gptq", "bits": bits})
        for bits in (2, 3, 4, 8)
    ),
    lambda n: _ints(n, "I32", 4, {"quant_method": "awq", "bits": 4}),
    lambda n: _ints(n, "I32", 8, {"quant_method": "auto-round", "bits": 8}),
    lambda n: _ints(n, "I32", 4, _groups(4)),
    lambda n: _ints(n, "I32", 8, _groups(8)),
    lambda n: _ints(n, "U8", 4, {"quant_method": "bitsandbytes", "load_in_4bit": True}),
    lambda n: _ints(n, "I8", 8, {"quant_method": "bitsandbytes", "load_in_8bit": True}),
    lambda n: _ints(n, "U8", 2, {"quant_method": "bitnet"}),
    lambda n: _ints(n, "I16", 4, {"quant_method": "exl3", "bits": 4}),
    lambda n: _ints(n, "F8_E4M3", 8, {"quant_method": "fp8"}),
    *(
        lambda n, bits=bits, unpacked=unpacked: _mlx(n, bits, unpacked)
        for bits in (2, 3, 4, 6, 8)
        for unpacked in (False, True)
    ),
    *(
        lambda n, block=block, unpacked=unpacked: _fp4(n, block, unpacked)
        for block in (16, 32)
        for unpacked in (False, True)
    ),
    *(lambda n, unpacked=unpacked: _gpt_oss(n, unpacked) for unpacked in (False, True)),
)
WEIGHTS = st.integers(10**8, 2 * 10**12)
MADE = st.builds(lambda kind, weights: kind(weights), st.sampled_from(KINDS), WEIGHTS)


def _heard(
    one: Made,
    name: str = "m",
    *,
    files: int | None = None,
    total: int | None = None,
    header: Header | None = None,
    storage: int | None = None,
) -> Parameters:
    stated = {"quantization_config": one.config} if one.config else None
    page = detail(f"a/{name}", dtypes=one.dtypes, params=total, config=stated)
    page = page._replace(repo=page.repo._replace(gguf=header), used_storage=storage)
    return parameters.of_detail(page, Weighed((files,)) if files else Weighed())


def _is(found: Parameters, weights: int) -> bool:
    count = found.count or 0
    near = weights / NEAR <= count <= weights * NEAR
    return count == weights or (found.how != "exact" and near)


@given(MADE)
def test_the_count_comes_back_from_the_files(one: Made) -> None:
    assert _is(_heard(one, files=one.files), one.weights)


@given(MADE)
def test_the_count_comes_back_from_the_name(one: Made) -> None:
    name = f"m-{one.weights / 1e9:.3g}B" if one.weights < 10**12 else f"m-{one.weights / 1e12:.3g}T"
    assume("e" not in name)
    assert _is(_heard(one, name), one.weights)


@given(MADE)
def test_without_another_witness_the_count_is_right_or_unknown(one: Made) -> None:
    found = _heard(one)
    assert found.count is None or _is(found, one.weights)


@given(MADE, st.integers(1, 10**16))
def test_a_wrong_total_never_makes_a_wrong_exact_count(one: Made, total: int) -> None:
    for files in (None, one.files):
        found = _heard(one, files=files, total=total)
        assert found.how != "exact" or found.count == one.weights
        assert files is None or found.count is None or _is(found, one.weights)


@given(MADE, MADE)
def test_files_of_another_model_make_no_exact_count(one: Made, other: Made) -> None:
    assume(not one.files / 1.05 <= other.files <= one.files * 1.05)
    assert _heard(one, files=other.files).how != "exact"


@given(MADE, st.integers(10**7, 10**13))
def test_a_header_that_differs_makes_no_exact_count_alone(one: Made, total: int) -> None:
    assume(not one.weights / 1.2 <= total <= one.weights * 1.2)
    found = _heard(one, header=Header(total, "llama", 4096, None))
    assert found.how != "exact"


@given(MADE, st.floats(0.001, 0.2))
def test_storage_smaller_than_the_weights_makes_no_exact_count(one: Made, part: float) -> None:
    assert _heard(one, storage=max(1, int(one.files * part))).how != "exact"
