"""What can be copied of a repo, and the sequence that hands text to the terminal's clipboard.

Every inserted value is quoted for where it will be pasted; each text is one line without control
characters.
"""

import base64
from collections.abc import Iterable
from shlex import quote
from typing import NamedTuple

from tui.model import Repo, clean_line
from tui.render.measure import is_command

LONGEST = 8 * 1024  # bytes: some terminals drop longer sequences without a word
_PIECE = 512  # characters that GNU screen hands on at once
_ADVICE = {  # what a carrier does by default
    "tmux": "tmux: needs `set -s set-clipboard on`",
    "mosh": "mosh: needs 1.4 or newer",
}

_REQUESTS = 20  # at most

_PREFIX = {"model": "", "dataset": "datasets/", "space": "spaces/"}


class Copy(NamedTuple):
    """One thing to copy."""

    label: str
    text: str


def url(endpoint: str, repo: Repo) -> str:
    """The address of the repo's page."""
    return f"{endpoint}/{_PREFIX[repo.kind]}{repo.id}"


def copies(endpoint: str, repo: Repo, command: str) -> list[Copy]:
    """What can be copied of a repo; ``command`` is the shell's twin of the view in sight."""
    kind = "" if repo.kind == "model" else f" --repo-type {repo.kind}"
    copied = [
        Copy("id", repo.id),
        Copy("URL", url(endpoint, repo)),
        Copy("download", f"hf download {quote(repo.id)}{kind}"),
        Copy("snippet", snippet(repo)),
        Copy("this view", command),
    ]
    return [Copy(label, clean_line(text)) for label, text in copied if text]


def requests(figure: Iterable[str]) -> list[Copy]:
    """What a figure was made of: a line of curl for an address, a command as it is."""
    unique = list(dict.fromkeys(figure))[:_REQUESTS]
    return [
        Copy("command", request)
        if is_command(request)
        else Copy("request", f"curl -s {quote(request)}")
        for request in unique
    ]


def snippet(repo: Repo) -> str:
    """One line that loads the repo with the library it names; "" where none is known."""
    name = repr(repo.id)
    if repo.kind == "dataset":
        return f"from datasets import load_dataset; ds = load_dataset({name})"
    if repo.kind == "space":
        return f"from gradio_client import Client; client = Client({name})"
    if repo.library == "gguf" or "gguf" in repo.tags:
        return f"llama-server -hf {quote(repo.id)}"
    if repo.library == "diffusers":
        return (
            "from diffusers import DiffusionPipeline; "
            f"pipe = DiffusionPipeline.from_pretrained({name})"
        )
    if repo.library == "sentence-transformers":
        return (
            "from sentence_transformers import SentenceTransformer; "
            f"model = SentenceTransformer({name})"
        )
    if repo.library == "transformers" and repo.task:
        return f"from transformers import pipeline; pipe = pipeline({repo.task!r}, model={name})"
    return f"from huggingface_hub import snapshot_download; path = snapshot_download({name})"


class TooLong(ValueError):
    """A text of more bytes than terminals take."""


def osc52(text: str, carrier: str = "") -> str:
    """The sequence that puts ``text`` on the clipboard of the terminal in front of the reader.

    ``carrier`` is the program between here and that terminal. Under tmux the sequence is sent
    twice: wrapped, so that it passes through where that is allowed, and plain, for tmux to hand
    on. GNU screen swallows a plain one, and hands on what is wrapped, in pieces of 768 bytes at
    most. Raises TooLong where the text is over ``LONGEST`` bytes.
    """
    body = text.encode("utf-8", "replace")
    if len(body) > LONGEST:
        raise TooLong(f"{len(body) / 1000:,.0f} kB are too many for the clipboard")
    plain = f"\x1b]52;c;{base64.b64encode(body).decode('ascii')}\x07"
    if carrier == "tmux":
        doubled = plain.replace("\x1b", "\x1b\x1b")
        return f"\x1bPtmux;{doubled}\x1b\\{plain}"
    if carrier == "screen":
        pieces = (plain[start : start + _PIECE] for start in range(0, len(plain), _PIECE))
        return "".join(f"\x1bP{piece}\x1b\\" for piece in pieces)
    return plain


def sent(text: str, carrier: str = "") -> str:
    """The message that ``text`` was sent to the clipboard, with advice on tmux or mosh."""
    advice = f" ({_ADVICE[carrier]})" if carrier in _ADVICE else ""
    return f"sent to the terminal{advice}: {text}"
