"""The one table of commands. Bindings, footer, help, palette and README are made from it."""

from typing import NamedTuple

from tui.places import (
    CardPlace,
    ClaimPlace,
    ClaimsPlace,
    ComparePlace,
    DiffPlace,
    DownloadsPlace,
    FamiliesPlace,
    ListPlace,
    MembersPlace,
    PicturePlace,
    Place,
    SavedPlace,
)

Places = tuple[type[Place], ...]
LIST, CARD, DIFF, MEMBERS = (ListPlace,), (CardPlace,), (DiffPlace,), (MembersPlace,)
SAVED, FAMILIES, COMPARE = (SavedPlace,), (FamiliesPlace,), (ComparePlace,)
CLAIMS, CLAIM, DOWNLOADS = (ClaimsPlace,), (ClaimPlace,), (DownloadsPlace,)
PICTURE = (PicturePlace,)
REPOS: Places = (*LIST, *CARD, *SAVED, *DIFF, *MEMBERS)  # where a repo is in hand
FIGURES: Places = (*FAMILIES, *COMPARE)
PLACES: Places = (*REPOS, *FIGURES, *CLAIMS, *CLAIM, *DOWNLOADS, *PICTURE)


class Command(NamedTuple):
    """One thing a person can do."""

    id: str  # "area.verb": what a remapping names
    keys: tuple[str, ...]  # as the toolkit names them
    action: str  # the name that a screen, or the part that has the thing in hand, answers to
    label: str  # two words for the footer
    help: str  # one sentence
    places: Places = PLACES
    footer: int = 0  # 0: not in the footer, else its place there
    part: str = ""  # the part of the screen that is bound; "": the screen


def _command(
    id: str,
    keys: str,
    action: str,
    label: str,
    help: str,
    places: Places = PLACES,
    footer: int = 0,
    part: str = "",
) -> Command:
    return Command(id, tuple(keys.split()), action, label, help, places, footer, part)


