"""Lists: which repos, in which order, which page of them, and which fields of each."""

import json
import re
from base64 import b64decode, b64encode
from collections.abc import Callable, Sequence
from functools import cache
from heapq import nsmallest
from operator import itemgetter
from typing import Any
from urllib.parse import parse_qsl, urlencode

from tests.loopback.answer import Answer, Request, as_json, error
from tests.loopback.quirks import Quirks
from tests.loopback.world import HubRepo, Token, World, object_id

HUB = "https://huggingface.co"
EXPAND = {
    "models": (
        "author baseModels cardData config createdAt disabled downloads downloadsAllTime "
        "evalResults gated inference inferenceProviderMapping lastModified library_name likes "
        "mask_token model-index pipeline_tag private safetensors sha siblings spaces tags "
        "transformersInfo trendingScore widgetData gguf resourceGroup xetEnabled"
    ),
    "datasets": (
        "author cardData citation createdAt description disabled downloads downloadsAllTime "
        "gated lastModified likes mainSize paperswithcode_id private resourceGroup sha "
        "siblings tags trendingScore usedStorage xetEnabled"
    ),
    "spaces": (
        "author cardData createdAt datasets disabled lastModified likes models private region "
        "resourceGroup runtime sdk sha siblings subdomain tags trendingScore usedStorage "
        "xetEnabled"
    ),
}
FIELDS = {kind: names.split() for kind, names in EXPAND.items()}
ROWS = {
    "models": "likes trendingScore private downloads tags pipeline_tag library_name createdAt",
    "datasets": (
        "author disabled gated lastModified likes trendingScore private sha description downloads "
        "tags createdAt key"
    ),
    "spaces": "likes trendingScore private sdk tags createdAt",
}
FULL = "author gated lastModified sha siblings"
SORTS = (
    *("trendingScore", "downloads", "likes", "createdAt", "lastModified"),
    *("likes30d", "num_parameters", "mainSize", "id"),
)
UNITS = {"": 1, "K": 10**3, "M": 10**6, "B": 10**9, "T": 10**12}

Row = dict[str, Any]
Condition = Callable[[HubRepo], bool]


def list_repos(
    world: World, quirks: Quirks, kind: str, request: Request, caller: Token | None
) -> Answer:
    """One page of ``/api/models``, ``/api/datasets`` or ``/api/spaces``."""
    expand = request.many("expand")
    gone = quirks.withdrawn | (frozenset() if quirks.list_base_models else {"baseModels"})
    allowed = [name for name in FIELDS[kind] if name not in gone]
    if any(name not in allowed for name in expand):
        return refused(allowed)
    sort = request.one("sort", "trendingScore")
    if sort not in SORTS:
        return refused(SORTS)
    limit = request.one("limit", "1000")
    if not limit.isdigit() or int(limit) < 1:
        return error(400, f'"limit" must be a positive integer, not {limit!r}')
    if quirks.refuse_cursors and request.one("cursor"):
        return error(quirks.refuse_cursors, "Invalid cursor")
    after = unpack(request.one("cursor"))
    asked = conditions(request)
    passed = [repo for repo in world.visible(kind, caller) if all(holds(repo) for holds in asked)]
    ranked = [(rank(repo, sort), repo) for repo in passed]
    rest = [row for row in ranked if after is None or row[0] > after]
    size = min(int(limit), 1000)
    page = nsmallest(max(1, size - 1) if quirks.short_pages else size, rest, key=itemgetter(0))
    answer = as_json([item(world, row, request, expand) for _, row in page])
    if len(page) == len(rest):
        return answer
    return answer.with_headers(Link=next_link(request, quirks, pack(page[-1][0])))


def refused(allowed: Sequence[str]) -> Answer:
    """The 400 of a value that a parameter does not know, in the Hub's own words."""
    names = "|".join(f'"{name}"' for name in allowed)
    return error(400, f"✖ Invalid option: expected one of {names}")


def conditions(request: Request) -> list[Condition]:
    """What a repo has to fulfil, each condition once: a list may have thousands of repos."""
    asked: list[Condition] = []
    if words := request.one("search").lower().split():
        asked.append(lambda repo: all(word in repo.id.lower() for word in words))
    if names := request.many("filter"):
        asked.append(lambda repo: all(map(labels(repo).__contains__, names)))
    if apps := request.many("apps"):
        asked.append(lambda repo: all(name in repo.facts.get("apps", ()) for name in apps))
    if providers := request.many("inference_provider"):
        asked.append(lambda repo: all(served_by(repo, name) for name in providers))
    exact = {name: request.one(name) for name in ("author", "pipeline_tag", "inference")}
    if same := {name: value for name, value in exact.items() if value}:
        asked.append(lambda repo: all(repo.facts.get(name) == same[name] for name in same))
    used = {name: request.one(name) for name in ("models", "datasets")}
    if held := {name: value for name, value in used.items() if value}:
        asked.append(lambda repo: all(held[name] in repo.facts.get(name, ()) for name in held))
    if gated := request.one("gated"):
        asked.append(lambda repo: gated == str(bool(repo.facts.get("gated"))).lower())
    if size := request.one("num_parameters"):
        low, high = parameter_range(size)
        asked.append(lambda repo: low <= parameters(repo, -1) <= high)
    return asked


