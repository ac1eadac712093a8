"""The track of a character: how the pen went, which its picture no longer shows.

Direction and order of the strokes tell apart what looks alike (a u from a v, a 5 from an s). The
strokes are resampled at even steps along their way, so that speed and device leave no trace; each
point has its place and, as in the best online recognisers, the direction of the next step (Bai and
Huo 2005; Zhang, Bengio and Liu 2017 feed both to a network).
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

import numpy as np

from core.ink import Ink

if TYPE_CHECKING:
    from numpy.typing import NDArray

TRACK_POINTS = 64
"""Points of a track."""

TRACK_CHANNELS = 9
"""Numbers a point: x, y, direction with the pen down (2) and up (2), whether the pen stays down,
length of the step, and 1."""

MOST_STROKES = TRACK_POINTS // 4
"""Strokes of a track; a character has five at most, and what comes after these is left out."""

_STEP_SCALE = 4.0
"""Brings steps, some 1 / 16 of the character's size, to the order of 1."""


def make_track(ink: Ink) -> NDArray[np.float32]:
    """float32 (TRACK_POINTS, TRACK_CHANNELS): the track of one character.

    Places are from -1 to 1 along the longer side, centred by the box of the ink; a direction is a
    unit vector, or 0 where its kind of step is not taken. The last channel is 1 throughout, so that
    a track of zeros says that there is none.

    Args:
        ink: At least one stroke, all of one character.

    Raises:
        ValueError: `ink` has no strokes.
    """
    if not ink:
        raise ValueError("a track needs ink")
    strokes = [stroke.xy for stroke in ink.strokes[:MOST_STROKES]]
    xy, down = _resampled(strokes)
    low, high = xy.min(axis=0), xy.max(axis=0)
    extent = max(float((high - low).max()), 1e-3)
    xy = (xy - (low + high) / 2) / (extent / 2)
    steps = np.diff(xy, axis=0, append=xy[-1:])
    lengths = np.hypot(steps[:, 0], steps[:, 1])
    directions = steps / np.maximum(lengths, 1e-4)[:, None]
    track = np.empty((TRACK_POINTS, TRACK_CHANNELS), np.float32)
    track[:, 0:2] = xy
    track[:, 2:4] = directions * down[:, None]
    track[:, 4:6] = directions * (1 - down)[:, None]
    track[:, 6] = down
    track[:, 7] = lengths * _STEP_SCALE
    track[:, 8] = 1
    return track


def way_along(places: NDArray[np.float32]) -> NDArray[np.float64]:
    """float64 (N,): how far along the stroke each place is."""
    steps = np.diff(places.astype(np.float64), axis=0)
    return np.concatenate([[0.0], np.hypot(steps[:, 0], steps[:, 1]).cumsum()])


def _resampled(
    strokes: Sequence[NDArray[np.float32]],
) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """TRACK_POINTS places (N, 2) along the strokes, and whether the pen is down (N,), 1 or 0,
    from each to the next. A stroke has at least two, and more in proportion to its length."""
    ways = [way_along(places) for places in strokes]
    lengths = np.array([max(way[-1], 1e-6) for way in ways])
    spare = TRACK_POINTS - 2 * len(strokes)
    ends = np.floor(lengths.cumsum() / lengths.sum() * spare + 1e-6)
    counts = np.diff(ends, prepend=0).astype(int) + 2
    xy, down = np.empty((TRACK_POINTS, 2)), np.ones(TRACK_POINTS)
    start = 0
    for places, way, count in zip(strokes, ways, counts, strict=True):
        at = np.linspace(0, way[-1], count)
        for axis in (0, 1):
            xy[start : start + count, axis] = np.interp(at, way, places[:, axis])
        start += count
        down[start - 1] = 0
    return xy, down
