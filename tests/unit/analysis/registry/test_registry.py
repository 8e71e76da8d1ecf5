import csv
import re

import pytest

from tests.unit.analysis.data import shared, trending
from tui.analysis.history.points import points
from tui.analysis.registry import registry as who
from tui.analysis.registry.registry import Registry, load
from tui.model import BadInput


@pytest.fixture(scope="module")
def tables() -> Registry:
    return load()


@pytest.mark.parametrize(
    ("repo_id", "key"),
    [
        ("Qwen/Qwen3-8B", "qwen"),
        ("qwen/QWEN3-8b", "qwen"),
        ("google/gemma-3-4b-pt", "gemma"),
        ("google/t5gemma-2b", "gemma"),
        ("google/flan-t5-base", "t5"),
        ("google-t5/t5-base", "t5"),
        ("google-bert/bert-base-uncased", "bert"),
        ("bert-base-uncased", "bert"),
        ("gpt2", "gpt2"),
        ("nvidia/Cosmos-Reason1-7B", "cosmos"),
        ("deepseek-ai/DeepSeek-R1-Distill-Qwen-32B", "deepseek-distill"),
        ("deepseek-ai/DeepSeek-R1", "deepseek"),
        ("THUDM/glm-4-9b", "glm"),
        ("meta-llama/Meta-Llama-3.1-8B", "llama"),
        ("google/vit-base-patch16-224", None),
        ("somebody/Qwen3-8B", None),
        ("qwen", None),
    ],
)
def test_the_first_row_that_fits_gives_the_family(
    tables: Registry, repo_id: str, key: str | None
) -> None:
    family = tables.family_of(repo_id)
    assert (family.key if family else None) == key


def test_every_root_belongs_to_its_own_family(tables: Registry) -> None:
    for family in tables.families:
        for root in family.roots:
            found = tables.family_of(root)
            assert found is family, root


def test_no_id_of_the_trending_list_fits_two_families(tables: Registry) -> None:
    for row in trending():
        fits = [
            family.key
            for family in tables.families
            if row.author in family.orgs and re.match(family.pattern, row.id, re.IGNORECASE)
        ]
        assert len(fits) <= 1, row.id
        found = tables.family_of(row.id)
        assert ([found.key] if found else []) == fits


@pytest.mark.parametrize(
    ("name", "key"),
    [
        ("Qwen", "qwen"),
        ("qwen3-omni", "qwen:qwen3-omni"),
        ("Qwen3 Omni", "qwen:qwen3-omni"),
        ("DeepSeek", "deepseek"),
        ("Llama", "llama"),
        ("Gemma", "gemma"),
        ("gpt-oss", "gpt-oss"),
        ("GPT OSS", "gpt-oss"),
        ("Cosmos", "cosmos"),
        ("Cosmos-Reason", "cosmos:cosmos-reason"),
        ("Alpamayo", "alpamayo"),
        ("Unitree", "unifolm"),
        ("unitreerobotics", "unifolm"),
        ("AgiBot", "agibot"),
        ("Moonlight", "kimi"),
        ("qwen:qwen3-omni", "qwen:qwen3-omni"),
        ("Qwen/Qwen3-8B", "qwen:qwen3-8b"),
        ("banana", None),
        ("Google", None),
        ("", None),
        ("qwen:", None),
        ("a/b", None),
    ],
)
def test_a_name_finds_its_family_or_line(tables: Registry, name: str, key: str | None) -> None:
    family = tables.find(name)
    assert (family.key if family else None) == key


def test_a_name_that_finds_no_family_gets_those_that_come_near(tables: Registry) -> None:
    assert tables.require("qwen") is tables.find("qwen")
    with pytest.raises(BadInput, match="'Google' names no single family; near: gemma, t5, bert"):
        tables.require("Google")
    with pytest.raises(BadInput, match="lists all"):
        tables.require("")


def test_a_line_owns_what_holds_its_words_at_a_words_edge(tables: Registry) -> None:
    omni, qwen3, qwen = tables.find("Qwen3-Omni"), tables.find("Qwen3"), tables.find("Qwen")
    assert omni
    assert qwen3
    assert qwen
    assert tables.owns(omni, "Qwen/Qwen3-Omni-30B-A3B-Instruct")
    assert not tables.owns(omni, "Qwen/Qwen3-8B")
    assert not tables.owns(omni, "other/Qwen3-Omni-30B-A3B-Instruct")
    assert tables.owns(qwen3, "Qwen/Qwen3-8B")
    assert not tables.owns(qwen3, "Qwen/Qwen3.5-9B")
    assert not tables.owns(qwen3, "Qwen/Qwen30-9B")
    assert tables.owns(qwen, "Qwen/Qwen3.5-9B")
    llama = tables.find("Llama-3.1")
    assert llama
    assert tables.owns(llama, "meta-llama/Meta-Llama-3.1-8B")
    assert not tables.owns(llama, "meta-llama/Llama-3.2-1B")


def test_origin_of_an_author_knows_no_case(tables: Registry) -> None:
    assert tables.origin_of_author("qwen") == tables.origin_of_author("QWEN") == "CN"
    assert tables.origin_of_author("EleutherAI") == "ZZ"
    assert tables.origin_of_author("somebody") == tables.origin_of_author(None) == "??"


