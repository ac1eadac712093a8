"""What the pen did: the source of truth of everything drawn, undone, saved and recognised."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from core.arrays import read_only
from core.box import Box, enclosing

UNKNOWN_PRESSURE = 0.5
"""The pressure of a device that reports none (a mouse); at it, a stroke has its nominal width."""


@dataclass(frozen=True, eq=False)
class Stroke:
    """One pen-down to pen-up movement.

    Attributes:
        points: float32 (N, 4) with N >= 1, read-only. Columns: x and y in pixels (x to the right,
            y DOWN), pressure 0 to 1 (`UNKNOWN_PRESSURE` where the device reports none), time in
            seconds from any zero.
    """

    points: NDArray[np.float32]

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


def touched_strokes(ink: Ink, x: float, y: float, *, radius: float) -> tuple[int, ...]:
    """The indices of the strokes whose line passes within `radius` of a place, all in pixels."""
    place = np.array([x, y], np.float32)
    return tuple(
        index
        for index, stroke in enumerate(ink.strokes)
        if stroke.box.grown(radius).contains(x, y) and _distance_to_line(place, stroke.xy) <= radius
    )


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
    return Ink(tuple(Stroke(stroke.points * factors + shift) for stroke in ink.strokes))


def _within(box: Box, width: float, height: float) -> bool:
    return box.x >= 0 and box.y >= 0 and box.right <= width and box.bottom <= height


def _distance_to_line(place: NDArray[np.float32], xy: NDArray[np.float32]) -> float:
    """The distance from `place` (2,) to the polyline through `xy` (N, 2)."""
    if len(xy) == 1:
        return float(np.hypot(*(xy[0] - place)))
    start, along = xy[:-1], np.diff(xy, axis=0)
    squared = np.maximum((along**2).sum(axis=1), 1e-12)
    share = np.clip(((place - start) * along).sum(axis=1) / squared, 0, 1)
    nearest = start + along * share[:, None]
    return float(np.hypot(*(nearest - place).T).min())
