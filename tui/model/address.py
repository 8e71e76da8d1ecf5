"""The addresses of Hub pages that people paste and open."""

from urllib.parse import unquote, urlsplit

from tui.model.text import valid_id

HUB_HOSTS = ("huggingface.co", "www.huggingface.co", "hf.co")  # one Hub under three names
# First words of Hub pages that are no owner's name.
_PAGES = (
    "api blog brand buckets changelog chat collections datasets docs enterprise inference jobs "
    "join kernels learn login models new notifications organizations papers posts pricing privacy "
    "search settings spaces storage support tasks terms-of-service welcome"
)
_KINDS = {"datasets": "dataset", "spaces": "space"}
_BELOW = ("tree", "blob", "resolve", "raw", "viewer")
_PAGE_WORDS = frozenset(_PAGES.split())


def parse_web_url(text: str, endpoint: str) -> tuple[str, str] | None:
    """The kind and id of the repo that a pasted address names, else None.

    Knows pages of models, ``datasets/`` and ``spaces/`` and anything below them on the endpoint,
    huggingface.co and hf.co, with or without the scheme, and ``hf.co/owner/name:Q4_K_M``. One
    word alone after the host is an owner's page, not a repo.
    """
    words = _address(text.strip(), endpoint)
    kind = _KINDS.get(words[0], "model") if words else "model"
    if kind != "model":
        words = words[1:]
    elif words and words[0] in _PAGE_WORDS:
        return None
    one_word = len(words) == 1 and kind == "dataset"
    if one_word or (len(words) > 1 and words[1] in _BELOW):
        repo_id = words[0]  # an old id, as in datasets/squad/tree/main
    else:
        repo_id = "/".join(words[:2]).partition(":")[0] if len(words) > 1 else ""
    return (kind, repo_id) if valid_id(repo_id) else None


def _address(text: str, endpoint: str) -> list[str]:
    """The path's words below the Hub's root, none when the host is no Hub."""
    base = urlsplit(endpoint)
    try:
        parts = urlsplit(text if "://" in text else f"https://{text}")
        host = parts.netloc.rpartition("@")[2].lower()
    except ValueError:
        return []
    path = parts.path
    if host == base.netloc.lower() and path.startswith(base.path):
        path = path[len(base.path) :]
    elif host not in HUB_HOSTS:
        return []
    return [unquote(word) for word in path.split("/") if word]
