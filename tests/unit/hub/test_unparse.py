"""What is written in the shape of the Hub's answers is read as the same rows."""

import json

from hypothesis import given

from tests.unit.hub.repos import repos
from tui.hub import parse, unparse
from tui.model import BaseModels, Header, Quantization, Repo

WHOLE = Repo(
    "acme/tiny",
    kind="dataset",
    hub_id="6" * 24,
    author="acme",
    task="text-generation",
    library="transformers",
    license="mit",
    downloads=1,
    downloads_all_time=2,
    likes=3,
    trending_score=4.5,
    created_at="2026-05-04T10:00:00.000Z",
    last_modified="2026-05-05T10:00:00.000Z",
    params=6,
    gated="auto",
    private=False,
    disabled=True,
    sdk="docker",
    tags=("a", "b"),
    base_models=BaseModels("merge", ("acme/a", "acme/b")),
    title="Tiny",
    providers=("acme-cloud",),
    dtypes=(("BF16", 7),),
    gguf=Header(9, "qwen3", 4096, 30),
    quantization=Quantization("awq", 4.0, 128, "pack"),
)


def again(repo: Repo) -> parse.Rows:
    return parse.rows(json.dumps([unparse.row(repo)]).encode(), repo.kind)


@given(repos())
def test_a_row_is_the_same_before_and_after(repo: Repo) -> None:
    assert again(repo) == parse.Rows((repo,), 0)


def test_no_field_is_forgotten() -> None:
    blank = Repo("a/b")
    assert [name for name in Repo._fields if getattr(WHOLE, name) == getattr(blank, name)] == []
    assert again(WHOLE) == parse.Rows((WHOLE,), 0)
