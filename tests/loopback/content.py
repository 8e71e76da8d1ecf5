"""File content: ``/resolve/`` with its redirects, the cache behind it, and ``/raw/``."""

import re
from urllib.parse import quote

from tests.loopback.answer import Answer, Request, error, redirect
from tests.loopback.quirks import Quirks
from tests.loopback.repos import blob_id, large_file
from tests.loopback.world import HubRepo

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
    if isinstance(content, int):
        large = large_file(repo, path)
        return redirect(
            302,
            f"{quirks.cdn}/xet-bridge-us/{large['oid']}?X-Amz-Signature=made",
            X_Repo_Commit=commit,
            X_Linked_Size=str(content),
            X_Linked_ETag=f'"{large["oid"]}"',
            Accept_Ranges="bytes",
        )
    etag = f'"{blob_id(repo, path)}"'
    location = (
        f"/api/resolve-cache/{repo.kind}/{repo.id}/{commit}/{quote(path)}"
        f"?{quote(request.path, safe='')}=&etag={quote(etag)}"
    )
    return redirect(307, location, X_Repo_Commit=commit, X_Linked_Etag=etag)


def cached(quirks: Quirks, repo: HubRepo, request: Request, path: str) -> Answer:
    """The bytes of a small file, whole or the asked range, with a strong ETag."""
    content = repo.files.get(path)
    if not isinstance(content, bytes):
        return missing_entry()
    headers = {
        "Content-Type": "text/plain; charset=utf-8",
        "ETag": f'"{blob_id(repo, path)}"',
        "X-Repo-Commit": str(repo.facts["sha"]),
        "Accept-Ranges": "bytes",
    }
    if quirks.edge_cache:
        headers |= {"Age": "86", "X-Cache": "Hit from cloudfront", "RateLimit": STRANGERS}
    asked = re.fullmatch(r"bytes=(\d+)-(\d*)", request.headers.get("range", ""))
    if asked is None:
        return Answer(200, content, headers)
    first = int(asked[1])
    part = content[first : int(asked[2]) + 1 if asked[2] else None]
    if not part:
        return Answer(416, b"", {"Content-Range": f"bytes */{len(content)}"})
    headers["Content-Range"] = f"bytes {first}-{first + len(part) - 1}/{len(content)}"
    return Answer(206, part, headers)
