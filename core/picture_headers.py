"""What a picture file says of itself before it is decoded: its format, size and turn.

A header of a few bytes can announce more pixels than memory holds, and some decoders fill what a
cut file lacks with grey; so both are found here, by reading the files' own structure.
"""

from __future__ import annotations

import re
import struct
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from types import MappingProxyType

from core.picture_tiff_fields import UPRIGHT, Shown, exif_shown, is_exif, possible_dpi

MOST_CHUNKS = 1 << 20
"""More parts of a file than any program writes: PNG's smallest usual ones would make 4 GB."""

MOST_SCANS = 100
"""More passes over the pixels than any program stores a progressive JPEG in; each one can take the
time of a whole picture in a few bytes (https://libjpeg-turbo.org/pmwiki/uploads/About/
TwoIssueswiththeJPEGStandard.pdf)."""

SNIFFED_BYTES = 1024
"""How much of a file tells its format. A PDF's mark may stand anywhere in that much
(PDF Reference 1.7, appendix H.3, note 13)."""


@dataclass(frozen=True, slots=True)
class PictureFormat:
    """A kind of file that holds pictures.

    Attributes:
        name: What people call it.
        suffixes: Its usual endings, with the dot, the commonest first.
        mime: Its media type.
        magic: What the first SNIFFED_BYTES of such a file match.
    """

    name: str
    suffixes: tuple[str, ...]
    mime: str
    magic: re.Pattern[bytes]


@dataclass(frozen=True, slots=True)
class PageHeader:
    """One page of a picture file, as it is stored.

    Attributes:
        width: Pixels across, before any turn.
        height: Pixels down, before any turn.
        turn: How it must be turned to be upright, 1 to 8 as in Exif.
        dpi: Pixels an inch, across, where the file says a possible one.
    """

    width: int
    height: int
    turn: int = UPRIGHT
    dpi: float | None = None


PNG = PictureFormat("PNG", (".png",), "image/png", re.compile(rb"\x89PNG\r\n\x1a\n"))
JPEG = PictureFormat(
    "JPEG", (".jpg", ".jpeg", ".jpe", ".jfif"), "image/jpeg", re.compile(rb"\xff\xd8\xff")
)
TIFF = PictureFormat(
    "TIFF", (".tif", ".tiff"), "image/tiff", re.compile(rb"II[*+]\x00|MM\x00[*+]", re.DOTALL)
)
BMP = PictureFormat(
    "BMP",
    (".bmp", ".dib"),
    "image/bmp",
    # "BM" alone opens many a text; the length of the second header makes it sure
    re.compile(rb"BM.{12}[\x0c\x28\x34\x38\x40\x6c\x7c]\x00{3}", re.DOTALL),
)
WEBP = PictureFormat("WebP", (".webp",), "image/webp", re.compile(rb"RIFF.{4}WEBP", re.DOTALL))
PDF = PictureFormat("PDF", (".pdf",), "application/pdf", re.compile(rb".*?%PDF-", re.DOTALL))

PICTURE_FORMATS = (PNG, JPEG, TIFF, BMP, WEBP, PDF)
"""Every kind of picture file that opens."""

PICTURE_SUFFIXES = tuple(suffix for kind in PICTURE_FORMATS for suffix in kind.suffixes)
"""Their endings, small letters, with the dot."""


def picture_format(head: bytes) -> PictureFormat | None:
    """The format of a file that begins with `head`, whatever its name ends in.

    Args:
        head: Its first SNIFFED_BYTES, or more.
    """
    head = head[:SNIFFED_BYTES]
    return next((kind for kind in PICTURE_FORMATS if kind.magic.match(head)), None)


def read_header(kind: PictureFormat, data: bytes) -> PageHeader:
    """What a picture file of one page says of itself.

    Args:
        kind: PNG, JPEG, BMP or WEBP.
        data: The whole file.

    Raises:
        ValueError: The file is damaged or cut short.
    """
    try:
        return _READERS[kind.name](data)
    except struct.error as error:
        raise ValueError("the file ends within a header") from error


def turned_size(header: PageHeader) -> tuple[int, int]:
    """Width and height of a page when it is upright."""
    if header.turn < _FIRST_SIDEWAYS:
        return header.width, header.height
    return header.height, header.width


_FIRST_SIDEWAYS = 5
"""Of the eight turns of Exif, those from here on swap rows and columns."""

# --- PNG (W3C Portable Network Graphics, third edition, 5.3) ----------------------------------

_METRES_AN_INCH = 0.0254


def _png_header(data: bytes) -> PageHeader:
    chunks = _first_of_each(_png_chunks(data))
    width, height = struct.unpack_from(">II", chunks.get(b"IHDR", b""))
    across, _, unit = struct.unpack_from(">IIB", chunks.get(b"pHYs", bytes(9)))
    exif = exif_shown(chunks.get(b"eXIf", b""))
    dpi = possible_dpi(across * _METRES_AN_INCH) if unit == 1 else None
    return PageHeader(width, height, exif.turn, dpi or exif.dpi)


def _png_chunks(data: bytes) -> Iterator[tuple[bytes, bytes]]:
    """Each chunk up to IEND: its type, and its body. The checksums are left to the decoder."""
    at, kind = 8, b""
    for _ in range(MOST_CHUNKS):
        length, kind = struct.unpack_from(">I4s", data, at)
        if at + length + 12 > len(data):
            raise ValueError("the file ends within a chunk")
        yield kind, data[at + 8 : at + 8 + length]
        at += length + 12
        if kind == b"IEND":
            return
    raise ValueError("the file has too many chunks")


