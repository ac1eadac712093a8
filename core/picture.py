"""A picture as its file holds it: decoded, upright, on white, and nothing else done to it."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType
from typing import Any

import cv2
import numpy as np
from numpy.typing import NDArray

from core.arrays import read_only
from core.errors import (
    DamagedFileError,
    EmptyFileError,
    PictureTooLargeError,
    UnknownFormatError,
)
from core.files import read_head, read_whole
from core.pdf import PDF_DPI, PdfPages
from core.picture_headers import (
    BMP,
    PDF,
    PICTURE_FORMATS,
    PICTURE_SUFFIXES,
    SNIFFED_BYTES,
    TIFF,
    PageHeader,
    PictureFormat,
    picture_format,
    read_headers,
)
from core.quiet import quiet_libraries

__all__ = [
    "MOST_PIXELS",
    "PICTURE_FORMATS",
    "PICTURE_SUFFIXES",
    "Picture",
    "PictureFormat",
    "decode_picture",
    "decode_pictures",
    "picture_format",
    "picture_from_pixels",
    "read_picture",
    "read_pictures",
]

MOST_PIXELS = 100_000_000
"""Pixels of the largest page that is decoded: A3 at 600 dots an inch has 70 million, and decoding
100 million takes some 0.7 GB."""

MOST_BYTES = 1 << 30
"""Bytes of the largest picture file that is read: it is held whole while its pages are."""


@dataclass(frozen=True, eq=False)
class Picture:
    """A decoded image as it came.

    Attributes:
        pixels: uint8 (H, W, 3) with H, W >= 1, RGB, upright, on white where it was transparent,
            read-only.
        source: Where it came from: a file's path, or a word for what had no file.
        page: Which page of the source it is, from 1.
        pages: How many pages the source has.
        dpi: Pixels an inch, across, as the source says. Exact for a PDF, as it was rendered so;
            else a claim: scanners tell the truth, cameras and drawing programs often write 72 or
            96 and mean nothing by it. None where nothing, or nothing possible, is said.
    """

    pixels: NDArray[np.uint8]
    source: str
    page: int = 1
    pages: int = 1
    dpi: float | None = None

    def __post_init__(self) -> None:
        pixels = read_only(self.pixels, name="pixels", dtype=np.uint8, shape=(None, None, 3))
        if pixels.size == 0:
            raise ValueError("a picture needs at least one pixel")
        if not 1 <= self.page <= self.pages:
            raise ValueError(f"there is no page {self.page} of {self.pages}")
        object.__setattr__(self, "pixels", pixels)

    @property
    def width(self) -> int:
        return int(self.pixels.shape[1])

    @property
    def height(self) -> int:
        return int(self.pixels.shape[0])


def read_pictures(path: str | Path) -> Iterator[Picture]:
    """The pages of a picture file, in order, each decoded when it is asked for.

    The file is read and its headers are checked at once, so that a file that cannot be opened is
    known before the first page is asked for.

    Args:
        path: A file of any of PICTURE_FORMATS, whatever its name.

    Raises:
        MissingFileError: There is no such file.
        UnreadableFileError: It is no regular file, or may not be read.
        EmptyFileError: It has no bytes.
        UnknownFormatError: It is no picture.
        FileTooLargeError: It has more than MOST_BYTES.
        PictureTooLargeError: A page has more than MOST_PIXELS.
        ProtectedFileError: It opens only with a password.
        DamagedFileError: It is damaged or cut short; also from the iterator.
    """
    if picture_format(read_head(path, SNIFFED_BYTES)) is None:
        raise UnknownFormatError(path)
    return decode_pictures(read_whole(path, limit=MOST_BYTES), str(path))


def read_picture(path: str | Path) -> Picture:
    """The first page of a picture file.

    Raises:
        FileError: As `read_pictures`.
    """
    return next(read_pictures(path))


def decode_pictures(data: bytes, source: str) -> Iterator[Picture]:
    """The pages of a picture file's bytes; as `read_pictures`.

    Args:
        data: The whole file.
        source: Where it came from, for the pictures and the errors.

    Raises:
        FileError: As `read_pictures`.
    """
    if not data:
        raise EmptyFileError(source)
    kind = picture_format(data)
    if kind is None:
        raise UnknownFormatError(source)
    return _pdf_pictures(data, source) if kind is PDF else _image_pictures(kind, data, source)


def decode_picture(data: bytes, source: str) -> Picture:
    """The first page of a picture file's bytes.

    Raises:
        FileError: As `read_pictures`.
    """
    return next(decode_pictures(data, source))


def picture_from_pixels(pixels: NDArray[Any], *, source: str) -> Picture:
    """A picture of pixels that came from no file: pasted, or taken from another program.

    Args:
        pixels: (H, W) grey, (H, W, 3) RGB or (H, W, 4) RGB and opacity; uint8, uint16, or float
            from 0 to 1. They are copied.
        source: A word for where they came from.

    Raises:
        PictureTooLargeError: There are more than MOST_PIXELS.
        ValueError: The shape is another one, or empty.
    """
    if pixels.size == 0 or pixels.ndim < _PLANE or pixels.shape[2:] not in _SHAPES_OF_A_PIXEL:
        raise ValueError(f"a picture's pixels cannot have shape {pixels.shape}")
    height, width = pixels.shape[:2]
    _check_size(width, height, source)
    return Picture(_as_rgb(pixels.copy()), source)


# --- Steps from a file to pictures ------------------------------------------------------------


def _image_pictures(kind: PictureFormat, data: bytes, source: str) -> Iterator[Picture]:
    """The checks of every format but PDF, then an iterator over its pages."""
    try:
        headers = read_headers(kind, data)
    except ValueError as error:
        raise DamagedFileError(source) from error
    for header in headers:
        _check_size(header.width, header.height, source)
    return _decoded_pages(kind, data, headers, source)


def _decoded_pages(
    kind: PictureFormat, data: bytes, headers: tuple[PageHeader, ...], source: str
) -> Iterator[Picture]:
    for index, header in enumerate(headers):
        stored = _decode(kind, np.frombuffer(data, np.uint8), index)
        if stored is None or stored.shape[2:] not in _SHAPES_OF_A_PIXEL:
            raise DamagedFileError(source)
        # libtiff multiplies the colours of 8-bit pixels by their opacity, whatever the file says
        multiplied = kind is TIFF and stored.dtype == np.uint8
        pixels = _as_rgb(_in_rgb_order(stored), multiplied=multiplied)
        yield Picture(upright(pixels, header.turn), source, index + 1, len(headers), header.dpi)


def _pdf_pictures(data: bytes, source: str) -> Iterator[Picture]:
    """The checks of a PDF, then an iterator over its pages."""
    document = PdfPages(data, source)
    try:
        for index in range(document.count):
            _check_size(*document.size(index), source)
    except BaseException:
        document.close()
        raise
    return _rendered_pages(document, source)


def _rendered_pages(document: PdfPages, source: str) -> Iterator[Picture]:
    try:
        for index in range(document.count):
            pixels = document.render(index)
            yield Picture(pixels, source, index + 1, document.count, float(PDF_DPI))
    finally:
        document.close()


def _check_size(width: int, height: int, source: str) -> None:
    if width <= 0 or height <= 0:
        raise DamagedFileError(source)
    if width * height > MOST_PIXELS:
        raise PictureTooLargeError(source, limit=MOST_PIXELS)


# --- Steps from bytes to upright RGB ----------------------------------------------------------


def _decode(kind: PictureFormat, data: NDArray[np.uint8], index: int) -> NDArray[Any] | None:
    """One page as it is stored, in OpenCV's order of colours, or None where it is damaged."""
    # the fourth byte of most BMPs is padding, even where a mask declares it opacity
    how = cv2.IMREAD_COLOR if kind is BMP else cv2.IMREAD_UNCHANGED
    with quiet_libraries():
        try:
            if kind is not TIFF:
                return cv2.imdecode(data, how)
            _, pages = cv2.imdecodemulti(data, how, range=(index, index + 1))
        except cv2.error:
            return None
    return pages[0] if pages else None


