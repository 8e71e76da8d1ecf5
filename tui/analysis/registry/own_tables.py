"""The registry with the user's own rows: ``families.csv`` and ``orgs.csv`` in the config folder."""

import os
from collections.abc import Callable

from tui.analysis.registry.registry import Registry, load
from tui.model import BadInput

FILES = ("families.csv", "orgs.csv")
_CAP = 1 << 20  # bytes of one file


def load_own(folder: str, tell: Callable[[str], None]) -> Registry:
    """The packaged tables under the user's; every figure names how many own rows there were.

    A file that cannot be used is left out whole, and ``tell`` is given the one line that says so.
    """
    texts = [_text(os.path.join(folder, name), tell) for name in FILES]
    try:
        return load(*texts)
    except BadInput:
        return load(*(_usable(place, text, folder, tell) for place, text in enumerate(texts)))


def _usable(place: int, text: str | None, folder: str, tell: Callable[[str], None]) -> str | None:
    """``text`` where the tables load with it alone; else None, and ``tell`` is called with why."""
    alone: list[str | None] = [None, None]
    alone[place] = text
    try:
        load(*alone)
    except BadInput as problem:
        tell(f"{os.path.join(folder, FILES[place])} is left out: {problem}")
        return None
    return text


def _text(path: str, tell: Callable[[str], None]) -> str | None:
    try:
        if os.path.exists(path) and not os.path.isfile(path):  # a pipe would be waited for
            tell(f"{path} is left out: it is no file; mend or remove it")
            return None
        with open(path, "rb") as file:
            body = file.read(_CAP + 1)
    except (FileNotFoundError, NotADirectoryError):
        return None
    except OSError as error:
        tell(f"{path} is left out: it cannot be read ({error.strerror}); mend or remove it")
        return None
    if len(body) > _CAP:
        tell(f"{path} is left out: it is over 1 MB; shorten it")
        return None
    try:
        return body.decode("utf-8-sig")
    except UnicodeDecodeError:
        tell(f"{path} is left out: it is not UTF-8 text; save it as such")
        return None
