"""Handwriting for tests: characters of straight lines and arcs, drawn with the program's own pen.

A character stands in a unit square: capitals and digits from y = 0 down to the baseline at y = 1,
small letters from 0.4, descenders to 1.3.
"""

from __future__ import annotations

import cv2
import numpy as np
from numpy.typing import NDArray

from core.ink import Ink, Stroke
from core.picture import Picture, picture_from_pixels
from core.rasterising import rasterise
from core.training.data import InkSamples

Line = list[tuple[float, float]]

SPACE = 0.7
"""Width of the space between words, in the heights of a capital."""


def arc(x: float, y: float, across: float, down: float, start: float, end: float) -> Line:
    """Part of an ellipse around (x, y), clockwise from `start` to `end`, in degrees from 3 h."""
    angles = np.radians(np.linspace(start, end, 24))
    return [(x + across * np.cos(a), y + down * np.sin(a)) for a in angles]


def dot(x: float, y: float) -> Line:
    return [(x, y), (x + 0.01, y + 0.02)]


CHARACTERS: dict[str, list[Line]] = {
    "0": [arc(0.32, 0.5, 0.32, 0.5, -90, 270)],
    "1": [[(0.1, 0.25), (0.3, 0), (0.3, 1)]],
    "2": [[*arc(0.3, 0.3, 0.3, 0.3, -170, 40), (0, 1), (0.62, 1)]],
    "3": [[*arc(0.25, 0.25, 0.3, 0.25, -150, 90), *arc(0.25, 0.75, 0.34, 0.25, -90, 150)]],
    "4": [[(0.45, 0), (0, 0.65), (0.7, 0.65)], [(0.5, 0.35), (0.5, 1)]],
    "7": [[(0, 0), (0.6, 0), (0.2, 1)]],
    "8": [[*arc(0.3, 0.25, 0.25, 0.25, 90, -270), *arc(0.3, 0.75, 0.3, 0.25, -90, 270)]],
    "A": [[(0, 1), (0.38, 0), (0.76, 1)], [(0.15, 0.65), (0.62, 0.65)]],
    "E": [[(0.6, 0), (0, 0), (0, 1), (0.6, 1)], [(0, 0.5), (0.5, 0.5)]],
    "H": [[(0, 0), (0, 1)], [(0.65, 0), (0.65, 1)], [(0, 0.5), (0.65, 0.5)]],
    "L": [[(0, 0), (0, 1), (0.55, 1)]],
    "T": [[(0, 0), (0.8, 0)], [(0.4, 0), (0.4, 1)]],
    "i": [[(0.1, 0.42), (0.1, 1)], dot(0.1, 0.15)],
    "j": [[(0.3, 0.42), (0.3, 1.15), (0.2, 1.3), (0, 1.25)], dot(0.3, 0.15)],
    "n": [[(0, 0.42), (0, 1)], [(0, 0.6), *arc(0.2, 0.62, 0.2, 0.2, -180, 0), (0.4, 1)]],
    "o": [arc(0.25, 0.72, 0.25, 0.29, -90, 270)],
    "=": [[(0, 0.45), (0.6, 0.45)], [(0, 0.72), (0.6, 0.72)]],
    "+": [[(0, 0.6), (0.6, 0.6)], [(0.3, 0.3), (0.3, 0.9)]],
    ":": [dot(0.1, 0.5), dot(0.1, 0.95)],
    ";": [dot(0.1, 0.5), [(0.12, 0.92), (0.03, 1.2)]],
    "%": [
        arc(0.2, 0.17, 0.13, 0.16, -90, 270),
        [(0.75, 0), (0.1, 1)],
        arc(0.65, 0.83, 0.13, 0.16, -90, 270),
    ],
    '"': [[(0, 0), (0, 0.28)], [(0.18, 0), (0.18, 0.28)]],
    "!": [[(0.1, 0), (0.1, 0.68)], dot(0.1, 0.97)],
    "?": [[*arc(0.28, 0.25, 0.28, 0.25, -180, 60), (0.28, 0.5), (0.28, 0.7)], dot(0.28, 0.97)],
}


def character(sign: str, *, size: float = 80, x: float = 0, y: float = 0) -> Ink:
    """One character, its square's corner at (x, y); `size` is the height of a capital."""
    return Ink(
        tuple(
            Stroke.through(np.asarray(line, np.float32) * np.float32(size) + np.float32([x, y]))
            for line in CHARACTERS[sign]
        )
    )


def written(
    text: str, *, size: float = 80, gap: float = 0.25, slope: float = 0, leading: float = 1.9
) -> Ink:
    """`text`, with its lines and spaces.

    Args:
        text: Of the signs in `CHARACTERS`, spaces and line feeds.
        size: Height of a capital in pixels; the other lengths are in it.
        gap: Between two characters.
        slope: How much the lines sink, over their length.
        leading: From one baseline to the next.
    """
    strokes: list[Stroke] = []
    for number, line in enumerate(text.split("\n")):
        x = 0.0
        for sign in line:
            if sign == " ":
                x += SPACE
                continue
            place = {"x": x * size, "y": (number * leading + slope * x) * size}
            strokes += character(sign, size=size, **place).strokes
            width = max(across for stroke in CHARACTERS[sign] for across, _ in stroke)
            x += width + gap
    return Ink(tuple(strokes))


def on_sheet(ink: Ink, *, pen: int = 40, paper: int = 235, margin: int = 40) -> NDArray[np.uint8]:
    """uint8 (H, W, 3): a photo of `ink`, drawn in grey `pen` on grey `paper`."""
    share = rasterise(ink).pixels.astype(np.float32) / 255
    share = cv2.copyMakeBorder(share, margin, margin, margin, margin, cv2.BORDER_CONSTANT, value=0)
    grey = np.rint(paper + (pen - paper) * share).astype(np.uint8)
    return np.repeat(grey[..., None], 3, axis=2)


def photo(ink: Ink, **look: int) -> Picture:
    """A picture of `ink` on a sheet."""
    return picture_from_pixels(on_sheet(ink, **look), source="sheet")


def ink_samples(signs: str) -> InkSamples:
    """One of each of `signs`, by one writer."""
    inks = [character(sign) for sign in signs]
    strokes = [stroke.xy for ink in inks for stroke in ink.strokes]
    return InkSamples(
        "ink",
        np.concatenate(strokes),
        np.cumsum([0, *map(len, strokes)]),
        np.cumsum([0, *(len(ink.strokes) for ink in inks)]),
        np.array(list(signs)),
        np.array(["anna"] * len(signs)),
        np.arange(len(signs)),
    )
