"""Where characters that touch may be cut apart: along seams that cross as little ink as there is.

A seam is a way from top to bottom that may bend by a pixel a row, as in seam carving (Avidan and
Shamir 2007), so that slanted letters and a T over an A come apart whole. Which of the cuts are
right is not decided here: each gives one piece more, and what reads best is chosen later.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

import cv2
import numpy as np
from numpy.typing import NDArray

from core.box import Box
from core.finding.parts import INK_LEVEL, Part

WIDE = 0.8
"""A piece of ink at least so many letter heights wide may be several characters."""

LEAST_LINES = 3.0
"""What is lower than so many thicknesses of the pen is a bar, however wide."""

THICKEST = 1.5
"""A seam crosses at most so many thicknesses of the pen: two lines side by side would be the
stem of a letter."""

APART = 0.28
"""Two cuts are at least so many letter heights apart, and as far from either end."""

STILL_WIDE = 0.95
"""Between two cuts, ink that is still so many letter heights wide may be several characters too:
letters that overlap, or that touch along a stem..."""

STILL_THICKEST = 3.0
"""... so that a seam between them crosses more thicknesses of the pen..."""

STILL_CUTS = 3
"""... and so many of them are tried for each `STILL_WIDE` of its width, the cheapest."""

MOST_CUTS = 24
"""Most cuts of one piece of ink; a line that is written in one go is no print to be read here."""

SEAM_ROWS = 48
"""Seams are sought in ink that is reduced to at most so many rows."""

BEND = 0.12
"""What a seam pays for each pixel that it steps aside, in ink."""


def may_be_cut(part: Part, *, height: float, pen: float) -> bool:
    """Whether ink is so wide and high that it may be several characters."""
    return part.box.width >= WIDE * height and part.box.height >= LEAST_LINES * pen


def cut(part: Part, *, height: float, pen: float) -> tuple[Part, ...]:
    """`part` by all the cuts that it may have; itself where there are none.

    Args:
        part: A connected piece, uncut.
        height: Of the line's letters, in raster pixels.
        pen: How thick its lines are, in raster pixels.
    """
    factor = min(1.0, SEAM_ROWS / part.box.height)
    seams, costs = _seams(part.pixels, factor, height, pen)
    if not len(seams):
        return (part,)
    return _between(part, seams, costs)


def _seams(
    pixels: NDArray[np.uint8], factor: float, height: float, pen: float
) -> tuple[NDArray[np.int64], NDArray[np.float64]]:
    """The best cuts, from left to right.

    Args:
        pixels: uint8 (h, w).
        factor: How much they are reduced first.
        height: Of the line's letters, in pixels.
        pen: How thick its lines are, in pixels.

    Returns:
        int64 (N, h), the column of each seam in each row, and float64 (N,), the ink it crosses.
    """
    rows, width = pixels.shape
    size = max(round(width * factor), 1), max(round(rows * factor), 1)
    ink = (pixels > INK_LEVEL).astype(np.float32)
    small = np.asarray(cv2.resize(ink, size, interpolation=cv2.INTER_AREA), np.float32)
    crossed, came = _cheapest(small)
    ends = _ends(crossed, height * factor, pen * factor)
    if not ends:
        return np.zeros((0, rows), np.int64), np.zeros(0)
    ways = np.empty((len(ends), len(small)), np.int64)
    ways[:, -1] = ends
    for row in range(len(small) - 1, 0, -1):
        ways[:, row - 1] = ways[:, row] + came[row, ways[:, row]]
    reduced = np.minimum((np.arange(rows) * factor).astype(np.int64), len(small) - 1)
    columns = np.rint((np.sort(ways, axis=0)[:, reduced] + 0.5) / factor).astype(np.int64)
    costs = np.array([ink[np.arange(rows), np.minimum(one, width - 1)].sum() for one in columns])
    return columns, costs.astype(np.float64)


def _cheapest(ink: NDArray[np.float32]) -> tuple[NDArray[np.float32], NDArray[np.int64]]:
    """The cost of the cheapest way from the top to each column of the last row, and from where each
    place of it is come to: int64 (h, w) of -1, 0 or 1."""
    height, width = ink.shape
    cost = ink[0].copy()
    came = np.zeros((height, width), np.int64)
    ways = np.empty((3, width), np.float32)
    for row in range(1, height):
        ways[0], ways[1], ways[2] = np.inf, cost, np.inf
        ways[0, 1:] = cost[:-1] + BEND
        ways[2, :-1] = cost[1:] + BEND
        best = ways.argmin(axis=0)
        came[row] = best - 1
        cost = ways[best, np.arange(width)] + ink[row]
    return cost, came


def _ends(cost: NDArray[np.float32], height: float, pen: float) -> list[int]:
    """The columns that seams end in, from left to right: wherever little ink is crossed, and where
    more is, in what is still wide between those."""
    apart = max(round(APART * height), 1)
    ends = _least_ones(cost, apart, THICKEST * pen)
    more: list[int] = []
    for left, right in pairwise((0, *ends, len(cost))):
        times = int((right - left) / (STILL_WIDE * height))
        if times:
            tried = _least_ones(cost[left:right], apart, STILL_THICKEST * pen)
            more += _cheapest_of(cost, [left + column for column in tried])[: times * STILL_CUTS]
    return sorted(ends + _cheapest_of(cost, more)[: MOST_CUTS - len(ends)])


def _cheapest_of(cost: NDArray[np.float32], columns: Sequence[int]) -> list[int]:
    return sorted(columns, key=cost.__getitem__)


def _least_ones(cost: NDArray[np.float32], apart: int, most: float) -> list[int]:
    """Columns of little cost, the cheapest first taken, none nearer to another or to an end than
    `apart`; from left to right."""
    free = cost <= most
    free[:apart] = free[-apart:] = False
    taken: list[int] = []
    for column in np.argsort(cost, kind="stable"):
        if free[column] and len(taken) < MOST_CUTS:
            taken.append(int(column))
            free[max(column - apart, 0) : column + apart + 1] = False
    return sorted(taken)


def _between(part: Part, seams: NDArray[np.int64], costs: NDArray[np.float64]) -> tuple[Part, ...]:
    """What lies between the seams, those empty left out."""
    height, width = part.pixels.shape
    columns = np.arange(width)[None]
    edges = [np.zeros(height, np.int64), *seams, np.full(height, width)]
    parts: list[Part] = []
    for (left, right), cost in zip(pairwise(edges), (0.0, *costs), strict=True):
        inside = (columns >= left[:, None]) & (columns < right[:, None])
        own = np.where(inside, part.pixels, np.uint8(0))
        x, y, across, down = cv2.boundingRect((own > INK_LEVEL).astype(np.uint8))
        if across:
            box = Box(part.box.x + x, part.box.y + y, float(across), float(down))
            parts.append(replace(part, box=box, pixels=own[y : y + down, x : x + across], cut=cost))
    return tuple(replace(one, number=number, of=len(parts)) for number, one in enumerate(parts))
