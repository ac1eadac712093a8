"""The pages of a TIFF, each read and decoded as if its file had no other.

libtiff would look at every directory up to the page, and OpenCV wants the whole file in memory: a
thousand faxed pages. So the strips of a page are taken out of the file. Where unpacking them needs
libtiff, they are put into a file of their own, which says no more than is needed for that; how
bits become numbers and numbers colours is done here, as OpenCV knows only the commonest ways.
"""

from __future__ import annotations

import math
import os
import struct
import zlib
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from types import MappingProxyType
from typing import Any, BinaryIO

import cv2
import numpy as np
from numpy.typing import NDArray

from core.errors import DamagedFileError, UnsupportedPictureError
from core.picture_bytes import StoredBytes, looking
from core.picture_decoding import decoded
from core.picture_headers import PageHeader, turned_size
from core.picture_pixels import (
    MOST_PIXELS,
    SHAPES_OF_A_PIXEL,
    Decoded,
    as_8_bits,
    as_rgb,
    check_size,
    from_decoder,
    upright,
)
from core.picture_tiff_fields import TiffDirectory, shown, tiff_directory, tiff_places

MOST_PAGE_BYTES = 1 << 30
"""Bytes of the largest page that is read: MOST_PIXELS of 16-bit colours have 0.8 of them."""

MOST_SEGMENTS = 1 << 20
"""Strips or tiles of a page: more than there are rows on a page that is not a thread."""


class TiffPages:
    """The pages of a TIFF.

    Attributes:
        count: How many there are, at least one; thumbnails and masks of others are none.
    """

    def __init__(self, stored: StoredBytes) -> None:
        """Follows the chain of directories; each is looked into when its page is asked for.

        Raises:
            DamagedFileError: The chain is damaged.
        """
        self._stored = stored
        try:
            with looking(stored) as file:
                self._places = _pages(file)
        except ValueError as error:
            raise DamagedFileError(stored.source) from error
        self.count = len(self._places)

    def close(self) -> None:
        """Holds nothing."""

    def size(self, index: int) -> tuple[int, int]:
        try:
            with looking(self._stored) as file:
                header = _header(file, tiff_directory(file, self._places[index]))
        except ValueError as error:
            raise DamagedFileError(self._stored.source) from error
        check_size(header.width, header.height, self._stored.source)
        return turned_size(header)

    def page(self, index: int) -> Decoded:
        source = self._stored.source
        try:
            with looking(self._stored) as file:
                directory = tiff_directory(file, self._places[index])
                header = _header(file, directory)
                check_size(header.width, header.height, source)
                form = _form(file, directory, header)
                _check_read(form, source)
                segments = _segments(file, directory, form.segments)
            pixels = _by_opencv(form, segments) if _is_opencvs(form) else _by_us(form, segments)
        except ValueError as error:
            raise DamagedFileError(source) from error
        return Decoded(upright(pixels, header.turn), header.dpi)

    def thumbnail(self, index: int, _side: int) -> NDArray[np.uint8]:
        return self.page(index).pixels


# --- What a page says of itself ---------------------------------------------------------------

_KIND, _WIDTH, _HEIGHT, _BITS, _COMPRESSION, _COLOURS, _FILL_ORDER = (
    254,
    256,
    257,
    258,
    259,
    262,
    266,
)
_STRIPS, _SAMPLES, _ROWS, _STRIP_BYTES, _PLANAR, _PREDICTOR, _PALETTE = (
    273,
    277,
    278,
    279,
    284,
    317,
    320,
)
_TILE_WIDTH, _TILE_HEIGHT, _TILES, _TILE_BYTES, _EXTRA, _NUMBERS = 322, 323, 324, 325, 338, 339

_SMALLER, _MASK = 1, 4
"""Of the kinds of a page, those that are of another form."""


