"""Where the files live. The same places as platformdirs gives, found without importing it.

``platformdirs`` with its ``pathlib`` and ``ctypes`` costs a third of a one-shot command, so its
rules for ``appname="hubscope"`` are written out here; a test compares the two.
"""

import os
import sys
from collections.abc import Mapping
from errno import ENOTDIR
from typing import NamedTuple

APP = "hubscope"
_XDG = ("XDG_CONFIG_HOME", "XDG_CACHE_HOME", "XDG_DATA_HOME", "XDG_STATE_HOME")
_LINUX = (".config", ".cache", ".local/share", ".local/state")
_SUPPORT = "Library/Application Support"
_MACOS = (_SUPPORT, "Library/Caches", _SUPPORT, _SUPPORT)


class Home(NamedTuple):
    """The four folders, absolute; none of them need exist. On macOS and Windows some coincide."""

    config: str
    cache: str
    data: str
    state: str

    @property
    def config_file(self) -> str:
        """The path of the settings file, whether it exists or not."""
        return os.path.join(self.config, "config.toml")


def home(environ: Mapping[str, str], platform: str = sys.platform) -> Home:
    """The folders for this environment: all under HUBSCOPE_HOME if set, else the system's own.

    Where no home folder can be found (no HOME and no account entry, as in some containers), the
    folders lie below the null device: nothing can be made or read there, so nothing is kept.
    """
    if own := environ.get("HUBSCOPE_HOME"):
        root = os.path.abspath(os.path.expanduser(own))
        return Home(*(os.path.join(root, part) for part in Home._fields))
    if platform == "win32":
        return _windows(environ)
    user = _user_folder(environ)
    defaults = _MACOS if platform == "darwin" else _LINUX
    values = (environ.get(variable, "") for variable in _XDG)
    bases = (
        base if base.startswith("/") else f"{user}/{default}"
        for base, default in zip(values, defaults)
    )
    return Home(*(os.path.join(base, APP) for base in bases))


def make_folder(path: str) -> None:
    """Make ``path`` and what is missing above it, each for this user only (0700).

    Folders that exist keep their mode. Raises OSError where it cannot be done.
    """
    if os.path.isdir(path):
        return
    parent = os.path.dirname(path)
    if parent != path:
        make_folder(parent)
    try:
        os.mkdir(path, 0o700)
    except FileExistsError as error:
        if not os.path.isdir(path):
            raise NotADirectoryError(ENOTDIR, os.strerror(ENOTDIR), path) from error


def make_file(path: str) -> None:
    """Make an empty file for this user only (0600) unless ``path`` exists. Raises OSError.

    A file that exists is not opened: it may be a database that this process has open.
    """
    try:
        os.close(os.open(path, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600))
    except FileExistsError:
        return


def file_name(text: str) -> str:
    """``text`` with each character that a file name may not hold as an underscore."""
    return "".join(char if char.isalnum() or char in "-_." else "_" for char in text)


def _windows(environ: Mapping[str, str]) -> Home:
    local = environ.get("LOCALAPPDATA") or os.path.join(
        environ.get("USERPROFILE") or os.devnull, "AppData", "Local"
    )
    root = os.path.join(os.path.normpath(local), APP, APP)
    return Home(root, os.path.join(root, "Cache"), root, root)


def _user_folder(environ: Mapping[str, str]) -> str:
    folder = environ.get("HOME", "")
    if folder.startswith("/"):
        return folder.rstrip("/")
    try:
        import pwd

        return pwd.getpwuid(os.getuid()).pw_dir.rstrip("/")
    except (ImportError, KeyError):
        return os.devnull
