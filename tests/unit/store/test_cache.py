from pathlib import Path

import pytest

from tests.unit.store.real import trending
from tui.model import (
    BaseModels,
    Detail,
    Edge,
    Eval,
    Header,
    Provider,
    Quantization,
    Repo,
)
from tui.store.paths import Home
from tui.store.store import Store

QWEN = Repo(
    "Qwen/Qwen3-8B",
    hub_id="680da2bd692fed7d3c4f4a1b",
    author="Qwen",
    downloads=900,
    trending_score=12.5,
    created_at="2025-04-27T03:42:21.000Z",
    gated=False,
    private=False,
    tags=("text-generation", "license:apache-2.0"),
    base_models=BaseModels("finetune", ("Qwen/Qwen3-8B-Base",)),
)
SECRET = Repo("ada/secret", private=True, downloads=3)
EVAL = Eval("mmlu", None, "acc", 0.5, False, None, "2025-01-01", "model-index")


def numbered(*numbers: int) -> list[Repo]:
    return [Repo(f"org/m{number}", downloads=number) for number in numbers]


def test_a_list_comes_back_as_it_was_put(store: Store) -> None:
    store.cache.put_list("k", "model", "", 0, [QWEN, *numbered(1)], "cursor", 50.0)
    listed = store.cache.listed("k", "model", "", 30)
    assert listed is not None
    assert listed.rows == (QWEN, *numbered(1))
    assert (listed.fetched_at, listed.next, listed.complete) == (50.0, "cursor", False)


def test_a_list_is_complete_at_its_end_or_at_the_limit(store: Store) -> None:
    store.cache.put_list("k", "model", "", 0, numbered(1, 2), "cursor", 1.0)
    cut = store.cache.listed("k", "model", "", 2)
    store.cache.put_list("k", "model", "", 1, numbered(3), None, 2.0)
    whole = store.cache.listed("k", "model", "", 30)
    assert cut is not None
    assert whole is not None
    assert (cut.complete, whole.complete) == (True, True)


def test_a_row_that_was_pruned_leaves_the_list_incomplete(store: Store) -> None:
    store.cache.put_list("k", "model", "", 0, numbered(1, 2), None, 1.0)
    store.databases[0].write(lambda link: link.rows("DELETE FROM repo WHERE id = 'org/m1'"))
    listed = store.cache.listed("k", "model", "", 30)
    assert listed is not None
    assert (listed.rows, listed.complete) == (tuple(numbered(2)), False)


def test_a_later_page_repeats_no_id(store: Store) -> None:
    store.cache.put_list("k", "model", "", 0, numbered(1, 2), "a", 1.0)
    store.cache.put_list("k", "model", "", 1, numbered(2, 3, 3), "b", 2.0)
    stored = store.cache.list("k", "")
    assert stored is not None
    assert stored.ids == ("org/m1", "org/m2", "org/m3")
    assert (stored.next, stored.fetched_at, stored.pages) == ("b", 1.0, 2)


def test_page_0_begins_the_list_anew(store: Store) -> None:
    for page, number in enumerate((1, 2, 3)):
        store.cache.put_list("k", "model", "", page, numbered(number), "n", float(page))
    store.cache.put_list("k", "model", "", 1, numbered(4), None, 9.0)
    again = store.cache.list("k", "")
    store.cache.put_list("k", "model", "", 0, numbered(5), None, 10.0)
    anew = store.cache.list("k", "")
    assert again is not None
    assert anew is not None
    assert (again.ids, anew.ids) == (("org/m1", "org/m4"), ("org/m5",))


def test_the_window_of_creation_dates(store: Store) -> None:
    rows = [Repo("a/1", created_at="2025-02"), Repo("a/2"), Repo("a/3", created_at="2024-01")]
    store.cache.put_list("k", "model", "", 0, rows, "n", 1.0)
    store.cache.put_list("k", "model", "", 1, [Repo("a/4")], None, 1.0)
    stored = store.cache.list("k", "")
    assert stored is not None
    assert (stored.hi_created, stored.lo_created) == ("2025-02", "2024-01")


def test_nothing_stored_is_none(store: Store) -> None:
    assert store.cache.list("k", "") is None
    assert store.cache.listed("k", "model", "", 3) is None
    assert store.cache.rows("model", ["a/b"], "") == (None,)
    assert store.cache.repo("model", "a/b", "") is None
    assert store.cache.detail("model", "a/b", "") is None
    assert store.cache.body("k", "") is None
    assert store.cache.child_counts("a/b", "") is None
    assert store.cache.size() == 0


def test_rows_keep_the_order_asked_for_beyond_one_statement(store: Store) -> None:
    rows = numbered(*range(1200))
    store.cache.put_repos(rows, "", 1.0)
    ids = [row.id for row in reversed(rows)]
    assert store.cache.rows("model", ["no/such", *ids], "") == (None, *reversed(rows))