def _pages(file: BinaryIO) -> tuple[int, ...]:
    """Where the directories of the pages are: all that are no thumbnails or masks of others."""
    places = tiff_places(file)
    if not places:
        raise ValueError("no pages")
    own = tuple(place for place in places if not _belongs_to_another(file, place))
    return own or places


def _belongs_to_another(file: BinaryIO, place: int) -> bool:
    try:
        directory = tiff_directory(file, place)
        kind = int(directory.number(file, _KIND, 0))
    except ValueError:
        # a page's damage is told when it is asked for
        return False
    return bool(kind & (_SMALLER | _MASK))


def _header(file: BinaryIO, directory: TiffDirectory) -> PageHeader:
    how = shown(file, directory)
    width = int(directory.number(file, _WIDTH, 0))
    height = int(directory.number(file, _HEIGHT, 0))
    return PageHeader(width, height, how.turn, how.dpi)


_WHITE_IS_0, _BLACK_IS_0, _RGB, _INDEXED, _INKED, _YCBCR, _LAB = 0, 1, 2, 3, 5, 6, 8
_CCITT = frozenset({2, 3, 4, 32771})
_JPEG = 7
_SEPARATE = 2
_NATURAL, _UNSAID = 1, 4
_BYTE = 8
_UNEQUAL = 0
_MOST_BITS = 256
"""Samples whose sizes are compared."""


@dataclass(frozen=True, eq=False)
class _Form:
    """How a page is stored.

    Attributes:
        order: How its numbers are packed, "<" or ">".
        width: Pixels across.
        height: Pixels down.
        bits: Of each sample; _UNEQUAL where they are not of one size.
        samples: Of each pixel.
        numbers: What samples are: 1 natural numbers, 2 whole ones, 3 floats.
        compression: TIFF's number of it.
        colours: TIFF's number of how samples become colours.
        separate: Whether each sample has a plane of its own.
        predictor: 1, or 2 where each sample is stored as what it is more than the one before.
        tile: Width and height of a tile or strip.
        tiled: Whether they are tiles.
        fields: What else the decoder must know, by tag; the values as TIFF has them.
    """

    order: str
    width: int
    height: int
    bits: int
    samples: int
    numbers: int
    compression: int
    colours: int
    separate: bool
    predictor: int
    tile: tuple[int, int]
    tiled: bool
    fields: Mapping[int, NDArray[Any]]

    @property
    def across(self) -> int:
        """Tiles or strips side by side."""
        return math.ceil(self.width / self.tile[0])

    @property
    def down(self) -> int:
        """Tiles or strips below one another."""
        return math.ceil(self.height / self.tile[1])

    @property
    def segments(self) -> int:
        """Tiles or strips, of all planes."""
        return self.across * self.down * (self.samples if self.separate else 1)

    @property
    def together(self) -> int:
        """Samples that are stored side by side."""
        return 1 if self.separate else self.samples

    @property
    def in_a_row(self) -> int:
        """Bytes of a row of a tile or strip."""
        return math.ceil(self.tile[0] * self.together * self.bits / _BYTE)


_MOST_VALUES = MappingProxyType(
    {
        _FILL_ORDER: 1,
        292: 1,  # how fax group 3 is coded
        293: 1,  # how group 4 is
        _PALETTE: 3 << 16,
        332: 1,  # which inks
        _EXTRA: 16,
        347: 1 << 20,  # JPEG's tables, bytes
        529: 6,  # the three of YCbCr: coefficients, subsampling, place
        530: 2,
        531: 1,
        532: 12,  # what is black and white
    }
)
"""What decoders must know beyond the pixels' form, and how many values it can have."""


