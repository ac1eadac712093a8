"""Which ink a gesture means: what a lasso holds, what an eraser passes over, and moving ink."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np

from core.box import Box
from core.ink import WIDEST_STYLE, Stroke

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Values = NDArray[np.float64]

_LEAST_WIDTH = 0.05
"""Least width factor of ink that is made smaller: a third of a pixel can still be seen."""

_LEAST_PIECE = 0.05
"""Length of the shortest piece that the area eraser leaves, in pixels: less is rounding."""


@dataclass(frozen=True, slots=True)
class Sweep:
    """A round eraser that went straight from one place to another; all in ink pixels."""

    x0: float
    y0: float
    x1: float
    y1: float
    radius: float

    @property
    def box(self) -> Box:
        """The box of all that it passed over."""
        left, top = min(self.x0, self.x1), min(self.y0, self.y1)
        width, height = abs(self.x1 - self.x0), abs(self.y1 - self.y0)
        return Box(left, top, width, height).grown(self.radius)


@dataclass(frozen=True, slots=True)
class Placement:
    """Ink scaled, then moved: x becomes x * scale_x + shift_x, and y likewise.

    Attributes:
        scale_x, scale_y: Above 0.
        shift_x, shift_y: Pixels.
    """

    scale_x: float = 1.0
    scale_y: float = 1.0
    shift_x: float = 0.0
    shift_y: float = 0.0

    def __post_init__(self) -> None:
        values = (self.scale_x, self.scale_y, self.shift_x, self.shift_y)
        if not all(map(math.isfinite, values)) or min(values[:2]) <= 0:
            raise ValueError("ink cannot be placed so")

    @staticmethod
    def between(old: Box, new: Box) -> Placement:
        """What brings one box onto another; a side without length keeps its scale."""
        scale_x = new.width / old.width if old.width and new.width else 1.0
        scale_y = new.height / old.height if old.height and new.height else 1.0
        return Placement(scale_x, scale_y, new.x - old.x * scale_x, new.y - old.y * scale_y)

    def box(self, box: Box) -> Box:
        """Where a box comes to be."""
        x, y = box.x * self.scale_x + self.shift_x, box.y * self.scale_y + self.shift_y
        return Box(x, y, box.width * self.scale_x, box.height * self.scale_y)

    def stroke(self, stroke: Stroke) -> Stroke:
        """A stroke as it comes to be; its width grows as its size does, on the mean of x and y."""
        factors = np.array([self.scale_x, self.scale_y, 1, 1], np.float32)
        shift = np.array([self.shift_x, self.shift_y, 0, 0], np.float32)
        width = stroke.style.width * math.sqrt(self.scale_x * self.scale_y)
        style = replace(stroke.style, width=min(max(width, _LEAST_WIDTH), WIDEST_STYLE))
        return Stroke(stroke.points * factors + shift, style)


def lassoed(strokes: Sequence[Stroke], outline: NDArray[np.float32]) -> tuple[int, ...]:
    """The indices of the strokes that lie within a lasso with more than half of their points.

    Args:
        strokes: In ink pixels.
        outline: float32 (M, 2), the way of the lasso; its ends are joined.
    """
    if len(outline) < 3 or not strokes:  # noqa: PLR2004  # two places hold nothing
        return ()
    counts = [len(stroke.points) for stroke in strokes]
    inside = _within(np.concatenate([stroke.xy for stroke in strokes]), outline)
    starts = np.cumsum([0, *counts[:-1]])
    shares = np.add.reduceat(inside.astype(np.float64), starts) / counts
    return tuple(np.flatnonzero(shares > 0.5).tolist())  # noqa: PLR2004  # more than half


def touched(stroke: Stroke, sweep: Sweep) -> bool:
    """Whether an eraser passed over the line of a stroke."""
    return bool(_erased(stroke.xy, sweep)[2].any())


def without_swept(stroke: Stroke, sweep: Sweep) -> tuple[Stroke, ...]:
    """What the area eraser leaves of a stroke: its pieces in order, with the pressure and time that
    they had; the stroke itself where the eraser did not pass over it."""
    first, last, hit = _erased(stroke.xy, sweep)
    if not hit.any():
        return (stroke,)
    if len(stroke.points) == 1:
        return ()
    segments = np.flatnonzero(hit)
    gone = list(zip((segments + first[hit]).tolist(), (segments + last[hit]).tolist(), strict=True))
    pieces = (_piece(stroke, start, end) for start, end in _left(gone, len(stroke.points) - 1.0))
    return tuple(piece for piece in pieces if _length(piece) >= _LEAST_PIECE)


def _within(places: NDArray[np.float32], outline: NDArray[np.float32]) -> NDArray[np.bool_]:
    """Which of `places` (N, 2) the closed way through `outline` goes around, either way."""
    order = np.argsort(places[:, 1], kind="stable")
    x, y = places[order, 0].astype(np.float64), places[order, 1].astype(np.float64)
    rounds = np.zeros(len(places), np.int64)
    starts = outline.astype(np.float64)
    ends = np.roll(starts, -1, axis=0)
    for (x0, y0), (x1, y1) in zip(starts.tolist(), ends.tolist(), strict=True):
        if y0 == y1:
            continue
        low, high = np.searchsorted(y, [min(y0, y1), max(y0, y1)])
        crossing = x0 + (y[low:high] - y0) * ((x1 - x0) / (y1 - y0))
        rounds[low:high] += np.where(x[low:high] < crossing, 1 if y1 > y0 else -1, 0)
    inside = np.empty(len(places), np.bool_)
    inside[order] = rounds != 0
    return inside


def _erased(xy: NDArray[np.float32], sweep: Sweep) -> tuple[Values, Values, NDArray[np.bool_]]:
    """From where to where on each segment of a line the eraser passed over it, as shares 0 to 1,
    and whether it did; a line of one point is one segment.

    What a sweep covers is convex, so that it is one part of a straight segment: from the first to
    the last place that is in either end's disc or in the strip between.
    """
    places = xy.astype(np.float64)
    start = places[: max(len(places) - 1, 1)]
    step = np.diff(places, axis=0) if len(places) > 1 else np.zeros((1, 2))
    parts = [
        _in_disc(start, step, sweep.x0, sweep.y0, sweep.radius),
        _in_disc(start, step, sweep.x1, sweep.y1, sweep.radius),
        _in_strip(start, step, sweep),
    ]
    # an empty part has its start at infinity and its end at minus infinity
    first = np.maximum(np.min([part[0] for part in parts], axis=0), 0.0)
    last = np.minimum(np.max([part[1] for part in parts], axis=0), 1.0)
    return first, last, first <= last


def _in_disc(
    start: Values, step: Values, x: float, y: float, radius: float
) -> tuple[Values, Values]:
    """Where start + t * step is within a disc: the first and last t."""
    away = start - [x, y]
    squared = np.maximum((step**2).sum(axis=1), 1e-12)
    along = (away * step).sum(axis=1)
    root = along**2 - squared * ((away**2).sum(axis=1) - radius**2)
    half = np.sqrt(np.maximum(root, 0))
    hit = root >= 0
    return (
        np.where(hit, (-along - half) / squared, np.inf),
        np.where(hit, (-along + half) / squared, -np.inf),
    )


def _in_strip(start: Values, step: Values, sweep: Sweep) -> tuple[Values, Values]:
    """Where start + t * step is within the rectangle between the ends of a sweep."""
    length = math.hypot(sweep.x1 - sweep.x0, sweep.y1 - sweep.y0)
    if length == 0:
        return np.full(len(start), np.inf), np.full(len(start), -np.inf)
    along = np.array([sweep.x1 - sweep.x0, sweep.y1 - sweep.y0]) / length
    across = np.array([-along[1], along[0]])
    away = start - [sweep.x0, sweep.y0]
    first_u, last_u = _between(away @ along, step @ along, 0.0, length)
    first_v, last_v = _between(away @ across, step @ across, -sweep.radius, sweep.radius)
    first, last = np.maximum(first_u, first_v), np.minimum(last_u, last_v)
    hit = first <= last
    return np.where(hit, first, np.inf), np.where(hit, last, -np.inf)


def _between(at: Values, step: Values, low: float, high: float) -> tuple[Values, Values]:
    """Where low <= at + t * step <= high: the first and last t."""
    still = np.abs(step) < 1e-12  # noqa: PLR2004  # less is rounding
    safe = np.where(still, 1.0, step)
    ends = np.sort([(low - at) / safe, (high - at) / safe], axis=0)
    inside = (low <= at) & (at <= high)
    return (
        np.where(still, np.where(inside, -np.inf, np.inf), ends[0]),
        np.where(still, np.where(inside, np.inf, -np.inf), ends[1]),
    )


def _left(gone: list[tuple[float, float]], end: float) -> list[tuple[float, float]]:
    """What is left of 0 to `end` without the stretches `gone`, which are in rising order."""
    kept, at = [], 0.0
    for first, last in gone:
        if first > at:
            kept.append((at, first))
        at = last
    if at < end:
        kept.append((at, end))
    return kept


def _piece(stroke: Stroke, start: float, end: float) -> Stroke:
    """The stroke from one place along it to another, both in points from its first."""
    whole = np.arange(math.floor(start) + 1, math.ceil(end))
    at = np.concatenate([[start], whole, [end]])
    numbers = np.arange(len(stroke.points))
    columns = [np.interp(at, numbers, column) for column in stroke.points.T]
    return stroke.with_points(np.stack(columns, axis=1).astype(np.float32))


def _length(stroke: Stroke) -> float:
    return float(np.hypot(*np.diff(stroke.xy, axis=0).T).sum())
