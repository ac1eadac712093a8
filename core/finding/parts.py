"""The connected pieces of ink, and which of them make one character."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

import cv2
import numpy as np
from numpy.typing import NDArray

from core.box import Box, enclosing

INK_LEVEL = 64
"""A pixel above it is ink: the soft edge of a stroke is none."""

STACKED_OVERLAP = 0.5
"""Pieces one above the other belong together (i, =, ?) when they share this part of the
narrower one's width."""

BESIDE_OVERLAP = 0.7
"""Pieces beside one another in height belong together (a broken letter) only when they share
this part of the narrower one's width: the o under the bar of a T shares less."""

MARK_HEIGHT = 0.55
"""Pieces lower than this share of the line's letters may be marks: dots, quotes, dashes."""

QUOTE_GAP = 0.35
"""Two marks beside one another make a double quote when the gap between them is below this share
of the line's letter height."""

LOOK_BACK = 12
"""How many characters to the left are tried: a percent sign's last dot is three pieces back."""


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
class Group:
    """The pieces that make one character."""

    components: tuple[Component, ...]

    @cached_property
    def box(self) -> Box:
        return enclosing(component.box for component in self.components)

    def joined(self, other: Group) -> Group:
        return Group(self.components + other.components)


@dataclass(frozen=True, eq=False)
class Labelled:
    """A raster's pieces of ink.

    Attributes:
        labels: int32 (H, W): the label of each pixel's piece, 0 where there is no ink.
        components: Every piece.
    """

    labels: NDArray[np.int32]
    components: tuple[Component, ...]

    def pixels_of(self, group: Group) -> NDArray[np.bool_]:
        """Where the ink of `group` is within its box, bool (h, w)."""
        box = group.box
        part = self.labels[int(box.y) : int(box.bottom), int(box.x) : int(box.right)]
        return np.isin(part, [component.label for component in group.components])


def label_components(pixels: NDArray[np.uint8]) -> Labelled:
    """The connected pieces (8 neighbours) of uint8 (H, W) in `Raster` polarity."""
    ink = (pixels > INK_LEVEL).astype(np.uint8)
    count, labels, stats, _ = cv2.connectedComponentsWithStats(ink, connectivity=8)
    components = tuple(
        Component(label, Box(*map(float, stats[label, :4])), int(stats[label, cv2.CC_STAT_AREA]))
        for label in range(1, count)
    )
    return Labelled(np.asarray(labels, np.int32), components)


def group_line(components: Sequence[Component], letter_height: float) -> tuple[Group, ...]:
    """The characters of one line, from left to right.

    Args:
        components: The pieces of the line.
        letter_height: Typical height of the line's letters, in raster pixels.
    """
    groups = [Group((component,)) for component in components]
    while True:
        joined = _join_neighbours(groups, letter_height)
        if len(joined) == len(groups):
            return tuple(sorted(joined, key=lambda group: group.box.centre[0]))
        groups = joined


def _join_neighbours(groups: Sequence[Group], letter_height: float) -> list[Group]:
    """`groups` after one sweep from left to right that joins those that belong together."""
    reach = QUOTE_GAP * letter_height
    done: list[Group] = []
    for group in sorted(groups, key=lambda group: group.box.x):
        for place in range(len(done) - 1, max(len(done) - LOOK_BACK, 0) - 1, -1):
            near = done[place].box.right + reach >= group.box.x
            if near and belong_together(done[place].box, group.box, letter_height):
                done[place] = done[place].joined(group)
                break
        else:
            done.append(group)
    return done


def belong_together(left: Box, right: Box, letter_height: float) -> bool:
    """Whether two pieces of one line are of one character."""
    narrower = max(min(left.width, right.width), 1.0)
    shared_width = min(left.right, right.right) - max(left.x, right.x)
    shared_height = min(left.bottom, right.bottom) - max(left.y, right.y)
    lower = max(min(left.height, right.height), 1.0)
    if shared_height <= 0.2 * lower:
        return shared_width >= STACKED_OVERLAP * narrower
    if shared_width >= BESIDE_OVERLAP * narrower:
        return True
    return _is_quote(left, right, letter_height)


def _is_quote(left: Box, right: Box, letter_height: float) -> bool:
    """Two small upright marks side by side at one height."""
    small = all(box.height < MARK_HEIGHT * letter_height for box in (left, right))
    upright = all(box.height > 1.2 * box.width for box in (left, right))
    level = abs(left.centre[1] - right.centre[1]) < 0.3 * max(left.height, right.height)
    return small and upright and level and right.x - left.right < QUOTE_GAP * letter_height
