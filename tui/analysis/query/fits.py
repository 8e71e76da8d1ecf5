"""Whether a model fits into so many bytes: ``fits:24gb``, ``fits:here``, with ``ctx:8k``.

It fits where some set of its weights, its own or one of a quantized child that is known, and the
cache at the context, where that is known, take no more. A list tells the bytes of safetensors; of
GGUF files only the sum and the count of weights, which bound what a set can take.
"""

from collections.abc import Callable, Iterable
from typing import NamedTuple

from tui.analysis.memory import dtype_counts
from tui.analysis.memory.parameters import LEAST, of_repo
from tui.model import Repo

HERE = "here"
NO_MEMORY = "fits:here: this machine's memory is not known; write it, as in fits:24gb"
_WIDEST = 33.0  # bits of a weight kept in 32
_WIDEST_GGUF = 16.5  # a repo of GGUF files holds a set of 16 bits or less
_OTHER = "its sets of weights are not listed"


class Known(NamedTuple):
    """Facts beside the row that decide whether a model fits.

    ``here``: bytes of this machine. ``sets`` gives the bytes of sets of weights that are known of
    a repo and its quantized children; ``cache`` the bytes of its cache at so many tokens;
    ``quants`` the quantizations among a repo's files, None where these are not known.
    """

    here: int | None = None
    sets: Callable[[Repo], Iterable[int]] = lambda repo: ()
    cache: Callable[[Repo, int], int | None] = lambda repo, tokens: None
    quants: Callable[[Repo], frozenset[str] | None] = lambda repo: None


NOTHING = Known()


def fits(repo: Repo, room: int, tokens: int, known: Known = NOTHING) -> bool | None:
    """Whether ``repo`` fits into ``room`` bytes with a context of ``tokens``; None: not known."""
    left = room - (known.cache(repo, tokens) or 0 if tokens else 0)
    own = _own(repo)
    likely = any(size <= left for size in own) or _bounded(repo, left)
    if likely:
        return True
    sizes = tuple(known.sets(repo))  # only now: they are read from the store
    if any(size <= left for size in sizes):
        return True
    return False if (own or sizes) and repo.gguf is None else likely


def doubt(repo: Repo) -> str:
    """Why it is not known whether ``repo`` fits."""
    return short(of_repo(repo).doubt) or _OTHER


def short(words: str) -> str:
    """A doubt as a reason that many rows share: without what is of one row alone."""
    head = words.partition(":")[0]
    while "(" in head and ")" in head.partition("(")[2]:
        before, _, rest = head.partition("(")
        head = f"{before.rstrip()}{rest.partition(')')[2]}"
    return "".join(head).strip() if not any(char.isdigit() for char in head) else "not certain"


def _own(repo: Repo) -> list[int]:
    """Bytes of the sets of weights that the row itself states."""
    size = dtype_counts.size(dict(repo.dtypes)) if repo.dtypes else None
    return [size] if size else []


def _bounded(repo: Repo, room: float) -> bool | None:
    """Whether it fits by the count of weights alone; None where that does not decide."""
    if repo.gguf is not None and repo.gguf.size and repo.gguf.size <= room:
        return True
    count = of_repo(repo).count
    if count is None:
        return None
    widest = _WIDEST if repo.gguf is None else _WIDEST_GGUF
    if count * widest / 8 <= room:
        return True
    return False if count * LEAST / 8 > room else None
