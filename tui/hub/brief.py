"""A page of models with just the facts that a census keeps: it reads three million rows in one go.

Each fact is the one that ``tui.hub.parse`` reads; all others are left out.
"""

from functools import lru_cache
from typing import Any

from tui.hub.parse import Rows, base_models, gated
from tui.hub.shape import (
    count,
    digest,
    line,
    lines,
    load_list,
    mapping,
    moment,
    number,
    truth,
    words_alone,
)
from tui.model import Repo, valid_id

_BASE, _LICENSE = "base_model:", "license:"


def rows(body: bytes) -> Rows:
    """The rows of a page of ``/api/models``; of its tags those that name a base.

    Raises ``Unreadable`` as ``tui.hub.parse.rows`` does.
    """
    return taken(load_list(body))


def taken(items: list[Any]) -> Rows:
    """The rows of a page that is read already."""
    repos = tuple(repo for repo in map(_repo, items) if repo)
    return Rows(repos, len(items) - len(repos))


def _repo(item: object) -> Repo | None:
    get = mapping(item).get
    repo_id = get("id") or get("modelId")
    if not isinstance(repo_id, str) or not valid_id(repo_id):
        return None
    bases, licenses = _told(get("tags"))
    if not licenses and (card := get("cardData")):
        licenses = lines(mapping(card).get("license"))
    sizes, field = get("safetensors"), get("baseModels")
    return Repo(
        repo_id,
        "model",
        digest(get("_id")),
        repo_id.partition("/")[0] if "/" in repo_id else None,
        _word(get("pipeline_tag")),
        _word(get("library_name")),
        ", ".join(licenses) or None,
        count(get("downloads")),
        count(get("downloadsAllTime")),
        count(get("likes")),
        number(get("trendingScore")),
        moment(get("createdAt")),
        moment(get("lastModified")),
        (count(mapping(sizes).get("total")) or None) if sizes else None,
        gated(get("gated")),
        truth(get("private")),
        tags=bases,
        base_models=base_models(mapping(field)) if field else None,
    )


def _told(tags: object) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The tags that name a base, and the licences that tags name."""
    every: list[Any] = tags if isinstance(tags, list) else [tags]
    told = every if words_alone(every) else lines(every)
    bases = tuple([tag for tag in told if tag.startswith(_BASE)])
    return bases, tuple([tag[len(_LICENSE) :] for tag in told if tag.startswith(_LICENSE)])


def _word(value: object) -> str | None:
    return _line(value) if isinstance(value, str) else None


@lru_cache(maxsize=1024)
def _line(text: str) -> str | None:
    """``line`` of a task or library: there are some hundred of them."""
    return line(text)
