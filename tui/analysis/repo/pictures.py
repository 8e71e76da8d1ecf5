"""Where the pictures of a card lie: in the repo, elsewhere on the Hub, on another host."""

from posixpath import normpath
from typing import NamedTuple
from urllib.parse import unquote, urlsplit

from tui.model import valid_id
from tui.model.address import HUB_HOSTS, MAIN

SHOWN = ("png", "jpg", "jpeg", "gif", "webp")
_SVG = "an SVG drawing, which cannot be shown here"
_BELOW = ("resolve", "blob", "raw")
_KINDS = {"datasets": "dataset", "spaces": "space"}


class Spot(NamedTuple):
    """Where a picture is to be had: a file of a repo, an https address, or nowhere (``why``)."""

    host: str = ""  # of another host; "" on the endpoint
    url: str = ""  # there
    kind: str = ""  # of the repo that has it
    id: str = ""
    path: str = ""
    revision: str = MAIN
    why: str = ""  # it cannot be shown


def spot(source: str, kind: str, repo_id: str, endpoint: str) -> Spot:
    """Where the picture ``source`` of a repo's card lies. Of the Hub only pictures are asked for.

    A path is the repo's own. An address on the Hub, under any of its names, is asked for on the
    endpoint in use; a file that by its name is no picture is not.
    """
    if source[:5].lower() == "data:":
        return Spot(why="inline data, which is not shown")
    try:
        parts = urlsplit(source if not source.startswith("//") else f"https:{source}")
        host = (parts.hostname or "").lower()
    except ValueError:
        return Spot(why="no address")
    if not parts.scheme and not host:
        return _checked(kind, repo_id, MAIN, _inside(unquote(parts.path)))
    if host in HUB_HOSTS or _same(source, endpoint):
        return _on_hub(parts.path)
    if parts.scheme != "https" or not host or parts.username or parts.password:
        return Spot(why="no https address, so not asked for")
    if _suffix(parts.path) == "svg":
        return Spot(host, why=_SVG)
    return Spot(host, parts._replace(fragment="").geturl())


def _same(source: str, endpoint: str) -> bool:
    return f"{source}/".startswith(f"{endpoint.rstrip('/')}/")


def _on_hub(path: str) -> Spot:
    """The file of a repo that a path on the Hub names."""
    words = unquote(path).strip("/").split("/")
    kind = _KINDS.get(words[0], "model")
    words = words[kind != "model" :]
    place = next((n for n in (1, 2) if len(words) > n + 2 and words[n] in _BELOW), None)
    repo_id = "/".join(words[:place])
    if place is None or not valid_id(repo_id):
        return Spot(why="no file of a repo, so not asked for")
    return _checked(kind, repo_id, words[place + 1], _inside("/".join(words[place + 2 :])))


def _inside(path: str) -> str:
    """A path within a repo, "" where it leads out of it."""
    plain = normpath(path.strip().lstrip("/") or ".")
    return "" if plain.startswith("..") or plain == "." or not plain.isprintable() else plain


def _checked(kind: str, repo_id: str, revision: str, path: str) -> Spot:
    suffix = _suffix(path)
    if suffix == "svg":
        return Spot(why=_SVG)
    if suffix not in SHOWN or revision.startswith("."):
        return Spot(why="no picture by its name, so not asked for")
    return Spot(kind=kind, id=repo_id, path=path, revision=revision)


def _suffix(path: str) -> str:
    name = path.rpartition("/")[2]
    return name.rpartition(".")[2].lower() if "." in name else ""
