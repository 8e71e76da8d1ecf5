"""The cache's size against figures worked out by hand, and what is not known by name.

MHA, GQA, MQA and MLA: DeepSeek-V2, arXiv:2405.04434, table 1 (elements of a token: 2·n_h·d_h·l,
2·n_g·d_h·l, 2·d_h·l, (d_c + d_h^R)·l). Windows: transformers 5, ``cache_utils.py``.
"""

from typing import Any

import pytest

from tests.unit.analysis.memory.configs import real
from tui.analysis.memory import kv_cache

BF16 = 2  # bytes

DEEPSEEK_V3 = {
    "model_type": "deepseek_v3",
    "num_hidden_layers": 61,
    "num_attention_heads": 128,
    "num_key_value_heads": 128,
    "hidden_size": 7168,
    "kv_lora_rank": 512,
    "qk_rope_head_dim": 64,
    "qk_nope_head_dim": 128,
    "v_head_dim": 128,
}
KIMI_K2 = DEEPSEEK_V3 | {
    "model_type": "kimi_k2",
    "num_attention_heads": 64,
    "num_key_value_heads": 64,
}
LLAMA_70B = {
    "model_type": "llama",
    "num_hidden_layers": 80,
    "num_attention_heads": 64,
    "num_key_value_heads": 8,
    "hidden_size": 8192,
}
MIXTRAL = {
    "model_type": "mixtral",
    "num_hidden_layers": 32,
    "num_attention_heads": 32,
    "num_key_value_heads": 8,
    "hidden_size": 4096,
    "sliding_window": None,
}
GEMMA_4 = {
    "model_type": "gemma4",
    "text_config": {
        "model_type": "gemma4_text",
        "num_hidden_layers": 30,
        "num_attention_heads": 16,
        "num_key_value_heads": 8,
        "num_global_key_value_heads": 2,
        "attention_k_eq_v": True,
        "head_dim": 256,
        "global_head_dim": 512,
        "hidden_size": 2816,
        "sliding_window": 1024,
        "layer_types": (["sliding_attention"] * 5 + ["full_attention"]) * 5,
    },
    "vision_config": {"num_hidden_layers": 27, "num_key_value_heads": 16, "head_dim": 72},
}
# name, made config, bytes after 8,192 tokens in bf16
BY_HAND = [
    # 61 layers, a latent of 512 and a rotary key of 64: 70,272 bytes a token
    ("deepseek-ai/DeepSeek-V3", DEEPSEEK_V3, 61 * (512 + 64) * BF16 * 8192),
    ("moonshotai/Kimi-K2-Instruct", KIMI_K2, 61 * (512 + 64) * BF16 * 8192),
    # 80 layers, key and value, 8 heads of 8192/64 = 128: 327,680 bytes a token
    ("meta-llama/Meta-Llama-3.1-70B", LLAMA_70B, 80 * 2 * 8 * 128 * BF16 * 8192),
    # 32 layers, 8 heads of 4096/32 = 128; experts keep nothing: 131,072 bytes a token
    ("mistralai/Mixtral-8x7B-v0.1", MIXTRAL, 32 * 2 * 8 * 128 * BF16 * 8192),
    # 25 layers see 1,024 tokens with 8 heads of 256, 5 see all with 2 heads of 512
    (
        "google/gemma-4-26B-A4B",
        GEMMA_4,
        25 * 2 * 8 * 256 * BF16 * 1024 + 5 * 2 * 2 * 512 * BF16 * 8192,
    ),
]


@pytest.mark.parametrize(("name", "config", "expected"), BY_HAND)
def test_the_cache_is_what_the_hand_reckons(
    name: str, config: dict[str, Any], expected: int
) -> None:
    found = kv_cache.cache(config)
    assert found.size(8192) == expected
    assert found.missing == ()
    assert kv_cache.PAPER in found.source


@pytest.mark.parametrize(("name", "config", "expected"), BY_HAND)
def test_the_real_config_says_the_same(name: str, config: dict[str, Any], expected: int) -> None:
    assert kv_cache.cache(real(name)).size(8192) == expected
    assert kv_cache.cache(real(name)).kind == kv_cache.cache(config).kind


def test_a_token_of_well_known_models_takes_what_their_makers_say() -> None:
    assert kv_cache.cache(DEEPSEEK_V3).size(1) == 70_272
    assert kv_cache.cache(LLAMA_70B).size(1) == 327_680
    assert kv_cache.cache(MIXTRAL).size(1) == 131_072


@pytest.mark.parametrize(
    ("config", "kind"),
    [
        (DEEPSEEK_V3, "MLA"),
        (LLAMA_70B, "GQA"),
        (LLAMA_70B | {"num_key_value_heads": 64}, "MHA"),
        (LLAMA_70B | {"num_key_value_heads": 1}, "MQA"),
        (GEMMA_4, "hybrid GQA"),
    ],
)
def test_the_kind_of_attention_is_named(config: dict[str, Any], kind: str) -> None:
    assert kv_cache.cache(config).kind == kind


def test_the_formula_shows_its_figures() -> None:
    assert kv_cache.cache(DEEPSEEK_V3).formula() == "61 layers × (512 + 64) × tokens × 2 B (latent)"
    assert kv_cache.cache(GEMMA_4).formula() == (
        "25 layers × 2 × 8 × 256 × min(tokens, 1024) × 2 B (sliding) + "
        "5 layers × 2 × 2 × 512 × tokens × 2 B (full)"
    )


@pytest.mark.parametrize(
    ("dtype", "of_32"), [("f32", 128), ("bf16", 64), ("fp8", 32), ("q8_0", 34), ("q4_0", 18)]
)
def test_the_cache_in_other_dtypes(dtype: str, of_32: int) -> None:
    elements = 80 * 2 * 8 * 128 * 4096
    assert kv_cache.cache(LLAMA_70B).size(4096, dtype) == elements * of_32 // 32


def test_heads_that_are_not_named_each_have_their_own() -> None:
    gpt2 = {"model_type": "gpt2", "n_layer": 12, "n_head": 12, "n_embd": 768}
    assert kv_cache.cache(gpt2).size(1) == 12 * 2 * 12 * 64 * BF16
