"""What is stored, as one file that another home can read: gzip, one JSON object a line.

A file never carries what is private or a login, and is never read as a database.
"""

import os
from collections import Counter
from collections.abc import Iterable, Iterator
from math import isfinite
from typing import NamedTuple

from tui.ask.calls import pages
from tui.ask.families.growth import PUBLISHED
from tui.ask.snapshots import lines as lines
from tui.ask.snapshots.keep import Keeper
from tui.ask.snapshots.lines import Counts, KeptPage, ListPage, Look, RepoLine, Seen, Value
from tui.ask.sources import Sources
from tui.model import BadInput, Problem, Unreadable, View
from tui.model.when import iso
from tui.store import dump
from tui.store.history import Point, Snapshot

FORMAT = 1
FILE_CAP = 256 * 2**20  # bytes, packed
WHOLE_CAP = 2 * 2**30  # bytes, unpacked
LINE_CAP = 32 * 2**20
LINES_CAP = 2_000_000
_WORDS = {
    RepoLine: "rows", ListPage: "list pages", KeptPage: "pages of families", Counts: "child counts",
    Seen: "edges", Look: "looks", Point: "figures",
}  # fmt: skip


class Exported(NamedTuple):
    """What went into a file, by kind in words, and how many private rows did not."""

    path: str
    size: int  # bytes
    counts: dict[str, int]
    private: int


class Imported(NamedTuple):
    """What came out of a file, and what was left out, by reason in words."""

    path: str
    counts: dict[str, int]
    left_out: dict[str, int]


def peek(sources: Sources) -> View[Snapshot]:
    """The dated looks that are kept, newest first."""
    rows = sources.store.history.snapshots(sources.who)
    at = max((row.at for row in rows), default=None)
    return View(rows=rows, source="cache", as_of=at)


def export(sources: Sources, path: str) -> Exported:
    """Write everything public to a new file at ``path``. Raises a Problem where that fails."""
    import gzip
    import json

    counted: Counter[str] = Counter()
    private = sum(bool(row.repo.private) for row in dump.repos(sources.store.cache, sources.who))
    head = {
        "what": "hubscope snapshot",
        "format": FORMAT,
        "endpoint": sources.endpoint,
        "at": iso(sources.now()),
    }
    part = f"{path}.{os.getpid()}.part"
    try:
        with gzip.open(part, "xt", encoding="utf-8", errors="replace", newline="\n") as file:
            file.write(json.dumps(head) + "\n")
            for value in _stored(sources):
                counted[_WORDS[type(value)]] += 1
                file.write(lines.write(value) + "\n")
            file.write(json.dumps({"what": "end", "lines": counted.total()}) + "\n")
        size = os.path.getsize(part)
        os.link(part, path)  # refused where the name is taken
    except FileExistsError:
        raise BadInput(f"{path} is there already; choose another name") from None
    except OSError as error:
        raise Problem(
            f"{path} cannot be written ({error.strerror}); choose another place"
        ) from None
    finally:
        if os.path.exists(part):
            os.unlink(part)
    return Exported(path, size, dict(counted), private)


def _stored(sources: Sources) -> Iterator[Value]:
    """Everything public in the store."""
    cache, history, who = sources.store.cache, sources.store.history, sources.who
    hidden: set[tuple[str, str]] = set()
    for row in dump.repos(cache, who):
        if row.repo.private:
            hidden.add((row.repo.kind, row.repo.id))
        else:
            yield RepoLine(row.repo, row.at)
    for page in dump.pages(cache, who):
        kind = page.query_key.partition("&")[0]
        ids = tuple(repo_id for repo_id in page.ids if (kind, repo_id) not in hidden)
        yield ListPage(page.query_key, page.page, page.next, ids, page.at)
    for body in dump.bodies(cache, pages.KEPT):
        name, _, number = body.key.removeprefix(pages.KEPT).rpartition(" ")
        listed = pages.read(body.text, body.at)
        if listed is not None and number.isdecimal():
            yield KeptPage(name, int(number), listed.next, listed.urls[0], listed.rows, listed.at)
    for parent, counts, at in dump.counts(cache):
        yield Counts(parent, counts, at)
    for edge, at in dump.edges(cache):
        yield Seen(edge, at)
    for look in history.snapshots(who):
        yield Look(look._replace(who=""), history.members(look.id))
    yield from dump.points(history)