# fmt: off
COMMANDS = (
    _command("move.down", "j down", "move(1)", "down", "Move down."),
    _command("move.up", "k up", "move(-1)", "up", "Move up."),
    _command("move.half_down", "ctrl+d", "half(1)", "half down", "Move down half a page."),
    _command("move.half_up", "ctrl+u", "half(-1)", "half up", "Move up half a page."),
    _command("move.page_down", "pagedown", "page(1)", "page down", "Move down a page."),
    _command("move.page_up", "pageup", "page(-1)", "page up", "Move up a page."),
    _command("move.top", "g home", "edge(-1)", "top", "Go to the beginning."),
    _command("move.bottom", "G end", "edge(1)", "bottom", "Go to the end."),
    _command("move.left", "left", "sideways(-1)", "left",
             "Scroll wide lines left.", CARD, part="text"),
    _command("move.right", "right", "sideways(1)", "right",
             "Scroll wide lines right.", CARD, part="text"),
    _command("row.open", "enter", "open_row", "card",
             "Open the card of the highlighted repo.", (*LIST, *SAVED, *MEMBERS), 1),
    _command("family.open", "enter", "open_row", "repos",
             "List the family's own repos.", FIGURES, 1),
    _command("claim.open", "enter", "open_row", "claim", "Show every definition tried.", CLAIMS, 1),
    _command("claim.fetch", "plus", "fetch", "fetch more",
             "Fetch more for the claim, after naming the calls.", (*CLAIMS, *CLAIM), 2),
    _command("tree.open", "enter", "open_row", "open", "Open the row of the lineage.", CARD),
    _command("tab.fetch", "plus", "more", "read config",
             "Read config.json for the memory needs, after asking.", CARD),
    _command("tab.context", "M", "context", "context",
             "Choose the context that memory is reckoned for.", CARD),
    _command("tab.take", "D", "take", "take",
             "Take the set under the cursor, or what is marked, after naming files and bytes.",
             CARD),
    _command("download.open", "enter", "open_row", "card",
             "Open the card of the repo that the files are of.", DOWNLOADS, 1),
    _command("download.hold", "D", "hold", "stop, go on",
             "Stop the download, or go on with it.", DOWNLOADS, 2),
    _command("download.forget", "b", "forget", "forget",
             "Forget a stopped download; whole files stay.", DOWNLOADS, 3),
    _command("tab.mark", "space", "mark", "mark",
             "Mark the set or file under the cursor, to take it.", CARD, part="text"),
    _command("tab.order", "s", "sort", "order", "Choose the order of the evaluations.", CARD),
    _command("figure.left", "h left", "column(-1)", "column left",
             "Go to the figure left.", FAMILIES),
    _command("figure.family_left", "left", "column(-1)", "family left",
             "Go to the family left; h is the history.", COMPARE),
    _command("figure.right", "l right", "column(1)", "column right",
             "Go to the figure right.", FIGURES),
    _command("search.open", "slash", "search", "search",
             "Search repos by words and fields.", LIST, 2),
    _command("find.open", "slash", "find", "find", "Find text in the card.", CARD, 2),
    _command("find.next", "n", "find_next(1)", "next match",
             "Go to the next match.", CARD, part="text"),
    _command("find.previous", "N", "find_next(-1)", "previous match",
             "Go to the previous match.", CARD, part="text"),
    _command("row.mark", "space", "mark", "mark",
             "Mark the row, or unmark it.", (*LIST, *FAMILIES), 5),
    _command("row.compare", "c", "compare", "compare",
             "Hold the marked rows side by side.", (*LIST, *FAMILIES), 6),
    _command("figure.fetch", "plus", "fetch", "fetch more",
             "Fetch more for the marked families, after naming the calls.", FIGURES, 2),
    _command("figure.lens", "x", "lens", "lens",
             "Change the lens: origin, relations, credit, which repos.", FIGURES, 3),
    _command("figure.group", "v", "group", "group",
             "Group by family, origin or organisation.", FAMILIES, 4),
    _command("figure.columns", "C", "columns", "columns",
             "Choose which figures to show, and their order.", FAMILIES),
    _command("saved.columns", "C", "columns", "columns",
             "Choose which columns to show, and their order.", SAVED),
    _command("saved.sort", "s", "sort", "order",
             "Order what lies on this machine by size, last use or name.", SAVED, 2),
    _command("figure.sort", "s", "sort", "sort", "Order by the figure under the cursor.", FAMILIES),
    _command("figure.chart", "h p", "preview", "history",
             "Show the chart of its history, or the table.", COMPARE, 4),
    _command("glance.show", "p", "preview", "at a glance",
             "Show or hide what is known of the row, where there is room.",
             (*FAMILIES, *CLAIMS), part="glance"),
    _command("figure.picture", "e", "export", "picture", "Write the chart to a file.", COMPARE),
    _command("diff.differing", "d", "differing", "differing",
             "Only what differs, or all.", DIFF, 2),
    _command("list.sort", "s", "sort", "sort",
             "Choose the order, and the next where that is equal.", LIST, 3),
    _command("list.column_left", "h left", "column(-1)", "column left",
             "Go to the column left.", LIST, part="panes"),
    _command("list.column_right", "l right", "column(1)", "column right",
             "Go to the column right.", LIST, part="panes"),
    _command("list.columns", "C", "columns", "columns",
             "Choose which columns to show, and their order.", LIST, part="panes"),
    _command("list.more", "plus", "more", "read on",
             "Read on in the Hub's list, whatever the order.", LIST, part="panes"),
    _command("list.reverse", "S", "reverse", "reverse",
             "Turn the rows at hand around.", (*LIST, *FAMILIES)),
    _command("list.task", "t", "task", "task", "Choose a task (pipeline tag) to list.", LIST, 4),
    _command("list.origin", "x", "lens", "origin rule",
             "Count origins by uploader, root or nearest lab.", LIST),
    _command("list.depth", "d", "depth", "depth",
             "Count origins over the top 10, 30 or 100.", LIST),
    _command("tab.next", "right_square_bracket", "inner(1)", "next tab",
             "Next of models, datasets, Spaces and saved searches; on a card, the next tab.",
             (*LIST, *CARD), 7),
    _command("tab.previous", "left_square_bracket", "inner(-1)", "previous tab",
             "Previous of models, datasets, Spaces, saved searches; on a card, of its tabs.",
             (*LIST, *CARD)),
    _command("card.outline", "O", "outline", "outline",
             "Go to a heading of the card.", CARD, 3, part="text"),
    _command("card.links", "l", "links", "links",
             "List the card's links, to open or copy.", CARD, 4, part="text"),
    _command("card.pictures", "i", "pictures", "pictures",
             "List the card's pictures, to see one.", CARD, part="text"),
    _command("card.code", "C", "code", "code", "Copy a code block of the card.", CARD, part="text"),
    _command("card.copy_selection", "ctrl+c", "copy_selection", "copy selection",
             "Copy the text selected by mouse.", CARD, part="text"),
    _command("row.lineage", "L", "lineage", "lineage",
             "Show what it is made from, and what is made of it.", REPOS),
    _command("pane.next", "tab", "next_pane", "other pane",
             "Go between list and preview.", LIST, part="panes"),
    _command("pane.preview", "p", "preview", "preview",
             "Show or hide the preview.", LIST, 9, part="panes"),
    _command("data.refresh", "r", "refresh_view", "refresh",
             "Ask the Hub again, or show what is new.", footer=8),
    _command("row.author", "a", "author", "author",
             "List the repos of this author.", (*REPOS, *FAMILIES), 11),
    _command("row.browser", "o", "browser", "browser", "Open the repo's page in a browser.", REPOS),
    _command("row.copy", "y", "copy_id", "copy id",
             "Copy the repo id, or the key of a family or claim."),
    _command("row.copy_menu", "Y", "copy_menu", "copy …",
             "Copy an address, a command, a snippet, or a sentence to cite."),
    _command("row.bookmark", "b", "bookmark", "bookmark",
             "Bookmark the repo, or take the mark away.", REPOS),
    _command("row.note", "E", "note", "note",
             "Write tags and a note beside the bookmark.", REPOS),
    _command("view.save", "B", "save_search", "save search", "Keep this search.", LIST),
    _command("view.export", "e", "export", "export",
             "Write the rows at hand to a file.", (*LIST, *CLAIMS, *CLAIM)),
    _command("go.trending", "1", "app.view('trending')", "Trending", "Go to Trending."),
    _command("go.families", "2", "app.view('families')", "Families", "Go to Families."),
    _command("go.claims", "3", "app.view('claims')", "Claims", "Go to Claims."),
    _command("go.saved", "4", "app.view('saved')", "Saved",
             "Go to bookmarks, saved searches and recent repos."),
    _command("go.downloads", "P", "app.downloads", "downloads",
             "Go to the downloads: how far each file is, stop, go on."),
    _command("go.backward", "less_than_sign", "app.history(-1)", "backward",
             "Go back to the place before."),
    _command("go.forward", "greater_than_sign", "app.history(1)", "forward", "Go forward again."),
    _command("go.last", "minus", "app.last_place", "last place",
             "Change between this place and the last one."),
    _command("go.up", "escape", "up(False)", "back", "Go one level back; never leaves hubscope."),
    _command("go.quit", "q", "up(True)", "quit", "Go one level back; at the root, leave hubscope."),
    _command("app.end", "ctrl+q", "app.end", "leave", "Leave hubscope from wherever you are."),
    _command("app.suspend", "ctrl+z", "app.suspend", "suspend", "Suspend; the shell's fg goes on."),
    _command("look.repaint", "ctrl+l", "app.repaint", "repaint", "Paint everything anew."),
    _command("look.theme", "T", "app.theme", "theme", "Choose the colours."),
    _command("app.palette", "colon", "palette", "commands",
             "Find a command, a stored repo or an author."),
    _command("app.help", "question_mark", "help", "help",
             "List what works here, and run it.", footer=10),
)
# fmt: on

_EVERYWHERE = ("app.end", "app.suspend", "look.repaint")


def everywhere() -> list[Command]:
    """The commands that work whatever has the keyboard: also in boxes and lists to choose from."""
    return [command for command in COMMANDS if command.id in _EVERYWHERE]


def here(place: type[Place]) -> list[Command]:
    """The commands that work in ``place``, in the table's order."""
    return [command for command in COMMANDS if place in command.places]