def test_repackagers_and_universities_are_no_labs(tables: Registry) -> None:
    assert tables.is_lab("Qwen")
    assert tables.is_lab("NVIDIA")
    assert not tables.is_lab("unsloth")
    assert not tables.is_lab("GAIR")
    assert not tables.is_lab("somebody")


def test_moved_ids_have_one_present_name_and_their_former_ones(tables: Registry) -> None:
    assert tables.canonical("thudm/GLM-4-9b") == "zai-org/GLM-4-9b"
    assert tables.canonical("Qwen/Qwen3-8B") == "Qwen/Qwen3-8B"
    assert tables.canonical("meta-llama/Meta-Llama-3-8B") == "meta-llama/Meta-Llama-3-8B"
    assert tables.former_ids("meta-llama/Llama-3.1-8B") == ("meta-llama/Meta-Llama-3.1-8B",)
    assert tables.former_ids("openai-community/GPT2") == ("gpt2",)
    assert tables.former_ids("Qwen/Qwen3-8B") == ()
    assert tables.mirror_of("NousResearch/Llama-2-7b-hf") == "meta-llama/Llama-2-7b-hf"
    assert tables.mirror_of("Qwen/Qwen3-8B") is None


def test_renames_end_where_they_end(tables: Registry) -> None:
    for alias in tables.aliases:
        if alias.kind == "rename":
            assert tables.canonical(alias.new) == alias.new


def test_the_facts_are_those_of_the_compiled_tables(tables: Registry) -> None:
    with shared("orgs.csv").open(encoding="utf-8") as lines:
        compiled = list(csv.DictReader(lines))
    assert len(compiled) == len(tables.orgs_known)
    for row in compiled:
        org = tables.org(row["org"])
        assert org
        assert (org.country, org.kind) == (row["country"], row["kind"])
        only_g = row["note_source"].startswith("[G]") and "[A]" not in row["note_source"]
        assert (org.mark == "doubtful") == only_g, row["org"]
    with shared("families.csv").open(encoding="utf-8") as lines:
        rows = list(csv.DictReader(lines))
    assert [row["family"] for row in rows] == [family.key for family in tables.families]
    for row, family in zip(rows, tables.families):
        assert (row["country"], row["id_regex"]) == (family.home, family.pattern)
        assert tuple(row["orgs"].split("; ")) == family.orgs


def test_every_family_lives_where_its_first_org_does(tables: Registry) -> None:
    apart = {
        family.key
        for family in tables.families
        if family.home != tables.origin_of_author(family.orgs[0])
    }
    assert apart == set()


def test_own_rows_replace_precede_and_are_counted() -> None:
    own = "key,label,orgs,pattern,home\nmine,Mine,Qwen me,^Qwen/Qwen3,XX\nllama,,,,FR\n"
    with pytest.raises(BadInput, match="lacks orgs or pattern"):
        load(own)
    own = "\ufeffkey,label,orgs,pattern,home\nmine,Mine,Qwen me,^Qwen/Qwen3,XX\n"
    tables = load(own, "org,country\nsomebody,de\nQwen,sg\n")
    assert tables.version == f"{who.VINTAGE} + own 3 rows"
    mine, qwen = tables.family_of("Qwen/Qwen3-8B"), tables.family_of("Qwen/Qwen2.5-7B")
    assert mine
    assert (mine.key, mine.source) == ("mine", "own")
    assert qwen
    assert qwen.key == "qwen"
    assert tables.origin_of_author("Somebody") == "DE"
    assert tables.origin_of_author("Qwen") == "SG"
    org = tables.org("Qwen")
    assert org
    assert (org.kind, org.source) == ("lab", "own")


def test_an_own_row_may_change_one_column() -> None:
    tables = load("key,home\nQwen,sg\n")
    qwen = tables.find("qwen")
    assert qwen
    assert (qwen.home, qwen.orgs, qwen.label) == ("SG", ("Qwen",), "Qwen")
    assert tables.version.endswith("own 1 row")
    assert len(tables.families) == len(load().families)


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("key,colour\nx,red\n", "column 'colour'"),
        ("key,orgs,pattern\nx,me,^(\n", "no regular expression"),
        ("key,orgs,pattern\n,me,x\n", "no 'key'"),
        ('key,orgs,pattern\nx,"me,x\n', "not CSV"),
        ("key,orgs,pattern\na:b,me,x\n", "colon"),
    ],
)
def test_own_rows_that_cannot_be_read_say_why(text: str, says: str) -> None:
    with pytest.raises(BadInput, match=says):
        load(text)


def test_an_own_org_needs_a_country() -> None:
    with pytest.raises(BadInput, match="no country"):
        load(None, "org,country\nme,\n")
    assert load("", " \n").version == who.VINTAGE


def test_own_text_is_cleaned() -> None:
    tables = load(None, "org,country,name\nme,DE,a\x1b]52;c\n")
    org = tables.org("me")
    assert org
    assert "\x1b" not in org.name


def test_points_are_whole_and_name_known_families(tables: Registry) -> None:
    found = points()
    assert len({point.key for point in found}) == len(found)
    keys = {family.key for family in tables.families}
    for point in found:
        assert point.definition
        assert point.source
        assert point.family is None or point.family in keys
        assert re.fullmatch(r"\d{4}(-\d\d(-\d\d)?)?", point.date)
        assert point.upper is None or point.upper > point.value
    summer = next(point for point in found if point.key == "qwen-derivatives-2026-08")
    assert (summer.date, summer.value, summer.measure) == ("2026-08", 151448, "derivatives")
