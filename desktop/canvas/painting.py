"""How a stroke is painted: its shape, kept in pieces, and its colour."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPainterPath, QPolygonF

from core.box import Box
from core.curves import (
    MARKER_COLOUR,
    MARKER_OPACITY,
    SETTLING,
    Chunk,
    chunk_outline,
    chunks,
    knots_of,
    merge,
    reach,
)
from core.ink import Stroke, StrokeKind, StrokeStyle

if TYPE_CHECKING:
    from numpy.typing import NDArray


@dataclass(frozen=True, eq=False)
class _Piece:
    """Some of a shape, filled as one; its bounds in page pixels."""

    path: QPainterPath
    bounds: QRectF


class StrokeShape:
    """The area that a stroke covers, in page pixels. It grows point by point, and is then the
    same as the shape of the whole stroke made at once."""

    def __init__(self, style: StrokeStyle) -> None:
        self.style = style
        self._knots: list[list[float]] = []
        self._settled: list[_Piece] = []
        self._last: _Piece | None = None

    @classmethod
    def of(cls, stroke: Stroke) -> StrokeShape:
        """The shape of a stroke that grows no more."""
        shape = cls(stroke.style)
        shape.extend(stroke.points)
        shape.finish()
        return shape

    def extend(self, points: NDArray[np.float32]) -> Box:
        """Goes on through `points` (N, 4); the box of all that looks different now."""
        before = len(self._knots)
        merge(self._knots, knots_of(points, self.style))
        parts = chunks(len(self._knots))
        for part in parts[len(self._settled) : -1]:
            self._settled.append(self._piece(part))
        self._last = self._piece(parts[-1])
        return self._changed_since(before)

    def finish(self) -> None:
        """Lets go of what only a shape that grows needs."""
        self._knots = []

    def fill(self, painter: QPainter, colour: QColor, part: QRectF) -> None:
        """Fills what of the shape is within `part`, in page pixels: in one go, so that a marker is
        no darker where it crosses itself."""
        seen = [piece for piece in self._pieces() if piece.bounds.intersects(part)]
        if len(seen) == 1:
            painter.fillPath(seen[0].path, colour)
        elif seen:
            whole = QPainterPath()
            whole.setFillRule(Qt.FillRule.WindingFill)
            for piece in seen:
                whole.addPath(piece.path)
            painter.fillPath(whole, colour)

    def _pieces(self) -> Sequence[_Piece]:
        return self._settled if self._last is None else [*self._settled, self._last]

    def _piece(self, chunk: Chunk) -> _Piece:
        outline = chunk_outline(self._knots, chunk)
        path = QPainterPath()
        path.setFillRule(Qt.FillRule.WindingFill)
        path.addPolygon(QPolygonF([QPointF(x, y) for x, y in outline.tolist()]))
        path.closeSubpath()
        (left, top), (right, bottom) = outline.min(axis=0), outline.max(axis=0)
        # a line that is no wider than it is high has no area, and would meet nothing
        bounds = QRectF(left, top, right - left, bottom - top).adjusted(-0.5, -0.5, 0.5, 0.5)
        return _Piece(path, bounds)

    def _changed_since(self, before: int) -> Box:
        """Where knots from `before` on can be seen, and what settles last before them."""
        near = np.array(self._knots[max(before - SETTLING - 1, 0) :])
        left, top = near[:, :2].min(axis=0).tolist()
        right, bottom = near[:, :2].max(axis=0).tolist()
        return Box(left, top, right - left, bottom - top).grown(reach(self.style))


def stroke_colour(style: StrokeStyle, text: QColor) -> QColor:
    """What a stroke is filled with, where text has the colour `text`."""
    own = style.colour
    if style.kind is StrokeKind.MARKER:
        own = own or MARKER_COLOUR
        return QColor(own.red, own.green, own.blue, round(255 * MARKER_OPACITY))
    return text if own is None else QColor(own.red, own.green, own.blue)


def to_rect(box: Box) -> QRectF:
    """A box as Qt has it."""
    return QRectF(box.x, box.y, box.width, box.height)


def to_box(rect: QRectF) -> Box:
    """A rectangle of Qt's as a box."""
    return Box(rect.x(), rect.y(), max(rect.width(), 0.0), max(rect.height(), 0.0))
