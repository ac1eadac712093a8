"""The connected pieces of a picture's ink, and the parts that some of them are cut into."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

import cv2
import numpy as np
from numpy.typing import NDArray

from core.arrays import read_only
from core.box import Box

INK_LEVEL = 64
"""A pixel above it is ink: the soft edge of a stroke is none."""

EDGE_POINTS = 48
"""Places along the edge of a part that its distance from another is measured at."""


@dataclass(frozen=True, eq=False)
class Component:
    """One connected piece of ink.

    Attributes:
        label: Its number in the picture of labels.
        box: In raster pixels.
        area: How many pixels of ink it has.
    """

    label: int
    box: Box
    area: int

    @property
    def fill(self) -> float:
        """The share of its box that is ink, 0 to 1."""
        return self.area / (self.box.width * self.box.height)


@dataclass(frozen=True, eq=False)
class Part:
    """Ink that is not cut any further: a connected piece, or what lies between two cuts of one.

    Attributes:
        label: Of the connected piece.
        box: In raster pixels.
        pixels: uint8 (h, w), its ink alone, as large as its box, read-only.
        cut: How thick the ink is that was cut on its left, in raster pixels; 0 where none was.
        number: Which part of its connected piece it is, from the left.
        of: How many parts that piece was cut into.
    """

    label: int
    box: Box
    pixels: NDArray[np.uint8]
    cut: float = 0.0
    number: int = 0
    of: int = 1

    def __post_init__(self) -> None:
        shape = (int(self.box.height), int(self.box.width))
        pixels = read_only(self.pixels, name="pixels", dtype=np.uint8, shape=shape)
        object.__setattr__(self, "pixels", pixels)

    @cached_property
    def edge(self) -> NDArray[np.float32]:
        """float32 (N, 2), N <= EDGE_POINTS: places (x, y) along its edge, in raster pixels."""
        ink = (self.pixels > INK_LEVEL).astype(np.uint8)
        outlines, _ = cv2.findContours(ink, cv2.RETR_LIST, cv2.CHAIN_APPROX_NONE)
        if not outlines:
            return np.array([self.box.centre], np.float32)
        places = np.concatenate(outlines)[:, 0]
        places = places[:: -(-len(places) // EDGE_POINTS)]
        return np.asarray(places + np.array([self.box.x, self.box.y]), np.float32)


def label_components(pixels: NDArray[np.uint8]) -> tuple[NDArray[np.int32], tuple[Component, ...]]:
    """The connected pieces (8 neighbours) of uint8 (H, W) in `Raster` polarity: int32 (H, W), the
    number of the piece that each pixel is of, 0 for none, and the pieces."""
    ink = (pixels > INK_LEVEL).astype(np.uint8)
    count, labels, stats, _ = cv2.connectedComponentsWithStats(ink, connectivity=8)
    components = tuple(
        Component(label, Box(*map(float, stats[label, :4])), int(stats[label, cv2.CC_STAT_AREA]))
        for label in range(1, count)
    )
    return np.asarray(labels, np.int32), components


def whole_part(pixels: NDArray[np.uint8], labels: NDArray[np.int32], component: Component) -> Part:
    """A connected piece, uncut."""
    box = component.box
    rows, columns = slice(int(box.y), int(box.bottom)), slice(int(box.x), int(box.right))
    own = labels[rows, columns] == component.label
    return Part(component.label, box, np.where(own, pixels[rows, columns], np.uint8(0)))


def key_of(run: Sequence[Part]) -> tuple[object, ...]:
    """Equal for the same ink, into how many parts it ever is cut."""
    labels = [part.label for part in run]
    return tuple(
        part.label if labels.count(part.label) == part.of else (part.label, part.number, part.of)
        for part in run
        if part.number == 0 or labels.count(part.label) < part.of
    )


def distance(one: Part, other: Part) -> float:
    """How near two parts come to each other, in raster pixels: from edge to edge. Two that were cut
    apart touch."""
    if one.label == other.label:
        return 0.0
    apart = one.edge[:, None] - other.edge[None]
    return float(np.sqrt((apart**2).sum(axis=2).min()))


def pen_thickness(pixels: NDArray[np.uint8]) -> float:
    """How thick the lines are, in raster pixels: their area by half their edge. At least 1.

    Args:
        pixels: uint8 (H, W) in `Raster` polarity.
    """
    ink = (pixels > INK_LEVEL).astype(np.uint8)
    area = cv2.countNonZero(ink)
    edge = area - cv2.countNonZero(cv2.erode(ink, np.ones((3, 3), np.uint8)))
    return max(2.0 * area / edge, 1.0) if edge else 1.0
