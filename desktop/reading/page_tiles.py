"""A picture ready to be seen at any zoom: halves of it, and tiles made of them as they are needed.

All of it is done in small steps with a limit of time, on the window's own thread, so that nothing
waits for a large page and nothing needs a lock.
"""

from __future__ import annotations

import math
import time
from collections import OrderedDict
from collections.abc import Iterator

import cv2
import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QPoint, QRect, QRectF, QSize
from PySide6.QtGui import QImage, QPainter, QPixmap

TILE = 256
"""Side of a tile in pixels of the display."""

_PREVIEW = 500_000
"""Pixels of what is shown where no tile is made yet; painted in some 1 ms."""

_STRIP = 1_000_000
"""Pixels of the picture that are halved in one step; 0.2 to 1 ms."""

_SMALLEST_SIDE = 256
"""Pixels of the longer side that are halved no further."""

_KEPT = 64
"""Tiles that are kept beside twice those that are seen: 16 MB, for moving to and fro."""

_SQUARES = 4.0
"""From this zoom on the pixels of the picture are shown as squares, as people who look so closely
want to see them."""

_FINE = 1.19
"""Pixels of a half that may fall on a pixel of the display before the next half is taken: 2^(1/4),
which blurs less than 1 would, and leaves out less than 2 would."""


