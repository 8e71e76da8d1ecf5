"""``files``, ``fit``, ``evals`` and ``diff`` against the loopback Hub."""

import json
from typing import Any, NamedTuple

import pytest

from tests.files.test_kv import DEEPSEEK_V3
from tests.hub import LoopbackHub, World
from tui import cli

GB = 10**9
GGUF = "bob/Qwen3-8B-GGUF"
MISSING, CLOSED, OFFLINE, LIMITED = 3, 4, 5, 6


class Told(NamedTuple):
    """What a command printed."""

    code: int
    out: str
    err: str

    @property
    def body(self) -> dict[str, Any]:
        """The JSON it printed."""
        return dict(json.loads(self.out))


class Command:
    """Runs ``hubscope`` in this process."""

    def __init__(self, capsys: pytest.CaptureFixture[str]) -> None:
        self._capsys = capsys

    def __call__(self, *words: str) -> Told:
        code = cli.main(list(words))
        return Told(code, *self._capsys.readouterr())


@pytest.fixture
def hubscope(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Command:
    for name in ("files", "fit", "evals", "diff"):
        monkeypatch.setitem(cli.COMMANDS, name, f"what {name} says")
    return Command(capsys)


@pytest.fixture
def world(world: World) -> World:
    world.model(
        "acme/deep",
        license="mit",
        params={"BF16": 8 * GB},
        files={
            "config.json": DEEPSEEK_V3 | {"max_position_embeddings": 163_840},
            "model-00001-of-00002.safetensors": 9 * GB,
            "model-00002-of-00002.safetensors": 7 * GB,
        },
    )
    return world


def reads_of_query_files(hub: LoopbackHub) -> list[str]:
    """What the Hub counts as downloads."""
    names = ("config.json", "model_index.json", "adapter_config.json")
    return [asked.target for asked in hub.requests if asked.path.endswith(names)]


def resolved(hub: LoopbackHub) -> int:
    return sum("/resolve/" in target for target in reads_of_query_files(hub))


def test_files_and_quantizations(hubscope: Command, hub: LoopbackHub) -> None:
    body = hubscope("files", GGUF, "--json").body
    assert body["schema"] == "hubscope/1"
    sizes = {file["path"]: (file["size"], file["quant"]) for file in body["files"]}
    assert sizes["Qwen3-8B-Q4_K_M.gguf"] == (5 * GB, "Q4_K_M")
    assert sizes[".gitattributes"][1] is None
    assert body["total"] == sum(size for size, _ in sizes.values())
    found = [(one["quant"], one["size"], one["bits_per_weight"]) for one in body["quantizations"]]
    assert found == [("Q2_K", 3 * GB, 3.0), ("Q4_K_M", 5 * GB, 5.0), ("Q8_0", 8 * GB, 8.0)]
    assert body["complete"] is True
    assert reads_of_query_files(hub) == []


def test_files_of_a_dataset_ask_for_the_tree_alone(hubscope: Command, hub: LoopbackHub) -> None:
    body = hubscope("files", "datasets/acme/exam", "--json").body
    assert "data/train.parquet" in [file["path"] for file in body["files"]]
    assert body["quantizations"] == []
    assert [asked.path for asked in hub.requests] == ["/api/datasets/acme/exam/tree/main"]


def test_files_for_a_pipe_and_for_ids(hubscope: Command, hub: LoopbackHub) -> None:
    lines = hubscope("files", GGUF).out.splitlines()
    assert lines[0].split("\t") == ["path", "size", "quant", "security"]
    assert "Qwen3-8B-Q8_0.gguf\t8000000000\tQ8_0\t" in lines
    assert "Qwen3-8B-Q8_0.gguf" in hubscope("files", GGUF, "-q").out.splitlines()


def test_files_on_a_terminal(
    hubscope: Command, hub: LoopbackHub, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("os.isatty", lambda handle: True)
    monkeypatch.setenv("COLUMNS", "70")
    lines = hubscope("files", GGUF).out.splitlines()
    assert lines[0].startswith(f"{GGUF} · 4 files · 16.0 GB in all")
    assert ["Q4_K_M", "5.00", "5.00", "GB", "1", "Qwen3-8B-Q4_K_M"] in [
        line.split() for line in lines
    ]
    assert all(len(line) <= 70 for line in lines[1:])


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
    assert told.out.splitlines()[1:] == ["\t" * 5]
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


@pytest.mark.parametrize("words", [("fit", "datasets/acme/exam"), ("evals", "spaces/ann/show-x")])
def test_what_is_no_model_has_no_weights(hubscope: Command, words: tuple[str, ...]) -> None:
    told = hubscope(*words)
    assert (told.code, told.out) == (2, "")


@pytest.mark.parametrize("tokens", ["0", "-3", "many", "1e9", "99999999999"])
def test_a_context_is_a_number_of_tokens(hubscope: Command, tokens: str) -> None:
    assert hubscope("fit", "acme/deep", f"--context={tokens}").code == 2


def test_stored_answers_serve_without_the_hub(hubscope: Command, hub: LoopbackHub) -> None:
    lists = [("files", "acme/deep"), ("fit", "acme/deep"), ("diff", "acme/deep", GGUF)]
    before = {words: hubscope(*words, "--json").body for words in lists}
    hub.stop()
    for words, body in before.items():
        stored = hubscope(*words, "--json")
        assert stored.code == 0
        assert (stored.body["source"], stored.body["stale"]) == ("cache", True)
        assert stored.body.get("rows") == body.get("rows")
        assert hubscope(*words, "--json", "--offline").body == stored.body


@pytest.mark.parametrize(
    "words", [("files", "a/m"), ("fit", "a/m"), ("evals", "a/m"), ("diff", "a/m", "a/n")]
)
def test_nothing_stored_and_no_hub(hubscope: Command, words: tuple[str, ...]) -> None:
    for offline in ((), ("--offline",)):
        told = hubscope(*words, *offline)
        assert (told.code, told.out) == (OFFLINE, "")
        assert len(told.err.splitlines()) == 1


@pytest.mark.parametrize(
    "words",
    [
        ("files", "gone/ghost"),
        ("fit", "gone/ghost"),
        ("evals", "gone/ghost"),
        ("diff", "acme/base", "gone/ghost"),
    ],
)
def test_what_does_not_exist(hubscope: Command, hub: LoopbackHub, words: tuple[str, ...]) -> None:
    told = hubscope(*words)
    assert (told.code, told.out) == (MISSING, "")


def test_a_closed_tree_leaves_the_facts(hubscope: Command, hub: LoopbackHub) -> None:
    hub.quirks.gated_tree = False
    told = hubscope("files", "acme/manual-7b")
    assert (told.code, told.out) == (CLOSED, "")
    told = hubscope("diff", "acme/base", "acme/manual-7b", "--json")
    assert told.code == 0
    fields = {row["field"]: row for row in told.body["rows"]}
    assert (fields["gated"]["b"], fields["files"]["b"]) == ("manual", None)


def test_the_rate_limit_is_told_and_parts_are_asked_for(
    hubscope: Command, hub: LoopbackHub
) -> None:
    hub.limits.quotas["api"] = 1
    told = hubscope("fit", "acme/deep", "--json")
    assert (told.code, told.out) == (LIMITED, "")


def test_evaluations(hubscope: Command, hub: LoopbackHub) -> None:
    body = hubscope("evals", "acme/scored", "--sort", "value", "--json").body
    assert [(one["dataset"], one["value"], one["verified"]) for one in body["evals"]] == [
        ("acme/exam", 71.5, True)
    ]
    assert hubscope("evals", "acme/base").out.splitlines() == [
        "\t".join(body["evals"][0])  # the heads alone: nothing is recorded
    ]


def test_two_models_side_by_side(hubscope: Command, hub: LoopbackHub) -> None:
    body = hubscope("diff", "acme/deep", "acme/base", "--json").body
    rows = {row.pop("field"): row for row in body["rows"]}
    assert (body["a"], body["b"]) == ("acme/deep", "acme/base")
    assert rows["parameters"] == {"a": 8 * GB, "b": GB, "same": False}
    assert rows["author"] == {"a": "acme", "b": "acme", "same": True}
    assert rows["task"] == {"a": None, "b": "text-generation", "same": None}
    assert rows["weights BF16"] == {"a": 16 * GB, "b": 2 * GB, "same": False}
    changed = hubscope("diff", "acme/deep", "acme/base", "--changed", "--json").body["rows"]
    assert changed
    assert all(row["same"] is False for row in changed)
    assert reads_of_query_files(hub) == []


def test_an_answer_is_for_those_who_may_read_it(
    hubscope: Command, hub: LoopbackHub, world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    secret = world.find("models", "acme/secret")
    assert secret is not None
    monkeypatch.setenv("HF_TOKEN", "hf_ann")
    assert hubscope("fit", "acme/secret", "--config", "--json").code == 0
    monkeypatch.delenv("HF_TOKEN")
    assert hubscope("fit", "acme/secret", "--offline").code == OFFLINE
    assert hubscope("files", "acme/secret", "--offline").code == OFFLINE
