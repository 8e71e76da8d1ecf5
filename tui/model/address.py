"""Addresses that people paste: which repo of the Hub they name, of which branch, or which page.

Pure text. One reading for the command line, ``show`` and the search box: with or without the
scheme, on the endpoint, the Hub's own hosts and known mirrors, with a quantization behind the id,
and with blanks around.
"""

from typing import NamedTuple
from urllib.parse import unquote, urlsplit

from tui.model import late
from tui.model.problem import BadInput
from tui.model.text import clean_line, valid_id

HUB_HOSTS = ("huggingface.co", "www.huggingface.co", "hf.co")  # one Hub under three names
MIRRORS = ("hf-mirror.com", "www.hf-mirror.com")  # the same pages under another name
MAIN = "main"

# First words of Hub pages that are no owner's name, and what such a page is.
_OWN = (
    "api blog brand buckets changelog chat docs enterprise inference jobs join kernels learn login "
    "new notifications posts pricing privacy search settings storage support tasks "
    "terms-of-service welcome"
)
_PAGES = {
    **dict.fromkeys(_OWN.split(), "a page of the Hub's own"),
    "papers": "a paper",
    "collections": "a collection",
    "organizations": "an organisation",
    "models": "a list of models",
    "datasets": "a list of datasets",
    "spaces": "a list of Spaces",
}
_KINDS = {"datasets": "dataset", "spaces": "space"}
_BELOW = ("tree", "blob", "resolve", "raw", "viewer", "commit", "commits", "discussions")
_AT_REVISION = ("tree", "blob", "resolve", "raw", "commits")
_QUANT = late.pattern(r":[A-Za-z0-9_.-]+$")


class Address(NamedTuple):
    """A repo; ``revision`` where the address names another branch than main."""

    kind: str
    id: str
    revision: str | None = None


class Page(NamedTuple):
    """A page that is no repo, by what it is: "a paper", "a user's or organisation's page"."""

    what: str
    name: str = ""  # the owner's, where it is one's page


def read(text: str, endpoint: str) -> Address | Page | None:
    """What an address names; None for a text that is no address, as words and bare ids are."""
    words = _words(text.strip(), endpoint)
    if words is None:
        return None
    kind = _KINDS.get(words[0], "model") if words else "model"
    rest = words[1:] if kind != "model" else words
    if not rest or (kind == "model" and rest[0] in _PAGES):
        return Page(
            _PAGES.get(words[0], "the Hub's first page") if words else "the Hub's first page"
        )
    if len(rest) > 1 and rest[1] not in _BELOW:
        repo_id, below = f"{rest[0]}/{_QUANT.sub('', rest[1])}", rest[2:]
    elif len(rest) > 1 or kind == "dataset":
        repo_id, below = rest[0], rest[1:]  # an old id, as in datasets/squad/tree/main
    else:
        return Page("a user's or organisation's page", rest[0])
    if not valid_id(repo_id):
        return Page("no page of a repo")
    return Address(kind, repo_id, _revision(below))


def parse(text: str, endpoint: str, kind: str = "model") -> Address:
    """The repo that an address or an id names; an id is one of ``kind``.

    Raises BadInput for what names no repo, saying what it names instead.
    """
    target = read(text, endpoint)
    if isinstance(target, Address):
        return target
    shown = clean_line(text.strip())[:80]
    if isinstance(target, Page):
        name = target.name
        more = f"; `hubscope search --author {name}` lists its repos" if valid_id(name) else ""
        raise BadInput(f"{target.what}, no repo: {shown}{more or '; give the page of a repo'}")
    if "://" in text:
        raise BadInput(f"{shown} is no page of the Hub; give a repo id like Qwen/Qwen3-8B")
    bare = text.strip().strip("/")
    for prefix, named in _KINDS.items():
        if bare.startswith(f"{prefix}/") and bare.count("/") >= 2:
            bare, kind = bare.removeprefix(f"{prefix}/"), named
    parts = bare.split("/")
    revision = _revision(parts[2:]) if len(parts) > 3 and parts[2] in _AT_REVISION else None
    if len(parts) > 2 and parts[2] in _BELOW:
        parts = parts[:2]
    repo_id = _QUANT.sub("", "/".join(parts))
    if not valid_id(repo_id):
        raise BadInput(f"{shown!r} is no repo id; give one like Qwen/Qwen3-8B, or a Hub URL")
    return Address(kind, repo_id, revision)


def parse_web_url(text: str, endpoint: str) -> tuple[str, str] | None:
    """The kind and id of the repo that a pasted address names, else None."""
    target = read(text, endpoint)
    return (target.kind, target.id) if isinstance(target, Address) else None


def only_main(address: Address) -> str:
    """What to say of an address that names another branch than main; "" for none."""
    if address.revision is None:
        return ""
    return f"only main is read; the address names {clean_line(address.revision)[:80]}"


def _revision(below: list[str]) -> str | None:
    if len(below) < 2 or below[0] not in _AT_REVISION:
        return None
    pull = below[1:4] if below[1] == "refs" else below[1:2]
    named = "/".join(pull)
    return None if named in (MAIN, "refs/heads/main") else named


def _words(text: str, endpoint: str) -> list[str] | None:
    """The path's words below the Hub's root; None when the host is no Hub."""
    base = urlsplit(endpoint)
    try:
        parts = urlsplit(text if "://" in text else f"https://{text}")
        host = parts.netloc.rpartition("@")[2].lower()
    except ValueError:
        return None
    path = parts.path
    if host and host == base.netloc.lower() and path.startswith(base.path):
        path = path[len(base.path) :]
    elif host not in (*HUB_HOSTS, *MIRRORS):
        return None
    return [unquote(word) for word in path.split("/") if word]
