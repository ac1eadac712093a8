"""Pictures that come without a file: from the clipboard, or let go over the window."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

import cv2
from PySide6.QtCore import QMimeData
from PySide6.QtGui import QImage

from core.picture import picture_from_pixels
from core.picture_headers import SNIFFED_BYTES, picture_format
from desktop.imaging import from_image
from desktop.pages.page import Page, held_pages

_QUICK = (cv2.IMWRITE_PNG_COMPRESSION, 1)
"""A large screenshot is packed in a fifth of a second so, and takes little more room."""

_OURS = (
    "image/png",
    "image/tiff",
    "image/jpeg",
    "image/bmp",
    "image/webp",
    "application/pdf",
)
"""What programs put their pictures on the clipboard as, best first: a PNG loses nothing, a TIFF
may have pages and tells its resolution, and a BMP tells no resolution that can be trusted."""


def has_pictures(mime: QMimeData) -> bool:
    """Whether `loose_pages` would find any."""
    return mime.hasImage() or any(map(mime.hasFormat, _OURS))


def loose_pages(mime: QMimeData, source: str) -> Callable[[], tuple[Page, ...]] | None:
    """The pages of pictures that were pasted or dropped; None where there are none.

    What takes long is left to what is returned, which may run on any thread and raises a
    `FileError`.

    Args:
        mime: What was pasted or dropped.
        source: A word for where they come from.
    """
    for kind in _OURS:
        data = bytes(mime.data(kind).data()) if mime.hasFormat(kind) else b""
        if picture_format(data[:SNIFFED_BYTES]) is not None:
            return partial(held_pages, data, source)
    image = mime.imageData()
    if isinstance(image, QImage) and not image.isNull():
        return partial(_packed_page, image, source)
    return None


def _packed_page(image: QImage, source: str) -> tuple[Page, ...]:
    """The page of an image; it is packed meanwhile, as many may be pasted."""
    picture = picture_from_pixels(from_image(image), source=source)
    _, data = cv2.imencode(".png", cv2.cvtColor(picture.pixels, cv2.COLOR_RGB2BGR), _QUICK)
    return held_pages(data.tobytes(), source)
