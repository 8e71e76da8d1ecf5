"""From a request to its answer: who asks, which repo, what is allowed, which page of it."""

import re
from urllib.parse import quote

from tests.loopback import content, lists, people, repos, talks
from tests.loopback.answer import Answer, Request, as_json, error, redirect
from tests.loopback.quirks import Quirks
from tests.loopback.world import KINDS, HubRepo, Token, World, admitted, readable

PARTS = "revision|tree|treesize|refs|commits|discussions|auth-check|scan"
NAME = r"[^/]+"
API = re.compile(
    rf"/api/(?P<kind>models|datasets|spaces)/"
    rf"(?P<id>{NAME}(?:/(?!(?:{PARTS})(?:/|$)){NAME})?)(?:/(?P<part>{PARTS})(?:/(?P<rest>.*))?)?"
)
FILE = re.compile(
    rf"/(?:(?P<kind>datasets|spaces)/)?(?P<id>{NAME}(?:/{NAME})?)"
    r"/(?P<part>resolve|raw)/(?P<rest>.+)"
)
CACHE = re.compile(
    rf"/api/resolve-cache/(?P<kind>models|datasets|spaces)/(?P<id>{NAME}/{NAME})/(?P<rest>.+)"
)
CONTENT = (
    *("tree", "treesize", "refs", "commits", "resolve", "raw", "resolve-cache"),
    *("auth-check", "scan"),
)

NARROW = (
    "Please enable access to public gated repositories in your fine-grained token settings to "
    "view this repository."
)


