"""The text served in place of a README: a short summary of what is recorded, and by whom."""

from typing import Any

from tui.sample.facts import Record, Sample

_NAMES = {
    "task": "Task",
    "library": "Library",
    "license": "Licence",
    "parameters": "Parameters",
    "sdk": "SDK",
    "downloads": "Downloads in 30 days",
    "likes": "Likes",
    "rank": "Trending rank",
    "trending_score": "Trending score",
    "created_at": "Created",
    "last_modified": "Last modified",
    "base": "Declared base",
}


def summary(sample: Sample, record: Record) -> str:
    """The recorded facts of one repo as Markdown, each with its source and date.

    The first line says what it is, so that nobody takes it for the publisher's card.
    """
    lines = [
        "> hubscope's own summary of recorded facts, not the publisher's card."
        f" {_from(sample, record)}",
        "",
        f"# {record.id}",
        "",
        "| Fact | Recorded | Source | Date |",
        "|---|---|---|---|",
    ]
    for name, title in _NAMES.items():
        fact = sample.fact(record, name)
        if fact is not None:
            lines.append(f"| {title} | {_shown(fact.value)} | {fact.source} | {fact.date} |")
    lines += ["", "What is not in the table is not recorded in the bundled sample."]
    return "\n".join(lines) + "\n"


def _from(sample: Sample, record: Record) -> str:
    facts = [fact for name in _NAMES if (fact := sample.fact(record, name)) is not None]
    return "From " + " and ".join(sorted({f"{fact.source}, {fact.date}" for fact in facts})) + "."


def _shown(value: Any) -> str:
    if isinstance(value, dict):
        relation = value.get("relation", "relation not recorded")
        return f"{', '.join(value['models'])} ({relation})"
    return f"{value:,}" if isinstance(value, int) else str(value)
