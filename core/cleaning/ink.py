"""Ink apart from paper."""

from __future__ import annotations

from dataclasses import dataclass

import cv2
import numpy as np
from numpy.typing import NDArray

LEAST_CONTRAST = 28
"""Least difference between the mean greys of ink and paper for there to be ink. Even paper under
strong grain (standard deviation 15) comes to about 12 after the blur."""

LEAST_SEPARATION = 3.6
"""Least difference between the mean greys of ink and paper, in standard deviations within them.
Halves of Gaussian noise come to 2.65, of uniform noise to 3.46; faint pencil to about 5."""

PALE_SHARE = 0.36
"""Where a stroke goes on paler, it is ink down to this share of the usual contrast: what shows
through from the other side has less, mostly."""

PALE_SPREADS = 4.0
"""And at least so many standard deviations of the paper's grey darker than it."""


@dataclass(frozen=True)
class Levels:
    """The greys of a page that is evenly lit.

    Attributes:
        ink: Its mean.
        paper: Its mean.
        spread: The standard deviation of the paper's.
        border: What is at most as light is ink: Otsu's threshold (1979).
    """

    ink: float
    paper: float
    spread: float
    border: int

    def at(self, share: float) -> float:
        """The grey that is darker than paper by `share` of what ink is."""
        return self.paper - share * (self.paper - self.ink)


def find_levels(grey: NDArray[np.uint8]) -> Levels | None:
    """The greys of ink and paper; None where there is no ink, but paper and its grain at most.

    Args:
        grey: uint8 (H, W), evenly lit, ink darker than paper.
    """
    counts = np.asarray(cv2.calcHist([grey], [0], None, [256], [0, 256]), np.float64).ravel()
    border = _otsu(counts)
    below, above = _moments(counts[: border + 1]), _moments(counts[border + 1 :])
    if below is None or above is None:
        return None
    ink, paper = below[0], border + 1 + above[0]
    share = counts[border + 1 :].sum() / counts.sum()
    within = np.sqrt(share * above[1] + (1 - share) * below[1])
    if paper - ink < max(LEAST_CONTRAST, LEAST_SEPARATION * within):
        return None
    return Levels(float(ink), float(paper), float(np.sqrt(above[1])), border)


def separate_ink(grey: NDArray[np.uint8], levels: Levels | None) -> NDArray[np.uint8]:
    """uint8 (H, W), ink 255 and paper 0.

    Strokes are what is darker than the border, and what is paler where it carries them on.

    Args:
        grey: uint8 (H, W), evenly lit, ink darker than paper.
        levels: Its greys; None of paper without ink.
    """
    if levels is None:
        return np.zeros_like(grey)
    ink = _darker(grey, levels.border)
    pale = min(levels.at(PALE_SHARE), levels.paper - PALE_SPREADS * levels.spread)
    return _carried_on(grey, ink, pale) if pale > levels.border else ink


def faint_ink(grey: NDArray[np.uint8], levels: Levels, share: float) -> NDArray[np.uint8]:
    """uint8 (H, W): 255 where `grey` is darker than paper by `share` of what ink is."""
    return _darker(grey, levels.at(share))


def pen_width(ink: NDArray[np.uint8]) -> float:
    """The usual width of strokes, in pixels: twice their area by the length of their edges; 0
    without any."""
    area = cv2.countNonZero(ink)
    edge = area - cv2.countNonZero(cv2.erode(ink, np.ones((3, 3), np.uint8)))
    return 2 * area / edge if edge else 0.0


def _darker(grey: NDArray[np.uint8], level: float) -> NDArray[np.uint8]:
    """uint8 (H, W): 255 where `grey` is at most `level`."""
    return np.asarray(cv2.threshold(grey, level, 255, cv2.THRESH_BINARY_INV)[1], np.uint8)


def _carried_on(grey: NDArray[np.uint8], ink: NDArray[np.uint8], pale: float) -> NDArray[np.uint8]:
    """`ink` with what is darker than `pale`, but for the soft edges of strokes."""
    weak = _darker(grey, pale)
    edged = cv2.dilate(ink, np.ones((3, 3), np.uint8))
    beyond = cv2.bitwise_and(weak, cv2.bitwise_not(edged))
    # back over the soft edge to the stroke
    more = cv2.bitwise_and(cv2.dilate(beyond, np.ones((5, 5), np.uint8)), weak)
    return np.asarray(cv2.bitwise_or(ink, more), np.uint8)


def _otsu(counts: NDArray[np.float64]) -> int:
    """Otsu's threshold: the last level of the darker of the two classes that differ most."""
    levels = np.arange(len(counts))
    below, above = np.cumsum(counts), counts.sum() - np.cumsum(counts)
    dark = np.cumsum(counts * levels)
    light = dark[-1] - dark
    apart = light / np.maximum(above, 1) - dark / np.maximum(below, 1)
    return int(np.argmax(below * above * np.square(apart)))


def _moments(counts: NDArray[np.float64]) -> NDArray[np.float64] | None:
    """float64 (2,): the mean and the variance of the levels that `counts` counts; None of none."""
    total = counts.sum()
    if not total:
        return None
    levels = np.arange(len(counts))
    mean = (counts * levels).sum() / total
    return np.array([mean, (counts * (levels - mean) ** 2).sum() / total])