def _form(file: BinaryIO, directory: TiffDirectory, header: PageHeader) -> _Form:
    def number(tag: int, default: int) -> int:
        return int(directory.number(file, tag, default))

    compression, samples = number(_COMPRESSION, 1), number(_SAMPLES, 1)
    numbers = number(_NUMBERS, _NATURAL)
    tiled = _TILES in directory.fields
    rows = min(number(_ROWS, header.height), header.height)
    tile = (number(_TILE_WIDTH, 0), number(_TILE_HEIGHT, 0)) if tiled else (header.width, rows)
    if not (0 < tile[0] <= MOST_PIXELS and 0 < tile[0] * tile[1] <= MOST_PIXELS):
        raise ValueError("a strip or tile without pixels, or with too many")
    bits = directory.numbers(file, _BITS, most=_MOST_BITS)
    fields = {tag: directory.numbers(file, tag, most=most) for tag, most in _MOST_VALUES.items()}
    return _Form(
        order=directory.layout.order,
        width=header.width,
        height=header.height,
        bits=number(_BITS, 1) if bits is None or (bits == bits[:1]).all() else _UNEQUAL,
        samples=samples,
        numbers=_NATURAL if numbers == _UNSAID else numbers,
        compression=compression,
        colours=number(_COLOURS, _usual_colours(compression, samples)),
        separate=samples > 1 and number(_PLANAR, 1) == _SEPARATE,
        predictor=number(_PREDICTOR, 1),
        tile=tile,
        tiled=tiled,
        fields={tag: values for tag, values in fields.items() if values is not None},
    )


def _usual_colours(compression: int, samples: int) -> int:
    """What is meant where a file does not say how samples become colours, as some faxes do not."""
    if compression in _CCITT:
        return _WHITE_IS_0
    return _RGB if samples >= len("RGB") else _BLACK_IS_0


def _segments(file: BinaryIO, directory: TiffDirectory, count: int) -> list[bytes]:
    """The bytes of each strip or tile.

    Raises:
        ValueError: Some of them are not in the file.
    """
    tiled = _TILES in directory.fields
    if count > MOST_SEGMENTS:
        raise ValueError(f"{count} strips or tiles")
    places = directory.numbers(file, _TILES if tiled else _STRIPS, most=MOST_SEGMENTS)
    lengths = directory.numbers(file, _TILE_BYTES if tiled else _STRIP_BYTES, most=MOST_SEGMENTS)
    end = file.seek(0, os.SEEK_END)
    wanted = [] if places is None else places[:count].tolist()
    # some old programs leave the length of a page's only strip to be guessed
    known = [end - place for place in wanted] if lengths is None else lengths[:count].tolist()
    if len(wanted) < count or len(known) < count or (lengths is None and count > 1):
        raise ValueError("strips or tiles without a place or a length")
    if sum(known) > MOST_PAGE_BYTES:
        raise ValueError("strips or tiles with too many bytes")
    segments = []
    for place, length in zip(wanted, known, strict=True):
        if length < 0 or place + length > end:
            raise ValueError("the file ends within a strip or tile")
        file.seek(place)
        segments.append(file.read(length))
    return segments


# --- What is read -----------------------------------------------------------------------------

_NONE, _LZW, _PACKBITS = 1, 5, 32773
_DEFLATE = frozenset({8, 32946})
_COMPRESSIONS = _CCITT | _DEFLATE | {_NONE, _LZW, _JPEG, _PACKBITS}
_UNREAD_COMPRESSIONS = MappingProxyType(
    {6: "JPEG as TIFF first had it", 34661: "JBIG", 34712: "JPEG 2000", 34887: "LERC"}
    | {34925: "LZMA", 50000: "Zstandard", 50001: "WebP within a TIFF", 50002: "JPEG XL"}
)
_COLOURS_READ = frozenset({_WHITE_IS_0, _BLACK_IS_0, _RGB, _INDEXED, _INKED, _YCBCR, _LAB})
_UNREAD_COLOURS = MappingProxyType(
    {4: "a mask in the place of a picture", 9: "colours of ICC", 10: "colours of ITU"}
    | {32803: "a camera's raw data", 34892: "a camera's raw data"}
    | {32844: "colours of LogL", 32845: "colours of LogLuv"}
)
_LEAST_SAMPLES = MappingProxyType({_RGB: 3, _INKED: 4, _YCBCR: 3, _LAB: 3})
"""Samples of a pixel by colours; of the others one."""

