"""Where a sheet of paper lies in a photo: four straight sides, brighter than what it lies on."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import cv2
import numpy as np
from numpy.typing import NDArray

from core.arrays import read_only
from core.cleaning.sizing import reduced, to_grey

SEEN_SIDE = 480
"""Longer side of the reduced picture in which a sheet is looked for, in pixels."""

WRITING = 9
"""Side of the window that closes writing on the reduced picture, in its pixels: strokes are 1 or 2
wide there."""

LEVELS = 14
"""How many greys between dark and bright are tried as the border between table and sheet."""

LEAST_SHARE = 0.2
"""Least share of the picture that a sheet covers."""

LEAST_FILL = 0.88
"""Least share of its four-sided outline that what is bright fills."""

LEAST_SIDE = 0.15
"""Shortest side of a sheet, as a share of the picture's longer side."""

FRAME = 4.0
"""A side nearer to the picture's frame than so many reduced pixels is that of the picture, not of
the sheet: it shows nothing of where the sheet ends."""

SAMPLES = 64
"""Places along a side at which it is looked at."""

BESIDE = 4
"""How many reduced pixels on each side of a border are compared."""

SEARCH = 6
"""How far from its first guess a side is looked for, in reduced pixels."""

LEAST_STEP = 1.13
"""How many times brighter the sheet is than what it lies on, at a place of its side, at least.
White paper on a light grey table comes to 1.2."""

PLAIN_STEP = 2.0
"""A step as high as this is as plain as can be."""

LEAST_SEEN = 0.7
"""Share of the places along a side that show the step, at least: a hand may hold the sheet."""

LEAST_ANGLE, MOST_ANGLE = 45.0, 135.0
"""Angles of a sheet's corners in a photo, in degrees."""

DARK_LEVEL = 12.0
"""Grey that is added to both sides of a step before they are compared, so that a camera's noise in
the dark is no step."""

_SIDES = 4


@dataclass(frozen=True, eq=False)
class Sheet:
    """A sheet of paper in a picture.

    Attributes:
        corners: float64 (4, 2), read-only: x and y in picture pixels, from the one that is the top
            left, clockwise.
        whole: Whether all four of its sides are seen. Else the picture's frame stands for those
            that are not: its corners bound what is paper, but do not tell its perspective.
    """

    corners: NDArray[np.float64]
    whole: bool

    def __post_init__(self) -> None:
        corners = read_only(self.corners, name="corners", dtype=np.float64, shape=(_SIDES, 2))
        object.__setattr__(self, "corners", corners)


def find_sheet(pixels: NDArray[np.uint8]) -> Sheet | None:
    """The sheet of paper in a photo; None where none is convincing.

    Args:
        pixels: uint8 (H, W, 3), RGB.
    """
    height, width = pixels.shape[:2]
    if min(height, width) < SEEN_SIDE // 2:
        return None
    small = reduced(pixels, SEEN_SIDE)
    # the least of the colours tells white paper from wood, the luma tells it from what is grey
    views = small.min(axis=2), to_grey(small)
    for view in views:
        seen = cv2.morphologyEx(view, cv2.MORPH_CLOSE, np.ones((WRITING, WRITING), np.uint8))
        sheet = _most_convincing(np.asarray(seen, np.uint8))
        if sheet is not None:
            share = np.array([width / small.shape[1], height / small.shape[0]])
            return Sheet(sheet.corners * share, sheet.whole)
    return None


def _most_convincing(seen: NDArray[np.uint8]) -> Sheet | None:
    """The best of the sheets that may be there, in pixels of `seen`; None where there is none."""
    best, most = None, 0.0
    tried: list[NDArray[np.float64]] = []
    for outline in _outlines(seen):
        if any(np.abs(outline - other).max() < BESIDE for other in tried):
            continue
        tried.append(outline)
        fitted = _fitted(seen, outline)
        if fitted is None:
            continue
        worth = _worth(seen, fitted)
        if worth > most:
            best, most = Sheet(fitted, not _on_frame(fitted, seen.shape).any()), worth
    return best


# --- Outlines that a sheet may have -------------------------------------------------------------


def _outlines(seen: NDArray[np.uint8]) -> list[NDArray[np.float64]]:
    """Four-sided outlines of what is brighter than each of some greys."""
    dark, bright = np.percentile(seen, [2, 98])
    outlines = []
    for level in np.linspace(dark, bright, LEVELS + 2)[1:-1]:
        mask = (seen > level).astype(np.uint8)
        contours, _ = cv2.findContours(mask, cv2.RETR_EXTERNAL, cv2.CHAIN_APPROX_NONE)
        if not contours:
            continue
        largest = max(contours, key=cv2.contourArea)
        area = cv2.contourArea(largest)
        outline = _four_sided(cv2.convexHull(largest))
        if outline is None or area < LEAST_SHARE * seen.size:
            continue
        if area >= LEAST_FILL * cv2.contourArea(outline.astype(np.float32)):
            outlines.append(outline)
    return outlines


def _four_sided(hull: Any) -> NDArray[np.float64] | None:
    """float64 (4, 2): the corners of a hull, in order; None where it has not four."""
    around = cv2.arcLength(hull, closed=True)
    for share in (0.01, 0.015, 0.02, 0.03, 0.045, 0.06, 0.08):
        corners = cv2.approxPolyDP(hull, share * around, closed=True)
        if len(corners) == _SIDES:
            return _ordered(np.asarray(corners, np.float64).reshape(_SIDES, 2))
        if len(corners) < _SIDES:
            return None
    return None


