"""Small made values."""

from collections.abc import Mapping
from typing import Any

from tui.model import BaseModels, Detail, Repo


def detail(
    repo_id: str,
    *,
    params: int | None = None,
    dtypes: Mapping[str, int] | None = None,
    tags: tuple[str, ...] = (),
    base: tuple[str, str] | None = None,
    license: str | None = None,
    gated: bool | str | None = False,
    **facts: Any,
) -> Detail:
    """A model's page; its element count is that of its dtypes unless given."""
    elements = params if params is not None or dtypes is None else sum(dtypes.values())
    repo = Repo(
        repo_id,
        author=repo_id.partition("/")[0],
        params=elements,
        tags=tags,
        license=license,
        gated=gated,
        base_models=BaseModels(base[0], (base[1],)) if base else None,
    )
    return Detail(repo, dtypes=dict(dtypes) if dtypes else None, **facts)
