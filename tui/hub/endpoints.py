"""What to ask: path and query of each request.

Pure text. Every path begins with ``/`` and is put behind the endpoint by the client. Repo ids are
checked, so an id stands in a path as it is; revisions are percent-encoded.
"""

from urllib.parse import quote, urlencode

from tui.model import SORTS, BadInput, Query, clean_line, valid_id

PAGE_LIMIT = 1000  # the Hub's own bound on ``limit``
_TITLED = 100  # rows of datasets in a page that asks for their titles

_ROW = {
    "model": (
        "author baseModels createdAt downloads gated lastModified library_name likes pipeline_tag "
        "private safetensors tags trendingScore"
    ),
    "dataset": (
        "author createdAt disabled downloads gated lastModified likes private tags trendingScore"
    ),
    "space": "author createdAt lastModified likes private sdk tags trendingScore",
}
_PAGE = {
    "model": (
        "author baseModels cardData childrenModelCount config createdAt disabled downloads "
        "downloadsAllTime evalResults gated gguf inferenceProviderMapping lastModified "
        "library_name likes model-index pipeline_tag private safetensors sha siblings spaces tags "
        "trendingScore usedStorage"
    ),
    "dataset": (
        "author cardData createdAt description disabled downloads downloadsAllTime gated "
        "lastModified likes private sha siblings tags trendingScore usedStorage"
    ),
    "space": (
        "author cardData createdAt datasets disabled lastModified likes models private sdk sha "
        "siblings tags trendingScore usedStorage"
    ),
}
ROW_FIELDS = {kind: tuple(fields.split()) for kind, fields in _ROW.items()}
DETAIL_FIELDS = {kind: tuple(fields.split()) for kind, fields in _PAGE.items()}

_API = {"model": "/api/models", "dataset": "/api/datasets", "space": "/api/spaces"}
_PREFIX = {"model": "", "dataset": "datasets/", "space": "spaces/"}


def models_list(query: Query, page_size: int, extra: tuple[str, ...] = ()) -> str:
    """The first page of the list that ``query`` names, of models, datasets or Spaces by its kind.

    Asks for the fields a row needs and those of ``extra`` (``downloadsAllTime``, ``gguf``, ...).
    ``query.terms`` and ``query.limit`` are not the Hub's but for what ``query.asked`` says of
    them; a page holds ``page_size`` rows, 1000 at most. Raises ``BadInput`` for a sort the kind
    does not have.
    """
    if query.sort not in SORTS or (query.kind == "space" and query.sort == "downloads"):
        raise BadInput(f"{query.kind}s have no sort {clean_line(query.sort)}; choose another")
    served = any(name == "inference_provider" for name, _ in query.asked)
    more = ["inferenceProviderMapping"] if served else []
    # The titles; a dataset's card may be long, so a page of a thousand goes without them.
    if query.kind == "space" or (query.kind == "dataset" and page_size <= _TITLED):
        more.append("cardData")
    fields = dict.fromkeys((*ROW_FIELDS[query.kind], *more, *extra))
    pairs = [
        ("search", query.searched),
        ("author", query.author or ""),
        *_task(query),
        *(("filter", tag) for tag in sorted(query.filters)),
        *query.asked,
        ("sort", SORTS[query.sort]),
        ("limit", str(max(1, min(page_size, PAGE_LIMIT)))),
        *(("expand", field) for field in fields),
    ]
    return f"{_API[query.kind]}?{_encode([pair for pair in pairs if pair[1]])}"


def detail(kind: str, repo_id: str, expand: tuple[str, ...] | None = None) -> str:
    """One repo with the named fields, by default all that a card shows."""
    fields = DETAIL_FIELDS[kind] if expand is None else expand
    return f"{_API[kind]}/{_checked(repo_id)}?{_encode([('expand', name) for name in fields])}"


def readme(kind: str, repo_id: str) -> str:
    """The repo's README.md. The Hub counts no download for it."""
    return resolve(kind, repo_id, "README.md")


def auth_check(kind: str, repo_id: str) -> str:
    """Whether this login may read the repo's files. No file is read for it."""
    return f"{_API[kind]}/{_checked(repo_id)}/auth-check"


def scan(kind: str, repo_id: str) -> str:
    """What the Hub's scanners found in the repo's files."""
    return f"{_API[kind]}/{_checked(repo_id)}/scan"


def resolve(kind: str, repo_id: str, path: str, rev: str = "main") -> str:
    """A file of a branch. For ``config.json`` and its like the Hub counts a download."""
    return f"/{_PREFIX[kind]}{_checked(repo_id)}/resolve/{quote(rev, safe='')}/{quote(path)}"


def tree(kind: str, repo_id: str, rev: str = "main") -> str:
    """The first page of a repo's files with their sizes: a thousand, where all are asked for."""
    return f"{_API[kind]}/{_checked(repo_id)}/tree/{quote(rev, safe='')}?recursive=true"


def org(name: str) -> str:
    """An organisation's overview; the Hub says 404 when the name is a user's."""
    return f"/api/organizations/{_owner(name)}/overview"


def user(name: str) -> str:
    """A user's overview; the Hub says 404 when the name is an organisation's."""
    return f"/api/users/{_owner(name)}/overview"


def discussions(repo_id: str) -> str:
    """A model's open discussions and pull requests; their ``count`` is the total."""
    return f"{_API['model']}/{_checked(repo_id)}/discussions?status=open"


def tags(tag_type: str) -> str:
    """The Hub's own list of models' tags of one type: ``pipeline_tag``, ``library``, ..."""
    return f"/api/models-tags-by-type?{_encode([('type', tag_type)])}"


def whoami() -> str:
    """Who the token belongs to."""
    return "/api/whoami-v2"


def begin_anew(path: str) -> str:
    """The first page of the list that ``path`` is a page of."""
    head, _, query = path.partition("?")
    return f"{head}?{'&'.join(p for p in query.split('&') if not p.startswith('cursor='))}"


def _task(query: Query) -> list[tuple[str, str]]:
    """A model's task is a field of its own, a dataset's is a tag."""
    if not query.task:
        return []
    if query.kind == "model":
        return [("pipeline_tag", query.task)]
    tag = f"task_categories:{query.task}" if query.kind == "dataset" else query.task
    return [("filter", tag)]


def _encode(pairs: list[tuple[str, str]]) -> str:
    """Query text in which tags like ``base_model:finetune:a/b`` stay readable."""
    return urlencode(pairs, safe=":/", quote_via=quote)


def _checked(repo_id: str) -> str:
    if not valid_id(repo_id):
        raise BadInput(f"no repo id: {clean_line(repo_id)[:80]}; write it as owner/name")
    return repo_id


def _owner(name: str) -> str:
    if "/" in name or not valid_id(name):
        raise BadInput(f"no owner's name: {clean_line(name)[:80]}; write it as in owner/name")
    return name
