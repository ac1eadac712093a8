"""Ink → raster: anti-aliased round strokes whose width follows the pressure."""

from __future__ import annotations

import cv2
import numpy as np
from numpy.typing import NDArray

from core.ink import Ink
from core.pen_width import PEN_WIDTH, WIDEST, width_factor
from core.raster import Raster

CHARACTER_EXTENT = 96
"""Longer side of a single character's raster in pixels: four times a tile's box, so that the
tile is drawn with four samples a pixel."""

CHARACTER_PEN_SHARE = 0.07
"""Least width of a stroke, as a share of the character's longer side, when one character is
rasterised for recognition: the line of a large character drawn with a thin pen would all but
vanish in a tile. Chosen on the val writers of UNIPEN (`python -m bench.pen_width`)."""

LEAST_TAPER = 0.5
"""Widths of one stroke that differ by less, in raster pixels, are drawn as one: it is not seen."""

_FRACTION_BITS = 4
_FRACTION = 1 << _FRACTION_BITS


def rasterise(ink: Ink, *, pen_width: float = PEN_WIDTH, scale: float = 1.0) -> Raster:
    """The raster of `ink`, just large enough for it.

    Args:
        ink: At least one stroke.
        pen_width: Nominal width of a stroke, in ink pixels; at least one raster pixel.
        scale: Raster pixels per ink pixel.

    Returns:
        A raster with one blank pixel or more on every side of the ink.

    Raises:
        ValueError: `ink` has no strokes.
    """
    # soft edges reach up to two pixels beyond the line
    margin = pen_width * WIDEST / 2 + 3 / scale
    box = ink.box.grown(margin)
    width, height = int(np.ceil(box.width * scale)), int(np.ceil(box.height * scale))
    pixels = np.zeros((height, width), np.uint8)
    corner = np.array([ink.box.x, ink.box.y], np.float32)
    for stroke in ink.strokes:
        # from the corner of the ink, because float32 holds that one exactly: else the raster would
        # change a little with the place that the ink is moved to
        places = (stroke.xy - corner + np.float32(margin)) * np.float32(scale)
        widths = width_factor(stroke.points[:, 2]) * np.float32(pen_width * scale)
        _draw(pixels, places, widths)
    return Raster(pixels, scale=scale, origin=(box.x, box.y))


def rasterise_character(
    ink: Ink,
    *,
    pen_width: float = PEN_WIDTH,
    pen_share: float = CHARACTER_PEN_SHARE,
    extent: int = CHARACTER_EXTENT,
) -> Raster:
    """The raster of one character, at the size and line width that recognition works with.

    Args:
        ink: At least one stroke, all of one character.
        pen_width: Nominal width of a stroke as it was drawn, in ink pixels.
        pen_share: Least width of a stroke, as a share of the character's longer side.
        extent: Longer side of the raster, about, in pixels.

    Raises:
        ValueError: `ink` has no strokes.
    """
    longer_side = max(ink.box.width, ink.box.height)
    width = max(pen_width, pen_share * longer_side)
    return rasterise(ink, pen_width=width, scale=extent / (longer_side + width))


def _draw(
    pixels: NDArray[np.uint8], places: NDArray[np.float32], widths: NDArray[np.float32]
) -> None:
    """Draws one stroke; `places` (N, 2) and `widths` (N,) in raster pixels."""
    if np.ptp(widths) < LEAST_TAPER:
        _draw_even(pixels, places, float(widths.mean()))
    else:
        _draw_tapered(pixels, places, widths)


def _draw_even(pixels: NDArray[np.uint8], places: NDArray[np.float32], width: float) -> None:
    fixed = _fixed_point(places)
    cv2.polylines(pixels, [fixed], False, 255, max(1, round(width)), cv2.LINE_AA, _FRACTION_BITS)
    if len(places) == 1:
        _draw_dot(pixels, places[0], width)


def _draw_tapered(
    pixels: NDArray[np.uint8], places: NDArray[np.float32], widths: NDArray[np.float32]
) -> None:
    """A disc at every point and, between two, the trapezium that touches both discs."""
    for place, width in zip(places, widths, strict=True):
        _draw_dot(pixels, place, float(width))
    along = np.diff(places, axis=0)
    length = np.maximum(np.hypot(along[:, 0], along[:, 1]), np.float32(1e-6))[:, None]
    across = np.stack([-along[:, 1], along[:, 0]], axis=1) / length / np.float32(2)
    start, end = across * widths[:-1, None], across * widths[1:, None]
    corners = np.stack(
        [places[:-1] + start, places[1:] + end, places[1:] - end, places[:-1] - start],
        axis=1,
        dtype=np.float32,
    )
    for trapezium in _fixed_point(corners):
        cv2.fillConvexPoly(pixels, trapezium, 255, cv2.LINE_AA, _FRACTION_BITS)


def _draw_dot(pixels: NDArray[np.uint8], place: NDArray[np.float32], width: float) -> None:
    x, y = _fixed_point(place).tolist()
    radius = max(1, round(width / 2 * _FRACTION))
    cv2.circle(pixels, (x, y), radius, 255, cv2.FILLED, cv2.LINE_AA, _FRACTION_BITS)


def _fixed_point(places: NDArray[np.float32]) -> NDArray[np.int32]:
    """`places` as OpenCV's fixed-point numbers, with pixel centres at whole numbers."""
    return np.asarray(np.rint((places - np.float32(0.5)) * _FRACTION), np.int32)