_MOST_SAMPLES = 8
"""Samples of a pixel: four inks, and as many that are passed over."""


def _check_read(form: _Form, source: str) -> None:
    """Nothing where a page stored like this is read.

    Raises:
        UnsupportedPictureError: It is not.
        ValueError: It cannot be meant.
    """
    if not form.samples >= _LEAST_SAMPLES.get(form.colours, 1):
        raise ValueError(f"{form.samples} samples a pixel")
    unread = None
    if form.compression not in _COMPRESSIONS:
        name = _UNREAD_COMPRESSIONS.get(form.compression)
        unread = name or f"compression {form.compression} of TIFF"
    elif form.colours not in _COLOURS_READ:
        name = _UNREAD_COLOURS.get(form.colours)
        unread = name or f"colours {form.colours} of TIFF"
    elif form.samples > _MOST_SAMPLES:
        unread = f"{form.samples} samples a pixel"
    elif form.bits == _UNEQUAL:
        unread = "samples of unequal sizes"
    elif not (_is_opencvs(form) or _is_ours(form)):
        unread = f"{form.bits} bits a sample, stored in this way"
    if unread is not None:
        raise UnsupportedPictureError(source, what=unread)


def _is_opencvs(form: _Form) -> bool:
    """Whether pages like this are left to OpenCV: libtiff knows how these colours are packed."""
    packed_with_colours = form.compression == _JPEG or form.colours in {_YCBCR, _LAB}
    return packed_with_colours and form.bits == _BYTE and form.numbers == _NATURAL


def _is_ours(form: _Form) -> bool:
    """Whether pages like this are made colours of here."""
    return (
        form.compression != _JPEG
        and form.colours in _COLOURS_OF
        and (form.bits, form.numbers) in _NUMBER_TYPES
        and (form.predictor == 1 or (form.predictor == _DIFFERENCES and form.bits >= _BYTE))
        and (form.compression not in _CCITT or (form.bits, form.samples) == (1, 1))
        and (form.colours != _INDEXED or (form.samples == 1 and form.numbers == _NATURAL))
    )


_DIFFERENCES = 2
_NUMBER_TYPES: Mapping[tuple[int, int], str] = MappingProxyType(
    {
        **{(bits, _NATURAL): "u1" for bits in (1, 2, 4, 8)},
        (16, 1): "u2",
        (16, 2): "i2",
        (16, 3): "f2",
        (32, 1): "u4",
        (32, 2): "i4",
        (32, 3): "f4",
        (64, 3): "f8",
    }
)
"""How samples are packed, by their bits and what they are; those of less than a byte, unpacked."""


# --- OpenCV's way -----------------------------------------------------------------------------


def _by_opencv(form: _Form, segments: Sequence[bytes]) -> NDArray[np.uint8]:
    """uint8 (H, W, 3), as it is stored.

    Raises:
        ValueError: It is damaged.
    """
    fields: dict[int, Any] = {
        **form.fields,
        _WIDTH: form.width,
        _HEIGHT: form.height,
        _BITS: [form.bits] * form.samples,
        _COMPRESSION: form.compression,
        _COLOURS: form.colours,
        _SAMPLES: form.samples,
        _PLANAR: _SEPARATE if form.separate else 1,
        _PREDICTOR: form.predictor,
    }
    if form.tiled:
        fields = {**fields, _TILE_WIDTH: form.tile[0], _TILE_HEIGHT: form.tile[1]}
    else:
        fields[_ROWS] = form.tile[1]
    pixels = _opened(fields, segments, order=form.order)
    if pixels.shape[:2] != (form.height, form.width):
        raise ValueError("OpenCV found another size")
    # libtiff multiplies the colours of 8-bit pixels by their opacity, whatever the file says
    return from_decoder(pixels, multiplied=True)


