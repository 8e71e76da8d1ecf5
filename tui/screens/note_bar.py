"""The line to write a bookmark's tags and note in."""

from typing import TYPE_CHECKING, ClassVar, cast

from textual.binding import Binding, BindingType
from textual.events import Paste
from textual.widgets import Input

from tui.ask.saved import bookmark, note_line
from tui.model import BadInput, Repo

if TYPE_CHECKING:
    from tui.screens.repo_page import RepoPage


class NoteBar(Input):
    """Enter keeps what is written, Esc leaves it as it was."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "close", show=False),
        Binding("enter", "keep", show=False, priority=True),
    ]

    def __init__(self, repo: Repo, line: str) -> None:
        super().__init__(
            line,
            compact=True,
            select_on_focus=False,  # one adds to a note more often than one writes another
            placeholder=f"#tag #tag a note on {repo.id}",
            id="note-box",
        )
        self.cursor_blink = False
        self._repo = repo

    @property
    def _page(self) -> "RepoPage":
        return cast("RepoPage", self.screen)

    async def action_keep(self) -> None:
        """Keep it, with a bookmark where there is none yet; what is too long stays to be cut."""
        page, repo = self._page, self._repo
        try:
            note = note_line.read(self.value)
        except BadInput as problem:
            page.say(str(problem))
            return
        written = note.text or note.tags
        words = f"note kept on {repo.id}" if written else f"{repo.id} is kept, without a note"
        receipt = bookmark.keep(page.hubscope.sources, repo, note.text, note.tags)
        await self.action_close()
        page.keep(receipt, words, words)

    async def action_close(self) -> None:
        """Leave the line."""
        page = self._page
        page.set_focus(page.reader())  # before the bar goes: the toolkit would choose its neighbour
        await self.remove()

    def on_paste(self, event: Paste) -> None:
        """A note is one line."""
        event.stop()
        self.insert_text_at_cursor(" ".join(event.text.split()))
        event.prevent_default()


async def open_on(page: "RepoPage", repo: Repo) -> None:
    """Open the line on a page, with what is written on the repo so far."""
    if page.query(NoteBar):
        return
    line = note_line.text(bookmark.note(page.hubscope.sources, repo))
    bar = NoteBar(repo, line)
    await page.mount(bar, before=page.bottom)
    page.set_focus(bar)
    page.say("⏎ keeps tags and note, Esc leaves them as they were")
