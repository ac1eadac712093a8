"""Pointer events → points of ink: Qt's pens, mice and fingers become our types here, once."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum, auto

import numpy as np
from PySide6.QtCore import QPointF, Qt
from PySide6.QtGui import QEventPoint, QMouseEvent, QPointingDevice, QTabletEvent

from core.ink import UNKNOWN_PRESSURE, Stroke

_MILLISECONDS = 1000.0


class Tool(Enum):
    """What a gesture does."""

    DRAW = auto()
    ERASE = auto()


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


def tablet_tool(event: QTabletEvent) -> Tool:
    """The eraser end of a stylus erases; so does its tip with the lower barrel button held."""
    if event.pointerType() == QPointingDevice.PointerType.Eraser:
        return Tool.ERASE
    return Tool.ERASE if event.buttons() & Qt.MouseButton.RightButton else Tool.DRAW


def mouse_tool(event: QMouseEvent) -> Tool | None:
    """The left button draws and the right one erases; others do nothing."""
    return _MOUSE_TOOLS.get(event.button())


_MOUSE_TOOLS = {Qt.MouseButton.LeftButton: Tool.DRAW, Qt.MouseButton.RightButton: Tool.ERASE}


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
    """The stroke that is being drawn."""

    def __init__(self, first: PenPoint) -> None:
        self._start = first.time
        self._rows: list[tuple[float, float, float, float]] = []
        self.last = first
        self.add(first)

    def add(self, point: PenPoint) -> None:
        """Takes the next point; a clock that runs backwards stands still instead."""
        since = max(point.time - self._start, self._rows[-1][3] if self._rows else 0.0)
        self._rows.append((point.x, point.y, point.pressure, since))
        self.last = point

    def stroke(self) -> Stroke:
        """All points so far, time from the first one."""
        return Stroke(np.array(self._rows, np.float32))


def _point(place: QPointF, pressure: float, timestamp: int) -> PenPoint:
    bounded = min(max(pressure, 0.0), 1.0)
    return PenPoint(place.x(), place.y(), bounded, timestamp / _MILLISECONDS)
