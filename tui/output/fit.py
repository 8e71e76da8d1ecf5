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
    """Facts, files and ``config_of``, the id of the repo whose config.json was read."""

    config_of: str | None


def output(view: View[WithConfig], context: Context, fit: Fit) -> Output:
    """``fit`` as it was reckoned of the model in ``view``; bytes, null where a fact is missing."""
    repo = view.value
    reason, notes = "; ".join(fit.missing), "; ".join(fit.notes)
    return Output(
        body=json.envelope(context, view, _body(repo.id, fit, repo.config_of)),
        heads=_HEADS,
        rows=[[repo.id, *(getattr(row, head) for head in _ROW), reason, notes] for row in fit.rows],
        text=_text(repo.id, fit, context.width),
        ids=[repo.id],
        caption=fit.formula,
    )


def _body(repo_id: str, fit: Fit, config_of: str | None) -> dict[str, Any]:
    fields = fit._asdict() | {"rows": [row._asdict() for row in fit.rows]}
    fields |= {"formula": fit.formula or None, "formula_source": fields.pop("source")}
    count, how, doubt = fields.pop("parameters")
    fields["state_formula"] = fit.state_formula or None
    fields |= {"params": count, "params_kind": how, "params_doubt": doubt or None}
    return {"id": repo_id, "estimate": True, **fields, "config_of": config_of}


def _text(repo_id: str, fit: Fit, width: int) -> Iterator[str]:
    yield repo_id
    yield from plain_lines(drawn.lines(fit, width))
