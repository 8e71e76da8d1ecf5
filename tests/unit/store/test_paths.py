import os
import stat
from pathlib import Path

import platformdirs
import platformdirs.macos
import platformdirs.unix
import platformdirs.windows
import pytest
from platformdirs.api import PlatformDirsABC

from tui.store.paths import Home, home, make_file, make_folder

ENVIRONMENTS = [
    {"HOME": "/home/ada"},
    {"HOME": "/home/ada/"},
    {"HOME": "/"},
    {"HOME": ""},
    {"HOME": "relative"},
    {},
    {"HOME": "/home/ada", "XDG_CACHE_HOME": "/fast", "XDG_CONFIG_HOME": "/etc/ada"},
    {"HOME": "/home/ada", "XDG_DATA_HOME": "not/absolute", "XDG_STATE_HOME": ""},
    {"HOME": "/home/ada", "XDG_STATE_HOME": "/state/", "XDG_DATA_HOME": " /data"},
]


def expected(dirs: PlatformDirsABC) -> Home:
    return Home(dirs.user_config_dir, dirs.user_cache_dir, dirs.user_data_dir, dirs.user_state_dir)


def set_environ(monkeypatch: pytest.MonkeyPatch, environ: dict[str, str]) -> None:
    for name in list(os.environ):
        if name.startswith("XDG_") or name in ("HOME", "HUBSCOPE_HOME"):
            monkeypatch.delenv(name)
    for name, value in environ.items():
        monkeypatch.setenv(name, value)


def test_this_system_has_the_places_of_platformdirs(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("HUBSCOPE_HOME", raising=False)
    assert home(os.environ) == expected(platformdirs.PlatformDirs("hubscope"))


@pytest.mark.parametrize("environ", ENVIRONMENTS)
def test_linux_as_platformdirs(monkeypatch: pytest.MonkeyPatch, environ: dict[str, str]) -> None:
    set_environ(monkeypatch, environ)
    assert home(os.environ, "linux") == expected(platformdirs.unix.Unix("hubscope"))


@pytest.mark.parametrize("environ", ENVIRONMENTS)
def test_macos_as_platformdirs(monkeypatch: pytest.MonkeyPatch, environ: dict[str, str]) -> None:
    set_environ(monkeypatch, environ)
    assert home(os.environ, "darwin") == expected(platformdirs.macos.MacOS("hubscope"))


def test_windows_as_platformdirs(monkeypatch: pytest.MonkeyPatch) -> None:
    local = os.path.join("C:", "Users", "ada", "AppData", "Local")
    monkeypatch.delenv("HUBSCOPE_HOME", raising=False)
    monkeypatch.setenv("LOCALAPPDATA", local)
    monkeypatch.setattr(
        platformdirs.windows,
        "_RESOLVE_WIN_FOLDER",
        platformdirs.windows.get_win_folder_from_env_vars,
    )
    dirs = platformdirs.windows.Windows("hubscope")
    assert home(os.environ, "win32") == expected(dirs)
    profile = {"USERPROFILE": os.path.join("C:", "Users", "ada")}
    assert home(profile, "win32") == expected(dirs)


def test_one_folder_for_all(tmp_path: Path) -> None:
    found = home({"HUBSCOPE_HOME": str(tmp_path), "XDG_CACHE_HOME": "/elsewhere"})
    assert found == Home(*(str(tmp_path / name) for name in ("config", "cache", "data", "state")))
    assert found.config_file == str(tmp_path / "config" / "config.toml")


def test_no_home_at_all_is_a_place_where_nothing_can_be_made(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def nobody(uid: int) -> None:
        raise KeyError(uid)

    monkeypatch.setattr("pwd.getpwuid", nobody)
    found = home({}, "linux")
    with pytest.raises(OSError, match="Not a directory"):
        make_folder(found.cache)


def test_folders_and_files_are_the_users_own(tmp_path: Path) -> None:
    before = os.umask(0)
    try:
        make_folder(str(tmp_path / "a" / "b"))
        make_file(str(tmp_path / "a" / "b" / "f"))
    finally:
        os.umask(before)
    modes = [stat.S_IMODE(os.stat(tmp_path / p).st_mode) for p in ("a", "a/b", "a/b/f")]
    assert modes == [0o700, 0o700, 0o600]
