"""Parameters from witnesses that agree, differ, or are packed."""

from typing import Any

import pytest

from tests.unit.ask.repo.made import detail
from tui.analysis.memory import parameters
from tui.analysis.memory.parameters import Weighed
from tui.analysis.memory.variants import counted
from tui.model import File, Header, Parameters

B = 10**9


def of(name: str, dtypes: dict[str, int], files: int | None = None, **facts: Any) -> Parameters:
    config = facts.pop("config", None)
    stated = {"quantization_config": config} if config else None
    weighed = Weighed((files,)) if files else Weighed()
    return parameters.of_detail(detail(f"a/{name}", dtypes=dtypes, config=stated, **facts), weighed)


def test_agreeing_witnesses_are_exact() -> None:
    assert of("m", {"BF16": 7 * B, "F32": 5}, 14 * B + 20) == Parameters(7 * B + 5, "exact")
    assert of("m", {"BF16": 7 * B}) == Parameters(7 * B, "exact")


@pytest.mark.parametrize("total", [1, 333_312, 7 * 10**15])
def test_a_total_far_from_the_dtypes_is_told(total: int) -> None:
    dtypes = {"BF16": 7 * B}
    by_files, by_name = of("m", dtypes, 14 * B, params=total), of("m-7B", dtypes, params=total)
    assert (by_files.count, by_files.how) == (7 * B, "exact")
    assert (by_name.count, by_name.how) == (7 * B, "exact")
    assert f"{total:,}" in by_name.doubt
    alone = of("m", dtypes, params=total)
    assert (alone.count, alone.how) == (7 * B, "reckoned")


def test_a_total_that_the_files_bear_out_against_the_dtypes() -> None:
    found = of("m-7B", {"BF16": 333_312}, 14 * B, params=7 * B)
    assert (found.count, found.how) == (7 * B, "reckoned")


def test_dtypes_that_the_files_contradict_are_unknown() -> None:
    assert of("m", {"BF16": 7 * B}, 200 * B).count is None
    assert of("m", {"BF16": 7 * B}, B).count is None
    # within three times, but not the same: no digit is exact
    assert of("m", {"BF16": 7 * B}, 28 * B).how == "reckoned"


def test_one_copy_of_the_weights_among_many_is_enough() -> None:
    page = detail("a/m", dtypes={"BF16": 7 * B})
    files = [
        File("model-00001-of-00002.safetensors", 8 * B),
        File("model-00002-of-00002.safetensors", 6 * B),
        File("consolidated.safetensors", 14 * B),
        File("pytorch_model.bin", 28 * B),
        File("onnx/model_q4.onnx", 4 * B),
        File("mmproj-F16.gguf", B),
    ]
    assert counted(files, page) == Parameters(7 * B, "exact")


