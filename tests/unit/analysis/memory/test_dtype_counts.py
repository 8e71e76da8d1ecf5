"""Bytes and weights from counts of elements, packed or not.

Element sizes: the safetensors format. GPTQ and AWQ put 32/bits weights in an I32; bitsandbytes,
NVFP4 and MXFP4 put two weights of 4 bits in a U8.
"""

from typing import Any

import pytest

from tests.unit.ask.repo.made import detail
from tui.analysis.memory import dtype_counts, parameters


@pytest.mark.parametrize(
    ("dtypes", "size"),
    [
        ({"BF16": 1000}, 2000),
        ({"F32": 10, "BF16": 1000}, 2040),
        ({"F8_E4M3": 1000, "F32": 8, "BF16": 100}, 1232),
        ({"I32": 1000, "F16": 250}, 4500),
        ({"U8": 1000, "F8_E4M3": 125, "BF16": 64}, 1253),
        ({"F4": 1000, "F8_E8M0": 32}, 532),
        ({"I64": 3, "BOOL": 8}, 32),
        ({"NEW16": 3}, None),
    ],
)
def test_bytes_by_dtype(dtypes: dict[str, int], size: int | None) -> None:
    assert dtype_counts.size(dtypes) == size


@pytest.mark.parametrize(
    ("name", "dtypes", "config", "weights"),
    [
        # 100 elements of 8 weights of 4 bits
        ("a/m-GPTQ-Int4", {"I32": 100, "F16": 30}, {}, 100 * 8 + 30),
        ("a/m-GPTQ-Int8", {"I32": 100, "F16": 30}, {}, 100 * 4 + 30),
        ("a/m", {"I32": 100, "F16": 30}, {"quant_method": "awq", "bits": 4}, 100 * 8 + 30),
        # a scale of 8 bits for each 16 weights is no parameter
        ("a/m-NVFP4", {"U8": 1000, "F8_E4M3": 125, "BF16": 30}, {}, 1000 * 2 + 30),
        ("a/m-bnb-4bit", {"U8": 100, "BF16": 30}, {}, 100 * 2 + 30),
        ("a/m-W8A8", {"I8": 100, "BF16": 30}, {}, 130),
        ("a/m", {"BF16": 130}, {}, 130),
        ("a/m-FP8", {"F8_E4M3": 100, "BF16": 30}, {}, 130),
        # something is packed, and nothing says how
        ("a/m", {"I32": 100, "F16": 30}, {}, None),
    ],
)
def test_weights_are_unpacked_once(
    name: str, dtypes: dict[str, int], config: dict[str, Any], weights: int | None
) -> None:
    stated = {"quantization_config": config} if config else None
    assert parameters.of_detail(detail(name, dtypes=dtypes, config=stated)).count == weights


def test_packing_is_explained() -> None:
    found = parameters.of_detail(detail("a/m-AWQ-4bit", dtypes={"I32": 1_000, "F16": 8}))
    assert found.doubt == (
        "I32 is packed: each of 1,000 elements holds 8 weights of 4 bits, about 8,000 weights"
    )


def test_nothing_known_is_nothing_counted() -> None:
    assert parameters.of_detail(detail("a/m")).count is None
    assert dtype_counts.main_dtype(None) is None
    assert dtype_counts.main_dtype({"NEW": 5}) is None
