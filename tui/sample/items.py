"""Bundled facts in the Hub's JSON: which fields an item has, in a list and by itself.

As on the Hub, what does not apply or is not known is absent, never null. Tags are the recorded
ones, and the facts that the Hub also writes as tags.
"""

from typing import Any

from tui.sample.facts import Record, Sample

_LISTED = {
    "model": (
        "modelId likes trendingScore private downloads tags pipeline_tag library_name createdAt"
    ),
    "dataset": "author lastModified likes trendingScore private downloads tags createdAt",
    "space": "likes trendingScore private sdk tags createdAt",
}
_DETAILED = {
    "model": (
        "author lastModified likes private downloads tags pipeline_tag library_name createdAt"
        " modelId safetensors"
    ),
    "dataset": "author lastModified likes private downloads tags createdAt",
    "space": "author lastModified likes private sdk tags createdAt",
}
_EXPANDS = {
    "model": (
        "author baseModels cardData config createdAt disabled downloads downloadsAllTime"
        " evalResults gated inference inferenceProviderMapping lastModified library_name likes"
        " mask_token model-index pipeline_tag private safetensors sha siblings spaces tags"
        " transformersInfo trendingScore widgetData gguf resourceGroup xetEnabled"
    ),
    "dataset": (
        "author cardData citation createdAt description disabled downloads downloadsAllTime gated"
        " lastModified likes mainSize paperswithcode_id private resourceGroup sha siblings tags"
        " trendingScore usedStorage"
    ),
    "space": (
        "author cardData createdAt datasets disabled lastModified likes models private region"
        " resourceGroup runtime sdk sha siblings subdomain tags trendingScore usedStorage"
    ),
}
_DETAIL_ONLY = {"model": "childrenModelCount usedStorage", "dataset": "", "space": ""}
_FIELDS = {
    "likes": "likes",
    "downloads": "downloads",
    "trendingScore": "trending_score",
    "pipeline_tag": "task",
    "library_name": "library",
    "lastModified": "last_modified",
    "sdk": "sdk",
}


def allowed(kind: str, *, detail: bool) -> list[str]:
    """The names that ``expand`` may ask for."""
    return (_EXPANDS[kind] + (" " + _DETAIL_ONLY[kind] if detail else "")).split()


def item(
    sample: Sample, record: Record, expand: list[str], *, detail: bool = False
) -> dict[str, Any]:
    """One repo as the Hub writes it: the fields asked for, or the usual ones."""
    fields = _whole(sample, record)
    if detail and record.kind == "model":
        fields["childrenModelCount"] = sample.children(record)
    usual = (_DETAILED if detail else _LISTED)[record.kind].split()
    return {name: fields[name] for name in ["id", *(expand or usual)] if name in fields}


def tags(sample: Sample, record: Record) -> list[str]:
    """The recorded tags, then library, task, licence and bases as the Hub writes them."""
    licence = sample.value(record, "license")
    words = [sample.value(record, "library"), sample.value(record, "task")]
    words += sample.value(record, "tags") or []
    words += [f"license:{licence}"] if licence else []
    base = sample.value(record, "base") or {"models": []}
    for parent in base["models"]:
        words.append(f"base_model:{parent}")
        if "relation" in base:
            words.append(f"base_model:{base['relation']}:{parent}")
    return [word for word in words if word]


def _whole(sample: Sample, record: Record) -> dict[str, Any]:
    fields = {name: sample.value(record, fact) for name, fact in _FIELDS.items()}
    created = sample.value(record, "created_at")
    if created and len(created) == len("2026-01-31"):
        created += "T00:00:00.000Z"
    base, parameters = sample.value(record, "base"), sample.value(record, "parameters")
    fields |= {
        "id": record.id,
        "author": record.id.split("/")[0] if "/" in record.id else None,
        "private": False,
        "createdAt": created,
        "tags": tags(sample, record),
        "modelId": record.id if record.kind == "model" else None,
        "safetensors": {"total": parameters} if parameters else None,
    }
    if base and "relation" in base:
        models = [{"id": parent} for parent in base["models"]]
        fields["baseModels"] = {"relation": base["relation"], "models": models}
    return {name: value for name, value in fields.items() if value is not None}
