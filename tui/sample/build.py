"""Write ``facts.jsonl.gz`` from the public data sets: ``python -m tui.sample.build DATA_FOLDER``.

The same data gives the same bytes. The first line is the notice; then one line per repo, then one
line per dated ranking. A repo's line holds one group of facts per source, so that figures of
different dates stay apart.
"""

import argparse
import csv
import gzip
import json
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any

from tui.model import valid_id
from tui.sample.sources import RANKED, llmfit_facts, trending_facts

PER_FAMILY = 12
"""First-party models kept of one family, most downloaded first."""

POPULAR = 2
"""A base with this many children in the trending list is kept, whoever made it."""

TARGET = Path(__file__).with_name("facts.jsonl.gz")

_LLMFIT = "llmfit_1.1.17_models.jsonl.gz"
_HISTORY = "starscreener_trending_history.jsonl.gz"
_TOP = {
    "dataset": "starscreener_datasets_latest.jsonl",
    "space": "starscreener_spaces_latest.jsonl",
}
_NOTICE = {
    "notice": "Facts restated from the sources below; no text of a model card is among them.",
    "sources": {
        "llmfit": {"name": "llmfit 1.1.17", "license": "MIT", "date": "2026-10"},
        "trending": {"name": "0motionguy/starscreener", "license": "MIT", "date": "2026-05-04"},
    },
}

Groups = dict[str, dict[str, Any]]


def main() -> None:
    """Read the data folder named on the command line and write the file beside this script."""
    parser = argparse.ArgumentParser(prog="python -m tui.sample.build")
    parser.add_argument("data", type=Path, help="the folder that holds the public data sets")
    write(build(parser.parse_args().data), TARGET)


def write(lines: Iterable[Mapping[str, Any]], target: Path) -> None:
    """Write ``lines`` as JSON lines; neither a file name nor the time goes into the archive."""
    with (
        target.open("wb") as raw,
        gzip.GzipFile(filename="", mode="wb", fileobj=raw, mtime=0) as packed,
    ):
        for line in lines:
            text = json.dumps(line, ensure_ascii=False, separators=(",", ":"), sort_keys=True)
            packed.write(text.encode() + b"\n")


def build(data: Path) -> Iterator[dict[str, Any]]:
    """Yield the lines of the sample from the folder ``data``."""
    yield _NOTICE
    history = list(_rows(data / _HISTORY))
    latest = max(row["snapshot"] for row in history)
    models = join(
        (row for row in history if row["snapshot"] == latest),
        sorted(_rows(data / _LLMFIT), key=lambda row: str(row["name"])),
    )
    ever_ranked = {row["id"] for row in history if row["rank"] <= RANKED}
    for repo_id in sorted(choose(models, ever_ranked, _families(data))):
        yield {"id": repo_id, "kind": "model", **models[repo_id]}
    yield from _tops(data)
    yield from _rankings(history)


def join(
    trending: Iterable[Mapping[str, Any]], llmfit: Iterable[Mapping[str, Any]]
) -> dict[str, Groups]:
    """Both sources' facts by repo id. Ids that differ in letter case alone name one repo.

    The trending list has the Hub's spelling; without it the first spelling met is kept.
    """
    models: dict[str, Groups] = {}
    spelling: dict[str, str] = {}
    for row in trending:
        spelling[row["id"].lower()] = row["id"]
        models[row["id"]] = {"trending": trending_facts(row, "model")}
    for row in llmfit:
        repo_id = spelling.setdefault(row["name"].lower(), row["name"])
        models.setdefault(repo_id, {}).setdefault("llmfit", llmfit_facts(row))
    return models


def choose(
    models: Mapping[str, Groups], ranked: set[str], families: Mapping[str, re.Pattern[str]]
) -> set[str]:
    """The ids kept: the ranked, each family's most downloaded, popular bases, and derivatives.

    A derivative is kept when its base has facts of its own, and that base with it.
    """
    known = {repo_id for repo_id in models if valid_id(repo_id)}
    bases = {repo_id: _bases(models[repo_id]) for repo_id in known}
    children = Counter(base for parents in bases.values() for base in set(parents))
    chosen = (ranked & known) | first_party(models, families)
    chosen |= {base for base, count in children.items() if count >= POPULAR and base in known}
    derived = {repo_id for repo_id, parents in bases.items() if set(parents) & chosen}
    return chosen | derived


def first_party(models: Mapping[str, Groups], families: Mapping[str, re.Pattern[str]]) -> set[str]:
    """Each family's own models, ``PER_FAMILY`` at most; the first family that matches owns one."""
    members: dict[str, list[str]] = {family: [] for family in families}
    for repo_id in models:
        family = next((key for key, own in families.items() if own.search(repo_id)), None)
        if family is not None:
            members[family].append(repo_id)
    chosen: set[str] = set()
    for ids in members.values():
        ids.sort(key=lambda repo_id: (-_downloads(models[repo_id]), repo_id))
        chosen.update(ids[:PER_FAMILY])
    return chosen


def _downloads(groups: Groups) -> int:
    """The newest recorded count; -1 where none is, so that such a row is chosen last."""
    counts = [groups[name].get("downloads") for name in ("llmfit", "trending") if name in groups]
    return next((count for count in counts if count is not None), -1)


def _bases(groups: Groups) -> list[str]:
    base = groups.get("trending", {}).get("base")
    return base["models"] if base else []


def _tops(data: Path) -> Iterator[dict[str, Any]]:
    for kind, name in _TOP.items():
        rows = [row for row in _rows(data / name) if row["rank"] <= RANKED]
        for row in sorted(rows, key=lambda row: str(row["id"])):
            yield {"id": row["id"], "kind": kind, "trending": trending_facts(row, kind)}


def _rankings(history: list[dict[str, Any]]) -> Iterator[dict[str, Any]]:
    for snapshot in sorted({row["snapshot"] for row in history}):
        rows = [row for row in history if row["snapshot"] == snapshot and row["rank"] <= RANKED]
        rows.sort(key=lambda row: int(row["rank"]))
        yield {"ranking": snapshot, "rows": [[row["id"], row["trendingScore"]] for row in rows]}


def _families(data: Path) -> dict[str, re.Pattern[str]]:
    with (data / "families.csv").open(encoding="utf-8", newline="") as file:
        return {row["family"]: re.compile(row["id_regex"], re.I) for row in csv.DictReader(file)}


def _rows(path: Path) -> Iterator[dict[str, Any]]:
    raw = path.read_bytes()
    text = gzip.decompress(raw) if path.suffix == ".gz" else raw
    for line in text.splitlines():
        yield json.loads(line)


if __name__ == "__main__":
    main()