def _opened(fields: Mapping[int, Any], segments: Sequence[bytes], *, order: str) -> NDArray[Any]:
    data = np.frombuffer(_file_of(fields, segments, order=order), np.uint8)
    pixels = decoded(data, cv2.IMREAD_UNCHANGED)
    if pixels is None or pixels.shape[2:] not in SHAPES_OF_A_PIXEL:
        raise ValueError("OpenCV cannot decode it")
    return pixels


_SHORT, _LONG, _RATIONAL, _UNDEFINED = 3, 4, 5, 7
_KINDS: Mapping[int, int] = MappingProxyType(
    dict.fromkeys((_BITS, _COMPRESSION, _COLOURS, _FILL_ORDER, _SAMPLES, _PLANAR), _SHORT)
    | dict.fromkeys((_PREDICTOR, _PALETTE, 332, _EXTRA, _NUMBERS, 530, 531), _SHORT)
    | {347: _UNDEFINED, 529: _RATIONAL, 532: _RATIONAL}
)
"""The type of each field that is written, where it is not a long."""

_PACKED = MappingProxyType({_SHORT: "u2", _LONG: "u4", _RATIONAL: "u4", _UNDEFINED: "u1"})
_INLINE = 4
"""Bytes of values that stand within an entry of a directory."""


def _file_of(fields: Mapping[int, Any], segments: Sequence[bytes], *, order: str) -> bytes:
    """A TIFF of one page.

    Args:
        fields: What it says; a number, or several, by tag.
        segments: Its packed pixels, in tiles where there is a tile's width.
        order: How numbers are packed.
    """
    places = np.cumsum([8, *(len(segment) for segment in segments)])
    lengths = [len(segment) for segment in segments]
    tags = (_TILES, _TILE_BYTES) if _TILE_WIDTH in fields else (_STRIPS, _STRIP_BYTES)
    where = dict(zip(tags, (places[:-1], lengths), strict=True))
    end = int(places[-1])
    directory = _directory({**fields, **where}, end, order=order)
    mark = b"II*\0" if order == "<" else b"MM\0*"
    return b"".join([mark, struct.pack(f"{order}I", end), *segments, directory])


def _directory(fields: Mapping[int, Any], place: int, *, order: str) -> bytes:
    """A directory that stands at `place`, with its values behind it."""
    entries, values = [], b""
    behind = place + 2 + 12 * len(fields) + 4
    for tag in sorted(fields):
        kind = _KINDS.get(tag, _LONG)
        numbers = np.atleast_1d(fields[tag])
        packed = numbers.astype(order + _PACKED[kind]).tobytes()
        count = len(numbers) // 2 if kind == _RATIONAL else len(numbers)
        where = packed.ljust(_INLINE, b"\0")
        if len(packed) > _INLINE:
            where = struct.pack(f"{order}I", behind + len(values))
            values += packed
        entries.append(struct.pack(f"{order}HHI", tag, kind, count) + where)
    count_of_entries = struct.pack(f"{order}H", len(entries))
    return b"".join([count_of_entries, *entries, struct.pack(f"{order}I", 0), values])


# --- Our own way ------------------------------------------------------------------------------


def _by_us(form: _Form, segments: Sequence[bytes]) -> NDArray[np.uint8]:
    """uint8 (H, W, 3), as it is stored.

    Raises:
        ValueError: It is damaged.
    """
    of_a_plane = form.across * form.down
    planes = [
        _samples(form, segments[begin : begin + of_a_plane])
        for begin in range(0, len(segments), of_a_plane)
    ]
    samples = planes[0] if len(planes) == 1 else np.concatenate(planes, axis=2)
    return _COLOURS_OF[form.colours](form, samples)


