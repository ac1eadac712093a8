"""Strokes that strike characters through, to delete them."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from core.arrays import median
from core.box import Box
from core.ink import Stroke
from core.track import way_along

BEYOND = 0.15
"""A stroke strikes a character through when it goes on beyond it on both sides by this share of the
character's longer side."""

ACROSS = (0.2, 0.8)
"""Within this part of a character's height, from its top, the stroke runs through it."""

FLAT = 0.35
"""Most height over width of a stroke that strikes through."""

REVERSALS = 4
"""A stroke that turns back and forth so often scratches out what is under it."""

LEAST_TURN = 0.3
"""A turn counts when the stroke then goes on for this share of its width."""

PLACES = 128
"""How many places of a stroke are looked at."""

BARRED = frozenset("+-=~_tfTFHAEeIJjZz70QqGdDlL1iøŁ/\\|#%$")
"""Signs that a flat bar is a part of, or makes another sign of: a stroke through them may be
writing, and only one that goes back and forth deletes them."""


def struck(stroke: Stroke, boxes: Sequence[Box], texts: Sequence[str]) -> tuple[int, ...]:
    """Which of the characters on a pad a new stroke strikes through.

    Args:
        stroke: Just drawn.
        boxes: Of the characters that were there before it, in ink pixels.
        texts: What each was read as.
    """
    places = _even_places(stroke)
    flat = stroke.box.height <= FLAT * max(stroke.box.width, 1e-6)
    scratched = _reversals(places[:, 0]) >= REVERSALS
    if not (flat or scratched):
        return ()
    hit = [index for index, box in enumerate(boxes) if _runs_through(places, box)]
    if scratched:
        return tuple(hit)
    # across several characters at once nobody writes a bar
    if len(hit) == 1 and texts[hit[0]] in BARRED:
        return ()
    return tuple(hit)


def _even_places(stroke: Stroke) -> NDArray[np.float64]:
    """float64 (PLACES, 2): places at even steps along the stroke, however fast it was drawn."""
    way = way_along(stroke.xy)
    at = np.linspace(0, way[-1], PLACES)
    return np.stack([np.interp(at, way, stroke.xy[:, axis]) for axis in (0, 1)], axis=1)


def _runs_through(places: NDArray[np.float64], box: Box) -> bool:
    x, y = places.T
    beyond = BEYOND * max(box.width, box.height)
    if x.min() > box.x - beyond or x.max() < box.right + beyond:
        return False
    inside = (x >= box.x) & (x <= box.right)
    if not inside.any() or box.height <= 0:
        return False
    share = (median(y[inside]) - box.y) / box.height
    return ACROSS[0] <= share <= ACROSS[1]


def _reversals(x: NDArray[np.float64]) -> int:
    """How often a stroke turns back, left or right, and goes on for a while."""
    least = LEAST_TURN * max(float(np.ptp(x)), 1e-6)
    turns, direction, extreme = 0, 0, x[0]
    for place in x[1:]:
        step = place - extreme
        if direction * step > 0:
            extreme = place
        elif abs(step) >= least:
            turns += direction != 0
            direction, extreme = int(np.sign(step)), place
    return turns
