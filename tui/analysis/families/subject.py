"""What a row of the league table is about, and what has been fetched of it."""

from collections.abc import Callable, Iterable, Mapping
from typing import TYPE_CHECKING, NamedTuple

from tui.analysis.registry.registry import Family, Registry, author_of
from tui.model import Repo

if TYPE_CHECKING:
    from tui.analysis.families.derivatives import Placings

LLM_TASKS = ("text-generation", "image-text-to-text", "any-to-any")
_NO_LLM = (
    "guard", "reward", "embed", "rerank", "gguf", "mlx", "onnx", "awq", "gptq", "bnb", "exl2",
    "lora", "adapter",
)  # fmt: skip
ALIVE_LIKES, ALIVE_DOWNLOADS = 1, 10


class Subject(NamedTuple):
    """A family, a line of one, an organisation, or all families of a country."""

    key: str
    label: str
    home: str
    orgs: frozenset[str]  # namespaces in lower case: their uploads are first-party
    owns: Callable[[str], bool]  # asked with a repo id
    words: str  # which repos are its own


class Fetched(NamedTuple):
    """The facts at hand about a subject, by what they cost to get.

    ``listed``: the rows of all its organisations' lists, None before they are fetched.
    ``counts``: by own repo id in lower case, the Hub's number of direct children by relation.
    ``children``: by own repo id in lower case, the rows that name it (or a former id) as base;
    ``unfinished`` holds the ids whose rows are not all there. ``placings``: what earlier counts
    found of the same rows, for the next one to go on from.
    """

    as_of: float  # seconds since 1970, UTC: the age of the oldest part
    listed: tuple[Repo, ...] | None = None
    listed_complete: bool = True
    counts: Mapping[str, Mapping[str, int]] = {}
    children: Mapping[str, tuple[Repo, ...]] = {}
    unfinished: frozenset[str] = frozenset()
    list_requests: tuple[str, ...] = ()
    count_requests: tuple[str, ...] = ()
    child_requests: tuple[str, ...] = ()
    universe: str = "hub"
    source: str = "hub"
    placings: "Placings | None" = None


def of_family(family: Family, registry: Registry) -> Subject:
    """A family or a line of one, as the registry finds it."""
    return Subject(
        family.key,
        family.label,
        family.home,
        registry.orgs(family),
        lambda repo_id: registry.owns(family, repo_id),
        registry.rule(family),
    )


def of_org(author: str, registry: Registry) -> Subject:
    """Everything one namespace uploads."""
    org = registry.org(author)
    name = author.lower()
    return Subject(
        name,
        org.name if org else author,
        registry.origin_of_author(author),
        frozenset({name}),
        lambda repo_id: author_of(registry.canonical(repo_id)).lower() == name,
        f"repos by {author}",
    )


def distinct(rows: Iterable[Repo], registry: Registry) -> list[Repo]:
    """Each repo once: renamed copies share the Hub's own number, else the present id."""
    seen: set[str] = set()
    unique: list[Repo] = []
    for row in rows:
        name = registry.canonical(row.id).lower()
        number = row.hub_id or name
        if name not in seen and number not in seen:
            unique.append(row)
        seen.add(name)
        seen.add(number)
    return unique


def is_llm(repo: Repo) -> bool | None:
    """Say whether a repo is a language model; None where neither name nor task decides."""
    return is_llm_named(repo.id.rpartition("/")[2], repo.task)


def is_llm_named(name: str, task: str | None) -> bool | None:
    """The same of a repo by its name, without the namespace, and its task."""
    if any(map(name.lower().__contains__, _NO_LLM)):
        return False
    return task in LLM_TASKS if task else None


def is_alive(repo: Repo) -> bool | None:
    """Say whether a repo has a like or 10 downloads in 30 days; None where no fact decides."""
    if (repo.likes or 0) >= ALIVE_LIKES or (repo.downloads or 0) >= ALIVE_DOWNLOADS:
        return True
    return None if repo.likes is None or repo.downloads is None else False
