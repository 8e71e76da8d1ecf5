"""``files``, ``fit``, ``evals`` and ``diff`` against the loopback Hub."""

import pytest

from tests.loopback import LoopbackHub, World
from tests.unit.ask.repo.conftest import GB, GGUF, Command, reads_of_query_files

MISSING, CLOSED, OFFLINE, LIMITED = 3, 4, 5, 6


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


def test_files_of_a_dataset_ask_for_no_facts(hubscope: Command, hub: LoopbackHub) -> None:
    body = hubscope("files", "datasets/acme/exam", "--json").body
    assert "data/train.parquet" in [file["path"] for file in body["files"]]
    assert body["quantizations"] == []
    assert [asked.path.rpartition("exam")[2] for asked in hub.requests] == ["/tree/main", "/scan"]


def test_files_for_a_pipe_and_for_ids(hubscope: Command, hub: LoopbackHub) -> None:
    lines = hubscope("files", GGUF).out.splitlines()
    assert lines[0].split("\t") == ["path", "size", "quant", "security"]
    assert "Qwen3-8B-Q8_0.gguf\t8000000000\tQ8_0\tsafe" in lines
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
