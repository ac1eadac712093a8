"""A sheet to draw figures on: OpenCV's lines and letters, one palette, one PNG."""

from __future__ import annotations

from typing import Literal

import cv2
import numpy as np
from numpy.typing import NDArray

Colour = tuple[int, int, int]
"""Red, green and blue, 0 to 255."""

PAPER: Colour = (255, 255, 255)
INK: Colour = (31, 41, 51)
QUIET: Colour = (107, 119, 133)
GRID: Colour = (226, 230, 235)
EMPTY: Colour = (246, 247, 249)
RIGHT: Colour = (0, 114, 178)
WRONG: Colour = (213, 94, 0)
"""`RIGHT` and `WRONG` are the blue and the vermilion of Okabe and Ito (2008), which people who do
not tell red from green tell apart."""

EM = 27.5
"""Size in pixels of OpenCV's letters at scale 1 (measured)."""

CAP = 0.7
"""Height of a capital, in sizes."""

Align = Literal["left", "middle", "right"]

_SHIFT = 4
"""Bits after the point in the coordinates that OpenCV takes for smooth lines."""


class Sheet:
    """uint8 (height, width, 3), RGB, to draw on; x grows to the right, y down, in pixels."""

    def __init__(self, width: int, height: int) -> None:
        self.pixels: NDArray[np.uint8] = np.full((height, width, 3), PAPER, np.uint8)

    def text(
        self,
        text: str,
        x: float,
        y: float,
        *,
        size: float = 14,
        colour: Colour = INK,
        bold: bool = False,
        align: Align = "left",
    ) -> float:
        """Writes a line of ASCII and returns its width.

        Args:
            text: What is written.
            x: Its left end, middle or right end, by `align`.
            y: Where the middle of its capitals is.
            size: In pixels; a capital is `CAP` of it high.
            colour: Of the letters.
            bold: Whether they are heavy.
            align: Which part of it is at x.
        """
        width = text_width(text, size, bold=bold)
        left = x - {"left": 0.0, "middle": width / 2, "right": width}[align]
        place = (round(left), round(y + CAP * size / 2))
        face, weight = cv2.FONT_HERSHEY_SIMPLEX, 2 if bold else 1
        cv2.putText(self.pixels, text, place, face, size / EM, colour, weight, cv2.LINE_AA)
        return width

    def text_up(self, text: str, x: float, y: float, *, size: float = 14) -> None:
        """Writes a line of ASCII from bottom to top, its middle at (x, y), in the quiet colour."""
        label = Sheet(round(text_width(text, size)) + 4, round(size * 1.6))
        height, width = label.pixels.shape[:2]
        label.text(text, width / 2, height / 2, size=size, colour=QUIET, align="middle")
        self.paste(np.rot90(label.pixels), round(x - height / 2), round(y - width / 2))

    def box(self, x: float, y: float, width: float, height: float, colour: Colour) -> None:
        """Fills a rectangle of whole pixels."""
        left, top = round(x), round(y)
        self.pixels[top : round(y + height), left : round(x + width)] = colour

    def line(self, points: list[tuple[float, float]], colour: Colour, thickness: int = 1) -> None:
        """Draws straight lines from point to point, smooth."""
        fixed = np.rint(np.array(points) * 2**_SHIFT).astype(np.int32)
        cv2.polylines(self.pixels, [fixed], False, colour, thickness, cv2.LINE_AA, _SHIFT)

    def dot(self, x: float, y: float, radius: float, colour: Colour) -> None:
        """Fills a circle, smooth."""
        centre = (round(x * 2**_SHIFT), round(y * 2**_SHIFT))
        cv2.circle(
            self.pixels, centre, round(radius * 2**_SHIFT), colour, cv2.FILLED, cv2.LINE_AA, _SHIFT
        )

    def arrow(self, x: float, y: float, length: float, colour: Colour) -> None:
        """Draws an arrow to the right, its tail at (x, y)."""
        end = x + length
        self.line([(x, y), (end, y)], colour)
        self.line([(end - 3, y - 3), (end, y), (end - 3, y + 3)], colour)

    def paste(self, pixels: NDArray[np.uint8], x: int, y: int) -> None:
        """Lays uint8 (H, W, 3) or (H, W) with its corner at (x, y)."""
        height, width = pixels.shape[:2]
        colours = pixels if pixels.ndim == len("rgb") else pixels[..., None]
        self.pixels[y : y + height, x : x + width] = colours

    def png(self) -> bytes:
        """The sheet as a PNG file's bytes."""
        bgr = cv2.cvtColor(self.pixels, cv2.COLOR_RGB2BGR)
        _, data = cv2.imencode(".png", bgr, [cv2.IMWRITE_PNG_COMPRESSION, 9])
        return data.tobytes()


def text_width(text: str, size: float, *, bold: bool = False) -> float:
    """How wide a line of ASCII is, in pixels."""
    (width, _), _ = cv2.getTextSize(text, cv2.FONT_HERSHEY_SIMPLEX, size / EM, 2 if bold else 1)
    return float(width)


def blend(colour: Colour, share: float) -> Colour:
    """`colour` on paper: none of it at 0, all of it at 1."""
    red, green, blue = (
        round(paper + (full - paper) * share) for paper, full in zip(PAPER, colour, strict=True)
    )
    return red, green, blue
