"""Where the local store lies, and how large it is."""

from collections.abc import Sequence

from tui.model import View
from tui.output import json
from tui.output.forms import Context, Output
from tui.render.cells import size

Stored = tuple[str, int, str]  # path, bytes, what it holds


def output(
    view: View[Stored], context: Context, action: str, stays: Sequence[tuple[str, str]] = ()
) -> Output:
    """The files in ``view``, each a Stored, after ``action`` was done.

    ``stays``: path and contents of what was not cleared.
    """
    files = view.rows
    shaped = [{"path": path, "bytes": length, "holds": holds} for path, length, holds in files]
    uncleared = (
        {"stays": [{"path": path, "holds": holds} for path, holds in stays]} if stays else {}
    )
    return Output(
        body=json.envelope(context, view, {"action": action, "files": shaped, **uncleared}),
        heads=("path", "bytes", "holds"),
        rows=files,
        text=[
            *(f"{size(length):>9}  {path}  ({holds})" for path, length, holds in files),
            *(f"{'stays':>9}  {path}  ({holds})" for path, holds in stays),
        ],
        ids=[path for path, _, _ in files],
        remarks=[f"not cleared: {path} ({holds}); delete it yourself" for path, holds in stays],
    )