class PageTiles:
    """What a picture looks like at the zoom that it is seen at.

    Args:
        pixels: uint8 (H, W, 3) RGB or (H, W) grey; not copied, and not to be changed.
    """

    def __init__(self, pixels: NDArray[np.uint8]) -> None:
        self._levels = [pixels]
        self._preview = _coarse(pixels)
        self._halving = _halves(pixels, self._levels)
        self._whole = False
        self._zoom = 0.0
        self._tiles: OrderedDict[tuple[int, int], QPixmap] = OrderedDict()

    @property
    def size(self) -> QSize:
        """Of the picture, in its own pixels."""
        height, width = self._levels[0].shape[:2]
        return QSize(width, height)

    @property
    def prepared(self) -> bool:
        """Whether all halves are made."""
        return self._whole

    def prepare(self, seconds: float) -> None:
        """Makes halves for about so long."""
        until = time.perf_counter() + seconds
        while not self._whole and time.perf_counter() < until:
            self._whole = next(self._halving, None) is None

    def paint(self, painter: QPainter, at: QPoint, zoom: float, part: QRect, seconds: float) -> int:
        """Paints a part of the display.

        Args:
            painter: In pixels of the display.
            at: Where the picture's top left corner is, in these.
            zoom: Pixels of the display a pixel of the picture.
            part: What is painted, in these.
            seconds: How long tiles may be made for; the others are shown coarsely.

        Returns:
            How many tiles are still to be made.
        """
        if zoom != self._zoom:
            self._zoom = zoom
            self._tiles.clear()
        until = time.perf_counter() + seconds
        wanted = list(self._keys(part.translated(-at)))
        tiles = {key: self._tile(key, until) for key in wanted}
        missing = [key for key, tile in tiles.items() if tile is None]
        if missing:
            self._paint_coarse(painter, at, missing)
        for key, tile in tiles.items():
            if tile is not None:
                painter.drawPixmap(at + _corner(key), tile)
        while len(self._tiles) > 2 * len(wanted) + _KEPT:
            self._tiles.popitem(last=False)
        return len(missing)

    def _scaled(self) -> tuple[int, int]:
        """Width and height of the picture as it is seen, in pixels of the display."""
        size = self.size
        width = max(1, round(size.width() * self._zoom))
        return width, max(1, round(size.height() * self._zoom))

    def _keys(self, part: QRect) -> Iterator[tuple[int, int]]:
        """Column and row of each tile that is in a part of the picture as it is seen."""
        width, height = self._scaled()
        seen = part.intersected(QRect(0, 0, width, height))
        if seen.isEmpty():
            return
        for row in range(seen.top() // TILE, seen.bottom() // TILE + 1):
            for column in range(seen.left() // TILE, seen.right() // TILE + 1):
                yield column, row

    def _tile(self, key: tuple[int, int], until: float) -> QPixmap | None:
        """A tile; None where there is no time left to make it."""
        tile = self._tiles.get(key)
        if tile is None:
            if time.perf_counter() >= until or not self._has_level():
                return None
            tile = self._tiles[key] = self._made(key)
        self._tiles.move_to_end(key)
        return tile

    def _wanted_level(self) -> int:
        """How often the picture is halved for this zoom."""
        return max(0, math.floor(math.log2(_FINE / self._zoom)))

    def _has_level(self) -> bool:
        return self._whole or self._wanted_level() < len(self._levels)

    def _made(self, key: tuple[int, int]) -> QPixmap:
        width, height = self._scaled()
        left, top = key[0] * TILE, key[1] * TILE
        size = min(TILE, width - left), min(TILE, height - top)
        level = min(self._wanted_level(), len(self._levels) - 1)
        step = 0.5**level / self._zoom
        shown = _enlarged(self._levels[level], left, top, size, step)
        return QPixmap.fromImage(_image(shown))

    def _paint_coarse(self, painter: QPainter, at: QPoint, keys: list[tuple[int, int]]) -> None:
        """Paints the part around some tiles without making them."""
        width, height = self._scaled()
        left, right = min(key[0] for key in keys), max(key[0] for key in keys) + 1
        top, bottom = min(key[1] for key in keys), max(key[1] for key in keys) + 1
        place = QRect(left * TILE, top * TILE, (right - left) * TILE, (bottom - top) * TILE)
        place = place.intersected(QRect(0, 0, width, height))
        few, across = self._preview, self._preview.width() / width
        down = few.height() / height
        part = QRectF(
            place.x() * across, place.y() * down, place.width() * across, place.height() * down
        )
        painter.drawImage(QRectF(place.translated(at)), few, part)


def _corner(key: tuple[int, int]) -> QPoint:
    """Where a tile is on the picture as it is seen."""
    return QPoint(key[0] * TILE, key[1] * TILE)


def _enlarged(
    pixels: NDArray[np.uint8], left: int, top: int, size: tuple[int, int], step: float
) -> NDArray[np.uint8]:
    """A part of a picture as it is seen.

    Args:
        pixels: uint8 (H, W, 3) or (H, W).
        left: Where the part begins, as it is seen.
        top: The same.
        size: Width and height of the part, as it is seen.
        step: Pixels of the picture from one that is seen to the next.
    """
    height, width = pixels.shape[:2]
    # only the pixels that are needed: warpAffine takes no larger pictures than 32,767 a side
    x = min(max(math.floor(left * step) - 1, 0), width - 1)
    y = min(max(math.floor(top * step) - 1, 0), height - 1)
    right = min(math.ceil((left + size[0]) * step) + 2, width)
    bottom = min(math.ceil((top + size[1]) * step) + 2, height)
    part = pixels[y : max(bottom, y + 1), x : max(right, x + 1)]
    middle = 0.5 * step - 0.5
    place = np.array([[step, 0, middle + left * step - x], [0, step, middle + top * step - y]])
    method = cv2.INTER_NEAREST if step <= 1 / _SQUARES else cv2.INTER_LINEAR
    flags = method | cv2.WARP_INVERSE_MAP
    shown = cv2.warpAffine(part, place, size, flags=flags, borderMode=cv2.BORDER_REPLICATE)
    return np.asarray(shown, np.uint8)


def _coarse(pixels: NDArray[np.uint8]) -> QImage:
    """Every so many pixels of a picture: little, but at once."""
    height, width = pixels.shape[:2]
    apart = max(1, math.ceil(math.sqrt(height * width / _PREVIEW)))
    few = pixels[apart // 2 :: apart, apart // 2 :: apart]
    if few.size == 0:  # thinner than the pixels are apart
        few = pixels[::apart, ::apart]
    # copied into the display's own format, with which it is painted fastest
    return _image(np.ascontiguousarray(few)).convertToFormat(QImage.Format.Format_RGB32)


def _image(pixels: NDArray[np.uint8]) -> QImage:
    """An image that lasts as long as the pixels do: to be copied at once."""
    height, width = pixels.shape[:2]
    grey = pixels.ndim == 2  # noqa: PLR2004
    kind = QImage.Format.Format_Grayscale8 if grey else QImage.Format.Format_RGB888
    return QImage(pixels.data, width, height, pixels.strides[0], kind)


def _halves(pixels: NDArray[np.uint8], levels: list[NDArray[np.uint8]]) -> Iterator[bool]:
    """Adds ever smaller halves of a picture to `levels`, a strip at each step. A last odd row or
    column is left out, so that a half is exactly a half."""
    while max(pixels.shape[:2]) > _SMALLEST_SIDE and min(pixels.shape[:2]) > 1:
        height, width = pixels.shape[0] // 2, pixels.shape[1] // 2
        half = np.empty((height, width, *pixels.shape[2:]), np.uint8)
        rows = max(1, _STRIP // (4 * width))
        for top in range(0, height, rows):
            end = min(top + rows, height)
            strip = pixels[2 * top : 2 * end, : 2 * width]
            half[top:end] = cv2.resize(strip, (width, end - top), interpolation=cv2.INTER_AREA)
            yield True
        levels.append(half)
        pixels = half
