"""What changed on the bookmarks since the look before, whoever looked: the app or a watch."""

from tui.ask.saved import saved
from tui.ask.snapshots import changes
from tui.ask.sources import Sources

News = dict[tuple[str, str], str]  # (kind, id in lower case): what changed, in words


def peek(sources: Sources) -> News:
    """The changes as stored. Reads every bookmark's looks: not on a loop."""
    marks = [entry for entry in saved.peek(sources).rows if entry.shelf == "bookmark"]
    by_repo = {(mark.kind, mark.name.lower()): changes.news(sources, mark) for mark in marks}
    return {name: words for name, words in by_repo.items() if words}
