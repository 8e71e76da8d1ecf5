"""A made Hub of any size, row by row, with the shapes that real rows have.

The newest row comes first, as the Hub lists. Shares, depths and oddities follow what was counted in
real lists: two thirds name no base, a third of the bases named have no row, loops of one, two and
three, a chain of 39, a merge of 65, a base in two letter cases, ids that moved, bare tags, fields
that are missing, and swarms by one author.
"""

import random
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from hashlib import sha1
from typing import Any

from tui.analysis.registry.registry import Registry, load

Item = dict[str, Any]
NEWEST = datetime(2026, 11, 18, 9, 30, tzinfo=UTC)
OLDEST = datetime(2022, 3, 2, 23, 29, 4, tzinfo=UTC)
RELATIONS = ("finetune",) * 45 + ("adapter",) * 27 + ("quantized",) * 24 + ("merge",) * 4
TASKS = (
    *("text-generation",) * 5, "image-text-to-text", "any-to-any", "text-to-image",
    "feature-extraction", "text-classification", None, None,
)  # fmt: skip
LICENSES = ("apache-2.0", "apache-2.0", "mit", "llama3.1", "other", "gemma", None, None)
WORDS = (
    "aurora", "basalt", "cinder", "delta", "ember", "fjord", "garnet", "helix", "iris", "jade",
    "krill", "lumen", "mosaic", "nimbus", "onyx", "prism", "quartz", "raven", "sable", "tundra",
)  # fmt: skip
ENDS = ("-GGUF", "-AWQ", "-lora", "-embed", "-4bit", "-sft", "-dpo", "-guard", "", "", "", "")
SPECIAL = 150  # rows of the oddities at most


