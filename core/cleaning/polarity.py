"""Whether the ink is darker or lighter than its paper."""

from __future__ import annotations

import cv2
import numpy as np
from numpy.typing import NDArray

from core.cleaning.sizing import reduced

SEEN_SIDE = 256
"""Longer side of the reduced picture that is judged, in pixels."""

WIDE, NARROW = 0.5, 0.1
"""Sides of the windows whose median is paper, as shares of the longer side: ink never covers half
of the wide one, however thick its strokes; the narrow one is blind to tables and shadows."""

NOTHING = 6
"""Differences from the paper below this, in greys, are grain."""

LEAST_SURENESS = 0.25
"""How much more there must be on one side than on the other, of both, for the narrow window to
decide: in strokes wider than the window there is as much on both."""


def ink_is_light(grey: NDArray[np.uint8]) -> bool:
    """Whether what is written on `grey`, uint8 (H, W), is lighter than what it is written on."""
    small = reduced(grey, SEEN_SIDE)
    narrow = _leaning(small, NARROW)
    return (narrow if abs(narrow) >= LEAST_SURENESS else _leaning(small, WIDE)) > 0


def _leaning(small: NDArray[np.uint8], share: float) -> float:
    """How much more is lighter than the paper round about than darker, of both: -1 to 1."""
    window = max(3, int(share * max(small.shape)) // 2 * 2 + 1)
    apart = small.astype(np.int32) - cv2.medianBlur(small, window)
    squares = np.square(np.where(np.abs(apart) < NOTHING, 0, apart), dtype=np.float64)
    lighter, darker = float(squares[apart > 0].sum()), float(squares[apart < 0].sum())
    return (lighter - darker) / max(lighter + darker, 1.0)
