"""Pictures made for tests, honest and hostile ones."""

import io
import struct
import zlib
from typing import Any


def made(form: str = "PNG", size: tuple[int, int] = (40, 40), **options: Any) -> bytes:
    """Left half red, right half blue."""
    from PIL import Image

    image = Image.new("RGB", size, (255, 0, 0))
    image.paste((0, 0, 255), (size[0] // 2, 0, *size))
    out = io.BytesIO()
    image.save(out, form, **options)
    return out.getvalue()


def moving() -> bytes:
    """A GIF of two frames, red and then blue."""
    from PIL import Image

    frames = [Image.new("RGB", (20, 20), colour) for colour in ("red", "blue")]
    out = io.BytesIO()
    frames[0].save(out, "GIF", save_all=True, append_images=frames[1:])
    return out.getvalue()


def png(width: int, height: int, rows: bytes, more: bytes = b"") -> bytes:
    """A PNG of one grey byte a pixel, with ``rows`` as its packed data, whatever they are."""

    def chunk(name: bytes, body: bytes) -> bytes:
        check = struct.pack(">I", zlib.crc32(name + body))
        return struct.pack(">I", len(body)) + name + body + check

    head = struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0)
    return (
        b"\x89PNG\r\n\x1a\n"
        + chunk(b"IHDR", head)
        + more
        + chunk(b"IDAT", zlib.compress(rows, 9))
        + chunk(b"IEND", b"")
    )


def packed_zeros(pieces: int, size: int) -> bytes:
    """So many pieces of so many zero bytes, packed: the piece is packed once, and said again."""
    packer = zlib.compressobj(9, wbits=-15)
    piece = packer.compress(bytes(size)) + packer.flush(zlib.Z_FULL_FLUSH)
    check = (pieces * size % 65_521) << 16 | 1  # Adler-32 of zeros
    return b"\x78\xda" + piece * pieces + b"\x03\x00" + struct.pack(">I", check)


def bomb() -> bytes:
    """A small file that says, and holds, a picture of 400 million pixels."""
    side = 20_000
    rows = packed_zeros(side // 200, 200 * (side + 1))
    return png(side, side, b"").replace(zlib.compress(b"", 9), rows)


def text_bomb() -> bytes:
    """A small picture with a text chunk that unpacks to many megabytes."""
    body = b"c\0\0" + packed_zeros(100, 1_000_000)
    check = struct.pack(">I", zlib.crc32(b"zTXt" + body))
    return png(1, 1, b"\0\0", struct.pack(">I", len(body)) + b"zTXt" + body + check)
