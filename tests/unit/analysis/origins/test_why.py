import pytest

from tests.unit.analysis.data import child, repo
from tui.analysis.lineage.graph import Graph, parents_of
from tui.analysis.origins.newest import newest
from tui.analysis.origins.why import rules
from tui.analysis.registry.registry import Registry, load
from tui.model.when import seconds


@pytest.fixture(scope="module")
def tables() -> Registry:
    return load()


def test_the_rules_of_a_finetune_across_countries(tables: Registry) -> None:
    row = child("nvidia/Cosmos-Reason1-7B", "finetune", "Qwen/Qwen2.5-VL-7B-Instruct")
    said = rules(row.id, tables, parents_of(row), Graph([row], tables).roots(row.id))
    assert [line.partition(":")[0] for line in said] == [
        "family Cosmos",
        "origin by uploader",
        "base Qwen/Qwen2.5-VL-7B-Instruct (finetune, declared)",
        "origin by root",
    ]
    assert "US, nvidia is NVIDIA" in said[1]
    assert said[2].endswith("family Qwen")
    assert said[3].startswith("origin by root: CN, from qwen (CN); registry 2026-11")


def test_the_rules_of_a_repo_that_nothing_is_known_of(tables: Registry) -> None:
    said = rules("me/thing", tables)
    assert said[0].endswith("names the author 'me'")
    assert said[1] == "origin by uploader: ??, the orgs table does not know 'me'"
    assert said[2].startswith("no base is declared")
    assert "from me (??)" in said[3]


def test_a_moved_id_an_odd_repo_and_a_guess_say_so(tables: Registry) -> None:
    assert rules("THUDM/glm-4-9b", tables)[0].startswith("THUDM/glm-4-9b is zai-org/glm-4-9b now")
    assert "fits no pattern of google's (gemma, t5)" in rules("google/vit", tables)[0]
    mirror = repo("NousResearch/Llama-2-7b-hf")
    said = rules(mirror.id, tables, parents_of(mirror, tables))
    assert any("unknown, guessed, not declared): family Llama" in line for line in said)


def test_the_newest_derivatives_leave_out_what_is_not_one(tables: Registry) -> None:
    as_of = seconds("2026-05-08T12:00:00Z") or 0.0
    inside, fresh, old = (
        "2026-05-04T00:00:00.000Z",
        "2026-05-08T07:00:00.000Z",
        "2026-05-01T11:59:59.000Z",
    )
    rows = [
        child("me/a", "finetune", "Qwen/Qwen3-8B", created_at=inside),
        child("me/b", "finetune", "Qwen/Qwen3-8B", created_at=fresh),
        child("me/c", "finetune", "Qwen/Qwen3-8B", created_at=old),
        child("me/d", "quantized", "Qwen/Qwen3-8B", created_at=inside),
        child("QWEN/e", "finetune", "me/a", created_at=inside),
        repo("me/f", created_at=inside),
        repo("me/g"),
        child("google/h", "finetune", "Qwen/Qwen3-8B", created_at=inside),
    ]
    found = newest(rows, as_of, Graph(rows, tables), tables)
    assert [row.id for row in found.rows] == ["me/a", "google/h"]
    assert (found.without_base, found.first_party, found.other_relation) == (1, 1, 1)
    assert found.window == ("2026-05-01T12:00:00Z", "2026-05-08T06:00:00Z")
    every = newest(rows, as_of, Graph(rows, tables), tables, ("finetune", "quantized"))
    assert len(every.rows) == 3
