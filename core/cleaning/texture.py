"""What is on paper without being ink: grain, texture, and what shows through."""

from __future__ import annotations

import cv2
import numpy as np
from numpy.typing import NDArray

BLUR_SIGMA = 0.8
"""Standard deviation of the blur against grain, in pixels."""


def blur(grey: NDArray[np.uint8]) -> NDArray[np.uint8]:
    """`grey` without grain."""
    return np.asarray(cv2.GaussianBlur(grey, (0, 0), BLUR_SIGMA), np.uint8)
