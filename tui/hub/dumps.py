"""Published dumps of the Hub's metadata: where they lie, who made them, and a way to read them."""

from typing import Any, NamedTuple

from tui.model import NotFound, Offline, Problem


class Published(NamedTuple):
    """One dump: the data set that holds it, its licence, and who is to be named."""

    repo: str
    pattern: str  # of its files, with {date} where it has one for each date
    license: str
    credit: str


DUMPS = (
    Published(
        "hfmlsoc/hub_weekly_snapshots",
        "models/{date}/models.parquet",
        "ODbL 1.0",
        "Hub weekly snapshots, hfmlsoc, https://huggingface.co/datasets/hfmlsoc/hub_weekly_snapshots",
    ),
    Published(
        "cfahlgren1/hub-stats",
        "models.parquet",
        "Apache-2.0",
        "hub-stats, cfahlgren1, https://huggingface.co/datasets/cfahlgren1/hub-stats",
    ),
)


def files() -> Any:
    """huggingface_hub's file system, which reads parts of files."""
    from huggingface_hub import HfFileSystem

    return HfFileSystem()


def locate(date: str | None, system: Any) -> tuple[Published, str, str, int]:
    """The dump of a date (the newest weekly one where None): which, its date, address and bytes.

    Raises NotFound where none of that date is published, Offline where the Hub is out of reach.
    """
    weekly, daily = DUMPS
    try:
        if date is None:
            folders = system.ls(f"datasets/{weekly.repo}/models", detail=False)
            dates = sorted(name.rpartition("/")[2] for name in folders)
            date = dates[-1] if dates else None
        if date is not None:
            path = f"datasets/{weekly.repo}/{weekly.pattern.format(date=date)}"
            if system.exists(path):
                return weekly, date, f"hf://{path}", int(system.info(path)["size"])
        path = f"datasets/{daily.repo}/{daily.pattern}"
        if date is None and system.exists(path):
            info = system.info(path)
            commit = info.get("last_commit")
            day = str(getattr(commit, "date", "") or "")[:10]
            return daily, day, f"hf://{path}", int(info["size"])
    except Problem:
        raise
    except Exception as error:  # a client of its own, with errors of its own
        reason = str(error).partition("\n")[0][:120]
        raise Offline(f"the published dumps cannot be reached ({reason}); try again") from None
    raise NotFound(f"no dump of {date} is published; leave the date out for the newest")
