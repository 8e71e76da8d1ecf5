"""The lines around every body: the views with their keys, and what one would press next."""

from collections.abc import Iterable, Mapping, Sequence

from tui.key_names import shown
from tui.keys import Command
from tui.places import ROOTS
from tui.render.spans import Line, line_width, width

Keys = Mapping[str, tuple[str, ...]]  # the keys in force, by the id of their command


def views(view: str, pressed: Keys, room: int) -> Line:
    """The line of views, ``view`` lit: whole where there is room, else shorter, else nothing."""
    return next((line for line in _views(view, pressed) if line_width(line) <= room), ())


def _views(view: str, pressed: Keys) -> Iterable[Line]:
    for head, others in ((" hubscope  ", True), (" ", True), (" hubscope  ", False), (" ", False)):
        names = [(shown(pressed[f"go.{name}"][0]), place.view) for name, place in ROOTS.items()]
        yield (
            (head, "title"),
            *(
                (f" {key} {name} ", "tab.on")
                if name == view
                else (f" {key} {name} " if others else f" {key} ", "tab")
                for key, name in names
            ),
        )


def rule(cells: int, pointed: tuple[int, int] = (0, 0)) -> Line:
    """A rule of ``cells``, with carets from the one cell to before the other of ``pointed``."""
    start, end = (max(0, min(cells, place)) for place in pointed)
    if start >= end:
        return (("─" * cells, "rule"),)
    spans = ("─" * start, "rule"), ("^" * (end - start), "warn"), ("─" * (cells - end), "rule")
    return tuple(span for span in spans if span[0])


def footer(
    commands: Sequence[Command], pressed: Keys, room: int, first: Sequence[str] = ()
) -> Line:
    """``⏎ card  / search  ? help``: what one would press next, as far as there is room.

    The commands with the ids ``first`` come before the others of the table's footer; help comes
    last and always.
    """
    leading = [c for name in first for c in commands if c.id == name]
    others = sorted((c for c in commands if c.footer), key=lambda command: command.footer)
    chosen = list({command.id: command for command in (*leading, *others)}.values())
    entries = [(shown(pressed[command.id][0]), command.label) for command in chosen]
    helped = next((e for c, e in zip(chosen, entries) if c.id == "app.help"), None)
    fitting: list[tuple[str, str]] = []
    used = 1 + (_cells(helped) if helped else 0)
    for entry in entries:
        if entry is not helped and used + _cells(entry) <= room:
            fitting.append(entry)
            used += _cells(entry)
    spans: list[tuple[str, str]] = [(" ", "muted")]
    for key, label in [*fitting, *([helped] if helped else [])]:
        spans += [(key, "key"), (f" {label}  ", "muted")]
    return tuple(spans)


def _cells(entry: tuple[str, str]) -> int:
    return width(entry[0]) + len(entry[1]) + 3
