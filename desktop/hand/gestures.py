"""What a hand does from press to release: each kind of gesture, from its first event to its last.

A gesture is told where the hand is in canvas pixels, and tells the canvas in page pixels.
"""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Protocol

import numpy as np
from PySide6.QtCore import QPointF, Qt
from PySide6.QtGui import QColor, QPainter, QPen, QPolygonF

from core.selecting import Placement, Sweep
from desktop.canvas.painting import StrokeShape
from desktop.canvas.selection_frame import Grip, dragged, grip_at
from desktop.hand.pen import PenPoint, StrokeBuilder

if TYPE_CHECKING:
    from core.box import Box
    from core.ink import Stroke, StrokeStyle
    from desktop.canvas.canvas import Canvas

ERASER_RADIUS = 8.0
"""How near the eraser must come to a stroke's line, in canvas pixels."""

AREA_ERASER_RADIUS = 14.0
"""Half the width of the way that the area eraser clears, in canvas pixels."""

TAP_REACH = 4.0
"""A press that moves no farther is a tap, in canvas pixels."""

_DASHES = (4.0, 4.0)


class Gesture(Protocol):
    """What goes on between press and release."""

    def begin(self) -> None:
        """The canvas knows of the gesture now; called once, before all others."""

    def move(self, point: PenPoint) -> None:
        """The hand is somewhere else."""

    def end(self) -> None:
        """The hand was lifted."""

    def drop(self) -> None:
        """It was no gesture after all: nothing comes of it."""

    def paint(self, painter: QPainter, colour: QColor) -> None:
        """Paints what helps the hand, over everything; in canvas pixels."""


class Drawing:
    """A stroke of the pen or the marker."""

    def __init__(
        self, canvas: Canvas, point: PenPoint, style: StrokeStyle, *, knows_pressure: bool
    ) -> None:
        self._canvas = canvas
        first = point.on_page(canvas.place)
        self._builder = StrokeBuilder(first, style, knows_pressure=knows_pressure)
        self.shape = StrokeShape(style)

    @property
    def knows_pressure(self) -> bool:
        return self._builder.knows_pressure

    @property
    def stroke(self) -> Stroke:
        """The stroke so far."""
        return self._builder.stroke()

    def begin(self) -> None:
        self._show_from(0)

    def move(self, point: PenPoint) -> None:
        count = len(self._builder)
        if self._builder.add(point.on_page(self._canvas.place)):
            self._show_from(count)
        else:
            self.shape = StrokeShape(self._builder.style)
            self._show_from(0)

    def end(self) -> None:
        self._canvas.finish_stroke(self.stroke, self.shape)

    def drop(self) -> None:
        self._canvas.update()

    def paint(self, painter: QPainter, colour: QColor) -> None:
        """Nothing: the stroke itself lies among the ink."""

    def _show_from(self, first: int) -> None:
        changed = self.shape.extend(self._builder.points[first:])
        self._canvas.update_page(changed)
        self._canvas.strokeProgressed.emit()


class Erasing:
    """The eraser, of strokes or of an area."""

    def __init__(self, canvas: Canvas, point: PenPoint, *, by_area: bool) -> None:
        self._canvas = canvas
        self._by_area = by_area
        self._last = point

    def begin(self) -> None:
        self.move(self._last)

    def move(self, point: PenPoint) -> None:
        place = self._canvas.place
        x0, y0 = place.to_page(self._last.x, self._last.y)
        x1, y1 = place.to_page(point.x, point.y)
        radius = AREA_ERASER_RADIUS if self._by_area else ERASER_RADIUS
        self._last = point
        sweep = Sweep(x0, y0, x1, y1, radius / place.zoom)
        self._canvas.eraserMoved.emit(sweep, self._by_area)

    def end(self) -> None:
        self._canvas.eraseFinished.emit()

    drop = end

    def paint(self, painter: QPainter, colour: QColor) -> None:
        """Nothing: the cursor shows the eraser."""