def _samples(form: _Form, segments: Sequence[bytes]) -> NDArray[Any]:
    """(H, W, N) of the N samples that are stored side by side."""
    width, height = form.tile
    tops = range(0, form.down * height, height)
    # a last strip ends with the page, a last tile is filled up
    rows = [height if form.tiled else min(height, form.height - top) for top in tops]
    rows = [count for count in rows for _ in range(form.across)]
    stored = _UNPACKERS.get(form.compression, _by_libtiff)(form, segments, rows)
    numbers = _numbers_in(stored, form)[:, : width * form.together]
    tiles = numbers.reshape(-1, form.across, rows[0] if form.tiled else 1, width, form.together)
    if form.predictor == _DIFFERENCES:
        tiles = np.cumsum(tiles, axis=3, dtype=tiles.dtype)
    page = tiles.swapaxes(1, 2).reshape(-1, form.across * width, form.together)
    return page[: form.height, : form.width]


def _as_they_are(form: _Form, segments: Sequence[bytes], rows: Sequence[int]) -> NDArray[np.uint8]:
    """uint8 (rows of all segments, bytes of a row)."""
    wanted = [count * form.in_a_row for count in rows]
    if any(len(segment) < size for segment, size in zip(segments, wanted, strict=True)):
        raise ValueError("a strip or tile has too few pixels")
    joined = b"".join(segment[:size] for segment, size in zip(segments, wanted, strict=True))
    stored = np.frombuffer(joined, np.uint8)
    return _bits_in_order(stored, form).reshape(-1, form.in_a_row)


def _inflated(form: _Form, segments: Sequence[bytes], rows: Sequence[int]) -> NDArray[np.uint8]:
    plain = []
    for segment, count in zip(segments, rows, strict=True):
        ordered = _bits_in_order(np.frombuffer(segment, np.uint8), form).tobytes()
        try:
            plain.append(zlib.decompressobj().decompress(ordered, count * form.in_a_row))
        except zlib.error as error:
            raise ValueError("a strip or tile is damaged") from error
    return _as_they_are(replace(form, fields={}), plain, rows)


def _by_libtiff(form: _Form, segments: Sequence[bytes], rows: Sequence[int]) -> NDArray[np.uint8]:
    """The same of what needs libtiff to unpack: tiles are to it strips of a high page, and bytes
    are grey pixels, two to a deep one where that can be. Of each pixel of a byte OpenCV would make
    four first: 500 MB instead of 100 for 48 million of three colours."""
    at_once = 1 if form.bits == 1 and form.compression in _CCITT else _BYTE
    if at_once == _BYTE and form.in_a_row % 2 == 0:
        at_once = 2 * _BYTE
    width = form.tile[0] if at_once == 1 else form.in_a_row * _BYTE // at_once
    fields: dict[int, Any] = {
        **{tag: form.fields[tag] for tag in _FAX_FIELDS if tag in form.fields},
        _WIDTH: width,
        _HEIGHT: sum(rows),
        _BITS: at_once,
        _COMPRESSION: form.compression,
        _COLOURS: _BLACK_IS_0,
        _SAMPLES: 1,
        _ROWS: rows[0],
    }
    pixels = _opened(fields, segments, order="<")
    if pixels.shape != (sum(rows), width):
        raise ValueError("OpenCV found another size")
    if at_once == 1:
        return np.packbits(pixels != 0, axis=1)
    return np.ascontiguousarray(pixels).astype(f"<u{at_once // _BYTE}", copy=False).view(np.uint8)


_FAX_FIELDS = (_FILL_ORDER, 292, 293)

_UNPACKERS: Mapping[int, Callable[[_Form, Sequence[bytes], Sequence[int]], NDArray[np.uint8]]] = (
    MappingProxyType({_NONE: _as_they_are, **dict.fromkeys(_DEFLATE, _inflated)})
)
"""How strips become bytes; all other ways are libtiff's."""


