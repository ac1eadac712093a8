"""The program's icon in the one file that Windows, and the one that macOS wants.

    python -m scripts.packages.symbols build

makes `build/glyphpad.ico` and `build/glyphpad.icns`.
"""

from __future__ import annotations

import struct
import sys
from pathlib import Path

from PySide6.QtCore import QBuffer, QIODevice

from scripts.packages.icons import DRAWINGS, drawn

ICO_SIZES = (16, 20, 24, 32, 40, 48, 64, 128, 256)
"""What Windows shows, from lists to tiles, in pixels (Microsoft, "Construct your Windows app's
icon")."""

ICNS_SIZES = {
    b"icp4": 16,
    b"icp5": 32,
    b"ic11": 32,
    b"ic12": 64,
    b"ic07": 128,
    b"ic13": 256,
    b"ic08": 256,
    b"ic14": 512,
    b"ic09": 512,
    b"ic10": 1024,
}
"""Apple's codes for PNG pictures, and their pixels; some are for screens of two pixels a point."""

_WHOLE = 256
"""An ICO file has a byte for a width, and writes this one as 0."""


def main(arguments: list[str]) -> int:
    """0 when both files are made."""
    folder = Path(arguments[0])
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "glyphpad.ico").write_bytes(ico())
    (folder / "glyphpad.icns").write_bytes(icns())
    return 0


def ico() -> bytes:
    """The icon for Windows."""
    pictures = [(size, _png(size)) for size in ICO_SIZES]
    place = struct.calcsize("<3H") + len(pictures) * struct.calcsize("<4B2H2I")
    entries, bodies = b"", b""
    for size, body in pictures:
        side = size % _WHOLE
        entries += struct.pack("<4B2H2I", side, side, 0, 0, 1, 32, len(body), place + len(bodies))
        bodies += body
    return struct.pack("<3H", 0, 1, len(pictures)) + entries + bodies


def icns() -> bytes:
    """The icon for macOS."""
    head = struct.calcsize(">4sI")
    parts = b"".join(
        struct.pack(">4sI", code, head + len(body)) + body
        for code, body in ((code, _png(size)) for code, size in ICNS_SIZES.items())
    )
    return struct.pack(">4sI", b"icns", head + len(parts)) + parts


def _png(size: int) -> bytes:
    buffer = QBuffer()
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    # PySide6's stubs want bytes here, and the program a text
    drawn(DRAWINGS["apps/glyphpad"], size).save(buffer, "PNG")  # type: ignore[call-overload]
    return bytes(buffer.data().data())


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
