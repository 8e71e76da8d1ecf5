"""What the word under the cursor of a shell can be: asked by the scripts of ``completion``.

Read from the parsers themselves. What a value is of is told by its metavar; there is an entry
below for each. Nothing is asked of the Hub: repos, authors and searches are those stored.
"""

import os
import re
from argparse import Action, ArgumentParser, Namespace
from collections.abc import Callable, Iterable, Sequence
from typing import NamedTuple

from tui import cli
from tui.ask.saved import names
from tui.ask.sources import Sources
from tui.model import Problem
from tui.opening import open_sources
from tui.output.streams import write

FILES = 3  # the exit code by which a script learns to offer files
_BREAKS = ":="  # where bash begins a new word to complete


class Typed(NamedTuple):
    """What was typed behind the command's name, and the word under the cursor."""

    words: tuple[str, ...]
    last: str
    sources: Callable[[], Sources]
    command: str = ""

    @property
    def kind(self) -> str:
        """The kind of repo that ``--kind`` names."""
        kinds = [word for before, word in zip(self.words, self.words[1:]) if before == "--kind"]
        return kinds[-1] if kinds and kinds[-1] in ("dataset", "space") else "model"


def answer(words: Sequence[str]) -> int:
    """Print what the last word can be, one a line; return FILES where a path is wanted.

    ``bash LINE``: the command line up to the cursor, else all words after the command's name.
    """
    cut = 0
    if words[:1] == ["bash"]:
        typed, cut = split(words[1] if len(words) > 1 else "")
        words = typed[1:]
    *before, last = words or [""]
    opened: list[Sources] = []

    def sources() -> Sources:
        if not opened:
            opened.append(open_sources(Namespace(sample=False, offline=True)))
        return opened[0]

    try:
        choices = possible(Typed(tuple(before), last, sources))
    except Problem:
        return 1  # a shell's Tab is no place to complain
    finally:
        if opened:
            opened[0].shut()
    if choices is None:
        return FILES
    write(dict.fromkeys(choice[cut:] for choice in choices if "\n" not in choice))
    return 0


def possible(typed: Typed) -> list[str] | None:
    """What the last word can be; None where a path is wanted."""
    name = next((word for word in typed.words if word in cli.COMMANDS), None)
    if name is None:
        if typed.last.startswith("-"):
            return _options(cli.app_parser(), (), typed.last)
        repos = names.repos(typed.sources(), typed.last, "model") if typed.last else []
        return [*_begun(cli.COMMANDS, typed.last), *repos]
    rest = list(typed.words)
    rest.remove(name)
    return _of_command(cli.command(name)[1], typed._replace(words=tuple(rest), command=name))


def _of_command(parser: ArgumentParser, typed: Typed) -> list[str] | None:
    known = parser._option_string_actions
    positionals = [action for action in parser._actions if not action.option_strings]
    waiting: Action | None = None
    options, place = True, 0
    for word in typed.words:
        if waiting is not None:
            waiting = None
        elif options and word == "--":
            options = False
        elif options and word.startswith("-") and word != "-":
            flag = known.get(word)
            waiting = flag if flag is not None and flag.nargs != 0 else None
        else:
            place += 1
    if waiting is not None:
        return _values(waiting, typed)
    option, equals, begun = typed.last.partition("=")
    if options and equals and option in known and known[option].nargs != 0:
        values = _values(known[option], typed._replace(last=begun))
        return None if values is None else [f"{option}={value}" for value in values]
    if options and typed.last.startswith("-"):
        return _options(parser, typed.words, typed.last)
    if not positionals or (place >= len(positionals) and not _many(positionals[-1])):
        return []
    return _values(positionals[min(place, len(positionals) - 1)], typed)


def _many(action: Action) -> bool:
    return action.nargs in ("*", "+")


def _options(parser: ArgumentParser, words: Sequence[str], begun: str) -> list[str]:
    """The long options that are not there yet, and the short one that is typed."""
    known = parser._option_string_actions
    there = {id(known[word]) for word in words if word in known}
    open_ = (name for name, action in known.items() if id(action) not in there)
    return [name for name in _begun(open_, begun) if name.startswith("--") or name == begun]


def _values(action: Action, typed: Typed) -> list[str] | None:
    if action.choices is not None:
        return _begun(map(str, action.choices), typed.last)
    complete_value = VALUES[str(action.metavar)]
    return None if complete_value is None else complete_value(typed)


def _begun(choices: Iterable[str], begun: str) -> list[str]:
    return [choice for choice in choices if choice.lower().startswith(begun.lower())]


def _nothing(typed: Typed) -> list[str]:
    return []


def _ids(typed: Typed) -> list[str]:
    return names.repos(typed.sources(), typed.last, typed.kind)


def _authors(typed: Typed) -> list[str]:
    return names.authors(typed.sources(), typed.last, typed.kind)


def _keys(typed: Typed) -> list[str]:
    if typed.command == "claims":
        from tui.analysis.claims import CLAIMS

        return _begun((claim.key for claim in CLAIMS), typed.last)
    return _begun((family.key for family in typed.sources().registry.families), typed.last)


