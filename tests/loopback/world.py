"""What a loopback Hub holds: repos with their facts and files, people, tokens, old names."""

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from hashlib import sha1, sha256
from typing import Any, NamedTuple

KINDS = ("models", "datasets", "spaces")
RUNNING = {
    "stage": "RUNNING",
    "hardware": {"current": "cpu-basic", "requested": "cpu-basic"},
    "replicas": {"current": 1, "requested": 1},
}
BEGINNING = datetime(2026, 1, 1, tzinfo=UTC)

Base = tuple[str, Sequence[str]]
Content = bytes | str | int | dict[str, Any]


class Large(bytes):
    """A file that is kept outside git (LFS), with its bytes; an int has the size alone."""


class Token(NamedTuple):
    """Who a token belongs to, and which private or gated repos it opens.

    A ``narrow`` one is fine-grained and lacks the right to read gated repos.
    """

    user: str
    access: frozenset[str] = frozenset()
    narrow: bool = False


@dataclass
class Discussion:
    """One discussion or pull request of a repo."""

    num: int
    title: str
    status: str = "open"
    is_pull_request: bool = False
    author: str = "reader"
    comments: int = 1


@dataclass
class HubRepo:
    """A repo: ``facts`` in the Hub's own detail shape, files by path.

    An int is the size of an LFS file, Large its bytes.
    """

    kind: str  # models, datasets or spaces
    facts: dict[str, Any]
    files: dict[str, bytes | int] = field(default_factory=dict)
    commits: list[str] = field(default_factory=lambda: ["initial commit"])
    tags: list[str] = field(default_factory=list)  # git tags
    discussions: list[Discussion] = field(default_factory=list)

    @property
    def id(self) -> str:
        """``namespace/name``."""
        return str(self.facts["id"])

    @property
    def author(self) -> str:
        """The namespace."""
        return self.id.split("/")[0]

    @property
    def parents(self) -> list[str]:
        """The declared base models, by the Hub's field or else by bare tag."""
        declared = self.facts.get("baseModels")
        if declared:
            return [str(parent["id"]) for parent in declared["models"]]
        bases = [tag[11:] for tag in self.facts["tags"] if tag.startswith("base_model:")]
        return [base for base in bases if ":" not in base]

    def discuss(self, title: str, status: str = "open", *, pull_request: bool = False) -> None:
        """Open a discussion; ``status`` is open, closed, merged or draft."""
        self.discussions.append(Discussion(len(self.discussions) + 1, title, status, pull_request))


def moment(hours: float) -> str:
    """A time so many hours after the first of January 2026, as the Hub writes it."""
    at = BEGINNING + timedelta(hours=hours)
    return at.strftime("%Y-%m-%dT%H:%M:%S.000Z")


def object_id(name: str, created: str = "") -> str:
    """24 hex digits: the creation time in seconds, then a digest of the name."""
    at = datetime.fromisoformat(created or moment(0))
    return f"{int(at.timestamp()):08x}{sha1(name.encode()).hexdigest()[:16]}"


def as_bytes(content: Content) -> bytes | int:
    """File content as the server keeps it; a dict becomes JSON."""
    if isinstance(content, dict):
        return json.dumps(content).encode()
    return content.encode() if isinstance(content, str) else content


