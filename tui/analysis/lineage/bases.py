"""What a declared base stands for, as it is written: a repo of the Hub, or nothing that names one.

Cards are filled in by hand and by training scripts, so a base may be an address, a folder on
somebody's disk, the word None, or several names in one text. Only what can be one model's id is
one; the rest is shown as it stands, and nothing is asked or counted for it.
"""

import re
from functools import lru_cache
from typing import NamedTuple

from tui.model import late, valid_id

_HOSTS = frozenset(
    [
        "huggingface.co",
        "www.huggingface.co",
        "huggingface.com",
        "hf.co",
        "www.hf.co",
        "hf-mirror.com",
        "www.hf-mirror.com",
    ]
)
_NOTHING = frozenset(
    (
        "", "-", "--", "?", ".", "_", "none", "null", "nil", "nan", "na", "n/a", "n.a.", "n.a",
        "no", "nothing", "unknown", "undefined", "tbd", "todo", "false", "true", "custom",
        "scratch", "from scratch", "from-scratch", "trained from scratch", "not applicable",
        "not specified", "base", "model", "base_model", "base-model", "more information needed",
    )
)  # fmt: skip
_FOLDERS = frozenset(
    [
        "output",
        "outputs",
        "out",
        "result",
        "results",
        "checkpoint",
        "checkpoints",
        "ckpt",
        "ckpts",
        "model",
        "models",
        "save",
        "saves",
        "saved",
        "saved_models",
        "run",
        "runs",
        "tmp",
        "temp",
        "data",
        "home",
        "root",
        "mnt",
        "workspace",
        "content",
        "kaggle",
        "weights",
        "pretrained",
        "pretrained_models",
        "local",
        "cache",
        "logs",
        "lora",
        "loras",
        "experiments",
        "exp",
    ]
)
_OUTPUT = late.pattern(r"(^|[-_.])(outputs?|checkpoints?|results?|ckpts?|saves?)($|[-_.])")
_WEIGHTS = (".safetensors", ".ckpt", ".pt", ".pth", ".bin")
_STEP = late.pattern(r"(checkpoint|ckpt|step|epoch)[-_]?\d+", re.IGNORECASE)
_BELOW = ("tree", "blob", "resolve", "raw", "commit", "commits", "discussions", "edit")
_LINK = late.pattern(r"!?\[[^\]]*\]\(\s*<?([^)\s>]+)>?[^)]*\)")
_SCHEME = late.pattern(r"([a-z][a-z0-9+]*)://(.*)", re.IGNORECASE | re.DOTALL)
_QUOTES = "\"'`“”‘’"
_PAGES = frozenset(
    [
        "api",
        "blog",
        "collections",
        "datasets",
        "docs",
        "join",
        "learn",
        "login",
        "models",
        "new",
        "organizations",
        "papers",
        "posts",
        "pricing",
        "settings",
        "spaces",
        "tasks",
    ]
)


class Base(NamedTuple):
    """One declared base. ``repo`` is None where the text names no repo; ``why`` says why not."""

    text: str
    repo: str | None
    why: str = ""


@lru_cache(maxsize=8192)
def read(text: str) -> Base:
    """What a base written as ``text`` stands for.

    An address of the Hub or a mirror, with or without its scheme and whatever stands below the
    repo, becomes the repo, as does an id in quotes, with a slash, a revision or a quantization
    behind it. A path, an empty word, a list in a text and the page of anything but a model name
    none.
    """
    bare = _unwrapped(text)
    if bare.lower() in _NOTHING:
        return Base(text, None, "no name")
    if bare[0] in "[{(" or re.search(r"[,;|\s]", bare):
        return Base(text, None, "no single name")
    with_scheme = _SCHEME.fullmatch(bare)
    if with_scheme and with_scheme[1].lower() in ("hf", "huggingface"):
        return _of_id(text, with_scheme[2])
    address = with_scheme[2] if with_scheme else bare.removeprefix("//")
    host, _, path = address.partition("/")
    if host.lower().rpartition("@")[2].partition(":")[0] in _HOSTS:
        return _of_page(text, path)
    if with_scheme:
        return Base(text, None, "a file" if with_scheme[1].lower() == "file" else "no page of Hub")
    return _of_id(text, bare)


def _unwrapped(text: str) -> str:
    """The text without blanks, quotes and Markdown around it."""
    before, bare = None, text.strip()
    while bare != before:
        before = bare
        link = _LINK.fullmatch(bare)
        bare = link[1] if link else bare.strip().strip(_QUOTES).strip()
        if bare.startswith("<") and bare.endswith(">"):
            bare = bare[1:-1]
    return bare


def _of_page(text: str, path: str) -> Base:
    """The repo of an address below the Hub's root."""
    from urllib.parse import unquote

    words = [unquote(word) for word in re.split(r"[?#]", path)[0].split("/") if word]
    words = [part for word in words for part in word.split("/") if part]
    if words[:2] == ["api", "models"]:
        words = words[2:]
    if words and words[0].lower() in _PAGES:
        return Base(text, None, "no page of a model")
    if len(words) < 2:
        return Base(text, None, "no page of a model")
    repo_id = words[0] if words[1] in _BELOW else "/".join(words[:2])
    return _checked(text, repo_id)


def _of_id(text: str, bare: str) -> Base:
    """The repo of an id that stands alone, or of what is below it."""
    if bare[0] in "./~\\$%" or "\\" in bare or re.match(r"[A-Za-z]:", bare):
        return Base(text, None, "a path")
    words = [word for word in bare.split("/") if word]
    if len(words) == 1 and "/" in bare:
        return Base(text, None, "an owner or a folder")
    if words and words[0].lower() in ("datasets", "spaces") and len(words) > 1:
        return Base(text, None, "no model")
    if len(words) > 2:
        if words[2] not in _BELOW:
            return Base(text, None, "a path")
        words = words[:2]
    repo_id = "/".join(words)
    return Base(text, None, "a path") if _is_path(repo_id) else _checked(text, repo_id)


def _is_path(repo_id: str) -> bool:
    """Whether one or two words are a folder of a training run, or a file of weights."""
    owner, _, name = repo_id.lower().rpartition("/")
    if name.endswith(_WEIGHTS) or name.startswith(("models--", "datasets--")):
        return True
    if not owner:
        return _STEP.fullmatch(name) is not None or name in _FOLDERS
    return owner in _FOLDERS or (
        _STEP.fullmatch(name) is not None and _OUTPUT.search(owner) is not None
    )


def _checked(text: str, repo_id: str) -> Base:
    owner, slash, name = repo_id.rpartition("/")
    repo_id = owner + slash + (re.split("[:@]", name)[0] if slash else name)
    if repo_id.lower() in _NOTHING or not valid_id(repo_id):
        return Base(text, None, "no id of a repo")
    return Base(text, repo_id)
