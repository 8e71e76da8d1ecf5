"""Which list: its kind, order, task and depth; and what to do with the whole of it."""

from shlex import quote

from textual.worker import Worker

from tui.analysis.query import query_line
from tui.ask.export import keep
from tui.ask.lists import trending as ask
from tui.ask.lists.rows import STRIP_DEPTH
from tui.ask.saved import saved
from tui.model import KINDS, Query, View
from tui.output.forms import Context, lines
from tui.output.lists import output
from tui.screens.searching import Searching
from tui.widgets.table import RowTable

_DEPTHS = (10, 30, 100)
_RULES = ("uploader", "root", "lab")


class Choosing(Searching):
    """A list page whose question the reader can change."""

    def __init__(self) -> None:
        super().__init__()
        self.depth = STRIP_DEPTH
        self.reversed = False
        self.rule = "uploader"  # what the strip counts origins by
        self.origins: View | None = None  # the strip by another rule, as far as it is known

    @property
    def rows(self) -> RowTable:
        """The table of repos."""
        return self.query_one("#rows", RowTable)

    def ask_for(self, query: Query) -> None:
        """Show the list of another question."""
        raise NotImplementedError

    def display_view(self, view: View) -> None:
        """Show the rows of a view."""
        raise NotImplementedError

    def walk_up(self) -> Worker[None]:
        """Ask where the first rows come from by ``rule``."""
        raise NotImplementedError

    def action_inner(self, step: int) -> None:
        """Go to the next of models, datasets, Spaces, with what they share of the question."""
        kind = KINDS[(KINDS.index(self.query_now.kind) + step) % len(KINDS)]
        old = self.query_now
        sort = "trending" if kind == "space" and old.sort == "downloads" else old.sort
        self.ask_for(Query(kind=kind, words=old.words, author=old.author, sort=sort, limit=100))

    def action_compare(self) -> None:
        """Hold the marked models side by side."""
        from tui.screens.diff import MOST

        ids = tuple(self.rows.marked)
        if self.query_now.kind != "model":
            self.say("only models are held against each other")
        elif not 2 <= len(ids) <= MOST:
            self.say(f"{len(ids)} marked; mark 2 to {MOST} models with space, then c")
        else:
            self.hubscope.visit("models", ids)

    def action_sort(self) -> None:
        """Choose the order."""
        from tui.screens import menus

        def chosen(sort: str | None) -> None:
            if sort:
                self.ask_for(self.query_now._replace(sort=sort))

        self.app.push_screen(menus.sorts(self.query_now.kind, self.query_now.sort), chosen)

    def action_reverse(self) -> None:
        """Turn the rows at hand around: the Hub itself only sorts downwards."""
        self.reversed = not self.reversed
        if self.view is not None:
            self.display_view(self.view)
            self.rows.move_to(0)

    def action_task(self) -> None:
        """Choose a task."""
        from tui.screens import menus

        def chosen(task: str | None) -> None:
            if task is not None:
                self.ask_for(self.query_now._replace(task=task or None))

        repos = [row.repo for row in self.rows.values]
        self.app.push_screen(menus.tasks(repos, self.query_now.task), chosen)

    def action_depth(self) -> None:
        """Count the origins of the first 10, 30 or 100 rows."""
        self.depth = _DEPTHS[(_DEPTHS.index(self.depth) + 1) % len(_DEPTHS)]
        if self.origins is not None:
            self.walk_up()
        if self.view is not None:
            self.view = ask.again(self.hubscope.sources, self.view, self.depth)
        self.frame()

    def action_lens(self) -> None:
        """Count the origins of the first rows by uploader, root or nearest lab."""
        if self.query_now.key != Query().key or self.query_now.terms:
            self.say("origins by root are counted for the trending models; 1 goes there")
            return
        self.rule = _RULES[(_RULES.index(self.rule) + 1) % len(_RULES)]
        self.origins = None
        if self.rule == "uploader":
            self.say("origins by uploader")
        else:
            self.hubscope.lens = self.hubscope.lens._replace(origin=self.rule)
            self.walk_up()

    def action_export(self) -> None:
        """Write the rows at hand to a file in the working folder."""
        from tui.screens import menus

        def chosen(form: str | None) -> None:
            if form and self.view is not None:
                now = self.hubscope.sources.now()
                made = output(self.view, Context("trending", self.hubscope.sources.endpoint, now))
                self.say(keep(lines(made, form), f"hubscope-{self.query_now.kind}s", form, now))

        self.app.push_screen(menus.formats(), chosen)

    def action_save_search(self) -> None:
        """Keep this list's query under its own line as its name."""
        sources, line = self.hubscope.sources, query_line.text(self.query_now)
        words = f"search kept: {line or 'trending'}; 4 lists what is saved"
        self.keep(saved.save(sources, line or "trending", line), words, words)

    def command_line(self) -> str:
        """The shell command that prints this list."""
        query = self.query_now
        if query == Query(kind=query.kind, task=query.task, limit=query.limit):
            words = ["trending"] if query.kind == "model" else ["trending", "--kind", query.kind]
            return " ".join(["hubscope", *words, *(["--task", query.task] if query.task else [])])
        return f"hubscope search {quote(query_line.text(query))}"
