"""The frame around selected ink: where its handles are, and what dragging one of them means."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum

from core.box import Box

MARGIN = 8.0
"""From the ink to its frame, in canvas pixels."""

HANDLE = 10.0
"""Side of a handle, in canvas pixels."""

_GRASP = 6.0
"""How far outside a handle it can still be taken, in canvas pixels: a finger is no needle."""

_SMALLEST = 4.0
"""Least side that a box can be dragged to, in page pixels."""


@dataclass(frozen=True, slots=True)
class Sides:
    """Which sides of a box move with a grip: -1 the left or upper one, 1 the right or lower one,
    0 neither."""

    x: int
    y: int


class Grip(Enum):
    """What of the frame is held."""

    INSIDE = Sides(0, 0)
    LEFT = Sides(-1, 0)
    RIGHT = Sides(1, 0)
    TOP = Sides(0, -1)
    BOTTOM = Sides(0, 1)
    TOP_LEFT = Sides(-1, -1)
    TOP_RIGHT = Sides(1, -1)
    BOTTOM_LEFT = Sides(-1, 1)
    BOTTOM_RIGHT = Sides(1, 1)


def handle(frame: Box, grip: Grip) -> Box:
    """Where the handle of a grip is; the inside has none, and is its middle here."""
    x, y = frame.centre
    x += grip.value.x * frame.width / 2
    y += grip.value.y * frame.height / 2
    return Box(x - HANDLE / 2, y - HANDLE / 2, HANDLE, HANDLE)


def grip_at(frame: Box, x: float, y: float) -> Grip | None:
    """What of a frame is at a place, all in canvas pixels. The ink comes before handles that lie
    on it where the frame is small, and corners before sides."""
    if frame.grown(-MARGIN / 2).contains(x, y):
        return Grip.INSIDE
    for grip in sorted(Grip, key=lambda grip: -abs(grip.value.x) - abs(grip.value.y)):
        area = frame if grip is Grip.INSIDE else handle(frame, grip).grown(_GRASP)
        if area.contains(x, y):
            return grip
    return None


def dragged(box: Box, grip: Grip, dx: float, dy: float) -> Box:
    """The box when a grip of it was dragged by (dx, dy), in page pixels. A corner keeps the
    proportions; no side is ever turned inside out."""
    sides = grip.value
    if grip is Grip.INSIDE:
        return Box(box.x + dx, box.y + dy, box.width, box.height)
    width = max(box.width + sides.x * dx, min(_SMALLEST, box.width))
    height = max(box.height + sides.y * dy, min(_SMALLEST, box.height))
    if sides.x and sides.y:
        factor = max(width / max(box.width, 1.0), height / max(box.height, 1.0))
        width, height = box.width * factor, box.height * factor
    x = box.right - width if sides.x < 0 else box.x
    y = box.bottom - height if sides.y < 0 else box.y
    return Box(x, y, width, height)
