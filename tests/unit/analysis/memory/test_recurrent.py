"""States and caches of models that recur, convolve or mix, worked out by hand; and the unread.

Shapes are those of well-known models, made here. Sizes: llama.cpp's ``n_embd_r`` and ``n_embd_s``.
"""

from typing import Any

import pytest

from tests.unit.analysis.memory.test_kv_cache import BF16
from tui.analysis.memory import footprint, kv_cache

TOKENS = 32_768
WIDE = 4  # bytes
SERIES = ["mamba", "mamba", "attention", "mamba"]

# name, config, keys and values after 32,768 tokens, state
KNOWN: list[tuple[str, dict[str, Any], int, int]] = [
    (
        "Mamba 1",
        {
            "model_type": "falcon_mamba",
            "num_hidden_layers": 64,
            "hidden_size": 4096,
            "intermediate_size": 8192,
            "expand": 16,
            "state_size": 16,
            "conv_kernel": 4,
        },
        0,
        64 * (8192 * 16 + 8192 * 3) * WIDE,
    ),
    (
        "Mamba 2",
        {
            "model_type": "mamba2",
            "num_hidden_layers": 64,
            "hidden_size": 4096,
            "expand": 2,
            "num_heads": 128,
            "head_dim": 64,
            "state_size": 128,
            "n_groups": 8,
            "conv_kernel": 4,
        },
        0,
        64 * (8192 * 128 + (8192 + 2 * 8 * 128) * 3) * WIDE,
    ),
    (
        "state-spaces",
        {"d_model": 2560, "n_layer": 64, "ssm_cfg": {"layer": "Mamba2"}, "attn_layer_idx": []},
        0,
        64 * (5120 * 128 + (5120 + 2 * 128) * 3) * WIDE,
    ),
    (
        "RWKV 7",
        {"model_type": "rwkv7", "num_hidden_layers": 32, "hidden_size": 4096, "head_dim": 64},
        0,
        32 * (4096 * 64 + 2 * 4096) * WIDE,
    ),
    (
        "RWKV 4",
        {"model_type": "rwkv", "num_hidden_layers": 32, "hidden_size": 4096},
        0,
        32 * 5 * 4096 * WIDE,
    ),
    (
        "xLSTM",
        {
            "model_type": "xlstm",
            "embedding_dim": 4096,
            "num_blocks": 32,
            "num_heads": 8,
            "qk_dim_factor": 0.5,
            "v_dim_factor": 1.0,
        },
        0,
        32 * 8 * (256 * 512 + 256 + 1) * WIDE,
    ),
    (
        "GLA",
        {
            "model_type": "gla",
            "num_hidden_layers": 24,
            "hidden_size": 2048,
            "num_heads": 4,
            "expand_k": 0.5,
            "expand_v": 1.0,
            "use_short_conv": False,
        },
        0,
        24 * 4 * 256 * 512 * WIDE,
    ),
    (
        "MiniMax-01",
        {
            "model_type": "minimax_text_01",
            "num_hidden_layers": 8,
            "attn_type_list": [0, 0, 0, 0, 0, 0, 0, 1],
            "num_attention_heads": 64,
            "num_key_value_heads": 8,
            "head_dim": 128,
        },
        1 * 2 * 8 * 128 * BF16 * TOKENS,
        7 * 64 * 128 * 128 * WIDE,
    ),
    (
        "Bamba",
        {
            "model_type": "bamba",
            "num_hidden_layers": 4,
            "attn_layer_indices": [2],
            "hidden_size": 4096,
            "num_attention_heads": 32,
            "num_key_value_heads": 8,
            "mamba_expand": 2,
            "mamba_n_heads": 128,
            "mamba_d_head": "auto",
            "mamba_d_state": 128,
            "mamba_n_groups": 1,
            "mamba_d_conv": 4,
        },
        1 * 2 * 8 * 128 * BF16 * TOKENS,
        3 * (8192 * 128 + (8192 + 256) * 3) * WIDE,
    ),
    (
        "Granite 4",
        {
            "model_type": "granitemoehybrid",
            "num_hidden_layers": 4,
            "layer_types": SERIES,
            "hidden_size": 1536,
            "num_attention_heads": 12,
            "num_key_value_heads": 4,
            "mamba_expand": 2,
            "mamba_n_heads": 48,
            "mamba_d_head": 64,
            "mamba_d_state": 128,
            "mamba_n_groups": 1,
            "mamba_d_conv": 4,
        },
        1 * 2 * 4 * 128 * BF16 * TOKENS,
        3 * (3072 * 128 + (3072 + 256) * 3) * WIDE,
    ),
    (
        "Granite 4, dense",
        {
            "model_type": "granitemoehybrid",
            "num_hidden_layers": 2,
            "layer_types": ["attention"] * 2,
            "hidden_size": 1536,
            "num_attention_heads": 12,
            "num_key_value_heads": 4,
            "mamba_n_heads": 128,
            "mamba_d_state": 256,
        },
        2 * 2 * 4 * 128 * BF16 * TOKENS,
        0,
    ),
    (
        "Jamba",
        {
            "model_type": "jamba",
            "num_hidden_layers": 8,
            "attn_layer_period": 8,
            "attn_layer_offset": 4,
            "hidden_size": 4096,
            "num_attention_heads": 32,
            "num_key_value_heads": 8,
            "mamba_d_state": 16,
            "mamba_d_conv": 4,
            "mamba_expand": 2,
        },
        1 * 2 * 8 * 128 * BF16 * TOKENS,
        7 * (8192 * 16 + 8192 * 3) * WIDE,
    ),
    (
        "Zamba 2",
        {
            "model_type": "zamba2",
            "num_hidden_layers": 4,
            "layers_block_type": ["mamba", "hybrid", "mamba", "hybrid"],
            "hybrid_layer_ids": [1, 3],
            "hidden_size": 2560,
            "num_attention_heads": 32,
            "num_key_value_heads": 32,
            "attention_head_dim": 160,
            "mamba_expand": 2,
            "n_mamba_heads": 80,
            "mamba_headdim": 64,
            "mamba_d_state": 64,
            "mamba_ngroups": 1,
            "mamba_d_conv": 4,
        },
        2 * 2 * 32 * 160 * BF16 * TOKENS,
        4 * (5120 * 64 + (5120 + 128) * 3) * WIDE,
    ),
    (
        "RecurrentGemma",
        {
            "model_type": "recurrent_gemma",
            "num_hidden_layers": 8,
            "block_types": ["recurrent", "recurrent", "attention"],
            "attention_window_size": 2048,
            "hidden_size": 2560,
            "lru_width": 2560,
            "conv1d_width": 4,
            "num_attention_heads": 10,
            "num_key_value_heads": 1,
            "head_dim": 256,
        },
        2 * 2 * 1 * 256 * BF16 * 2048,
        6 * (2560 + 2560 * 3) * WIDE,
    ),
    (
        "LFM2, by numbers",
        {
            "model_type": "lfm2",
            "num_hidden_layers": 16,
            "full_attn_idxs": [2, 5, 8, 10, 12, 14],
            "hidden_size": 2048,
            "num_attention_heads": 32,
            "num_key_value_heads": 8,
            "conv_L_cache": 3,
        },
        402_653_184,
        10 * 2048 * 2 * WIDE,
    ),
    (
        "Falcon-H1",
        {
            "model_type": "falcon_h1",
            "num_hidden_layers": 24,
            "num_attention_heads": 8,
            "num_key_value_heads": 2,
            "head_dim": 128,
            "mamba_d_ssm": 3072,
            "mamba_n_heads": 48,
            "mamba_d_state": 256,
            "mamba_n_groups": 1,
            "mamba_d_conv": 4,
        },
        805_306_368,
        76_529_664,
    ),
]


