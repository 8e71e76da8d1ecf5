"""File content: ``/resolve/`` with its redirects, the cache behind it, and ``/raw/``."""

import re
from urllib.parse import quote

from tests.loopback.answer import Answer, Request, error, redirect
from tests.loopback.quirks import Quirks
from tests.loopback.repos import blob_id, large_file
from tests.loopback.world import HubRepo, Large, World

STRANGERS = '"resolvers";r=0;t=280'  # the window of whoever the cached answer was made for


def missing_entry() -> Answer:
    """The 404 of a file that a repo does not have; plain text, unlike other errors."""
    told = error(404, "Entry not found", "EntryNotFound")
    return Answer(404, b"Entry not found", {**told.headers, "Content-Type": "text/plain"})


def resolve(quirks: Quirks, repo: HubRepo, request: Request, path: str) -> Answer:
    """``/{id}/resolve/{rev}/{path}``: 307 to the cache, or 302 to another host if large."""
    content = repo.files.get(path)
    commit = str(repo.facts["sha"])
    if content is None:
        return missing_entry().with_headers(X_Repo_Commit=commit)
    if isinstance(content, int | Large):
        large = large_file(repo, path)
        host = _other_name(request) if isinstance(content, Large) else quirks.cdn
        return redirect(
            302,
            f"{host}/xet-bridge-us/{large['oid']}?X-Amz-Signature=made",
            X_Repo_Commit=commit,
            X_Linked_Size=str(large["size"]),
            X_Linked_ETag=f'"{large["oid"]}"',
            Accept_Ranges="bytes",
        )
    etag = f'"{blob_id(repo, path)}"'
    location = (
        f"/api/resolve-cache/{repo.kind}/{repo.id}/{commit}/{quote(path)}"
        f"?{quote(request.path, safe='')}=&etag={quote(etag)}"
    )
    return redirect(307, location, X_Repo_Commit=commit, X_Linked_Etag=etag)


def _other_name(request: Request) -> str:
    """This server under another host name, as the Hub's large files lie on another host."""
    return "http://" + request.headers.get("host", "").replace("127.0.0.1", "localhost")


def large_bytes(world: World, request: Request) -> Answer:
    """``/xet-bridge-us/{sha256}``: the bytes of a large file, whole or the asked range."""
    content = world.large(request.path.rpartition("/")[2])
    if content is None:
        return Answer(403, b"Access denied")
    headers = {
        "Content-Type": "application/octet-stream",
        "ETag": f'"{request.path.rpartition("/")[2]}"',
        "Accept-Ranges": "bytes",
    }
    return _ranged(request, content, headers)


def cached(quirks: Quirks, repo: HubRepo, request: Request, path: str) -> Answer:
    """The bytes of a small file, whole or the asked range, with a strong ETag."""
    content = repo.files.get(path)
    if not isinstance(content, bytes) or isinstance(content, Large):
        return missing_entry()
    headers = {
        "Content-Type": "text/plain; charset=utf-8",
        "ETag": f'"{blob_id(repo, path)}"',
        "X-Repo-Commit": str(repo.facts["sha"]),
        "Accept-Ranges": "bytes",
    }
    if quirks.edge_cache:
        headers |= {"Age": "86", "X-Cache": "Hit from cloudfront", "RateLimit": STRANGERS}
    return _ranged(request, content, headers)


def _ranged(request: Request, content: bytes, headers: dict[str, str]) -> Answer:
    asked = re.fullmatch(r"bytes=(\d+)-(\d*)", request.headers.get("range", ""))
    if asked is None:
        return Answer(200, content, headers)
    first = int(asked[1])
    part = content[first : int(asked[2]) + 1 if asked[2] else None]
    if not part:
        return Answer(416, b"", {"Content-Range": f"bytes */{len(content)}"})
    headers["Content-Range"] = f"bytes {first}-{first + len(part) - 1}/{len(content)}"
    return Answer(206, part, headers)