@pytest.mark.parametrize(
    ("config", "dtypes", "weights"),
    [
        ({"quant_method": "gptq", "bits": 4}, {"I32": B}, 8 * B),
        ({"quant_method": "gptq", "bits": 3}, {"I32": 3 * B}, 32 * B),
        ({"quant_method": "awq", "w_bit": 4}, {"I32": B}, 8 * B),
        ({"quant_method": "auto-round", "bits": 2}, {"I32": B}, 16 * B),
        ({"quant_method": "bitsandbytes", "load_in_4bit": True}, {"U8": B}, 2 * B),
        ({"quant_method": "bitsandbytes", "_load_in_8bit": True}, {"I8": B}, B),
        (
            {
                "quant_method": "compressed-tensors",
                "format": "pack-quantized",
                "config_groups": {"group_0": {"weights": {"num_bits": 8, "type": "int"}}},
            },
            {"I32": B},
            4 * B,
        ),
        (
            {
                "quant_method": "compressed-tensors",
                "format": "int-quantized",
                "config_groups": {
                    "group_0": {"weights": {"num_bits": 4}, "input_activations": {"num_bits": 8}}
                },
            },
            {"I8": B},
            B,
        ),
        ({"quant_method": "fp8", "activation_scheme": "dynamic"}, {"F8_E4M3": B, "F32": 99}, B),
        ({"quant_method": "modelopt", "quant_algo": "NVFP4"}, {"U8": B, "F8_E4M3": B // 8}, 2 * B),
        ({"quant_method": "quanto", "weights": "int4"}, {"U8": B}, 2 * B),
        ({"quant_method": "eetq", "weights": "int8"}, {"I8": B}, B),
        (
            {"quant_method": "hqq", "quant_config": {"weight_quant_params": {"nbits": 4}}},
            {"U8": B},
            2 * B,
        ),
        (
            {"quant_method": "quark", "global_quant_config": {"weight": {"dtype": "int4"}}},
            {"I32": B},
            8 * B,
        ),
        ({"quant_method": "torchao", "quant_type": "int8_weight_only"}, {"I8": B}, B),
        ({"quant_method": "bitnet", "modules_to_not_convert": []}, {"U8": B}, 4 * B),
        ({"quant_method": "exl3", "bits": 4.0}, {"I16": B}, 4 * B),
        ({"quant_method": "gptq", "bits": "4"}, {"I32": B}, 8 * B),
    ],
)
def test_each_packing_is_unpacked(
    config: dict[str, Any], dtypes: dict[str, int], weights: int
) -> None:
    found = of("m", {**dtypes, "BF16": B // 100}, config=config)
    assert found.how == "reckoned"
    assert found.count == pytest.approx(weights + B // 100, rel=0.001)


@pytest.mark.parametrize(
    "place", ["text_config", "llm_config", "language_config", "thinker_config"]
)
@pytest.mark.parametrize("key", ["quantization_config", "compression_config", "quantization"])
def test_a_quantization_may_be_stated_deep(place: str, key: str) -> None:
    page = detail("a/m", dtypes={"I32": B}, config={"model_type": "new", place: {key: {"bits": 4}}})
    assert parameters.of_detail(page).count == 8 * B


@pytest.mark.parametrize("bits", [2, 3, 4, 6, 8])
def test_mlx_is_told_packed_from_unpacked_by_its_scales_or_its_files(bits: int) -> None:
    weights, scales = 32 * B, 2 * 32 * B // 64
    config = {"group_size": 64, "bits": bits}
    packed = {"U32": weights * bits // 32, "BF16": scales}
    unpacked = {"U32": weights, "BF16": scales}
    files = weights * bits // 8 + 2 * scales
    for dtypes in (packed, unpacked):
        for found in (of("m", dtypes, config=config), of("m", dtypes, files, config=config)):
            assert found.how == "reckoned"
            assert found.count == pytest.approx(weights, rel=0.04)


def test_mxfp4_needs_another_witness() -> None:
    config = {"quant_method": "mxfp4"}
    blocks, scales = 19 * B // 2, 19 * B // 32
    packed, unpacked = {"U8": blocks + scales, "BF16": B}, {"U8": 19 * B + scales, "BF16": B}
    files = blocks + scales + 2 * B
    for dtypes in (packed, unpacked):
        assert of("m", dtypes, config=config).count is None
        for found in (of("m-20b", dtypes, config=config), of("m", dtypes, files, config=config)):
            assert found.count == pytest.approx(20 * B, rel=0.01)


def test_bits_that_nobody_states_are_found_by_the_name_or_not_at_all() -> None:
    dtypes = {"I32": B, "BF16": B // 10}
    assert of("m", dtypes).count is None
    assert of("m-8B", dtypes).count == pytest.approx(8.1 * B)
    assert of("m-4B", dtypes).count == pytest.approx(4.1 * B)


def test_scales_of_blocks_tell_what_the_config_does_not() -> None:
    experts = {"I8": 8 * B, "F8_E8M0": B // 2, "F8_E4M3": B, "BF16": B}  # fp4 two in a byte
    found = of("m", experts, config={"quant_method": "fp8"})
    assert found.count == 16 * B + 2 * B
    assert of("m", {"U8": 8 * B, "F8_E4M3": B, "BF16": B}).count == 16 * B + B
    mxfp8 = {"F8_E4M3": 32 * B, "U8": B, "BF16": B}
    assert of("m", mxfp8, config={"quant_method": "mxfp8", "bits": 8}).count == 33 * B


def test_fp8_says_nothing_of_weights_in_i8() -> None:
    assert of("m", {"I8": B}, config={"quant_method": "fp8"}).count is None


def test_floats_are_not_what_a_packed_config_says() -> None:
    assert of("m", {"BF16": B}, config={"quant_method": "bitsandbytes", "bits": 4}).count is None


@pytest.mark.parametrize(
    ("header", "count"),
    [
        (Header(8 * B, "llama", 4096, 40 * B), 8 * B),
        (Header(8 * B, "llama", None, None), 8 * B),
        (Header(459 * 10**6, "clip", 0, 40 * B), None),
        (Header(459 * 10**6, "clip", None, None), None),
        (Header(400 * 10**6, "llama", 4096, 40 * B), None),  # a drafter's, by the name
        (Header(8 * B, "llama", 0, None), None),
        (Header(8 * B, "eagle3", 4096, None), None),
        (Header(8 * 10**15, "llama", 4096, 40 * B), None),
        (Header(None, "llama", 4096, 40 * B), None),
    ],
)
def test_the_header_of_a_gguf_file(header: Header, count: int | None) -> None:
    page = detail("a/m-8B-GGUF")
    found = parameters.of_repo(page.repo._replace(gguf=header))
    assert found.count == count


@pytest.mark.parametrize(
    ("header", "sizes", "how"),
    [
        (8 * B, {"Q4_K_M": 4.9, "Q8_0": 8.5, "BF16": 16.0}, "exact"),
        # the header of one shard of two counts half
        (4 * B, {"Q4_K_M-00001-of-00002": 2.5, "Q4_K_M-00002-of-00002": 2.4}, "unknown"),
        (8 * B, {"7B-Q4_K_M": 4.9, "70B-Q4_K_M": 43.0}, "unknown"),  # two models
        (8 * B, {"Q4_K_M": 4.9, "Q8_0": 8.5, "Q6_K": 6.6, "Q2_K": 43.0}, "reckoned"),
        (8 * B, {"weights": 0.4}, "unknown"),
        (8 * B, {"weights": 34.0}, "unknown"),
    ],
)
def test_the_header_against_the_files(header: int, sizes: dict[str, float], how: str) -> None:
    page = detail("a/m-GGUF")
    page = page._replace(repo=page.repo._replace(gguf=Header(header, "llama", 4096, None)))
    files = [File(f"m-{name}.gguf", round(size * B)) for name, size in sizes.items()]
    assert counted(files, page).how == how


def test_safetensors_and_gguf_that_differ() -> None:
    page = detail("a/m", dtypes={"BF16": 8 * B})
    other = page._replace(repo=page.repo._replace(gguf=Header(B, "llama", 4096, None)))
    assert parameters.of_detail(other).count is None
    assert parameters.of_detail(other, Weighed((16 * B,))) == Parameters(8 * B, "exact")
    same = page._replace(repo=page.repo._replace(gguf=Header(8 * B, "llama", 4096, None)))
    assert parameters.of_detail(same) == Parameters(8 * B, "exact")


def test_an_adapters_own_count_is_not_the_models() -> None:
    page = detail("a/chat-8B-lora", dtypes={"F32": 40 * 10**6}, base=("adapter", "b/base-8B"))
    found = parameters.of_detail(page)
    assert found.count is None
    assert "40,000,000" in found.doubt
    merged = detail("a/chat-8B", dtypes={"BF16": 8 * B}, base=("adapter", "b/base-8B"))
    assert parameters.of_detail(merged).count == 8 * B


def test_a_total_without_dtypes() -> None:
    assert parameters.of_repo(detail("a/m-7B", params=7 * B).repo) == Parameters(7 * B, "exact")
    assert parameters.of_repo(detail("a/m-7B", params=333_312).repo).count is None
    assert parameters.of_repo(detail("a/m-7B-AWQ", params=B).repo).count is None


def test_used_storage_bounds_what_the_dtypes_can_take() -> None:
    page = detail("a/m", dtypes={"BF16": 70 * B}, used_storage=10 * B)
    assert parameters.of_detail(page).count is None
