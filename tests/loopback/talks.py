"""Authors as answers embed them, and the discussions of a repo."""

from typing import Any

from tests.loopback.answer import Answer, Request, as_json, error
from tests.loopback.lists import Row
from tests.loopback.world import HubRepo, World, object_id


def person(world: World, name: str) -> Row:
    """An author as lists embed one."""
    kind = "org" if name in world.orgs else "user"
    known = world.orgs.get(name) or world.users.get(name) or {"fullname": name.title()}
    row = {"_id": object_id(name), "avatarUrl": "/avatars/0.svg", "fullname": known["fullname"]}
    row |= {"name": name, "type": kind, "isHf": False, "isHfAdmin": False, "isMod": False}
    row |= {"followerCount": known.get("numFollowers", 0), "isUserFollowing": False}
    if kind == "user":
        row["isPro"] = known.get("isPro", False)
    elif "plan" in known:
        row["plan"] = known["plan"]
    return row


def discussions(world: World, repo: HubRepo, request: Request, num: str) -> Answer:
    """``/discussions``, 50 a page and without a Link; with a number, that one with its events."""
    every = [talk_row(world, repo, number) for number in range(len(repo.discussions), 0, -1)]
    if num:
        one = [row for row in every if str(row["num"]) == num]
        return as_json(one[0] | {"events": []}) if one else error(404, "Discussion not found")
    kind, status = request.one("type", "all"), request.one("status", "all")
    rows = [
        row
        for row in every
        if kind in ("all", "pull_request" if row["isPullRequest"] else "discussion")
        and status in ("all", "open" if row["status"] in ("open", "draft") else "closed")
        and request.one("search").lower() in row["title"].lower()
    ]
    page = int(request.one("p", "0"))
    body: Row = {"discussions": rows[page * 50 :][:50], "count": len(rows), "start": page * 50}
    if page == 0:
        body["numClosedDiscussions"] = sum(row["status"] in ("closed", "merged") for row in every)
    return as_json(body)


def talk_row(world: World, repo: HubRepo, number: int) -> Row:
    """One discussion as the list has it."""
    talk = repo.discussions[number - 1]
    owner: dict[str, Any] = {
        "name": repo.author,
        "type": person(world, repo.author)["type"],
        "isParticipating": False,
        "isDiscussionAuthor": talk.author == repo.author,
    }
    return {
        "num": talk.num,
        "author": person(world, talk.author),
        "repo": {"name": repo.id, "type": repo.kind.rstrip("s")},
        "title": talk.title,
        "status": talk.status,
        "createdAt": repo.facts["createdAt"],
        "isPullRequest": talk.is_pull_request,
        "numComments": talk.comments,
        "topReactions": [],
        "numReactionUsers": 0,
        "pinned": False,
        "repoOwner": owner,
    }
