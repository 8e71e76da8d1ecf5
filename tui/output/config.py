"""The settings in force, and the file they come from."""

from typing import Any

from tui.model import View
from tui.output import json
from tui.output.forms import Context, Output


def output(view: View[dict[str, Any]], context: Context) -> Output:
    """The settings in ``view``, by name."""
    settings = view.value
    rows = [(name, _text(value)) for name, value in settings.items()]
    return Output(
        body=json.envelope(context, view, {"config": settings}),
        heads=("setting", "value"),
        rows=rows,
        text=[f"{name:<10} {value}" for name, value in rows],
        ids=[settings["file"]] if len(rows) == 1 else [name for name, _ in rows],
    )


def _text(value: object) -> str:
    if isinstance(value, dict):
        return (
            ", ".join(f"{name} = {_text(setting)}" for name, setting in value.items()) or "default"
        )
    if isinstance(value, list):
        return " ".join(value)
    if isinstance(value, bool):
        return "true" if value else "false"
    return "default" if value is None else str(value)
