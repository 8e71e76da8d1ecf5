"""The bundled facts: how much is there, that nothing is invented, and that it can be rebuilt."""

import csv
import gzip
import json
import random
import re
from collections import Counter
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from tests.paths import CHECKOUT
from tests.unit.sample.test_sources import llmfit_row
from tui.model import valid_id
from tui.sample import build
from tui.sample.facts import Record, Sample, load, rankings, sample_date
from tui.sample.sources import declared_base

DATA = CHECKOUT.parent / "shared" / "data"
needs_data = pytest.mark.skipif(not DATA.is_dir(), reason="the public data sets are not here")

FAMILY_OWNERS = {
    "01-ai": "Yi",
    "LiquidAI": "LFM",
    "MiniMaxAI": "MiniMax",
    "Qwen": "Qwen",
    "XiaomiMiMo": "MiMo",
    "allenai": "OLMo",
    "black-forest-labs": "FLUX",
    "deepseek-ai": "DeepSeek",
    "google": "Gemma",
    "ibm-granite": "Granite",
    "meta-llama": "Llama",
    "microsoft": "Phi",
    "mistralai": "Mistral",
    "moonshotai": "Kimi",
    "nvidia": "Nemotron",
    "openai": "gpt-oss",
    "tiiuae": "Falcon",
    "zai-org": "GLM",
}


@cache
def rows(name: str) -> list[dict[str, Any]]:
    with gzip.open(DATA / name, "rt", encoding="utf-8") as file:
        return [json.loads(line) for line in file]


def test_there_are_models_of_many_families() -> None:
    models = [record.id for record in load().all("model")]
    named = {
        family
        for repo_id in models
        for owner, family in FAMILY_OWNERS.items()
        if repo_id.lower().startswith(f"{owner.lower()}/{family.lower()}")
    }
    assert 300 <= len(models) <= 1200
    assert len(named) >= 14


def test_thirty_datasets_and_spaces() -> None:
    for kind in ("dataset", "space"):
        ranks = sorted(load().value(record, "rank") for record in load().all(kind))
        assert ranks == list(range(1, 31))


def test_every_id_is_valid_and_no_text_is_longer_than_an_id() -> None:
    def texts(value: Any) -> list[str]:
        if isinstance(value, dict):
            return [text for item in value.values() for text in texts(item)]
        if isinstance(value, list):
            return [text for item in value for text in texts(item)]
        return [value] if isinstance(value, str) else []

    for kind in ("model", "dataset", "space"):
        for record in load().all(kind):
            assert valid_id(record.id)
            assert all(len(text) <= 100 and text.isprintable() for text in texts(record.groups))


def test_nothing_is_stored_as_null() -> None:
    for record in load().all("model"):
        assert record.groups
        assert all(
            value not in (None, [], "") for g in record.groups.values() for value in g.values()
        )


def test_dates_of_the_facts() -> None:
    assert sample_date() == ("2026-05-04", "2026-10")


def test_rankings_are_dated_and_the_last_is_the_one_served() -> None:
    taken = [ranking.taken_at for ranking in rankings()]
    assert taken == sorted(set(taken))
    assert len(taken) > 10
    ranked = {load().value(record, "rank"): record.id for record in load().all("model")}
    assert [ranked[rank] for rank in range(1, 31)] == [row[0] for row in rankings()[-1].rows]


def test_a_figure_keeps_the_date_of_its_own_source() -> None:
    lines = [
        b'{"sources":{"llmfit":{"name":"A","license":"MIT","date":"2026-10"},'
        b'"trending":{"name":"B","license":"MIT","date":"2026-05-04"}}}',
        b'{"id":"a/b","kind":"model","llmfit":{"downloads":5,"created_at":"2026-01-02"},'
        b'"trending":{"downloads":9,"likes":2,"created_at":"2026-01-02T03:04:05.000Z"}}',
    ]
    sample = Sample(lines)
    record = sample.find("model", "A/B")
    assert record is not None
    assert sample.fact(record, "downloads") == (5, "A (MIT)", "2026-10")
    assert sample.fact(record, "likes") == (2, "B (MIT)", "2026-05-04")
    assert sample.value(record, "created_at") == "2026-01-02T03:04:05.000Z"
    assert sample.fact(record, "license") is None


def test_the_notice_names_sources_licences_and_dates() -> None:
    packed = (Path(build.__file__).parent / "facts.jsonl.gz").read_bytes()
    notice = json.loads(gzip.decompress(packed).split(b"\n", 1)[0])
    for source in notice["sources"].values():
        assert source["license"] == "MIT"
        assert source["name"]
        assert re.fullmatch(r"2026-\d\d(-\d\d)?", source["date"])


