"""How a picture is to be drawn, and what came of it: what both sides of the process know."""

from typing import Any, NamedTuple

from tui.model import late

BLOCKS, GREYLESS, KITTY, SIXEL = "blocks", "greyless", "kitty", "sixel"
MOST_BYTES = 20 * 2**20  # of a picture as it comes
MOST_PIXELS = 40_000_000  # of a picture as it is decoded
MOST_SIDE = 30_000  # pixels of one side

Cell = tuple[str, str, str]  # characters of one look, their colour and the one behind, "" none


class Wanted(NamedTuple):
    """The room there is, and what the terminal can draw."""

    form: str  # BLOCKS, GREYLESS (half blocks without a colour), KITTY or SIXEL
    columns: int
    rows: int
    cell_width: int = 10  # pixels
    cell_height: int = 20
    background: str = "#000000"  # behind what is transparent
    colours: int = 2**24  # 16: those of a plain terminal
    number: int = 1  # what kitty is to call it
    light: bool = False  # what is drawn without a colour is dark on light


class Drawn(NamedTuple):
    """A picture as a terminal draws it."""

    format: str
    width: int  # pixels of the picture itself
    height: int
    columns: int  # cells that it takes
    rows: int
    lines: tuple[tuple[Cell, ...], ...] = ()
    code: str = ""  # what the terminal is sent beside the lines
    animated: bool = False  # its first frame is drawn
    bytes: int = 0


def to_json(drawn: Drawn) -> dict[str, Any]:
    """The fields of a Drawn, as the decoding process prints them."""
    return drawn._asdict()


_TEXT = late.pattern("[ ▀▄█]*|(?:\U0010eeee[^\x00-\x9f]{2})*")
_COLOUR = late.pattern("#[0-9a-f]{6}|")
_CODE = late.pattern(
    r"(?:\x1b_G[A-Za-z0-9=,]*;[A-Za-z0-9+/=]*\x1b\\)*|\x1bP[0-9;]*q[\x20-\x7e]*\x1b\\"
)


def from_json(fields: dict[str, Any]) -> Drawn:
    """The Drawn that ``to_json`` gave as ``fields``. Raises ValueError, TypeError or KeyError.

    What goes to the terminal is a picture and nothing else: a process that decoded what a
    stranger made is not taken at its word.
    """
    lines = tuple(
        tuple((str(text), str(fore), str(back)) for text, fore, back in line)
        for line in fields.pop("lines")
    )
    for text, fore, back in (cell for line in lines for cell in line):
        if not (_TEXT.fullmatch(text) and _COLOUR.fullmatch(fore) and _COLOUR.fullmatch(back)):
            raise ValueError("no cell of a picture")
    drawing = Drawn(**fields, lines=lines)
    if not _CODE.fullmatch(drawing.code):
        raise ValueError("no code of a picture")
    numbers = (drawing.width, drawing.height, drawing.columns, drawing.rows, drawing.bytes)
    if not all(isinstance(number, int) and number >= 0 for number in numbers):
        raise ValueError("no size of a picture")
    return drawing
