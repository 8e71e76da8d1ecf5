"""The Lineage tab of a card: what a repo is made from, and what is made from it."""

from typing import TYPE_CHECKING, cast

from textual import work

from tui.ask.lineage import family_tree as ask
from tui.ask.lineage.children import Branch
from tui.ask.lineage.family_tree import Tree
from tui.model import Problem, View
from tui.places import CardPlace
from tui.render import lineage as render
from tui.render.lineage import MORE, Node
from tui.render.spans import Line
from tui.widgets.paint import Painter
from tui.widgets.table import RowTable

if TYPE_CHECKING:
    from tui.screens.page import Page

NAME = "Lineage"


class LineageTab(RowTable):
    """The tree as rows. Opening a row opens a repo, or shows and hides the children of a kind."""

    def __init__(self, painter: Painter, repo_id: str) -> None:
        super().__init__(painter, render.header, self._line, id=NAME)
        self._repo_id = repo_id
        self._view: View | None = None
        self._problem: Problem | None = None
        self._busy = False
        self._opened: set[str] = set()
        self._more: dict[str, Branch] = {}  # branches fetched further than the tree has them

    @property
    def _page(self) -> "Page":
        return cast("Page", self.screen)

    @property
    def family_tree(self) -> Tree | None:
        """The tree as far as it is known."""
        if self._view is None:
            return None
        tree: Tree = self._view.rows[0]
        return tree._replace(children={**tree.children, **self._more})

    def _line(self, node: Node, width: int, cursor: bool, marked: bool) -> Line:
        return render.row(node, width, self._page.hubscope.sources.now(), cursor)

    def definition(self) -> str:
        """What the row under the cursor is, or what went wrong."""
        tree = self.family_tree
        if self._problem is not None:
            return str(self._problem)
        if tree is None:
            return "asking the Hub …"
        walking = self._view is not None and self._view.progress is not None
        counter = "sample" if self._page.hubscope.sources.bundled else "Hub"
        text = render.definition(self.value, tree, counter)
        return ("walking up … · " if walking else "") + text

    def open(self) -> None:
        """Ask for the tree when the tab is first seen."""
        if self._view is None and not self._busy:
            stored = ask.peek(self._page.hubscope.sources, self._repo_id)
            if stored is not None:
                self._take(stored)
            self.load()

    @work(group="lineage", exclusive=True)
    async def load(self) -> None:
        """Ask for bases and children; what is stored stands meanwhile."""
        self._busy, self._problem = True, None
        try:
            async for view in ask.stream(self._page.hubscope.sources, self._repo_id):
                self._problem = next(iter(view.problems), None)
                self._take(view)
        except Problem as problem:
            self._problem = problem
        finally:
            self._busy = False
            self._page.frame()

    def _take(self, view: View) -> None:
        first, self._view = self._view is None, view
        self._draw()
        if first:
            self.move_to_key(f"self {view.rows[0].repo.id}")

    def _draw(self) -> None:
        tree = self.family_tree
        if tree is not None:
            nodes = render.nodes(tree, self._opened)
            self.show([node.key for node in nodes], nodes)
        self._page.frame()

    def on_row_table_moved(self, message: RowTable.Moved) -> None:
        """Say what the row is."""
        message.stop()
        self._page.frame()

    def on_row_table_opened(self, message: RowTable.Opened) -> None:
        """A click on the row under the cursor."""
        message.stop()
        self.open_row()

    def open_row(self) -> None:
        """Open the repo under the cursor, or show or hide the children of a relation."""
        node: Node | None = self.value
        if node is None:
            return
        if node.kind in ("base", "child"):
            self._page.hubscope.visit(CardPlace("model", node.text, NAME))
        elif node.kind == "branch":
            self._fold(node.text)
        elif node.kind == MORE:
            self._fetch(node.text)

    def _fold(self, relation: str) -> None:
        tree = self.family_tree
        self._opened ^= {relation}
        self._draw()
        if tree is not None and relation in self._opened:
            branch = tree.children[relation]
            if not branch.repos and not branch.whole:
                self._fetch(relation)

    @work(group="branch", exclusive=True)
    async def _fetch(self, relation: str) -> None:
        """Fetch the next children of a relation."""
        tree = self.family_tree
        if tree is None:
            return
        branch = tree.children[relation]
        sources = self._page.hubscope.sources
        begun = branch if branch.next else None
        try:
            children = await ask.expand(sources, tree.repo.id, relation, begun)
        except Problem as problem:
            self._problem = problem
        else:
            self._more[relation] = children._replace(total=branch.total)
        self._draw()
