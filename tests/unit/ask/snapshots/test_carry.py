"""From one home to another: the same rows and figures, and nothing that is private."""

import gzip
import json
from pathlib import Path
from typing import Any

import pytest

from tests.loopback import LoopbackHub, World
from tests.unit.ask.snapshots.shell import Homes
from tui.analysis.registry.registry import load
from tui.ask.families.growth import course
from tui.ask.sources import Sources
from tui.model import Measure
from tui.store.paths import Home
from tui.store.store import Store

CHANGING = ("as_of", "source", "stale")


def same(told: dict[str, Any]) -> dict[str, Any]:
    """What must not change: all but age and source."""
    return {name: value for name, value in told.items() if name not in CHANGING}


def figures(told: dict[str, Any]) -> list[dict[str, Any]]:
    """The measures of families, without where they came from."""
    return [
        {name: same(figure) for name, figure in one["measures"].items()} for one in told["families"]
    ]


def lines(path: Path) -> list[dict[str, Any]]:
    with gzip.open(path, "rt", encoding="utf-8") as file:
        return [json.loads(line) for line in file]


def pack(path: Path, *said: Any, raw: bytes = b"") -> Path:
    """A snapshot file by hand: JSON values, a line each, and then ``raw``."""
    body = b"".join(json.dumps(one).encode() + b"\n" for one in said)
    path.write_bytes(gzip.compress(body + raw))
    return path


def head(endpoint: str) -> dict[str, Any]:
    return {"what": "hubscope snapshot", "format": 1, "endpoint": endpoint, "at": "now"}


@pytest.mark.parametrize("tier", ["0", "1", "2"])
def test_another_home_unplugged_tells_the_same(
    hub: LoopbackHub, homes: Homes, tmp_path: Path, tier: str
) -> None:
    told = {
        "trending": homes.json("one", "trending", "--limit", "50"),
        "family": homes.json("one", "family", "qwen", "--tier", tier),
        "compare": homes.json("one", "compare", "qwen", "llama", "--tier", tier),
    }
    file = str(tmp_path / "carried.gz")
    assert homes("one", "snapshot", "export", file)[0] == 0
    hub.stop()
    assert homes("two", "snapshot", "import", file)[0] == 0

    trending = homes.json("two", "trending", "--limit", "50", "--offline")
    assert same(trending) == same(told["trending"])
    assert trending["as_of"] == told["trending"]["as_of"]
    family = homes.json("two", "family", "qwen", "--tier", tier, "--offline")
    assert figures(family) == figures(told["family"])
    compare = homes.json("two", "compare", "qwen", "llama", "--tier", tier, "--offline")
    assert figures(compare) == figures(told["compare"])
    assert compare["robustness"] == told["compare"]["robustness"]
    values = [figure["value"] for figure in figures(compare)[0].values()]
    assert any(values)


