"""A census as parquet files, for engines of that kind."""

import os

from tui.ask.census import kept
from tui.ask.sources import Sources
from tui.model import BadInput, NotFound
from tui.store.census import place


def export(sources: Sources, date: str | None, folder: str) -> tuple[tuple[str, int], ...]:
    """Write models, edges and what the census says of itself; returns the files with their bytes.

    Raises NotFound where no census (of that date) is kept, BadInput for what is no folder.
    """
    home = sources.store.census_folder
    path = kept.newest_path(home)
    if date is not None:
        path = place.path_of(home, kept.one(home, date).date)
    if path is None:
        raise NotFound("no census is kept; `hubscope census crawl` or `pull` fetches one")
    try:
        os.makedirs(folder, exist_ok=True)
    except OSError as error:
        raise BadInput(f"{folder} cannot be made a folder ({error.strerror})") from None
    from tui.store.census.parquet import write

    return write(folder, path, folder)
