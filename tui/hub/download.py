"""Files of one repo onto this machine: huggingface_hub's own downloader, a process of its own.

``python -m tui.hub.download STATUS`` reads what to take from the file STATUS, one JSON object, and
writes there how far it is, so that whoever started it may leave and another may look:

    kind, id, name, files {path: bytes or null}, to (folder or null)      given
    pid, whole [paths that are on the disk, complete], folder     where those paths begin
    file, done                     the path on its way, and its bytes so far
    end (done, stopped, failed), code, why                                at the end

Each state replaces the one before as a whole. The process holds a lock beside the file as long as
it lives, and ends with the exit codes of the command line. The branch is resolved to a commit once,
and all files are taken from that commit, so that no set is mixed from two revisions. The token is
found by huggingface_hub from the environment and its own files; it is in no argument and in no
file of ours.
"""

import json
import os
import signal
import sys
from contextlib import suppress
from time import monotonic, sleep
from typing import Any, NoReturn

from tui.hub.origin import Origin
from tui.hub.token import NAMED

DONE, STOPPED, FAILED = "done", "stopped", "failed"
_BETWEEN = 0.25  # seconds between two states while a file comes
_BRANCH = "main"
LOCK = ".lock"  # beside the status file
_LOOKING = 2.0  # seconds for which those who look whether it runs may be in the way of its lock


class Stopped(KeyboardInterrupt):
    """The process was told to end; what it calls treats that like a key and swallows it nowhere."""


class Status:
    """The file that says what is taken and how far it is."""

    def __init__(self, path: str) -> None:
        with open(path, encoding="utf-8") as file:
            self.state: dict[str, Any] = json.load(file)
        self._path = path
        self._written = 0.0
        self.state |= {"pid": os.getpid(), "whole": [], "folder": None, "end": None}
        self.state |= {"file": None, "done": 0}
        self.write()

    def coming(self, path: str, done: int) -> None:
        """``done`` bytes of ``path`` have come; written down now and then, and where it begins.

        One file may be counted twice, as received and as written: the larger counts.
        """
        size = self.state["files"].get(path)
        begins = self.state["file"] != path
        before = 0 if begins else self.state["done"]
        self.state |= {"file": path, "done": max(before, done if size is None else min(done, size))}
        if begins or monotonic() - self._written >= _BETWEEN:
            self.write()

    def whole(self, path: str, at: str) -> None:
        """``path`` is on the disk, complete, as the file ``at``."""
        self.state["whole"].append(path)
        self.state |= {"file": None, "done": 0, "folder": _above(at, path)}
        self.write()

    def end(self, how: str, code: int, why: str = "") -> int:
        """How it ended; gives ``code`` back."""
        self.state |= {"file": None, "done": 0, "end": how, "code": code, "why": why}
        self.write()
        return code

    def write(self) -> None:
        """Put the state in place of the one before; a disk that is full costs no download."""
        self._written = monotonic()
        with suppress(OSError):
            put(self._path, self.state)


