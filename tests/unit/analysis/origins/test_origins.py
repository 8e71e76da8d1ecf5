from collections import Counter
from math import sqrt

import pytest

from tests.unit.analysis.data import child, repo, shared, trending
from tui.analysis.lineage.graph import Graph
from tui.analysis.origins.origins import label, shares, strip, weights
from tui.analysis.registry.registry import Registry, load


@pytest.fixture(scope="module")
def tables() -> Registry:
    return load()


COSMOS = child("nvidia/Cosmos-Reason1-7B", "finetune", "Qwen/Qwen2.5-VL-7B-Instruct")


def test_cosmos_reason_is_american_by_uploader_and_chinese_by_root(tables: Registry) -> None:
    graph = Graph([COSMOS], tables)
    assert weights(COSMOS, "uploader", tables, graph) == {"US": 1}
    assert weights(COSMOS, "root", tables, graph) == {"CN": 1}
    assert weights(COSMOS, "lab", tables, graph) == {"US": 1}


def test_a_merge_across_countries_is_split_and_one_within_a_family_is_not(tables: Registry) -> None:
    across = child("me/a", "merge", "Qwen/Qwen3-8B", "meta-llama/Llama-3.1-8B")
    within = child("me/b", "merge", "Qwen/Qwen3-8B", "Qwen/Qwen2.5-7B", "google/gemma-2b")
    graph = Graph([across, within], tables)
    assert weights(across, "root", tables, graph) == {"CN": 0.5, "US": 0.5}
    assert weights(within, "root", tables, graph) == {"CN": 0.5, "US": 0.5}
    assert weights(across, "lab", tables, graph) == {"CN": 0.5, "US": 0.5}
    assert label(weights(across, "root", tables, graph)) == "CN+US"
    assert weights(across, "uploader", tables, graph) == {"??": 1}


def test_two_american_families_make_one_country(tables: Registry) -> None:
    both = child("me/a", "merge", "google/gemma-2b", "meta-llama/Llama-3.1-8B", "no/body")
    found = weights(both, "root", tables, Graph([both], tables))
    assert found == {"US": pytest.approx(2 / 3), "??": pytest.approx(1 / 3)}


def test_the_nearest_lab_is_above_the_repackager(tables: Registry) -> None:
    rows = [
        child("me/a", "finetune", "unsloth/Qwen3-8B"),
        child("unsloth/Qwen3-8B", "finetune", "Qwen/Qwen3-8B"),
    ]
    graph = Graph(rows, tables)
    assert weights(rows[0], "lab", tables, graph) == {"CN": 1}
    assert weights(repo("unsloth/x"), "lab", tables) == {"??": 1}
    assert weights(repo("Qwen/x"), "lab", tables) == {"CN": 1}


def test_without_lineage_a_root_is_the_repo_itself(tables: Registry) -> None:
    assert weights(repo("google/vit-base"), "root", tables) == {"US": 1}
    assert weights(repo("gpt2"), "root", tables) == {"US": 1}


def test_shares_say_what_is_not_known(tables: Registry) -> None:
    rows = [repo("Qwen/a"), repo("Qwen/b"), repo("google/c"), repo("x/d"), repo("EleutherAI/e")]
    found = shares(rows, "uploader", tables)
    assert [(s.origin, s.weight) for s in found.shares] == [
        ("CN", 2),
        ("US", 1),
        ("ZZ", 1),
        ("??", 1),
    ]
    china, unknown = found.shares[0], found.shares[-1]
    assert (china.share, china.bound, china.ci) == (0.5, (0.4, 0.6), None)
    assert (unknown.share, unknown.bound, unknown.ci) == (0.2, None, None)
    assert (found.n, found.unknown, found.authors, found.top_author_share) == (5, 0.2, 4, 0.4)
    assert strip(found) == "top 5 by uploader:  CN 2   US 1   ZZ 1   ?? 1"


def test_nothing_and_nothing_known(tables: Registry) -> None:
    empty = shares([], "root", tables)
    assert (empty.shares, empty.n, empty.unknown, empty.top_author_share) == ((), 0, 0, 0)
    unknown = shares([repo("x/a")], "uploader", tables)
    assert [tuple(s) for s in unknown.shares] == [("??", 1, 1, None, None)]


@pytest.mark.parametrize("top", [10, 30, 100, 1000])
def test_the_trending_list_by_uploader_equals_a_plain_count(tables: Registry, top: int) -> None:
    import csv

    with shared("orgs.csv").open(encoding="utf-8") as lines:
        countries = {row["org"].lower(): row["country"] for row in csv.DictReader(lines)}
    rows = trending()[:top]
    plain: Counter[str] = Counter()
    for row in rows:
        plain[countries.get(row.id.split("/")[0].lower(), "??")] += 1
    found = shares(rows, "uploader", tables)
    assert {share.origin: share.weight for share in found.shares} == plain
    assert sum(share.weight for share in found.shares) == top
    if top == 10:
        assert strip(found) == "top 10 by uploader:  CN 5   US 3   FR 1   ?? 1"
    if top == 1000:
        assert plain["??"] == 532


def test_the_trending_list_by_root_moves_and_still_sums_up(tables: Registry) -> None:
    rows = trending()
    graph = Graph(rows, tables)
    for top in (10, 30, 100, 1000):
        found = shares(rows[:top], "root", tables, graph)
        assert sum(share.weight for share in found.shares) == pytest.approx(top)
        plain: Counter[str] = Counter()
        for row in rows[:top]:
            groups = {}
            for root in graph.roots(row.id):
                family = tables.family_of(root)
                author = root.split("/")[0]
                groups[family.key if family else f"@{author.lower()}"] = (
                    family.home if family else tables.origin_of_author(author)
                )
            for country in groups.values():
                plain[country] += 1 / len(groups)  # type: ignore[assignment]
        assert {s.origin: pytest.approx(s.weight) for s in found.shares} == dict(plain)
    by_uploader = shares(rows, "uploader", tables)
    assert found.unknown < by_uploader.unknown


def test_the_error_is_clustered_by_author(tables: Registry) -> None:
    rows = [repo(f"Qwen/{at}") for at in range(4)]
    rows += [repo(f"u{at}/x", author=f"u{at}") for at in range(5)]
    names = [org.org for org in tables.orgs_known if org.country in ("US", "FR")][:40]
    rows += [repo(f"{name}/{at}") for name in names for at in range(1 + len(name) % 3)]
    found = shares(rows, "uploader", tables, sampled=True)
    known = [row for row in rows if not row.id.startswith("u") or row.author in names]
    country = {row.id: tables.origin_of_author(row.author) for row in known}
    authors = sorted({(row.author or "").lower() for row in known})
    for share in found.shares[:-1]:
        p = sum(country[row.id] == share.origin for row in known) / len(known)
        assert share.share == pytest.approx(p)
        total = 0.0
        for author in authors:
            own = [row for row in known if (row.author or "").lower() == author]
            total += sum((country[row.id] == share.origin) - p for row in own) ** 2
        se = sqrt(len(authors) / (len(authors) - 1) * total) / len(known)
        assert share.ci == pytest.approx((max(0, p - 1.96 * se), min(1, p + 1.96 * se)))
    assert found.shares[-1].origin == "??"
    assert found.shares[-1].ci is None


def test_too_few_authors_give_no_error(tables: Registry) -> None:
    found = shares([repo("Qwen/a"), repo("google/b")], "uploader", tables, sampled=True)
    assert [share.ci for share in found.shares] == [None, None]
