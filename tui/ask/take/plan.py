"""What a download would bring: files, bytes, where they go, and what stands in the way."""

import os
from collections.abc import AsyncIterator, Sequence
from typing import NamedTuple

from tui.analysis.memory.selection import Choice, by_pattern, by_quant, total_size
from tui.ask.repo import facts_and_files
from tui.ask.repo.facts_and_files import FactsAndFiles
from tui.ask.sources import Sources
from tui.hub.local_cache import snapshot
from tui.hub.token import hub_cache
from tui.model import BadInput, Detail, File, NotFound, View


class Wish(NamedTuple):
    """What was asked for: a quantization, or globs; a folder, or None for the Hub's own cache."""

    quant: str | None = None
    include: tuple[str, ...] = ()
    to: str | None = None


class Plan(NamedTuple):
    """A download before it begins. Sizes in bytes, None where the Hub does not tell one."""

    kind: str
    id: str
    choice: Choice
    folder: str  # where it goes, absolute
    to: str | None  # the folder that was named, None for huggingface_hub's cache
    free: int | None  # bytes free on that disk
    detail: Detail | None = None
    here: frozenset[str] = frozenset()  # paths that are there already, whole
    listed: bool = True  # False: the Hub cut the list of files, and more may fit the wish

    @property
    def missing(self) -> int | None:
        """Bytes still to come; None where a size is unknown."""
        return total_size(file for file in self.choice.files if file.path not in self.here)

    @property
    def short(self) -> int:
        """Bytes that the disk lacks; 0 where it has room, or where a size is unknown."""
        wanted = self.missing
        return 0 if wanted is None or self.free is None else max(0, wanted - self.free)


async def stream(
    sources: Sources, kind: str, repo_id: str, wish: Wish
) -> AsyncIterator[View[Plan]]:
    """Views whose one row is a Plan. Raises BadInput, with what there is, for a wish of nothing.

    Asks for facts and the list of files; for no file.
    """
    _checked(kind, wish)
    view: View[FactsAndFiles] | None = None
    async for view in facts_and_files.stream(sources, kind, repo_id):
        if view.value.files is not None and not view.stale:
            break
    if view is None or view.value.files is None:
        problems = view.problems if view else ()
        raise next(iter(problems), NotFound(f"no list of files of {repo_id} is at hand"))
    yield view.of(plan(view.value, wish))


def peek(sources: Sources, kind: str, repo_id: str, wish: Wish) -> View[Plan] | None:
    """The plan from what is stored; None where no list of files is. Raises BadInput as above."""
    _checked(kind, wish)
    view = facts_and_files.peek(sources, kind, repo_id)
    if view is None or view.value.files is None:
        return None
    return view.of(plan(view.value, wish))


def plan(repo: FactsAndFiles, wish: Wish) -> Plan:
    """The plan for a repo whose files are known."""
    files = repo.files or ()
    if wish.include:
        choice = by_pattern(files, wish.include)
    elif repo.kind == "model":
        choice = by_quant(files, repo.detail, wish.quant)
    else:
        choice = by_pattern(files, ("*",))
    return planned(repo, choice, wish.to)


def planned(repo: FactsAndFiles, choice: Choice, to: str | None) -> Plan:
    """The plan for files that were chosen already."""
    folder = os.path.abspath(os.path.expanduser(to)) if to else hub_cache()
    outline = Plan(repo.kind, repo.id, choice, folder, to and folder, _free(folder), repo.detail)
    return outline._replace(here=_here(outline), listed=repo.files_complete)


def paths(chosen: Plan) -> Sequence[str]:
    """The paths to take, the smallest first: a refusal shows before the long ones begin."""
    files = sorted(chosen.choice.files, key=lambda file: (file.size or 0, file.path))
    return [file.path for file in files]


def _checked(kind: str, wish: Wish) -> None:
    if wish.quant is not None and wish.include:
        raise BadInput("--quant and --include both say which files; give one of them")
    if wish.quant is not None and kind != "model":
        raise BadInput(f"a {kind} has no quantizations; name files by --include GLOB")


def _here(outline: Plan) -> frozenset[str]:
    """The chosen paths that lie where they are to go, in their right size."""
    commit = outline.detail.sha if outline.detail else None
    root = outline.to or snapshot(outline.folder, outline.kind, outline.id, commit)
    return frozenset(file.path for file in outline.choice.files if root and _whole(root, file))


def _whole(root: str, file: File) -> bool:
    try:
        return os.path.getsize(os.path.join(root, *file.path.split("/"))) == file.size
    except OSError:
        return False


def _free(folder: str) -> int | None:
    """Bytes free on the disk that ``folder`` lies on, or would lie on."""
    from shutil import disk_usage

    while not os.path.isdir(folder):
        above = os.path.dirname(folder)
        if above == folder:
            return None
        folder = above
    try:
        return disk_usage(folder).free
    except OSError:
        return None
