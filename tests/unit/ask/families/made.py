"""A made Hub of three families and of others' work on them, and plain counts over its rows."""

import random
import re
from itertools import product
from typing import Any, NamedTuple

from tests.loopback import World
from tests.loopback.world import moment
from tui.model import Lens
from tui.model.lens import DERIVED
from tui.model.when import seconds

NOW = seconds("2026-05-04T12:00:00Z") or 0.0
RELATIONS = ("finetune", "adapter", "quantized", "merge")
FAMILIES = {
    "qwen": ({"qwen"}, "^Qwen/(Qwen|QwQ|QVQ|CodeQwen|WorldPM)"),
    "gemma": ({"google"}, "^google/[a-z0-9]*gemma"),
    "llama": (
        {"meta-llama", "facebook"},
        "^(meta-llama/(Meta-)?(Llama|CodeLlama|LlamaGuard|Prompt-Guard)|facebook/(MobileLLM|llama))",
    ),
}
OWN = (
    "Qwen/Qwen3-8B", "Qwen/Qwen3-Omni-30B", "Qwen/Qwen3-Embedding-4B", "Qwen/Other",
    "google/gemma-2b", "google/gemma-3-4b-it", "google/flan-t5-base", "google/vit",
    "meta-llama/Llama-3.1-8B", "meta-llama/Llama-Guard-3-8B", "facebook/llama-x",
)  # fmt: skip
LENSES = [
    Lens(relations=relations, credit=credit, llm=llm, first_party=first)
    for relations, credit, llm, first in product(
        (DERIVED, ("finetune",), ("quantized", "unknown")),
        ("fractional", "multi"),
        (False, True),
        ("apart", "in"),
    )
]


class Made(NamedTuple):
    """One model of the made Hub."""

    id: str
    author: str
    task: str | None
    downloads: int
    all_time: int
    likes: int
    created: str
    edges: tuple[tuple[str, str], ...]  # base and relation


def now() -> float:
    return NOW


def made(seed: int, others: int = 120) -> list[Made]:
    chance = random.Random(seed)
    rows = [_row(chance, name) for name in OWN]
    for at in range(4):  # a first party builds on itself
        parent = chance.choice(OWN)
        name = f"{parent.partition('/')[0]}/{chance.choice(['Qwen-x', 'gemma-x', 'new'])}{at}"
        rows.append(_row(chance, name, chance.choice(RELATIONS), parent))
    for at in range(others):
        count = chance.choice([1, 1, 1, 2, 3])
        parents = dict.fromkeys(chance.choice([*OWN, "no/body", "me/m0"]) for _ in range(count))
        relation = "merge" if len(parents) > 1 else chance.choice([*RELATIONS, "unknown"])
        author = chance.choice(["me", "you", "bot", "Qwen", "google"])
        rows.append(_row(chance, f"{author}/m{at}", relation, *parents))
    return rows


def _row(chance: random.Random, name: str, relation: str = "", *parents: str) -> Made:
    return Made(
        name,
        name.partition("/")[0],
        chance.choice(["text-generation", "any-to-any", "feature-extraction", None]),
        chance.randrange(30),
        chance.randrange(10**6),
        chance.choice([0, 0, 1, 5]),
        moment((NOW - chance.randrange(60) * 86400 - 1767225600) // 3600),
        tuple((parent, relation) for parent in parents),
    )


def fill(world: World, rows: list[Made]) -> World:
    """Add the rows to a world; bases of no stated relation as bare tags."""
    for row in rows:
        facts: dict[str, Any] = {
            "task": row.task,
            "downloads": row.downloads,
            "downloadsAllTime": row.all_time,
            "likes": row.likes,
            "createdAt": row.created,
        }
        parents = [parent for parent, _ in row.edges]
        if row.edges and row.edges[0][1] == "unknown":
            facts["tags"] = [f"base_model:{parent}" for parent in parents]
        elif row.edges:
            facts["base"] = (row.edges[0][1], parents)
        world.model(row.id, **facts)
    return world


def family_of(repo_id: str) -> str | None:
    return next((key for key, (_, own) in FAMILIES.items() if re.match(own, repo_id)), None)


def own(rows: list[Made], key: str) -> list[Made]:
    return [row for row in rows if family_of(row.id) == key]


def is_llm(row: Made) -> bool | None:
    if re.search("guard|embed", row.id, re.IGNORECASE):
        return False
    return None if row.task is None else row.task in ("text-generation", "any-to-any")


def group(parent: str) -> str:
    return family_of(parent) or ("t5" if "t5" in parent else "@" + parent.partition("/")[0])


def counted(rows: list[Made], key: str, lens: Lens) -> dict[str, float | None]:
    """Every figure of a family, by loops over the rows."""
    start = moment((NOW - 30 * 86400 - 1767225600) / 3600)[:19]
    orgs = FAMILIES[key][0]
    kept = [row for row in own(rows, key) if not lens.llm or is_llm(row)]
    total = sum(row.downloads for row in kept)
    top = sorted((row.downloads for row in kept), reverse=True)[:3]
    built = []
    ids = {row.id for row in kept}
    for row in rows:
        kinds = {kind for parent, kind in row.edges if parent in ids}
        if kinds and (lens.first_party == "in" or row.author.lower() not in orgs):
            groups = {group(parent) for parent, _ in row.edges}
            built.append((row, kinds, 1.0 if lens.credit == "multi" else 1 / len(groups)))
    chosen = [one for one in built if one[1] & set(lens.relations)]
    return {
        "repos": len(kept),
        "downloads_30d": total,
        "downloads_all_time": sum(row.all_time for row in kept),
        "likes": sum(row.likes for row in kept),
        "top3_share": sum(top) / total if total else None,
        "new_repos_30d": sum(row.created[:19] > start for row in kept),
        "derivatives": sum(part for *_, part in chosen),
        **{
            f"derivatives_{kind}": sum(part for _, kinds, part in built if kind in kinds)
            for kind in DERIVED
        },
        "derivative_authors": len({row.author for row, *_ in chosen}),
        "derivatives_alive": sum(
            part for row, _, part in chosen if row.likes >= 1 or row.downloads >= 10
        ),
        "new_derivatives_30d": sum(part for row, _, part in chosen if row.created[:19] > start),
    }
