"""A page with a repo in hand: open it, copy it, bookmark it, go to its lineage or its author."""

import os
import sys
from typing import TYPE_CHECKING

from textual import work

from tui.ask.saved import saved
from tui.model import Repo, Row, StoreTrouble
from tui.places import CardPlace, Place, author_list
from tui.render.clipboard import Copy, copies, url
from tui.render.spans import Line
from tui.screens.page import Page

if TYPE_CHECKING:
    from tui.ask.saved.saved import Receipt

_TALL = 20  # lines from which all totals are shown


class RepoPage(Page):
    """A page whose keys act on a repo."""

    def __init__(self, place: Place) -> None:
        super().__init__(place)
        self.totals: list[str] = []  # of the author whose list this is

    def lower_lines(self, cells: int) -> list[Line]:
        """The totals of an author above what the rows are."""
        totals = self.totals if self.size.height >= _TALL else self.totals[:1]
        return [*(((f" {line}", "text"),) for line in totals), *super().lower_lines(cells)]

    def in_hand(self) -> Repo | None:
        """The repo that the keys act on: the highlighted one."""
        row: Row | None = self.rows.value
        return None if row is None else row.repo

    def name_in_hand(self) -> str:
        """The repo's id."""
        repo = self.in_hand()
        return "" if repo is None else repo.id

    def copies(self) -> list[Copy]:
        """Addresses, commands and snippets of the repo."""
        repo = self.in_hand()
        if repo is None:
            return []
        entries = copies(self.hubscope.sources.endpoint, repo, self.command_line())
        return [*entries, Copy("card", self.card_text())] if self.card_text() else entries

    def card_text(self) -> str:
        """The Markdown of the card in sight, "" where none is."""
        return ""

    def open_repo(self) -> None:
        """Open the card of the repo in hand."""
        repo = self.in_hand()
        if repo is None:
            self.say(self.NOTHING)
        else:
            self.hubscope.visit(CardPlace(repo.kind, repo.id))

    def action_browser(self) -> None:
        """Open the repo's page in a graphical browser; elsewhere show its address."""
        repo = self.in_hand()
        if repo is None:
            self.say(self.NOTHING)
            return
        address = url(self.hubscope.sources.endpoint, repo)
        self.say(f"opened {address}" if open_page(address) else f"no browser here: {address}")

    def action_bookmark(self) -> None:
        """Bookmark the repo in hand, or take its bookmark away."""
        repo = self.in_hand()
        if repo is None:
            self.say(self.NOTHING)
            return
        words = (
            f"bookmark taken away from {repo.id}",
            f"bookmarked {repo.id}; 4 lists what is saved",
        )
        self.keep(saved.toggle(self.hubscope.sources, repo), *words)

    async def action_note(self) -> None:
        """Write tags and a note beside the bookmark of the repo in hand."""
        from tui.screens.note_bar import open_on  # the toolkit's input: not in the first frame

        repo = self.in_hand()
        if repo is None:
            self.say(self.NOTHING)
        else:
            await open_on(self, repo)

    @work(group="keep", exit_on_error=False)
    async def keep(self, receipt: "Receipt", otherwise: str, done: str) -> None:
        """Say what became of it once the disk has answered."""
        try:
            self.say(done if await saved.answered(receipt) else otherwise)
        except StoreTrouble as trouble:
            self.say(f"not kept: {trouble}")
        self.kept()

    def kept(self) -> None:
        """Something was kept or taken away."""

    def action_lineage(self) -> None:
        """Show the model's lineage."""
        repo = self.in_hand()
        if repo is None:
            self.say(self.NOTHING)
        elif repo.kind != "model":
            self.say(f"a {repo.kind} has no lineage")
        else:
            self.hubscope.visit(CardPlace(repo.kind, repo.id, "Lineage"))

    def action_author(self) -> None:
        """List the repos of the author of the repo in hand."""
        repo = self.in_hand()
        author = repo and (repo.author or repo.id.partition("/")[0])
        if repo is None or not author:
            self.say(self.NOTHING)
        else:
            self.hubscope.visit(author_list(author, repo.kind))


def open_page(address: str) -> bool:
    """Open an https address in a graphical browser, apart from this process; False without one."""
    from shutil import which
    from subprocess import DEVNULL, Popen

    if sys.platform == "win32":
        os.startfile(address)
        return True
    graphical = os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY")
    remote = os.environ.get("SSH_CONNECTION")
    opener = "open" if sys.platform == "darwin" else "xdg-open"
    able = not remote if sys.platform == "darwin" else graphical
    path = which(opener)
    if not able or path is None:
        return False
    Popen([path, address], stdin=DEVNULL, stdout=DEVNULL, stderr=DEVNULL, start_new_session=True)
    return True
