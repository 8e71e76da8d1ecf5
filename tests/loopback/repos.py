"""One repo: its detail page, tree, refs, commits and discussions."""

from collections import Counter
from hashlib import sha1, sha256

from tests.loopback.answer import Answer, Request, as_json, error
from tests.loopback.lists import FIELDS, Row, fields, next_link, pack, refused, unpack
from tests.loopback.quirks import Quirks
from tests.loopback.world import HubRepo, Large, World, moment

DETAIL_ONLY = {
    "models": ["childrenModelCount", "usedStorage"],
    "datasets": [],
    "spaces": [],
}
NOT_BY_DEFAULT = (
    "downloadsAllTime trendingScore baseModels evalResults inferenceProviderMapping "
    "resourceGroup xetEnabled mainSize childrenModelCount"
)
RELATIONS = ("adapter", "merge", "quantized", "finetune")


def detail(world: World, quirks: Quirks, repo: HubRepo, request: Request) -> Answer:
    """``/api/models/{id}`` and its kin."""
    expand = request.many("expand")
    known = FIELDS[repo.kind] + DETAIL_ONLY[repo.kind]
    allowed = [name for name in known if name not in quirks.withdrawn]
    if any(name not in allowed for name in expand):
        return refused(allowed)
    names = expand or [name for name in allowed if name not in NOT_BY_DEFAULT.split()]
    row = {"_id": repo.facts["_id"], "id": repo.id} | fields(world, repo, names)
    if "inferenceProviderMapping" in row:
        row["inferenceProviderMapping"] = by_provider(row["inferenceProviderMapping"])
    if "childrenModelCount" in names:
        stated = repo.facts.get("childrenModelCount")
        counts = stated or count_children(world, quirks, repo)
        row["childrenModelCount"] = sum(counts.values()) if quirks.children_total else counts
    if "usedStorage" in names and "usedStorage" not in row:
        row["usedStorage"] = sum(size_of(content) for content in repo.files.values())
    if not expand:
        row |= {"modelId": repo.id} if repo.kind == "models" else {}
        row |= {"siblings": with_blobs(repo)} if request.flag("blobs") else {}
        if request.flag("securityStatus"):
            row["securityRepoStatus"] = {"scansDone": True, "filesWithIssues": []}
    return as_json(row)


def by_provider(mapping: list[Row]) -> Row:
    """The provider mapping as the detail page has it: an object, without list-only keys."""
    kept = ("status", "providerId", "task", "isModelAuthor", "adapter")
    return {
        entry["provider"]: {key: entry[key] for key in kept if key in entry} for entry in mapping
    }


def count_children(world: World, quirks: Quirks, repo: HubRepo) -> dict[str, int]:
    """Children by relation; all descendants, each once, where the quirk says so."""
    counts: Counter[str] = Counter()
    seen = {repo.id.lower()}
    front = [repo.id]
    while front:
        for child in world.children(front.pop()):
            declared = child.facts.get("baseModels")
            if child.id.lower() in seen or not declared:
                continue
            seen.add(child.id.lower())
            counts[declared["relation"]] += 1
            front += [child.id] if quirks.transitive_children else []
    return {relation: counts[relation] for relation in RELATIONS}


def size_of(content: bytes | int) -> int:
    """Bytes of a file, stored or only named."""
    return content if isinstance(content, int) else len(content)


def blob_id(repo: HubRepo, path: str) -> str:
    """The git object id of a file: of its bytes, or of its LFS pointer."""
    content = repo.files[path]
    if isinstance(content, Large):
        content = len(content)
    data = content if isinstance(content, bytes) else f"{repo.id}/{path}/{content}".encode()
    return sha1(b"blob %d\0" % len(data) + data).hexdigest()


def large_file(repo: HubRepo, path: str) -> Row:
    """The LFS record of a file whose bytes are not in git."""
    content = repo.files[path]
    named = content if isinstance(content, Large) else f"{repo.id}/{path}".encode()
    digest = sha256(named).hexdigest()
    return {"oid": digest, "size": size_of(repo.files[path]), "pointerSize": 134}


def with_blobs(repo: HubRepo) -> list[Row]:
    """Siblings with sizes, as ``blobs=true`` gives them."""
    rows: list[Row] = []
    for path, content in sorted(repo.files.items()):
        row: Row = {"rfilename": path, "size": size_of(content), "blobId": blob_id(repo, path)}
        if isinstance(content, int | Large):
            large = large_file(repo, path)
            row["lfs"] = {"sha256": large["oid"], "size": large["size"], "pointerSize": 134}
        rows.append(row)
    return rows


def commit_id(repo: HubRepo, index: int) -> str:
    """The id of a commit, newest first; the newest is the repo's sha."""
    return str(repo.facts["sha"]) if index == 0 else sha1(f"{repo.id}@{index}".encode()).hexdigest()


def knows(repo: HubRepo, revision: str) -> bool:
    """Whether a revision exists."""
    commits = [commit_id(repo, index) for index in range(len(repo.commits))]
    pulls = [f"refs/pr/{talk.num}" for talk in repo.discussions if talk.is_pull_request]
    return revision in ["main", "HEAD", "refs/heads/main", *commits, *repo.tags, *pulls]


