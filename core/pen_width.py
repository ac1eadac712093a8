"""How wide the line of a pen is."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

PEN_WIDTH = 6.0
"""Nominal width of the pad's pen, in pixels."""

WIDEST = 1.5
"""Width over nominal width at full pressure."""


def width_factor(pressure: NDArray[np.float32]) -> NDArray[np.float32]:
    """Stroke width over nominal width: 0.5 at pressure 0, 1 at 0.5 (no pressure known), 1.5 at 1.

    Args:
        pressure: float32, 0 to 1, any shape.
    """
    return pressure + np.float32(0.5)
