"""Layers that differ: windows, chunks, indexers, states; and what no formula is known for.

Sources: transformers 5, ``cache_utils.py`` and the ``configuration_*.py`` and ``modeling_*.py`` of
the models named.
"""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.unit.analysis.memory.configs import every, real
from tests.unit.analysis.memory.test_kv_cache import BF16, DEEPSEEK_V3, LLAMA_70B
from tui.analysis.memory import kv_cache


def test_llama_4_sees_chunks_in_three_layers_of_four() -> None:
    scout = {
        "model_type": "llama4",
        "text_config": {
            "model_type": "llama4_text",
            "num_hidden_layers": 48,
            "num_attention_heads": 40,
            "num_key_value_heads": 8,
            "head_dim": 128,
            "attention_chunk_size": 8192,
        },
    }
    token = 2 * 8 * 128 * BF16
    assert kv_cache.cache(scout).size(100_000) == 36 * token * 8192 + 12 * token * 100_000


@pytest.mark.parametrize(
    ("changes", "full"),
    [
        ({"model_type": "gemma2"}, 2),  # every second, by the model's class
        ({"model_type": "gemma3_text", "sliding_window_pattern": 4}, 1),  # every fourth, as stated
        ({"model_type": "mistral"}, 0),
        ({"model_type": "qwen2", "use_sliding_window": False}, 4),
        ({"model_type": "qwen2", "use_sliding_window": True, "max_window_layers": 3}, 3),
        ({"layer_types": ["full_attention"] * 3 + ["sliding_attention"]}, 3),
        ({"hybrid_layer_pattern": [0, 1, 1, 1]}, 1),
    ],
)
def test_which_layers_a_window_is_for(changes: dict[str, Any], full: int) -> None:
    config = {
        "num_hidden_layers": 4,
        "num_attention_heads": 2,
        "hidden_size": 8,
        "sliding_window": 10,
    } | changes
    token = 2 * 2 * 4 * BF16
    assert kv_cache.cache(config).size(1000) == full * token * 1000 + (4 - full) * token * 10


def test_layers_that_read_the_cache_of_others_keep_nothing() -> None:
    config = {
        "num_hidden_layers": 6,
        "num_attention_heads": 2,
        "hidden_size": 8,
        "num_kv_shared_layers": 2,
    }
    assert kv_cache.cache(config).size(100) == 4 * 2 * 2 * 4 * BF16 * 100


def test_linear_layers_keep_one_state_whatever_the_context() -> None:
    qwen = {
        "num_hidden_layers": 64,
        "full_attention_interval": 4,
        "num_attention_heads": 24,
        "num_key_value_heads": 4,
        "head_dim": 256,
        "linear_num_value_heads": 48,
        "linear_num_key_heads": 16,
        "linear_key_head_dim": 128,
        "linear_value_head_dim": 128,
        "linear_conv_kernel_dim": 4,
        "mamba_ssm_dtype": "float32",
    }
    state = 48 * 128 * 128 * 4 + (2 * 16 * 128 + 48 * 128) * 4 * 2
    found = kv_cache.cache(qwen)
    assert (found.size(32_768), found.state()) == (16 * 2 * 4 * 256 * BF16 * 32_768, 48 * state)
    assert found.size(32_768) == kv_cache.cache(real("Qwen/Qwen3.5-27B")).size(32_768)


def test_mamba_layers_keep_their_state_and_the_last_inputs() -> None:
    nemotron = {
        "hybrid_override_pattern": "MEM*-M",
        "num_attention_heads": 32,
        "num_key_value_heads": 2,
        "head_dim": 128,
        "mamba_num_heads": 64,
        "mamba_head_dim": 64,
        "ssm_state_size": 128,
        "n_groups": 8,
        "conv_kernel": 4,
        "mamba_ssm_cache_dtype": "float32",
    }
    state = 64 * 64 * 128 * 4 + (64 * 64 + 2 * 8 * 128) * 4 * 2
    found = kv_cache.cache(nemotron)
    assert (found.size(1000), found.state()) == (1 * 2 * 2 * 128 * BF16 * 1000, 3 * state)


def test_kimi_linear_counts_its_layers_from_one() -> None:
    kimi = {
        "num_hidden_layers": 3,
        "num_attention_heads": 96,
        "kv_lora_rank": 512,
        "qk_rope_head_dim": 64,
        "linear_attn_config": {
            "full_attn_layers": [3],
            "kda_layers": [1, 2],
            "num_heads": 96,
            "head_dim": 128,
            "short_conv_kernel_size": 4,
        },
    }
    state = 96 * 128 * 128 * 4 + 3 * 96 * 128 * 4 * 2
    found = kv_cache.cache(kimi)
    assert (found.size(1000), found.state()) == ((512 + 64) * BF16 * 1000, 2 * state)