def folders(repo: HubRepo) -> set[str]:
    """Every directory of the tree."""
    found: set[str] = set()
    for path in repo.files:
        parts = path.split("/")[:-1]
        found |= {"/".join(parts[:depth]) for depth in range(1, len(parts) + 1)}
    return found


def held(repo: HubRepo, folder: str, *, recursive: bool) -> list[str]:
    """The paths in a folder: directories first, then files, each by name."""

    def inside(path: str) -> bool:
        if folder and not path.startswith(f"{folder}/"):
            return False
        return recursive or "/" not in path[len(folder) + bool(folder) :]

    return [*sorted(filter(inside, folders(repo))), *sorted(filter(inside, repo.files))]


def entry(repo: HubRepo, path: str, *, expand: bool) -> Row:
    """A file of the tree, or a directory: a path at which no file lies."""
    commit = {"id": repo.facts["sha"], "title": repo.commits[0], "date": repo.facts["lastModified"]}
    last = {"lastCommit": commit} if expand else {}
    if path not in repo.files:
        oid = sha1(f"{repo.id}/{path}/".encode()).hexdigest()
        return {"type": "directory", "oid": oid, "size": 0, "path": path} | last
    content = repo.files[path]
    row: Row = {"type": "file", "oid": blob_id(repo, path), "size": size_of(content)}
    row["path"] = path
    if isinstance(content, int | Large):
        row["lfs"] = large_file(repo, path)
        row["xetHash"] = sha256(f"xet {repo.id}/{path}".encode()).hexdigest()
    return row | last | ({"securityFileStatus": scan(path)} if expand else {})


def scan(path: str) -> Row:
    """A file's security status: pickles are looked at, the rest is safe."""
    status = "caution" if path.endswith((".bin", ".pkl", ".pt")) else "safe"
    imports = {"status": status, "pickleImports": [], "version": "0.0.0"}
    clean = {"status": "safe", "message": "No security issues detected"}
    return {"status": status, "avScan": clean, "pickleImportScan": imports}


def scans(quirks: Quirks, repo: HubRepo) -> Answer:
    """``/scan``: every file with an issue, and how grave it is."""
    levels = ((path, scan(path)["status"]) for path in sorted(repo.files))
    issues = [{"path": path, "level": level} for path, level in levels if level != "safe"]
    return as_json({"scansDone": quirks.scanned, "filesWithIssues": issues})


def tree(quirks: Quirks, repo: HubRepo, request: Request, folder: str) -> Answer:
    """``/tree/{rev}[/{path}]``, paged."""
    if folder and folder not in folders(repo):
        return error(404, f"{folder} does not exist on this revision", "EntryNotFound")
    expand = request.flag("expand")
    limit = int(request.one("limit", "100" if expand else "1000"))
    found = held(repo, folder, recursive=request.flag("recursive"))
    place = unpack(request.one("cursor"))
    start = 0 if place is None else int(place[1])
    answer = as_json([entry(repo, path, expand=expand) for path in found[start : start + limit]])
    if start + limit >= len(found):
        return answer
    cursor = pack([folder, start + limit, repo.facts["sha"]])
    return answer.with_headers(Link=next_link(request, quirks, cursor))


def tree_size(repo: HubRepo, path: str) -> Answer:
    """``/treesize/{rev}/{path}``: bytes below a path."""
    meant = [
        size_of(repo.files[p]) for p in repo.files if f"{p}/".startswith(f"{path}/" if path else "")
    ]
    if not meant:
        return error(404, f"{path} does not exist on this revision", "EntryNotFound")
    return as_json({"path": path, "size": sum(meant)})


def refs(repo: HubRepo, request: Request) -> Answer:
    """``/refs``: branches and tags, and pull requests when asked."""

    def ref(name: str, path: str) -> Row:
        return {"name": name, "ref": path, "targetCommit": repo.facts["sha"]}

    converted = [ref("parquet", "refs/convert/parquet")] if repo.kind == "datasets" else []
    body: Row = {
        "tags": [ref(name, f"refs/tags/{name}") for name in repo.tags],
        "branches": [ref("main", "refs/heads/main")],
        "converts": converted,
    }
    if request.flag("include_prs"):
        pulls = [talk for talk in repo.discussions if talk.is_pull_request]
        body["pullRequests"] = [ref(str(talk.num), f"refs/pr/{talk.num}") for talk in pulls]
    return as_json(body)


def commits(quirks: Quirks, repo: HubRepo, request: Request) -> Answer:
    """``/commits/{rev}``, newest first, with the total in a header."""
    page, limit = int(request.one("p", "0")), int(request.one("limit", "50"))
    if not 1 <= limit <= 1000:
        return error(400, '"limit" must be between 1 and 1000')
    rows = [
        {
            "id": commit_id(repo, index),
            "title": title,
            "message": "",
            "authors": [{"user": repo.author, "avatar": "/avatars/0.svg"}],
            "date": repo.facts["lastModified"] if index == 0 else moment(-index),
        }
        for index, title in enumerate(repo.commits)
    ]
    answer = as_json(rows[page * limit :][:limit], X_Total_Count=str(len(rows)))
    if (page + 1) * limit >= len(rows):
        return answer
    return answer.with_headers(Link=next_link(request, quirks, "", p=str(page + 1)))
