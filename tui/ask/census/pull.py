"""A census from a published dump, or from a parquet file of one's own."""

import os
from collections.abc import AsyncIterator
from typing import TYPE_CHECKING, Any, NamedTuple

from tui.ask.census.crawl import finish
from tui.ask.census.crawled import Crawled
from tui.ask.census.progress import noted
from tui.ask.sources import Sources
from tui.model import BadInput, NotFound, Offline, Progress, Repo, View
from tui.model.when import iso, seconds
from tui.store.census import place
from tui.store.census.stage import Stage

if TYPE_CHECKING:
    from tui.store.census.parquet import Dump


class Offer(NamedTuple):
    """What is about to be read; ``notes`` are lines on what it lacks."""

    date: str
    paths: tuple[str, ...]
    bytes: int
    source: str
    license: str
    credit: str
    columns: tuple[str, ...]
    notes: tuple[str, ...]


class Pull:
    """One dump, looked at (``offer``) and then read (``stream``). To be closed."""

    def __init__(self, sources: Sources, date_or_path: str | None) -> None:
        from tui.store.census.parquet import Dump

        self._sources = sources
        local = date_or_path is not None and (
            os.sep in date_or_path or os.path.exists(date_or_path)
        )
        if local:
            assert date_or_path is not None
            paths, system = _local(date_or_path), None
            size = sum(os.path.getsize(path) for path in paths)
            date, source, license_, credit = "", f"file {date_or_path}", "", ""
        else:
            if sources.offline:
                raise Offline("offline: dumps are read from the Hub; name a file of your own")
            from tui.hub import dumps

            date = "" if date_or_path is None else place.checked(date_or_path)
            system = dumps.files()
            published, date, address, size = dumps.locate(date or None, system)
            paths = (address,)
            source, license_, credit = (
                f"dump {published.repo} {date}",
                published.license,
                published.credit,
            )
        self.dump: Dump = Dump(paths, system)
        self.offer = Offer(
            date or _date_of(paths[0]) or iso(sources.now())[:10],
            paths,
            size,
            source,
            license_,
            credit,
            tuple(self.dump.columns.read),
            _notes(self.dump),
        )

    def close(self) -> None:
        """Let go of the file."""
        self.dump.close()

    async def stream(self) -> AsyncIterator[View[Any]]:
        """Read it and make the census: as ``crawl``."""
        with place.alone(self._sources.store.census_folder):
            async for view in noted(self._sources, self._stream()):
                yield view

    async def _stream(self) -> AsyncIterator[View[Any]]:
        from asyncio import to_thread

        offer, sources = self.offer, self._sources
        stage = Stage(place.part_of(sources.store.census_folder, offer.date))
        try:
            state = stage.state()
            _check(state, offer)
            rows = int(state.get("rows", 0))
            parts = self.dump.rows(int(state.get("file", 0)), int(state.get("after", 0)))
            while not state.get("whole"):
                part = await to_thread(next, parts, None)
                if part is None:
                    break
                file, after, items = part
                repos = await to_thread(_parsed, items)
                rows += len(repos)
                state = {"file": file, "after": after, "rows": rows, "source": offer.source}
                await to_thread(stage.add, repos, state)
                crawled = Crawled(offer.date, "read", rows, 0)
                yield View(
                    (crawled,), "hub", None, complete=False, progress=Progress(rows, None, "rows")
                )
            stage.add((), {"whole": True, "source": offer.source, "rows": rows})
        finally:
            stage.close()
        meta = {
            "as_of": repr(seconds(f"{offer.date}T00:00:00Z") or sources.now()),
            "source": offer.source,
            "license": offer.license,
            "credit": offer.credit,
            "endpoint": sources.endpoint,
            "complete": "yes",
            "notes": "; ".join(offer.notes),
        }
        async for view in finish(sources, offer.date, meta, rows, 0):
            yield view


def _check(state: dict[str, object], offer: Offer) -> None:
    """Raise BadInput where rows of another source are on their way for that date."""
    if state and state.get("source") != offer.source:
        raise BadInput(
            f"a census of {offer.date} is on its way from {state.get('source', 'a crawl')};"
            f" finish it, or `hubscope census remove {offer.date}`"
        )


def _parsed(items: "list[dict[str, object]]") -> list[Repo]:
    """Rows through the same reading and cleaning as those that come from the Hub."""
    from tui.hub.brief import taken

    return [row for row in taken(items).rows if not row.private]


def _local(path: str) -> tuple[str, ...]:
    if os.path.isdir(path):
        inside = sorted(name for name in os.listdir(path) if name.endswith(".parquet"))
        paths = tuple(os.path.join(path, name) for name in inside)
    else:
        paths = (path,) if os.path.isfile(path) else ()
    if not paths:
        raise NotFound(f"no parquet file is at {path}; check the path")
    return paths


def _date_of(path: str) -> str | None:
    """The date that a path names, as ``models/2026-11-18/models.parquet`` does."""
    import re

    dates = re.findall(r"\d{4}-\d\d-\d\d", path)
    return dates[-1] if dates else None


def _notes(dump: "Dump") -> tuple[str, ...]:
    missing, odd = dump.columns.missing, dump.columns.odd
    notes = []
    if missing:
        notes.append(f"columns that are missing: {', '.join(missing)}")
    notes += [
        f"column {name} has a shape that is not known and is left out: {kind}" for name, kind in odd
    ]
    if not {"tags", "baseModels"} & set(dump.columns.read):
        notes.append("no base is known of any repo: derivatives count 0")
    return tuple(notes)
