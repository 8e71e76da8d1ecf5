"""Which endpoint, online or not, and as whom: the environment read as huggingface_hub reads it.

Nothing here imports huggingface_hub but ``get_token``, which needs it for logins that must be
refreshed. A token never leaves this module inside an error.
"""

import os
from collections.abc import Mapping

from tui.model import BadInput, clean_line

DEFAULT_ENDPOINT = "https://huggingface.co"
_TRUE = {"1", "ON", "YES", "TRUE"}
HUB_SECONDS = 2.0
_ALIASES = ("https://hf.co", "https://www.huggingface.co")
NAMED = ("HF_TOKEN", "HUGGING_FACE_HUB_TOKEN")  # variables that hold a token, the first wins


def endpoint(environ: Mapping[str, str] = os.environ) -> str:
    """The base URL of the Hub in use, from ``HF_ENDPOINT``, without a slash at its end.

    The Hub's other names are taken for the one that it calls itself.
    Raises ``BadInput`` when it is no plain http(s) URL with a host.
    """
    from urllib.parse import urlsplit

    text = environ.get("HF_ENDPOINT", "").strip().rstrip("/") or DEFAULT_ENDPOINT
    try:
        parts = urlsplit(text)
        usable = parts.scheme in ("http", "https") and parts.hostname and parts.port != 0
    except ValueError:
        usable = False
    if not usable or parts.query or parts.fragment or parts.username or not text.isprintable():
        shown = clean_line(text.rpartition("@")[2])[:80]
        raise BadInput(f"HF_ENDPOINT is no http(s) URL: {shown}; set it like {DEFAULT_ENDPOINT}")
    return DEFAULT_ENDPOINT if text.lower() in _ALIASES else text


def offline(environ: Mapping[str, str] = os.environ) -> bool:
    """Whether ``HF_HUB_OFFLINE`` or ``TRANSFORMERS_OFFLINE`` forbids every request."""
    return _true(environ.get("HF_HUB_OFFLINE") or environ.get("TRANSFORMERS_OFFLINE"))


def peek_token(environ: Mapping[str, str] = os.environ) -> str | None:
    """The token at hand: ``HF_TOKEN``, else the file of ``hf auth login``; None when logged out.

    None too where ``HF_HUB_DISABLE_IMPLICIT_TOKEN`` says that a stored login must not be used.
    """
    if _true(environ.get("HF_HUB_DISABLE_IMPLICIT_TOKEN")):
        return None
    return _tidy(_named(environ)) or _tidy(_read(token_path(environ)))


async def get_token() -> str | None:
    """The token as huggingface_hub gives it, which refreshes a login that is about to expire.

    That can ask the network and the disk, so it runs in a thread and is left behind after two
    seconds; then, or when it fails, the token is what ``peek_token`` finds.
    """
    peeked = peek_token()
    if not _refreshable(peeked):
        return peeked

    from tui.hub.deadline import aside

    try:
        return await aside(hub_token, HUB_SECONDS) or peeked
    except TimeoutError:
        return peeked


def _refreshable(peeked: str | None) -> bool:
    """Whether huggingface_hub could know better: a stored login, or a job with an identity."""
    if _true(os.environ.get("HF_HUB_DISABLE_IMPLICIT_TOKEN")):
        return False
    token = _named(os.environ)
    return bool(os.environ.get("HF_OIDC_RESOURCE")) or (peeked is not None and not _tidy(token))


def hub_token() -> str | None:
    """huggingface_hub's answer; None when it cannot give one, whatever the reason."""
    try:
        from huggingface_hub import get_token as official

        return official()
    except Exception:
        return None


def _named(environ: Mapping[str, str]) -> str | None:
    return next((environ[name] for name in NAMED if environ.get(name)), None)


def hub_cache(environ: Mapping[str, str] = os.environ) -> str:
    """The folder in which huggingface_hub keeps what was downloaded."""
    folder = environ.get("HF_HUB_CACHE") or environ.get("HUGGINGFACE_HUB_CACHE")
    return os.path.abspath(_expand(folder or os.path.join(_hub_home(environ), "hub")))


def _hub_home(environ: Mapping[str, str]) -> str:
    cache = environ.get("XDG_CACHE_HOME", os.path.join("~", ".cache"))
    return _expand(environ.get("HF_HOME", os.path.join(cache, "huggingface")))


def token_path(environ: Mapping[str, str]) -> str:
    """The file in which `hf auth login` keeps the token, whether it is there or not."""
    path = environ.get("HF_TOKEN_PATH", os.path.join(_hub_home(environ), "token"))
    return _expand(path)


def _expand(path: str) -> str:
    return os.path.expandvars(os.path.expanduser(path))


def _read(path: str) -> str | None:
    try:
        with open(path, encoding="utf-8") as file:
            return file.read(10_000)
    except (OSError, ValueError):
        return None


def _tidy(token: str | None) -> str | None:
    return token.replace("\r", "").replace("\n", "").strip() or None if token else None


def _true(value: str | None) -> bool:
    return value is not None and value.upper() in _TRUE
