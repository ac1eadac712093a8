"""A picture of ink alone, in the one polarity that the program has, and its way back to where it
came from."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np

from core.arrays import read_only
from core.box import Box

if TYPE_CHECKING:
    from numpy.typing import NDArray

_CORNERS = 4


@dataclass(frozen=True, eq=False)
class Raster:
    """Ink WHITE (255) on BLACK (0), as in MNIST: the only polarity inside the program.

    A place (x, y) in raster pixels lies at (x / scale, y / scale) + origin in the flat page, and
    `warp` brings that to the source. Places are measured from the top left corner of the top left
    pixel, as boxes are: the middle of that pixel is at (0.5, 0.5).

    Attributes:
        pixels: uint8 (H, W) with H, W >= 1, read-only.
        scale: Raster pixels per pixel of the flat page.
        origin: Where the raster's top left corner lies in the flat page, (x, y) in its pixels.
        warp: float64 (3, 3), read-only: the homography from the flat page to the source (the pad
            or the picture file). None where they are the same: the page was not turned.
    """

    pixels: NDArray[np.uint8]
    scale: float = 1.0
    origin: tuple[float, float] = (0.0, 0.0)
    warp: NDArray[np.float64] | None = None

    def __post_init__(self) -> None:
        pixels = read_only(self.pixels, name="pixels", dtype=np.uint8, shape=(None, None))
        if pixels.size == 0:
            raise ValueError("a raster needs at least one pixel")
        if not self.scale > 0:
            raise ValueError(f"a raster's scale must be above 0, not {self.scale}")
        object.__setattr__(self, "pixels", pixels)
        if self.warp is not None:
            warp = read_only(self.warp, name="warp", dtype=np.float64, shape=(3, 3))
            if not (np.isfinite(warp).all() and np.linalg.det(warp) != 0):
                raise ValueError("a raster's warp must lead back as well")
            object.__setattr__(self, "warp", warp)

    @property
    def is_blank(self) -> bool:
        """Whether there is no ink at all."""
        return not self.pixels.any()

    def to_source(self, box: Box) -> Box:
        """A box in this raster's pixels, in source pixels: the upright box round its corners."""
        left, top = self.origin
        flat = Box(
            left + box.x / self.scale,
            top + box.y / self.scale,
            box.width / self.scale,
            box.height / self.scale,
        )
        return flat if self.warp is None else _carried(flat, self.warp)

    def from_source(self, box: Box) -> Box:
        """A box in source pixels, in this raster's pixels: the upright box round its corners."""
        flat = (
            box
            if self.warp is None
            else _carried(box, np.asarray(np.linalg.inv(self.warp), np.float64))
        )
        left, top = self.origin
        return Box(
            (flat.x - left) * self.scale,
            (flat.y - top) * self.scale,
            flat.width * self.scale,
            flat.height * self.scale,
        )

    def turned(self, quarters: int) -> Raster:
        """This raster turned against the clock as `np.rot90` does.

        Args:
            quarters: How many quarters of a full turn; below 0 is clockwise.
        """
        quarters %= _CORNERS
        if not quarters:
            return self
        height, width = self.pixels.shape
        # from the turned raster's pixels to this one's
        back = {
            1: ((0, -1, width), (1, 0, 0), (0, 0, 1)),
            2: ((-1, 0, width), (0, -1, height), (0, 0, 1)),
            3: ((0, 1, 0), (-1, 0, height), (0, 0, 1)),
        }[quarters]
        pixels = np.ascontiguousarray(np.rot90(self.pixels, quarters))
        grow = np.diag([self.scale, self.scale, 1.0])
        warp = self._to_source() @ np.array(back, np.float64) @ grow
        return Raster(pixels, scale=self.scale, warp=warp)

    def cropped(self, box: Box) -> Raster:
        """What of this raster lies in `box`.

        Args:
            box: In this raster's pixels. Pixels of which it holds a part are whole in the answer;
                what of it is beyond the edges is left out, but for one pixel if that is all.
        """
        height, width = self.pixels.shape
        left = min(max(int(np.floor(box.x)), 0), width - 1)
        top = min(max(int(np.floor(box.y)), 0), height - 1)
        right = max(min(int(np.ceil(box.right)), width), left + 1)
        bottom = max(min(int(np.ceil(box.bottom)), height), top + 1)
        origin = self.origin[0] + left / self.scale, self.origin[1] + top / self.scale
        return replace(self, pixels=self.pixels[top:bottom, left:right], origin=origin)

    def _to_source(self) -> NDArray[np.float64]:
        """float64 (3, 3): from this raster's pixels to the source's."""
        left, top = self.origin
        flat = np.array([[1 / self.scale, 0, left], [0, 1 / self.scale, top], [0, 0, 1]])
        return flat if self.warp is None else self.warp @ flat


def _carried(box: Box, warp: NDArray[np.float64]) -> Box:
    """The upright box round the corners of `box` where the homography `warp` takes them."""
    corners = [(x, y, 1.0) for x in (box.x, box.right) for y in (box.y, box.bottom)]
    places = np.array(corners) @ warp.T
    xy = places[:, :2] / places[:, 2:]
    (left, top), (right, bottom) = xy.min(axis=0).tolist(), xy.max(axis=0).tolist()
    return Box(left, top, right - left, bottom - top)