def _in_rgb_order(pixels: NDArray[Any]) -> NDArray[Any]:
    """OpenCV's blue, green, red as red, green, blue; what has no colours stays."""
    if pixels.shape[2:] == _GREY:
        return pixels
    code = cv2.COLOR_BGRA2RGBA if pixels.shape[2:] == _RGB_AND_OPACITY else cv2.COLOR_BGR2RGB
    return cv2.cvtColor(pixels, code)


def _as_rgb(pixels: NDArray[Any], *, multiplied: bool = False) -> NDArray[np.uint8]:
    """uint8 (H, W, 3) of pixels of any depth; see `on_white` for `multiplied`."""
    shallow = as_8_bits(pixels)
    if shallow.shape[2:] == _RGB_AND_OPACITY:
        return on_white(shallow, multiplied=multiplied)
    if shallow.shape[2:] == _GREY:
        return np.asarray(cv2.cvtColor(shallow, cv2.COLOR_GRAY2RGB), np.uint8)
    return shallow


def as_8_bits(pixels: NDArray[Any]) -> NDArray[np.uint8]:
    """The same pixels as uint8; the same array where they are.

    Args:
        pixels: Any shape. uint16 over its whole range; float, or any other integer, from 0 to 1
            or, where there is more, from 0 to the most there is.
    """
    if pixels.dtype == np.uint8:
        return np.asarray(pixels, np.uint8)
    if pixels.dtype == np.uint16:
        return np.asarray(cv2.convertScaleAbs(pixels, alpha=255 / 65535), np.uint8)
    finite = np.nan_to_num(pixels.astype(np.float32), posinf=1, neginf=0)
    share = np.clip(finite / max(float(finite.max()), 1.0), 0, 1)
    return np.asarray(np.rint(share * 255), np.uint8)


