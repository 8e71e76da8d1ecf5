"""The same size in each answer: search, show, files, fit, diff, TSV and JSON; and what it costs."""

import os
import re
from pathlib import Path

import pytest

import tui
from tests.loopback import LoopbackHub, World
from tests.unit.ask.repo.conftest import GB, Command

TUI = Path(tui.__file__).parent
TEMPLATE = "{% for message in messages %}" * 200  # kilobytes, as chat templates are
PACKED = {"I32": 6_333_619_600, "BF16": 2_782_760_800}


@pytest.fixture
def world(world: World) -> World:
    world.model(
        "mill/Kestrel-27B-INT8-AutoRound",
        params=PACKED,
        tags=["auto-round", "8-bit"],
        config={
            "quantization_config": {"quant_method": "auto-round", "bits": 8},
            "tokenizer_config": {"chat_template": TEMPLATE},
        },
        files={"model.safetensors": 31 * GB},
        downloads=900,
    )
    world.model(
        "mill/Kimono-2",
        params={"I32": 127_100_000_000, "BF16": 42_900_000_000},
        config={"text_config": {"quantization_config": {"quant_method": "awq", "bits": 4}}},
        files={"model.safetensors": 594 * GB},
        downloads=800,
    )
    world.model(
        "mill/Ornis-9B-GGUF",
        tags=["gguf"],
        gguf={
            "total": 459_000_000,
            "architecture": "clip",
            "context_length": 0,
            "chat_template": TEMPLATE,
        },
        files={"Ornis-9B-Q8_0.gguf": 9_800_000_000, "mmproj-BF16.gguf": 921_000_000},
        downloads=700,
    )
    world.model(
        "mill/Quarry-32B-GGUF",
        tags=["gguf"],
        gguf={
            "total": 32_762_123_264,
            "architecture": "qwen3",
            "context_length": 40_960,
            "chat_template": TEMPLATE,
        },
        files={"Quarry-32B-Q4_K_M.gguf": 19_760_000_000},
        downloads=600,
    )
    return world


def found(hubscope: Command, *query: str) -> dict[str, int | None]:
    body = hubscope("search", "author:mill", *query, "--json").body
    return {row["id"]: row["params"] for row in body["rows"]}


def test_a_query_for_sizes_finds_packed_and_gguf_rows_and_no_others(
    hubscope: Command, hub: LoopbackHub
) -> None:
    assert found(hubscope, "params:7b..10b") == {}
    assert found(hubscope, "params:25b..35b") == {
        "mill/Kestrel-27B-INT8-AutoRound": 28_117_239_200,
        "mill/Quarry-32B-GGUF": 32_762_123_264,
    }
    assert found(hubscope, "params:>500b") == {"mill/Kimono-2": 1_059_700_000_000}


def test_what_sizes_cost_is_asked_for_only_where_they_are_wanted(
    hubscope: Command, hub: LoopbackHub
) -> None:
    def asked(*query: str) -> set[str]:
        hub.requests.clear()
        hubscope("search", "author:mill", *query)
        lists = [one.target for one in hub.requests if one.path == "/api/models"]
        return {name for name in ("gguf", "config") if any(f"expand={name}" in at for at in lists)}

    assert asked() == set()
    assert asked("params:>1b") == {"gguf", "config"}
    assert asked("has:gguf") == {"gguf"}


@pytest.mark.parametrize(
    ("repo_id", "count", "kind", "words"),
    [
        ("mill/Kestrel-27B-INT8-AutoRound", 28_117_239_200, "reckoned", "≈ 28.1 B (I32 is packed"),
        ("mill/Kimono-2", 1_059_700_000_000, "reckoned", "≈ 1.06 T (I32 is packed"),
        ("mill/Ornis-9B-GGUF", None, "unknown", "unknown: the header at hand (clip, 459,000,000)"),
        ("mill/Quarry-32B-GGUF", 32_762_123_264, "exact", "32,762,123,264"),
    ],
)
def test_each_answer_tells_the_same_count(
    hubscope: Command,
    hub: LoopbackHub,
    monkeypatch: pytest.MonkeyPatch,
    repo_id: str,
    count: int | None,
    kind: str,
    words: str,
) -> None:
    model = hubscope("show", repo_id, "--json").body["model"]
    assert (model["params"], model["params_kind"]) == (count, kind)
    fit = hubscope("fit", repo_id, "--json").body
    assert (fit["params"], fit["params_kind"]) == (count, kind)
    monkeypatch.setattr("os.isatty", lambda handle: True)
    said = " ".join(hubscope("show", repo_id).out.split())
    assert f"parameters {words}" in said
    assert "clip" not in said.partition("architecture")[2] or "helper" in said


def test_diff_marks_what_is_reckoned(hubscope: Command, hub: LoopbackHub) -> None:
    ids = ("mill/Kestrel-27B-INT8-AutoRound", "mill/Quarry-32B-GGUF")
    rows = {row["field"]: row for row in hubscope("diff", *ids, "--json").body["rows"]}
    assert rows["parameters"]["a"] == "≈ 28,117,239,200"
    assert rows["parameters"]["b"] == 32_762_123_264
    assert rows["parameters"]["same"] is False


def test_no_template_is_ever_stored(hubscope: Command, hub: LoopbackHub) -> None:
    found(hubscope, "params:>1b")
    hubscope("show", "mill/Kestrel-27B-INT8-AutoRound")
    hubscope("show", "mill/Quarry-32B-GGUF")
    kept = b"".join(
        path.read_bytes() for path in Path(os.environ["HUBSCOPE_HOME"]).rglob("*") if path.is_file()
    )
    assert b"mill/Quarry-32B-GGUF" in kept
    assert b"message in messages" not in kept


def test_fit_in_a_pipe_keeps_the_id_the_reason_and_the_notes(
    hubscope: Command, hub: LoopbackHub
) -> None:
    heads, *rows = hubscope("fit", "mill/Ornis-9B-GGUF", "--tsv").out.splitlines()
    (row,) = [dict(zip(heads.split("\t"), row.split("\t"))) for row in rows]
    assert (row["id"], row["quant"], row["kv_cache"]) == ("mill/Ornis-9B-GGUF", "Q8_0", "")
    assert "key-value heads" in row["reason"]
    assert "mmproj" in row["notes"]


def test_a_cache_without_a_formula_says_so_in_every_format(
    hubscope: Command, hub: LoopbackHub, world: World
) -> None:
    config = {"model_type": "new", "num_hidden_layers": 4, "num_attention_heads": 4}
    config |= {"hidden_size": 64, "mamba_d_state": 16}
    world.model(
        "mill/New-1B",
        params={"BF16": 10**9},
        files={"config.json": config, "model.safetensors": 2 * 10**9},
    )
    for form in ("--tsv", "--csv", "--md", "--json"):
        out = hubscope("fit", "mill/New-1B", "--config", form).out
        assert "no formula for new" in out.replace("\\", "")


def test_the_total_as_the_hub_states_it_is_read_in_one_place() -> None:
    """Everything else asks ``analysis.parameters``, so that no answer shows a bare total."""
    reads = re.compile(r"\brepo\.params\b")
    found = {path.name for path in TUI.rglob("*.py") if reads.search(path.read_text("utf-8"))}
    assert found == {"parameters.py", "sizes.py", "stage.py"}  # the last puts it into a census