def test_a_state_of_unknown_size_is_named_and_not_counted() -> None:
    config = {"layer_types": ["mamba", "attention"], "num_attention_heads": 2, "hidden_size": 8}
    found = kv_cache.cache(config)
    assert found.size(10) == 2 * 2 * 4 * BF16 * 10
    assert found.notes == ("the constant state of 1 mamba layers is not counted",)


def test_an_indexer_keeps_keys_of_its_own() -> None:
    v32 = DEEPSEEK_V3 | {"index_head_dim": 128}
    assert kv_cache.cache(v32).size(1) == 61 * (512 + 64 + 128) * BF16
    shared = v32 | {"indexer_types": ["full"] + ["shared"] * 60}
    assert kv_cache.cache(shared).size(1) == (61 * (512 + 64) + 128) * BF16


def test_compressed_attention_keeps_a_window_and_an_entry_for_many() -> None:
    v4 = {
        "num_hidden_layers": 3,
        "num_attention_heads": 64,
        "num_key_value_heads": 1,
        "head_dim": 512,
        "index_head_dim": 128,
        "sliding_window": 128,
        "compress_ratios": [0, 4, 128, 0],  # the fourth is the draft head's
    }
    window = 3 * 512 * 128
    entries = 512 * (1001 // 4) + 128 * (1001 // 4) + 512 * (1001 // 128)
    assert kv_cache.cache(v4).size(1001) == (window + entries) * BF16


def test_searched_blocks_may_have_no_attention() -> None:
    block = {"attention": {"no_op": False, "n_heads_in_group": 8}}
    empty = {"attention": {"no_op": True, "n_heads_in_group": None}}
    config = {
        "num_attention_heads": 64,
        "hidden_size": 8192,
        "block_configs": [block, empty, block],
    }
    assert kv_cache.cache(config).size(1) == 2 * 2 * 8 * 128 * BF16


@pytest.mark.parametrize(
    ("config", "missing"),
    [
        ({}, "num_hidden_layers"),
        ({"num_hidden_layers": 4, "hidden_size": 8}, "num_attention_heads"),
        ({"num_hidden_layers": 4, "num_attention_heads": 2}, "hidden_size"),
        ({"num_hidden_layers": 10**15}, "absurd"),
        ({"num_hidden_layers": 4, "sliding_window": 9, "model_type": "new"}, "layer_types"),
        ({"layer_types": ["hybrid_ring"]}, "hybrid_ring"),
        (DEEPSEEK_V3 | {"qk_rope_head_dim": None}, "qk_rope_head_dim"),
        (LLAMA_70B | {"is_encoder_decoder": True}, "encoder-decoder"),
        (LLAMA_70B | {"architectures": ["BertForMaskedLM"]}, "generates no text"),
    ],
)
def test_a_missing_fact_is_named_and_no_size_is_told(config: dict[str, Any], missing: str) -> None:
    found = kv_cache.cache(config)
    assert found.size(8192) is None
    assert found.formula() == ""
    assert any(missing in fact for fact in found.missing)


def test_every_real_config_has_a_size() -> None:
    configs = every()
    if not configs:
        pytest.skip("no configs at hand")
    unknown = [name for name, config in configs if kv_cache.cache(config).size(4096) is None]
    assert unknown == []


_FIELDS = st.sampled_from(
    (
        *("num_hidden_layers", "num_attention_heads", "num_key_value_heads", "head_dim"),
        *("hidden_size", "kv_lora_rank", "qk_rope_head_dim", "layer_types", "sliding_window"),
        *("block_configs", "compress_ratios", "linear_attn_config", "architectures"),
        *("hybrid_override_pattern", "hybrid_layer_pattern", "text_config", "no_rope_layers"),
        *("sliding_window_pattern", "index_head_dim", "indexer_types", "attn_layer_period"),
        *("block_types", "attention_window_size", "lru_width", "conv1d_width", "attn_type_list"),
        *("full_attn_idxs", "attn_layer_indices", "hybrid_layer_ids", "ssm_cfg", "state_size"),
        *("mamba_d_state", "mamba_d_conv", "mamba_expand", "expand_k", "expand_v", "num_heads"),
        *("use_sliding_window", "max_window_layers", "num_kv_shared_layers", "model_type"),
    )
)
_VALUES = st.recursive(
    st.none() | st.booleans() | st.integers(-3, 40) | st.text(max_size=8) | st.floats(),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=8), inner),
    max_leaves=8,
)


_TYPES = st.sampled_from(["mamba", "mamba2", "gla", "xlstm", "rwkv7", "falcon_h1", "zamba2", "new"])


@given(st.dictionaries(_FIELDS, _VALUES), _TYPES | st.none())
def test_no_config_raises(config: dict[str, Any], model_type: str | None) -> None:
    found = kv_cache.cache(config | ({"model_type": model_type} if model_type else {}))
    size = found.size(4096)
    assert (size is None) == bool(found.missing)
    assert size is None or size >= 0
