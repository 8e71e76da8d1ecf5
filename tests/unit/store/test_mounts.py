from pathlib import Path

import pytest

from tui.store.mounts import on_network

TABLE = r"""/dev/sda1 / ext4 rw 0 0
server:/home /home nfs4 rw 0 0
tmpfs /home/ada/.cache tmpfs rw 0 0
host:/x /mnt/my\040share fuse.sshfs rw 0 0
one /twice nfs rw 0 0
two /twice ext4 rw 0 0
odd
"""


@pytest.mark.parametrize(
    ("folder", "network"),
    [
        ("/var/x", False),
        ("/", False),
        ("/home", True),
        ("/home/ada/.local/share/hubscope", True),
        ("/home/ada/.cache/hubscope", False),
        ("/homework", False),
        ("/mnt/my share/a", True),
        ("/twice/a", False),
    ],
)
def test_the_nearest_mount_decides(tmp_path: Path, folder: str, network: bool) -> None:
    table = tmp_path / "mounts"
    table.write_text(TABLE)
    assert on_network(folder, str(table)) is network


def test_no_table_is_no_network(tmp_path: Path) -> None:
    assert not on_network("/home", str(tmp_path / "none"))
