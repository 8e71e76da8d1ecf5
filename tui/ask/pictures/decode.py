"""The process that decodes a picture: ``python -m tui.ask.pictures.decode WANTED``.

The picture comes on standard input, WANTED is a JSON list; standard output is one JSON object, a
``drawing.Drawn`` or ``{"why": …}``. What strangers made is decoded here and nowhere else: memory
and time are bounded, the formats are four, and a picture of too many pixels is refused by its
head, before one of them is decoded.
"""

import io
import json
import sys
from contextlib import suppress
from typing import Any

from tui.ask.pictures.drawing import (
    BLOCKS,
    GREYLESS,
    KITTY,
    MOST_BYTES,
    MOST_PIXELS,
    MOST_SIDE,
    Cell,
    Drawn,
    Wanted,
    to_json,
)

FORMATS = ("PNG", "JPEG", "GIF", "WEBP")
_MEMORY = 1536 * 2**20  # bytes of address space
_SECONDS = 10  # of the processor
_ORIENTATION, _TURNED = 0x0112, (5, 6, 7, 8)  # of a camera held upright
_CHUNK = 4096  # characters that kitty takes at once
_STANDARD = (
    (0, 0, 0), (170, 0, 0), (0, 170, 0), (170, 85, 0), (0, 0, 170), (170, 0, 170), (0, 170, 170),
    (170, 170, 170), (85, 85, 85), (255, 85, 85), (85, 255, 85), (255, 255, 85), (85, 85, 255),
    (255, 85, 255), (85, 255, 255), (255, 255, 255),
)  # fmt: skip


class Refused(Exception):
    """The picture is not drawn, and why, in a few words."""


def main() -> int:
    """Read, decode, write."""
    _bound()
    wanted = Wanted(*json.loads(sys.argv[1]))
    try:
        answer = to_json(draw(sys.stdin.buffer.read(MOST_BYTES + 1), wanted))
    except Refused as why:
        answer = {"why": str(why)}
    except MemoryError:
        answer = {"why": "it takes more memory than a picture may"}
    except Exception as error:  # what a stranger made can raise anything
        answer = {"why": f"it cannot be decoded ({type(error).__name__})"}
    json.dump(answer, sys.stdout)
    return 0


def _bound() -> None:
    """Bound memory and time, where the system has a way to."""
    with suppress(ImportError, ValueError, OSError):
        import resource

        resource.setrlimit(resource.RLIMIT_AS, (_MEMORY, _MEMORY))
        resource.setrlimit(resource.RLIMIT_CPU, (_SECONDS, _SECONDS))
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def draw(body: bytes, wanted: Wanted) -> Drawn:
    """The picture as ``wanted``. Raises Refused, and whatever the decoder raises."""
    from PIL import Image, ImageOps, UnidentifiedImageError

    if len(body) > MOST_BYTES:
        raise Refused(f"it is over {MOST_BYTES // 2**20} MiB")
    if _is_svg(body):
        raise Refused("it is an SVG drawing, which cannot be shown here")
    Image.MAX_IMAGE_PIXELS = MOST_PIXELS
    try:
        image: Any = Image.open(io.BytesIO(body), formats=FORMATS)
    except UnidentifiedImageError:
        raise Refused("it is no PNG, JPEG, GIF or WebP picture") from None
    except Image.DecompressionBombError:
        raise Refused(f"it has over {MOST_PIXELS:,} pixels") from None
    width, height = image.size
    if width * height > MOST_PIXELS or max(width, height) > MOST_SIDE:
        raise Refused(f"it has {width:,} x {height:,} pixels, too many to decode")
    if image.getexif().get(_ORIENTATION, 1) in _TURNED:
        width, height = height, width
    columns, rows = fitted(width, height, wanted)
    pixels = (columns * wanted.cell_width, rows * wanted.cell_height)
    animated = bool(getattr(image, "is_animated", False))
    form = str(image.format)
    if form == "JPEG":
        image.draft("RGB", pixels)  # decodes at an eighth where that is enough
    image.load()
    flat = _flat(ImageOps.exif_transpose(image), wanted.background)
    lines, code = _drawn(flat, columns, rows, wanted)
    return Drawn(form, width, height, columns, rows, lines, code, animated, len(body))


def fitted(width: int, height: int, wanted: Wanted) -> tuple[int, int]:
    """The cells that a picture takes: as large as there is room, no larger than it is."""
    wide, high = max(1, width) / wanted.cell_width, max(1, height) / wanted.cell_height
    scale = min(1.0, wanted.columns / wide, wanted.rows / high)
    columns, rows = max(1, round(wide * scale)), max(1, round(high * scale))
    return min(columns, wanted.columns), min(rows, wanted.rows)


