"""The page laid flat and upright: perspective and a small turn taken out at once."""

from __future__ import annotations

from dataclasses import dataclass

import cv2
import numpy as np
from numpy.typing import NDArray

from core.arrays import read_only
from core.cleaning import turning
from core.cleaning.polarity import ink_is_light
from core.cleaning.sheet import find_sheet
from core.cleaning.sizing import reduced
from core.cleaning.turning import page_turn

INSET = 0.004
"""How much of a sheet's sides is left out, as a share of its longer side: its edge and the shadow
beside it, not ink."""

FOCAL_LENGTHS = (0.5, 3.0)
"""Focal lengths of cameras, in the longer sides of their pictures. Others than these come from
errors of measurement: of a sheet that was seen from straight above, none can be told."""

USUAL_FOCAL_LENGTH = 0.8
"""That of a telephone's main camera."""

MOST_STRETCH = 1.3
"""How far the sides of a sheet may be from what they measure in the picture, for what perspective
hides of them; more is an error of measurement."""


@dataclass(frozen=True, eq=False)
class Flat:
    """How a picture is laid flat.

    Attributes:
        width: Of the flat page, in pixels.
        height: Of it.
        warp: float64 (3, 3), read-only: the homography from the flat page to the picture; places
            are those of `Raster`.
        paper: float64 (N, 2), read-only: the corners of what is paper on the flat page.
    """

    width: int
    height: int
    warp: NDArray[np.float64]
    paper: NDArray[np.float64]

    def __post_init__(self) -> None:
        for name, shape in (("warp", (3, 3)), ("paper", (None, 2))):
            checked = read_only(getattr(self, name), name=name, dtype=np.float64, shape=shape)
            object.__setattr__(self, name, checked)

    @property
    def is_plain(self) -> bool:
        """Whether the flat page is the picture as it is."""
        return bool(np.array_equal(self.warp, np.eye(3)))

    def scaled(self, scale: float) -> Flat:
        """The same for a page and a picture `scale` times as large."""
        width, height = (max(1, round(side * scale)) for side in (self.width, self.height))
        grow = np.diag([scale, scale, 1.0])
        return Flat(width, height, grow @ self.warp @ np.linalg.inv(grow), self.paper * scale)


def find_flat(pixels: NDArray[np.uint8], grey: NDArray[np.uint8]) -> Flat | None:
    """How a picture is laid flat; None where it is so already, or nothing tells.

    Args:
        pixels: uint8 (H, W, 3), RGB.
        grey: uint8 (h, w): its grey, at any size; that of the answer.
    """
    height, width = grey.shape
    sheet = find_sheet(pixels)
    if sheet is None:
        frame = np.array([[0, 0], [width, 0], [width, height], [0, height]], np.float64)
        flat = Flat(width, height, np.eye(3), frame)
    else:
        share = np.array([width / pixels.shape[1], height / pixels.shape[0]])
        flat = _flattened(sheet.corners * share, (width, height), whole=sheet.whole)
    angle = _turn_of(grey, flat)
    if angle:
        return _turned_back(flat, angle)
    return None if sheet is None else flat


def lay_flat(grey: NDArray[np.uint8], flat: Flat) -> NDArray[np.uint8]:
    """uint8 (flat.height, flat.width): the picture `grey` (H, W) laid flat."""
    middle = np.array([[1, 0, 0.5], [0, 1, 0.5], [0, 0, 1]])
    laid = cv2.warpPerspective(
        grey,
        np.linalg.inv(middle) @ flat.warp @ middle,
        (flat.width, flat.height),
        flags=cv2.INTER_LINEAR | cv2.WARP_INVERSE_MAP,
        borderMode=cv2.BORDER_REPLICATE,
    )
    return np.asarray(laid, np.uint8)


def paper_of(flat: Flat) -> NDArray[np.uint8]:
    """uint8 (flat.height, flat.width): 255 where there is paper, 0 beyond its edges."""
    mask = np.zeros((flat.height, flat.width), np.uint8)
    corners = np.rint((flat.paper - 0.5) * 16).astype(np.int32)
    cv2.fillConvexPoly(mask, corners, 255, shift=4)
    return mask


