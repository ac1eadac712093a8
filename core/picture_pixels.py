"""A picture's pixels: the type that holds them, and the way there from what a decoder gives."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any

import cv2
import numpy as np
from numpy.typing import NDArray

from core.arrays import read_only
from core.errors import DamagedFileError, PictureTooLargeError

MOST_PIXELS = 100_000_000
"""Pixels of the largest page that is decoded: A3 at 600 dots an inch has 70 million, and decoding
100 million takes some 0.7 GB."""

MOST_SIDE = 1 << 20
"""Pixels of the longest side that OpenCV decodes."""


@dataclass(frozen=True, eq=False)
class Picture:
    """A decoded image as it came.

    Attributes:
        pixels: uint8 (H, W, 3) with H, W >= 1, RGB, upright, on white where it was transparent,
            read-only.
        source: Where it came from: a file's path, or a word for what had no file.
        page: Which page of the source it is, from 1.
        pages: How many pages the source has.
        dpi: Pixels an inch, across, as the source says. Exact for a PDF, as it was rendered so;
            else a claim: scanners tell the truth, cameras and drawing programs often write 72 or
            96 and mean nothing by it. None where nothing, or nothing possible, is said.
    """

    pixels: NDArray[np.uint8]
    source: str
    page: int = 1
    pages: int = 1
    dpi: float | None = None

    def __post_init__(self) -> None:
        pixels = read_only(self.pixels, name="pixels", dtype=np.uint8, shape=(None, None, 3))
        if pixels.size == 0:
            raise ValueError("a picture needs at least one pixel")
        if not 1 <= self.page <= self.pages:
            raise ValueError(f"there is no page {self.page} of {self.pages}")
        object.__setattr__(self, "pixels", pixels)

    @property
    def width(self) -> int:
        return int(self.pixels.shape[1])

    @property
    def height(self) -> int:
        return int(self.pixels.shape[0])


@dataclass(frozen=True, eq=False)
class Decoded:
    """A page as its file holds it, upright.

    Attributes:
        pixels: uint8 (H, W, 3), RGB.
        dpi: Pixels an inch, across, where the file says a possible one.
    """

    pixels: NDArray[np.uint8]
    dpi: float | None


def picture_from_pixels(pixels: NDArray[Any], *, source: str) -> Picture:
    """A picture of pixels that came from no file: pasted, or taken from another program.

    Args:
        pixels: (H, W) grey, (H, W, 3) RGB or (H, W, 4) RGB and opacity; uint8, uint16, or float
            from 0 to 1. They are copied.
        source: A word for where they came from.

    Raises:
        PictureTooLargeError: There are more than MOST_PIXELS.
        ValueError: The shape is another one, or empty.
    """
    if pixels.size == 0 or pixels.ndim < _PLANE or pixels.shape[2:] not in SHAPES_OF_A_PIXEL:
        raise ValueError(f"a picture's pixels cannot have shape {pixels.shape}")
    height, width = pixels.shape[:2]
    check_size(width, height, source)
    return Picture(as_rgb(pixels.copy()), source)


def check_size(width: int, height: int, source: str) -> None:
    """Nothing where a page of so many pixels is decoded.

    Raises:
        DamagedFileError: It has no pixels.
        PictureTooLargeError: It has more than MOST_PIXELS, or is a thread of more than MOST_SIDE.
    """
    if width <= 0 or height <= 0:
        raise DamagedFileError(source)
    if width * height > MOST_PIXELS or max(width, height) > MOST_SIDE:
        raise PictureTooLargeError(source, limit=MOST_PIXELS)


# --- Steps from decoded to upright RGB ---


def from_decoder(pixels: NDArray[Any], *, multiplied: bool = False) -> NDArray[np.uint8]:
    """uint8 (H, W, 3), RGB, of what OpenCV decoded.

    Args:
        pixels: (H, W) grey, (H, W, 3) or (H, W, 4), blue before green before red; any depth.
        multiplied: As `on_white` has it.
    """
    shallow = as_8_bits(pixels)
    if shallow.shape[2:] == _GREY:
        return as_rgb(shallow)
    code = cv2.COLOR_BGRA2RGBA if shallow.shape[2:] == _RGB_AND_OPACITY else cv2.COLOR_BGR2RGB
    return as_rgb(np.asarray(cv2.cvtColor(shallow, code), np.uint8), multiplied=multiplied)


def as_rgb(pixels: NDArray[Any], *, multiplied: bool = False) -> NDArray[np.uint8]:
    """uint8 (H, W, 3) of grey, RGB, or RGB and opacity, of any depth; see `on_white` for
    `multiplied`."""
    shallow = as_8_bits(pixels)
    if shallow.shape[2:] == _RGB_AND_OPACITY:
        return on_white(shallow, multiplied=multiplied)
    if shallow.shape[2:] == _GREY:
        return np.asarray(cv2.cvtColor(shallow, cv2.COLOR_GRAY2RGB), np.uint8)
    return shallow


def as_8_bits(pixels: NDArray[Any]) -> NDArray[np.uint8]:
    """The same pixels as uint8; the same array where they are.

    Args:
        pixels: Any shape. uint16 over its whole range; float, or any other integer, from 0 to 1
            or, where there is more, from 0 to the most there is.
    """
    if pixels.dtype == np.uint8:
        return np.asarray(pixels, np.uint8)
    if pixels.dtype == np.uint16:
        return np.asarray(cv2.convertScaleAbs(pixels, alpha=255 / 65535), np.uint8)
    with np.errstate(over="ignore"):
        finite = np.nan_to_num(pixels.astype(np.float32), posinf=1, neginf=0)
    share = np.clip(finite / max(float(finite.max()), 1.0), 0, 1)
    return np.asarray(np.rint(share * 255), np.uint8)


def on_white(pixels: NDArray[np.uint8], *, multiplied: bool = False) -> NDArray[np.uint8]:
    """RGB as it looks on white paper.

    Args:
        pixels: uint8 (H, W, 4), RGB and opacity, 255 where nothing shines through.
        multiplied: Whether the colours are multiplied by their opacity already.

    Returns:
        uint8 (H, W, 3).
    """
    colours, opacity = np.ascontiguousarray(pixels[:, :, :3]), pixels[:, :, 3]
    if opacity.min() == _OPAQUE:
        return colours
    # one channel a colour, in bytes: floats would need four times the memory
    each = cv2.merge([opacity, opacity, opacity])
    inked = colours if multiplied else cv2.multiply(colours, each, scale=1 / _OPAQUE)
    return np.asarray(cv2.add(inked, cv2.bitwise_not(each)), np.uint8)


def shrunk(pixels: NDArray[np.uint8], side: int) -> NDArray[np.uint8]:
    """Pixels with at most `side` of them on the longer side; the same where they have no more.

    Args:
        pixels: uint8 (H, W, 3).
        side: At least 1.
    """
    height, width = pixels.shape[:2]
    scale = side / max(height, width)
    if scale >= 1:
        return pixels
    size = max(round(width * scale), 1), max(round(height * scale), 1)
    # every pixel counts: thin strokes would break
    return np.asarray(cv2.resize(pixels, size, interpolation=cv2.INTER_AREA), np.uint8)


def upright(pixels: NDArray[np.uint8], turn: int) -> NDArray[np.uint8]:
    """Pixels turned and mirrored as their file asks.

    Args:
        pixels: uint8 (H, W, 3).
        turn: 1 to 8, as in Exif: which sides the stored first row and first column belong to.

    Returns:
        uint8 (H, W, 3), or (W, H, 3) for a turn of 5 to 8.
    """
    return np.ascontiguousarray(_TURNS[turn](pixels))


_PLANE = 2
_GREY: tuple[int, ...] = ()
_RGB: tuple[int, ...] = (3,)
_RGB_AND_OPACITY: tuple[int, ...] = (4,)
SHAPES_OF_A_PIXEL = frozenset({_GREY, _RGB, _RGB_AND_OPACITY})
_OPAQUE = 255

_TURNS: Mapping[int, Callable[[NDArray[np.uint8]], NDArray[np.uint8]]] = MappingProxyType(
    {
        1: lambda pixels: pixels,
        2: lambda pixels: pixels[:, ::-1],
        3: lambda pixels: pixels[::-1, ::-1],
        4: lambda pixels: pixels[::-1],
        5: lambda pixels: pixels.swapaxes(0, 1),
        6: lambda pixels: pixels[::-1].swapaxes(0, 1),
        7: lambda pixels: pixels[::-1, ::-1].swapaxes(0, 1),
        8: lambda pixels: pixels[:, ::-1].swapaxes(0, 1),
    }
)
