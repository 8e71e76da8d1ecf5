"""Answers into values: whole, odd, hostile and captured ones."""

import json
from typing import Any

import pytest

from tui.hub import parse
from tui.hub.readme import readme
from tui.model import (
    BaseModels,
    Detail,
    Eval,
    File,
    Header,
    Provider,
    Quantization,
    Repo,
    Unreadable,
)

LIST_ITEM: dict[str, Any] = {
    "_id": "6a00000000000000000000aa",
    "id": "acme/tiny-7b",
    "author": "acme",
    "likes": 12,
    "trendingScore": 7.5,
    "private": False,
    "gated": "auto",
    "downloads": 3210,
    "tags": ["transformers", "arxiv:2401.00001", "dataset:acme/d", "license:mit"],
    "pipeline_tag": "text-generation",
    "library_name": "transformers",
    "createdAt": "2026-06-19T09:40:33.000Z",
    "lastModified": "2026-06-20T09:40:33Z",
    "safetensors": {"parameters": {"BF16": 7_000, "I64": 5}, "total": 7_005},
    "baseModels": {"relation": "finetune", "models": [{"_id": "6a", "id": "acme/base"}]},
}


def body(value: object) -> bytes:
    return json.dumps(value).encode()


def one(item: dict[str, Any], kind: str = "model") -> Repo:
    return parse.rows(body([item]), kind).rows[0]


def detail(**fields: Any) -> Detail:
    return parse.detail(body({"id": "acme/tiny-7b", **fields}), "model")


def test_a_row_has_every_field() -> None:
    assert one(LIST_ITEM) == Repo(
        id="acme/tiny-7b",
        hub_id="6a00000000000000000000aa",
        author="acme",
        task="text-generation",
        library="transformers",
        license="mit",
        downloads=3210,
        likes=12,
        trending_score=7.5,
        created_at="2026-06-19T09:40:33.000Z",
        last_modified="2026-06-20T09:40:33Z",
        params=7_005,
        gated="auto",
        private=False,
        tags=("transformers", "arxiv:2401.00001", "dataset:acme/d", "license:mit"),
        base_models=BaseModels("finetune", ("acme/base",)),
        dtypes=(("BF16", 7_000), ("I64", 5)),
    )


def test_absent_is_not_known() -> None:
    assert one({"id": "gpt2"}) == Repo(id="gpt2")
    assert one({"id": "acme/a"}) == Repo(id="acme/a", author="acme")
    assert detail() == Detail(Repo(id="acme/tiny-7b", author="acme"))


@pytest.mark.parametrize("odd", [None, 7, -1, 1.5, True, "x", "", [], {}, [[]], {"a": {}}, 2**63])
def test_a_field_of_the_wrong_type_is_not_known(odd: object) -> None:
    own = {name: odd for name in LIST_ITEM if name not in ("id",)}
    repo = one({**own, "id": "acme/a", "gated": odd})
    for whole in (repo.downloads, repo.likes, repo.params):
        assert whole is None or (isinstance(whole, int) and whole in (7,))
    assert repo.created_at is None
    assert repo.base_models is None
    assert repo.gated in (None, True)
    names = ("cardData", "evalResults", "model-index", "siblings", "safetensors", "config", "gguf")
    found = detail(**dict.fromkeys((*Detail._fields, *names), odd), inferenceProviderMapping=odd)
    assert found.repo.id == "acme/tiny-7b"


def test_rows_without_a_valid_id_are_dropped_and_counted() -> None:
    items = [{"id": "acme/a"}, {"id": "../x"}, {}, None, 7, {"id": 7}, {"modelId": "acme/b"}]
    found = parse.rows(body(items), "model")
    assert [repo.id for repo in found.rows] == ["acme/a", "acme/b"]
    assert found.dropped == 5


def test_text_is_cleaned() -> None:
    item = {**LIST_ITEM, "author": "a\x1b]52;c;x\x07b", "tags": ["t\x1bag\n", "\ud800"]}
    repo = one(item)
    assert repo.author == "a\ufffd]52;c;x\ufffdb"
    assert repo.tags == ("t\ufffdag", "\ufffd")
    found = detail(config={"k\x1b": ["v\x9b", {"n": 12345, "x": None}]}, description="a\x1b\nb")
    assert found.config == {"k\ufffd": ["v\ufffd", {"n": 12345, "x": None}]}
    assert found.description == "a\ufffd\nb"


def test_a_number_without_end_is_not_known() -> None:
    found = parse.detail(b'{"id":"a/b","trendingScore":1e999,"config":{"n":-1e999}}', "model")
    assert (found.repo.trending_score, found.config) == (None, {"n": None})


