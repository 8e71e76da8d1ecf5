"""Courses over months equal plain loops, in every format."""

import json
from collections import Counter, defaultdict
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import pytest

from tests.loopback import LoopbackHub
from tests.unit.ask.families.places import Place
from tests.unit.census.conftest import DATE, EARLIER, NOW
from tests.unit.census.plain import Plain
from tui.analysis.history.crossings import Crossing, crossings
from tui.analysis.registry.registry import load
from tui.ask.census import series
from tui.ask.families import growth, league
from tui.ask.sources import Sources
from tui.model import BadInput, Lens, NotFound
from tui.model.when import iso
from tui.output.forms import Context
from tui.output.series import output

KEYS = ("qwen", "llama", "gemma")
LENSES = (
    Lens(credit="multi"),
    Lens(credit="fractional"),
    Lens(credit="multi", walk="walked", llm=True, relations=("finetune", "merge")),
)


@pytest.fixture(scope="module")
def plain(made: list[dict[str, Any]]) -> Plain:
    return Plain(made, load(), iso(NOW - 30 * 86400))


@pytest.fixture(scope="module")
def sources(crawled: Place) -> Sources:
    return crawled.open()


def month(plain: Plain, key: str) -> str:
    return str(plain.items[key]["createdAt"][:7])


@pytest.mark.parametrize("lens", LENSES, ids=lambda lens: " ".join(lens.flags()) or "default")
@pytest.mark.parametrize("of", ["derivatives", "share"])
def test_derivatives_and_shares(sources: Sources, plain: Plain, of: str, lens: Lens) -> None:
    view = series.view(sources, of, KEYS, lens)
    based = Counter(
        month(plain, key)
        for key, bases in plain.bases.items()
        if {relation for _, relation in bases} & set(lens.relations)
    )
    for course in view.rows:
        counts: dict[str, float] = defaultdict(float)
        for key, relations, part, sure in plain.built(course.family.key, lens):
            if sure and relations & set(lens.relations):
                whole = lens.credit == "multi" and of == "derivatives"
                counts[month(plain, key)] += 1.0 if whole else part
        if of == "share":
            wanted = {when: counts[when] / n for when, n in based.items()}
        else:
            wanted = dict(counts)
        assert dict(course.values) == pytest.approx(wanted)
        assert course.figure.kind == "exact"


@pytest.mark.parametrize("of", ["repos", "downloads"])
def test_own_repos(sources: Sources, plain: Plain, of: str) -> None:
    for course in series.view(sources, of, KEYS, Lens()).rows:
        wanted: Counter[str] = Counter()
        for key in plain.own(course.family.key, llm=False):
            item = plain.items[key]
            wanted[month(plain, key)] += 1 if of == "repos" else item["downloadsAllTime"]
        assert dict(course.values) == dict(wanted)


def test_the_course_of_a_figure_ends_at_the_figure(sources: Sources) -> None:
    lens = Lens(credit="multi")
    (row,) = league.peek(sources, ["qwen"], lens).rows
    for name in ("derivatives", "repos"):
        figure = row.measures[name]
        dots = growth.course(sources, row.family, name, figure).dots
        counted = [dot for dot in dots if not dot.published]
        assert counted[-1].value == figure.value
        assert counted[-1].at == figure.as_of
        assert [dot.value for dot in counted] == sorted(dot.value for dot in counted)
        assert [dot.joined for dot in counted] == [False] + [True] * (len(counted) - 1)
    figure = row.measures["derivatives"]
    dots = growth.course(sources, row.family, "derivatives", figure).dots
    assert any(dot.published for dot in dots)


def test_what_it_cannot_do_is_said(sources: Sources, tmp_path: Path) -> None:
    with pytest.raises(BadInput):
        series.view(sources, "derivatives", ["qwen:qwen3"], Lens())
    sources_without = Place(tmp_path, sources.endpoint, sources.now).open()
    with pytest.raises(NotFound):
        series.view(sources_without, "repos", ["qwen"], Lens())


