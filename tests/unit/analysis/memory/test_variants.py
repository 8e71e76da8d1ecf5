"""Weight files grouped into sets that can be loaded."""

import pytest

from tests.unit.ask.repo.made import detail
from tui.analysis.memory.variants import NO_LABEL, Label, format_of, label_of, quant_of, variants
from tui.model import File

GB = 10**9


def test_shards_are_summed_and_quantizations_kept_apart() -> None:
    found = variants(
        [
            File("README.md", 900),
            File("Q4_K_M", 0, "directory"),
            File("Big-UD-Q4_K_XL/Big-UD-Q4_K_XL-00001-of-00002.gguf", 40 * GB),
            File("Big-UD-Q4_K_XL/Big-UD-Q4_K_XL-00002-of-00002.gguf", 30 * GB),
            File("Big-Q8_0.gguf", 130 * GB),
        ],
        detail("acme/Big-GGUF", params=100 * GB),
    )
    assert [(one.quant, one.files, one.size) for one in found] == [
        ("UD-Q4_K_XL", 2, 70 * GB),
        ("Q8_0", 1, 130 * GB),
    ]
    assert [one.bits_per_weight for one in found] == [8 * 70 / 100, 8 * 130 / 100]


def test_a_missing_shard_is_told_and_gives_no_bits_per_weight() -> None:
    (found,) = variants([File("m-00001-of-00003.safetensors", GB)], detail("a/m", params=GB))
    assert (found.complete, found.bits_per_weight) == (False, None)


def test_a_shard_of_unknown_size_leaves_the_sum_unknown() -> None:
    files = [File("m-00001-of-00002.gguf", GB), File("m-00002-of-00002.gguf", None)]
    (found,) = variants(files, None)
    assert (found.size, found.complete) == (None, True)


def test_parts_of_one_split_file() -> None:
    files = [File("m.Q6_K.gguf.part1of2", GB), File("m.Q6_K.gguf.part2of2", GB)]
    (found,) = variants(files, None)
    assert (found.quant, found.size, found.complete) == ("Q6_K", 2 * GB, True)


def test_copies_of_the_same_weights_are_not_added_up() -> None:
    files = [
        File("consolidated.safetensors", 14 * GB),
        File("model-00001-of-00002.safetensors", 7 * GB),
        File("model-00002-of-00002.safetensors", 7 * GB),
        File("onnx/model_q4f16.onnx", GB),
        File("onnx/model_q4f16.onnx_data", 2 * GB),
        File("pytorch_model.bin", 14 * GB),
    ]
    found = {one.name: one for one in variants(files, detail("a/m", dtypes={"BF16": 7 * GB}))}
    assert {name: one.size for name, one in found.items()} == {
        "consolidated": 14 * GB,
        "model": 14 * GB,
        "onnx/model_q4f16": 3 * GB,
        "pytorch_model": 14 * GB,
    }
    assert found["model"].quant == "BF16"
    assert found["model"].bits_per_weight == 16
    assert found["onnx/model_q4f16"].quant == "q4f16"


def test_a_projector_is_no_set_of_weights() -> None:
    files = [File("mmproj-F16.gguf", GB), File("m-Q4_K_M.gguf", 4 * GB)]
    found = variants(files, detail("a/m", params=8 * GB))
    assert [(one.quant, one.helper) for one in found] == [("Q4_K_M", None), ("F16", "projector")]
    assert found[1].bits_per_weight is None


@pytest.mark.parametrize(
    ("path", "form"),
    [
        ("model.safetensors", "safetensors"),
        ("unet/diffusion_pytorch_model.fp16.safetensors", "safetensors"),
        ("m.GGUF", "gguf"),
        ("onnx/model.onnx.data", "onnx"),
        ("pytorch_model-00001-of-00002.bin", "pytorch"),
        ("optimizer.pt", None),
        ("training_args.bin", None),
        ("rng_state_0.pth", None),
        ("imatrix_unsloth.gguf", None),
        ("model.safetensors.index.json", None),
        ("tokenizer.json", None),
        ("README.md", None),
    ],
)
def test_which_files_are_weights(path: str, form: str | None) -> None:
    assert format_of(path) == form


@pytest.mark.parametrize(
    ("path", "label"),
    [
        ("Q4_K_M/model-00001-of-00002.gguf", "Q4_K_M"),
        ("flux1-dev-fp8.safetensors", "FP8"),
        ("model.safetensors", "AWQ 4-bit"),
        ("onnx/model.onnx", None),
        ("README.md", None),
    ],
)
def test_a_file_is_named_by_itself_its_folder_or_its_repo(path: str, label: str | None) -> None:
    assert quant_of(path, Label("AWQ 4-bit")) == label


def test_a_repo_without_a_quantization_is_named_by_its_dtype() -> None:
    assert label_of(detail("a/m", dtypes={"BF16": 9, "F32": 1})) == Label(None, "BF16")
    assert label_of(detail("a/m", dtypes={"I32": 9, "F16": 1})) == NO_LABEL
    assert label_of(None) == NO_LABEL


def test_the_dtype_is_that_of_the_safetensors_alone() -> None:
    label = Label(None, "BF16")
    paths = ("model.safetensors", "pytorch_model.bin", "model.gguf", "model.onnx")
    assert [quant_of(path, label) for path in paths] == ["BF16", None, None, None]