def _several(choices: Iterable[str], typed: Typed) -> list[str]:
    """Values with commas between, each once."""
    head, comma, last = typed.last.rpartition(",")
    there = head.split(",")
    return [f"{head}{comma}{choice}" for choice in _begun(choices, last) if choice not in there]


def _orders(typed: Typed) -> list[str]:
    from tui.model import ORDERS

    return _several(ORDERS, typed)


def _relations(typed: Typed) -> list[str]:
    from tui.model.lens import DERIVED

    return _several(DERIVED, typed)


def _families(typed: Typed) -> list[str]:
    return _several((family.key for family in typed.sources().registry.families), typed)


def _tasks(typed: Typed) -> list[str]:
    return _begun(_told(typed)["task"], typed.last)


def _quants(typed: Typed) -> list[str]:
    """The quantizations of the repo that was named, where its files are stored; else all."""
    from tui.analysis.memory.variants import variants
    from tui.analysis.query.vocabulary import Vocabulary
    from tui.ask.repo import files

    for word in typed.words:
        view = files.peek(typed.sources(), typed.kind, word) if "/" in word else None
        if view is not None:
            sets = variants(view.rows, None)
            return _begun(
                dict.fromkeys(variant.quant for variant in sets if variant.quant), typed.last
            )
    return _begun(Vocabulary(typed.sources().registry).of("quant"), typed.last)


def _query(typed: Typed) -> list[str]:
    """A word of the query line: its fields, and what they can be."""
    from tui.analysis.query.completion import complete
    from tui.analysis.query.vocabulary import Vocabulary

    values_of = _told(typed)
    last = typed.last
    if (matched := re.search(r"(?:^|\s|!)author:([^,\s]*)$", last)) is not None:
        values_of["author"] = names.authors(typed.sources(), matched[1], typed.kind)
    if (matched := re.search(r"(?:^|\s|!)base:([^,\s]*)$", last)) is not None:
        values_of["base"] = names.repos(typed.sources(), matched[1], "model")
    words = Vocabulary(typed.sources().registry, (), typed.kind, values_of)
    completion = complete(last, len(last), words)
    return [last[: completion.start] + choice for choice in completion.choices]


def _told(typed: Typed) -> dict[str, Sequence[str]]:
    """What the Hub told of its tags, and the tasks that the program knows."""
    from tui.ask.lists import vocabulary
    from tui.render.cells import TASKS

    values_of: dict[str, Sequence[str]] = dict(vocabulary.told(typed.sources()))
    values_of["task"] = tuple(dict.fromkeys((*values_of.get("task", ()), *TASKS)))
    return values_of


def _searches(typed: Typed) -> list[str]:
    return _begun(names.searches(typed.sources()), typed.last)


def _search_or_id(typed: Typed) -> list[str]:
    return [*_searches(typed), *(_ids(typed) if typed.last else [])]


def _to_prefetch(typed: Typed) -> list[str]:
    if typed.words[:1] == ("family",):
        return _keys(typed)
    first = [] if typed.words else [*_begun(("family",), typed.last), *_searches(typed)]
    return [*first, *(_query(typed) if typed.last else [])]


VALUES: dict[str, Callable[[Typed], list[str]] | None] = {
    **dict.fromkeys(("ID", "A", "B"), _ids),
    **dict.fromkeys(("DIR", "FILE", "DATE | PATH", "FILE | NUMBER"), None),
    **dict.fromkeys(("N", "TEXT", "WORD", "GLOB"), _nothing),
    "COLUMN[,COLUMN]": _orders,
    "KEY": _keys,
    "KEY,KEY": _families,
    "LIST": _relations,
    "NAME": _authors,
    "NAME|ID": _search_or_id,
    "QUANT": _quants,
    "QUERY": _query,
    "TAG": _tasks,
    "WHAT": _to_prefetch,
}
"""By the metavar of an option or argument: what its values are; None: paths."""


def split(line: str) -> tuple[list[str], int]:
    """The words of a bash line up to the cursor, the last one maybe empty or half in quotes.

    With it how many characters of the last word bash itself keeps: up to the last ``:`` or ``=``
    outside quotes it takes as another word's.
    """
    words: list[str] = []
    word, quote, place, begun, cut = "", "", 0, False, 0
    while place < len(line):
        char = line[place]
        if char == "\\" and quote != "'" and place + 1 < len(line):
            place += 1
            word, begun = word + line[place], True
        elif quote:
            quote = "" if char == quote else quote
            word += char if quote else ""
        elif char in "'\"":
            quote, begun = char, True
        elif char.isspace():
            words += [word] if begun else []
            word, begun, cut = "", False, 0
        else:
            word, begun = word + char, True
            cut = len(word) if char in _breaks() else cut
        place += 1
    return [*words, word], cut


def _breaks() -> str:
    """The characters at which this bash breaks words, of those that stand in ours."""
    return "".join(char for char in _BREAKS if char in os.environ.get("COMP_WORDBREAKS", _BREAKS))
