"""Hands, pens and sheets for tests: real events, and pictures made here."""

from __future__ import annotations

from itertools import pairwise

import numpy as np
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QInputDevice, QPointingDevice, QTabletEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget

from core.picture import Picture


class Hand:
    """Draws on a widget with real events."""

    def __init__(self, canvas: QWidget) -> None:
        self._canvas = canvas

    def draw(self, *corners: tuple[int, int], button=Qt.MouseButton.LeftButton) -> None:
        """A stroke of the mouse through `corners`."""
        places = _between(corners)
        QTest.mousePress(self._canvas, button, pos=places[0])
        for place in places[1:]:
            QTest.mouseMove(self._canvas, place)
        QTest.mouseRelease(self._canvas, button, pos=places[-1])

    def seven(self) -> None:
        self.draw((150, 100), (260, 100), (190, 280))

    def plus(self) -> None:
        self.draw((200, 100), (200, 260))
        self.draw((120, 180), (280, 180))


class Stylus:
    """A pen with pressure, made of Qt's own tablet events."""

    def __init__(self, canvas: QWidget, *, eraser: bool = False, pressure: bool = True) -> None:
        kinds = QPointingDevice.PointerType
        capabilities = QInputDevice.Capability.Position
        if pressure:
            capabilities |= QInputDevice.Capability.Pressure
        self._canvas = canvas
        self.device = QPointingDevice(
            "test stylus",
            7,
            QInputDevice.DeviceType.Stylus,
            kinds.Eraser if eraser else kinds.Pen,
            capabilities,
            1,
            3,
        )

    def press(self, place: tuple[float, float], pressure: float) -> None:
        self._send(QTabletEvent.Type.TabletPress, place, pressure, Qt.MouseButton.LeftButton)

    def move(self, place: tuple[float, float], pressure: float) -> None:
        self._send(QTabletEvent.Type.TabletMove, place, pressure, Qt.MouseButton.LeftButton)

    def release(self, place: tuple[float, float]) -> None:
        self._send(QTabletEvent.Type.TabletRelease, place, 0.0, Qt.MouseButton.NoButton)

    def draw(self, *corners: tuple[int, int], pressure: float = 0.5) -> None:
        places = [(float(p.x()), float(p.y())) for p in _between(corners)]
        self.press(places[0], pressure)
        for place in places[1:]:
            self.move(place, pressure)
        self.release(places[-1])

    def event(
        self, kind, place: tuple[float, float], pressure: float, *, button, buttons
    ) -> QTabletEvent:
        """What Qt makes of the pen at a place of the canvas."""
        local = QPointF(*place)
        return QTabletEvent(
            kind,
            self.device,
            local,
            QPointF(self._canvas.mapToGlobal(local)),
            pressure,
            0.0,
            0.0,
            0.0,
            0.0,
            0.0,
            Qt.KeyboardModifier.NoModifier,
            button,
            buttons,
        )

    def _send(self, kind, place: tuple[float, float], pressure: float, buttons) -> None:
        left = Qt.MouseButton.LeftButton
        event = self.event(kind, place, pressure, button=left, buttons=buttons)
        QApplication.sendEvent(self._canvas, event)


def sheet_of(*boxes: tuple[int, int, int, int], width: int = 400, height: int = 200) -> Picture:
    """A white sheet with upright bars: each a "1" or an "l" to any reader."""
    pixels = np.full((height, width, 3), 250, np.uint8)
    for x, y, w, h in boxes:
        pixels[y : y + h, x : x + w] = 20
    return Picture(pixels, source="sheet")


def _between(corners: tuple[tuple[int, int], ...]) -> list[QPoint]:
    places = [QPoint(*corners[0])]
    for (x0, y0), (x1, y1) in pairwise(corners):
        places += [
            QPoint(round(x0 + (x1 - x0) * k / 12), round(y0 + (y1 - y0) * k / 12))
            for k in range(1, 13)
        ]
    return places