@pytest.mark.parametrize(
    ("item", "total", "dtypes", "header"),
    [
        ({"safetensors": {"total": 5, "parameters": {"BF16": 4}}}, 5, (("BF16", 4),), None),
        ({"safetensors": {"parameters": {"BF16": 4}}}, None, (("BF16", 4),), None),
        ({"gguf": {"total": 9, "context_length": 0}}, None, (), Header(9, None, 0, None)),
        (
            {"gguf": {"architecture": "clip", "totalFileSize": 7, "chat_template": "x"}},
            *(None, (), Header(None, "clip", None, 7)),
        ),
        ({"safetensors": {"total": 0}, "gguf": {"total": 0}}, None, (), Header()),
        ({"safetensors": {"total": "many"}, "gguf": "x"}, None, (), None),
        ({"safetensors": {"total": -5, "parameters": [1]}}, None, (), None),
    ],
)
def test_witnesses_of_a_size_are_kept_apart(
    item: dict[str, Any],
    total: int | None,
    dtypes: tuple[tuple[str, int], ...],
    header: Header | None,
) -> None:
    found = one({"id": "a/b", **item})
    assert (found.params, found.dtypes, found.gguf) == (total, dtypes, header)


def test_what_a_helpers_header_says_is_not_the_models() -> None:
    found = detail(gguf={"total": 9, "architecture": "clip", "context_length": 0})
    assert (found.context_length, found.architectures, found.gguf_size) == (None, (), None)


def test_templates_are_cut_and_the_quantization_is_kept() -> None:
    config = {
        "model_type": "m",
        "text_config": {"quantization_config": {"quant_method": "awq", "bits": 4}},
        "tokenizer_config": {"chat_template": "long"},
        "chat_template_jinja": "long",
    }
    found = detail(config=config)
    assert found.repo.quantization == Quantization("awq", 4.0)
    assert "long" not in str(found)
    assert found.model_type == "m"


@pytest.mark.parametrize(
    ("item", "licence"),
    [
        ({"tags": ["license:mit"], "cardData": {"license": "apache-2.0"}}, "mit"),
        ({"cardData": {"license": "apache-2.0"}}, "apache-2.0"),
        ({"cardData": {"license": ["mit", "apache-2.0"]}}, "mit, apache-2.0"),
        ({"cardData": {"license": 7}}, None),
    ],
)
def test_licence(item: dict[str, Any], licence: str | None) -> None:
    assert one({"id": "a/b", **item}).license == licence


@pytest.mark.parametrize(
    ("value", "found"),
    [
        ({"relation": "merge", "models": [{"id": "a/b"}, {"id": "c/d"}, {"id": "a/b"}]}, 2),
        ({"relation": "new one", "models": [{"id": "a/b"}]}, 1),
        ({"relation": [], "models": ["a/b"]}, 1),
        ({"relation": "merge", "models": [{"id": "a b"}, {}]}, 0),
        ([{"id": "a/b"}], 0),
    ],
)
def test_base_models(value: object, found: int) -> None:
    base = one({"id": "x/y", "baseModels": value}).base_models
    assert len(base.ids if base else ()) == found
    assert base is None or base.relation in ("merge", "unknown")


def test_a_page_of_its_own() -> None:
    found = detail(
        sha="0123456789abcdef0123456789abcdef01234567",
        childrenModelCount={"adapter": 3, "finetune": 0, "merge": "x", "novel": 9},
        usedStorage=99,
        safetensors={"parameters": {"BF16": 4, "bad": "x"}, "total": 4},
        gguf={"total": 4, "context_length": 4096, "totalFileSize": 7, "architecture": "llama"},
        config={"architectures": ["A"], "model_type": "llama"},
        tags=["arxiv:1810.04805", "dataset:a/d"],
        spaces=["a/space", "not an id", 7],
        siblings=[{"rfilename": "README.md"}, {"rfilename": 7}, {}],
        cardData={
            "language": "en",
            "license_name": "own",
            "license_link": "https://x",
            "new_version": "acme/tiny-8b",
        },
    )
    assert found._replace(repo=Repo("x")) == Detail(
        repo=Repo("x"),
        sha="0123456789abcdef0123456789abcdef01234567",
        children={"adapter": 3, "finetune": 0},
        used_storage=99,
        dtypes={"BF16": 4},
        context_length=4096,
        gguf_size=7,
        architectures=("A",),
        model_type="llama",
        config={"architectures": ["A"], "model_type": "llama"},
        languages=("en",),
        datasets=("a/d",),
        papers=("1810.04805",),
        license_name="own",
        license_link="https://x",
        new_version="acme/tiny-8b",
        spaces=("a/space",),
        files=("README.md",),
    )


@pytest.mark.parametrize(
    "mapping",
    [
        {"novita": {"status": "live", "task": "conversational"}, "x": 7},
        [{"provider": "novita", "status": "live", "task": "conversational"}, {"provider": "x"}, 7],
    ],
)
def test_both_shapes_of_providers(mapping: object) -> None:
    found = detail(inferenceProviderMapping=mapping).providers
    assert found == (Provider("novita", "live", "conversational"), Provider("x", None, None))