def test_choose_keeps_ranked_family_popular_bases_and_their_derivatives() -> None:
    base = {"base": {"relation": "finetune", "models": ["x/popular"]}}
    lone = {"base": {"relation": "finetune", "models": ["x/lonely"]}}
    models: dict[str, build.Groups] = {
        "x/popular": {"llmfit": {"likes": 1}},
        "a/child-1": {"trending": base},
        "a/child-2": {"trending": base},
        "x/lonely": {"llmfit": {"likes": 1}},
        "a/lonely-child": {"trending": lone},
        "b/ranked": {"trending": {"rank": 1}},
        "b/other": {"trending": {"likes": 1}},
        "fam/less": {"llmfit": {"downloads": 1}},
    }
    models |= {f"fam/m{n}": {"llmfit": {"downloads": 100 + n}} for n in range(build.PER_FAMILY)}
    chosen = build.choose(models, {"b/ranked", "no/facts"}, {"fam": re.compile("^fam/")})
    assert chosen == set(models) - {"x/lonely", "a/lonely-child", "b/other", "fam/less"}


def test_join_takes_ids_in_two_letter_cases_for_one_repo() -> None:
    listed = {
        "id": "Acme/Tiny",
        "rank": 40,
        "trendingScore": 1,
        "tags": [],
        "createdAt": "2026-01-02T03:04:05.000Z",
        "lastModified": "2026-01-02T03:04:05.000Z",
    }
    models = build.join(
        [listed], [llmfit_row(name="acme/tiny"), llmfit_row(name="b/X"), llmfit_row(name="b/x")]
    )
    assert {repo_id: sorted(groups) for repo_id, groups in models.items()} == {
        "Acme/Tiny": ["llmfit", "trending"],
        "b/X": ["llmfit"],
    }


@needs_data
def test_rebuilding_gives_the_same_bytes(tmp_path: Path) -> None:
    build.write(build.build(DATA), tmp_path / "again.gz")
    assert (tmp_path / "again.gz").read_bytes() == build.TARGET.read_bytes()


@needs_data
def test_facts_of_forty_models_equal_the_sources() -> None:
    history = rows("starscreener_trending_history.jsonl.gz")
    latest = max(row["snapshot"] for row in history)
    listed = {row["id"]: row for row in history if row["snapshot"] == latest}
    measured = {row["name"]: row for row in rows("llmfit_1.1.17_models.jsonl.gz")}
    for record in random.Random(20261121).sample(list(load().all("model")), 40):
        compare_llmfit(record, measured)
        compare_listed(record, listed)


def compare_llmfit(record: Record, measured: dict[str, dict[str, Any]]) -> None:
    names = {
        "downloads": "hf_downloads",
        "likes": "hf_likes",
        "license": "license",
        "parameters": "parameters_raw",
        "task": "pipeline_tag",
        "created_at": "release_date",
    }
    for name, value in record.groups.get("llmfit", {}).items():
        assert value == measured[record.id][names[name]], (record.id, name)


def compare_listed(record: Record, listed: dict[str, dict[str, Any]]) -> None:
    names = {
        "rank": "rank",
        "trending_score": "trendingScore",
        "downloads": "downloads",
        "likes": "likes",
        "task": "pipelineTag",
        "library": "libraryName",
        "created_at": "createdAt",
        "last_modified": "lastModified",
    }
    facts = dict(record.groups.get("trending", {}))
    tags = listed[record.id]["tags"] if facts else []
    assert set(facts.pop("tags", [])) <= set(tags)
    if "license" in facts:
        assert f"license:{facts.pop('license')}" in tags
    assert facts.pop("base", None) == declared_base(tags)
    assert facts == {name: listed[record.id][names[name]] for name in facts}


@needs_data
def test_families_of_the_registry() -> None:
    with (DATA / "families.csv").open(encoding="utf-8", newline="") as file:
        families = [(row["family"], row["id_regex"]) for row in csv.DictReader(file)]
    counts = Counter(
        next((family for family, own in families if re.search(own, record.id, re.I)), None)
        for record in load().all("model")
    )
    del counts[None]
    assert len(counts) >= 14
    assert sum(counts.values()) >= 300


@needs_data
def test_the_ranking_is_the_dated_one() -> None:
    history = rows("starscreener_trending_history.jsonl.gz")
    for ranking in rankings():
        dated = {row["rank"]: row for row in history if row["snapshot"] == ranking.taken_at}
        expected = [(dated[rank]["id"], dated[rank]["trendingScore"]) for rank in range(1, 31)]
        assert list(ranking.rows) == expected
