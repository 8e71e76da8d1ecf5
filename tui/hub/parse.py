"""The Hub's answers as the values of ``tui.model``. Bytes in, clean values out.

All functions raise ``Unreadable`` for a body that is no answer; odd fields become None, and rows
without a valid id are dropped and counted. Every text passes the gate of ``tui.model.text`` here.
"""

import re
from sys import intern
from typing import Any, NamedTuple

from tui.hub import sizes
from tui.hub.evals import evals
from tui.hub.shape import (
    count,
    counts,
    digest,
    ids,
    line,
    lines,
    load_dict,
    load_list,
    mapping,
    mappings,
    moment,
    number,
    plain,
    text,
    truth,
    words_alone,
)
from tui.model import (
    RELATIONS,
    Author,
    BaseModels,
    Detail,
    File,
    Provider,
    Repo,
    Unreadable,
    all_shared,
    shared,
    valid_id,
)


class Scan(NamedTuple):
    """What the Hub's scanners say: of each file with an issue, how grave it is."""

    done: bool
    levels: dict[str, str]


class Rows(NamedTuple):
    """The rows of one list page; ``dropped`` had no valid id."""

    rows: tuple[Repo, ...]
    dropped: int


def rows(body: bytes, kind: str) -> Rows:
    """A page of ``/api/models``, ``/api/datasets`` or ``/api/spaces``."""
    items = load_list(body)
    repos = tuple(repo for repo in (_repo(item, kind) for item in items) if repo)
    return Rows(repos, len(items) - len(repos))


def detail(body: bytes, kind: str) -> Detail:
    """One repo, whichever fields were asked for."""
    item = load_dict(body)
    repo = _repo(item, kind)
    if not repo:
        raise Unreadable("the Hub's answer names no repo; try again, or check HF_ENDPOINT")
    card, config = (mapping(item.get(name)) for name in ("cardData", "config"))
    index = item.get("model-index") or card.get("model-index")
    gguf = None if repo.gguf is None or repo.gguf.of_helper else repo.gguf
    return Detail(
        repo=repo,
        sha=digest(item.get("sha")),
        children=_children(item.get("childrenModelCount")),
        used_storage=count(item.get("usedStorage")),
        dtypes=dict(repo.dtypes) or None,
        context_length=(gguf.context or None) if gguf else None,
        gguf_size=gguf.size if gguf else None,
        architectures=lines(config.get("architectures")) or lines(gguf and gguf.architecture),
        model_type=line(config.get("model_type")),
        config=sizes.digest(config),
        languages=lines(card.get("language")) or _tagged(repo, "language:"),
        datasets=_tagged(repo, "dataset:") or lines(item.get("datasets") or card.get("datasets")),
        papers=_tagged(repo, "arxiv:"),
        license_name=line(card.get("license_name")),
        license_link=line(card.get("license_link")),
        new_version=next(iter(ids(card.get("new_version"))), None),
        spaces=ids(item.get("spaces")),
        providers=_providers(item.get("inferenceProviderMapping")),
        evals=evals(item.get("evalResults"), index),
        files=tuple(
            path for file in mappings(item.get("siblings")) if (path := line(file.get("rfilename")))
        ),
        description=text(item.get("description")),
    )


def children_counts(body: bytes) -> dict[str, int]:
    """Direct children by relation, as the Hub counts them; a relation it leaves out is absent."""
    counted = _children(load_dict(body).get("childrenModelCount"))
    if counted is None:
        raise Unreadable("the Hub's answer counts no children; it may not know this field")
    return counted


def tags(body: bytes, tag_type: str) -> tuple[str, ...]:
    """The tags of one type, each once, without the type that some have in front."""
    entries = mappings(load_dict(body).get(tag_type))
    names = (line(entry.get("id")) for entry in entries)
    return tuple(dict.fromkeys(tag.removeprefix(f"{tag_type}:") for tag in names if tag))


def tree(body: bytes) -> tuple[File, ...]:
    """A page of a repo's files and folders."""
    files = (_file(item) for item in mappings(load_list(body)))
    return tuple(file for file in files if file)


def scan(body: bytes) -> Scan:
    """The scanners' findings of one repo."""
    item = load_dict(body)
    issues = (
        (line(issue.get("path")), line(issue.get("level")))
        for issue in mappings(item.get("filesWithIssues"))
    )
    return Scan(
        truth(item.get("scansDone")) or False,
        {path: level for path, level in issues if path and level},
    )


def config_file(body: bytes) -> dict[str, Any]:
    """A repo's config.json, of free form, with its text cleaned."""
    return mapping(plain(load_dict(body)))


def org(body: bytes) -> Author:
    """An organisation's overview."""
    item = load_dict(body)
    return _author(item, item.get("name"), "org")._replace(
        members=count(item.get("numUsers")), verified=truth(item.get("isVerified"))
    )


def user(body: bytes) -> Author:
    """A user's overview."""
    item = load_dict(body)
    return _author(item, item.get("user"), "user")


def whoami(body: bytes) -> str:
    """The account's name."""
    return _name(load_dict(body).get("name"))