def test_moves_and_figures_are_carried_with_their_dates(
    world: World, hub: LoopbackHub, homes: Homes, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    clock = [1_795_000_000.0]
    monkeypatch.setattr("time.time", lambda: clock[0])
    homes.json("one", "trending", "--limit", "50")
    homes.json("one", "family", "llama")
    world.model("late/riser", trendingScore=1000)
    clock[0] += 7200
    told = homes.json("one", "trending", "--limit", "50")
    assert told["rows"][0]["move"] == "new"
    assert told["rows"][1]["move"] == -1
    file = str(tmp_path / "carried.gz")
    homes("one", "snapshot", "export", file)
    hub.stop()
    homes("two", "snapshot", "import", file)
    assert same(homes.json("two", "trending", "--limit", "50", "--offline")) == same(told)
    looks = [homes.json(home, "snapshot", "list")["snapshots"] for home in ("one", "two")]
    assert [{**look, "id": 0} for look in looks[0]] == [{**look, "id": 0} for look in looks[1]]
    homes("two", "snapshot", "export", str(tmp_path / "again.gz"))
    kinds = ("look", "point")
    before, after = (
        [{**one, "id": 0} for one in lines(tmp_path / name) if one["what"] in kinds]
        for name in ("carried.gz", "again.gz")
    )
    assert before == after
    assert {one["what"] for one in before} == set(kinds)


def test_a_second_import_changes_nothing(hub: LoopbackHub, homes: Homes, tmp_path: Path) -> None:
    homes.json("one", "trending")
    homes.json("one", "family", "qwen", "--tier", "1")
    homes("one", "snapshot", "export", str(tmp_path / "a.gz"))
    homes("two", "snapshot", "import", str(tmp_path / "a.gz"))
    homes("two", "snapshot", "export", str(tmp_path / "b.gz"))
    done = homes.json("two", "snapshot", "import", str(tmp_path / "a.gz"))
    assert done["left_out"]["not newer than what is stored"] > 0
    homes("two", "snapshot", "export", str(tmp_path / "c.gz"))
    assert lines(tmp_path / "b.gz")[1:] == lines(tmp_path / "c.gz")[1:]
    assert len(homes.json("two", "snapshot", "list")["snapshots"]) == 1


def test_newer_rows_are_not_replaced_by_older_ones(
    world: World, hub: LoopbackHub, homes: Homes, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    clock = [1_795_000_000.0]
    monkeypatch.setattr("time.time", lambda: clock[0])
    homes.json("one", "trending")
    homes("one", "snapshot", "export", str(tmp_path / "old.gz"))
    world.repos["models"]["qwen/qwen3-8b"].facts["downloads"] = 77
    clock[0] += 7200
    fresh = homes.json("two", "trending")
    homes("two", "snapshot", "import", str(tmp_path / "old.gz"))
    told = homes.json("two", "trending", "--offline")
    # the older look is one to count moves from
    assert told["rows"] == [{**row, "move": 0} for row in fresh["rows"]]


def test_private_rows_are_left_out_and_counted(
    world: World, hub: LoopbackHub, homes: Homes, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    world.model("ann/very-secret", private=True, trendingScore=500)
    world.token("hf_owner", "ann", access=["ann/very-secret"])
    monkeypatch.setenv("HF_TOKEN", "hf_owner")
    listed = homes.json("one", "trending")
    assert listed["rows"][0]["id"] == "ann/very-secret"
    done = homes.json("one", "snapshot", "export", str(tmp_path / "a.gz"))
    assert done["private"] >= 1
    text = gzip.decompress((tmp_path / "a.gz").read_bytes())
    assert b"very-secret" not in text
    assert b"hf_owner" not in text
    monkeypatch.delenv("HF_TOKEN")
    homes("two", "snapshot", "import", str(tmp_path / "a.gz"))
    told = homes.json("two", "trending", "--offline")
    ids = [row["id"] for row in listed["rows"] if row["id"] != "ann/very-secret"]
    assert [row["id"] for row in told["rows"]][: len(ids)] == ids


def test_a_row_that_claims_to_be_private_is_not_taken_in(
    hub: LoopbackHub, homes: Homes, tmp_path: Path
) -> None:
    item = {"id": "some/body", "private": True, "tags": []}
    row = {"what": "row", "kind": "model", "at": 5.0, "item": item}
    file = pack(tmp_path / "a.gz", head(hub.url), row, {"what": "end"})
    assert homes.json("two", "snapshot", "import", str(file))["left_out"] == {"private": 1}


def test_answers_of_another_endpoint_are_not_taken_for_this_ones(
    hub: LoopbackHub, homes: Homes, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    homes.json("one", "trending")
    homes("one", "snapshot", "export", str(tmp_path / "a.gz"))
    other = "https://hub.example.org"
    monkeypatch.setenv("HF_ENDPOINT", other)
    done = homes.json("two", "snapshot", "import", str(tmp_path / "a.gz"))
    assert set(done["counts"]) == {"looks"}
    assert done["left_out"][f"answers of {hub.url}"] > 10
    assert homes("two", "trending", "--offline")[0] == 5


def test_no_file_is_written_over(hub: LoopbackHub, homes: Homes, tmp_path: Path) -> None:
    file = tmp_path / "a.gz"
    file.write_text("mine")
    code, out, err = homes("one", "snapshot", "export", str(file))
    assert (code, out) == (2, "")
    assert "is there already" in err
    assert file.read_text() == "mine"
    assert list(tmp_path.glob("*.part")) == []


@pytest.mark.parametrize(
    ("spoil", "word"),
    [
        (lambda body: body[: len(body) // 2], "cut short"),
        (lambda body: b"no gzip at all", "no snapshot file"),
        (lambda body: gzip.compress(gzip.decompress(body)[:-40]), "cut short|no JSON"),
        (lambda body: gzip.compress(b"[]\n"), "no JSON object"),
        (lambda body: gzip.compress(b'{"what":"other"}\n'), "no snapshot file"),
        (lambda body: gzip.compress(b""), "no JSON object"),
    ],
)
def test_a_spoilt_file_is_refused_whole_in_one_line(
    hub: LoopbackHub, homes: Homes, tmp_path: Path, spoil: Any, word: str
) -> None:
    homes.json("one", "trending")
    file = tmp_path / "a.gz"
    homes("one", "snapshot", "export", str(file))
    file.write_bytes(spoil(file.read_bytes()))
    code, out, err = homes("two", "snapshot", "import", str(file))
    assert (code, out) == (2, "")
    assert len(err.splitlines()) == 1
    assert any(one in err for one in word.split("|"))
    assert homes.json("two", "snapshot", "list")["snapshots"] == []
    assert homes("two", "trending", "--offline")[0] == 5


def test_a_strangers_text_is_cleaned_and_his_nonsense_left_out(
    hub: LoopbackHub, homes: Homes, tmp_path: Path
) -> None:
    def row(**item: Any) -> dict[str, Any]:
        return {"what": "row", "kind": "model", "at": 5.0, "item": item}

    hostile = "\x1b]52;c;aGVsbG8=\x07evil"
    file = pack(
        tmp_path / "a.gz",
        head(hub.url),
        row(id="some/body", pipeline_tag=hostile, tags=[hostile], downloads=-5, likes=10**25),
        row(id="../../etc/passwd"),
        row(id="a/b\x1b[31m"),
        {"what": "row", "kind": "robot", "at": 5.0, "item": {"id": "x/y"}},
        {"what": "row", "kind": "model", "at": None, "item": {"id": "x/y"}},
        {
            "what": "list",
            "key": "model&sort=trending",
            "page": 0,
            "next": "http://evil.example/steal",
            "ids": ["some/body", "../x", 7],
            "at": 5.0,
        },
        {"what": "counts", "parent": "some/body", "counts": {"finetune": "many"}, "at": 5.0},
        {"what": "edge", "child": "a/b", "parent": "c/d", "relation": "theft", "at": 5.0},
        {
            "what": "look",
            "query_key": hostile,
            "endpoint": hub.url,
            "at": 5.0,
            "members": [[1, 1, "some/body", 1.5, 3, 4], [5, 2, "a/b", 1, 1, 1], "junk"],
        },
        {"what": "point", "family": "qwen", "at": 5.0},
        {"what": "surprise"},
        {"what": "end"},
    )
    done = homes.json("two", "snapshot", "import", str(file))
    assert done["counts"] == {"rows": 1, "list pages": 1, "child counts": 1, "looks": 1}
    assert done["left_out"] == {"not understood": 7}
    told = homes.json("two", "trending", "--offline")
    assert [row["id"] for row in told["rows"]] == ["some/body"]
    assert told["rows"][0]["task"] == "\ufffd]52;c;aGVsbG8=\ufffdevil"
    assert told["rows"][0]["downloads"] is None
    assert "\x1b" not in homes("two", "snapshot", "list", "--tsv")[1]


@pytest.mark.parametrize(
    "raw",
    [
        b'{"what":"row","at":NaN}\n{"what":"end"}\n',
        b'{"what":' + b"[" * 100 + b"]" * 100 + b"}\n",
        b'{"what":"row","at":' + b"9" * 6000 + b"}\n",
        b"\xff\xfe\x00\n",
    ],
)
def test_json_beyond_the_caps_is_refused(
    hub: LoopbackHub, homes: Homes, tmp_path: Path, raw: bytes
) -> None:
    file = pack(tmp_path / "a.gz", head(hub.url), raw=raw)
    code, _, err = homes("two", "snapshot", "import", str(file))
    assert code == 2
    assert "no JSON object" in err


@pytest.mark.parametrize(
    ("cap", "value"), [("LINE_CAP", 100), ("WHOLE_CAP", 300), ("LINES_CAP", 5), ("FILE_CAP", 50)]
)
def test_a_file_that_unpacks_to_more_than_is_read_is_refused(
    hub: LoopbackHub,
    homes: Homes,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    cap: str,
    value: int,
) -> None:
    homes.json("one", "trending")
    homes("one", "snapshot", "export", str(tmp_path / "a.gz"))
    monkeypatch.setattr(f"tui.ask.snapshots.snapshot.{cap}", value)
    code, out, err = homes("two", "snapshot", "import", str(tmp_path / "a.gz"))
    assert (code, out) == (2, "")
    assert len(err.splitlines()) == 1
    assert homes("two", "trending", "--offline")[0] == 5


def test_published_figures_come_from_a_table_like_ours(
    hub: LoopbackHub, homes: Homes, tmp_path: Path
) -> None:
    file = tmp_path / "mine.csv"
    file.write_text(
        "key,date,family,measure,value,definition,source\n"
        "a,2026-09,qwen,derivatives,155000,repos that declare a base,me\n"
        "b,2026-09,,derivatives,1,no family,me\n"
        "c,2026-09,qwen,derivatives,many,no number,me\n"
        "d,someday,qwen,derivatives,2,no date,me\n"
    )
    done = homes.json("one", "snapshot", "import", str(file))
    assert done["counts"] == {"figures": 1}
    assert done["left_out"] == {"without family, measure, date or value": 3}
    homes("one", "snapshot", "export", str(tmp_path / "a.gz"))
    [point] = [one for one in lines(tmp_path / "a.gz") if one["what"] == "point"]
    assert (point["family"], point["measure"], point["value"]) == ("qwen", "derivatives", 155000)
    assert point["endpoint"] == "published"
    assert point["definition"] == "repos that declare a base (me)"
    home = Home(*(str(homes.folder / "one" / part) for part in Home._fields))
    with Store(home, sync=True) as store:
        sources = Sources(store, hub.url, lambda: 1.8e9, load)
        qwen = sources.registry.require("qwen")
        blank = Measure(None, "repos", "unknown", "made")
        dots = course(sources, qwen, "derivatives", blank).dots
    assert [dot.published for dot in dots if dot.value == 155000] == [True]
    bad = tmp_path / "bad.csv"
    bad.write_text("key,colour\na,red\n")
    code, _, err = homes("one", "snapshot", "import", str(bad))
    assert code == 2
    assert "colour" in err


def test_words_that_make_no_sense_are_usage_errors(hub: LoopbackHub, homes: Homes) -> None:
    for words in (
        ("list", "more"),
        ("export",),
        ("import", "a", "b"),
        ("import", "/no/such/file"),
        ("diff", "one"),
        ("diff", "1", "2", "3"),
        ("diff", "99"),
        ("diff",),
    ):
        code, out, err = homes("one", "snapshot", *words)
        assert (code, out) == (2, ""), words
        assert len(err.splitlines()) == 1
