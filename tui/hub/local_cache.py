"""What lies in huggingface_hub's cache on this machine, by its own scan and its own deletion."""

import os
from collections.abc import Sequence
from typing import TYPE_CHECKING, NamedTuple

from tui.model import NotFound, Problem

if TYPE_CHECKING:
    from huggingface_hub import CachedRepoInfo, DeleteCacheStrategy


_FOLDERS = ("models", "datasets", "spaces")


class LocalFile(NamedTuple):
    """A file of a cached revision: its path in the repo, and its bytes on the disk."""

    path: str
    size: int


class LocalRepo(NamedTuple):
    """One repo in the cache. ``size`` is bytes on the disk, each blob once; times as time.time."""

    kind: str
    id: str
    size: int
    used_at: float
    modified_at: float
    revisions: tuple[str, ...]  # commits, the newest first
    files: tuple[LocalFile, ...]  # of all revisions, each path once


class LocalCache(NamedTuple):
    """The cache as a whole. ``unfinished``: bytes of files that did not come to their end."""

    folder: str
    repos: tuple[LocalRepo, ...]  # the largest first
    unfinished: int = 0
    damaged: tuple[str, ...] = ()  # a line for each repo that could not be read


def scan(folder: str) -> LocalCache:
    """Look through ``folder``; empty where there is none. Reads names and sizes, opens no file."""
    from huggingface_hub import scan_cache_dir
    from huggingface_hub.errors import CacheNotFound

    from tui.model import clean_line

    try:
        cache = scan_cache_dir(folder)
    except (CacheNotFound, ValueError, OSError):
        return LocalCache(folder, ())
    repos = sorted(cache.repos, key=lambda repo: (-repo.size_on_disk, repo.repo_id))
    return LocalCache(
        folder,
        tuple(_repo(repo) for repo in repos),
        cache.incomplete_size_on_disk,
        tuple(clean_line(str(warning)) for warning in cache.warnings),
    )


def names(folder: str) -> frozenset[tuple[str, str]]:
    """The (kind, id in lower case) of what ``folder`` holds, by the names of its folders alone."""
    try:
        folders = os.listdir(folder)
    except OSError:
        return frozenset()
    parts = (name.split("--") for name in folders)
    return frozenset(
        (part[0][:-1], "/".join(part[1:]).lower())
        for part in parts
        if len(part) > 1 and part[0] in _FOLDERS
    )


def snapshot(folder: str, kind: str, repo_id: str, commit: str | None) -> str | None:
    """The folder in which ``folder`` holds a commit of a repo, there or not.

    Where the commit is not known, the one that the branch stood at; None where that is not either.
    """
    home = os.path.join(folder, f"{kind}s--{repo_id.replace('/', '--')}")
    if commit is None:
        try:
            with open(os.path.join(home, "refs", "main"), encoding="ascii") as file:
                commit = file.read(64).strip()
        except (OSError, ValueError):
            return None
    return os.path.join(home, "snapshots", commit)


class Removal(NamedTuple):
    """What deleting repos would free: bytes, and which repos."""

    repos: tuple[tuple[str, str], ...]  # (kind, id)
    bytes: int


def removal(folder: str, repos: Sequence[tuple[str, str]]) -> Removal:
    """What deleting these would free, as huggingface_hub reckons it. Raises NotFound."""
    return Removal(tuple(repos), _strategy(folder, repos).expected_freed_size)


def remove(folder: str, repos: Sequence[tuple[str, str]]) -> Removal:
    """Delete these repos from the cache. Raises NotFound, and Problem where a file stayed."""
    strategy = _strategy(folder, repos)
    strategy.execute()
    left = {(repo.kind, repo.id) for repo in scan(folder).repos} & set(repos)
    if left:
        ids = ", ".join(sorted(repo_id for _, repo_id in left))
        raise Problem(f"{ids} could not be deleted wholly; look at the rights in {folder}")
    return Removal(tuple(repos), strategy.expected_freed_size)


def _strategy(folder: str, repos: Sequence[tuple[str, str]]) -> "DeleteCacheStrategy":
    from huggingface_hub import scan_cache_dir
    from huggingface_hub.errors import CacheNotFound

    try:
        cache = scan_cache_dir(folder)
    except (CacheNotFound, ValueError):
        raise NotFound(f"{folder} holds no repo; nothing was deleted") from None
    cached = {(str(repo.repo_type), repo.repo_id): repo for repo in cache.repos}
    for kind, repo_id in repos:
        if (kind, repo_id) not in cached:
            raise NotFound(f"{repo_id} is not in {folder}; `hubscope local` lists what is")
    commits = [revision.commit_hash for repo in repos for revision in cached[repo].revisions]
    return cache.delete_revisions(*commits)


def _repo(repo: "CachedRepoInfo") -> LocalRepo:
    revisions = sorted(repo.revisions, key=lambda revision: -revision.last_modified)
    files: dict[str, int] = {}
    for revision in revisions:
        for file in revision.files:
            path = file.file_path.relative_to(revision.snapshot_path).as_posix()
            files.setdefault(path, file.size_on_disk)
    return LocalRepo(
        repo.repo_type,
        repo.repo_id,
        repo.size_on_disk,
        repo.last_accessed,
        repo.last_modified,
        tuple(revision.commit_hash for revision in revisions),
        tuple(LocalFile(path, size) for path, size in sorted(files.items())),
    )
