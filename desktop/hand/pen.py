"""Pointer events → points of ink: Qt's pens, mice and fingers become our types here, once."""

from __future__ import annotations

import math
from dataclasses import dataclass, replace
from enum import Enum
from typing import TYPE_CHECKING

import numpy as np
from PySide6.QtCore import QPointF, Qt
from PySide6.QtGui import QEventPoint, QMouseEvent, QPointingDevice, QTabletEvent

from core.ink import PLAIN, UNKNOWN_PRESSURE, Stroke, StrokeStyle

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from desktop.canvas.page_place import PagePlace

FARTHEST = 1e6
"""Pixels from the origin. Farther away there is no pad: the driver is mistaken."""

_MILLISECONDS = 1000.0
_FIRST_ROOM = 256
"""Points that a stroke has room for at first; the room doubles when it is full."""


class Tool(Enum):
    """What a gesture does."""

    PEN = "pen"
    MARKER = "marker"
    ERASER = "eraser"
    AREA_ERASER = "area eraser"
    SELECT = "select"
    HAND = "hand"


ERASERS = (Tool.ERASER, Tool.AREA_ERASER)


@dataclass(frozen=True, slots=True)
class PenPoint:
    """One event of a pen, mouse or finger.

    Attributes:
        x, y: In the widget's pixels (device-independent), y down.
        pressure: 0 to 1; `UNKNOWN_PRESSURE` where the device has no such axis.
        time: Seconds, from any zero.
    """

    x: float
    y: float
    pressure: float
    time: float

    @property
    def is_somewhere(self) -> bool:
        """Whether a pen can be there: some drivers send NaN, or a place outside the world."""
        return math.hypot(self.x, self.y) < FARTHEST

    def on_page(self, place: PagePlace) -> PenPoint:
        """The same in page pixels."""
        x, y = place.to_page(self.x, self.y)
        return replace(self, x=x, y=y)


def tablet_tool(event: QTabletEvent, tool: Tool, eraser: Tool) -> Tool:
    """What a stylus does that was put down: its eraser end erases, and so does its tip with the
    lower barrel button held."""
    if event.pointerType() == QPointingDevice.PointerType.Eraser:
        return eraser
    buttons = event.buttons() | event.button()
    if buttons & Qt.MouseButton.RightButton:
        return eraser
    return Tool.HAND if buttons & Qt.MouseButton.MiddleButton else tool


def mouse_tool(event: QMouseEvent, tool: Tool, eraser: Tool) -> Tool | None:
    """The left button does what is chosen, the right one erases, the middle one moves the page;
    others do nothing."""
    tools = {
        Qt.MouseButton.LeftButton: tool,
        Qt.MouseButton.RightButton: eraser,
        Qt.MouseButton.MiddleButton: Tool.HAND,
    }
    return tools.get(event.button())


def tablet_point(event: QTabletEvent) -> PenPoint:
    """Where a stylus is, and how hard it presses if it can tell."""
    device = event.pointingDevice()
    has_pressure = bool(device.capabilities() & QPointingDevice.Capability.Pressure)
    pressure = event.pressure() if has_pressure else UNKNOWN_PRESSURE
    return _point(event.position(), pressure, event.timestamp())


def mouse_point(event: QMouseEvent) -> PenPoint:
    """Where the mouse is."""
    return _point(event.position(), UNKNOWN_PRESSURE, event.timestamp())


def touch_point(point: QEventPoint) -> PenPoint:
    """A finger; its pressure is left out, since most screens make it up."""
    return _point(point.position(), UNKNOWN_PRESSURE, point.timestamp())


class StrokeBuilder:
    """The stroke that is being drawn, in page pixels.

    Some devices say that they have pressure and then send 0 for ever. Until one has pressed, its
    zeros count as unknown; when it then presses in the middle of a stroke, what came before is as
    wide as that.

    Args:
        first: Where the pen came down.
        style: What the stroke will look like.
        knows_pressure: Whether the device is known to tell it.
    """

    def __init__(
        self, first: PenPoint, style: StrokeStyle = PLAIN, *, knows_pressure: bool = True
    ) -> None:
        self.style = style
        self._start = first.time
        self._rows = np.empty((_FIRST_ROOM, 4), np.float32)
        self._count = 0
        self._knows_pressure = knows_pressure
        self.add(first)

    def __len__(self) -> int:
        return self._count

    @property
    def knows_pressure(self) -> bool:
        """Whether the device has told a pressure above 0 by now, or before."""
        return self._knows_pressure

    @property
    def points(self) -> NDArray[np.float32]:
        """All points so far, (N, 4); the next one may move them."""
        return self._rows[: self._count]

    def add(self, point: PenPoint) -> bool:
        """Takes the next point; a clock that runs backwards stands still instead.

        Returns:
            Whether the points before it stay as they were.
        """
        since = max(point.time - self._start, float(self._rows[self._count - 1, 3]) if self else 0)
        pressure = point.pressure
        first_press = not self._knows_pressure and pressure > 0
        if not self._knows_pressure and pressure == 0:
            pressure = UNKNOWN_PRESSURE
        if first_press:
            self._knows_pressure = True
            self._rows[: self._count, 2] = pressure
        if self._count == len(self._rows):
            self._rows = np.concatenate([self._rows, np.empty_like(self._rows)])
        self._rows[self._count] = (point.x, point.y, pressure, since)
        self._count += 1
        return not first_press or self._count == 1

    def stroke(self) -> Stroke:
        """All points so far, time from the first one."""
        return Stroke(self.points.copy(), self.style)


def _point(place: QPointF, pressure: float, timestamp: int) -> PenPoint:
    known = pressure if math.isfinite(pressure) else UNKNOWN_PRESSURE
    return PenPoint(place.x(), place.y(), min(max(known, 0.0), 1.0), timestamp / _MILLISECONDS)
