"""Where the local store lies, and how large it is."""

from tui.model import View
from tui.output import json
from tui.output.forms import Context, Output
from tui.render.cells import size

Stored = tuple[str, int, str]  # path, bytes, what it holds


def output(view: View[Stored], context: Context, action: str) -> Output:
    """The files in ``view``, each a Stored, after ``action`` was done."""
    files = view.rows
    named = [{"path": path, "bytes": taken, "holds": holds} for path, taken, holds in files]
    return Output(
        body=json.envelope(context, view, {"action": action, "files": named}),
        heads=("path", "bytes", "holds"),
        rows=files,
        text=[f"{size(taken):>9}  {path}  ({holds})" for path, taken, holds in files],
        ids=[path for path, _, _ in files],
    )
