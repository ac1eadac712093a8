"""Broken strokes, healed: short gaps closed along a stroke's way."""

from __future__ import annotations

import cv2
import numpy as np
from numpy.typing import NDArray

from core.cleaning.ink import pen_width

GAP = 1.0
"""Widest gap that is closed, in widths of the pen: letters stand further apart, mostly."""

MOST_GAP = 7.0
"""Its most, in coarse pixels."""

BEFORE = 1.2
"""How far a stroke goes on before its gap and behind it, in widths of the pen, at least: across
two strokes that stand side by side, each is only as long as the pen is broad."""

ASIDE = 1.7
"""How far a stroke reaches to its sides, in widths of the pen, at most: what is broader there is no
end of a stroke, but the side of another."""

TRACE = 0.3
"""Least darkness of what lies in a gap, as a share of that of ink: a pen that skipped left a trace,
between letters there is paper."""

COARSER = 2
"""How many times coarser strokes are followed."""


def heal_strokes(
    ink: NDArray[np.uint8], trace: NDArray[np.uint8], gone: NDArray[np.uint8] | None = None
) -> NDArray[np.uint8]:
    """uint8 (H, W): `ink` with the short gaps in its strokes closed.

    Args:
        ink: uint8 (H, W), 255 on 0.
        trace: uint8 (H, W): 255 where there is at least a trace of ink (`TRACE`).
        gone: uint8 (H, W): 255 where rules were taken out: they are no trace of a pen.
    """
    coarse = _coarse(ink)
    width = pen_width(coarse)
    gap = min(GAP * width, MOST_GAP)
    if not width:
        return ink
    if gone is not None:
        trace = np.asarray(cv2.subtract(trace, gone), np.uint8)
    bridges = _bridges(coarse, width, gap) & _coarse(trace)
    bridges = _joining(bridges, coarse)
    if not bridges.any():
        return ink
    healed = cv2.resize(bridges, ink.shape[::-1], interpolation=cv2.INTER_NEAREST)
    return np.asarray(cv2.bitwise_or(ink, healed), np.uint8)


def _bridges(ink: NDArray[np.uint8], width: float, gap: float) -> NDArray[np.uint8]:
    """uint8 (H, W): 255 in the gaps of `ink` between ends of strokes of the same direction; the
    width of the pen and that of gaps are in its pixels."""
    bridges = np.zeros_like(ink)
    lines = zip(_lines(BEFORE * width), _lines(gap + 1), _lines(ASIDE * width + 1), strict=True)
    windows = list(lines)
    for number, (lead, span, _) in enumerate(windows):
        # the two that are across and the two that are aslant stand square on each other
        side = windows[number ^ 1][2]
        along = cv2.morphologyEx(ink, cv2.MORPH_OPEN, lead)
        ends = cv2.subtract(along, cv2.morphologyEx(ink, cv2.MORPH_OPEN, side))
        bridges |= np.asarray(cv2.morphologyEx(ends, cv2.MORPH_CLOSE, span), np.uint8)
    return bridges & ~ink


def _joining(bridges: NDArray[np.uint8], ink: NDArray[np.uint8]) -> NDArray[np.uint8]:
    """Those of the pieces of `bridges` that touch two pieces of `ink`: others fill corners."""
    rows, columns = np.nonzero(bridges)
    if not len(rows):
        return bridges
    count, of = cv2.connectedComponents(bridges, connectivity=8)
    _, pieces = cv2.connectedComponents(ink, connectivity=8)
    pieces = np.pad(pieces, 1)
    touched = [
        np.stack([of[rows, columns], pieces[rows + down, columns + right]])
        for down in range(3)
        for right in range(3)
    ]
    pairs = np.unique(np.concatenate(touched, axis=1), axis=1)
    sides = np.bincount(pairs[0][pairs[1] > 0], minlength=count)
    keep = sides > 1
    keep[0] = False
    return np.asarray(keep[of] * np.uint8(255), np.uint8)


def _lines(length: float) -> list[NDArray[np.uint8]]:
    """Windows of about `length` pixels in four directions: across, down, and aslant both ways."""
    side = max(round(length), 1) | 1
    slope = np.eye(side, dtype=np.uint8)
    return [np.ones((1, side), np.uint8), np.ones((side, 1), np.uint8), slope, slope[::-1].copy()]


def _coarse(ink: NDArray[np.uint8]) -> NDArray[np.uint8]:
    few = (max(1, ink.shape[1] // COARSER), max(1, ink.shape[0] // COARSER))
    small = cv2.resize(ink, few, interpolation=cv2.INTER_AREA)
    return np.asarray(cv2.threshold(small, 127, 255, cv2.THRESH_BINARY)[1], np.uint8)