def labels(repo: HubRepo) -> list[str]:
    """Everything that ``filter`` compares with."""
    facts = repo.facts
    return [*facts["tags"], facts.get("pipeline_tag", ""), facts.get("library_name", "")]


def served_by(repo: HubRepo, provider: str) -> bool:
    """Whether an inference provider serves the model; ``all`` asks for any."""
    names = [entry["provider"] for entry in repo.facts.get("inferenceProviderMapping", ())]
    return bool(names) if provider == "all" else provider in names


def parameters(repo: HubRepo, unknown: int = 0) -> int:
    """The element count, from safetensors or GGUF."""
    facts = repo.facts
    return int((facts.get("safetensors") or facts.get("gguf") or {}).get("total", unknown))


def parameter_range(text: str) -> tuple[float, float]:
    """``min:6B,max:128B`` in numbers."""
    found = dict(re.findall(r"(min|max):([\d.]+[KMBT]?)", text))
    numbers = {
        end: float(size.rstrip("KMBT")) * UNITS[size.lstrip("0123456789.")]
        for end, size in found.items()
    }
    return numbers.get("min", 0 if found else -1), numbers.get("max", float("inf"))


@cache
def _descending(text: str) -> list[int]:
    """What sorts the other way around than the text; an order of moments asks for the same ones."""
    return [-ord(char) for char in text]


def rank(repo: HubRepo, sort: str) -> list[Any]:
    """The place of a repo in a descending list: no value last, ties by ``_id``."""
    value = parameters(repo) if sort == "num_parameters" else repo.facts.get(sort)
    if isinstance(value, str):
        value = _descending(value)
    elif value is not None:
        value = [-value]
    return [value is None, value or [], repo.facts["_id"]]


def ordered(repos: list[HubRepo], sort: str) -> list[HubRepo]:
    """Descending, as the Hub lists."""
    return sorted(repos, key=lambda repo: rank(repo, sort))


def pack(place: list[Any]) -> str:
    """An opaque cursor that names the last row's place, so that new rows do not shift a page."""
    return b64encode(json.dumps(place).encode()).decode()


def unpack(cursor: str) -> list[Any] | None:
    """The place in a cursor, None without one; ValueError when it is not one of ours."""
    if not cursor:
        return None
    place = json.loads(b64decode(cursor, validate=True))
    if not isinstance(place, list) or len(place) != 3:
        raise ValueError(cursor)
    return place


def next_link(request: Request, quirks: Quirks, cursor: str, **more: str) -> str:
    """The Link header of the next page: same path, same query, another cursor."""
    path, _, query = request.target.partition("?")
    changed = {"cursor": cursor, **more} if cursor else more
    pairs = [pair for pair in parse_qsl(query, True) if pair[0] not in changed]
    host = f"http://{request.headers.get('host', '')}" if quirks.own_links else HUB
    return f'<{host}{path}?{urlencode([*pairs, *changed.items()])}>; rel="next"'


def item(world: World, repo: HubRepo, request: Request, expand: list[str]) -> Row:
    """One row: the named fields, or the default ones of the kind. What does not apply is absent."""
    names = expand or ROWS[repo.kind].split()
    if not expand:
        names += FULL.split() if request.flag("full") else []
        names += [name for name in ("cardData", "config") if request.flag(name)]
    row = {"_id": repo.facts["_id"], "id": repo.id} | fields(world, repo, names)
    return row | {"modelId": repo.id} if repo.kind == "models" and not expand else row


def fields(world: World, repo: HubRepo, names: list[str]) -> Row:
    """The named facts of a repo, those included that follow from its files and from others."""
    row: Row = {}
    for name in names:
        if name == "siblings":
            row[name] = [{"rfilename": path} for path in sorted(repo.files)]
        elif name == "spaces" and repo.kind == "models":
            spaces = world.visible("spaces", None)
            row[name] = [s.id for s in spaces if repo.id in s.facts.get("models", ())][:100]
        elif name == "baseModels" and name in repo.facts:
            row[name] = with_ids(world, repo.facts[name])
        elif name in repo.facts:
            row[name] = repo.facts[name]
    return row


def with_ids(world: World, declared: Row) -> Row:
    """``baseModels`` with the parents' own ``_id``; a made one for a parent that is gone."""
    models = []
    for parent in declared["models"]:
        known = world.find("models", parent["id"])
        made = parent.get("_id") or object_id(parent["id"])
        models.append({"_id": known.facts["_id"] if known else made, "id": parent["id"]})
    return {"relation": declared["relation"], "models": models}
