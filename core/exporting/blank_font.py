"""A TrueType font for text that is never seen: every sign is the same box.

A scan with text behind it needs a font that is embedded and has a width for every sign, and no
shapes. Making one of 400 bytes asks for no font of the system, whose licence and signs vary. The
format: OpenType 1.9, the tables that a font in a PDF needs (PDF 32000-1:2008, 9.9).
"""

from __future__ import annotations

import struct

UNITS = 1000
"""Units of the font in its size, as PDF counts them too."""

ADVANCE = 500
"""Width of every sign, in units."""

_MAGIC = 0x5F0F3CF5
_WHOLE = 0xB1B0AFBA
"""What the checksum of a whole font is to come to (OpenType, `head`)."""

_HEAD_ADJUSTMENT = 8
"""Where `head` has the number that brings it there."""

_SIGNS = 2
"""The sign for what is missing, and the one for all others."""


def blank_font() -> bytes:
    """The font file: sign 0 and sign 1, both a box of ADVANCE by UNITS that stands on the line."""
    glyph = _box_glyph()
    tables = {
        b"glyf": glyph * _SIGNS,
        b"head": _head(),
        b"hhea": struct.pack(
            ">HHhhhHhhhhhh8xhH", 1, 0, UNITS, 0, 0, ADVANCE, 0, 0, ADVANCE, 1, 0, 0, 0, _SIGNS
        ),
        b"hmtx": struct.pack(">Hh", ADVANCE, 0) * _SIGNS,
        # offsets are in pairs of bytes
        b"loca": struct.pack(">3H", 0, len(glyph) // 2, len(glyph)),
        b"maxp": struct.pack(">HHHHHHHHHHHHHHH", 1, 0, _SIGNS, 4, 1, 0, 0, 1, 0, 0, 0, 0, 0, 0, 0),
    }
    return _assembled(tables)


def _head() -> bytes:
    return struct.pack(
        ">HHHHLLHHqqhhhhHHhhh",
        *(1, 0, 1, 0, 0, _MAGIC, 0, UNITS, 0, 0),
        *(0, 0, ADVANCE, UNITS),
        *(0, 8, 2, 0, 0),
    )


def _box_glyph() -> bytes:
    """One contour of four corners, each flagged as lying on it, as differences of 16 bits."""
    across, down = (0, 0, ADVANCE, 0), (0, UNITS, 0, -UNITS)
    glyph = struct.pack(">hhhhhHH4B4h4h", 1, 0, 0, ADVANCE, UNITS, 3, 0, *[1] * 4, *across, *down)
    return _padded(glyph)


def _assembled(tables: dict[bytes, bytes]) -> bytes:
    """The tables behind their directory, in the order of their names."""
    count = len(tables)
    power = count.bit_length() - 1
    search = 16 << power
    font = struct.pack(">LHHHH", 0x00010000, count, search, power, 16 * count - search)
    at, head_at = len(font) + 16 * count, 0
    body = b""
    for name, table in sorted(tables.items()):
        head_at = at + len(body) if name == b"head" else head_at
        font += struct.pack(">4sLLL", name, _checksum(table), at + len(body), len(table))
        body += _padded(table)
    font += body
    adjustment = struct.pack(">L", (_WHOLE - _checksum(font)) & 0xFFFFFFFF)
    place = head_at + _HEAD_ADJUSTMENT
    return font[:place] + adjustment + font[place + len(adjustment) :]


def _checksum(table: bytes) -> int:
    padded = _padded(table)
    words: tuple[int, ...] = struct.unpack(f">{len(padded) // 4}L", padded)
    return sum(words) & 0xFFFFFFFF


def _padded(data: bytes) -> bytes:
    return data + b"\0" * (-len(data) % 4)
