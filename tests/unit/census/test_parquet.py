"""A dump gives the tables that a crawl of the same rows gives; what it lacks is said."""

import asyncio
import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import duckdb
import pytest
from fsspec.implementations.local import LocalFileSystem

from tests.loopback import LoopbackHub
from tests.unit.ask.families.places import Place
from tests.unit.census.conftest import COUNT, DATE, fetch
from tests.unit.census.test_crawl import contents
from tui.analysis.registry.registry import load
from tui.ask.census import kept
from tui.ask.census.export import export
from tui.ask.census.pull import Pull
from tui.ask.sources import Sources
from tui.hub import dumps
from tui.model import BadInput, NotFound, Offline, Repo
from tui.model.when import seconds
from tui.store.census import place as places

MIDNIGHT = seconds(f"{DATE}T00:00:00Z") or 0.0
COLUMNS = {
    "_id": "VARCHAR",
    "id": "VARCHAR",
    "author": "VARCHAR",
    "createdAt": "TIMESTAMP",
    "lastModified": "TIMESTAMP",
    "downloads": "BIGINT",
    "downloadsAllTime": "BIGINT",
    "likes": "BIGINT",
    "trendingScore": "DOUBLE",
    "tags": "VARCHAR[]",
    "baseModels": "STRUCT(relation VARCHAR, models STRUCT(_id VARCHAR, id VARCHAR)[])",
    "pipeline_tag": "VARCHAR",
    "library_name": "VARCHAR",
    "gated": "VARCHAR",
    "safetensors": "STRUCT(total BIGINT)",
}


def midnight() -> float:
    return MIDNIGHT


def dump(made: list[dict[str, Any]], folder: Path, **types: str | None) -> Path:
    """The rows as a parquet file under their date; ``types`` change or drop (None) columns."""
    lines = folder / "rows.jsonl"
    lines.write_text("\n".join(map(json.dumps, made)))
    target = folder / DATE / "models.parquet"
    target.parent.mkdir(exist_ok=True)
    columns = {name: kind for name, kind in (COLUMNS | types).items() if kind}
    with duckdb.connect() as db:
        db.execute(
            f"COPY (SELECT * FROM read_json(?, columns = ?)) TO '{target}' (FORMAT parquet)",
            [str(lines), columns],
        )
    return target


def pulled(sources: Sources, what: str, parts: int | None = None) -> Pull:
    """Read a dump to its end, or leave it after some thousands of rows."""

    async def run(pull: Pull) -> None:
        count = 0
        async for _ in pull.stream():
            count += 1
            if count == parts:
                return

    pull = Pull(sources, what)
    try:
        asyncio.run(run(pull))
    finally:
        pull.close()
    return pull


def file(sources: Sources) -> str:
    return places.path_of(sources.store.census_folder, DATE)


def test_the_same_rows_give_the_same_tables(
    made: list[dict[str, Any]], made_hub: LoopbackHub, tmp_path: Path
) -> None:
    crawled = Place(tmp_path / "crawl", made_hub.url, midnight).open()
    fetch(crawled)
    sources = Place(tmp_path / "pull", made_hub.url, midnight).open()
    path = str(dump(made, tmp_path))
    pulled(sources, path, parts=2)  # and left: it goes on behind the rows that are kept
    assert pulled(sources, path).offer.notes == ()
    mine, wanted = contents(file(sources)), contents(file(crawled))
    told = {"as_of", "registry", "rows", "version", "names"}
    for one in (mine, wanted):
        one["meta"] = [pair for pair in one["meta"] if pair[0] in told]
    assert mine == wanted
    assert len(mine["repo"]) == COUNT


def test_columns_that_are_missing_or_of_another_shape_are_said(
    made: list[dict[str, Any]], tmp_path: Path, made_hub: LoopbackHub
) -> None:
    sources = Place(tmp_path, made_hub.url, midnight).open()
    path = dump(made[:50], tmp_path, trendingScore=None, likes="VARCHAR", safetensors=None)
    offer = pulled(sources, str(path.parent)).offer
    assert "trendingScore" not in offer.columns
    assert offer.notes == (
        "columns that are missing: trendingScore, safetensors",
        "column likes has a shape that is not known and is left out: VARCHAR",
    )
    with pytest.raises(BadInput, match="createdAt"):
        Pull(sources, str(dump(made[:50], tmp_path, createdAt=None)))
    with pytest.raises(NotFound):
        Pull(sources, str(tmp_path / "nothing.parquet"))


def test_what_is_read_is_named_first(made: list[dict[str, Any]], tmp_path: Path, run: Any) -> None:
    path = dump(made[:50], tmp_path)
    told = run("census", "pull", str(path), "--json", HUBSCOPE_HOME=str(tmp_path / "home"))
    assert told.code == 0
    assert json.loads(told.out)["censuses"][0]["rows"] == 50
    first = told.err.splitlines()[0]
    assert first.startswith(f"hubscope: file {path}: ")
    assert "baseModels" in first