def items(count: int, seed: int = 7, registry: Registry | None = None) -> Iterator[Item]:
    """``count`` rows as ``/api/models?sort=createdAt`` with expand gives them."""
    made = _Made(count, seed, registry or load())
    odd = made.odd()
    every = max(1, count // (len(odd) + 1))
    for at in range(count):
        if odd and at % every == 0:
            yield made.dated(odd.pop(), at)
        else:
            yield made.dated(made.row(at), at)


class _Made:
    def __init__(self, count: int, seed: int, registry: Registry) -> None:
        self.count = count
        self.chance = random.Random(seed)
        own = [root for family in registry.families for root in family.roots]
        self.roots = list(dict.fromkeys(own))
        self.own = max(1, count // 400)  # further repos of the first parties
        orgs = [org.org for org in registry.orgs_known]
        self.orgs = orgs
        self.old = [a.old for a in registry.aliases if a.kind == "rename" and a.old[-1] not in "/-"]
        self.popular = [self.roots[int(len(self.roots) * self.chance.random() ** 2)] for _ in WORDS]

    def name(self, at: int) -> str:
        """The id of an ordinary row; a function of its number, so that others can name it."""
        word, end = WORDS[at * 7 % len(WORDS)], ENDS[at * 11 % len(ENDS)]
        root = self.roots[at * 13 % len(self.roots)].partition("/")[2]
        swarm = at % 9 == 0
        author = f"swarm{at % 5}" if swarm else f"user{int((at * 2654435761 % 2**32) ** 0.7)}"
        if at % self.stride() == 1:
            author = self.orgs[at // self.stride() % len(self.orgs)]
        return f"{author}/{word}-{root if at % 3 else word}-{at}{end}"[:100]

    def stride(self) -> int:
        return max(2, self.count // max(1, self.own))

    def base(self, at: int) -> str:
        draw = self.chance.random()
        if draw < 0.35:
            return self.chance.choice(self.popular)
        if draw < 0.6:
            return self.chance.choice(self.roots)
        if draw < 0.63:
            return self.chance.choice(self.roots).swapcase()
        if draw < 0.66 and self.old:
            return self.chance.choice(self.old)
        if draw < 0.8:
            return f"gone{self.chance.randrange(50)}/part-{self.chance.randrange(self.count)}"
        return self.name(self.chance.randrange(at, self.count))  # older ones

    def row(self, at: int) -> Item:
        if self.chance.random() > 0.36:
            return self.item(self.name(at))
        relation = self.chance.choice(RELATIONS)
        several = relation == "merge" or self.chance.random() < 0.01
        many = min(65, int(self.chance.paretovariate(1.2)) + 1) if several else 1
        bases = list(dict.fromkeys(self.base(at) for _ in range(many)))
        return self.item(self.name(at), relation, bases)

    def odd(self) -> list[Item]:
        """The rows that go wrong elsewhere, and the first parties' own."""
        made = [self.item(root) for root in self.roots[: self.count // 4]]
        if self.count < 400:
            return made
        made += [
            self.item(f"chain/layer-{at:02}", "finetune", [f"chain/layer-{at + 1:02}"])
            for at in range(1, 39)
        ]
        made.append(self.item("chain/layer-39", "finetune", [self.roots[0]]))
        made.append(
            self.item(
                "wide/merge",
                "merge",
                [f"wide/part-{at}" for at in range(63)] + [self.roots[0], self.roots[-1]],
            )
        )
        made.append(self.item("loop/self", "finetune", ["loop/self"]))
        made.append(self.item("loop/Left", "finetune", ["loop/right"]))
        made.append(self.item("loop/right", "finetune", ["LOOP/left"]))
        for mine, other in ("ab", "bc", "ca"):
            outside = [self.roots[1]] if mine == "b" else []
            made.append(self.item(f"ring/{mine}", "merge", [f"ring/{other}", *outside]))
        made.append(self.item("below/ring", "quantized", ["ring/a"]))
        made.append(self.item("below/pair", "adapter", ["loop/LEFT"]))
        bare = self.item("bare/tag")
        bare["tags"].append(f"base_model:{self.roots[2]}")
        made.append(bare)
        two = self.item("two/words", "finetune", [self.roots[3]])
        two["tags"] = [f"base_model:quantized:{self.roots[4]}"]
        made.append(two)
        long = self.item("long/" + "x" * 95, "quantized", [self.roots[0]])
        return [*made, long]

    def item(self, name: str, relation: str = "", bases: list[str] | None = None) -> Item:
        chance = self.chance
        downloads = int(chance.paretovariate(0.45)) - 1 if chance.random() > 0.3 else 0
        made: Item = {
            "id": name,
            "author": name.partition("/")[0],
            "downloads": min(downloads, 90_000_000),
            "downloadsAllTime": min(downloads * chance.randrange(1, 40), 2_000_000_000),
            "likes": int(chance.paretovariate(1.1)) - 1,
            "trendingScore": chance.randrange(4),
            "private": False,
            "gated": chance.choice([False] * 18 + ["auto", "manual"]),
            "pipeline_tag": chance.choice(TASKS),
            "library_name": chance.choice(["transformers", "diffusers", "peft", None]),
            "tags": ["region:us"],
        }
        if (license_ := chance.choice(LICENSES)) is not None:
            made["tags"].append(f"license:{license_}")
        if chance.random() < 0.6:
            made["safetensors"] = {"total": chance.choice([494, 1544, 7616, 32764]) * 10**6}
        if bases and chance.random() < 0.02:
            made["tags"] += [f"base_model:{base}" for base in bases]
        elif bases:
            made["baseModels"] = {"relation": relation, "models": [{"id": base} for base in bases]}
            for base in bases:
                made["tags"] += [f"base_model:{base}", f"base_model:{relation}:{base}"]
        return {key: value for key, value in made.items() if value is not None}

    def dated(self, item: Item, at: int) -> Item:
        """The row with its time and the Hub's own number, each a function of its place."""
        part = (at / self.count) ** 1.6
        when = NEWEST - timedelta(seconds=round((NEWEST - OLDEST).total_seconds() * part))
        text = when.strftime("%Y-%m-%dT%H:%M:%S.000Z")
        digest = sha1(item["id"].encode(), usedforsecurity=False).hexdigest()[:16]
        number = f"{int(when.timestamp()):08x}{digest}"
        return {"_id": number, **item, "createdAt": text, "lastModified": text}
