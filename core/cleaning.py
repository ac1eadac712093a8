"""Picture → raster: grey, even light, no grain, ink apart from paper, in the one polarity."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import cv2
import numpy as np
from numpy.typing import NDArray

from core.raster import Raster

if TYPE_CHECKING:
    from core.picture import Picture

SMALL_SIDE = 160
"""A picture with a longer side below this, in pixels, is enlarged first, so that its strokes have
edges to find: 28 x 28 pictures of one digit are common."""

LARGE_SIDE = 4000
"""A picture with a longer side above this, in pixels, is reduced first; an A4 page at 300 dots an
inch has 3,508."""

LIGHT_GRID = 64
"""Longer side, in cells, of the coarse picture that light is estimated on."""

LIGHT_WINDOW = 0.5
"""Side of the window whose median is the paper's light, as a share of `LIGHT_GRID`: ink never
covers half of so large a window, however thick the strokes."""

BLUR_SIGMA = 0.8
"""Standard deviation of the blur against grain, in pixels."""

LEAST_CONTRAST = 28
"""Least difference between the mean greys of ink and paper for there to be ink. Even paper under
strong grain (standard deviation 15) comes to about 12 after the blur."""

LEAST_SEPARATION = 3.6
"""Least difference between the mean greys of ink and paper, in standard deviations within them.
Halves of Gaussian noise come to 2.65, of uniform noise to 3.46; faint pencil to about 5."""

SPECK_SHARE = 0.004
"""A spot whose sides are both below this share of the picture's longer side is dust, not ink."""


@dataclass(frozen=True, eq=False)
class Stages:
    """What each step of the cleaning made, for people to look at.

    Attributes:
        grey: uint8 (H, W), as the picture came, at working size.
        even: uint8 (H, W), the light evened out.
        smooth: uint8 (H, W), without grain.
        raster: The ink alone.
    """

    grey: NDArray[np.uint8]
    even: NDArray[np.uint8]
    smooth: NDArray[np.uint8]
    raster: Raster


def clean(picture: Picture) -> Raster:
    """The ink of `picture`, white on black; blank where there is none."""
    return clean_stages(picture.pixels).raster


def clean_stages(pixels: NDArray[np.uint8]) -> Stages:
    """Every step from a picture's pixels to its ink.

    Args:
        pixels: uint8 (H, W, 3), RGB.
    """
    grey = to_grey(pixels)
    scale = working_scale(grey.shape)
    grey = resize(grey, scale)
    even = even_light(grey)
    smooth = blur(even)
    return Stages(grey, even, smooth, Raster(drop_specks(separate_ink(smooth)), scale=scale))


def to_grey(pixels: NDArray[np.uint8]) -> NDArray[np.uint8]:
    """uint8 (H, W): the luma of uint8 (H, W, 3) RGB (ITU-R BT.601)."""
    return _uint8(cv2.cvtColor(pixels, cv2.COLOR_RGB2GRAY))


def working_scale(shape: tuple[int, ...]) -> float:
    """How much a picture of `shape` (H, W) is enlarged or reduced before it is cleaned."""
    longer = max(shape[:2])
    if longer < SMALL_SIDE:
        return float(np.ceil(SMALL_SIDE / longer))
    return min(1.0, LARGE_SIDE / longer)


def resize(grey: NDArray[np.uint8], scale: float) -> NDArray[np.uint8]:
    """`grey` (H, W) times `scale`, smoothly; no side under 1 pixel."""
    if scale == 1:
        return grey
    height, width = grey.shape
    size = max(1, round(width * scale)), max(1, round(height * scale))
    method = cv2.INTER_AREA if scale < 1 else cv2.INTER_CUBIC
    return _uint8(cv2.resize(grey, size, interpolation=method))


def even_light(grey: NDArray[np.uint8]) -> NDArray[np.uint8]:
    """`grey` less its slow changes: shadows, lamps, dark corners.

    The light at a place is the median grey of a wide window, which is paper in either polarity
    since ink covers less than half of it.
    """
    height, width = grey.shape
    factor = LIGHT_GRID / max(height, width)
    cells = max(1, round(width * factor)), max(1, round(height * factor))
    coarse = _uint8(cv2.resize(grey, cells, interpolation=cv2.INTER_AREA))
    window = int(LIGHT_GRID * LIGHT_WINDOW) // 2 * 2 + 1
    light = cv2.GaussianBlur(cv2.medianBlur(coarse, window), (0, 0), LIGHT_GRID / 16)
    light = cv2.resize(light, (width, height), interpolation=cv2.INTER_LINEAR).astype(np.int16)
    level = int(np.median(light))
    return np.asarray(np.clip(grey.astype(np.int16) - light + level, 0, 255), np.uint8)


def blur(grey: NDArray[np.uint8]) -> NDArray[np.uint8]:
    """`grey` without grain."""
    return _uint8(cv2.GaussianBlur(grey, (0, 0), BLUR_SIGMA))


def separate_ink(grey: NDArray[np.uint8]) -> NDArray[np.uint8]:
    """uint8 (H, W), ink 255 and paper 0: Otsu's threshold (1979), polarity found, blank if blank.

    Args:
        grey: uint8 (H, W), evenly lit, dark ink on light paper or light on dark.
    """
    threshold, _ = cv2.threshold(grey, 0, 255, cv2.THRESH_BINARY | cv2.THRESH_OTSU)
    light = grey > threshold
    if not _is_written_on(grey, light):
        return np.zeros_like(grey)
    ink = light if _paper_is_dark(light) else ~light
    return ink.astype(np.uint8) * np.uint8(255)


def drop_specks(binary: NDArray[np.uint8]) -> NDArray[np.uint8]:
    """`binary` (ink 255 on 0) without spots too small for a pen."""
    least = SPECK_SHARE * max(binary.shape)
    _, labels, stats, _ = cv2.connectedComponentsWithStats(binary, connectivity=8)
    sides = stats[:, [cv2.CC_STAT_WIDTH, cv2.CC_STAT_HEIGHT]].max(axis=1)
    keep = sides >= least
    keep[0] = False
    return binary if keep[1:].all() else keep[labels].astype(np.uint8) * np.uint8(255)


def _is_written_on(grey: NDArray[np.uint8], light: NDArray[np.bool_]) -> bool:
    """Whether the two sides of a threshold are ink and paper, not two halves of grain."""
    share = light.mean()
    if share in (0, 1):
        return False
    above, below = grey[light], grey[~light]
    contrast = float(above.mean()) - float(below.mean())
    within = float(np.sqrt(share * above.var() + (1 - share) * below.var()))
    return contrast >= LEAST_CONTRAST and contrast >= LEAST_SEPARATION * within


def _paper_is_dark(light: NDArray[np.bool_]) -> bool:
    """Whether the darker side is the paper: it has most of the edge of the picture."""
    edge = np.concatenate([light[0], light[-1], light[:, 0], light[:, -1]])
    return int(np.count_nonzero(edge)) * 2 < edge.size


def _uint8(pixels: Any) -> NDArray[np.uint8]:
    """OpenCV's answer with the dtype that its stubs do not promise."""
    return np.asarray(pixels, np.uint8)
