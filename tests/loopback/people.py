"""What belongs to no single repo: trending, the search box, people, the tag vocabulary."""

from typing import Any

from tests.loopback.answer import Answer, Request, as_json, error
from tests.loopback.lists import Row, fields, ordered, parameters
from tests.loopback.talks import person
from tests.loopback.world import KINDS, HubRepo, Token, World, object_id

TAG_TYPES = (
    *("pipeline_tag", "library", "dataset", "bucket", "language", "license"),
    *("arxiv", "doi", "region", "deploy", "other"),
)
NO_PAGE = "Sorry, we can't find the page you are looking for."


def trending(world: World, request: Request) -> Answer:
    """``/api/trending``: at most 20 of each kind."""
    limit, kind = request.one("limit", "10"), request.one("type", "all")
    if not limit.isdigit() or not 1 <= int(limit) <= 20:
        return error(400, '"limit" must be between 1 and 20')
    kinds = [name for name in KINDS if kind in ("all", name[:-1])]
    if not kinds:
        return error(400, f"Invalid type {kind!r}: expected one of all, model, dataset, space")
    rows = []
    for name in kinds:
        public = ordered(world.visible(name, None), "trendingScore")
        rows += [
            {"repoType": name[:-1], "repoData": trending_row(world, repo)}
            for repo in public[: int(limit)]
        ]
    return as_json({"recentlyTrending": rows})


def trending_row(world: World, repo: HubRepo) -> Row:
    """One repo as the trending page has it: no tags, no score, no ``_id``."""
    names = ["author", "id", "lastModified", "likes", "private"]
    if repo.kind == "spaces":
        names += ["createdAt", "disabled", "sdk", "runtime", "tags"]
    else:
        names += ["downloads", "gated", "pipeline_tag"]
    row = fields(world, repo, names)
    row |= {"authorData": person(world, repo.author), "isLikedByUser": False}
    row["repoType"] = repo.kind[:-1]
    if repo.kind == "models":
        row |= {"availableInferenceProviders": [], "widgetOutputUrls": []}
        row |= {"numParameters": parameters(repo)} if parameters(repo) else {}
    elif repo.kind == "datasets":
        row |= {"isBenchmark": False, "isTraces": False}
    else:
        row |= {"title": repo.id.split("/")[-1], "emoji": "🔭", "colorFrom": "red"}
        row |= {"colorTo": "blue", "featured": False, "pinned": False, "visibility": "public"}
    return row


def quick_search(world: World, request: Request) -> Answer:
    """``/api/quicksearch``: a few of each category, and the counts of all."""
    q = request.one("q")
    limit = int(request.one("limit", "4"))
    if not 1 <= limit <= 20:
        return error(400, '"limit" must be between 1 and 20')
    body: Row = {"q": q}
    for kind in KINDS:
        found = [repo for repo in world.visible(kind, None) if q.lower() in repo.id.lower()]
        body[kind] = [quick_row(repo) for repo in ordered(found, "trendingScore")[:limit]]
        body[f"{kind}Count"] = len(found)
    for category, key, known in (("orgs", "name", world.orgs), ("users", "user", world.users)):
        names = [name for name in known if q.lower() in name.lower()][:limit]
        body[category] = [quick_person(key, name, known[name]) for name in names]
    for category in ("papers", "collections", "buckets", "kernels"):
        body |= {category: [], f"{category}Count": 0}
    return as_json(body)


def quick_row(repo: HubRepo) -> Row:
    row = {"_id": repo.facts["_id"], "id": repo.id, "trendingWeight": 1, "private": False}
    return row | {"emoji": "🔭"} if repo.kind == "spaces" else row


def quick_person(key: str, name: str, known: dict[str, Any]) -> Row:
    row = {"_id": object_id(name), "avatarUrl": "/avatars/0.svg", "fullname": known["fullname"]}
    return row | {key: name}


