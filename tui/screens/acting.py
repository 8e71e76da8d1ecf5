"""What can be done with the repo in hand: copy, open in a browser, bookmark, go to its author."""

import os
import sys
from typing import TYPE_CHECKING

from textual import work

from tui.ask.saved import saved
from tui.model import Query, Repo, StoreTrouble
from tui.render.clipboard import copies, osc52, url
from tui.screens.page import Page

if TYPE_CHECKING:
    from textual.app import App

    from tui.ask.saved.saved import Receipt

_NOTHING = "no repo is highlighted"


class Acting(Page):
    """A page with a repo in hand."""

    def in_hand(self) -> Repo | None:
        """The repo that the keys act on."""
        raise NotImplementedError

    def command_line(self) -> str:
        """The shell command that prints what this screen shows."""
        raise NotImplementedError

    def copy(self, text: str) -> None:
        """Hand ``text`` to the terminal's clipboard, and show it for terminals that refuse."""
        try:
            send(self.app, osc52(text, tmux="TMUX" in os.environ))
        except ValueError as error:
            self.say(str(error))
        else:
            self.say(f"sent to the clipboard: {text}")

    def action_copy_id(self) -> None:
        """Copy the repo id."""
        repo = self.in_hand()
        if repo is None:
            self.say(_NOTHING)
        else:
            self.copy(repo.id)

    def action_copy_menu(self) -> None:
        """Choose what to copy."""
        from tui.screens import menus

        repo = self.in_hand()
        if repo is None:
            self.say(_NOTHING)
            return
        found = copies(self.hubscope.sources.endpoint, repo, self.command_line())
        self.app.push_screen(menus.copies(found), self.copy_chosen)

    def copy_chosen(self, text: str | None) -> None:
        """Copy what a menu gave."""
        if text:
            self.copy(text)

    def action_browser(self) -> None:
        """Open the repo's page in a graphical browser; elsewhere show its address."""
        repo = self.in_hand()
        if repo is None:
            self.say(_NOTHING)
            return
        address = url(self.hubscope.sources.endpoint, repo)
        self.say(f"opened {address}" if open_page(address) else f"no browser here: {address}")

    def action_bookmark(self) -> None:
        """Bookmark the repo in hand, or take its bookmark away."""
        repo = self.in_hand()
        if repo is None:
            self.say(_NOTHING)
            return
        words = (
            f"bookmark taken away from {repo.id}",
            f"bookmarked {repo.id}; 4 lists what is saved",
        )
        self.keep(saved.toggle(self.hubscope.sources, repo), *words)

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
            self.say(_NOTHING)
        elif repo.kind != "model":
            self.say(f"a {repo.kind} has no lineage")
        else:
            self.hubscope.visit("card", (repo.kind, repo.id, "Lineage"))

    def action_author(self) -> None:
        """List the repos of the author of the repo in hand."""
        repo = self.in_hand()
        author = repo and (repo.author or repo.id.partition("/")[0])
        if repo is None or not author:
            self.say(_NOTHING)
            return
        sort = "likes" if repo.kind == "space" else "downloads"
        query = Query(kind=repo.kind, author=author, sort=sort, limit=100)
        self.hubscope.visit("list", query)


def send(app: "App[None]", sequence: str) -> None:
    """Write a sequence to the terminal in front of the reader; nothing without a terminal."""
    driver = app._driver  # the toolkit's own copy function goes this way, without passthrough
    if driver is not None:
        driver.write(sequence)


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
