"""Strokes → smooth outlines: the curve that is seen, the same while it grows and when it stands.

A stroke's points become knots (places that differ). The curve runs from the middle between two
knots to the middle between the next two, bent towards the knot between them (a quadratic Bézier
curve, in x, y and half width alike); it begins at the first knot and ends at the last one, under
the tip of the pen. A new knot changes nothing but the last pieces, so that a curve that grows is
drawn anew only at its end. What is filled with the rule "non-zero" is one even area, without
seams, and without darker places where a stroke crosses itself.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from core.ink import Colour, Stroke, StrokeKind, StrokeStyle
from core.pen_width import PEN_WIDTH, WIDEST, width_factor

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Points = NDArray[np.float64]

MARKER_WIDTH = 20.0
"""Nominal width of the pad's marker, in pixels: the x-height of writing is covered."""

MARKER_COLOUR = Colour(255, 200, 0)
"""What a marker without a colour of its own marks with."""

MARKER_OPACITY = 0.4
"""Of a marker: the ink and the guide lines under it stay easy to read, on light and dark."""

CHUNK = 16
"""Pieces of a curve that are one outline; only the outline at the end changes with a new point."""

SETTLING = 2
"""Pieces at the end of a curve that a new point may still change."""

LEAST_STEP = 0.1
"""Points nearer than this to the knot before them, in pixels, make no knot of their own: their
direction is noise, and even at the largest zoom the difference is less than a pixel."""

_FLATNESS = 0.02
"""How far a curve's line may run beside the curve, in pixels: unseen at the largest zoom too."""

_NO_STEP = 1e-6
"""Samples nearer than this, in pixels, are one place."""

_CORNER = math.cos(math.radians(60.0))
_CORNER_REACH = 6.0
"""Where the pen turns by more than 60 degrees, the curve leaves the straight line at most so many
pixels before the corner: a letter of few points, as some files have, keeps its corners."""

_MOST_STEPS = 64
"""Straight steps that a piece is drawn with, at most."""

_SMOOTH_TURN = math.radians(15.0)
"""Turns up to this are drawn with one corner on each side; that lies 1 % of the half width off."""


@dataclass(frozen=True, slots=True)
class Chunk:
    """The pieces `first` to before `last` of a curve through knots."""

    first: int
    last: int


def chunks(count: int) -> list[Chunk]:
    """How the curve through `count` knots is cut into outlines; all but the last are settled."""
    if count < 2:  # noqa: PLR2004  # a dot has no pieces
        return [Chunk(0, count)]
    settled = max(count - SETTLING, 0) // CHUNK
    return [Chunk(i * CHUNK, (i + 1) * CHUNK) for i in range(settled)] + [
        Chunk(settled * CHUNK, count)
    ]


def knots_of(points: NDArray[np.float32], style: StrokeStyle) -> Points:
    """Knots before any is merged: float64 (N, 3), x, y and half width, of points (N, 4)."""
    rows = np.empty((len(points), 3), np.float64)
    rows[:, :2] = points[:, :2]
    rows[:, 2] = half_widths(points[:, 2], style)
    return rows


def half_widths(pressure: NDArray[np.float32], style: StrokeStyle) -> NDArray[np.float32]:
    """Half the width of a stroke at each of its points, in pixels. A marker's does not vary."""
    if style.kind is StrokeKind.MARKER:
        return np.full(len(pressure), MARKER_WIDTH * style.width / 2, np.float32)
    return width_factor(pressure) * np.float32(PEN_WIDTH * style.width / 2)


def reach(style: StrokeStyle) -> float:
    """How far from its points a stroke of this style may be seen, in pixels."""
    if style.kind is StrokeKind.MARKER:
        return MARKER_WIDTH * style.width / 2
    return PEN_WIDTH * WIDEST * style.width / 2


def merge(knots: list[list[float]], rows: Points) -> None:
    """Puts `rows` (N, 3) at the end of `knots`; one that is no step on widens the last knot."""
    for x, y, half in rows.tolist():
        if knots:
            last = knots[-1]
            if (x - last[0]) ** 2 + (y - last[1]) ** 2 < LEAST_STEP**2:
                last[2] = max(last[2], half)
                continue
        knots.append([x, y, half])


