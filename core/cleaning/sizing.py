"""The size that a picture is cleaned at, and its grey."""

from __future__ import annotations

import cv2
import numpy as np
from numpy.typing import NDArray

SMALL_SIDE = 160
"""A picture with a longer side below this, in pixels, is enlarged first, so that its strokes have
edges to find: 28 x 28 pictures of one digit are common."""

LARGE_SIDE = 4000
"""A picture with a longer side above this, in pixels, is reduced first; an A4 page at 300 dots an
inch has 3,508."""


def to_grey(pixels: NDArray[np.uint8]) -> NDArray[np.uint8]:
    """uint8 (H, W): the luma of uint8 (H, W, 3) RGB (ITU-R BT.601)."""
    return np.asarray(cv2.cvtColor(pixels, cv2.COLOR_RGB2GRAY), np.uint8)


def working_scale(shape: tuple[int, ...]) -> float:
    """How much a picture of `shape` (H, W) is enlarged or reduced before it is cleaned."""
    longer = max(shape[:2])
    if longer < SMALL_SIDE:
        return float(np.ceil(SMALL_SIDE / longer))
    return min(1.0, LARGE_SIDE / longer)


def resize(pixels: NDArray[np.uint8], scale: float) -> NDArray[np.uint8]:
    """`pixels` (H, W) or (H, W, 3) times `scale`, smoothly; no side under 1 pixel."""
    if scale == 1:
        return pixels
    height, width = pixels.shape[:2]
    size = max(1, round(width * scale)), max(1, round(height * scale))
    method = cv2.INTER_AREA if scale < 1 else cv2.INTER_CUBIC
    return np.asarray(cv2.resize(pixels, size, interpolation=method), np.uint8)


def reduced(pixels: NDArray[np.uint8], side: float) -> NDArray[np.uint8]:
    """`pixels` (H, W) or (H, W, 3) with a longer side of `side` pixels, or as they are where that
    is less."""
    height, width = pixels.shape[:2]
    scale = min(1.0, side / max(height, width))
    size = max(1, round(width * scale)), max(1, round(height * scale))
    # by halves as far as it goes, which is many times faster than at once
    while width >= 2 * size[0] and height >= 2 * size[1]:
        width, height = width // 2, height // 2
        even = pixels[: 2 * height, : 2 * width]
        pixels = np.asarray(cv2.resize(even, (width, height), interpolation=cv2.INTER_AREA))
    return np.asarray(cv2.resize(pixels, size, interpolation=cv2.INTER_AREA), np.uint8)
