"""The inverse of ``tui.hub.parse`` for rows: a Repo in the shape of the Hub's own answers.

What is written here and read by ``parse.rows`` is the same Repo again, each field of it.
"""

from typing import Any

from tui.hub import sizes
from tui.model import Repo


def row(repo: Repo) -> dict[str, Any]:
    """A row as the Hub would send it; what is not known is left out."""
    written: dict[str, Any] = {
        "id": repo.id,
        "_id": repo.hub_id,
        "author": repo.author,
        "pipeline_tag": repo.task,
        "library_name": repo.library,
        "cardData": {"license": repo.license} if repo.license else None,
        "downloads": repo.downloads,
        "downloadsAllTime": repo.downloads_all_time,
        "likes": repo.likes,
        "trendingScore": repo.trending_score,
        "createdAt": repo.created_at,
        "lastModified": repo.last_modified,
        **sizes.written(repo),
        "gated": repo.gated,
        "private": repo.private,
        "disabled": repo.disabled,
        "sdk": repo.sdk,
        "tags": list(repo.tags) or None,
        "title": repo.title,
        "inferenceProviderMapping": [{"provider": name} for name in repo.providers] or None,
    }
    if repo.base_models is not None:
        bases = [{"id": base} for base in repo.base_models.ids]
        written["baseModels"] = {"relation": repo.base_models.relation, "models": bases}
    return {name: value for name, value in written.items() if value is not None}
