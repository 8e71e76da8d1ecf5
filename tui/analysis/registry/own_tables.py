"""The registry with the user's own rows: ``families.csv`` and ``orgs.csv`` in the config folder."""

import os

from tui.analysis.registry.registry import Registry, load
from tui.model import BadInput

FILES = ("families.csv", "orgs.csv")
_CAP = 1 << 20  # bytes of one file


def load_own(folder: str) -> Registry:
    """The packaged tables under the user's; every figure names how many own rows there were.

    Raises BadInput where a file is there and cannot be used.
    """
    return load(*(_text(os.path.join(folder, name)) for name in FILES))


def _text(path: str) -> str | None:
    try:
        with open(path, "rb") as file:
            body = file.read(_CAP + 1)
    except (FileNotFoundError, NotADirectoryError):
        return None
    except OSError as error:
        raise BadInput(f"{path} cannot be read ({error.strerror}); mend or remove it") from None
    if len(body) > _CAP:
        raise BadInput(f"{path} is over 1 MB; shorten it")
    try:
        return body.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise BadInput(f"{path} is not UTF-8 text; save it as such") from None