def chunk_outline(knots: list[list[float]], chunk: Chunk) -> Points:
    """The closed outline of a chunk, float64 (K, 2), to be filled with the rule "non-zero".

    Outlines of neighbouring chunks share their edge, so that they are seamless when they are
    filled at once.
    """
    if len(knots) == 1:
        x, y, half = knots[0]
        return np.array(_arc((x, y), (half, 0.0), 2 * math.pi))
    # a knot more on either side, where there is one, as the pieces end half way to it
    low, high = max(chunk.first - 1, 0), min(chunk.last + 1, len(knots))
    near = np.array(knots[low:high], np.float64)
    samples = _samples(near, starts=chunk.first == 0, ends=chunk.last == len(knots))
    start = None if chunk.first == 0 else near[1] - near[0]
    end = None if chunk.last == len(knots) else near[-1] - near[-2]
    return _outline(samples, start, end)


def stroke_outlines(stroke: Stroke) -> list[Points]:
    """The outlines of a whole stroke, each float64 (K, 2): filled at once, they are what is seen
    on the pad."""
    knots: list[list[float]] = []
    merge(knots, knots_of(stroke.points, stroke.style))
    return [chunk_outline(knots, chunk) for chunk in chunks(len(knots))]


# --- knots → a line of samples ---


def _samples(near: Points, *, starts: bool, ends: bool) -> Points:
    """Places and half widths (M, 3) along the pieces that belong to the inner knots of `near`,
    and to its outermost ones where the stroke starts or ends there."""
    middles = (near[:-1] + near[1:]) / 2
    parts = [near[:1] if starts else near[:0], middles[:1]]
    if len(middles) > 1:
        parts.append(_bends(near, middles))
    parts.append(near[-1:] if ends else near[:0])
    samples = np.concatenate(parts)
    moves = (np.diff(samples[:, :2], axis=0) ** 2).sum(axis=1) > _NO_STEP**2
    kept: Points = samples[np.concatenate([[True], moves])]
    return kept


def _bends(near: Points, middles: Points) -> Points:
    """Samples from the first of `middles` (N, 3) to the last, bent towards the knots between."""
    steps = np.diff(near, axis=0)
    lengths = np.maximum(np.sqrt((steps[:, :2] ** 2).sum(axis=1)), _NO_STEP)
    along = steps[:, :2] / lengths[:, None]
    corner = (along[:-1] * along[1:]).sum(axis=1) < _CORNER
    limit = np.where(corner, _CORNER_REACH, np.inf)[:, None]
    bend = near[1:-1]
    start = bend - steps[:-1] * np.minimum(0.5, limit / lengths[:-1, None])
    end = bend + steps[1:] * np.minimum(0.5, limit / lengths[1:, None])
    return _flattened(start, bend, end, middles[1:])


def _flattened(start: Points, bend: Points, end: Points, onward: Points) -> Points:
    """Samples along quadratic curves, each (N, 3), and on from the end of each to `onward`."""
    bow = np.abs(start - 2 * bend + end).max(axis=1)
    steps = np.clip(np.ceil(np.sqrt(bow / (4 * _FLATNESS))), 1, _MOST_STEPS).astype(np.intp)
    counts = steps + 2
    piece = np.repeat(np.arange(len(steps)), counts)
    step = np.arange(len(piece)) - np.repeat(np.cumsum(counts) - counts, counts)
    t = (step / steps[piece])[:, None]
    flat: Points = (1 - t) ** 2 * start[piece] + 2 * t * (1 - t) * bend[piece] + t**2 * end[piece]
    flat[np.cumsum(counts) - 1] = onward
    return flat


# --- a line of samples → its outline ---