def test_ids_are_found_in_any_case_and_kinds_stay_apart(store: Store) -> None:
    store.cache.put_repos([QWEN, QWEN._replace(kind="dataset", likes=5)], "", 1.0)
    assert store.cache.repo("model", "qwen/QWEN3-8b", "") == (QWEN, 1.0)
    assert store.cache.rows("dataset", ["QWEN/qwen3-8b"], "")[0] == QWEN._replace(
        kind="dataset", likes=5
    )
    assert store.cache.repo("space", "Qwen/Qwen3-8B", "") is None


def test_a_renamed_repo_is_stored_once(store: Store) -> None:
    store.cache.put_repos([QWEN], "", 1.0)
    store.cache.put_repos([QWEN._replace(id="Qwen/Qwen3-8B-Chat")], "", 2.0)
    assert store.cache.repo("model", "Qwen/Qwen3-8B", "") is None
    assert len(store.cache.search(["qwen3-8b"], "model", "", 9)) == 1


def test_a_private_row_is_its_accounts_alone(store: Store) -> None:
    store.cache.put_list("k", "model", "ada", 0, [SECRET, QWEN], None, 1.0)
    store.cache.put_detail(Detail(SECRET, sha="abc"), "ada", 1.0)
    assert store.cache.repo("model", "ada/secret", "ada") == (SECRET, 1.0)
    for other in ("", "bob"):
        assert store.cache.list("k", other) is None
        assert store.cache.repo("model", "ada/secret", other) is None
        assert store.cache.detail("model", "ada/secret", other) is None
        assert store.cache.search(["secret"], "model", other, 9) == ()
        assert store.cache.repo("model", QWEN.id, other) == (QWEN, 1.0)


def test_a_private_row_without_an_account_is_not_stored_at_all(store: Store, place: Home) -> None:
    store.cache.put_list("k", "model", "", 0, [SECRET, QWEN], None, 1.0)
    store.cache.put_repos([SECRET], "", 1.0)
    store.cache.put_detail(Detail(SECRET), "", 1.0)
    stored = store.cache.list("k", "")
    assert stored is not None
    assert stored.ids == (QWEN.id,)
    store.close()
    files = list(Path(place.cache).iterdir())
    assert files
    assert not any(b"ada/secret" in file.read_bytes() for file in files)


def test_gone_private_and_gone_public(store: Store) -> None:
    store.cache.put_repos([SECRET._replace(private=False)], "", 1.0)
    store.cache.put_repos([SECRET], "ada", 2.0)
    assert store.cache.repo("model", SECRET.id, "") is None
    public = SECRET._replace(private=False, downloads=4)
    store.cache.put_repos([public], "ada", 3.0)
    assert store.cache.repo("model", SECRET.id, "") == (public, 3.0)
    assert store.cache.rows("model", [SECRET.id], "ada") == (public,)


@pytest.mark.parametrize("newer", ["", "ada"])
def test_the_newer_of_the_accounts_and_the_public_list(store: Store, newer: str) -> None:
    older = "ada" if newer == "" else ""
    store.cache.put_list("k", "model", older, 0, numbered(1), None, 1.0)
    store.cache.put_list("k", "model", newer, 0, numbered(2), None, 2.0)
    stored = store.cache.list("k", "ada")
    assert stored is not None
    assert stored.ids == ("org/m2",)


def test_a_detail_comes_back_whole_and_outlives_a_new_row(store: Store) -> None:
    detail = Detail(
        QWEN,
        sha="abc",
        children={"finetune": 7},
        config={"a": [1, {"b": None}]},
        languages=("en", "zh"),
        providers=(Provider("x", None, "chat"),),
        evals=(EVAL,),
        files=("a.safetensors",),
    )
    store.cache.put_detail(detail, "", 1.0)
    store.cache.put_repos([QWEN._replace(likes=9)], "", 2.0)
    assert store.cache.detail("model", "qwen/qwen3-8b", "") == (detail, 1.0)
    assert store.cache.repo("model", QWEN.id, "") == (QWEN._replace(likes=9), 2.0)


def test_bodies(store: Store) -> None:
    text = "# card \ud800\n" * 1000
    store.cache.put_body("readme a/b", "", text, 3.0, etag='"x"')
    store.cache.put_body("readme a/b", "ada", "", 2.0, status=404)
    body = store.cache.body("readme a/b", "ada")
    assert body == ('"x"', 3.0, 200, text)
    store.cache.put_body("readme a/b", "ada", "mine", 4.0)
    assert [getattr(store.cache.body("readme a/b", who), "text", None) for who in ("ada", "")] == [
        "mine",
        text,
    ]


def test_edges_by_either_end(store: Store) -> None:
    up = [Edge("a/c", "Org/Base", "finetune"), Edge("a/c", "org/other", "merge", True)]
    store.cache.put_edges([*up, Edge("a/d", "org/base", "adapter")], "", 5.0)
    store.cache.put_edges([Edge("ada/secret", "org/base", "finetune")], "ada", 6.0)
    assert store.cache.edges("A/C", "") == (tuple(up), 5.0)
    down = [edge.child for edge in store.cache.edges("ORG/BASE", "", "parent").edges]
    mine = [edge.child for edge in store.cache.edges("org/base", "ada", "parent").edges]
    assert (down, mine) == (["a/c", "a/d"], ["a/c", "a/d", "ada/secret"])
    store.cache.put_edges([Edge("a/c", "org/base", "quantized")], "", 7.0)
    assert store.cache.edges("a/c", "") == ((Edge("a/c", "org/base", "quantized"),), 7.0)
    with pytest.raises(ValueError, match="child or a parent"):
        store.cache.edges("a/c", "", "parents")


