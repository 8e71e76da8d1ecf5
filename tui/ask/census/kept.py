"""Which censuses are on this machine, and what each says of itself."""

from collections.abc import Iterable
from typing import NamedTuple

from tui.model import NotFound, StoreTrouble
from tui.store.census import place
from tui.store.census.reader import Census, iso_ms


class Kept(NamedTuple):
    """One census. ``complete`` is False while rows are on their way."""

    date: str
    rows: int
    source: str
    complete: bool
    bytes: int
    as_of: float | None = None  # seconds since 1970, UTC
    newest: str | None = None  # the latest creation time among the rows
    registry: str | None = None
    names: bool = False  # ids are indexed for searching


def status(folder: str) -> tuple[Kept, ...]:
    """Every census, the newest first, those on their way among them."""
    censuses = [census for date in place.dates(folder) if (census := _whole(folder, date))]
    censuses += [_part(folder, date) for date in place.parts(folder)]
    return tuple(sorted(censuses, key=lambda census: (census.date, census.complete), reverse=True))


def one(folder: str, date: str) -> Kept:
    """The whole census of a date. Raises NotFound."""
    census = _whole(folder, date) if date in place.dates(folder) else None
    if census is None:
        raise NotFound(f"no census of {date} is kept; see `hubscope census status`")
    return census


def read(path: str) -> Kept:
    """The census at ``path``. Raises StoreTrouble for a file that is none."""
    census = Census(path)
    try:
        if not census.usable:
            raise StoreTrouble(f"{path} is no census of this version; remove it and fetch it anew")
        meta = census.meta
        ((newest,),) = census.ask("SELECT MAX(created) FROM repo")
        return Kept(
            path.rpartition("/")[2].removesuffix(".db"),
            census.count,
            meta.get("source", ""),
            meta.get("complete") == "yes",
            place.size(path),
            census.as_of,
            iso_ms(newest),
            meta.get("registry"),
            meta.get("names") == "yes",
        )
    finally:
        census.close()


def begun(folder: str) -> str | None:
    """The date of the census that is on its way; None where none is."""
    return next(iter(place.parts(folder)), None)


def newest_path(folder: str) -> str | None:
    """The file of the newest whole census."""
    return next((place.path_of(folder, date) for date in place.dates(folder)), None)


def remove(folder: str, date: str | None) -> tuple[str, ...]:
    """Take away the census of a date, or all of them, with what is on its way.

    Returns the dates. Raises NotFound where there is none.
    """
    known = {census.date for census in status(folder)}
    known |= set(place.dates(folder))  # those of another version too
    wanted = known if date is None else {place.checked(date)} & known
    if not wanted:
        raise NotFound(f"no census{f' of {date}' if date else ''} is kept; nothing was removed")
    with place.alone(folder):
        _take_away(folder, wanted)
    return tuple(sorted(wanted, reverse=True))


def _take_away(folder: str, dates: Iterable[str]) -> None:
    for date in dates:
        for path in (place.path_of, place.part_of, place.draft_of):
            try:
                place.remove(path(folder, date))
            except OSError as error:
                raise StoreTrouble(
                    f"the census of {date} cannot be removed ({error.strerror}); check the disk"
                ) from None


def _whole(folder: str, date: str) -> Kept | None:
    try:
        return read(place.path_of(folder, date))
    except StoreTrouble:
        return None


def _part(folder: str, date: str) -> Kept:
    from tui.store.census.stage import Stage

    path = place.part_of(folder, date)
    try:
        stage = Stage(path)
    except StoreTrouble:  # another process makes a census of it
        return Kept(date, 0, "being made", False, place.size(path))
    try:
        state = stage.state()
    finally:
        stage.close()
    source = str(state.get("source", "crawl"))
    return Kept(date, int(state.get("rows", 0)), source, False, place.size(path))
