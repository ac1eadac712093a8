"""The light on the paper, evened out: lamps, dark corners, and shadows with edges."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import cv2
import numpy as np
from numpy.typing import NDArray

from core.cleaning.sizing import reduced

LIGHT_GRID = 64
"""Longer side, in cells, of the coarse picture that slow changes of light are estimated on."""

LIGHT_WINDOW = 0.5
"""Side of the window whose median is the paper's light, as a share of `LIGHT_GRID`: ink never
covers half of so large a window, however thick the strokes."""

NEAR_SIDE = 800
"""Longer side of the reduced picture that shadows are estimated on, in pixels."""

NEAR_WINDOW = 5.0
"""Side of the window that strokes are closed in, in widths of a stroke: wider than where several
meet, narrower than a finger's shadow."""

LEAST_WINDOW = 9
"""Its least side, in reduced pixels: some two thirds of a letter of an A4 page."""

MOST_WINDOW = 0.12
"""Its most, as a share of the longer side. Strokes that need a larger one cannot be told from
shadows, and the slow changes alone are evened out."""

STROKE_PERCENTILE = 90
"""Which of the widths of all pieces of ink is taken: a headline may be of a broader pen, and
shadows are few."""

LEAST_DARKNESS = 20
"""Least darkness of a stroke against its surroundings, in greys, for its width to count."""

LEAST_PIECES = 24
"""Fewer strokes than this do not outweigh what is dark and broad: they may be parts of it, and it
the ink, not a shadow."""

LEAST_PIECE = 5
"""Least height of a piece of ink that counts as a stroke, in reduced pixels."""

BLACK = 24
"""Grey that is added to paper and ink before they are compared: noise in the dark stays low."""


@dataclass(frozen=True, eq=False)
class Light:
    """The light on the paper.

    Attributes:
        grid: uint8 (h, w): the grey of blank paper at each place of a coarser grid.
        level: Its median: what paper comes to when the light is even.
    """

    grid: NDArray[np.uint8]
    level: int


def even_light(
    grey: NDArray[np.uint8], paper: NDArray[np.uint8] | None = None
) -> NDArray[np.uint8]:
    """uint8 (H, W): `grey` as if the same light fell on all of it.

    Args:
        grey: uint8 (H, W), ink darker than paper.
        paper: uint8 (H, W), 0 where there is no paper; that becomes blank paper.
    """
    height, width = grey.shape
    light = find_light(grey, paper)
    full = cv2.resize(light.grid, (width, height), interpolation=cv2.INTER_LINEAR)
    even = cv2.divide(_lighter(grey, BLACK), _lighter(full, BLACK), scale=light.level + BLACK)
    even = _lighter(even, -BLACK)
    if paper is not None:
        blank = np.zeros(256, np.uint8)
        blank[0] = _typical(even, paper)
        even = cv2.bitwise_or(cv2.bitwise_and(even, paper), cv2.LUT(paper, blank))
    return np.asarray(even, np.uint8)


def _lighter(pixels: Any, by: int) -> NDArray[np.uint8]:
    """uint8 (H, W): `pixels` by so many greys lighter, as far as it goes."""
    levels = np.clip(np.arange(256) + by, 0, 255).astype(np.uint8)
    return np.asarray(cv2.LUT(pixels, levels), np.uint8)


