"""Carets under the word of a line that is wrong, in cells: a wide character takes two."""

from tui.model import BadWord
from tui.render.spans import cut, head, width


def under(problem: BadWord) -> tuple[int, int]:
    """The first cell of the wrong word in its line, and the one behind it; one cell at least."""
    start = width(problem.line[: problem.start])
    return start, max(start + 1, width(problem.line[: problem.end]))


def pointed(problem: BadWord, cells: int) -> tuple[str, str]:
    """The line and the carets below, of a long line the part around the word, within ``cells``."""
    line, (start, end) = problem.line, under(problem)
    if width(line) >= cells:
        cutoff = head(line, max(0, min(start, end - cells // 2)))
        line = cut(line[len(cutoff) :], cells - 1)
        start, end = start - width(cutoff), min(end - width(cutoff), cells - 1)
    return line, " " * start + "^" * max(1, end - start)