def put(path: str, state: dict[str, Any]) -> None:
    """Write a status file whole, for this user only. Raises OSError."""
    written = f"{path}.{os.getpid()}.new"
    out = os.open(written, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with open(out, "w", encoding="utf-8") as file:
        json.dump(state, file)
    os.replace(written, path)


def runs(status: str) -> bool:
    """Whether a process takes the files of this status file now, whoever began it."""
    try:
        import fcntl

        file = os.open(status + LOCK, os.O_RDONLY)
    except (ImportError, OSError):
        return False
    try:
        fcntl.flock(file, fcntl.LOCK_SH | fcntl.LOCK_NB)
    except BlockingIOError:
        return True
    except OSError:  # a file system without such locks
        return False
    finally:
        os.close(file)
    return False


def environment(environ: dict[str, str], endpoint: str, anonymous: bool) -> dict[str, str]:
    """The environment of the process: the endpoint in use, and no calls but the download's own.

    ``anonymous``, or an endpoint to which a token would travel readable: no login goes along.
    """
    variables = environ | {
        "HF_ENDPOINT": endpoint,
        "HF_HUB_DISABLE_TELEMETRY": "1",
        "HF_HUB_DISABLE_PROGRESS_BARS": "0",
        "PYTHONUNBUFFERED": "1",
    }
    if anonymous or not Origin(endpoint).private:
        variables["HF_HUB_DISABLE_IMPLICIT_TOKEN"] = "1"
        for name in NAMED:
            variables.pop(name, None)
    return variables


def main(path: str) -> int:
    """Take the files that the status file at ``path`` names; the exit code."""
    signal.signal(signal.SIGTERM, _stop)
    signal.signal(signal.SIGINT, _stop)
    if hasattr(signal, "SIGHUP"):
        signal.signal(signal.SIGHUP, signal.SIG_IGN)  # it may outlive its terminal
    if not _alone(path):
        return 1
    status = Status(path)
    try:
        _take(status)
    except Stopped:
        return status.end(STOPPED, 130, "stopped; whole files stay, the same command goes on")
    except Exception as error:
        return status.end(FAILED, *fault(error, status.state["id"]))
    return status.end(DONE, 0)


def fault(error: BaseException, repo_id: str) -> tuple[int, str]:
    """The exit code and the line for what huggingface_hub or the system raised."""
    from huggingface_hub import errors

    again = "what is whole stays; the same command goes on"
    if isinstance(error, errors.GatedRepoError):
        return 4, f"{repo_id} is gated; ask for access on its page, then try again"
    if isinstance(error, errors.RepositoryNotFoundError | errors.RevisionNotFoundError):
        return 3, f"{repo_id} is not there, or private; check the name or log in"
    if isinstance(error, errors.LocalEntryNotFoundError):
        if error.__cause__ is not None:  # why it was looked for on this machine at all
            return fault(error.__cause__, repo_id)
        return 5, f"the line to the Hub broke; {again}"
    if isinstance(error, errors.EntryNotFoundError):
        return 3, f"{repo_id} no longer has one of the files; look at its files anew"
    if isinstance(error, errors.HfHubHTTPError):
        status = error.response.status_code
        code = {401: 4, 403: 4, 429: 6}.get(status, 1)
        return code, f"the Hub answered {status}; {again}"
    if type(error).__module__.startswith(("httpx2", "httpcore2")):
        return 5, f"the line to the Hub broke; {again}"
    return 1, f"{_system_fault(error)}; {again}"


def _system_fault(error: BaseException) -> str:
    """What the disk, or anything else, said; no token, should one stand in it."""
    from errno import EDQUOT, ENOSPC

    from tui.model import clean_line

    if isinstance(error, OSError) and error.errno in (ENOSPC, EDQUOT):
        return "the disk is full, make room"
    if isinstance(error, OSError) and error.filename is not None:
        return f"{clean_line(str(error.filename))}: {error.strerror}"
    text = clean_line(str(error))[:160]
    hidden = any(token in text for name in NAMED if (token := os.environ.get(name)))
    return type(error).__name__ + ("" if hidden or "hf_" in text else f": {text}")


def _take(status: Status) -> None:
    from huggingface_hub import hf_hub_download

    state = status.state
    commit = commit_of(state)
    for place, path in enumerate(state["files"]):
        at = hf_hub_download(
            state["id"],
            path,
            repo_type=state["kind"],
            # by its name once, so that the cache knows which commit the branch stands at
            revision=commit if place or state["to"] else _BRANCH,
            local_dir=state["to"],
            tqdm_class=_reporter(status, path),
        )
        status.whole(path, at)


def commit_of(state: dict[str, Any]) -> str:
    """The commit that the branch stands at, as the answer for the first file tells it.

    The Hub refuses here what it refuses; hf_hub_download would be content with an older file.
    """
    from huggingface_hub import get_hf_file_metadata, hf_hub_url

    first = next(iter(state["files"]))
    url = hf_hub_url(state["id"], first, repo_type=state["kind"], revision=_BRANCH)
    return get_hf_file_metadata(url).commit_hash or _BRANCH


def _above(at: str, path: str) -> str | None:
    """The folder in which ``path`` is the file ``at``."""
    native = path.replace("/", os.sep)
    return at[: -len(native)].rstrip(os.sep) if at.endswith(native) else None


def _alone(path: str) -> bool:
    """Hold the lock beside the status file to the end of this process; False where one does."""
    try:
        import fcntl

        file = os.open(path + LOCK, os.O_RDWR | os.O_CREAT, 0o600)
    except (ImportError, OSError):
        return True
    end = monotonic() + _LOOKING
    while True:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            if monotonic() > end:
                return False
            sleep(0.02)
        except OSError:
            return True
        else:
            return True


def _reporter(status: Status, path: str) -> Any:
    """A progress bar that draws nothing, and says how far ``path`` is."""
    from huggingface_hub.utils.tqdm import tqdm

    class Reporter(tqdm):
        def __init__(self, *args: Any, **keywords: Any) -> None:
            keywords.pop("name", None)
            options = {**keywords, "disable": False, "file": _Nowhere()}
            super().__init__(*args, **options)  # type: ignore[no-untyped-call]

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
