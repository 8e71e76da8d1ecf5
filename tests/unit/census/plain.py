"""Every figure again by loops over the raw rows: slow, and written without the project's rules."""

import re
from collections import Counter
from collections.abc import Iterable
from functools import cache, cached_property
from typing import Any

from tui.analysis.registry.registry import Family, Registry
from tui.model import Lens
from tui.model.lens import DERIVED

LLM = ("text-generation", "image-text-to-text", "any-to-any")
NO_LLM = ("guard", "reward", "embed", "rerank", "gguf", "mlx", "onnx", "awq", "gptq", "bnb",
          "exl2", "lora", "adapter")  # fmt: skip


class Plain:
    """The rows by id in lower case. ``month`` is the text of 30 days before the census."""

    def __init__(self, items: Iterable[dict[str, Any]], registry: Registry, month: str) -> None:
        self.items = {item["id"].lower(): item for item in items}
        self.registry = registry
        self.month = month
        self.mirrors = {a.old.lower(): a.new for a in registry.aliases if a.kind == "mirror"}

    # one row

    def now(self, name: str) -> str:
        return self.registry.canonical(name)

    @cached_property
    def bases(self) -> dict[str, list[tuple[str, str]]]:
        return {key: self._bases(item) for key, item in self.items.items()}

    def _bases(self, item: dict[str, Any]) -> list[tuple[str, str]]:
        found: dict[str, str] = {}
        if "baseModels" in item:
            for model in item["baseModels"]["models"]:
                found.setdefault(self.now(model["id"]).lower(), item["baseModels"]["relation"])
        else:
            tags = [t.removeprefix("base_model:") for t in item["tags"]
                    if t.startswith("base_model:")]  # fmt: skip
            for tag in tags:
                relation, _, name = tag.rpartition(":")
                if relation:
                    found[self.now(name).lower()] = relation
            for tag in tags:
                if ":" not in tag:
                    found.setdefault(self.now(tag).lower(), "unknown")
        if not found and item["id"].lower() in self.mirrors:
            found[self.mirrors[item["id"].lower()].lower()] = "unknown"
        return list(found.items())

    def parents(self, key: str) -> list[str]:
        if key in self.items:
            return [base for base, _ in self.bases[key] if base != key]
        return [self.mirrors[key].lower()] if key in self.mirrors else []

    @cache  # noqa: B019 - of one test
    def family(self, key: str) -> Family | None:
        name = self.now(key)
        author = name.partition("/")[0].lower()
        for family in self.registry.families:
            orgs = {org.lower() for org in family.orgs}
            if author in orgs and re.match(family.pattern, name, re.IGNORECASE):
                return family
        return None

    def author(self, key: str) -> str:
        return key.partition("/")[0] if "/" in key else ""

    def llm(self, key: str) -> bool | None:
        if any(word in key.rpartition("/")[2] for word in NO_LLM):
            return False
        task = self.items.get(key, {}).get("pipeline_tag")
        return None if task is None else task in LLM

    def alive(self, key: str) -> bool:
        return bool(self.items[key]["likes"] >= 1 or self.items[key]["downloads"] >= 10)

    def fresh(self, key: str) -> bool:
        return bool(self.items[key]["createdAt"][:19] > self.month[:19])

    def group(self, key: str) -> str:
        family = self.family(key)
        return family.key if family else "@" + self.author(self.now(key).lower())

    def country(self, key: str) -> str:
        family = self.family(key)
        if family:
            return family.home
        return self.registry.origin_of_author(self.now(key).partition("/")[0])

    # lineage

    @cache  # noqa: B019 - of one test
    def above(self, key: str) -> frozenset[str]:
        """Every node over this one; itself only where it lies on a cycle."""
        found: set[str] = set()
        left = list(self.parents(key))
        while left:
            one = left.pop()
            if one not in found:
                found.add(one)
                left += self.parents(one)
        return frozenset(found)

    @cache  # noqa: B019 - of one test
    def roots(self, key: str) -> frozenset[str]:
        found = set()
        for one in {key} | self.above(key):
            cycle = {two for two in self.above(one) if one in self.above(two)} | {one}
            if all(parent in cycle for two in cycle for parent in self.parents(two)):
                found.add(min(cycle, key=self.age))
        return frozenset(found)

    def age(self, key: str) -> tuple[str, str]:
        item = self.items.get(key)
        return (item["createdAt"], item["id"]) if item else ("~", key)

    # figures

    @cached_property
    def families(self) -> dict[str, list[str]]:
        found: dict[str, list[str]] = {}
        for name in self.items:
            if family := self.family(name):
                found.setdefault(family.key, []).append(name)
        return found

    def own(self, key: str, llm: bool) -> list[str]:
        mine = self.families.get(key, [])
        return [name for name in mine if not llm or self.llm(name)]

    def built(self, key: str, lens: Lens) -> list[tuple[str, set[str], float, bool]]:
        """Repo, relations, fraction, and whether it surely counts."""
        return self._built(key, lens.walk, lens.llm, lens.first_party)

    @cache  # noqa: B019 - of one test
    def _built(
        self, key: str, walk: str, llm: bool, first_party: str
    ) -> list[tuple[str, set[str], float, bool]]:
        family = next(one for one in self.registry.families if one.key == key)
        orgs = {org.lower() for org in family.orgs}
        found = []
        for name, bases in self.bases.items():
            if not bases:
                continue
            if first_party == "apart" and self.author(name) in orgs:
                continue
            sure: set[str] = set()
            may: set[str] = set()
            for base, relation in bases:
                states = self._states(name, base, key, walk)
                if states and (not llm or True in states):
                    sure.add(relation)
                elif None in states:
                    may.add(relation)
            if sure or may:
                names = [b for b, _ in bases] if walk == "direct" else list(self.roots(name))
                groups = {self.group(one) for one in names}
                found.append((name, sure or may, 1 / len(groups), bool(sure)))
        return found

    def _states(self, child: str, base: str, key: str, walk: str) -> list[bool | None]:
        """Of the family's own repos that a base stands for, whether each is a language model."""
        if walk == "direct":
            tops = [base] if base in self.items else []
        elif base == child or self.roots(base) == {child}:
            tops = []
        else:
            tops = list(self.roots(base))
        return [self.llm(one) for one in tops if (f := self.family(one)) and f.key == key]

    def figures(self, key: str, lens: Lens) -> dict[str, tuple[float | None, float | None]]:
        """Value of each figure and the upper end of what unknown rows leave open."""
        mine, rows = self.own(key, lens.llm), self.items
        down = [rows[name]["downloads"] for name in mine]
        found: dict[str, tuple[float | None, float | None]] = {}
        values: dict[str, float | None] = {
            "repos": len(mine),
            "downloads_30d": sum(down),
            "downloads_all_time": sum(rows[name]["downloadsAllTime"] for name in mine),
            "likes": sum(rows[name]["likes"] for name in mine),
            "new_repos_30d": sum(self.fresh(name) for name in mine),
            "top3_share": sum(sorted(down)[-3:]) / sum(down) if sum(down) else None,
        }
        found.update((name, (value, None)) for name, value in values.items())
        built = self.built(key, lens)
        for name in (
            "derivatives",
            "derivatives_alive",
            "new_derivatives_30d",
            *(f"derivatives_{relation}" for relation in DERIVED),
            "derivative_authors",
        ):
            one = name.removeprefix("derivatives_")
            wanted = {one} if one in DERIVED else set(lens.relations)
            test = {"derivatives_alive": self.alive, "new_derivatives_30d": self.fresh}.get(
                name, lambda _: True
            )
            kept = [d for d in built if d[1] & wanted and test(d[0])]
            if name == "derivative_authors":
                value = float(len({self.author(d[0]) for d in kept if d[3]}))
                most = float(len({self.author(d[0]) for d in kept}))
            else:
                part = [1.0 if lens.credit == "multi" else d[2] for d in kept]
                value = sum(p for p, d in zip(part, kept) if d[3])
                most = sum(part)
            found[name] = (value, most)
        return found

    def top_author(self, key: str, lens: Lens) -> float | None:
        kept = [d for d in self.built(key, lens) if d[1] & set(lens.relations) and d[3]]
        makers = Counter(self.author(d[0]) for d in kept)
        return max(makers.values()) / len(kept) if kept else None

    # shares and claims

    def lab(self, key: str) -> list[str]:
        """The labs fewest steps above, the repo itself first."""
        level, seen = [key], {key}
        while level:
            names = {self.now(one).partition("/")[0].lower() for one in level}
            labs = sorted(name for name in names if self.registry.is_lab(name))
            if labs:
                return labs
            above = [parent for one in level for parent in self.parents(one)]
            level = [one for one in dict.fromkeys(above) if one not in seen]
            seen |= set(level)
        return []

    def origin(self, key: str, rule: str) -> dict[str, float]:
        if rule == "uploader":
            places = [self.registry.origin_of_author(self.author(key))]
        elif rule == "lab":
            places = [self.registry.origin_of_author(lab) for lab in self.lab(key)] or ["??"]
        else:
            groups = {self.group(root): self.country(root) for root in self.roots(key)}
            places = list(groups.values())
        return {place: places.count(place) / len(places) for place in places}

    def new(self, window: tuple[str, str], relations: Iterable[str]) -> list[str]:
        """The new derivatives of a window, uploader not first-party."""
        wanted, found = set(relations), []
        for key, item in self.items.items():
            if not window[0][:19] <= item["createdAt"][:19] <= window[1][:19]:
                continue
            families = [f for root in self.roots(key) if (f := self.family(root))]
            first = any(self.author(key) in {o.lower() for o in f.orgs} for f in families)
            if not first and {relation for _, relation in self.bases[key]} & wanted:
                found.append(key)
        return found

    def weights(self, keys: Iterable[str], rule: str) -> Counter[str]:
        total: Counter[str] = Counter()
        for key in keys:
            for place, weight in self.origin(key, rule).items():
                total[place] += weight  # type: ignore[assignment]
        return total