def counts(world: World, name: str) -> Row:
    """How many public repos of each kind a namespace holds."""
    return {
        f"num{kind.title()}": sum(repo.author == name for repo in world.visible(kind, None))
        for kind in KINDS
    } | {"numKernels": 0, "numBuckets": 0, "numPapers": 0}


def org_overview(world: World, name: str) -> Answer:
    """``/api/organizations/{name}/overview``, in any case and without a redirect."""
    found = {known.lower(): known for known in world.orgs}.get(name.lower())
    if found is None:
        return error(404, NO_PAGE)
    row = {"_id": object_id(found), "avatarUrl": "/avatars/0.svg", "name": found}
    return as_json(row | {"isFollowing": False} | counts(world, found) | world.orgs[found])


def user_overview(world: World, name: str) -> Answer:
    """``/api/users/{name}/overview``; an organisation is no user."""
    if name not in world.users:
        return error(404, "This user does not exist")
    row: Row = {"_id": object_id(name), "avatarUrl": "/avatars/0.svg", "user": name}
    row |= {"type": "user", "orgs": [], "isFollowing": False, "numDiscussions": 0}
    row |= dict.fromkeys(("numUpvotes", "numLikes", "numFollowers", "numFollowing"), 0)
    return as_json(row | counts(world, name) | world.users[name])


def who_am_i(caller: Token | None) -> Answer:
    """``/api/whoami-v2``: for a token only."""
    if caller is None:
        return error(401, "Invalid username or password.")
    row: Row = {"type": "user", "id": object_id(caller.user), "name": caller.user}
    row |= {
        "fullname": caller.user.title(),
        "isPro": False,
        "orgs": [],
        "avatarUrl": "/avatars/0.svg",
    }
    auth = {"type": "access_token", "accessToken": {"displayName": "test", "role": "read"}}
    return as_json(row | {"auth": auth})


def tags_by_type(world: World, request: Request) -> Answer:
    """``/api/models-tags-by-type``: the vocabulary, of one type or of all."""
    wanted = request.one("type")
    if wanted and wanted not in TAG_TYPES:
        return error(400, f"Invalid type {wanted!r}: expected one of {', '.join(TAG_TYPES)}")
    found: dict[str, dict[str, Row]] = {name: {} for name in ([wanted] if wanted else TAG_TYPES)}
    for repo in world.visible("models", None):
        for tag in repo.facts["tags"]:
            kind = tag_type(tag, repo)
            if kind in found:
                found[kind][tag] = {"id": tag, "label": tag.split(":")[-1], "type": kind}
    for tag, row in found.get("pipeline_tag", {}).items():
        row["subType"] = "cv" if "image" in tag else "nlp"
    return as_json({kind: list(rows.values()) for kind, rows in found.items()})


def tag_type(tag: str, repo: HubRepo) -> str:
    """Which part of the vocabulary a tag belongs to."""
    prefix = tag.split(":")[0]
    if ":" in tag:
        return prefix if prefix in TAG_TYPES else "other"
    if tag == repo.facts.get("pipeline_tag"):
        return "pipeline_tag"
    if tag == repo.facts.get("library_name") or tag in ("safetensors", "gguf"):
        return "library"
    return "language" if len(tag) == 2 else "other"


def models_json(world: World, request: Request) -> Answer:
    """``/models-json``: the web page's own list, 30 a page, with a total."""
    every = world.visible("models", None)
    if task := request.one("pipeline_tag"):
        every = [repo for repo in every if repo.facts.get("pipeline_tag") == task]
    if other := request.one("other"):
        every = [repo for repo in every if other in repo.facts["tags"]]
    sort = {"trending": "trendingScore"}.get(request.one("sort", "trending"), request.one("sort"))
    page = int(request.one("p", "0"))
    rows = ordered(every, sort)[page * 30 :][:30]
    body: Row = {"models": [trending_row(world, repo) for repo in rows]}
    body |= {"numItemsPerPage": 30, "numTotalItems": len(every), "pageIndex": page}
    return as_json(body)