@pytest.mark.parametrize(("name", "config", "cache", "state"), KNOWN, ids=[k[0] for k in KNOWN])
def test_caches_and_states_are_apart(
    name: str, config: dict[str, Any], cache: int, state: int
) -> None:
    found = kv_cache.cache(config)
    assert (found.missing, found.size(TOKENS), found.state()) == ((), cache, state)
    assert bool(found.state_formula()) == bool(state)
    assert "state" not in found.formula()


PLAIN = {
    "num_hidden_layers": 24,
    "num_attention_heads": 8,
    "num_key_value_heads": 2,
    "hidden_size": 1024,
}


@pytest.mark.parametrize(
    "sign",
    [
        {"mamba_d_state": 16},
        {"ssm_state_size": 16},
        {"state_size": 16},
        {"conv_L_cache": 3},
        {"attn_layer_idxs": [1]},
        {"hyena_layer_idxs": [1]},
        {"block_types": ["linear", "attention"]},
        {"layers_block_type": ["attention", "ring"]},
        {"layer_types": ["full_attention", "ring_attention"]},
        {"layer_types": ["full_attention"] * 24, "mamba_d_ssm": 3072},
        {"attn_type_list": [1] * 24, "mamba_d_state": 16},
        {"attention_types": [[["global", "local"], 12]]},
        {"linear_num_value_heads": 8},
        {"hybrid_ratio": 0.25},
        {"rwkv_version": 8},
        {"ssm_cfg": {"layer": "Mamba2"}, "attn_layer_idx": [3]},
        {"model_type": "gla", "attn": {"layers": [1]}},
        {"model_type": "xlstm", "slstm_at": [1]},
        {"model_type": "xlstm"},
        {"model_type": "mamba2"},
        {"model_type": "rwkv8"},
        {"model_type": "retnet"},
        {"hybrid_override_pattern": "M*Q"},
    ],
)
def test_what_is_not_recognised_is_unknown_never_full_attention(sign: dict[str, Any]) -> None:
    found = kv_cache.cache(PLAIN | sign)
    assert (found.size(TOKENS), found.state()) == (None, None)
    assert any("no formula for" in fact for fact in found.missing)


@pytest.mark.parametrize(
    "field",
    [
        {"image_token_indices": [1]},
        {"moe_layer_indices": [1]},
        {"linear_bias": True},
        {"mamba_d_state": None},
        {"conv_kernel": 0},
        {"attn_type_list": [1] * 24},
        {"full_attn_idxs": list(range(24))},
        {"model_type": "llama", "rope_scaling": {"type": "linear"}},
    ],
)
def test_what_tells_nothing_of_layers_hides_no_size(field: dict[str, Any]) -> None:
    assert kv_cache.cache(PLAIN | field).size(10) == 24 * 2 * 2 * 128 * BF16 * 10


def test_engines_may_reserve_the_whole_context_for_a_window() -> None:
    gemma = {
        "model_type": "gemma3_text",
        "num_hidden_layers": 62,
        "num_attention_heads": 32,
        "num_key_value_heads": 16,
        "head_dim": 128,
        "sliding_window": 1024,
    }
    found = footprint.fit(None, None, gemma, 131_072)
    (note,) = (one for one in found.notes if "whole context" in one)
    assert f"{62 * 2 * 16 * 128 * BF16 * 131_072:,} B" in note  # 66.6 GB against 11.7
    assert (found.rows[0].kv_cache or 0) < 12 * 10**9
    short = footprint.fit(None, None, gemma, 512)
    assert not any("whole context" in one for one in short.notes)
