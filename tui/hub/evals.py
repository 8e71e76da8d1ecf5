"""Evaluation results as repos state them: the Hub's own list, and the older one of cards."""

from itertools import chain
from typing import Any

from tui.hub.shape import line, mapping, mappings, number, truth
from tui.model import Eval


def evals(results: object, index: object) -> tuple[Eval, ...]:
    """The results of ``evalResults``, then those of ``model-index``.

    Entries that only report an error, and results without a dataset or a value, are left out.
    """
    stated = (_stated(item) for item in mappings(results))
    legacy = (_legacy(result) for model in mappings(index) for result in _results(model))
    return tuple(chain((result for result in stated if result), chain.from_iterable(legacy)))


def _stated(item: dict[str, Any]) -> Eval | None:
    data = mapping(item.get("data"))
    dataset = mapping(data.get("dataset"))
    source = mapping(data.get("source"))
    name, value = line(dataset.get("id")), _value(data.get("value"))
    if not name or value is None:
        return None
    return Eval(
        dataset=name,
        task=line(dataset.get("task_id")),
        metric=None,
        value=value,
        verified=truth(item.get("verified")) or False,
        source=line(source.get("name")) or line(source.get("url")),
        date=line(data.get("date")),
        origin="eval_results",
    )


def _results(model: dict[str, Any]) -> list[dict[str, Any]]:
    return mappings(model.get("results"))


def _legacy(result: dict[str, Any]) -> list[Eval]:
    """One result of a card has one dataset and several metrics."""
    task, dataset, source = (mapping(result.get(part)) for part in ("task", "dataset", "source"))
    name = line(dataset.get("name")) or line(dataset.get("type"))
    return [
        Eval(
            dataset=name,
            task=line(task.get("name")) or line(task.get("type")),
            metric=line(metric.get("name")) or line(metric.get("type")),
            value=value,
            verified=truth(metric.get("verified")) or False,
            source=line(source.get("name")) or line(source.get("url")),
            date=None,
            origin="model-index",
        )
        for metric in mappings(result.get("metrics"))
        if name and (value := _value(metric.get("value"))) is not None
    ]


def _value(value: object) -> float | str | None:
    amount = number(value)
    return line(value) if amount is None else amount
