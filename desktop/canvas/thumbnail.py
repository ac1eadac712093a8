"""Small pictures of ink, quick to draw whatever the ink: for lists of pads."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

import cv2
import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QSize
from PySide6.QtGui import QColor, QImage, QPalette

from core.curves import MARKER_COLOUR, MARKER_OPACITY, MARKER_WIDTH
from core.ink import Ink, Stroke, StrokeKind
from core.pen_width import PEN_WIDTH
from desktop.imaging import to_image

_MARGIN = 5.0
"""Device-independent pixels around the ink."""

_LEAST_PEN = 1.4
"""The finest line, in device-independent pixels: a finer one would fade."""

_MOST_STROKES = 600
_MOST_POINTS = 20_000
"""About how much of the ink is drawn, evenly chosen: more would not be seen at this size, and take
longer than a frame."""

_BLEED = 0.7
"""How much wider than asked for OpenCV draws a smooth line, in pixels; measured."""

_SHIFT = 4
"""Bits of a pixel's fraction that OpenCV's coordinates have here."""


_Rgb = tuple[int, int, int]


@dataclass(frozen=True, slots=True)
class _Look:
    """How some strokes of a thumbnail look.

    Attributes:
        is_pen: Pens lie over markers.
        colour: Red, green and blue, 0 to 255.
        width: In display pixels.
        opacity: 0 to 1.
    """

    is_pen: bool
    colour: _Rgb
    width: int
    opacity: float


@dataclass(frozen=True, eq=False)
class _Place:
    """Where the ink lies on its sheet.

    Attributes:
        centre: float64 (2,): of the ink, in its own pixels.
        scale: Display pixels to one of those.
        middle: float64 (2,): of the sheet, in display pixels.
    """

    centre: NDArray[np.float64]
    scale: float
    middle: NDArray[np.float64]


def thumbnail(ink: Ink, size: QSize, ratio: float, palette: QPalette) -> QImage:
    """A small picture of ink, as large as it can be within `size`; never larger than life.

    Args:
        ink: What to show; nothing gives an empty sheet.
        size: Of the picture, in device-independent pixels.
        ratio: Display pixels to one of those.
        palette: Gives the sheet, its edge and plain ink their colours.
    """
    width, height = round(size.width() * ratio), round(size.height() * ratio)
    roles = QPalette.ColorRole
    sheet = np.full((height, width, 3), _rgb(palette.color(roles.Base)), np.float32)
    if ink:
        _draw(sheet, ink, ratio, _rgb(palette.color(roles.Text)))
    edge = palette.color(roles.Mid)
    cv2.rectangle(sheet, (0, 0), (width - 1, height - 1), _rgb(edge))
    image = to_image(np.rint(sheet).astype(np.uint8))
    image.setDevicePixelRatio(ratio)
    return image


def _draw(sheet: NDArray[np.float32], ink: Ink, ratio: float, text: _Rgb) -> None:
    """Draws ink on a sheet, float32 (H, W, 3) of 0 to 255: the strokes of one look at once, as
    stroke by stroke takes longer than a frame."""
    height, width, _ = sheet.shape
    strokes = ink.strokes[:: math.ceil(len(ink.strokes) / _MOST_STROKES)]
    # not of the ink's box, which is made of the boxes of its strokes, one by one
    points = np.concatenate([stroke.xy for stroke in strokes])
    least, most = points.min(axis=0).astype(np.float64), points.max(axis=0).astype(np.float64)
    room = np.array([width, height]) - 2 * _MARGIN * ratio
    scale = min(ratio, *(room / np.maximum(most - least, 1.0)))
    place = _Place((least + most) / 2, scale, np.array([width - 1, height - 1]) / 2)
    every = math.ceil(len(points) / _MOST_POINTS)
    looks: dict[_Look, list[Stroke]] = {}
    for stroke in strokes:
        looks.setdefault(_look(stroke, scale, ratio, text), []).append(stroke)
    for look in sorted(looks, key=lambda look: look.is_pen):
        cover = np.zeros((height, width), np.uint8)
        lines = _lines(looks[look], place, every)
        cv2.polylines(cover, lines, False, 255, look.width, cv2.LINE_AA, _SHIFT)
        share = cover[..., None].astype(np.float32) * (look.opacity / 255)
        sheet += share * (np.array(look.colour, np.float32) - sheet)


def _lines(strokes: Sequence[Stroke], place: _Place, every: int) -> list[NDArray[np.int32]]:
    """The strokes as lines in OpenCV's coordinates, through every so many of their points and the
    last."""
    thinned = [np.concatenate([stroke.xy[:-1:every], stroke.xy[-1:]]) for stroke in strokes]
    ends = np.cumsum([len(xy) for xy in thinned])
    placed = (np.concatenate(thinned) - place.centre) * place.scale + place.middle
    fixed = np.rint(placed * (1 << _SHIFT)).astype(np.int32)
    return [_visible(line) for line in np.split(fixed, ends[:-1])]


def _visible(line: NDArray[np.int32]) -> NDArray[np.int32]:
    """`line`, a pixel long if it is a dot: OpenCV draws nothing for a line that goes nowhere."""
    if len(line) > 1 and (line != line[0]).any():
        return line
    half = np.array([1 << _SHIFT >> 1, 0], np.int32)
    return np.stack([line[0] - half, line[0] + half])


def _look(stroke: Stroke, scale: float, ratio: float, text: _Rgb) -> _Look:
    style = stroke.style
    is_pen = style.kind is StrokeKind.PEN
    own = style.colour if is_pen else style.colour or MARKER_COLOUR
    nominal = PEN_WIDTH if is_pen else MARKER_WIDTH
    width = max(nominal * style.width * scale, _LEAST_PEN * ratio)
    return _Look(
        is_pen,
        text if own is None else (own.red, own.green, own.blue),
        max(1, round(width - _BLEED)),
        1.0 if is_pen else MARKER_OPACITY,
    )


def _rgb(colour: QColor) -> _Rgb:
    return colour.red(), colour.green(), colour.blue()