def discussions_open(body: bytes) -> int | None:
    """How many discussions there are in all that the question named."""
    return count(load_dict(body).get("count"))


def _repo(item: object, kind: str) -> Repo | None:
    item = mapping(item)
    repo_id = item.get("id") or item.get("modelId")
    if not isinstance(repo_id, str) or not valid_id(repo_id):
        return None
    card, tags = mapping(item.get("cardData")), all_shared(lines(item.get("tags")))
    owner = repo_id.partition("/")[0] if "/" in repo_id else None
    return Repo(
        id=repo_id,
        kind=kind,
        hub_id=digest(item.get("_id")),
        author=shared(line(item.get("author")) or owner),
        task=shared(line(item.get("pipeline_tag"))),
        library=shared(line(item.get("library_name"))),
        license=shared(_license(tags, card)),
        downloads=count(item.get("downloads")),
        downloads_all_time=count(item.get("downloadsAllTime")),
        likes=count(item.get("likes")),
        trending_score=number(item.get("trendingScore")),
        created_at=moment(item.get("createdAt")),
        last_modified=moment(item.get("lastModified")),
        params=count(mapping(item.get("safetensors")).get("total")) or None,
        gated=gated(item.get("gated")),
        private=truth(item.get("private")),
        disabled=truth(item.get("disabled")),
        sdk=line(item.get("sdk")),
        tags=tags,
        base_models=base_models(mapping(item.get("baseModels"))),
        providers=_provider_names(item.get("inferenceProviderMapping")),
        title=line(item.get("title")) or line(card.get("title")) or line(card.get("pretty_name")),
        dtypes=sizes.dtypes(item.get("safetensors")),
        gguf=sizes.header(item.get("gguf")),
        quantization=sizes.quantized(item.get("config"), item.get("quantization")),
    )


def _license(tags: tuple[str, ...], card: dict[str, Any]) -> str | None:
    prefix = "license:"
    tagged = [tag[len(prefix) :] for tag in tags if tag.startswith(prefix)]
    return ", ".join(tagged or lines(card.get("license"))) or None


def gated(value: object) -> str | bool | None:
    """How access is given: False, "auto" or "manual"."""
    return truth(value) if value not in ("auto", "manual") else line(value)


def base_models(value: dict[str, Any]) -> BaseModels | None:
    """The Hub's own field of bases; None where it names none."""
    parents, relation = _bases(value.get("models")), value.get("relation")
    if not parents:
        return None
    known = relation if isinstance(relation, str) and relation in RELATIONS else "unknown"
    return BaseModels(intern(known), all_shared(parents))


def _bases(value: object) -> tuple[str, ...]:
    """The bases of the Hub's own field: ids, or addresses, which are read where bases are."""
    items = value if isinstance(value, list) else [value]
    named = [item.get("id") if isinstance(item, dict) else item for item in items]
    if words_alone(named):
        return tuple(dict.fromkeys(filter(None, named)))
    cleaned = map(line, named)
    return tuple(dict.fromkeys(name for name in cleaned if name and not re.search(r"\s", name)))


def _children(value: object) -> dict[str, int] | None:
    """Counts by relation; some answers give one number, which says nothing of relations."""
    if (total := count(value)) is not None:
        return {"unknown": total}
    if not isinstance(value, dict):
        return None
    return {relation: n for relation, n in counts(value).items() if relation in RELATIONS}


def _tagged(repo: Repo, prefix: str) -> tuple[str, ...]:
    return tuple(tag[len(prefix) :] for tag in repo.tags if tag.startswith(prefix))


def _provider_names(value: object) -> tuple[str, ...]:
    return tuple(provider.name for provider in _providers(value)) if value else ()


def _providers(value: object) -> tuple[Provider, ...]:
    """An object keyed by provider on one repo's page, a list on a page of repos."""
    items = (
        [(name, mapping(item)) for name, item in value.items()]
        if isinstance(value, dict)
        else [(item.get("provider"), item) for item in mappings(value)]
    )
    return tuple(
        Provider(label, line(item.get("status")), line(item.get("task")))
        for name, item in items
        if (label := line(name))
    )


def _file(item: dict[str, Any]) -> File | None:
    path = line(item.get("path"))
    if not path:
        return None
    return File(
        path=path,
        size=count(item.get("size")),
        type="directory" if item.get("type") == "directory" else "file",
        lfs=isinstance(item.get("lfs"), dict),
        security=line(mapping(item.get("securityFileStatus")).get("status")),
    )


def _author(item: dict[str, Any], name: object, kind: str) -> Author:
    return Author(
        name=_name(name),
        fullname=line(item.get("fullname")),
        type=kind,
        models=count(item.get("numModels")),
        datasets=count(item.get("numDatasets")),
        spaces=count(item.get("numSpaces")),
        followers=count(item.get("numFollowers")),
    )


def _name(value: object) -> str:
    if not isinstance(value, str) or "/" in value or not valid_id(value):
        raise Unreadable("the Hub's answer names nobody; try again, or check HF_ENDPOINT")
    return value
