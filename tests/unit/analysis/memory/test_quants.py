"""Quantizations read from names that people really give."""

import gzip
import json
from typing import Any

import pytest

from tests.paths import CHECKOUT
from tui.analysis.memory import quants

GGUF = """
Qwen3.6-27B-UD-Q4_K_XL             UD-Q4_K_XL
Qwen3.6-27B-UD-IQ2_XXS             UD-IQ2_XXS
Qwen3.6-27B-UD-IQ1_M               UD-IQ1_M
Qwen3.6-27B-Q4_K_M                 Q4_K_M
Qwen3.6-27B-IQ4_NL                 IQ4_NL
Qwen_Qwen3.6-27B-IQ4_XS            IQ4_XS
Qwen_Qwen3.6-27B-Q6_K_L            Q6_K_L
Qwen_Qwen3.6-27B-Q3_K_XL           Q3_K_XL
Darwin-36B-Opus.i1-IQ2_XXS         IQ2_XXS
Darwin-36B-Opus.i1-Q2_K_S          Q2_K_S
Darwin-36B-Opus.Q8_0               Q8_0
qwen2.5-1.5b-instruct-q4_k_m       Q4_K_M
gemma-3-4b-it-q4_0                 Q4_0
tinyllama-1.1b-chat-v1.0.Q5_1      Q5_1
gpt-oss-20b-mxfp4                  MXFP4
Qwen3-Next-80B-A3B-MXFP4_MOE       MXFP4_MOE
DeepSeek-R1-TQ1_0                  TQ1_0
MiMo-V2.5-smol-IQ2_KS              IQ2_KS
Kimi-K2.6-IQ4_KSS                  IQ4_KSS
Qwen3.6-27B-IQ4_K_R4               IQ4_K_R4
L3-8B-Stheno-Q4_0_4_8-imat         Q4_0_4_8
flux1-dev-F16                      F16
flux1-dev-fp16                     F16
Mistral-Medium-3.5-128B-BF16       BF16
Qwen3.6-27B-NVFP4                  NVFP4
model-q8                           Q8
Bonsai-8B                          -
Qwen-Q14B-chat                     -
ggml-model                         -
gemma-3-4b-it-qat-q4_0-unquantized -
gemma-3-4b-it-qat-q4_0-unquantized.Q8_0 Q8_0
"""
NAMES = """
Qwen3-8B-AWQ                                 AWQ
gemma-4-26B-A4B-it-AWQ-4bit                  AWQ 4-bit
Qwen3.6-27B-AWQ-BF16-INT4                    AWQ 4-bit
Qwen3.6-35B-A3B-VRAP-4-bit-AWQ-21.2GB        AWQ 4-bit
Qwen3.5-9B-AWQ-W4A16                         AWQ 4-bit
Qwen2.5-VL-7B-Instruct-GPTQ-Int4             GPTQ 4-bit
Qwen3-Coder-30B-A3B-Instruct-GPTQ-Int8       GPTQ 8-bit
Meta-Llama-3-70B-Instruct-GPTQ               GPTQ
Qwen3.6-27B-int4-AutoRound                   AutoRound 4-bit
DeepSeek-V4-Flash-W4A16-AutoRound            AutoRound 4-bit
Qwen3.6-27B-exl3-8.00bpw                     EXL3 8 bpw
Qwen3-30B-A3B-abliterated_EXL3_4.0bpw_H6     EXL3 4 bpw
Mixtral-8x7B-exl2-3.5bpw                     EXL2 3.5 bpw
24B-Xortron-3bpw-EXL3                        EXL3 3 bpw
Phi-4-mini-instruct-unsloth-bnb-4bit         bnb 4-bit
SmolLM2-135M-bnb-nf4-bf16                    bnb 4-bit
Qwen-3-TTS-12Hz-0.6B-BNB-NF4                 bnb 4-bit
Qwen3.5-9B-MLX-4bit                          MLX 4-bit
Qwen3.6-27B-UD-MLX-6bit                      MLX 6-bit
Ornith-1.0-MLX-oQ8-FP16                      MLX 8-bit
ltx-2.3-mlx-q4                               MLX 4-bit
gemma-4-26b-a4b-it-nvfp4                     NVFP4
Hy4-preview-NVFP4-W4A16                      NVFP4
gpt-oss-20b-MXFP4-Q8                         MXFP4
Qwen3.5-9B-MLX-mxfp8                         MXFP8
Qwen3-14B-FP8                                FP8
Qwen3.5-4B-FP8-dynamic                       FP8
ltx-2.3-fp8                                  FP8
WanVideo_comfy_fp8_scaled                    FP8
Kimi-K3-W4AFP8                               W4AFP8
Model-W8A8                                   W8A8
Ling-2.6-flash-int4                          INT4
Hy-MT1.5-1.8B-1.25bit                        1.25-bit
MiniMax-M2.7-PrismaQuant-3.20bit-vllm        3.2-bit
Qwen3.6-27B-GGUF-4.256bpw                    4.256 bpw
X-oQ4e                                       oQ4e
diffusion_pytorch_model.fp16                 F16
Llama-3.2-3B-Instruct-bf16                   BF16
Llama-3.1-8B-Instruct                        -
Qwen3-VL-32B-Thinking                        -
bitnet-b1.58-2B-4T                           -
privacy-filter                               -
Qwen3.8-27B-NVFP4A16                         NVFP4
gemma-3-12b-it-qat-q4_0-unquantized          -
"""