def _ordered(corners: NDArray[np.float64]) -> NDArray[np.float64]:
    """The corners clockwise, as one sees them, from the top left."""
    around = corners - corners.mean(axis=0)
    clockwise = corners[np.argsort(np.arctan2(around[:, 1], around[:, 0]))]
    return np.roll(clockwise, -int(np.argmin(clockwise.sum(axis=1))), axis=0)


# --- Sides where the brightness falls -----------------------------------------------------------


def _fitted(seen: NDArray[np.uint8], outline: NDArray[np.float64]) -> NDArray[np.float64] | None:
    """The corners of `outline` after each side was moved to where the brightness falls."""
    lines = []
    fixed = _on_frame(outline, seen.shape)
    for side in range(_SIDES):
        start, end = outline[side], outline[(side + 1) % _SIDES]
        if fixed[side]:
            places = np.stack([start, end])
        else:
            steps = _steps(seen, start, end)
            offsets = steps.argmax(axis=1) - SEARCH
            along = np.linspace(0, 1, SAMPLES)[:, None]
            places = start + along * (end - start) + offsets[:, None] * _inward(start, end)
            places = places[steps.max(axis=1) >= LEAST_STEP]
            if len(places) < SAMPLES // 3:
                return None
        line = cv2.fitLine(places.astype(np.float32), cv2.DIST_HUBER, 0, 0.01, 0.01)
        lines.append(np.asarray(line, np.float64).ravel())
    crossings = [_crossing(lines[side - 1], lines[side]) for side in range(_SIDES)]
    return None if any(crossing is None for crossing in crossings) else np.array(crossings)


def _worth(seen: NDArray[np.uint8], corners: NDArray[np.float64]) -> float:
    """How convincing a sheet is: 0 for what is none, up to 1."""
    height, width = seen.shape
    sides = np.roll(corners, -1, axis=0) - corners
    lengths = np.hypot(*sides.T)
    turns = np.degrees(np.arctan2(sides[:, 1], sides[:, 0]))
    angles = 180 - (turns - np.roll(turns, 1)) % 360
    if lengths.min() < LEAST_SIDE * max(seen.shape):
        return 0.0
    if angles.min() < LEAST_ANGLE or angles.max() > MOST_ANGLE:
        return 0.0
    if corners.min() < -SEARCH or (corners > [width + SEARCH, height + SEARCH]).any():
        return 0.0
    steps_seen = []
    on_frame = _on_frame(corners, seen.shape)
    for side in range(_SIDES):
        if on_frame[side]:
            steps_seen.append(np.log(LEAST_STEP))
            continue
        steps = _steps(seen, corners[side], corners[(side + 1) % _SIDES])
        most = steps[:, SEARCH - 2 : SEARCH + 3].max(axis=1)
        if (most >= LEAST_STEP).mean() < LEAST_SEEN:
            return 0.0
        steps_seen.append(float(np.log(np.minimum(most, PLAIN_STEP)).mean()))
    if on_frame.all():
        return 0.0
    area = cv2.contourArea(corners.astype(np.float32)) / seen.size
    return float(np.mean(steps_seen) / np.log(PLAIN_STEP) * np.sqrt(area))


def _on_frame(corners: NDArray[np.float64], shape: tuple[int, ...]) -> NDArray[np.bool_]:
    """Bool (4,): which sides run along the frame of a picture of `shape`."""
    height, width = shape[:2]
    others = np.roll(corners, -1, axis=0)
    near = [
        (corners[:, axis] <= FRAME) & (others[:, axis] <= FRAME)
        | (corners[:, axis] >= most - FRAME) & (others[:, axis] >= most - FRAME)
        for axis, most in ((0, width), (1, height))
    ]
    return np.asarray(near[0] | near[1], np.bool_)


def _steps(
    seen: NDArray[np.uint8], start: NDArray[np.float64], end: NDArray[np.float64]
) -> NDArray[np.float64]:
    """float64 (SAMPLES, 2 * SEARCH + 1): how many times brighter it is just inside than just
    outside of a side, at places along it and at offsets to the inside."""
    reach = SEARCH + BESIDE
    along = np.linspace(0, 1, SAMPLES)[:, None, None]
    across = np.arange(-reach, reach + 1)[None, :, None]
    # places are of the pixels' corners, and OpenCV's are of their middles
    places = start + along * (end - start) + across * _inward(start, end) - 0.5
    x, y = np.moveaxis(places.astype(np.float32), -1, 0)
    grey = cv2.remap(seen, x, y, cv2.INTER_LINEAR, borderMode=cv2.BORDER_REPLICATE)
    sums = np.pad(np.cumsum(grey + DARK_LEVEL, axis=1, dtype=np.float64), ((0, 0), (1, 0)))
    means = (sums[:, BESIDE:] - sums[:, :-BESIDE]) / BESIDE
    count = 2 * SEARCH + 1
    return np.asarray(means[:, BESIDE + 1 :][:, :count] / means[:, :count])


def _inward(start: NDArray[np.float64], end: NDArray[np.float64]) -> NDArray[np.float64]:
    """float64 (2,): the unit vector to the inside of a side, the outline going clockwise."""
    x, y = (end - start) / max(float(np.hypot(*(end - start))), 1e-9)
    return np.array([-y, x])


def _crossing(one: NDArray[np.float64], other: NDArray[np.float64]) -> NDArray[np.float64] | None:
    """float64 (2,): where two lines (direction x, y, place x, y) cross; None where they do not."""
    across = np.stack([one[:2], -other[:2]], axis=1)
    if abs(np.linalg.det(across)) < np.sin(np.radians(LEAST_ANGLE)) / 2:
        return None
    along, _ = np.linalg.solve(across, other[2:] - one[2:])
    return np.asarray(one[2:] + along * one[:2])