def _bits_in_order(stored: NDArray[np.uint8], form: _Form) -> NDArray[np.uint8]:
    """Bytes with their highest bit first."""
    if form.fields.get(_FILL_ORDER, _HIGHEST_FIRST) == _HIGHEST_FIRST:
        return stored
    every = np.arange(256, dtype=np.uint8)
    turned = np.packbits(np.unpackbits(every[:, None], axis=1)[:, ::-1], axis=1)[:, 0]
    return np.asarray(turned[stored], np.uint8)


_HIGHEST_FIRST = 1


def _numbers_in(rows: NDArray[np.uint8], form: _Form) -> NDArray[Any]:
    """The numbers that are packed in rows of bytes, in the machine's order."""
    if form.bits < _BYTE:
        shifts = np.arange(_BYTE - form.bits, -1, -form.bits, dtype=np.uint8)
        apart = (rows[..., None] >> shifts) & np.uint8((1 << form.bits) - 1)
        return apart.reshape(len(rows), -1)
    kind = _NUMBER_TYPES[form.bits, form.numbers]
    return rows.view(form.order + kind).astype(kind, copy=False)


def _grey(form: _Form, samples: NDArray[Any]) -> NDArray[np.uint8]:
    grey = as_rgb(_bytes_of(form, samples[:, :, 0]))
    return np.asarray(cv2.bitwise_not(grey), np.uint8) if form.colours == _WHITE_IS_0 else grey


def _rgb(form: _Form, samples: NDArray[Any]) -> NDArray[np.uint8]:
    shallow = _bytes_of(form, samples)
    extra = form.fields.get(_EXTRA, np.zeros(1))[:1].tolist()
    kept = len("RGBA") if samples.shape[2] > len("RGB") and extra[0] else len("RGB")
    return as_rgb(shallow[:, :, :kept], multiplied=_is_multiplied(form))


def _is_multiplied(form: _Form) -> bool:
    """Whether colours are stored multiplied by their opacity."""
    extra = form.fields.get(_EXTRA)
    return extra is not None and extra[:1].tolist() == [1]


def _inked(form: _Form, samples: NDArray[Any]) -> NDArray[np.uint8]:
    """Of cyan, magenta, yellow and black, as libtiff has it (tif_getimage.c, the CMYK tiles)."""
    paper = cv2.bitwise_not(_bytes_of(form, np.ascontiguousarray(samples[:, :, :4])))
    black = np.ascontiguousarray(paper[:, :, 3])
    each = cv2.merge([black, black, black])
    colours = np.ascontiguousarray(paper[:, :, :3])
    return np.asarray(cv2.multiply(colours, each, scale=1 / 255), np.uint8)


def _indexed(form: _Form, samples: NDArray[Any]) -> NDArray[np.uint8]:
    count = 1 << form.bits
    palette = form.fields.get(_PALETTE)
    if palette is None or len(palette) < 3 * count:
        raise ValueError("no palette, or one with too few colours")
    colours = palette[: 3 * count].reshape(3, count).T
    # the standard has 16 bits; some programs write 8, and so libtiff takes them
    deep = colours.max() > np.iinfo(np.uint8).max
    shallow = (colours >> _BYTE if deep else colours).astype(np.uint8)
    return np.ascontiguousarray(shallow[samples[:, :, 0]])


def _bytes_of(form: _Form, samples: NDArray[Any]) -> NDArray[np.uint8]:
    """Samples of any number of bits over the range of a byte."""
    if form.bits >= _BYTE:
        return as_8_bits(samples)
    return np.asarray(samples * (255 // ((1 << form.bits) - 1)), np.uint8)


_COLOURS_OF: Mapping[int, Callable[[_Form, NDArray[Any]], NDArray[np.uint8]]] = MappingProxyType(
    {
        _WHITE_IS_0: _grey,
        _BLACK_IS_0: _grey,
        _RGB: _rgb,
        _INDEXED: _indexed,
        _INKED: _inked,
    }
)
