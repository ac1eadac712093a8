"""What a picture file says of itself before it is decoded: its format, pages, sizes and turns.

A header of a few bytes can announce more pixels than memory holds, and some decoders fill what a
cut file lacks with grey; so both are found here, by reading the files' own structure.
"""

from __future__ import annotations

import re
import struct
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from types import MappingProxyType

SNIFFED_BYTES = 1024
"""How much of a file tells its format. A PDF's mark may stand anywhere in that much
(PDF Reference 1.7, appendix H.3, note 13)."""

MOST_PAGES = 10_000
"""More directories in a TIFF than any scanner writes: the chain runs in a circle or is made up."""

UPRIGHT = 1
"""The turn of a picture that is stored as it is shown (Exif 2.32, tag 274; 1 to 8)."""


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


def read_headers(kind: PictureFormat, data: bytes) -> tuple[PageHeader, ...]:
    """What each page of a picture file says of itself, at least one.

    Args:
        kind: Any of PICTURE_FORMATS but PDF, whose structure only PDFium reads.
        data: The whole file.

    Raises:
        ValueError: The file is damaged or cut short.
    """
    try:
        return _READERS[kind.name](data)
    except struct.error as error:
        raise ValueError("the file ends within a header") from error


# --- PNG (W3C Portable Network Graphics, third edition, 5.3) ----------------------------------

_METRES_AN_INCH = 0.0254


def _png_headers(data: bytes) -> tuple[PageHeader, ...]:
    chunks = _first_of_each(_png_chunks(data))
    width, height = struct.unpack_from(">II", chunks.get(b"IHDR", b""))
    across, _, unit = struct.unpack_from(">IIB", chunks.get(b"pHYs", bytes(9)))
    exif = _exif_fields(chunks.get(b"eXIf", b""))
    dpi = _possible_dpi(across * _METRES_AN_INCH) if unit == 1 else None
    return (PageHeader(width, height, _turn(exif), dpi or _dpi(exif)),)


def _png_chunks(data: bytes) -> Iterator[tuple[bytes, bytes]]:
    """Each chunk up to IEND: its type, and its body. The checksums are left to the decoder."""
    at, kind = 8, b""
    while kind != b"IEND":
        length, kind = struct.unpack_from(">I4s", data, at)
        if at + length + 12 > len(data):
            raise ValueError("the file ends within a chunk")
        yield kind, data[at + 8 : at + 8 + length]
        at += length + 12


# --- JPEG (ITU-T T.81, annex B; JFIF 1.02; Exif 2.32) -----------------------------------------

_FRAMES = frozenset(range(0xC0, 0xD0)) - {0xC4, 0xC8, 0xCC}
_SCAN, _END, _JFIF, _EXIF = 0xDA, 0xD9, 0xE0, 0xE1
_NEXT_MARKER = re.compile(rb"\xff+([^\x00\xff\x01\xd0-\xd7])", re.DOTALL)
"""A marker that is neither a stuffed 0xFF of the pixels, nor a restart among them."""

_JFIF_UNITS_AN_INCH = MappingProxyType({1: 1.0, 2: 2.54})


def _jpeg_headers(data: bytes) -> tuple[PageHeader, ...]:
    size, dpi, exif = None, None, _NO_FIELDS
    for marker, body in _jpeg_segments(data):
        if marker in _FRAMES and size is None:
            size = struct.unpack_from(">HH", body, 1)
        elif marker == _JFIF and body.startswith(b"JFIF\0"):
            unit, across = struct.unpack_from(">BH", body, 7)
            dpi = _possible_dpi(across * _JFIF_UNITS_AN_INCH.get(unit, 0))
        elif marker == _EXIF and body.startswith(_EXIF_MARK):
            exif = exif or _exif_fields(body)
    if size is None:
        raise ValueError("no frame")
    height, width = size
    return (PageHeader(width, height, _turn(exif), dpi or _dpi(exif)),)


def _jpeg_segments(data: bytes) -> Iterator[tuple[int, bytes]]:
    """Each marker segment up to the end of the image: its marker, and its body."""
    at = 2
    while True:
        found = _NEXT_MARKER.search(data, at)
        if found is None:
            raise ValueError("no end of image")
        marker, at = found[1][0], found.end()
        if marker == _END:
            return
        (length,) = struct.unpack_from(">H", data, at)
        yield marker, data[at + 2 : at + length]
        at += max(length, 2)


# --- TIFF (Adobe TIFF 6.0, section 2; BigTIFF), and Exif, which is one ------------------------

_WIDTH, _HEIGHT, _TURN, _X_RESOLUTION, _RESOLUTION_UNIT = 256, 257, 274, 282, 296
_TIFF_UNITS_AN_INCH = MappingProxyType({2: 1.0, 3: 2.54})
_FIELD_TYPES = MappingProxyType({1: "B", 3: "H", 4: "I", 5: "II", 16: "Q"})
"""How a value of each type is packed: byte, short, long, rational, long of 8 bytes."""

_EXIF_MARK = b"Exif\0\0"
_NO_FIELDS: Mapping[int, float] = MappingProxyType({})


@dataclass(frozen=True, slots=True)
class _TiffLayout:
    """How a TIFF's numbers are packed: their order, and the two lengths that BigTIFF changes."""

    order: str
    count: str
    offset: str
    first: int


_TIFF_LAYOUTS = MappingProxyType(
    {
        b"II*\0": _TiffLayout("<", "H", "I", 4),
        b"MM\0*": _TiffLayout(">", "H", "I", 4),
        b"II+\0": _TiffLayout("<", "Q", "Q", 8),
        b"MM\0+": _TiffLayout(">", "Q", "Q", 8),
    }
)