# --- Steps --------------------------------------------------------------------------------------


def _flattened(corners: NDArray[np.float64], frame: tuple[int, int], *, whole: bool) -> Flat:
    """A sheet with its perspective taken out, where all of it is seen; else as it lies."""
    if not whole:
        edge = INSET * max(frame)
        return Flat(*frame, np.eye(3), _inset(corners, edge))
    sides = np.hypot(*(np.roll(corners, -1, axis=0) - corners).T)
    width, height = max(sides[0], sides[2]), max(sides[1], sides[3])
    measured = (sides[0] + sides[2]) / (sides[1] + sides[3])
    shape = np.clip(_true_shape(corners, frame), measured / MOST_STRETCH, measured * MOST_STRETCH)
    # the longer of the two that it may be, so that nothing is lost by making it smaller
    width, height = max(width, height * shape), max(height, width / shape)
    page = np.array([[0, 0], [width, 0], [width, height], [0, height]])
    warp = cv2.getPerspectiveTransform(page.astype(np.float32), corners.astype(np.float32))
    return Flat(
        max(1, round(width)),
        max(1, round(height)),
        np.asarray(warp, np.float64),
        _inset(page, INSET * max(width, height)),
    )


def _true_shape(corners: NDArray[np.float64], frame: tuple[int, int]) -> float:
    """How many times as wide as high a sheet is that a camera saw in perspective.

    The method is that of Zhang and He ("Whiteboard scanning and image enhancement", 2007), the
    picture's middle being the camera's axis.
    """
    middle = np.array(frame) / 2
    first, second, fourth, third = np.column_stack([corners - middle, np.ones(len(corners))])
    across, down = np.cross(first, fourth), np.cross(second, fourth)
    aside = np.cross(third, fourth)
    wide = (across @ third) / (down @ third) * second - first
    high = (across @ second) / (aside @ second) * third - first
    squared = -float(wide[:2] @ high[:2]) / float(wide[2] * high[2] or 1e-12)
    least, most = np.square(np.array(FOCAL_LENGTHS) * max(frame))
    if not least <= squared <= most:
        squared = float((USUAL_FOCAL_LENGTH * max(frame)) ** 2)
    lens = np.array([1 / squared, 1 / squared, 1.0])
    return float(np.sqrt((lens * wide**2).sum() / (lens * high**2).sum()))


def _inset(corners: NDArray[np.float64], edge: float) -> NDArray[np.float64]:
    """The corners of a sheet without its outermost `edge` pixels."""
    middle = corners.mean(axis=0)
    away = corners - middle
    nearer = np.clip(1 - edge * np.sqrt(2) / np.hypot(*away.T), 0, 1)
    return np.asarray(middle + away * nearer[:, None], np.float64)


def _turn_of(grey: NDArray[np.uint8], flat: Flat) -> float:
    """How much the page is turned once it is laid flat, in degrees clockwise."""
    few = reduced(grey, turning.SEEN_SIDE * max(grey.shape) / max(flat.width, flat.height))
    small = flat.scaled(max(few.shape) / max(grey.shape))
    seen = few if flat.is_plain else lay_flat(few, small)
    if ink_is_light(seen):
        seen = np.asarray(cv2.bitwise_not(seen), np.uint8)
    return page_turn(seen, paper_of(small))


def _turned_back(flat: Flat, angle: float) -> Flat:
    """The flat page turned against the clock by `angle` degrees, nothing of its paper cut off."""
    cos, sin = np.cos(np.radians(angle)), np.sin(np.radians(angle))
    turned = flat.paper @ np.array([[cos, sin], [-sin, cos]]).T
    least = np.floor(turned.min(axis=0))
    width, height = np.ceil(turned.max(axis=0) - least).astype(int).tolist()
    back = np.array(
        [
            [cos, -sin, cos * least[0] - sin * least[1]],
            [sin, cos, sin * least[0] + cos * least[1]],
            [0, 0, 1],
        ]
    )
    return Flat(max(1, width), max(1, height), flat.warp @ back, turned - least)
