"""Spans: pieces of a line with the role they play. A theme gives roles their colours.

Text in spans is clean and on one line. Widths are terminal cells.
"""

from collections.abc import Iterable, Iterator
from itertools import pairwise

Span = tuple[str, str]  # text, role
Line = tuple[Span, ...]

ELLIPSIS = "…"
SIGNS = "…·→←↑↓▲▼♥Δ–−×±≥≤●○▌"
"""What most lines hold beside ASCII, one cell each. Rich measures the rest, and keeps each text
that it measured, thousands of them: those are not to be most cells of a list.
"""

_NARROW = str.maketrans(SIGNS, "." * len(SIGNS))


def width(text: str) -> int:
    """The cells that ``text`` takes on a terminal."""
    if text.isascii() or text.translate(_NARROW).isascii():
        return len(text)
    from rich.cells import cell_len  # the same table the app's compositor uses

    return cell_len(text)


def line_width(line: Iterable[Span]) -> int:
    """The cells that a line of spans takes."""
    return sum(width(text) for text, _ in line)


def cut(text: str, cells: int) -> str:
    """``text`` in at most ``cells`` cells, ending in an ellipsis where something is left out."""
    if width(text) <= cells:
        return text
    if cells <= 0:
        return ""
    return head(text, cells - 1) + ELLIPSIS


def cut_middle(text: str, cells: int) -> str:
    """``text`` in at most ``cells`` cells with its beginning and its end kept."""
    if width(text) <= cells:
        return text
    if cells <= 2:
        return cut(text, cells)
    tail = (cells - 1) // 2
    return head(text, cells - 1 - tail) + ELLIPSIS + _tail(text, tail)


def cut_id(repo_id: str, cells: int) -> str:
    """A repo id in at most ``cells`` cells: the owner gives way first, then the name's middle.

    The beginning and the end of the repo's own name stay, since they tell versions and
    quantizations apart.
    """
    if len(repo_id) <= cells:
        return repo_id
    owner, slash, name = repo_id.rpartition("/")
    if not slash:
        return cut_middle(repo_id, cells)
    owner_cells = min(len(owner), max(4, min(10, cells // 4)))
    name_cells = cells - owner_cells - 1
    if len(name) < name_cells:
        owner_cells, name_cells = cells - len(name) - 1, len(name)
    if name_cells < 8:
        return cut_middle(name, cells)
    return f"{cut(owner, owner_cells)}/{cut_middle(name, name_cells)}"


def pad(text: str, cells: int) -> str:
    """``text`` cut or filled with spaces on its right to exactly ``cells`` cells."""
    text = cut(text, cells)
    return text + " " * (cells - width(text))


def pad_left(text: str, cells: int) -> str:
    """``text`` cut or filled with spaces on its left to exactly ``cells`` cells."""
    text = cut(text, cells)
    return " " * (cells - width(text)) + text


def fit(line: Iterable[Span], cells: int, role: str = "text") -> Line:
    """A line of exactly ``cells`` cells: cut at its end, or filled with spaces of ``role``."""
    fitted: list[Span] = []
    left = cells
    for text, span_role in line:
        size = width(text)
        if size > left:
            if left > 0:
                shortened = cut(text, left)
                fitted.append((shortened, span_role))
                left -= width(shortened)
            break
        fitted.append((text, span_role))
        left -= size
    if left > 0:
        fitted.append((" " * left, role))
    return tuple(fitted)


def both_ends(left: Iterable[Span], right: Iterable[Span], cells: int) -> Line:
    """``left`` at the left edge and ``right`` at the right edge; the right side gives way first."""
    left, right = tuple(left), tuple(right)
    gap = cells - line_width(left) - line_width(right)
    if gap < 1:
        return fit(left, cells)
    return (*left, (" " * gap, "text"), *right)


def plain(line: Iterable[Span]) -> str:
    """The text of a line without its roles."""
    return "".join(text for text, _ in line)


def plain_lines(lines: Iterable[Iterable[Span]]) -> Iterator[str]:
    """The text of lines as a shell prints it: no roles, and no blanks at the ends."""
    for line in lines:
        yield plain(line).rstrip()


def marked(line: Iterable[Span], needle: str) -> Line:
    """The line with every occurrence of ``needle``, in any case, in the role ``mark``."""
    line = tuple(line)
    text, sought = plain(line).lower(), needle.lower()
    if not sought or len(text) != len(plain(line)):  # a letter whose lower case is longer
        return line
    hits: list[tuple[int, int]] = []
    at = text.find(sought)
    while at >= 0:
        hits.append((at, at + len(sought)))
        at = text.find(sought, at + len(sought))
    spans: list[Span] = []
    start = 0
    for piece, role in line:
        cuts = {0, len(piece)}
        for first, end in hits:
            cuts |= {min(max(first - start, 0), len(piece)), min(max(end - start, 0), len(piece))}
        edges = sorted(cuts)
        for left, right in pairwise(edges):
            inside = any(first <= start + left and start + right <= end for first, end in hits)
            spans.append((piece[left:right], "mark" if inside else role))
        start += len(piece)
    return tuple(spans)


def head(text: str, cells: int) -> str:
    """As much of the beginning of ``text`` as ``cells`` cells hold."""
    if text.isascii():
        return text[:cells]
    used = 0
    for start, _, size in _graphemes(text):
        used += size
        if used > cells:
            return text[:start]
    return text


def _tail(text: str, cells: int) -> str:
    if text.isascii():
        return text[len(text) - cells :]
    used = 0
    for _, end, size in reversed(_graphemes(text)):
        used += size
        if used > cells:
            return text[end:]
    return text


def _graphemes(text: str) -> list[tuple[int, int, int]]:
    """Where each character as a reader counts them begins and ends, and the cells it takes.

    A selector behind a sign makes it wide, so letters are not counted one by one.
    """
    from rich.cells import split_graphemes

    return split_graphemes(text)[0]
