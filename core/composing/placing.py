"""Where a line stands and how high its letters are, and what that says of each character.

A c and a C have one shape and two heights. How high an x is on this line follows from all its
characters together: each says so by its top and bottom, as far as it is known what it is; and once
the height is known, it says what they are (expectation and maximisation, Dempster et al. 1977).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from core.arrays import median
from core.box import Box
from core.composing.context import Context

SLOPING = 5
"""A line of fewer characters is taken for level."""

STEPS = 5

HEIGHT_SPREAD = 0.35
"""Standard deviation of the logarithm of a line's x-height around what is expected of it."""

LEAST_X_HEIGHT = 1.0
"""In ink pixels."""

FLOOR = -6.0
"""The logarithm of the least likelihood of a place, over that of any place at all: hands differ,
and no letter is ruled out by its height alone."""

NOWHERE, NOWHERE_SHARE = -2.0, 0.1
"""The logarithm of how likely any top and bottom are of ink that is nothing in particular, an area
of some three by three x-heights; and how often ink is that."""


@dataclass(frozen=True)
class Frame:
    """Where a line stands, in source pixels.

    Attributes:
        baseline: Its y where x is 0.
        slope: How far it falls a pixel to the right.
        x_height: Height of an x, above 0.
    """

    baseline: float
    slope: float
    x_height: float

    def extents(self, boxes: Sequence[Box]) -> NDArray[np.float64]:
        """float64 (N, 2): how far top and bottom of each box are above the baseline, in
        x-heights."""
        edges = np.array([[box.centre[0], box.y, box.bottom] for box in boxes]).reshape(-1, 3)
        below = self.baseline + self.slope * edges[:, :1]
        return np.asarray((below - edges[:, 1:]) / self.x_height, np.float64)


def place_odds(frame: Frame, boxes: Sequence[Box], context: Context) -> NDArray[np.float64]:
    """float64 (N, 94): the logarithm of how likely each sign is to have its top and bottom there,
    over how likely any ink is. Of a place where many signs stand it is little, so that a path wins
    nothing by having more characters in such places."""
    density = _densities(frame, boxes, context)
    usual = np.logaddexp.reduce(density, axis=1) - np.log(density.shape[1])
    anywhere = np.logaddexp(usual + np.log(1 - NOWHERE_SHARE), NOWHERE + np.log(NOWHERE_SHARE))
    return np.asarray(np.maximum(density - anywhere[:, None], FLOOR), np.float64)


def _densities(frame: Frame, boxes: Sequence[Box], context: Context) -> NDArray[np.float64]:
    """float64 (N, 94): the logarithm of how likely each sign has its top and bottom there."""
    extents = frame.extents(boxes)[:, None, :]
    middles, spreads = context.places[None, :, :2], context.places[None, :, 2:]
    squares = (((extents - middles) / spreads) ** 2).sum(axis=2)
    return np.asarray(-squares / 2 - np.log(2 * np.pi * spreads.prod(axis=2)), np.float64)


def _floored(frame: Frame, boxes: Sequence[Box], context: Context) -> NDArray[np.float64]:
    """As `_densities`, but that no sign is ruled out."""
    return np.maximum(_densities(frame, boxes, context), NOWHERE + FLOOR)


def fit_frame(
    boxes: Sequence[Box],
    odds: NDArray[np.float64],
    context: Context,
    *,
    expected: float | None = None,
) -> Frame:
    """The line on which the characters of a path stand best.

    Args:
        boxes: N >= 1, of the characters.
        odds: float64 (N, 94), how likely each is which sign, by its shape and neighbours.
        context: Where signs stand.
        expected: The x-height of other lines on the pad, in source pixels; None where there are
            none.
    """
    height = median([max(box.height, box.width / 2) for box in boxes])
    height = max(height, LEAST_X_HEIGHT)
    starts = [height, height / 1.6] if expected is None else [expected, height]
    tried = [_fitted(start, boxes, odds, context, expected) for start in starts]
    return max(tried, key=lambda pair: pair[1])[0]


def _fitted(
    x_height: float,
    boxes: Sequence[Box],
    odds: NDArray[np.float64],
    context: Context,
    expected: float | None,
) -> tuple[Frame, float]:
    """The frame found from a first x-height, and the logarithm of its likelihood."""
    with np.errstate(divide="ignore"):
        log_odds = np.log(odds)
    middles = context.places[:, :2]
    bottoms = np.array([box.bottom for box in boxes])
    # bottoms, because what looks alike and differs in case stands on the line all the same
    first = median(bottoms + x_height * (odds @ middles[:, 1]))
    frame = Frame(first, 0.0, x_height)
    for _ in range(STEPS):
        joint = log_odds + _floored(frame, boxes, context)
        weights = np.exp(joint - joint.max(axis=1, keepdims=True))
        weights /= weights.sum(axis=1, keepdims=True)
        frame = _least_squares(boxes, weights, context, frame.x_height, expected)
    joint = log_odds + _floored(frame, boxes, context)
    likelihood = float(np.logaddexp.reduce(joint, axis=1).sum())
    if expected is not None:
        likelihood -= (np.log(frame.x_height / expected) / HEIGHT_SPREAD) ** 2 / 2
    return frame, likelihood


def _least_squares(
    boxes: Sequence[Box],
    weights: NDArray[np.float64],
    context: Context,
    unit: float,
    expected: float | None,
) -> Frame:
    """The frame of the least squared distance of tops and bottoms from their signs' places, in the
    x-height `unit` that the frame had before."""
    edges = np.array([[box.y, box.bottom] for box in boxes])
    across = np.array([box.centre[0] for box in boxes])
    certainty = 1 / context.places[:, 2:] ** 2
    # for each character and edge: sums of the certainty over signs, and of its place with it
    mass = weights @ certainty
    mean = weights @ (certainty * context.places[:, :2]) / mass
    sloping = len(boxes) >= SLOPING
    columns = [np.ones(edges.size), -mean.ravel()]
    if sloping:
        columns.append(np.repeat(across - across.mean(), 2))
    root = np.sqrt(mass.ravel()) / unit
    design, wanted = np.stack(columns, axis=1) * root[:, None], edges.ravel() * root
    if expected is not None:
        # one observation more: the x-height is about that of other lines
        row = np.zeros((1, design.shape[1]))
        row[0, 1] = 1 / (HEIGHT_SPREAD * expected)
        design, wanted = np.concatenate([design, row]), np.append(wanted, 1 / HEIGHT_SPREAD)
    found = np.linalg.lstsq(design, wanted, rcond=None)[0]
    slope = float(found[2]) if sloping else 0.0
    baseline = float(found[0]) - slope * float(across.mean())
    return Frame(baseline, slope, max(float(found[1]), LEAST_X_HEIGHT))
