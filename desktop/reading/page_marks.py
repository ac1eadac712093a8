"""What is painted over a page and its boxes: tints, a label, a box drawn by hand."""

from __future__ import annotations

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPalette, QPen

_DIM = QColor(0, 0, 0, 110)
"""Over the picture outside a box that was drawn."""

_OUTER, _INNER = 3, 2
"""Widths in view pixels of a drawn box's lines: black, and in it the theme's own colour, so that
one of them is seen on every ground."""

_LARGER = 1.3
"""How much larger than others the letters of a label are."""

_GAP = 6.0
"""View pixels between a box and its label."""


def tint(painter: QPainter, rect: QRectF, colour: QColor, share: float) -> None:
    """Colours a glyph's box, its ink too.

    Args:
        painter: In view pixels.
        rect: The box.
        colour: With what.
        share: How much of it, of 1.
    """
    over = QColor(colour)
    over.setAlphaF(share)
    painter.fillRect(rect.adjusted(-2, -2, 2, 2), over)


def paint_region(painter: QPainter, region: QRectF, whole: QRectF, colour: QColor) -> None:
    """Dims all of a view but a region, and frames that."""
    inside = region.intersected(whole)
    if inside.isEmpty():
        painter.fillRect(whole, _DIM)
        return
    for rect in (
        QRectF(0, 0, whole.width(), inside.top()),
        QRectF(0, inside.bottom(), whole.width(), whole.height() - inside.bottom()),
        QRectF(0, inside.top(), inside.left(), inside.height()),
        QRectF(inside.right(), inside.top(), whole.width() - inside.right(), inside.height()),
    ):
        painter.fillRect(rect, _DIM)
    painter.setBrush(Qt.BrushStyle.NoBrush)
    for pen in (QPen(QColor("black"), _OUTER), QPen(colour, _INNER)):
        painter.setPen(pen)
        painter.drawRect(region)


def paint_label(
    painter: QPainter, text: str, box: QRectF, whole: QRectF, palette: QPalette
) -> None:
    """Says something above a box, or below where there is no room, within a view."""
    font = painter.font()
    font.setPointSizeF(font.pointSizeF() * _LARGER)
    painter.setFont(font)
    room = QRectF(painter.fontMetrics().boundingRect(text)).adjusted(-8, -4, 8, 4)
    top = box.top() - room.height() - _GAP
    if top < whole.top():
        top = box.bottom() + _GAP
    left = min(max(box.center().x() - room.width() / 2, 0), whole.width() - room.width())
    label = QRectF(left, top, room.width(), room.height())
    painter.setPen(palette.color(QPalette.ColorRole.ToolTipText))
    painter.setBrush(palette.color(QPalette.ColorRole.ToolTipBase))
    painter.drawRect(label)
    painter.drawText(label, Qt.AlignmentFlag.AlignCenter, text)
