"""How much a page is turned, by its lines of writing and its ruled lines."""

from __future__ import annotations

import cv2
import numpy as np
from numpy.typing import NDArray

SEEN_SIDE = 1000
"""Longer side of the reduced page that is measured, in pixels: 0.1 degrees are 1.7 of them."""

STROKES = 15
"""Side of the window that is wider than strokes and ruled lines, in reduced pixels."""

LEAST_DARKNESS = 12
"""Least darkness of ink and ruled lines against the paper beside them, in greys."""

INK_SHARE = 0.7
"""What is darker than this share of the border between dark and pale is taken for ink: pale ruled
lines too."""

MOST_ANGLE = 15.0
"""Largest turn that is looked for, in degrees."""

COARSE, FINE = 0.5, 0.05
"""Steps of the search, in degrees."""

LEAST_ANGLE = 0.12
"""A smaller turn is left alone, in degrees: taking it back would cost more by resampling."""

LEAST_GAIN = 1.6
"""How many times sharper the lines are at the best angle than at most others, at least. Lines of
writing come to 2.4 and more, noise to 1.3 at most."""

LEAST_PIECES = 8
"""Fewer pieces of ink are no line of writing."""

MOST_POINTS = 60_000
"""Points of ink that are measured; of more, about so many."""


def page_turn(grey: NDArray[np.uint8], paper: NDArray[np.uint8]) -> float:
    """How much a page is turned, in degrees clockwise; 0 where nothing shows it.

    The angle is the one at which the ink's projection on the vertical axis is sharpest: rows of
    ink and rows of none (Postl 1986).

    Args:
        grey: uint8 (H, W), reduced to `SEEN_SIDE`, ink darker than paper.
        paper: uint8 (H, W), 0 where there is no paper.
    """
    x, y = _ink_points(grey, paper)
    if not len(x):
        return 0.0
    coarse = np.arange(-MOST_ANGLE, MOST_ANGLE + COARSE / 2, COARSE)
    rough = np.array([_sharpness(x, y, angle) for angle in coarse])
    near = float(coarse[rough.argmax()])
    fine = np.arange(near - COARSE, near + COARSE + FINE / 2, FINE)
    sharp = np.array([_sharpness(x, y, angle) for angle in fine])
    # the middle of the peak is steadier than its tip
    weights = np.clip(sharp - (sharp.max() + sharp.min()) / 2, 0, None)
    angle = float((fine * weights).sum() / max(weights.sum(), 1e-9))
    gained = rough.max() >= LEAST_GAIN * np.median(rough)
    return angle if gained and LEAST_ANGLE <= abs(angle) <= MOST_ANGLE else 0.0


def _ink_points(
    grey: NDArray[np.uint8], paper: NDArray[np.uint8]
) -> tuple[NDArray[np.float32], NDArray[np.float32]]:
    """float32 (N,): x and y of the ink and the ruled lines; none where there is no writing."""
    window = np.ones((STROKES, STROKES), np.uint8)
    darkness = cv2.morphologyEx(grey, cv2.MORPH_BLACKHAT, window)
    darkness = cv2.bitwise_and(darkness, cv2.erode(paper, window, borderValue=0))
    level, _ = cv2.threshold(darkness[darkness >= LEAST_DARKNESS], 0, 255, cv2.THRESH_OTSU)
    ink = (darkness > max(level * INK_SHARE, LEAST_DARKNESS)).astype(np.uint8)
    _, labels, stats, _ = cv2.connectedComponentsWithStats(ink, connectivity=8)
    pieces = stats[:, cv2.CC_STAT_AREA] >= STROKES
    pieces[0] = False
    if np.count_nonzero(pieces) < LEAST_PIECES:
        return np.empty(0, np.float32), np.empty(0, np.float32)
    y, x = np.nonzero(pieces[labels])
    if len(x) > MOST_POINTS:
        some = _scattered(len(x), MOST_POINTS)
        x, y = x[some], y[some]
    return x.astype(np.float32), y.astype(np.float32)


def _scattered(count: int, wanted: int) -> NDArray[np.bool_]:
    """About so many of `count` points, bool (count,): as at random, and always the same ones, as
    every so manyth would favour some angles.

    Their numbers are mixed as MurmurHash3 does at its end (Appleby 2016): `np.random` would be
    3 MB of the light program for this alone.
    """
    mixed = np.arange(count, dtype=np.uint32)
    for shift, factor in ((16, 0x85EBCA6B), (13, 0xC2B2AE35)):
        mixed ^= mixed >> np.uint32(shift)
        mixed *= np.uint32(factor)
    mixed ^= mixed >> np.uint32(16)
    return mixed < np.uint32(wanted / count * 2**32)


def _sharpness(x: NDArray[np.float32], y: NDArray[np.float32], angle: float) -> float:
    """How sharply rows of ink and of none change, across lines that sink by `angle` degrees."""
    turn = np.radians(angle)
    rows = y * np.float32(np.cos(turn)) - x * np.float32(np.sin(turn))
    profile = np.bincount((rows - rows.min()).astype(np.int32))
    return float(np.square(np.diff(profile), dtype=np.float64).sum())
