"""Pictures of one page, decoded by OpenCV: PNG, JPEG, BMP and WebP."""

from __future__ import annotations

from typing import Any

import cv2
import numpy as np
from numpy.typing import NDArray

from core.errors import DamagedFileError
from core.picture_bytes import StoredBytes, whole
from core.picture_headers import BMP, JPEG, PictureFormat, read_header, turned_size
from core.picture_pixels import (
    SHAPES_OF_A_PIXEL,
    Decoded,
    check_size,
    from_decoder,
    shrunk,
    upright,
)
from core.quiet import quiet_libraries

MOST_BYTES = 1 << 30
"""Bytes of the largest file that is read whole, as pictures of one page are."""

_REDUCED = (
    (8, cv2.IMREAD_REDUCED_COLOR_8),
    (4, cv2.IMREAD_REDUCED_COLOR_4),
    (2, cv2.IMREAD_REDUCED_COLOR_2),
)
"""How much smaller a JPEG can be decoded than it is stored, at a fraction of the time."""


class ImagePages:
    """The one page of a file.

    Attributes:
        count: 1.
    """

    count = 1

    def __init__(self, kind: PictureFormat, stored: StoredBytes) -> None:
        """Checks the header.

        Raises:
            FileTooLargeError: There are more than MOST_BYTES.
            DamagedFileError: It is damaged or cut short.
        """
        self._kind = kind
        self._stored = stored
        try:
            self._header = read_header(kind, whole(stored, limit=MOST_BYTES))
        except ValueError as error:
            raise DamagedFileError(stored.source) from error

    def close(self) -> None:
        """Holds nothing."""

    def size(self, _index: int) -> tuple[int, int]:
        check_size(self._header.width, self._header.height, self._stored.source)
        return turned_size(self._header)

    def page(self, _index: int) -> Decoded:
        # the fourth byte of most BMPs is padding, even where a mask declares it opacity
        how = cv2.IMREAD_COLOR if self._kind is BMP else cv2.IMREAD_UNCHANGED
        return Decoded(self._decoded(how), self._header.dpi)

    def thumbnail(self, index: int, side: int) -> NDArray[np.uint8]:
        if self._kind is JPEG:
            longest = max(self._header.width, self._header.height)
            for less, how in _REDUCED:
                if longest // less >= side:
                    return self._decoded(how)
        return shrunk(self.page(index).pixels, side)

    def _decoded(self, how: int) -> NDArray[np.uint8]:
        data = np.frombuffer(whole(self._stored, limit=MOST_BYTES), np.uint8)
        pixels = decoded(data, how | cv2.IMREAD_IGNORE_ORIENTATION)
        if pixels is None or pixels.shape[2:] not in SHAPES_OF_A_PIXEL:
            raise DamagedFileError(self._stored.source)
        return upright(from_decoder(pixels), self._header.turn)


def decoded(data: NDArray[np.uint8], how: int) -> NDArray[Any] | None:
    """A picture file's pixels as it stores them, in OpenCV's order of colours, or None where it is
    damaged.

    Args:
        data: uint8 (N,), the whole file.
        how: OpenCV's flags.
    """
    with quiet_libraries():
        try:
            return cv2.imdecode(data, how)
        except cv2.error:
            return None