def pairs(table: str) -> list[tuple[str, str | None]]:
    rows = (line.split(maxsplit=1) for line in table.strip().splitlines())
    return [(name, None if label == "-" else label) for name, label in rows]


@pytest.mark.parametrize(("name", "label"), pairs(GGUF))
def test_gguf_names(name: str, label: str | None) -> None:
    assert quants.of_gguf(name) == label


@pytest.mark.parametrize(("name", "label"), pairs(NAMES))
def test_names_of_repos_and_of_other_files(name: str, label: str | None) -> None:
    assert quants.of_name(name) == label


@pytest.mark.parametrize(
    ("stated", "label"),
    [
        ({"quant_method": "awq", "bits": 4}, "AWQ 4-bit"),
        ({"quant_method": "gptq", "bits": 8}, "GPTQ 8-bit"),
        ({"quant_method": "fp8", "weight_block_size": [128, 128]}, "FP8"),
        ({"quant_method": "bitsandbytes", "load_in_4bit": True}, "bnb 4-bit"),
        ({"quant_method": "mxfp4"}, "MXFP4"),
        ({"quant_method": "modelopt", "quant_algo": "NVFP4"}, "NVFP4"),
        ({"quant_method": "compressed-tensors", "format": "nvfp4-pack-quantized"}, "NVFP4"),
        (
            {
                "quant_method": "compressed-tensors",
                "config_groups": {"group_0": {"weights": {"num_bits": 4}}},
            },
            "4-bit",
        ),
        ({"bits": "many"}, None),
        ("fp8", None),
    ],
)
def test_the_config_says_how_weights_are_quantized(stated: Any, label: str | None) -> None:
    assert quants.of_repo("acme/Model-7B", (), {"quantization_config": stated}) == label


def test_tags_complete_what_the_name_begins() -> None:
    assert quants.of_repo("mlx-community/Model-7B", ("mlx", "4-bit", "en"), None) == "MLX 4-bit"
    assert quants.of_repo("acme/Model-AWQ", ("4-bit",), None) == "AWQ 4-bit"


def test_tags_of_other_repos_are_no_witness() -> None:
    tags = ("base_model:acme/Model-AWQ", "base_model:finetune:acme/Model-4bit", "dataset:a/fp8")
    assert quants.of_repo("acme/Tune-7B", tags, None) is None


def test_the_owner_is_no_part_of_the_name() -> None:
    assert quants.of_repo("awq-4bit/Model-7B", (), None) is None


@pytest.mark.parametrize(
    ("label", "bits"),
    [("NVFP4", 4), ("AWQ 4-bit", 4), ("GPTQ 8-bit", 8), ("INT4", 4), ("W4A16", 4), ("FP8", None)],
)
def test_bits_of_a_label(label: str, bits: float | None) -> None:
    assert quants.bits_of(label) == bits


def test_another_reader_of_names_agrees() -> None:
    path = CHECKOUT.parent / "shared" / "data" / "llmfit_1.1.17_models.jsonl.gz"
    if not path.exists():
        pytest.skip(f"no {path.name} at hand")
    theirs = {"AWQ-4bit": "AWQ 4-bit", "AWQ-8bit": "AWQ 8-bit", "GPTQ-Int4": "GPTQ 4-bit"}
    with gzip.open(path, "rt") as lines:
        rows = [json.loads(line) for line in lines]
    named = [(row["name"], theirs.get(row["quantization"])) for row in rows]
    asked = [(name, label) for name, label in named if label]
    ours = [(quants.of_repo(name, (), None) or "-", label) for name, label in asked]
    agreed = sum(label.startswith(own) for own, label in ours)
    # they tell methods apart by more than the name, and take 4 bits where none is named
    assert agreed / len(asked) > 0.9
