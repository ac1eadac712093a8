"""Scanned pages as a searchable PDF: each picture, with its words behind it where they stand."""

from __future__ import annotations

import zlib
from collections.abc import Iterable

import cv2
import numpy as np
from numpy.typing import NDArray

from core.exporting.pdf_document import (
    LONGEST_SIDE,
    SHORTEST_SIDE,
    PdfPage,
    PdfPicture,
    pdf_of,
)
from core.picture import Picture
from core.reading import Reading

USUAL_DPI = 300.0
"""Of a picture that does not say: what scanners are set to for text."""

TRUSTED_DPI = 100.0
"""Pixels an inch from which on a picture is believed: what cameras and drawing programs write and
mean nothing by is 72 or 96."""

LARGEST_DOUBTED = 16.54
"""Inches of a page's longer side, A3's, up to which a picture is believed that claims fewer."""

JPEG_QUALITY = 85
"""Of 100: an A4 page in colour at 300 dots an inch takes some 1.5 MB, and pen strokes keep their
edges."""

MOST_JPEG_SIDE = 65_500
"""Pixels that libjpeg takes."""

_POINTS_AN_INCH = 72


def pages_pdf(pages: Iterable[tuple[Picture, Reading]], *, title: str = "") -> bytes:
    """A document of all pages; each is asked for when those before it are compressed.

    Args:
        pages: Pictures, and what was read on them; the readings' boxes are in their pixels.
        title: The document's, "" for none.

    Raises:
        ValueError: There are no pages.
    """
    return pdf_of((picture_page(*page) for page in pages), title=title)


def picture_page(picture: Picture, reading: Reading) -> PdfPage:
    """A page as large as the paper was, its picture compressed.

    Args:
        picture: Any picture.
        reading: What was read on it.
    """
    scale = _points_a_pixel(picture)
    width, height = picture.width * scale, picture.height * scale
    return PdfPage(
        width=max(width, SHORTEST_SIDE),
        height=max(height, SHORTEST_SIDE),
        matrix=(scale, 0.0, 0.0, -scale, 0.0, max(height, SHORTEST_SIDE)),
        lines=reading.lines,
        picture=compressed(picture.pixels),
    )


def compressed(pixels: NDArray[np.uint8]) -> PdfPicture:
    """Black and white as bits without loss, all else as JPEG.

    Args:
        pixels: uint8 (H, W, 3), RGB.
    """
    height, width = pixels.shape[:2]
    planes = cv2.split(pixels)
    if not all(np.array_equal(planes[0], plane) for plane in planes[1:]):
        return _photo(pixels, "/DeviceRGB")
    grey = planes[0]
    if not ((grey == 0) | (grey == _WHITE)).all():
        return _photo(np.asarray(grey, np.uint8), "/DeviceGray")
    bits = np.packbits(np.asarray(grey, np.uint8), axis=1)
    return PdfPicture(width, height, _entries("/DeviceGray", "/FlateDecode", 1), _deflated(bits))


_WHITE = 255


def _photo(pixels: NDArray[np.uint8], colours: str) -> PdfPicture:
    """(H, W) grey or (H, W, 3) RGB as JPEG; without loss where it is too long for that."""
    height, width = pixels.shape[:2]
    if max(width, height) > MOST_JPEG_SIDE:
        data = _deflated(pixels)
        return PdfPicture(width, height, _entries(colours, "/FlateDecode", 8), data)
    stored = pixels if pixels.ndim == 2 else cv2.cvtColor(pixels, cv2.COLOR_RGB2BGR)  # noqa: PLR2004  # axes
    _, jpeg = cv2.imencode(".jpg", stored, [cv2.IMWRITE_JPEG_QUALITY, JPEG_QUALITY])
    return PdfPicture(width, height, _entries(colours, "/DCTDecode", 8), jpeg.tobytes())


def _entries(colours: str, way: str, bits: int) -> str:
    return f"/ColorSpace{colours}/BitsPerComponent {bits}/Filter{way}"


def _deflated(pixels: NDArray[np.uint8]) -> bytes:
    return zlib.compress(pixels.tobytes())


def _points_a_pixel(picture: Picture) -> float:
    longer = max(picture.width, picture.height)
    said = picture.dpi
    believed = said is not None and (said >= TRUSTED_DPI or longer / said <= LARGEST_DOUBTED)
    dpi = said if believed and said is not None else USUAL_DPI
    return min(_POINTS_AN_INCH / dpi, LONGEST_SIDE / longer)