class Router:
    """Answers requests from a world, as the Hub would."""

    def __init__(self, world: World, quirks: Quirks) -> None:
        self.world = world
        self.quirks = quirks

    def caller(self, request: Request) -> Token | None:
        """Who asks. LookupError when the token is not known."""
        words = request.headers.get("authorization", "").split()
        return self.world.tokens[words[-1]] if words else None

    def answer(self, request: Request) -> Answer:
        """The honest answer to a request."""
        try:
            caller = self.caller(request)
        except LookupError:
            return self.unknown_login(request)
        if self.quirks.moved_to:
            return redirect(308, self.quirks.moved_to + request.target)
        if request.method not in ("GET", "HEAD"):
            return error(405, "Method not allowed")
        try:
            return self.page(request, caller) or self.repo_page(request, caller)
        except ValueError as problem:  # a number or cursor that is none
            return error(400, f"Invalid parameter: {problem}")

    def unknown_login(self, request: Request) -> Answer:
        """The refusal of a token that is not known, or no more; a gated file takes it for none."""
        found = FILE.fullmatch(request.path)
        repo = self.world.find(found["kind"] or "models", found["id"]) if found else None
        if repo is not None and repo.facts.get("gated"):
            return gated(repo, None)
        return error(401, "Invalid credentials in Authorization header")

    def page(self, request: Request, caller: Token | None) -> Answer | None:
        """An answer that concerns no single repo; None where one is named."""
        world, path = self.world, request.path.rstrip("/")
        if path.startswith("/api/") and path[5:] in KINDS:
            return lists.list_repos(world, self.quirks, path[5:], request, caller)
        if found := re.fullmatch(r"/api/(organizations|users)/([^/]+)/overview", path):
            return self.overview(*found.groups())
        if path.startswith("/xet-bridge-us/"):
            return content.large_bytes(world, request)
        if path == "/api/trending":
            return people.trending(world, request)
        if path == "/api/quicksearch":
            return people.quick_search(world, request)
        if path == "/api/whoami-v2":
            return people.who_am_i(caller)
        if path == "/api/models-tags-by-type":
            return people.tags_by_type(world, request)
        if path == "/models-json":
            return people.models_json(world, request)
        if path == "/api/agent-harnesses":
            return as_json({"standardEnvVars": [], "harnesses": {}})
        return None

    def overview(self, kind: str, name: str) -> Answer:
        """An organisation, or a person, whose name is redirected to its own case."""
        if kind == "organizations":
            return people.org_overview(self.world, name)
        known = {user.lower(): user for user in self.world.users}.get(name.lower(), name)
        if known != name:
            return redirect(307, f"/api/users/{known}/overview")
        return people.user_overview(self.world, name)

    def repo_page(self, request: Request, caller: Token | None) -> Answer:
        """An answer about one repo, after redirects and permissions."""
        found = CACHE.fullmatch(request.path) or API.fullmatch(request.path)
        found = found or FILE.fullmatch(request.path)
        if found is None:
            return error(404, people.NO_PAGE)
        named = {"kind": "models", "part": "resolve-cache", **found.groupdict()}
        kind, part, rest = named["kind"] or "models", named["part"] or "", named["rest"] or ""
        if target := self.moved(kind, named["id"], caller):
            query = "" if self.quirks.bare_redirects else request.target.partition("?")[2]
            path = request.path.replace(named["id"], target, 1)
            return redirect(307, quote(path) + (f"?{query}" if query else ""))
        repo = self.world.find(kind, named["id"])
        if repo is None or not readable(repo, caller):
            return no_such_repo(caller)
        revision, path = split_revision(rest)
        return (
            self.forbidden(repo, part, path, caller)
            or self.no_revision(repo, part, revision)
            or self.part(repo, part, rest, path, request)
        )

    def moved(self, kind: str, repo_id: str, caller: Token | None) -> str | None:
        """Where an id is redirected to: a new name, or its own case."""
        if target := self.world.moved.get((kind, repo_id.lower())):
            return target
        repo = self.world.find(kind, repo_id)
        if repo is None or repo.id == repo_id or not readable(repo, caller):
            return None
        return repo.id

    def forbidden(self, repo: HubRepo, part: str, path: str, caller: Token | None) -> Answer | None:
        """The refusal of content that is disabled or gated; facts stay readable."""
        if part not in CONTENT:
            return None
        if repo.facts["disabled"]:
            return error(403, "Access to this resource is disabled.")
        open_part = (path == "README.md" and self.quirks.gated_readme) or (
            part in ("tree", "treesize") and self.quirks.gated_tree
        )
        if not repo.facts.get("gated") or admitted(repo, caller) or open_part:
            return None
        return gated(repo, caller)

    def no_revision(self, repo: HubRepo, part: str, revision: str) -> Answer | None:
        """The 404 of a revision that does not exist."""
        if part in ("", "refs", "discussions", "auth-check", "scan") or repos.knows(repo, revision):
            return None
        return error(404, f"Invalid rev id: {revision}", "RevisionNotFound")

    def part(self, repo: HubRepo, part: str, rest: str, path: str, request: Request) -> Answer:
        """The named part of a repo."""
        if part == "tree":
            return repos.tree(self.quirks, repo, request, path.rstrip("/"))
        if part == "treesize":
            return repos.tree_size(repo, path.rstrip("/"))
        if part == "refs":
            return repos.refs(repo, request)
        if part == "commits":
            return repos.commits(self.quirks, repo, request)
        if part == "auth-check":
            return Answer(200)
        if part == "scan":
            return repos.scans(self.quirks, repo)
        if part == "discussions":
            return talks.discussions(self.world, repo, request, rest)
        if part == "resolve":
            return content.resolve(self.quirks, repo, request, path)
        if part in ("raw", "resolve-cache"):
            return content.cached(self.quirks, repo, request, path)
        return repos.detail(self.world, self.quirks, repo, request)


def split_revision(rest: str) -> tuple[str, str]:
    """Revision and path; ``refs/pr/1`` holds slashes of its own."""
    found = re.fullmatch(r"(refs/(?:pr|heads|convert)/[^/]+|[^/]*)/?(.*)", rest, re.DOTALL)
    return (found[1], found[2]) if found else (rest, "")


def no_such_repo(caller: Token | None) -> Answer:
    """Missing and private look the same; without a token, like a failed login."""
    if caller is None:
        return error(401, "Invalid username or password.")
    return error(404, "Repository not found", "RepoNotFound")


def gated(repo: HubRepo, caller: Token | None) -> Answer:
    """The refusal of a gated repo's content."""
    if caller is None:
        told = "You must have access to it and be authenticated to access it. Please log in."
        return error(401, f"Access to model {repo.id} is restricted. {told}", "GatedRepo")
    if caller.narrow:
        return error(403, NARROW)
    told = f"Visit https://huggingface.co/{repo.id} to ask for access."
    about = f"Access to model {repo.id} is restricted and you are not in the authorized list."
    return error(403, f"{about} {told}", "GatedRepo")