def test_child_counts(store: Store) -> None:
    store.cache.put_child_counts("Org/Base", {"finetune": 3, "merge": 1}, "", 1.0)
    store.cache.put_child_counts("org/base", {"finetune": 4}, "", 2.0)
    assert store.cache.child_counts("ORG/base", "bob") == ({"finetune": 4}, 2.0)


def test_search_wants_every_word_and_takes_no_wildcards(store: Store) -> None:
    names = ["a/Qwen-GGUF", "b/qwen_gguf-x", "c/qwen", "d/100%"]
    store.cache.put_repos([Repo(n, downloads=i) for i, n in enumerate(names)], "", 1.0)
    assert [r.id for r in store.cache.search(["QWEN", "gguf"], "model", "", 9)] == names[1::-1]
    assert [r.id for r in store.cache.search(["%"], "model", "", 9)] == ["d/100%"]
    assert [r.id for r in store.cache.search(["_"], "model", "", 9)] == [names[1]]
    assert len(store.cache.search([], "model", "", 2)) == 2


def test_lone_surrogates_and_huge_numbers_never_crash(store: Store) -> None:
    odd = Repo("a/\ud83d", downloads=10**30, title="\udcff", tags=("\ud800",))
    store.cache.put_list("k\udcff", "model", "w\ud800", 0, [odd], "\ud800", 1.0)
    stored = store.cache.list("k\udcff", "w\ud800")
    assert stored is not None
    assert stored.ids == (odd.id,)
    assert store.cache.repo("model", "A/\ud83d", "w\ud800") == (odd, 1.0)
    store.cache.put_edges([Edge("a/\ud83d", "b/\ud83d", "\ud800")], "", 1.0)
    assert store.cache.search(["\ud83d"], "model", "", 9) == (odd,)


def test_each_endpoint_has_its_own_cache(place: Home) -> None:
    with Store.open(place, sync=True) as hub:
        hub.cache.put_repos([QWEN], "", 1.0)
        hub.library.toggle_bookmark("model", QWEN.id, 1.0)
    with Store.open(place, "http://127.0.0.1:8080/hub/", sync=True) as mirror:
        assert mirror.cache.repo("model", QWEN.id, "") is None
        assert len(mirror.library.bookmarks()) == 1
        assert Path(mirror.cache.where()).name == "cache@127.0.0.1_8080_hub.db"
    with Store.open(place, "https://huggingface.co/", sync=True) as again:
        assert again.cache.repo("model", QWEN.id, "") == (QWEN, 1.0)


def test_without_cache(place: Home) -> None:
    with Store.without_cache(place, sync=True) as store:
        store.cache.put_repos([QWEN], "", 1.0)
        store.library.toggle_bookmark("model", QWEN.id, 1.0)
        assert store.cache.repo("model", QWEN.id, "") is None
        assert len(store.library.bookmarks()) == 1
    assert not Path(place.cache).exists()
    assert store.notices == []


def test_a_thousand_real_rows(store: Store) -> None:
    rows = trending()
    store.cache.put_list("trending", "model", "", 0, rows, None, 1.0)
    listed = store.cache.listed("trending", "model", "", 1000)
    assert listed is not None
    assert listed.rows == tuple(rows)
    assert listed.complete


def test_a_size_once_known_outlives_a_list_that_did_not_ask_for_it(store: Store) -> None:
    bare = Repo("a/m-GGUF", tags=("gguf",), last_modified="2026-01-01T00:00:00Z")
    packed = Repo("a/m-AWQ", dtypes=(("I32", 9),), last_modified="2026-01-01T00:00:00Z")
    known = [
        bare._replace(gguf=Header(8, "llama", 4096, 5)),
        packed._replace(quantization=Quantization("awq", 4.0)),
    ]
    store.cache.put_list("params", "model", "", 0, known, None, 1.0)
    again = [bare._replace(likes=3), packed._replace(likes=4)]
    store.cache.put_list("plain", "model", "", 0, again, None, 2.0)
    rows = store.cache.rows("model", ["a/m-GGUF", "a/m-AWQ"], "")
    assert [row and (row.likes, row.gguf, row.quantization) for row in rows] == [
        (3, Header(8, "llama", 4096, 5), None),
        (4, None, Quantization("awq", 4.0)),
    ]
    changed = bare._replace(last_modified="2026-02-02T00:00:00Z")
    store.cache.put_list("plain", "model", "", 0, [changed], None, 3.0)
    assert store.cache.rows("model", ["a/m-GGUF"], "") == (changed,)