class Panning:
    """The page moved by hand."""

    def __init__(self, canvas: Canvas, point: PenPoint) -> None:
        self._canvas = canvas
        self._start = point
        self._place = canvas.place

    def begin(self) -> None:
        """Nothing is to be seen yet."""

    def move(self, point: PenPoint) -> None:
        moved = self._place.moved(point.x - self._start.x, point.y - self._start.y)
        self._canvas.move_to(moved)

    def end(self) -> None:
        """The page stays where it is."""

    drop = end

    def paint(self, painter: QPainter, colour: QColor) -> None:
        """Nothing: the page itself moves."""


class Lassoing:
    """A line around ink, or a tap on it."""

    def __init__(self, canvas: Canvas, point: PenPoint) -> None:
        self._canvas = canvas
        self._places = [(point.x, point.y)]

    def begin(self) -> None:
        """Nothing is to be seen yet."""

    def move(self, point: PenPoint) -> None:
        self._places.append((point.x, point.y))
        self._canvas.update()

    def end(self) -> None:
        outline = np.array([self._canvas.place.to_page(x, y) for x, y in self._places])
        if _farthest(self._places) <= TAP_REACH:
            self._canvas.tapped.emit(*outline[0].tolist())
        else:
            self._canvas.lassoed.emit(outline.astype(np.float32))
        self._canvas.update()

    def drop(self) -> None:
        self._canvas.update()

    def paint(self, painter: QPainter, colour: QColor) -> None:
        pen = QPen(colour, 1.5)
        pen.setDashPattern(_DASHES)
        painter.setPen(pen)
        fill = QColor(colour)
        fill.setAlphaF(0.08)
        painter.setBrush(fill)
        outline = QPolygonF([QPointF(x, y) for x, y in self._places])
        painter.drawPolygon(outline, Qt.FillRule.WindingFill)


class Placing:
    """Selected ink moved or scaled by a grip of its frame."""

    def __init__(self, canvas: Canvas, point: PenPoint, box: Box, grip: Grip) -> None:
        self._canvas = canvas
        self._start = self._last = point
        self._box = box
        self._grip = grip
        self._dragged = False

    @property
    def placement(self) -> Placement:
        """Where the ink is to go by now."""
        x0, y0 = self._canvas.place.to_page(self._start.x, self._start.y)
        x1, y1 = self._canvas.place.to_page(self._last.x, self._last.y)
        return Placement.between(self._box, dragged(self._box, self._grip, x1 - x0, y1 - y0))

    def begin(self) -> None:
        """Nothing is to be seen yet."""

    def move(self, point: PenPoint) -> None:
        self._last = point
        far = math.hypot(point.x - self._start.x, point.y - self._start.y) > TAP_REACH
        self._dragged = self._dragged or far
        if self._dragged:
            self._canvas.show_placement(self.placement)

    def end(self) -> None:
        self._canvas.show_placement(None)
        if self._dragged:
            self._canvas.selectionPlaced.emit(self.placement)
        else:
            self._canvas.tapped.emit(*self._canvas.place.to_page(self._start.x, self._start.y))

    def drop(self) -> None:
        self._canvas.show_placement(None)

    def paint(self, painter: QPainter, colour: QColor) -> None:
        """Nothing: the canvas shows the ink where it is to go."""


def selecting(canvas: Canvas, point: PenPoint) -> Gesture:
    """What a press with the selecting tool begins."""
    box, frame = canvas.selection_box, canvas.selection_frame
    if box is not None and frame is not None:
        grip = grip_at(frame, point.x, point.y)
        if grip is not None:
            return Placing(canvas, point, box, grip)
    return Lassoing(canvas, point)


def _farthest(places: list[tuple[float, float]]) -> float:
    x0, y0 = places[0]
    return max(math.hypot(x - x0, y - y0) for x, y in places)