def on_white(pixels: NDArray[np.uint8], *, multiplied: bool = False) -> NDArray[np.uint8]:
    """RGB as it looks on white paper.

    Args:
        pixels: uint8 (H, W, 4), RGB and opacity, 255 where nothing shines through.
        multiplied: Whether the colours are multiplied by their opacity already.

    Returns:
        uint8 (H, W, 3).
    """
    colours, opacity = np.ascontiguousarray(pixels[:, :, :3]), pixels[:, :, 3]
    if opacity.min() == _OPAQUE:
        return colours
    # one channel a colour, in bytes: floats would need four times the memory
    each = cv2.merge([opacity, opacity, opacity])
    inked = colours if multiplied else cv2.multiply(colours, each, scale=1 / _OPAQUE)
    return np.asarray(cv2.add(inked, cv2.bitwise_not(each)), np.uint8)


def upright(pixels: NDArray[np.uint8], turn: int) -> NDArray[np.uint8]:
    """Pixels turned and mirrored as their file asks.

    Args:
        pixels: uint8 (H, W, 3).
        turn: 1 to 8, as in Exif: which sides the stored first row and first column belong to.

    Returns:
        uint8 (H, W, 3), or (W, H, 3) for a turn of 5 to 8.
    """
    return np.ascontiguousarray(_TURNS[turn](pixels))


_PLANE = 2
_GREY: tuple[int, ...] = ()
_RGB: tuple[int, ...] = (3,)
_RGB_AND_OPACITY: tuple[int, ...] = (4,)
_SHAPES_OF_A_PIXEL = frozenset({_GREY, _RGB, _RGB_AND_OPACITY})
_OPAQUE = 255

_TURNS: Mapping[int, Callable[[NDArray[np.uint8]], NDArray[np.uint8]]] = MappingProxyType(
    {
        1: lambda pixels: pixels,
        2: lambda pixels: pixels[:, ::-1],
        3: lambda pixels: pixels[::-1, ::-1],
        4: lambda pixels: pixels[::-1],
        5: lambda pixels: pixels.swapaxes(0, 1),
        6: lambda pixels: pixels[::-1].swapaxes(0, 1),
        7: lambda pixels: pixels[::-1, ::-1].swapaxes(0, 1),
        8: lambda pixels: pixels[:, ::-1].swapaxes(0, 1),
    }
)
