"""What a model takes in memory, by quantization."""

from collections.abc import Iterator
from typing import Any, Protocol

from tui.analysis.memory.footprint import Fit
from tui.model import View
from tui.output import json
from tui.output.files import FactsAndFiles
from tui.output.forms import Context, Output
from tui.render import memory as drawn
from tui.render.spans import plain_lines

_ROW = ("quant", "name", "weights", "kv_cache", "state", "total", "bits_per_weight")
_HEADS = ("id", *_ROW, "reason", "notes")  # a pipe keeps why a cell is empty


class WithConfig(FactsAndFiles, Protocol):
    """The same with the repo that config.json is of: this one, its base, or None."""

    config_of: str | None


def output(view: View[WithConfig], context: Context, fit: Fit) -> Output:
    """``fit`` as it was reckoned of the model in ``view``; bytes, null where a fact is missing."""
    one = view.value
    reason, notes = "; ".join(fit.missing), "; ".join(fit.notes)
    return Output(
        body=json.envelope(context, view, _body(one.id, fit, one.config_of)),
        heads=_HEADS,
        rows=[[one.id, *(getattr(row, head) for head in _ROW), reason, notes] for row in fit.rows],
        text=_text(one.id, fit, context.width),
        ids=[one.id],
        caption=fit.formula,
    )


def _body(repo_id: str, fit: Fit, config_of: str | None) -> dict[str, Any]:
    said = fit._asdict() | {"rows": [row._asdict() for row in fit.rows]}
    said |= {"formula": fit.formula or None, "formula_source": said.pop("source")}
    count, how, doubt = said.pop("parameters")
    said["state_formula"] = fit.state_formula or None
    said |= {"params": count, "params_kind": how, "params_doubt": doubt or None}
    return {"id": repo_id, "estimate": True, **said, "config_of": config_of}


def _text(repo_id: str, fit: Fit, width: int) -> Iterator[str]:
    yield repo_id
    yield from plain_lines(drawn.lines(fit, width))
