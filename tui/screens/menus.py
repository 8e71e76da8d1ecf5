"""The lists to choose from that every screen offers: help, palette, tasks, orders, copies."""

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any

from tui.ask.saved import palette as stored
from tui.ask.sources import Sources
from tui.key_names import shown
from tui.keys import Command
from tui.model import ORDERS, SORTS, Repo
from tui.places import CardPlace, author_list
from tui.render import cells
from tui.render.clipboard import Copy
from tui.render.list_columns import ORDER_OF, catalogue
from tui.render.trending import ORDER_WORDS
from tui.render.words import WORDS
from tui.screens.chooser import Choice, Chooser
from tui.themes import PALETTES

_FOUND = 50  # stored repos that the palette offers at most

Keys = Mapping[str, tuple[str, ...]]


def help_menu(commands: Sequence[Command], pressed: Keys) -> Chooser:
    """Exactly the commands that work here; the one chosen is run. Below them, what words mean."""
    words = [Choice(None, word, meaning) for word, meaning in WORDS.items()]
    return Chooser("What works here", [*_choices(commands, pressed), *words], typing=True)


def palette(commands: Sequence[Command], pressed: Keys, sources: Sources) -> Chooser:
    """Commands, and for what is typed the stored repos and authors."""

    def more(typed: str) -> list[Choice]:
        words = typed.split()
        repos = stored.repos(sources, words, _FOUND)
        authors = Counter(repo.author for repo in repos if repo.author)
        lists = [
            Choice(author_list(author), author, f"{n} stored")
            for author, n in authors.most_common(5)
            if any(word.lower() in author.lower() for word in words)
        ]
        return lists + [
            Choice(
                CardPlace(repo.kind, repo.id),
                repo.id,
                f"{repo.kind} · ↓ {cells.count(repo.downloads)}",
            )
            for repo in repos[:_FOUND]
        ]

    return Chooser(
        "Commands, stored repos, authors", _choices(commands, pressed), typing=True, more=more
    )


def tasks(rows: Iterable[Repo], now: str | None) -> Chooser:
    """Every task, the ones at hand first with how many rows have them."""
    counts = Counter(repo.task for repo in rows if repo.task)
    tags = [tag for tag, _ in counts.most_common()]
    tags += sorted(set(cells.TASKS) - set(tags))
    choices: list[Choice] = [Choice("", "all tasks")]
    choices += [Choice(tag, tag, f"{counts[tag]} at hand" if counts[tag] else "") for tag in tags]
    return Chooser("Task (pipeline tag)", choices, start=now or "", typing=True)


def sorts(kind: str, now: Sequence[str], start: str) -> Chooser:
    """The orders of a list, those of the Hub first; ``start`` is where the cursor stands."""
    from tui.screens.column_chooser import OrderChooser

    offered = {ORDER_OF.get(name, name) for name in catalogue(kind).columns}
    orders = [name for name in ORDERS if name in offered or name in SORTS]
    choices = [
        Choice(name, ORDER_WORDS[name], "of all repos" if name in SORTS else "of the rows at hand")
        for name in orders
        if not (kind == "space" and name == "downloads")
    ]
    return OrderChooser(choices, now, start)


def copies(entries: Sequence[Copy]) -> Chooser:
    """What can be copied of a repo."""
    choices = [Choice(copy.text, copy.label, copy.text.partition("\n")[0]) for copy in entries]
    return Chooser("Copy", choices)


def colours(now: str, on_move: Callable[[Any], None]) -> Chooser:
    """The themes; ``on_move`` hears of each that comes under the cursor."""
    choices = [Choice(name, name, "now" if name == now else "") for name in PALETTES]
    return Chooser("Colours", choices, start=now, on_move=on_move)


def formats(*more: Choice) -> Chooser:
    """How the rows can be written to a file, and ``more`` that a screen can write."""
    names = (("csv", "for a spreadsheet"), ("json", "every field"), ("md", "a Markdown table"))
    choices = [Choice(name, name, detail) for name, detail in names]
    return Chooser("Write the rows at hand to a file", [*choices, *more])


def _choices(commands: Sequence[Command], pressed: Keys) -> list[Choice]:
    choices: list[Choice] = []
    for command in commands:
        keys = " ".join(shown(key) for key in pressed[command.id])
        choices.append(Choice(command, f"{keys:<10} {command.label}", command.help))
    return choices