def _is_svg(body: bytes) -> bool:
    head = body[:2048].lstrip(b"\xef\xbb\xbf \t\r\n").lower()
    return head.startswith(b"<svg") or (head.startswith((b"<?xml", b"<!--")) and b"<svg" in head)


def _flat(image: Any, background: str) -> Any:
    """The first frame, in front of the background."""
    from PIL import Image

    over = image.convert("RGBA")
    ground = Image.new("RGBA", over.size, background)
    return Image.alpha_composite(ground, over).convert("RGB")


def _drawn(
    image: Any, columns: int, rows: int, wanted: Wanted
) -> tuple[tuple[tuple[Cell, ...], ...], str]:
    if wanted.form in (BLOCKS, GREYLESS):
        small = image.resize((columns, rows * 2))
        mono = wanted.form == GREYLESS
        return (_mono(small, wanted.light) if mono else _blocks(small, wanted.colours)), ""
    pixels = image.resize((columns * wanted.cell_width, rows * wanted.cell_height))
    if wanted.form == KITTY:
        return _placeholders(columns, rows, wanted.number), _kitty(pixels, columns, rows, wanted)
    return (), _sixel(pixels)


def _blocks(small: Any, colours: int) -> tuple[tuple[Cell, ...], ...]:
    """An upper half block in each cell: its colour and the one behind are two pixels."""
    if colours <= 16:
        small = _in_standard(small)
    width, height = small.size
    data = small.tobytes()

    def pixel(x: int, y: int) -> str:
        at = (y * width + x) * 3
        return f"#{data[at : at + 3].hex()}"

    def line(y: int) -> tuple[Cell, ...]:
        cells: list[Cell] = []
        for x in range(width):
            fore, back = pixel(x, y), pixel(x, y + 1)
            if cells and cells[-1][1:] == (fore, back):
                cells[-1] = (cells[-1][0] + "▀", fore, back)
            else:
                cells.append(("▀", fore, back))
        return tuple(cells)

    return tuple(line(y) for y in range(0, height, 2))


def _in_standard(small: Any) -> Any:
    """The sixteen colours that every terminal has, mixed by dots."""
    from PIL import Image

    palette = Image.new("P", (1, 1))
    palette.putpalette([part for colour in _STANDARD for part in colour])
    return small.quantize(palette=palette, dither=Image.Dither.FLOYDSTEINBERG).convert("RGB")


def _mono(small: Any, light: bool) -> tuple[tuple[Cell, ...], ...]:
    """Light and dark alone, mixed by dots: for terminals without colours."""
    from PIL import ImageOps

    grey = small.convert("L")
    dots = (ImageOps.invert(grey) if light else grey).convert("1").convert("L")
    width, height = dots.size
    data = dots.tobytes()
    signs = {(0, 0): " ", (255, 0): "▀", (0, 255): "▄", (255, 255): "█"}
    return tuple(
        (
            (
                "".join(
                    signs[data[y * width + x], data[(y + 1) * width + x]] for x in range(width)
                ),
                "",
                "",
            ),
        )
        for y in range(0, height, 2)
    )


def _sixel(pixels: Any) -> str:
    """The sixels of a picture, as textual-image makes them."""
    from textual_image._sixel import image_to_sixels

    return str(image_to_sixels(pixels))


def _kitty(pixels: Any, columns: int, rows: int, wanted: Wanted) -> str:
    """What hands the picture to kitty, to be placed where its placeholders stand.

    https://sw.kovidgoyal.net/kitty/graphics-protocol/, "Unicode placeholders".
    """
    from base64 import standard_b64encode

    out = io.BytesIO()
    pixels.save(out, "PNG")
    encoded = standard_b64encode(out.getvalue()).decode("ascii")
    parts = [encoded[at : at + _CHUNK] for at in range(0, len(encoded), _CHUNK)]
    head = f"a=T,U=1,f=100,q=2,i={wanted.number},c={columns},r={rows},"
    chunks = []
    for place, part in enumerate(parts):
        more = int(place + 1 < len(parts))
        chunks.append(f"\x1b_G{head if not place else ''}m={more};{part}\x1b\\")
    return "".join(chunks)


def _placeholders(columns: int, rows: int, number: int) -> tuple[tuple[Cell, ...], ...]:
    """Placeholder cells: the number is their colour, row and column are marks on them."""
    from textual_image.renderable.tgp import _NUMBER_TO_DIACRITIC as MARKS

    colour = f"#{number & 0xFFFFFF:06x}"
    most = len(MARKS)
    return tuple(
        (
            (
                "".join(
                    f"\U0010eeee{chr(MARKS[row])}{chr(MARKS[column])}"
                    for column in range(min(columns, most))
                ),
                colour,
                "",
            ),
        )
        for row in range(min(rows, most))
    )


if __name__ == "__main__":
    sys.exit(main())