def _typical(even: NDArray[np.uint8], paper: NDArray[np.uint8]) -> int:
    """The median grey of the paper, measured at every so manyth place."""
    step = max(1, max(even.shape) // NEAR_SIDE)
    seen = even[::step, ::step][paper[::step, ::step] > 0]
    return int(np.median(seen)) if seen.size else _WHOLE


def find_light(grey: NDArray[np.uint8], paper: NDArray[np.uint8] | None = None) -> Light:
    """The light on the paper of `grey`; as `even_light`."""
    near = reduced(grey, NEAR_SIDE)
    slow = _slow_light(near)
    if paper is not None:
        beyond = cv2.resize(paper, near.shape[::-1], interpolation=cv2.INTER_NEAREST) == 0
        near = near.copy()
        near[beyond] = 0
        slow[beyond] = 0
    grid = _near_light(near, slow)
    within = grid if paper is None else grid[~beyond]
    return Light(grid, int(np.median(within)) if within.size else _WHOLE)


def _slow_light(near: NDArray[np.uint8]) -> NDArray[np.uint8]:
    """The slow changes of the light: the median of a wide window, which is paper however thick the
    strokes."""
    height, width = near.shape
    coarse = reduced(near, LIGHT_GRID)
    window = int(LIGHT_GRID * LIGHT_WINDOW) // 2 * 2 + 1
    light = cv2.GaussianBlur(cv2.medianBlur(coarse, window), (0, 0), LIGHT_GRID / 16)
    return np.asarray(cv2.resize(light, (width, height), interpolation=cv2.INTER_LINEAR), np.uint8)


def _near_light(near: NDArray[np.uint8], slow: NDArray[np.uint8]) -> NDArray[np.uint8]:
    """The light with the edges of shadows: the paper with its strokes closed; the slow light where
    strokes are so broad that a shadow cannot be told from them."""
    most = int(MOST_WINDOW * max(near.shape))
    side = NEAR_WINDOW * _stroke_width(near, slow, most)
    if side > most:
        return slow
    closed = _closed(near, max(LEAST_WINDOW, round(side)))
    return np.asarray(cv2.GaussianBlur(closed, (0, 0), 1.5), np.uint8)


def _stroke_width(near: NDArray[np.uint8], slow: NDArray[np.uint8], window: int) -> float:
    """How wide strokes are, in pixels of `near`: 0 where there are none, infinite where what is
    dark is mostly broader than `window`."""
    darkness = cv2.subtract(_closed(near, window), near)
    seen = darkness[darkness >= LEAST_DARKNESS]
    level: float = LEAST_DARKNESS
    if seen.size:
        level = max(level, cv2.threshold(seen, 0, 255, cv2.THRESH_OTSU)[0] / 2)
    ink = (darkness > level).astype(np.uint8)
    broad = (cv2.subtract(slow, near) > level) & (cv2.dilate(ink, np.ones((3, 3), np.uint8)) == 0)
    _, labels, stats, _ = cv2.connectedComponentsWithStats(ink, connectivity=8)
    strokes = np.flatnonzero(stats[:, cv2.CC_STAT_HEIGHT] >= LEAST_PIECE)[1:]
    if len(strokes) < LEAST_PIECES and np.count_nonzero(broad) > np.count_nonzero(ink):
        return np.inf
    depth = cv2.distanceTransform(ink, cv2.DIST_L2, 3)
    ridge = (depth > 0) & (depth >= cv2.dilate(depth, np.ones((3, 3), np.uint8)))
    on_ridge, pieces = depth[ridge], np.asarray(labels)[ridge]
    counts = np.bincount(pieces, minlength=len(stats))
    means = np.bincount(pieces, on_ridge, minlength=len(stats)) / np.maximum(counts, 1)
    return float(2 * np.percentile(means[strokes], STROKE_PERCENTILE) - 1) if len(strokes) else 0.0


def _closed(near: NDArray[np.uint8], side: int) -> NDArray[np.uint8]:
    """`near` without what is dark and narrower than `side`."""
    # mirrored at the frame, so that the tip of a shadow that comes in there is no stroke
    edge = min(side, *near.shape)
    framed = cv2.copyMakeBorder(near, edge, edge, edge, edge, cv2.BORDER_REFLECT)
    closed = cv2.morphologyEx(framed, cv2.MORPH_CLOSE, np.ones((side | 1, side | 1), np.uint8))
    return np.asarray(closed[edge:-edge, edge:-edge], np.uint8)


_WHOLE = 255
