"""One character to classify, and its tile: the one normalisation that training and use share."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from core.arrays import read_only
from core.box import Box
from core.ink import Stroke
from core.raster import Raster
from core.track import TRACK_CHANNELS, TRACK_POINTS

if TYPE_CHECKING:
    from numpy.typing import NDArray

TILE_SIZE = 32
"""Side of a tile in pixels."""

TILE_BOX = 24
"""Longer side of the ink in a tile, in pixels: MNIST's 20 of 28, with more of each."""

PREPROCESSING_VERSION = 1
"""Counts the changes to what a tile looks like: a model knows the one it was trained with."""


@dataclass(frozen=True, eq=False)
class Glyph:
    """One character to classify.

    Attributes:
        tile: float32 (TILE_SIZE, TILE_SIZE), ink 1 on 0, read-only.
        box: Where its ink lies, in source pixels.
        line: Index of its line, from the top.
        word: Index of its word in the line.
        track: float32 (TRACK_POINTS, TRACK_CHANNELS), how it was written, read-only; None where
            nobody knows.
        strokes: The strokes that it is made of; none in a picture.
    """

    tile: NDArray[np.float32]
    box: Box
    line: int = 0
    word: int = 0
    track: NDArray[np.float32] | None = None
    strokes: tuple[Stroke, ...] = ()

    def __post_init__(self) -> None:
        tile = read_only(self.tile, name="tile", dtype=np.float32, shape=(TILE_SIZE, TILE_SIZE))
        if not ((tile >= 0) & (tile <= 1)).all():
            raise ValueError("a tile's values must be within 0 to 1")
        object.__setattr__(self, "tile", tile)
        if self.track is not None:
            shape = (TRACK_POINTS, TRACK_CHANNELS)
            track = read_only(self.track, name="track", dtype=np.float32, shape=shape)
            object.__setattr__(self, "track", track)


def make_tile(pixels: NDArray[np.uint8]) -> NDArray[np.float32]:
    """The tile of one character: cropped, scaled, centred, normalised.

    The recipe is that of MNIST (LeCun et al. 1998, section III.A): the longer side scaled to a
    fixed box with the proportions kept, the centre of mass in the middle of the tile; except
    that the ink is never pushed over the tile's edge.

    Args:
        pixels: uint8 (H, W) in `Raster` polarity, with some ink.

    Returns:
        float32 (TILE_SIZE, TILE_SIZE), 0 to 1, its brightest pixel 1.

    Raises:
        ValueError: There is no ink.
    """
    return normalise(centre_by_mass(scale_to_box(crop_to_ink(pixels))))


def ink_box(pixels: NDArray[np.uint8]) -> Box | None:
    """The box of the pixels that are not 0, or None where there are none."""
    import cv2

    x, y, width, height = cv2.boundingRect(pixels)
    return Box(x, y, width, height) if width else None


def crop_to_ink(pixels: NDArray[np.uint8]) -> NDArray[np.uint8]:
    """The part of `pixels` inside the box of its ink.

    Raises:
        ValueError: There is no ink.
    """
    import cv2

    x, y, width, height = cv2.boundingRect(pixels)
    if not width:
        raise ValueError("a tile needs ink")
    return pixels[y : y + height, x : x + width]


def scale_to_box(pixels: NDArray[np.uint8]) -> NDArray[np.uint8]:
    """`pixels` with the longer side TILE_BOX and the proportions kept; no side under 1."""
    import cv2

    height, width = pixels.shape
    factor = TILE_BOX / max(height, width)
    size = max(1, round(width * factor)), max(1, round(height * factor))
    method = cv2.INTER_AREA if factor < 1 else cv2.INTER_LINEAR
    return np.asarray(cv2.resize(pixels, size, interpolation=method), np.uint8)


def centre_by_mass(pixels: NDArray[np.uint8]) -> NDArray[np.uint8]:
    """uint8 (TILE_SIZE, TILE_SIZE) with the centre of mass of `pixels` as near to the middle as
    their box allows.

    Args:
        pixels: uint8, no side over TILE_SIZE.
    """
    import cv2

    height, width = pixels.shape
    moments = cv2.moments(pixels)
    mass = moments["m00"] or 1.0
    left = _start(moments["m10"] / mass, width)
    top = _start(moments["m01"] / mass, height)
    tile = np.zeros((TILE_SIZE, TILE_SIZE), np.uint8)
    tile[top : top + height, left : left + width] = pixels
    return tile


def normalise(tile: NDArray[np.uint8]) -> NDArray[np.float32]:
    """float32 of the same shape, 0 to 1, the brightest pixel 1: thin lines, which scaling down
    made grey, are as bright as thick ones."""
    return tile.astype(np.float32) / np.float32(max(int(tile.max()), 1))


def whole_glyph(raster: Raster) -> Glyph | None:
    """All the ink of `raster` as one character, or None where there is none."""
    box = ink_box(raster.pixels)
    if box is None:
        return None
    return Glyph(make_tile(raster.pixels), raster.to_source(box))


def _start(centre: float, length: int) -> int:
    """Where a side begins, so that its `centre` is in the middle and none of it outside."""
    start = round((TILE_SIZE - 1) / 2 - centre)
    return min(max(start, 0), TILE_SIZE - length)