def test_it_is_exported_as_it_is(crawled: Place, rows: list[Repo], tmp_path: Path) -> None:
    files = export(crawled.open(), None, str(tmp_path / "out"))
    assert [Path(path).name for path, _ in files] == [
        "models.parquet", "edges.parquet", "census.parquet",
    ]  # fmt: skip
    with duckdb.connect() as db:
        found = db.execute(
            'SELECT id, downloads, likes, "createdAt" FROM read_parquet(?)', [files[0][0]]
        ).fetchall()
        edges = db.execute("SELECT COUNT(*) FROM read_parquet(?)", [files[1][0]]).fetchall()
    assert sorted(found) == sorted((r.id, r.downloads, r.likes, r.created_at) for r in rows)
    assert edges[0][0] > 500
    assert not list((tmp_path / "out").glob("*.csv"))


@pytest.mark.parametrize(
    "words", [["census", "status"], ["family", "qwen"], ["claims"], ["search", "qwen"]]
)
def test_duckdb_is_imported_only_to_read_or_write_parquet(
    crawled: Place, made_hub: LoopbackHub, words: list[str]
) -> None:
    code = (
        "import sys; from tui import cli; cli.main(sys.argv[1:]); sys.exit('duckdb' in sys.modules)"
    )
    import os

    env = {**os.environ, "HUBSCOPE_HOME": str(crawled.folder), "HF_ENDPOINT": made_hub.url}
    done = subprocess.run(
        [sys.executable, "-c", code, *words, "--offline"], env=env, capture_output=True, check=False
    )
    assert done.returncode == 0, done.stderr


def test_the_registry_of_the_census_is_the_one_that_answers(crawled: Place) -> None:
    """Made by other tables of families it does not answer: its families would be theirs."""
    from tui.ask.census.held import held

    sources = crawled.open()
    assert held(sources) is not None
    other = crawled.open()
    other.load_registry = lambda: load(None, "org,country\nswarm1,CN\n")
    assert held(other) is None


def test_it_is_made_anew_by_other_tables_and_back_again(crawled: Place, tmp_path: Path) -> None:
    import shutil

    from tui.ask.census.held import held
    from tui.ask.census.remade import remade

    shutil.copytree(crawled.folder, tmp_path / "copy")
    copy = Place(tmp_path / "copy", crawled.endpoint, crawled.now)
    before = contents(file(copy.open()))
    other = copy.open()
    other.load_registry = lambda: load(None, "org,country\nswarm1,CN\n")
    assert list(remade(other, None))
    found = held(other)
    assert found is not None
    sql = "SELECT x.origin FROM repo r JOIN author a ON a.id = r.author JOIN mark m ON"
    sql += " m.node = r.rank JOIN mix x ON x.id = m.uploader WHERE a.name = 'swarm1'"
    assert set(found.census.ask(sql)) == {("CN",)}
    assert list(remade(copy.open(), DATE))
    assert contents(file(copy.open())) == before


class Remote(LocalFileSystem):  # type: ignore[misc]
    """The Hub's files as huggingface_hub's file system shows them, in a folder."""

    protocol = "hf"
    cachable = False

    def __init__(self, folder: Path) -> None:
        super().__init__()
        self.folder = str(folder)

    def _strip_protocol(self, path: str) -> str:
        bare = str(path).removeprefix("hf://")
        return bare if bare.startswith(self.folder) else f"{self.folder}/{bare}"


@pytest.fixture
def remote(made: list[dict[str, Any]], tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Two weekly dumps of the rows; returns the folder of them all."""
    folder = tmp_path / "remote"
    models = folder / "datasets" / "hfmlsoc" / "hub_weekly_snapshots" / "models"
    for date in ("2026-11-11", DATE):
        (models / date).mkdir(parents=True)
    dump(made[:300], tmp_path).replace(models / DATE / "models.parquet")
    dump(made[:100], tmp_path).replace(models / "2026-11-11" / "models.parquet")
    monkeypatch.setattr(dumps, "files", lambda: Remote(folder))
    return folder


@pytest.mark.parametrize(
    ("asked", "date", "count"), [(None, DATE, 300), ("2026-11-11", "2026-11-11", 100)]
)
def test_a_published_dump_is_read_through_the_hub_s_file_system(
    remote: Path, tmp_path: Path, made_hub: LoopbackHub, asked: str | None, date: str, count: int
) -> None:
    sources = Place(tmp_path, made_hub.url, midnight).open()
    pull = Pull(sources, asked)
    offer = pull.offer
    pull.close()
    assert (offer.date, offer.source) == (date, f"dump hfmlsoc/hub_weekly_snapshots {date}")
    assert offer.license == "ODbL 1.0"
    assert "hfmlsoc" in offer.credit
    assert offer.bytes > 1000
    pulled(sources, date)
    assert kept.one(sources.store.census_folder, date).rows == count


def test_a_date_without_a_dump_is_said(remote: Path, tmp_path: Path, made_hub: LoopbackHub) -> None:
    with pytest.raises(NotFound, match="2020-01-01"):
        Pull(Place(tmp_path, made_hub.url, midnight).open(), "2020-01-01")
    with pytest.raises(Offline):
        Pull(Place(tmp_path, made_hub.url, midnight).open(offline=True), None)
