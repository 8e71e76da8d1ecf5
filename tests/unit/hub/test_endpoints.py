"""Paths and queries, and addresses that people paste."""

from urllib.parse import parse_qs, urlsplit

import pytest

from tui.hub import endpoints
from tui.model import BadInput, Query

HUB = "https://huggingface.co"


def asked(path: str) -> dict[str, list[str]]:
    return parse_qs(urlsplit(path).query)


def test_a_list_asks_for_what_a_row_needs() -> None:
    path = endpoints.models_list(Query(), 30)
    assert path.startswith("/api/models?")
    found = asked(path)
    assert found["sort"] == ["trendingScore"]
    assert found["limit"] == ["30"]
    assert set(found["expand"]) == set(endpoints.ROW_FIELDS["model"])
    assert not {"search", "author", "filter", "pipeline_tag"} & set(found)


def test_a_list_says_all_that_the_query_says() -> None:
    query = Query(
        words=("qwen", "7b"),
        author="acme",
        task="text-generation",
        filters=("license:mit", "base_model:finetune:a/b"),
        sort="likes",
    )
    path = endpoints.models_list(query, 5000, extra=("downloadsAllTime", "tags"))
    found = asked(path)
    assert found["search"] == ["qwen 7b"]
    assert found["author"] == ["acme"]
    assert found["pipeline_tag"] == ["text-generation"]
    assert found["filter"] == ["base_model:finetune:a/b", "license:mit"]
    assert found["limit"] == ["1000"]
    assert found["expand"].count("tags") == 1
    assert "downloadsAllTime" in found["expand"]
    assert "filter=base_model:finetune:a/b" in path


def test_one_question_has_one_path() -> None:
    one = Query(filters=("a", "b"))
    other = Query(filters=("b", "a"), limit=7)
    assert endpoints.models_list(one, 30) == endpoints.models_list(other, 30)


@pytest.mark.parametrize(
    ("kind", "task"), [("dataset", "task_categories:summarization"), ("space", "summarization")]
)
def test_the_other_kinds_have_their_own_lists(kind: str, task: str) -> None:
    path = endpoints.models_list(Query(kind=kind, task="summarization"), 10)
    assert path.startswith(f"/api/{kind}s?")
    assert asked(path)["filter"] == [task]
    titles = {"cardData"} - ({"cardData"} if kind == "model" else set())
    assert set(asked(path)["expand"]) == {*endpoints.ROW_FIELDS[kind], *titles}


def test_spaces_have_no_downloads() -> None:
    with pytest.raises(BadInput, match="downloads"):
        endpoints.models_list(Query(kind="space", sort="downloads"), 10)


def test_odd_words_are_encoded() -> None:
    path = endpoints.models_list(Query(words=("a&sort=x", "é+ü")), 10)
    assert asked(path)["search"] == ["a&sort=x é+ü"]
    assert path.isascii()


def test_pages_of_one_repo() -> None:
    assert asked(endpoints.detail("model", "acme/a"))["expand"].count("childrenModelCount") == 1
    assert endpoints.detail("model", "a/b", ("sha",)) == "/api/models/a/b?expand=sha"
    assert endpoints.readme("model", "acme/a") == "/acme/a/resolve/main/README.md"
    assert endpoints.readme("dataset", "squad") == "/datasets/squad/resolve/main/README.md"
    assert endpoints.tree("space", "a/b", "refs/pr/1") == (
        "/api/spaces/a/b/tree/refs%2Fpr%2F1?recursive=true"
    )
    assert endpoints.discussions("a/b") == "/api/models/a/b/discussions?status=open"
    assert endpoints.org("acme") == "/api/organizations/acme/overview"


@pytest.mark.parametrize("bad", ["../etc", "a/b/c", "", "a b", "a?b", "a/..", "é/x"])
def test_no_path_is_made_of_a_bad_id(bad: str) -> None:
    for build in (endpoints.detail, endpoints.readme, endpoints.tree):
        with pytest.raises(BadInput):
            build("model", bad)
    with pytest.raises(BadInput):
        endpoints.org(bad)
