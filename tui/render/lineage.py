"""A repo's family tree as rows: its bases above it, the farthest first, its children below it.

Above, each repo stands once, however many ways lead to it. Below, the children of one relation
stand under a line with their number, which opens and closes.
"""

from collections.abc import Collection, Mapping, Sequence
from typing import NamedTuple, Protocol

from tui.analysis.lineage.graph import Ancestor
from tui.key_names import shown
from tui.model import RELATIONS, Repo
from tui.model.when import seconds
from tui.render import cells
from tui.render.spans import Line, cut_id, pad, pad_left
from tui.render.table import CURSOR

_STEP = 2  # cells that a generation is set in by
_DEEPEST = 6  # generations that are set in further; the ones beyond stand in line
_SAID = 29  # cells of the words beside a repo's id, at least
MORE = "more"


class Branch(Protocol):
    """The children of a repo by one relation, as the ask hands them out."""

    @property
    def repos(self) -> tuple[Repo, ...]:
        """The ones at hand."""

    @property
    def total(self) -> int | None:
        """How many there are, as the Hub counts."""

    @property
    def whole(self) -> bool:
        """Whether all are at hand."""


class Tree(Protocol):
    """One repo with what is above and below it, as the ask hands it out."""

    @property
    def repo(self) -> Repo:
        """The repo itself."""

    @property
    def ancestors(self) -> tuple[Ancestor, ...]:
        """The nearest first, each once."""

    @property
    def roots(self) -> tuple[str, ...]:
        """Where its lineage begins."""

    @property
    def cycles(self) -> tuple[tuple[str, ...], ...]:
        """Rings of repos that name each other."""

    @property
    def children(self) -> Mapping[str, Branch]:
        """The branches by relation."""

    @property
    def unresolved(self) -> tuple[str, ...]:
        """Bases that were not looked up."""

    @property
    def notes(self) -> tuple[str, ...]:
        """Remarks beside the tree, one sentence each."""


class Node(NamedTuple):
    """One row. ``kind``: base, self, branch, child, more or note."""

    kind: str
    text: str  # a repo id, a relation, or words
    words: str = ""  # beside the text: relation and depth, a number, what is missing
    level: int = 0  # generations below the topmost row
    repo: Repo | None = None
    opened: bool = False

    @property
    def key(self) -> str:
        """What the cursor stays on."""
        return f"{self.kind} {self.text}"


def nodes(tree: Tree, opened: Collection[str]) -> list[Node]:
    """The rows of a tree; ``opened`` holds the relations whose children are shown."""
    tallest = max((base.depth for base in tree.ancestors), default=0)
    rows = [
        Node("base", base.id, _base_words(base, tree), tallest - base.depth)
        for base in sorted(tree.ancestors, key=lambda base: -base.depth)
    ]
    rows.append(Node("self", tree.repo.id, _self_words(tree), tallest, tree.repo))
    for relation in RELATIONS:
        branch = tree.children.get(relation)
        if branch is not None and (branch.total or branch.repos or not branch.whole):
            rows += _branch(relation, branch, tallest + 1, relation in opened)
    for cycle in tree.cycles:
        ring = " → ".join((*cycle, cycle[0])) if len(cycle) > 1 else f"{cycle[0]} names itself"
        rows.append(Node("note", f"cycle: {ring}"))
    if tree.unresolved:
        rows.append(Node("note", _unresolved(tree.unresolved)))
    rows += [Node("note", note) for note in tree.notes]
    return rows


def _unresolved(names: Sequence[str]) -> str:
    count = f"{len(names)} bases " if len(names) > 1 else ""
    return f"{count}not looked up: {', '.join(names)}"


def _branch(relation: str, branch: Branch, level: int, opened: bool) -> list[Node]:
    known = len(branch.repos)
    count = branch.total if branch.total is not None else known if branch.whole else None
    number = "number not known" if count is None else f"{max(count, known):,}"
    rows = [Node("branch", relation, number, level, opened=opened)]
    if opened:
        rows += [Node("child", repo.id, "", level + 1, repo) for repo in branch.repos]
        if not branch.whole:
            left = f"{count - known:,} more" if count is not None and count > known else MORE
            rows.append(Node(MORE, relation, f"… {left}, {shown('enter')} fetches them", level + 1))
    return rows


def _base_words(base: Ancestor, tree: Tree) -> str:
    words = [f"{base.relation} ↑{base.depth}"]
    if base.id in tree.roots:
        words.append("root")
    if base.id in tree.unresolved:
        words.append("not looked up")
    elif base.missing:
        words.append("missing")
    if base.guessed:
        words.append("guessed")
    if base.license:
        words.append(base.license)
    return " · ".join(words)


def _self_words(tree: Tree) -> str:
    words = "this repo" if tree.ancestors else "this repo, no base declared"
    return f"{words} · {tree.repo.license}" if tree.repo.license else words


def header(width: int) -> Line:
    """The line above the tree."""
    side = _side(width)
    return ((pad(pad("  repo", width - side) + "base by ↑ generations", width), "head"),)


def row(node: Node, width: int, now: float, cursor: bool) -> Line:
    """One row: the id set in by its generation, and the words beside it."""
    base = "cursor" if cursor else "cell"
    edge = f"{CURSOR if cursor else ' '} " + " " * (_STEP * min(node.level, _DEEPEST))
    room = width - len(edge)
    if node.kind == "note":
        return ((edge + pad(node.text, room), base),)
    if node.kind == MORE:
        return ((edge + pad(node.words, room), base),)
    if node.kind == "branch":
        mark = "▾" if node.opened else "▸"
        return ((edge + pad(f"{mark} {node.text:<10} {node.words:>7}", room), base),)
    words = node.words if node.kind != "child" else _figures(node.repo, now)
    side = _side(width)
    name = max(8, room - side)
    return ((edge + pad(cut_id(node.text, name - 1), name), f"{base}.id"), (pad(words, side), base))


def _side(width: int) -> int:
    return max(_SAID, width // 3)


def _figures(repo: Repo | None, now: float) -> str:
    if repo is None:
        return ""
    counts = f"↓{pad_left(cells.count(repo.downloads), 6)}  ♥{pad_left(cells.count(repo.likes), 6)}"
    return f"{counts}  {cells.age(seconds(repo.created_at), now):>4}"


def definition(node: Node | None, tree: Tree, counter: str = "Hub") -> str:
    """The row under the cursor in words; ``counter``: who counted the children."""
    if node is None:
        return ""
    enter = shown("enter")
    if node.kind == "base":
        return f"{node.text}: {node.words} (declared on the card unless guessed) · {enter} opens it"
    if node.kind == "self":
        roots = ", ".join(tree.roots[:3]) + (" …" if len(tree.roots) > 3 else "")
        return f"roots: {roots or 'not known'}"
    if node.kind == "branch":
        counted = f"as the {counter} counts them: {node.words}"
        return f"direct children by {node.text}, {counted} · {enter} opens"
    if node.kind == "child":
        return f"{node.text} names {tree.repo.id} as its base · ↓30d ♥ age · {enter} opens it"
    return node.text if node.kind == "note" else node.words