class World:
    """All that a loopback Hub knows. Builders return the repo, whose facts may be changed."""

    def __init__(self) -> None:
        self.repos: dict[str, dict[str, HubRepo]] = {kind: {} for kind in KINDS}
        self.moved: dict[tuple[str, str], str] = {}
        self.tokens: dict[str, Token] = {}
        self.orgs: dict[str, dict[str, Any]] = {}
        self.users: dict[str, dict[str, Any]] = {}

    def model(
        self,
        repo_id: str,
        *,
        base: Base | None = None,
        task: str | None = None,
        library: str | None = None,
        license: str | None = None,
        params: Mapping[str, int] | None = None,
        tags: Iterable[str] = (),
        files: Mapping[str, Content] | None = None,
        readme: Content | None = None,
        **facts: Any,
    ) -> HubRepo:
        """Add a model. ``base`` is ``(relation, ids)``; ``params`` maps dtype to element count.

        ``facts`` are fields of the Hub's detail answer by their own names (downloads,
        trendingScore, gated, gguf, evalResults, ...); None leaves a field out. A given
        childrenModelCount stands; otherwise the children in this world are counted.
        """
        relation, bases = base or ("", ())
        words = [library, "safetensors" if params else None, task, *tags]
        for parent in bases:
            words += [f"base_model:{parent}", f"base_model:{relation}:{parent}"]
        words += [f"license:{license}" if license else None, "region:us"]
        own: dict[str, Any] = {"pipeline_tag": task, "library_name": library}
        if params:
            own["safetensors"] = {"parameters": dict(params), "total": sum(params.values())}
        if base:
            models = [{"id": parent} for parent in bases]
            own["baseModels"] = {"relation": relation, "models": models}
        card = {"license": license, "base_model": list(bases) or None}
        own["cardData"] = {key: value for key, value in card.items() if value} or None
        own |= {"config": {}, "model-index": None, "downloadsAllTime": facts.get("downloads", 0)}
        own["tags"] = [word for word in words if word]
        return self.add("models", repo_id, {**own, **facts}, files, readme)

    def dataset(
        self,
        repo_id: str,
        *,
        tags: Iterable[str] = (),
        files: Mapping[str, Content] | None = None,
        readme: Content | None = None,
        **facts: Any,
    ) -> HubRepo:
        """Add a dataset; ``facts`` as in ``model``."""
        own = {"tags": [*tags, "region:us"], "key": "", "description": f"About {repo_id}."}
        return self.add("datasets", repo_id, {**own, **facts}, files, readme)

    def space(
        self,
        repo_id: str,
        *,
        sdk: str = "gradio",
        uses: Sequence[str] = (),
        files: Mapping[str, Content] | None = None,
        readme: Content | None = None,
        **facts: Any,
    ) -> HubRepo:
        """Add a Space that uses these models; ``facts`` as in ``model``."""
        own: dict[str, Any] = {"sdk": sdk, "tags": [sdk, "region:us"], "models": list(uses)}
        own["subdomain"] = repo_id.lower().replace("/", "-")
        own["runtime"] = RUNNING
        return self.add("spaces", repo_id, {**own, **facts}, files, readme)

    def add(
        self,
        kind: str,
        repo_id: str,
        facts: Mapping[str, Any],
        files: Mapping[str, Content] | None = None,
        readme: Content | None = None,
    ) -> HubRepo:
        """Add a repo by its facts alone, tags included; what is left out gets a plain value."""
        author = repo_id.split("/")[0]
        created = facts.get("createdAt") or moment(len(self.repos[kind]))
        common: dict[str, Any] = {
            "_id": object_id(f"{kind}/{repo_id}", created),
            "id": repo_id,
            "author": author,
            "sha": sha1(f"{kind}/{repo_id}".encode()).hexdigest(),
            "createdAt": created,
            "lastModified": created,
            "private": False,
            "disabled": False,
            "likes": 0,
            "trendingScore": 0,
        }
        if kind != "spaces":
            common |= {"downloads": 0, "gated": False}
        merged = {**common, **facts}
        kept = {
            key: merged[key] for key in merged if merged[key] is not None or key == "model-index"
        }
        held = {path: as_bytes(content) for path, content in (files or {}).items()}
        if readme is not None:
            held["README.md"] = as_bytes(readme)
        held.setdefault(".gitattributes", b"*.safetensors filter=lfs diff=lfs merge=lfs -text\n")
        repo = self.repos[kind][repo_id.lower()] = HubRepo(kind, kept, held)
        if author not in self.users:
            self.org(author)
        return repo

    def org(self, name: str, **facts: Any) -> None:
        """Make a namespace an organisation, and say more about it."""
        self.users.pop(name, None)
        known = {"fullname": name.title(), "isVerified": False, "numUsers": 1, "numFollowers": 0}
        self.orgs[name] = {**known, **self.orgs.get(name, {}), **facts}

    def user(self, name: str, **facts: Any) -> None:
        """Make a namespace a person, and say more about them."""
        self.orgs.pop(name, None)
        known = {"fullname": name.title(), "isPro": False, "createdAt": moment(0)}
        self.users[name] = {**known, **self.users.get(name, {}), **facts}

    def token(
        self, text: str, user: str, access: Iterable[str] = (), *, narrow: bool = False
    ) -> None:
        """Let a token in, and open these private or gated repos to it."""
        self.tokens[text] = Token(user, frozenset(access), narrow)

    def expire(self, text: str) -> None:
        """Know a token no more."""
        del self.tokens[text]

    def rename(self, old: str, new: str, kind: str = "models") -> None:
        """Redirect an old id, or a legacy name without a namespace, to a repo."""
        self.moved[kind, old.lower()] = new

    def find(self, kind: str, repo_id: str) -> HubRepo | None:
        """The repo of this id, in any case."""
        return self.repos[kind].get(repo_id.lower())

    def large(self, oid: str) -> Large | None:
        """The bytes of the large file with this SHA-256."""
        for repos in self.repos.values():
            for repo in repos.values():
                for content in repo.files.values():
                    if isinstance(content, Large) and sha256(content).hexdigest() == oid:
                        return content
        return None

    def visible(self, kind: str, caller: Token | None) -> list[HubRepo]:
        """What this caller's lists may name."""
        return [repo for repo in self.repos[kind].values() if readable(repo, caller)]

    def children(self, parent: str) -> list[HubRepo]:
        """The public models that declare this one as a base."""
        return [
            repo
            for repo in self.visible("models", None)
            if any(base.lower() == parent.lower() for base in repo.parents)
        ]


def readable(repo: HubRepo, caller: Token | None) -> bool:
    """Whether the caller may know that the repo exists."""
    return not repo.facts["private"] or admitted(repo, caller)


def admitted(repo: HubRepo, caller: Token | None) -> bool:
    """Whether the caller owns the repo or was let in."""
    return caller is not None and (repo.author == caller.user or repo.id in caller.access)
