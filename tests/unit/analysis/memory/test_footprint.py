"""What a model takes: rows from file sizes or dtype counts, and what is missing by name."""

from tests.unit.analysis.memory.test_kv_cache import LLAMA_70B
from tests.unit.ask.repo.made import detail
from tui.analysis.memory import footprint
from tui.model import Detail, File
from tui.render import memory as drawn
from tui.render.spans import plain

GB = 10**9
CACHE_8K = 80 * 2 * 8 * 128 * 2 * 8192
GGUF = [File("m-Q4_K_M.gguf", 40 * GB), File("m-Q8_0.gguf", 75 * GB), File("README.md", 7)]


def test_each_set_of_weights_is_a_row_with_the_same_cache() -> None:
    found = footprint.fit(detail("a/m-GGUF", params=70 * GB), GGUF, LLAMA_70B, 8192)
    assert [(row.quant, row.weights, row.kv_cache, row.total) for row in found.rows] == [
        ("Q4_K_M", 40 * GB, CACHE_8K, 40 * GB + CACHE_8K),
        ("Q8_0", 75 * GB, CACHE_8K, 75 * GB + CACHE_8K),
    ]
    assert found.attention == "GQA"
    assert "arXiv:2405.04434" in (found.source or "")
    assert found.missing == ()


def test_without_config_the_cache_is_unknown_and_the_fact_named() -> None:
    found = footprint.fit(detail("a/m-GGUF"), GGUF, None, 8192)
    assert [(row.weights, row.kv_cache, row.total) for row in found.rows] == [
        (40 * GB, None, None),
        (75 * GB, None, None),
    ]
    assert found.missing == (footprint.NO_CONFIG,)
    assert (found.formula, found.source, found.attention) == ("", None, None)


def test_weights_by_dtype_where_no_file_is_listed() -> None:
    (row,) = footprint.fit(detail("a/m", dtypes={"BF16": 7 * GB, "F32": 10}), None, None, 1).rows
    assert (row.quant, row.weights) == ("BF16", 14 * GB + 40)


def test_packed_weights_are_counted_once_and_explained() -> None:
    known = detail("a/m-GPTQ-Int4", dtypes={"I32": GB, "F16": GB})
    found = footprint.fit(known, None, None, 1)
    (row,) = found.rows
    assert row.weights == 4 * GB + 2 * GB
    assert row.bits_per_weight == 8 * (4 + 2) / (8 + 1)
    assert found.parameters.doubt.startswith("I32 is packed")


def test_no_weights_at_all_are_named() -> None:
    found = footprint.fit(None, None, LLAMA_70B, 8192)
    assert [(row.weights, row.kv_cache, row.total) for row in found.rows] == [
        (None, CACHE_8K, None)
    ]
    assert found.missing == ("weights (no file size and no count by dtype)",)


def test_a_missing_shard_leaves_its_row_unknown() -> None:
    found = footprint.fit(None, [File("m-00001-of-00002.gguf", GB)], None, 1)
    assert found.rows[0].weights is None
    assert "shards of m" in found.missing


def test_more_context_than_the_model_has_is_told() -> None:
    config = LLAMA_70B | {"max_position_embeddings": 131_072}
    notes = footprint.fit(None, GGUF, config, 200_000).notes
    assert "the model is made for 131,072 tokens, fewer than asked" in notes
    assert footprint.fit(None, GGUF, config, 131_072).notes == notes[:1]


def test_the_context_of_a_gguf_header_stands_in() -> None:
    known: Detail = detail("a/m-GGUF", context_length=40_960)
    assert footprint.fit(known, GGUF, None, 1).max_context == 40_960


def test_an_adapter_names_its_base() -> None:
    known = detail("a/lora", base=("adapter", "acme/base"))
    found = footprint.fit(known, [File("adapter_model.safetensors", GB)], None, 1)
    assert any("acme/base" in note for note in found.notes)


def test_projectors_are_left_out_and_told() -> None:
    found = footprint.fit(None, [*GGUF, File("mmproj-F16.gguf", GB)], None, 1)
    assert [row.quant for row in found.rows] == ["Q4_K_M", "Q8_0"]
    assert any("mmproj" in note for note in found.notes)


def test_the_screen_says_unknown_estimate_and_formula() -> None:
    known = footprint.fit(detail("a/m-GGUF", params=70 * GB), GGUF, LLAMA_70B, 8192)
    text = "\n".join(plain(line) for line in drawn.lines(known, 100))
    assert "80 layers × 2 × 8 × 128 × tokens × 2 B" in text
    assert "estimate" in text
    assert "2.68 GB" in text
    bare = drawn.lines(footprint.fit(None, GGUF, None, 8192), 60)
    assert all(len(plain(line)) <= 60 for line in bare)
    assert "unknown: layers and key-value heads" in " ".join(plain(line) for line in bare)
