"""QImage ↔ arrays: the one place where Qt's pictures become ours and ours become Qt's."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from PySide6.QtGui import QImage

if TYPE_CHECKING:
    from numpy.typing import NDArray


def to_image(pixels: NDArray[np.uint8]) -> QImage:
    """A QImage with a copy of uint8 (H, W, 3) RGB."""
    height, width, _ = pixels.shape
    packed = np.ascontiguousarray(pixels)
    return QImage(packed.data, width, height, 3 * width, QImage.Format.Format_RGB888).copy()


def tile_image(tile: NDArray[np.float32]) -> QImage:
    """A grey QImage of float32 (S, S), 0 black to 1 white."""
    grey = np.ascontiguousarray(np.rint(tile * 255).astype(np.uint8))
    height, width = grey.shape
    return QImage(grey.data, width, height, width, QImage.Format.Format_Grayscale8).copy()


def from_image(image: QImage) -> NDArray[np.uint8]:
    """uint8 (H, W, 3) RGB of `image`, on white where it is transparent.

    Raises:
        ValueError: The image is null.
    """
    if image.isNull():
        raise ValueError("a null image has no pixels")
    rgba = image.convertToFormat(QImage.Format.Format_RGBA8888)
    height, width = rgba.height(), rgba.width()
    rows = np.frombuffer(rgba.constBits(), np.uint8).reshape(height, rgba.bytesPerLine())
    pixels = rows[:, : 4 * width].reshape(height, width, 4).astype(np.uint16)
    alpha = pixels[..., 3:]
    return ((pixels[..., :3] * alpha + 255 * (255 - alpha) + 127) // 255).astype(np.uint8)
