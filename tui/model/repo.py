"""A repo of the Hub as a row of a list, and as a page of its own.

Plain named tuples: they import fast, compare by value and cannot be changed by a reader.
"Not known" is ``None``; the Hub leaves a field out where it does not apply.
Times are ISO 8601 text in UTC with a ``Z``, as the Hub sends them: they sort as text.
"""

from typing import Any, NamedTuple

from tui.model.parameters import Header
from tui.model.quantization import Quantization

KINDS = ("model", "dataset", "space")
RELATIONS = ("finetune", "adapter", "quantized", "merge", "unknown")


class BaseModels(NamedTuple):
    """What a card declares as its base: one relation, one or more repo ids."""

    relation: str  # one of RELATIONS
    ids: tuple[str, ...]


class Repo(NamedTuple):
    """One row of a list of models, datasets or Spaces."""

    id: str
    kind: str = "model"  # one of KINDS
    hub_id: str | None = None  # the Hub's 24 hex digits; survives a rename
    author: str | None = None
    task: str | None = None  # the pipeline tag
    library: str | None = None
    license: str | None = None  # the tag's value, e.g. "apache-2.0"
    downloads: int | None = None  # of the last 30 days
    downloads_all_time: int | None = None
    likes: int | None = None
    trending_score: float | None = None
    created_at: str | None = None  # floored at 2022-03-02T23:29:04.000Z for older repos
    last_modified: str | None = None
    params: int | None = None  # safetensors.total as it stands: read it by analysis.parameters
    gated: str | bool | None = None  # False, "auto" or "manual"
    private: bool | None = None
    disabled: bool | None = None
    sdk: str | None = None  # Spaces only
    tags: tuple[str, ...] = ()
    base_models: BaseModels | None = None  # as the Hub's own field says; tags may say it too
    title: str | None = None  # Spaces and datasets: the short text beside the id
    providers: tuple[str, ...] = ()  # that serve the model, where that was asked
    dtypes: tuple[tuple[str, int], ...] = ()  # safetensors: elements by dtype
    gguf: Header | None = None  # where it was asked for
    quantization: Quantization | None = None  # where the config was asked for and states one


class Access(NamedTuple):
    """Whether a login may read the files of a gated repo."""

    allowed: bool
    why: str | None = None  # the Hub's own sentence where it refuses


class File(NamedTuple):
    """One entry of a repo's tree."""

    path: str
    size: int | None  # bytes
    type: str = "file"  # "file" or "directory"
    lfs: bool = False
    security: str | None = None  # unscanned, safe, queued, error, caution, suspicious, unsafe


class Eval(NamedTuple):
    """One evaluation result as the repo states it."""

    dataset: str
    task: str | None
    metric: str | None
    value: float | str | None
    verified: bool
    source: str | None  # name or URL
    date: str | None
    origin: str  # "eval_results" or "model-index"


class Provider(NamedTuple):
    """An inference provider that serves the model."""

    name: str
    status: str | None  # "live", "staging", ...
    task: str | None


class Detail(NamedTuple):
    """One repo with everything its card screen shows besides the README."""

    repo: Repo
    sha: str | None = None
    children: dict[str, int] | None = None  # relation -> direct children, as the Hub counts
    used_storage: int | None = None  # bytes of all LFS ever
    dtypes: dict[str, int] | None = None  # dtype -> element count
    context_length: int | None = None
    gguf_size: int | None = None  # bytes of all GGUF files
    architectures: tuple[str, ...] = ()
    model_type: str | None = None
    config: dict[str, Any] | None = None  # the Hub's digest, not config.json
    languages: tuple[str, ...] = ()
    datasets: tuple[str, ...] = ()
    papers: tuple[str, ...] = ()  # arXiv ids
    license_name: str | None = None
    license_link: str | None = None
    new_version: str | None = None  # successor's id, from the card
    spaces: tuple[str, ...] = ()
    providers: tuple[Provider, ...] = ()
    evals: tuple[Eval, ...] = ()
    files: tuple[str, ...] = ()  # paths, no sizes
    description: str | None = None  # datasets


class Author(NamedTuple):
    """An organisation or a user, as the Hub's overview counts them."""

    name: str
    fullname: str | None = None
    type: str = "org"  # "org" or "user"
    models: int | None = None
    datasets: int | None = None
    spaces: int | None = None
    followers: int | None = None
    members: int | None = None  # organisations only
    verified: bool | None = None  # organisations only