def _outline(samples: Points, start: Points | None, end: Points | None) -> Points:
    """The outline of a line of round pieces.

    It is the border of the sum of a strip for each step and a wedge for each turn, all of the same
    sense: on the inner side of a sharp turn it runs through the sample itself, and so no part of
    it cancels another.

    Args:
        samples: (M, 3), x, y and half width, no two neighbours at one place.
        start: The direction that the line comes from, (2,) or more; None: it has a round cap.
        end: The direction that it goes on to, likewise.
    """
    places, halves = samples[:, :2], samples[:, 2]
    steps = np.diff(places, axis=0)
    lengths = np.sqrt((steps**2).sum(axis=1))
    along = steps / lengths[:, None]
    first = along[:1] if start is None else _unit(start[None, :2])
    last = along[-1:] if end is None else _unit(end[None, :2])
    before, after = np.concatenate([first, along]), np.concatenate([along, last])
    turns = np.arctan2(
        before[:, 0] * after[:, 1] - before[:, 1] * after[:, 0], (before * after).sum(axis=1)
    )
    middle = before + after
    # outlines of neighbouring chunks meet in the very same edge
    middle[0], middle[-1] = first[0], last[0]
    room = np.concatenate([[np.inf], lengths, [np.inf]])
    sharp = np.abs(turns) > _SMOOTH_TURN
    sharp |= halves * np.abs(turns) > np.minimum(room[:-1], room[1:])
    joints = _Joints(places, halves, before, after, middle, turns, np.flatnonzero(sharp))
    left, right = _side(joints, 1.0), _side(joints, -1.0)
    caps = [
        left,
        _cap(samples[-1], last[0]) if end is None else left[:0],
        right[::-1],
        _cap(samples[0], -first[0]) if start is None else left[:0],
    ]
    return np.concatenate(caps)


@dataclass(frozen=True, eq=False)
class _Joints:
    """Where the steps of a line meet: (M, 2) places, (M,) half widths, (M, 2) directions before,
    after and between, (M,) turns in radians, and the indices of the sharp ones."""

    places: Points
    halves: NDArray[np.float64]
    before: Points
    after: Points
    middle: Points
    turns: NDArray[np.float64]
    sharp: NDArray[np.intp]


def _side(joints: _Joints, side: float) -> Points:
    """The corners on one side of a line, in its direction; `side` is 1 or -1."""
    offsets = _across(_unit(joints.middle)) * (side * joints.halves[:, None])
    smooth = joints.places + offsets
    if not len(joints.sharp):
        return smooth
    # plain numbers: there are few places a corner, for which arrays are slow
    corners: list[list[float]] = smooth.tolist()
    for index in joints.sharp.tolist()[::-1]:
        corners[index : index + 1] = _sharp_corner(joints, index, side)
    return np.array(corners)


def _sharp_corner(joints: _Joints, index: int, side: float) -> list[list[float]]:
    """Around the outside of a turn, or through its middle on the inside."""
    x, y = joints.places[index].tolist()
    across = side * joints.halves[index].item()
    turn = joints.turns[index].item()
    along_x, along_y = joints.before[index].tolist()
    out = (-along_y * across, along_x * across)
    if side * turn < 0:
        return _arc((x, y), out, turn)
    along_x, along_y = joints.after[index].tolist()
    return [[x + out[0], y + out[1]], [x, y], [x - along_y * across, y + along_x * across]]


def _cap(sample: Points, along: Points) -> Points:
    """The half circle around the end of a line, from its left to its right."""
    x, y, half = sample.tolist()
    along_x, along_y = along.tolist()
    return np.array(_arc((x, y), (-along_y * half, along_x * half), -math.pi))


def _arc(centre: tuple[float, float], spoke: tuple[float, float], turn: float) -> list[list[float]]:
    """Places around `centre`, from the end of `spoke` on, as far as `turn` (radians)."""
    (x, y), (dx, dy) = centre, spoke
    widest = 2 * math.acos(1 - _FLATNESS / max(math.hypot(dx, dy), _FLATNESS))
    steps = max(math.ceil(abs(turn) / widest), 1)
    angles = [turn * step / steps for step in range(steps + 1)]
    return [
        [x + dx * cos - dy * sin, y + dx * sin + dy * cos]
        for cos, sin in ((math.cos(angle), math.sin(angle)) for angle in angles)
    ]


def _across(along: Points) -> Points:
    """Directions (N, 2) turned to their left side."""
    return np.stack([-along[:, 1], along[:, 0]], axis=1)


def _unit(vectors: Points) -> Points:
    lengths = np.sqrt((vectors**2).sum(axis=1, keepdims=True))
    # opposite directions have no middle; the joint is sharp then, and this is not looked at
    units: Points = vectors / np.maximum(lengths, 1e-300)
    return units