def test_evaluations_of_both_kinds() -> None:
    results = [
        {"filename": "a.yaml", "error": "bad"},
        {"data": {"dataset": {"task_id": "t"}, "value": 1}},
        {"data": {"dataset": {"id": "a/none"}}},
        {
            "verified": True,
            "data": {
                "dataset": {"id": "a/bench", "task_id": "t"},
                "value": "71.5",
                "source": {"url": "https://x"},
                "date": "2026-01-02",
            },
        },
    ]
    index = [
        {
            "results": [
                {
                    "task": {"type": "text-generation"},
                    "dataset": {"name": "MMLU"},
                    "metrics": [{"type": "acc", "value": 0.5}, {"type": "f1", "value": [1]}],
                    "source": {"name": "leaderboard"},
                },
                {"metrics": [{"type": "acc", "value": 1}]},
            ]
        }
    ]
    new = Eval("a/bench", "t", None, "71.5", True, "https://x", "2026-01-02", "eval_results")
    old = Eval("MMLU", "text-generation", "acc", 0.5, False, "leaderboard", None, "model-index")
    assert detail(evalResults=results, **{"model-index": index}).evals == (new, old)
    assert detail(cardData={"model-index": index}).evals == (old,)


def test_tree() -> None:
    items = [
        {"type": "directory", "path": "onnx", "size": 0},
        {"type": "file", "path": "a.bin", "size": 9, "lfs": {"size": 9}},
        {"type": "file", "path": "b\x1b", "securityFileStatus": {"status": "unsafe"}},
        {"type": "file"},
    ]
    assert parse.tree(body(items)) == (
        File("onnx", 0, "directory"),
        File("a.bin", 9, lfs=True),
        File("b\ufffd", None, security="unsafe"),
    )


@pytest.mark.parametrize(
    ("text", "rest"),
    [
        (b"---\nlicense: mit\n---\n# Hi\n", "# Hi\n"),
        (b"\xef\xbb\xbf---\r\na: b\r\n---\r\nHi\r\n", "Hi\n"),
        (b"\n--- \na: b\n---", ""),
        (b"---\n---\nHi", "Hi"),
        (b'---\na: b\nc:\n- d\n# e\n"f g": |\n  h\n---\nHi', "Hi"),
        (b"---\nNo facts: a rule\n---\nHi", "---\nNo facts: a rule\n---\nHi"),
        (b"---\n- a\n- b\n---\nHi", "---\n- a\n- b\n---\nHi"),
        (b"---\n| a | b |\n---\nHi", "---\n| a | b |\n---\nHi"),
        (b"# Hi\n---\nthere\n---\n", "# Hi\n---\nthere\n---\n"),
        (b"---\nnever closed\n", "---\nnever closed\n"),
        (b"---\n" + b"a" * 70_000 + b"\n---\nHi", "---\n" + "a" * 70_000 + "\n---\nHi"),
        (b"caf\xe9 \x1b]0;x\x07", "caf\ufffd \ufffd]0;x\ufffd"),
        (b"", ""),
    ],
    ids=[
        "plain",
        "windows",
        "blank first",
        "empty",
        "keys",
        "sentence",
        "list",
        "table",
        "rule",
        "open",
        "too long",
        "odd",
        "nothing",
    ],
)
def test_readme(text: bytes, rest: str) -> None:
    assert readme(text) == rest


def test_owners() -> None:
    facts = {"fullname": "Acme", "numModels": 3, "numFollowers": 5}
    org = parse.org(body({"name": "acme", "isVerified": True, "numUsers": 2, **facts}))
    assert (org.name, org.type, org.models, org.members, org.verified) == (
        "acme",
        "org",
        3,
        2,
        True,
    )
    user = parse.user(body({"user": "ann", **facts}))
    assert (user.name, user.type, user.followers, user.members) == ("ann", "user", 5, None)
    assert parse.whoami(body({"name": "ann"})) == "ann"
    with pytest.raises(Unreadable):
        parse.whoami(body({"name": "../ann"}))


def test_counts() -> None:
    assert parse.children_counts(body({"childrenModelCount": {"merge": 2}})) == {"merge": 2}
    assert parse.discussions_open(body({"count": 4})) == 4
    told = [{"id": "license:mit"}, {"id": "license:mit"}, {"id": 3}, {"id": "gemma\x1b"}]
    assert parse.tags(body({"license": told}), "license") == ("mit", "gemma\ufffd")
    assert parse.tags(body({"other": told}), "license") == ()
    with pytest.raises(Unreadable):
        parse.children_counts(body({"id": "a/b"}))
