"""What the pen did: the source of truth of everything drawn, undone, saved and recognised."""

from __future__ import annotations

import math
from dataclasses import dataclass, replace
from enum import Enum
from functools import cached_property
from typing import TYPE_CHECKING

import numpy as np

from core.arrays import read_only
from core.box import Box, enclosing

if TYPE_CHECKING:
    from numpy.typing import NDArray

UNKNOWN_PRESSURE = 0.5
"""The pressure of a device that reports none (a mouse); at it, a stroke has its nominal width."""


WIDEST_STYLE = 20.0
"""Largest width factor of a style: what ink that is scaled up, again and again, comes to."""


class StrokeKind(Enum):
    """What a stroke is drawn with."""

    PEN = "pen"
    MARKER = "marker"


@dataclass(frozen=True, slots=True)
class Colour:
    """A colour of sRGB, each part 0 to 255."""

    red: int
    green: int
    blue: int

    def __post_init__(self) -> None:
        if not all(part in range(256) for part in (self.red, self.green, self.blue)):
            raise ValueError("the parts of a colour are within 0 to 255")


@dataclass(frozen=True, slots=True)
class StrokeStyle:
    """How a stroke looks; recognition does not look at it.

    Attributes:
        kind: Pen or marker.
        colour: None for the one that text has where the ink is shown.
        width: Over the nominal width of the kind, above 0 and at most WIDEST_STYLE.
    """

    kind: StrokeKind = StrokeKind.PEN
    colour: Colour | None = None
    width: float = 1.0

    def __post_init__(self) -> None:
        if not (math.isfinite(self.width) and 0 < self.width <= WIDEST_STYLE):
            raise ValueError(f"a width factor is above 0 and at most {WIDEST_STYLE:g}")


PLAIN = StrokeStyle()
"""A pen of nominal width in the colour of text."""


@dataclass(frozen=True, eq=False)
class Stroke:
    """One pen-down to pen-up movement.

    Attributes:
        points: float32 (N, 4) with N >= 1, read-only. Columns: x and y in pixels (x to the right,
            y DOWN), pressure 0 to 1 (`UNKNOWN_PRESSURE` where the device reports none), time in
            seconds from any zero.
        style: How it looks.
    """

    points: NDArray[np.float32]
    style: StrokeStyle = PLAIN

    def __post_init__(self) -> None:
        points = read_only(self.points, name="points", dtype=np.float32, shape=(None, 4))
        if len(points) == 0:
            raise ValueError("a stroke needs at least one point")
        if not np.isfinite(points).all():
            raise ValueError("points must be finite")
        pressure = points[:, 2]
        if pressure.min() < 0 or pressure.max() > 1:
            raise ValueError("pressure must be within 0 to 1")
        object.__setattr__(self, "points", points)

    @property
    def xy(self) -> NDArray[np.float32]:
        """float32 (N, 2): the places alone."""
        return self.points[:, :2]

    @cached_property
    def box(self) -> Box:
        """The box of the points, without the width of the pen."""
        left, top = self.xy.min(axis=0).tolist()
        right, bottom = self.xy.max(axis=0).tolist()
        return Box(left, top, right - left, bottom - top)

    def with_points(self, points: NDArray[np.float32]) -> Stroke:
        """A stroke of the same style through other points."""
        return replace(self, points=points)

    @staticmethod
    def through(xy: NDArray[np.float32], *, pressure: float = UNKNOWN_PRESSURE) -> Stroke:
        """A stroke through places without pressure or time.

        Args:
            xy: float32 (N, 2), pixels.
            pressure: One value for all points.
        """
        points = np.zeros((len(xy), 4), np.float32)
        points[:, :2] = xy
        points[:, 2] = pressure
        return Stroke(points)


@dataclass(frozen=True, eq=False)
class Ink:
    """Strokes in the order they were drawn; possibly none."""

    strokes: tuple[Stroke, ...] = ()

    def __bool__(self) -> bool:
        return bool(self.strokes)

    @cached_property
    def box(self) -> Box:
        """The box of all points, without the width of the pen.

        Raises:
            ValueError: There are no strokes.
        """
        return enclosing(stroke.box for stroke in self.strokes)

    def extended(self, stroke: Stroke) -> Ink:
        """This ink with `stroke` on top."""
        return Ink((*self.strokes, stroke))


def fitted(ink: Ink, *, width: float, height: float, margin: float) -> Ink:
    """`ink` as it is when it lies within a pad of `width` x `height` pixels, else moved and, where
    it must be, reduced so that it lies within the pad's margins; proportions stay."""
    if not ink or _within(ink.box, width, height):
        return ink
    box = ink.box
    room_x, room_y = max(width - 2 * margin, 1.0), max(height - 2 * margin, 1.0)
    scale = min(1.0, room_x / max(box.width, 1.0), room_y / max(box.height, 1.0))
    left = (width - box.width * scale) / 2 - box.x * scale
    top = (height - box.height * scale) / 2 - box.y * scale
    factors = np.array([scale, scale, 1, 1], np.float32)
    shift = np.array([left, top, 0, 0], np.float32)
    return Ink(tuple(stroke.with_points(stroke.points * factors + shift) for stroke in ink.strokes))


def _within(box: Box, width: float, height: float) -> bool:
    return box.x >= 0 and box.y >= 0 and box.right <= width and box.bottom <= height
