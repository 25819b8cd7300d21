"""Read a PNG icon far enough to judge it: its size, and whether it is white on transparent.

Written out because the running service needs no picture library for anything else.
Source: PNG specification (W3C), sections 5 and 9.
"""

import struct
import zlib
from collections.abc import Iterator
from dataclasses import dataclass

SIGNATURE = b"\x89PNG\r\n\x1a\n"
RGBA = 6
#: Larger than any icon; a small file that unpacks to gigabytes is refused.
MOST_BYTES = 4 * 1024 * 1024


@dataclass(frozen=True)
class Icon:
    """One icon. ``pixels`` holds red, green, blue and alpha in turn; None for other PNG kinds."""

    width: int
    height: int
    pixels: bytes | None


def read_icon(png: bytes) -> Icon | None:
    """The icon in ``png``; None when it is no PNG or a damaged one."""
    if not png.startswith(SIGNATURE):
        return None
    packed = b""
    header = b""
    try:
        for kind, content in _chunks(png):
            if kind == b"IHDR":
                header = content
            elif kind == b"IDAT":
                packed += content
        width, height, depth, colour, _, _, interlaced = struct.unpack(">IIBBBBB", header)
        if (depth, colour, interlaced) != (8, RGBA, 0):
            return Icon(width, height, None)
        return Icon(width, height, _unfiltered(packed, width, height))
    except (struct.error, zlib.error, IndexError, ValueError):
        return None


def is_white_on_transparent(icon: Icon) -> bool:
    """Whether every pixel that can be seen is pure white, and some cannot be seen."""
    if icon.pixels is None:
        return False
    pixels = [icon.pixels[at : at + 4] for at in range(0, len(icon.pixels), 4)]
    seen = [pixel for pixel in pixels if pixel[3]]
    return 0 < len(seen) < len(pixels) and all(pixel[:3] == b"\xff\xff\xff" for pixel in seen)


def _chunks(png: bytes) -> Iterator[tuple[bytes, bytes]]:
    at = len(SIGNATURE)
    while at < len(png):
        length, kind = struct.unpack_from(">I4s", png, at)
        yield kind, png[at + 8 : at + 8 + length]
        at += length + 12


def _unfiltered(packed: bytes, width: int, height: int) -> bytes:
    """Undo the five row filters; raises ValueError when the data do not fill the picture."""
    row_bytes = width * 4
    if height * (row_bytes + 1) > MOST_BYTES:
        raise ValueError("too large for an icon")
    raw = zlib.decompressobj().decompress(packed, MOST_BYTES)
    if len(raw) != height * (row_bytes + 1):
        raise ValueError("the picture is not whole")
    above = bytearray(row_bytes)
    picture = bytearray()
    for start in range(0, len(raw), row_bytes + 1):
        row = bytearray(raw[start + 1 : start + 1 + row_bytes])
        for at in range(row_bytes):
            left, corner = (row[at - 4], above[at - 4]) if at >= 4 else (0, 0)  # noqa: PLR2004 - RGBA
            row[at] = (row[at] + _predicted(raw[start], left, above[at], corner)) & 0xFF
        picture += row
        above = row
    return bytes(picture)


def _predicted(kind: int, left: int, up: int, corner: int) -> int:
    if kind == 4:  # noqa: PLR2004 - Paeth: whichever neighbour is nearest to left + up - corner
        aim = left + up - corner
        return min((left, up, corner), key=lambda value: abs(aim - value))
    return (0, left, up, (left + up) // 2)[kind]
