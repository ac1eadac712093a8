"""A picture of ink alone, in the one polarity that the program has."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from core.arrays import read_only
from core.box import Box


@dataclass(frozen=True, eq=False)
class Raster:
    """Ink WHITE (255) on BLACK (0), as in MNIST: the only polarity inside the program.

    Attributes:
        pixels: uint8 (H, W) with H, W >= 1, read-only.
        scale: Raster pixels per source pixel (the source is the pad or the picture file).
        origin: Where the raster's top left corner lies in the source, (x, y) in source pixels.
    """

    pixels: NDArray[np.uint8]
    scale: float = 1.0
    origin: tuple[float, float] = (0.0, 0.0)

    def __post_init__(self) -> None:
        pixels = read_only(self.pixels, name="pixels", dtype=np.uint8, shape=(None, None))
        if pixels.size == 0:
            raise ValueError("a raster needs at least one pixel")
        if not self.scale > 0:
            raise ValueError(f"a raster's scale must be above 0, not {self.scale}")
        object.__setattr__(self, "pixels", pixels)

    @property
    def is_blank(self) -> bool:
        """Whether there is no ink at all."""
        return not self.pixels.any()

    def to_source(self, box: Box) -> Box:
        """A box in this raster's pixels, in source pixels."""
        left, top = self.origin
        return Box(
            left + box.x / self.scale,
            top + box.y / self.scale,
            box.width / self.scale,
            box.height / self.scale,
        )