def _tiff_headers(data: bytes) -> tuple[PageHeader, ...]:
    # upright, because the decoder turns these by itself and no option stops it
    headers = tuple(
        PageHeader(int(fields.get(_WIDTH, 0)), int(fields.get(_HEIGHT, 0)), UPRIGHT, _dpi(fields))
        for fields in _tiff_directories(data)
    )
    if not headers:
        raise ValueError("no pages")
    return headers


def _exif_fields(exif: bytes) -> Mapping[int, float]:
    """The first directory; nothing where it is damaged, as that is no fault of the pixels."""
    try:
        return next(_tiff_directories(exif.removeprefix(_EXIF_MARK)), _NO_FIELDS)
    except (ValueError, struct.error):
        return _NO_FIELDS


def _tiff_directories(data: bytes) -> Iterator[Mapping[int, float]]:
    """The first value of each field that is a number, a directory a page, by tag."""
    layout = _TIFF_LAYOUTS.get(data[:4])
    if layout is None:
        raise ValueError("no TIFF")
    (at,) = struct.unpack_from(layout.order + layout.offset, data, layout.first)
    seen: set[int] = set()
    while at:
        if at in seen or len(seen) >= MOST_PAGES:
            raise ValueError("the chain of pages has no end")
        seen.add(at)
        fields, at = _tiff_directory(data, at, layout)
        yield fields


def _tiff_directory(data: bytes, at: int, layout: _TiffLayout) -> tuple[dict[int, float], int]:
    """One directory, and where the next one is (0: there is none)."""
    order, offset = layout.order, layout.offset
    (count,) = struct.unpack_from(order + layout.count, data, at)
    at += struct.calcsize(layout.count)
    entry = struct.Struct(f"{order}HH{offset}{offset}")
    fields = {}
    for _ in range(count):
        tag, kind, _, value_at = entry.unpack_from(data, at)
        packed = _FIELD_TYPES.get(kind)
        if packed is not None and tag not in fields:
            inline = struct.calcsize(order + packed) <= struct.calcsize(offset)
            place = at + entry.size - struct.calcsize(offset) if inline else value_at
            fields[tag] = _ratio(struct.unpack_from(order + packed, data, place))
        at += entry.size
    (following,) = struct.unpack_from(order + offset, data, at)
    return fields, following


def _ratio(numbers: tuple[int, ...]) -> float:
    """A value that is stored as one number, or as a fraction of two."""
    numerator, denominator = (*numbers, 1)[:2]
    return numerator / denominator if denominator else 0


def _turn(fields: Mapping[int, float]) -> int:
    turn = int(fields.get(_TURN, UPRIGHT))
    return turn if turn in range(1, 9) else UPRIGHT


def _dpi(fields: Mapping[int, float]) -> float | None:
    unit = int(fields.get(_RESOLUTION_UNIT, 2))
    return _possible_dpi(fields.get(_X_RESOLUTION, 0) * _TIFF_UNITS_AN_INCH.get(unit, 0))


# --- BMP (Microsoft, BITMAPFILEHEADER and BITMAPINFOHEADER) -----------------------------------

_OLD_BMP_HEADER = 12


def _bmp_headers(data: bytes) -> tuple[PageHeader, ...]:
    (length,) = struct.unpack_from("<I", data, 14)
    if length == _OLD_BMP_HEADER:
        width, height = struct.unpack_from("<HH", data, 18)
        return (PageHeader(width, height),)
    width, height = struct.unpack_from("<ii", data, 18)
    (across,) = struct.unpack_from("<i", data, 38)
    # a negative height says that the rows run down
    return (PageHeader(width, abs(height), UPRIGHT, _possible_dpi(across * _METRES_AN_INCH)),)


# --- WebP (RFC 9649) --------------------------------------------------------------------------


def _webp_headers(data: bytes) -> tuple[PageHeader, ...]:
    chunks = _first_of_each(_webp_chunks(data))
    first = next(iter(chunks), b"")
    if first not in _WEBP_SIZES:
        raise ValueError("no picture")
    width, height = _WEBP_SIZES[first](chunks[first])
    exif = _exif_fields(chunks.get(b"EXIF", b""))
    return (PageHeader(width, height, _turn(exif), _dpi(exif)),)


def _webp_chunks(data: bytes) -> Iterator[tuple[bytes, bytes]]:
    """Each chunk: its type, and its body."""
    (length,) = struct.unpack_from("<I", data, 4)
    end = 8 + length
    if len(data) < end:
        raise ValueError("the file is cut short")
    at = 12
    while at + 8 <= end:
        kind, length = struct.unpack_from("<4sI", data, at)
        yield kind, data[at + 8 : at + 8 + length]
        # bodies of odd length are followed by one byte of filling
        at += 8 + length + length % 2


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


_POSSIBLE_DPI = (10, 20_000)
"""Less is the 1 that stands for "not known" in many a file; more, no scanner has."""


def _possible_dpi(dpi: float) -> float | None:
    low, high = _POSSIBLE_DPI
    return dpi if low <= dpi <= high else None


_READERS: Mapping[str, Callable[[bytes], tuple[PageHeader, ...]]] = MappingProxyType(
    {
        PNG.name: _png_headers,
        JPEG.name: _jpeg_headers,
        TIFF.name: _tiff_headers,
        BMP.name: _bmp_headers,
        WEBP.name: _webp_headers,
    }
)
