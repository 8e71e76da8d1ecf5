"""Made Hubs with known facts: new repos on known bases, families, a trending list."""

import random
from typing import NamedTuple

from tests.loopback import World
from tui.model.when import iso

NOW = 1_795_000_000.0  # 2026-11-18
HOUR = 3600.0
QWEN, LLAMA, NOBODY = "Qwen/Qwen3-8B", "meta-llama/Llama-3.1-8B", "nobody-known/base"
OMNI = "Qwen/Qwen3-Omni-30B-A3B-Instruct"


class New(NamedTuple):
    """A new repo of the window: who made it and on which base."""

    author: str
    base: str
    relation: str = "finetune"
    task: str | None = "text-generation"


def ago(hours: float) -> str:
    """The creation time of a repo so many hours before NOW."""
    return iso(NOW - hours * HOUR).replace("Z", ".000Z")


def bases(world: World) -> None:
    """Three well known bases, old enough to stand outside every window."""
    for base in (QWEN, LLAMA, NOBODY):
        world.model(base, createdAt=ago(2000), downloads=100, task="text-generation")


def window(world: World, rows: list[New], first: float = 7.0, last: float = 167.0) -> None:
    """The rows evenly over the hours from ``first`` to ``last`` before NOW."""
    step = (last - first) / max(1, len(rows) - 1)
    for number, row in enumerate(rows):
        world.model(
            f"{row.author}/made-{number}",
            base=(row.relation, [row.base]),
            task=row.task,
            createdAt=ago(first + number * step),
        )


def drawn(count: int, chinese: float, authors: int, seed: int) -> list[New]:
    """So many finetunes, about ``chinese`` of them on Qwen, one in ten on an unknown base."""
    rng = random.Random(seed)
    made = []
    for _ in range(count):
        base = NOBODY if rng.random() < 0.1 else QWEN if rng.random() < chinese else LLAMA
        made.append(New(f"author-{rng.randrange(authors)}", base))
    return made


def families(world: World, *, qwen_first: bool, derivatives: int) -> None:
    """Own repos of Qwen and Llama; Qwen's counted children are ``derivatives``."""
    more, less = 9_000_000, 1_000
    for repo_id, first in ((QWEN, qwen_first), (LLAMA, not qwen_first)):
        downloads = more if first else less
        world.model(
            repo_id,
            createdAt=ago(2000),
            downloads=downloads,
            downloadsAllTime=10 * downloads,
            task="text-generation",
            childrenModelCount={"finetune": derivatives if repo_id == QWEN else 0},
        )


def trending(world: World, *, chinese: int, omni_first: bool) -> None:
    """Ten trending models, so many by a Chinese lab, and the Omni model above or below them."""
    for number in range(10):
        author = "deepseek-ai" if number < chinese else "google"
        world.model(f"{author}/top-{number}", trendingScore=90 - number, createdAt=ago(3000))
    score = 99 if omni_first else 5
    world.model(OMNI, trendingScore=score, createdAt=ago(3000), task="any-to-any")
