"""The user's own choices: ``config.toml`` in the config folder, and nothing where there is none.

theme = "light"
mouse = false
refresh = "never"          # stored rows are shown, and the Hub asked by key only

[keys]
"row.open" = ["enter", "l"]
"""

import os
from typing import Any, NamedTuple

from tui.model import BadInput, clean_line

FILE = "config.toml"
REFRESH = ("auto", "never")


class Config(NamedTuple):
    """What the file says; the defaults where it says nothing."""

    theme: str | None = None
    mouse: bool = True
    refresh: str = "auto"  # one of REFRESH
    keys: dict[str, tuple[str, ...]] = {}  # noqa: RUF012 - a named tuple's default, never changed


def folder() -> str:
    """Where the file is looked for."""
    from tui.store.paths import home

    return home(os.environ).config


def read(folder: str) -> Config:
    """The user's choices. Raises BadInput with the line's fault where the file cannot be used."""
    path = os.path.join(folder, FILE)
    try:
        with open(path, "rb") as file:
            body = file.read(64 * 1024)
    except OSError:
        return Config()
    import tomllib

    try:
        said = tomllib.loads(body.decode())
    except (UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise BadInput(f"{path} cannot be read: {clean_line(str(error))}; mend it") from None
    return _checked(said, path)


def _checked(said: dict[str, Any], path: str) -> Config:
    from tui.themes import PALETTES

    config = Config()
    for name, value in said.items():
        if name == "keys" and isinstance(value, dict):
            value = {key: _names(pressed, path) for key, pressed in value.items()}
        elif name == "theme" and value not in PALETTES:
            raise BadInput(f"{path}: no theme {value!r}; choose one of {', '.join(PALETTES)}")
        elif name == "refresh" and value not in REFRESH:
            raise BadInput(f"{path}: refresh is {' or '.join(REFRESH)}, not {value!r}")
        elif name == "mouse" and not isinstance(value, bool):
            raise BadInput(f"{path}: mouse is true or false, not {value!r}")
        elif name not in Config._fields:
            raise BadInput(f"{path}: no setting {name!r}; use {', '.join(Config._fields)}")
        config = config._replace(**{name: value})
    return config


def _names(pressed: object, path: str) -> tuple[str, ...]:
    if isinstance(pressed, str):
        return (pressed,)
    if isinstance(pressed, list) and all(isinstance(key, str) for key in pressed):
        return tuple(pressed)
    raise BadInput(f"{path}: a key is a word or a list of words, not {pressed!r}")
