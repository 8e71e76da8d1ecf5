"""Text made small in memory, with little memory to do it: thousands of rows by their names."""

import zlib

_WINDOW, _MEMORY = 12, 5  # 32 KiB while packing in place of 256, in each thread that does it


def pack(text: str) -> bytes:
    """``text`` as ``unpack`` reads it, some kilobytes at a time at best."""
    packer = zlib.compressobj(wbits=_WINDOW, memLevel=_MEMORY)
    return packer.compress(text.encode("utf-8", "surrogatepass")) + packer.flush()


def unpack(packed: bytes) -> str:
    """The text that was packed."""
    return zlib.decompress(packed).decode("utf-8", "surrogatepass")
