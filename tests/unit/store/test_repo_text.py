import json

from hypothesis import given
from hypothesis import strategies as st

from tests.unit.store.real import trending
from tui.model import BaseModels, Detail, Eval, Header, Provider, Quantization, Repo
from tui.store.repo_text import detail_text, read_detail, read_repo, repo_text

TEXT = st.none() | st.text()
REPOS = st.builds(
    Repo,
    id=st.text(),
    kind=st.sampled_from(["model", "dataset", "space"]),
    author=TEXT,
    title=TEXT,
    downloads=st.none() | st.integers(),
    trending_score=st.none() | st.floats(allow_nan=False, allow_infinity=False),
    gated=st.none() | st.booleans() | st.text(),
    private=st.none() | st.booleans(),
    tags=st.lists(st.text()).map(tuple),
    dtypes=st.dictionaries(st.text(), st.integers()).map(lambda found: tuple(found.items())),
    gguf=st.none() | st.builds(Header, total=st.none() | st.integers(), architecture=TEXT),
    quantization=st.none() | st.builds(Quantization, st.text(), st.none() | st.integers(1, 8)),
    base_models=st.none()
    | st.builds(BaseModels, relation=st.text(), ids=st.lists(st.text()).map(tuple)),
)


@given(REPOS)
def test_a_repo_comes_back_as_it_was(repo: Repo) -> None:
    assert read_repo(repo_text(repo)) == repo


@given(REPOS, st.lists(st.text()).map(tuple), st.none() | st.dictionaries(st.text(), st.integers()))
def test_a_detail_comes_back_as_it_was(
    repo: Repo, files: tuple[str, ...], children: dict[str, int] | None
) -> None:
    detail = Detail(
        repo,
        children=children,
        files=files,
        providers=(Provider("p", "live", None),),
        evals=(Eval("d", "t", None, "high", True, None, None, "eval_results"),),
    )
    assert read_detail(detail_text(detail)) == detail


def test_real_rows_come_back_as_they_were() -> None:
    for repo in trending():
        assert read_repo(repo_text(repo)) == repo


def test_a_row_of_another_age_still_reads() -> None:
    text = json.dumps({"v": 1, "id": "a/b", "once_known": [1], "likes": 2})
    assert read_repo(text) == Repo("a/b", likes=2)
    detail = json.dumps({"v": 1, "repo": {"id": "a/b"}, "once_known": {}, "sha": "x"})
    assert read_detail(detail) == Detail(Repo("a/b"), sha="x")


def test_a_row_that_cannot_be_read_is_none() -> None:
    for text in ("", "[]", "{", "null", '{"v": 2, "id": "a/b"}', '{"v": 1}', '{"id": "a/b"}'):
        assert read_repo(text) is None
        assert read_detail(text) is None
    assert read_detail('{"v": 1, "repo": {"id": "a"}, "evals": [1]}') is None
    assert read_repo('{"v": 1, "id": "a", "base_models": ["b"]}') is None
