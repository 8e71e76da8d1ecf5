"""Which repos of the sample a list request asks for, and in which order."""

from collections.abc import Callable, Iterable, Mapping
from functools import cache
from typing import Any

from tui.sample.facts import Record, Sample
from tui.sample.items import tags

_TIMES = {"createdAt": "created_at", "lastModified": "last_modified"}


def chosen(sample: Sample, kind: str, parameters: Mapping[str, list[str]]) -> list[Record]:
    """The repos that meet every condition: words of the id, owner, tags, task."""
    words = [word for text in parameters.get("search", []) for word in text.lower().split()]
    tagged = {tag.lower() for tag in parameters.get("filter", [])}
    tests: list[Callable[[Record], bool]] = []
    if words:
        tests.append(lambda record: all(word in record.id.lower() for word in words))
    if "author" in parameters:
        owner = parameters["author"][-1].lower() + "/"
        tests.append(lambda record: record.id.lower().startswith(owner))
    if "pipeline_tag" in parameters:
        task = parameters["pipeline_tag"][-1]
        tests.append(lambda record: sample.value(record, "task") == task)
    if tagged:
        carried = _tags(sample, kind)
        tests.append(lambda record: tagged <= carried[record.id])
    return [record for record in sample.all(kind) if all(test(record) for test in tests)]


@cache
def _tags(sample: Sample, kind: str) -> dict[str, frozenset[str]]:
    """The tags of every repo in lower case, by its id: each list with a filter asks for them."""
    return {
        record.id: frozenset(tag.lower() for tag in tags(sample, record))
        for record in sample.all(kind)
    }


def ordered(sample: Sample, records: Iterable[Record], sort: str) -> list[Record]:
    """Put ``records`` in the Hub's order, highest first; what is not recorded comes last.

    Trending follows the recorded ranking, also within equal scores. Ties and rows without the
    figure are ordered by downloads, then by id.
    """
    rows = sorted(records, key=lambda record: (-_number(sample, record, "downloads"), record.id))
    if sort == "trendingScore":
        return sorted(rows, key=lambda record: sample.value(record, "rank") or len(rows) + 1)
    if sort in _TIMES:
        time = _TIMES[sort]
        return sorted(rows, key=lambda record: sample.value(record, time) or "", reverse=True)
    return sorted(rows, key=lambda record: -_number(sample, record, sort))


def _number(sample: Sample, record: Record, name: str) -> Any:
    value = sample.value(record, name)
    return -1 if value is None else value
