"""``fit`` against the loopback Hub: config.json is read when told to, once, and kept."""

import json

import pytest

from tests.loopback import LoopbackHub, World
from tests.unit.analysis.memory.test_kv_cache import DEEPSEEK_V3
from tests.unit.ask.repo.conftest import GB, GGUF, Command, reads_of_query_files, resolved


def test_fit_reads_no_query_file_unless_told_to(hubscope: Command, hub: LoopbackHub) -> None:
    body = hubscope("fit", "acme/deep", "--json").body
    assert body["rows"] == [
        {
            "quant": "BF16",
            "name": "model",
            "weights": 16 * GB,
            "kv_cache": None,
            "total": None,
            "bits_per_weight": 16.0,
            "state": None,
        }
    ]
    assert (body["context"], body["formula"]) == (8192, None)
    assert "config.json was not fetched" in body["missing"][0]
    assert "--config" in body["missing"][0]
    assert reads_of_query_files(hub) == []


def test_fit_with_config_reads_it_once_and_keeps_it(hubscope: Command, hub: LoopbackHub) -> None:
    expected = 61 * (512 + 64) * 2 * 32_768
    words = ("fit", "acme/deep", "--context", "32768", "--json")
    body = hubscope(*words, "--config").body
    assert body["rows"][0]["kv_cache"] == expected
    assert body["rows"][0]["total"] == 16 * GB + expected
    assert body["formula"] == "61 layers × (512 + 64) × tokens × 2 B (latent)"
    assert (body["attention"], body["max_context"], body["missing"]) == ("MLA", 163_840, [])
    assert resolved(hub) == 1
    again = hubscope(*words, "--config").body, hubscope(*words).body
    assert [one["rows"] for one in again] == [body["rows"]] * 2
    assert resolved(hub) == 1


def test_fit_reads_config_again_when_the_repo_has_changed(
    hubscope: Command, hub: LoopbackHub, world: World
) -> None:
    hubscope("fit", "acme/deep", "--config", "--json")
    repo = world.find("models", "acme/deep")
    assert repo is not None
    repo.facts["sha"] = "ab" * 20
    repo.files["config.json"] = json.dumps(DEEPSEEK_V3 | {"num_hidden_layers": 1}).encode()
    body = hubscope("fit", "acme/deep", "--config", "--context", "1", "--json").body
    assert body["rows"][0]["kv_cache"] == (512 + 64) * 2
    assert resolved(hub) == 2


def test_fit_of_a_quantization_without_config_takes_its_base(
    hubscope: Command, hub: LoopbackHub, world: World
) -> None:
    base = world.find("models", "Qwen/Qwen3-8B")
    assert base is not None
    heads = {"num_attention_heads": 32, "num_key_value_heads": 8, "head_dim": 128}
    base.files["config.json"] = json.dumps({"num_hidden_layers": 36, **heads}).encode()
    for words in (("--config",), ()):  # read, then stored
        body = hubscope("fit", GGUF, "--json", *words).body
        assert {row["kv_cache"] for row in body["rows"]} == {36 * 2 * 8 * 128 * 2 * 8192}
        assert body["config_of"] == "Qwen/Qwen3-8B"
        assert "the cache is that of its base, Qwen/Qwen3-8B" in body["notes"]


def test_fit_of_a_repo_without_config(hubscope: Command, hub: LoopbackHub) -> None:
    told = hubscope("fit", "acme/scored", "--config")
    assert told.code == 0
    (row,) = told.out.splitlines()[1:]
    assert row.split("\t")[:7] == ["acme/scored", *[""] * 6]
    assert "config.json" in row
    assert "config.json" in told.err
    body = hubscope("fit", "acme/scored", "--config", "--json").body
    assert any("config.json" in fact for fact in body["missing"])
    assert body["config_of"] is None


def test_fit_on_a_terminal_says_estimate_and_formula(
    hubscope: Command, hub: LoopbackHub, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("os.isatty", lambda handle: True)
    out = hubscope("fit", "acme/deep", "--config").out
    assert "61 layers × (512 + 64) × tokens × 2 B" in out
    assert "estimate" in out
    assert "arXiv:2405.04434" in out


def test_fit_in_a_smaller_cache(hubscope: Command, hub: LoopbackHub) -> None:
    body = hubscope(
        *("fit", "acme/deep", "--config", "--context", "100", "--cache-dtype", "fp8", "--json")
    ).body
    assert body["rows"][0]["kv_cache"] == 61 * (512 + 64) * 100


def test_the_help_says_what_config_costs(hubscope: Command) -> None:
    told = hubscope("fit", "--help")
    assert "the Hub will count one download" in " ".join(told.out.split())