def test_the_command_in_json_csv_and_as_a_picture(
    crawled: Place, made_hub: LoopbackHub, run: Any, tmp_path: Path
) -> None:
    env = {"HUBSCOPE_HOME": str(crawled.folder), "HF_ENDPOINT": made_hub.url}
    picture = tmp_path / "course.svg"
    told = run(
        "series", "--of", "repos", "--family", "qwen,gemma", "--json", "--svg", str(picture), **env
    )
    assert (told.code, told.err) == (0, "")
    body = json.loads(told.out)
    assert body["source"] == "census"
    assert [one["key"] for one in body["series"]] == ["qwen", "gemma"]
    assert body["series"][0]["measure"]["kind"] == "exact"
    drawn = ElementTree.parse(picture).getroot()
    assert "Qwen" in "".join(drawn.itertext())
    lines = run("series", "--of", "repos", "--csv", **env).out.splitlines()
    assert lines[0] == "family,month,value,unit"
    assert sum(float(line.split(",")[2]) for line in lines[1:] if line.startswith("qwen")) == sum(
        point["value"] for point in body["series"][0]["points"]
    )


@pytest.mark.parametrize("of", ["repos", "downloads", "derivatives"])
def test_what_came_between_two_censuses(dated: Place, made: list[dict[str, Any]], of: str) -> None:
    now, then = (
        Plain(made, load(), ""),
        Plain([m for m in made if m["createdAt"] < EARLIER], load(), ""),
    )
    sources = dated.open()
    view = series.view(sources, of, KEYS, Lens(credit="multi"))
    assert [(one.since, one.until) for one in view.read.flows] == [(EARLIER, DATE)] * len(KEYS)
    for one in view.read.flows:
        key = one.family.key
        if of == "derivatives":
            counts = [len(found.built(key, Lens(credit="multi"))) for found in (now, then)]
        else:
            counts = [
                sum(
                    found.items[own]["downloadsAllTime"] // part if of == "downloads" else 1
                    for own in found.own(key, llm=False)
                )
                for found, part in ((now, 1), (then, 2))
            ]
        assert one.value == counts[0] - counts[1], key


def test_crossings_are_the_months_in_which_the_order_turns() -> None:
    one = [("2026-01", 5.0), ("2026-02", 1.0), ("2026-04", 1.0)]
    other = [("2026-01", 1.0), ("2026-02", 5.0), ("2026-03", 1.0), ("2026-04", 9.0)]
    assert crossings({"a": one, "b": other}, summed=True) == (Crossing("2026-03", "b", "a"),)
    assert crossings({"a": one, "b": other}, summed=False) == (Crossing("2026-02", "b", "a"),)
    back = [("2026-01", 1.0), ("2026-02", 9.0), ("2026-03", 0.0)]
    found = crossings({"a": one, "c": back}, summed=False)
    assert found == (Crossing("2026-02", "c", "a"), Crossing("2026-04", "a", "c"))
    assert crossings({"a": one}, summed=True) == ()


def test_the_series_say_who_passes_whom(crawled: Place, dated: Place, run: Any) -> None:
    env = {"HUBSCOPE_HOME": str(dated.folder), "HF_ENDPOINT": dated.open().endpoint}
    told = run("series", "--of", "repos", "--family", "qwen,gemma", "--json", **env)
    body = json.loads(told.out)
    courses = {
        one["key"]: [(p["month"], p["value"]) for p in one["points"]] for one in body["series"]
    }
    wanted = crossings(courses, summed=True)
    assert body["crossings"] == [
        {"month": c.month, "key": c.key, "passed": c.passed} for c in wanted
    ]
    view = series.view(dated.open(), "repos", ["qwen", "gemma"], Lens())
    made = output(view, Context("series", env["HF_ENDPOINT"], NOW), "repos", "own repos", "month")
    text = "\n".join(made.text)
    for c in wanted[-6:]:
        assert f"{c.month}: {c.key.title()} passes {c.passed.title()}" in text
    assert f"{EARLIER} to {DATE}: Qwen +" in text
