"""States and caches of models that recur, convolve or mix, worked out by hand; and the unread.

The shapes are in ``shapes.py``.
"""

from typing import Any

import pytest

from tests.unit.analysis.memory.test_kv_cache import BF16
from tests.unit.ask.repo.shapes import KNOWN, TOKENS
from tui.analysis.memory import footprint, kv_cache


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
