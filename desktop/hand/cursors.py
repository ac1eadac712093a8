"""What the pointer looks like with each tool."""

from __future__ import annotations

import math

from PySide6.QtCore import QPointF, Qt
from PySide6.QtGui import QColor, QCursor, QPainter, QPen, QPixmap

from desktop.hand.gestures import AREA_ERASER_RADIUS, ERASER_RADIUS
from desktop.hand.pen import Tool

_SHAPES = {
    Tool.PEN: Qt.CursorShape.CrossCursor,
    Tool.MARKER: Qt.CursorShape.CrossCursor,
    Tool.SELECT: Qt.CursorShape.ArrowCursor,
    Tool.HAND: Qt.CursorShape.OpenHandCursor,
}

_RADII = {Tool.ERASER: ERASER_RADIUS, Tool.AREA_ERASER: AREA_ERASER_RADIUS}


def cursor_for(tool: Tool, ratio: float) -> QCursor:
    """The pointer of a tool; an eraser's shows how far it reaches.

    Args:
        tool: The tool.
        ratio: The display's pixels a canvas pixel.
    """
    if tool in _SHAPES:
        return QCursor(_SHAPES[tool])
    radius = _RADII[tool]
    side = math.ceil(2 * radius + 3)
    pixmap = QPixmap(math.ceil(side * ratio), math.ceil(side * ratio))
    pixmap.setDevicePixelRatio(ratio)
    pixmap.fill(Qt.GlobalColor.transparent)
    painter = QPainter(pixmap)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    # light beside dark can be seen on any ground
    for colour, width in ((QColor(255, 255, 255, 220), 3.0), (QColor(40, 40, 40), 1.2)):
        painter.setPen(QPen(colour, width))
        painter.drawEllipse(QPointF(side / 2, side / 2), radius, radius)
    painter.end()
    return QCursor(pixmap)
