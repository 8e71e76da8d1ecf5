"""Files of one repo onto this machine: huggingface_hub's own downloader, a process of its own.

``python -m tui.hub.download STATUS`` reads what to take from the file STATUS, one JSON object, and
writes there how far it is, so that whoever started it may leave and another may look:

    kind, id, name, files {path: bytes or null}, to (folder or null)      given
    pid, whole [paths that are on the disk, complete]
    file, done                     the path on its way, and its bytes so far
    end (done, stopped, failed), code, why                                at the end

Each state replaces the one before as a whole. The process ends with the exit codes of the command
line. The first file resolves the branch to a commit, and the others are taken from that commit, so
that no set is mixed from two revisions. The token is found by huggingface_hub from the environment
and its own files; it is in no argument and in no file of ours.
"""

import json
import os
import signal
import sys
from contextlib import suppress
from time import monotonic
from typing import Any, NoReturn

DONE, STOPPED, FAILED = "done", "stopped", "failed"
_BETWEEN = 0.25  # seconds between two states while a file comes


class Stopped(Exception):
    """The process was told to end."""


class Status:
    """The file that says what is taken and how far it is."""

    def __init__(self, path: str) -> None:
        with open(path, encoding="utf-8") as file:
            self.said: dict[str, Any] = json.load(file)
        self._path = path
        self._written = 0.0
        self.said |= {"pid": os.getpid(), "whole": [], "file": None, "done": 0, "end": None}
        self.write()

    def coming(self, path: str, done: int) -> None:
        """``done`` bytes of ``path`` have come; written down now and then."""
        self.said |= {"file": path, "done": done}
        if monotonic() - self._written >= _BETWEEN:
            self.write()

    def whole(self, path: str) -> None:
        """``path`` is on the disk, complete."""
        self.said["whole"].append(path)
        self.said |= {"file": None, "done": 0}
        self.write()

    def end(self, how: str, code: int, why: str = "") -> int:
        """How it ended; gives ``code`` back."""
        self.said |= {"file": None, "done": 0, "end": how, "code": code, "why": why}
        self.write()
        return code

    def write(self) -> None:
        """Put the state in place of the one before; a disk that is full costs no download."""
        self._written = monotonic()
        with suppress(OSError):
            put(self._path, self.said)


def put(path: str, said: dict[str, Any]) -> None:
    """Write a status file whole, for this user only. Raises OSError."""
    written = f"{path}.{os.getpid()}.new"
    out = os.open(written, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with open(out, "w", encoding="utf-8") as file:
        json.dump(said, file)
    os.replace(written, path)


def environment(environ: dict[str, str], endpoint: str, anonymous: bool) -> dict[str, str]:
    """The environment of the process: the endpoint in use, and no calls but the download's own."""
    made = environ | {
        "HF_ENDPOINT": endpoint,
        "HF_HUB_DISABLE_TELEMETRY": "1",
        "HF_HUB_DISABLE_PROGRESS_BARS": "0",
        "PYTHONUNBUFFERED": "1",
    }
    if anonymous:
        made["HF_HUB_DISABLE_IMPLICIT_TOKEN"] = "1"
        made.pop("HF_TOKEN", None)
    return made


def main(path: str) -> int:
    """Take the files that the status file at ``path`` names; the exit code."""
    signal.signal(signal.SIGTERM, _stop)
    signal.signal(signal.SIGINT, _stop)
    if hasattr(signal, "SIGHUP"):
        signal.signal(signal.SIGHUP, signal.SIG_IGN)  # it may outlive its terminal
    status = Status(path)
    try:
        _take(status)
    except Stopped:
        return status.end(STOPPED, 130, "stopped; whole files stay, the same command goes on")
    except Exception as error:
        return status.end(FAILED, *fault(error, status.said["id"]))
    return status.end(DONE, 0)


def fault(error: Exception, repo_id: str) -> tuple[int, str]:
    """The exit code and the line for what huggingface_hub or the system raised."""
    from errno import EDQUOT, ENOSPC

    from huggingface_hub import errors

    from tui.model import clean_line

    again = "what is whole stays; the same command goes on"
    if isinstance(error, errors.GatedRepoError):
        return 4, f"{repo_id} is gated; ask for access on its page, then try again"
    if isinstance(error, errors.RepositoryNotFoundError | errors.RevisionNotFoundError):
        return 3, f"{repo_id} is not there, or private; check the name or log in"
    if isinstance(error, errors.LocalEntryNotFoundError):
        return 5, f"the line to the Hub broke; {again}"
    if isinstance(error, errors.EntryNotFoundError):
        return 3, f"{repo_id} no longer has one of the files; look at its files anew"
    if isinstance(error, errors.HfHubHTTPError):
        status = error.response.status_code
        code = {401: 4, 403: 4, 429: 6}.get(status, 1)
        return code, f"the Hub answered {status}; {again}"
    if isinstance(error, OSError) and error.errno in (ENOSPC, EDQUOT):
        return 1, f"the disk is full; make room: {again}"
    if isinstance(error, OSError) and error.filename is not None:
        return 1, f"{clean_line(str(error.filename))}: {error.strerror}; {again}"
    if type(error).__module__.startswith(("httpx2", "httpcore2")):
        return 5, f"the line to the Hub broke; {again}"
    return 1, f"{type(error).__name__}: {clean_line(str(error))[:160]}; {again}"


def _take(status: Status) -> None:
    from huggingface_hub import hf_hub_download

    said = status.said
    revision = "main"
    for path in said["files"]:
        at = hf_hub_download(
            said["id"],
            path,
            repo_type=said["kind"],
            revision=revision,
            local_dir=said["to"],
            tqdm_class=_reporter(status, path),
        )
        status.whole(path)
        if said["to"] is None:
            revision = _commit(at, path) or revision


def _commit(at: str, path: str) -> str | None:
    """The commit in ``…/snapshots/COMMIT/PATH``, a path in huggingface_hub's cache."""
    folder = at[: -len(path)].rstrip("/\\") if at.endswith(path) else ""
    above, commit = os.path.split(folder)
    return commit if os.path.basename(above) == "snapshots" else None


def _reporter(status: Status, path: str) -> Any:
    """A progress bar that draws nothing, and says how far ``path`` is."""
    from huggingface_hub.utils.tqdm import tqdm

    class Reporter(tqdm):
        def __init__(self, *words: Any, **named: Any) -> None:
            named.pop("name", None)
            options = {**named, "disable": False, "file": _Nowhere()}
            super().__init__(*words, **options)  # type: ignore[no-untyped-call]

        def display(self, *_: Any, **__: Any) -> None:
            status.coming(path, int(self.n))

    return Reporter


class _Nowhere:
    """A stream for a bar that is not drawn."""

    encoding = "utf-8"

    def write(self, _: str) -> None:
        """Nothing."""

    def flush(self) -> None:
        """Nothing."""


def _stop(*_: object) -> NoReturn:
    raise Stopped


if __name__ == "__main__":
    sys.exit(main(sys.argv[1]))