def load(sources: Sources, path: str) -> Imported:
    """Read a file and keep what is newer than what is stored.

    A table of published figures (CSV, with the columns of ours) is read too. Raises BadInput for
    a file that is neither, is cut short or too large; then nothing of it is kept. Raises
    StoreTrouble where the store does not take it.
    """
    if sources.store.is_own(path):
        raise BadInput(f"{path} is the store's own; `snapshot export` makes a file to import")
    if path.lower().endswith(".csv"):
        return _load_figures(sources, path)
    values, endpoint, strange = _read(path)
    left_out = Counter({"not understood": strange})
    accepted: list[Value] = []
    for value in values:
        if endpoint != sources.endpoint and not isinstance(value, Look | Point):
            left_out[f"answers of {endpoint}"] += 1
        elif isinstance(value, RepoLine) and value.repo.private:
            left_out["private"] += 1
        else:
            accepted.append(value)
    left_out["not newer than what is stored"] = Keeper(sources).keep(accepted)
    sources.store.confirm()
    counted = Counter(_WORDS[type(value)] for value in accepted)
    return Imported(path, dict(counted), {why: n for why, n in left_out.items() if n})


def _read(path: str) -> tuple[list[Value], str, int]:
    """The values of a file, its endpoint, and how many lines were not understood."""
    import gzip
    import zlib

    try:
        if os.path.getsize(path) > FILE_CAP:
            raise BadInput(f"{path} is larger than {FILE_CAP >> 20} MB; it is not read")
        with gzip.open(path, "rb") as file:
            return _values(path, _bounded(path, file))
    except FileNotFoundError:
        raise BadInput(f"there is no file {path}; check the name") from None
    except (gzip.BadGzipFile, zlib.error, EOFError):
        raise BadInput(f"{path} is no snapshot file, or is cut short; export it again") from None
    except OSError as error:
        raise Problem(f"{path} cannot be read ({error.strerror}); check it") from None


def _bounded(path: str, file: "Iterable[bytes]") -> Iterator[bytes]:
    """The file's lines, as long as they are within the caps."""
    size = 0
    readline = file.readline  # type: ignore[attr-defined]  # a file, as gzip gives it
    for number in range(LINES_CAP):
        text = readline(LINE_CAP + 1)
        size += len(text)
        if len(text) > LINE_CAP or size > WHOLE_CAP:
            raise BadInput(f"{path} unpacks to more than is read; line {number + 1} is the last")
        if not text:
            return
        yield text
    raise BadInput(f"{path} has more than {LINES_CAP:,} lines; it is not read")


def _values(path: str, texts: Iterator[bytes]) -> tuple[list[Value], str, int]:
    from tui.hub.shape import line, load_dict

    values: list[Value] = []
    strange = 0
    try:
        head = load_dict(next(texts, b""))
        if head.get("what") != "hubscope snapshot" or head.get("format") != FORMAT:
            raise BadInput(f"{path} is no snapshot file of this format; export it again")
        for text in texts:
            value = lines.read(text)
            if value is not None:
                values.append(value)
            elif load_dict(text).get("what") == "end":
                return values, line(head.get("endpoint")) or "", strange
            else:
                strange += 1
    except Unreadable:
        raise BadInput(f"{path} is no snapshot file; a line of it is no JSON object") from None
    raise BadInput(f"{path} is cut short; export it again")


def _load_figures(sources: Sources, path: str) -> Imported:
    """Published figures from a table like ours, each kept at its date as published."""
    from tui.analysis.registry import csv_rows

    try:
        with open(path, encoding="utf-8-sig", errors="replace") as file:
            text = file.read(LINE_CAP)
    except OSError as error:
        raise BadInput(f"{path} cannot be read ({error.strerror}); check the name") from None
    columns = csv_rows.packaged("points")[0].keys()
    rows = csv_rows.own(text, "figures", columns, "key")
    figures = [_figure({name: row.get(name, "") for name in columns}) for row in rows]
    points = [figure for figure in figures if figure]
    sources.store.history.add_points(points)
    sources.store.confirm()
    left_out = len(rows) - len(points)
    reasons = {"without family, measure, date or value": left_out} if left_out else {}
    return Imported(path, {_WORDS[Point]: len(points)}, reasons)


def _figure(row: dict[str, str]) -> Point | None:
    """A row of a table as a dated figure; None where it is about no family, or has no number."""
    from tui.analysis.history import dated, points

    try:
        figure = points.point(row)
    except ValueError:
        return None
    dots = dated.published([figure], figure.family or "", figure.measure or "")
    if not figure.family or not figure.measure or not dots or not isfinite(figure.value):
        return None
    words = f"{figure.definition} ({figure.source})"
    return Point(
        figure.family, figure.measure, words, dots[0].at, figure.value, "exact", endpoint=PUBLISHED
    )
