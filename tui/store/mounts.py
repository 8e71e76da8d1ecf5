"""Whether a folder lies on a network file system, where SQLite's shared memory cannot work."""

import os

# WAL keeps its index in memory mapped by all processes, which another host does not share.
_NETWORK = {"nfs", "nfs4", "cifs", "smb2", "smb3", "smbfs", "afs", "9p", "ceph", "lustre", "gpfs"}
_NETWORK |= {"beegfs", "glusterfs", "ocfs2", "gfs2", "davfs", "fuse.sshfs", "fuse.glusterfs"}
_NETWORK |= {"fuse.cephfs", "fuse.davfs", "fuse.rclone", "fuse.s3fs", "fuse.juicefs"}
_TABLE = "/proc/self/mounts"


def on_network(folder: str, table: str = _TABLE) -> bool:
    """Say whether ``folder`` (which need not exist) lies on a network file system.

    Read from the kernel's mount table where there is one, from ``\\\\host\\share`` on Windows.
    Elsewhere the answer is False, and SQLite's own refusal of WAL has to tell.
    """
    path = os.path.realpath(folder)
    if path.startswith("\\\\"):
        return True
    best, kind = -1, ""
    for point, mounted in _mounts(table):
        inside = path == point or path.startswith(point.rstrip("/") + "/")
        # a later mount on the same point hides the earlier one
        if inside and len(point) >= best:
            best, kind = len(point), mounted
    return kind in _NETWORK


def _mounts(table: str) -> list[tuple[str, str]]:
    try:
        with open(table, encoding="utf-8", errors="surrogateescape") as lines:
            fields = [line.split(" ") for line in lines]
    except OSError:
        return []
    return [(_unescaped(parts[1]), parts[2]) for parts in fields if len(parts) > 2]


def _unescaped(point: str) -> str:
    for code, char in (("\\040", " "), ("\\011", "\t"), ("\\012", "\n"), ("\\134", "\\")):
        point = point.replace(code, char)
    return point
