"""What the rules of the tree look for in the program's syntax, found in one pass over it.

A module is parsed, asked by every rule and let go: no tree outlives its module.
"""

import ast
from collections.abc import Callable, Iterator
from functools import cache
from typing import NamedTuple

from tests.paths import CHECKOUT

PROGRAM = CHECKOUT / "tui"
OLDEST = (3, 11)  # the oldest Python named
THAT_ASK = ("screens", "commands")
LINES_OF_A_FILE = 300
LINES_OF_A_FUNCTION = 40
GRAMMAR = {"found", "kept", "made", "one", "said"}
NAMED_TUPLE = {"_replace", "_fields", "_asdict", "_make"}


class Module(NamedTuple):
    """One module of the program."""

    name: str  # below ``tui/``
    text: str
    nodes: list[ast.AST]  # of its syntax, in the order of ``ast.walk``

    def lies_in(self, *rooms: str) -> bool:
        """Whether it lies in one of these rooms."""
        return self.name.partition("/")[0] in rooms


Rule = Callable[[Module], Iterator[str]]


def parsed(name: str, text: str) -> Module:
    """A module of this text. Raises SyntaxError where the oldest Python would."""
    return Module(name, text, [*ast.walk(ast.parse(text, name, feature_version=OLDEST))])


@cache
def findings() -> dict[Rule, list[str]]:
    """What each rule found in all modules, in their order."""
    told: dict[Rule, list[str]] = {rule: [] for rule in RULES}
    for path in sorted(PROGRAM.rglob("*.py")):
        module = parsed(path.relative_to(PROGRAM).as_posix(), path.read_text())
        for rule in RULES:
            told[rule] += rule(module)
    return told


def chain(node: ast.AST) -> list[str]:
    """``self.hubscope.sources.store`` as its words."""
    words: list[str] = []
    while isinstance(node, ast.Attribute):
        words.insert(0, node.attr)
        node = node.value
    return [node.id, *words] if isinstance(node, ast.Name) else words


def reaches(module: Module) -> Iterator[str]:
    """What a module reaches of the store and the wire: by import, or through the sources."""
    for node in module.nodes:
        if isinstance(node, ast.ImportFrom) and node.module:
            if node.module.startswith(("tui.store", "tui.hub")):
                yield node.module
        elif isinstance(node, ast.Import):
            yield from (a.name for a in node.names if a.name.startswith(("tui.store", "tui.hub")))
        elif isinstance(node, ast.Attribute) and node.attr in ("store", "hub"):
            words = chain(node)
            if words[-2:-1] and words[-2].endswith("sources"):
                yield ".".join(words)


def walls_broken(module: Module) -> Iterator[str]:
    """What those that ask reach of the store and the wire."""
    if module.lies_in(*THAT_ASK):
        yield from (f"{module.name}: {what}" for what in reaches(module))


def asks_for_the_sample(module: Module) -> Iterator[str]:
    """A module that compares something with the sample's name."""
    sides = (
        side
        for node in module.nodes
        if isinstance(node, ast.Compare)
        for side in (node.left, *node.comparators)
    )
    if any(isinstance(side, ast.Constant) and side.value == "sample" for side in sides):
        yield module.name


def bare_views(module: Module) -> Iterator[str]:
    """Where a view is named without what it is of."""
    if not module.lies_in("ask", "output", "render"):
        return
    told = set()
    for node in module.nodes:
        if isinstance(node, ast.Subscript):
            told.add(id(node.value))
        elif isinstance(node, ast.Call):
            told |= {id(node.func), *map(id, node.args)}
    for node in module.nodes:
        if isinstance(node, ast.Name) and node.id == "View" and id(node) not in told:
            yield f"{module.name}:{node.lineno}"


def readers_of_others_views(module: Module) -> Iterator[str]:
    """A module that looks what a view was read from, and makes none itself."""
    calls = [node for node in module.nodes if isinstance(node, ast.Call)]
    if any(word.arg == "read" for call in calls for word in call.keywords):
        return
    called = {id(call.func) for call in calls}
    read = (
        node for node in module.nodes if isinstance(node, ast.Attribute) and node.attr == "read"
    )
    if any(chain(node)[-2:-1] == ["view"] and id(node) not in called for node in read):
        yield module.name


def longer_parts(module: Module) -> Iterator[str]:
    """The file and its functions where they are longer than one takes in."""
    if (lines := module.text.count("\n")) > LINES_OF_A_FILE:
        yield f"{module.name}: {lines}"
    for node in module.nodes:
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            lines = (node.end_lineno or 0) - node.lineno + 1
            if lines > LINES_OF_A_FUNCTION:
                yield f"{module.name}: {node.name}: {lines}"


def is_private(name: str) -> bool:
    """Whether a name is for its own file alone."""
    return name.startswith("_") and not name.startswith("__") and name not in NAMED_TUPLE


def own_names(module: Module) -> Iterator[str]:
    """The private names that a file defines or stores."""
    for node in module.nodes:
        match node:
            case (
                ast.FunctionDef(name=name)
                | ast.AsyncFunctionDef(name=name)
                | ast.ClassDef(name=name)
                | ast.Name(id=name, ctx=ast.Store())
                | ast.Attribute(attr=name, ctx=ast.Store())
            ) if is_private(name) and len(name) > 1:
                yield name


def variables(module: Module) -> Iterator[tuple[int, str]]:
    """Line and name of each variable that is bound, in any order; a class's fields are none."""
    fields = {
        id(line.target)
        for node in module.nodes
        if isinstance(node, ast.ClassDef)
        for line in node.body
        if isinstance(line, ast.AnnAssign)
    }
    for node in module.nodes:
        match node:
            case ast.Name(name, ast.Store()) if id(node) not in fields:
                yield node.lineno, name
            case ast.arg(name) | ast.ExceptHandler(name=str(name)):
                yield node.lineno, name
            case ast.MatchAs(name=str(name)) | ast.MatchStar(str(name)):
                yield node.lineno, name
            case ast.MatchMapping(rest=str(name)):
                yield node.lineno, name


def words_of_grammar(module: Module) -> Iterator[str]:
    """Variables that are named after their part in a sentence."""
    for line, name in sorted(variables(module)):
        if name in GRAMMAR:
            yield f"{module.name}:{line}: {name}"


RULES: tuple[Rule, ...] = (
    walls_broken,
    asks_for_the_sample,
    bare_views,
    readers_of_others_views,
    longer_parts,
    own_names,
    words_of_grammar,
)
