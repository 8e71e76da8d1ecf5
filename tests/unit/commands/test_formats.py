"""Answers as JSON, CSV, TSV, Markdown, ids and tables."""

import csv
import json
from io import StringIO
from typing import Any

import pytest

from tests.conftest import Shell
from tests.loopback import LoopbackHub
from tui.model import Coverage, Lens, Measure
from tui.output.forms import Output, lines
from tui.output.json import measure

ODD = Output(
    body={"a": 1},
    heads=("name", "count"),
    rows=[
        ("=1+1", 3),
        ("@sum(a)", -2),
        ("-x", None),
        ("+x", True),
        ("a\tb\nc", 1.5),
        ("a|b *c* _d_ <e> `f` [g](h) \\", 0),
    ],
    ids=["a/b"],
    caption="counted * by hand",
)


def test_a_spreadsheet_finds_no_formula_in_csv() -> None:
    found = list(csv.reader(lines(ODD, "csv")))
    assert found == [
        ["name", "count"],
        ["'=1+1", "3"],
        ["'@sum(a)", "-2"],  # a number stays a number
        ["'-x", ""],
        ["'+x", "true"],
        ["a b c", "1.5"],
        ["a|b *c* _d_ <e> `f` [g](h) \\", "0"],
    ]


def test_a_tsv_line_is_one_row() -> None:
    found = [line.split("\t") for line in lines(ODD, "tsv")]
    assert all(len(row) == 2 for row in found)
    assert found[5] == ["a b c", "1.5"]


def test_markdown_finds_no_markup_of_a_strangers() -> None:
    found = list(lines(ODD, "md"))
    assert found[0] == "| name | count |"
    assert found[1] == "|---|---|"  # one count is no number
    assert found[7] == r"| a\|b \*c\* \_d\_ \<e\> \`f\` \[g\](h) \\ | 0 |"
    assert found[-1] == r"counted \* by hand"


def test_a_column_of_numbers_stands_right_in_markdown() -> None:
    numbers = ODD._replace(rows=[("a", 1), ("b", None)])
    assert list(lines(numbers, "md"))[1] == "|---|---:|"


def test_an_empty_text_stays_empty() -> None:
    assert list(lines(ODD._replace(text=()), "text")) == []


def test_a_measure_keeps_everything_that_makes_it_checkable() -> None:
    made = measure(
        Measure(
            12.0, "repos", "lower_bound", "d", lens=Lens(), coverage=Coverage(1, 2, "x"), as_of=0.0
        )
    )
    assert made["as_of"] == "1970-01-01T00:00:00Z"
    assert made["lens"]["origin"] == "root"
    assert made["coverage"]["total"] == 2
    assert made["bound"] is None
    assert json.loads(json.dumps(made))["requests"] == []


def listed(run: Shell, *words: str) -> dict[str, Any]:
    answer: dict[str, Any] = json.loads(run(*words, "--json").out)
    return answer


def test_every_format_holds_the_same_rows(hub: LoopbackHub, run: Shell) -> None:
    rows = listed(run, "trending")["rows"]
    tsv = [line.split("\t") for line in run("trending", "--tsv").out.splitlines()]
    comma = list(csv.reader(StringIO(run("trending", "--csv").out)))
    assert tsv == comma
    assert tsv[0] == list(rows[0])
    assert [row[1] for row in tsv[1:]] == [row["id"] for row in rows]
    assert run("trending", "-q").out.split() == [row["id"] for row in rows]
    assert len(run("trending", "--md").out.splitlines()) == 2 + len(rows)


def test_a_pipe_gets_tsv_by_default(hub: LoopbackHub, run: Shell) -> None:
    told = run("trending")
    assert told.out == run("trending", "--tsv").out
    assert run().out == told.out  # the app's place, without a terminal
    assert run("--no-mouse").out == told.out


def test_show_has_a_row_and_what_only_its_page_tells(hub: LoopbackHub, run: Shell) -> None:
    model = listed(run, "show", "bob/Qwen3-8B-GGUF")["model"]
    row = next(row for row in listed(run, "trending")["rows"] if row["id"] == "Qwen/Qwen3-8B")
    assert list(model) == [
        *row,
        "params_kind",
        "params_doubt",
        "access",
        "providers",
        "dtypes",
        "architecture",
        "context",
        "storage",
        "downloads_all_time",
        "tags",
        "parents",
        "children",
        "roots",
        "licenses",
        "license_name",
        "license_link",
        "needs",
        "notes",
    ]
    assert model["parents"] == [
        {
            "id": "Qwen/Qwen3-8B",
            "relation": "quantized",
            "missing": False,
            "license": "apache-2.0",
        }
    ]
    assert model["roots"] == ["Qwen/Qwen3-8B"]
    assert model["downloads"] == 70_000
    parent = listed(run, "show", "Qwen/Qwen3-8B")["model"]
    assert parent["children"] == {"finetune": 4, "adapter": 3, "quantized": 4, "merge": 4}
    assert parent["roots"] == ["Qwen/Qwen3-8B"]


@pytest.mark.parametrize(
    ("words", "repo_id"),
    [
        (("datasets/acme/exam",), "acme/exam"),
        (("acme/exam", "--kind", "dataset"), "acme/exam"),
        (("spaces/ann/show-gradio",), "ann/show-gradio"),
        (("https://huggingface.co/datasets/acme/exam/tree/main",), "acme/exam"),
        (("https://hf.co/acme/base",), "acme/base"),
        (("acme/old-base",), "acme/base"),
        (("QWEN/qwen3-8b",), "Qwen/Qwen3-8B"),
    ],
)
def test_show_finds_a_repo_by_each_of_its_names(
    hub: LoopbackHub, run: Shell, words: tuple[str, ...], repo_id: str
) -> None:
    assert listed(run, "show", *words)["model"]["id"] == repo_id
    assert run("show", *words, "-q").out == f"{repo_id}\n"


@pytest.mark.parametrize("words", [("acme/base",), ("datasets/acme/exam",)])
def test_a_card_in_each_format(hub: LoopbackHub, run: Shell, words: tuple[str, ...]) -> None:
    plain = run("card", *words)
    answer = listed(run, "card", *words)
    assert plain.out == run("card", *words, "--md").out
    assert plain.out.splitlines() == answer["markdown"].splitlines()
    assert answer["outline"][0]["level"] == 1


def test_a_card_of_front_matter_alone_is_empty(hub: LoopbackHub, run: Shell) -> None:
    hub.world.model("acme/bare", readme="---\nlicense: mit\n---\n")
    told = run("card", "acme/bare")
    assert (told.code, told.out.strip()) == (0, "")
    assert "an empty card" in told.err


def test_the_version_and_the_help(run: Shell) -> None:
    told = run("--version")
    assert (told.code, told.err) == (0, "")
    assert told.out.startswith("hubscope 0.")
    helped = run("--help")
    assert helped.code == 0
    for word in ("trending", "search", "show", "card", "files", "cache", "exit codes"):
        assert word in helped.out
    assert max(map(len, helped.out.splitlines())) < 80
    assert "--limit" in run("trending", "--help").out