# --- JPEG (ITU-T T.81, annex B; JFIF 1.02; Exif 2.32) -----------------------------------------

_FRAMES = frozenset(range(0xC0, 0xD0)) - {0xC4, 0xC8, 0xCC}
_END, _SCAN, _JFIF, _EXIF = 0xD9, 0xDA, 0xE0, 0xE1
_NEXT_MARKER = re.compile(rb"\xff([^\x00\xff\x01\xd0-\xd7])", re.DOTALL)
"""A marker that is neither a stuffed 0xFF of the pixels, nor a restart among them. Any number of
0xFF may stand before it; to look for them too would take the square of their number."""

_JFIF_UNITS_AN_INCH = MappingProxyType({1: 1.0, 2: 2.54})


def _jpeg_header(data: bytes) -> PageHeader:
    size, dpi, exif = None, None, None
    for marker, body in _jpeg_segments(data):
        if marker in _FRAMES and size is None:
            size = struct.unpack_from(">HH", body, 1)
        elif marker == _JFIF and body.startswith(b"JFIF\0"):
            unit, across = struct.unpack_from(">BH", body, 7)
            dpi = possible_dpi(across * _JFIF_UNITS_AN_INCH.get(unit, 0))
        elif marker == _EXIF and is_exif(body):
            exif = exif or exif_shown(body)
    if size is None:
        raise ValueError("no frame")
    height, width = size
    exif = exif or Shown()
    return PageHeader(width, height, exif.turn, dpi or exif.dpi)


def _jpeg_segments(data: bytes) -> Iterator[tuple[int, bytes]]:
    """Each marker segment up to the end of the image: its marker, and its body."""
    at = 2
    scans = 0
    for _ in range(MOST_CHUNKS):
        found = _NEXT_MARKER.search(data, at)
        if found is None:
            raise ValueError("no end of image")
        marker, at = found[1][0], found.end()
        if marker == _END:
            return
        scans += marker == _SCAN
        if scans > MOST_SCANS:
            break
        (length,) = struct.unpack_from(">H", data, at)
        yield marker, data[at + 2 : at + length]
        at += max(length, 2)
    raise ValueError("the file has too many parts")


# --- BMP (Microsoft, BITMAPFILEHEADER and BITMAPINFOHEADER) -----------------------------------

_OLD_BMP_HEADER = 12


def _bmp_header(data: bytes) -> PageHeader:
    (length,) = struct.unpack_from("<I", data, 14)
    if length == _OLD_BMP_HEADER:
        width, height = struct.unpack_from("<HH", data, 18)
        return PageHeader(width, height)
    width, height = struct.unpack_from("<ii", data, 18)
    (across,) = struct.unpack_from("<i", data, 38)
    # a negative height says that the rows run down
    return PageHeader(width, abs(height), dpi=possible_dpi(across * _METRES_AN_INCH))


# --- WebP (RFC 9649) --------------------------------------------------------------------------


def _webp_header(data: bytes) -> PageHeader:
    chunks = _first_of_each(_webp_chunks(data))
    first = next(iter(chunks), b"")
    if first not in _WEBP_SIZES:
        raise ValueError("no picture")
    width, height = _WEBP_SIZES[first](chunks[first])
    exif = exif_shown(chunks.get(b"EXIF", b""))
    return PageHeader(width, height, exif.turn, exif.dpi)


def _webp_chunks(data: bytes) -> Iterator[tuple[bytes, bytes]]:
    """Each chunk: its type, and its body."""
    (length,) = struct.unpack_from("<I", data, 4)
    end = 8 + length
    if len(data) < end:
        raise ValueError("the file is cut short")
    at = 12
    for _ in range(MOST_CHUNKS):
        if at + 8 > end:
            return
        kind, length = struct.unpack_from("<4sI", data, at)
        yield kind, data[at + 8 : at + 8 + length]
        # bodies of odd length are followed by one byte of filling
        at += 8 + length + length % 2
    raise ValueError("the file has too many chunks")


def _lossy_size(body: bytes) -> tuple[int, int]:
    width, height = struct.unpack_from("<HH", body, 6)
    return width & 0x3FFF, height & 0x3FFF


def _lossless_size(body: bytes) -> tuple[int, int]:
    (packed,) = struct.unpack_from("<I", body, 1)
    return (packed & 0x3FFF) + 1, (packed >> 14 & 0x3FFF) + 1


def _extended_size(body: bytes) -> tuple[int, int]:
    width, width_high, height, height_high = struct.unpack_from("<HBHB", body, 4)
    return (width | width_high << 16) + 1, (height | height_high << 16) + 1


_WEBP_SIZES = MappingProxyType(
    {b"VP8 ": _lossy_size, b"VP8L": _lossless_size, b"VP8X": _extended_size}
)


# --- All of them ------------------------------------------------------------------------------


def _first_of_each(chunks: Iterable[tuple[bytes, bytes]]) -> dict[bytes, bytes]:
    """Bodies by type. The first counts, as it does for the decoders: a second could lie."""
    found: dict[bytes, bytes] = {}
    for kind, body in chunks:
        found.setdefault(kind, body)
    return found


_READERS: Mapping[str, Callable[[bytes], PageHeader]] = MappingProxyType(
    {
        PNG.name: _png_header,
        JPEG.name: _jpeg_header,
        BMP.name: _bmp_header,
        WEBP.name: _webp_header,
    }
)
