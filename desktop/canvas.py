"""The canvas: shows the ink of the pad, and turns what the hand does into strokes."""

from __future__ import annotations

import numpy as np
from PySide6.QtCore import QEvent, QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QBrush,
    QHideEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPalette,
    QPen,
    QPixmap,
    QPointingDevice,
    QPolygonF,
    QResizeEvent,
    QTabletEvent,
    QTouchEvent,
)
from PySide6.QtWidgets import QWidget

from core.box import Box
from core.ink import Ink, Stroke
from core.rasterising import PEN_WIDTH, WIDEST, width_factor
from desktop.pen import (
    PenPoint,
    StrokeBuilder,
    Tool,
    mouse_point,
    mouse_tool,
    tablet_point,
    tablet_tool,
    touch_point,
)

_HINT_SHARE = 0.06
"""Height of the hint's letters as a share of the canvas."""


class Canvas(QWidget):
    """Shows ink and reports gestures; it owns neither.

    Signals:
        strokeProgressed: The stroke under the pen has grown; see `live_stroke`.
        strokeFinished(Stroke): The pen was lifted.
        erasedAt(float, float): The eraser is at a place.
        eraseFinished: The eraser was lifted.
    """

    strokeProgressed = Signal()
    strokeFinished = Signal(object)
    erasedAt = Signal(float, float)
    eraseFinished = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._ink = Ink()
        self._boxes: tuple[Box, ...] = ()
        self._selected: int | None = None
        self._hint = ""
        self._live: StrokeBuilder | None = None
        self._finished: Stroke | None = None
        self._tool: Tool | None = None
        self._device: QPointingDevice | None = None
        self._layer = QPixmap()
        self.setAttribute(Qt.WidgetAttribute.WA_AcceptTouchEvents)
        self.setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setCursor(Qt.CursorShape.CrossCursor)
        self.setMinimumSize(QSize(240, 240))
        self._redraw_layer()

    def set_ink(self, ink: Ink) -> None:
        """Shows `ink`; what is under the pen stays."""
        grown = len(ink.strokes) - len(self._ink.strokes)
        only_added = grown >= 0 and ink.strokes[: len(self._ink.strokes)] == self._ink.strokes
        added = ink.strokes[len(self._ink.strokes) :] if only_added else ()
        self._ink = ink
        if not only_added:
            self._redraw_layer()
        elif added != (self._finished,):
            # the stroke just lifted stands there already, and twice would thicken its edges
            self._draw_on_layer(added)
        self._finished = None
        self.update()

    def set_boxes(self, boxes: tuple[Box, ...], selected: int | None) -> None:
        """Shows a box around each character that was found, one of them as the selected."""
        if (boxes, selected) != (self._boxes, self._selected):
            self._boxes, self._selected = boxes, selected
            self.update()

    def set_hint(self, text: str) -> None:
        """What an empty canvas says."""
        self._hint = text
        self.update()

    @property
    def live_stroke(self) -> Stroke | None:
        """The stroke that is being drawn now."""
        return None if self._live is None else self._live.stroke()

    def sizeHint(self) -> QSize:
        return QSize(560, 520)

    # --- what the hand does ---

    def tabletEvent(self, event: QTabletEvent) -> None:
        device = event.pointingDevice()
        if event.type() == QEvent.Type.TabletPress:
            self._begin(tablet_tool(event), tablet_point(event), device)
        elif event.type() == QEvent.Type.TabletMove:
            self._continue(tablet_point(event), device)
        elif event.type() == QEvent.Type.TabletRelease:
            self._finish(device)
        # accepted even when it does nothing, or Qt would send the same as a mouse event too
        event.accept()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        tool = mouse_tool(event)
        if tool is not None:
            self._begin(tool, mouse_point(event), event.pointingDevice())

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        self._continue(mouse_point(event), event.pointingDevice())

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        if mouse_tool(event) is self._tool:
            self._finish(event.pointingDevice())

    def event(self, event: QEvent) -> bool:
        if isinstance(event, QTouchEvent):
            self._touch(event)
            event.accept()
            return True
        return super().event(event)

    def _touch(self, event: QTouchEvent) -> None:
        """The first finger draws; a second one beside it does nothing."""
        device = event.pointingDevice()
        if event.type() == QEvent.Type.TouchCancel:
            # the system took the gesture away; what was drawn of it stays
            self._finish(device)
            return
        point = touch_point(event.points()[0])
        if event.type() == QEvent.Type.TouchBegin:
            self._begin(Tool.DRAW, point, device)
        elif event.type() == QEvent.Type.TouchUpdate:
            self._continue(point, device)
        elif event.type() == QEvent.Type.TouchEnd:
            self._finish(device)

    def _begin(self, tool: Tool, point: PenPoint, device: QPointingDevice) -> None:
        """Begins a gesture, unless another device is in the middle of one: what one hand does may
        come as tablet and as mouse events at once."""
        if self._tool is not None:
            return
        self._tool, self._device = tool, device
        self.setFocus(Qt.FocusReason.MouseFocusReason)
        if tool is Tool.ERASE:
            self.erasedAt.emit(point.x, point.y)
            return
        self._live = StrokeBuilder(point)
        self._draw_segment(point, point)
        self.strokeProgressed.emit()

    def _continue(self, point: PenPoint, device: QPointingDevice) -> None:
        if device != self._device:
            return
        if self._tool is Tool.ERASE:
            self.erasedAt.emit(point.x, point.y)
        elif self._live is not None:
            last = self._live.last
            self._live.add(point)
            self._draw_segment(last, point)
            self.strokeProgressed.emit()

    def _finish(self, device: QPointingDevice) -> None:
        if self._tool is None or device != self._device:
            return
        tool, live = self._tool, self._live
        self._tool = self._device = self._live = None
        if tool is Tool.ERASE:
            self.eraseFinished.emit()
        elif live is not None:
            self._finished = live.stroke()
            self.strokeFinished.emit(self._finished)

    # --- what is seen ---

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setClipRect(event.rect())
        painter.fillRect(event.rect(), self.palette().color(QPalette.ColorRole.Base))
        if not self._ink and self._live is None:
            self._paint_hint(painter)
        painter.drawPixmap(0, 0, self._layer)
        self._paint_boxes(painter)

    def resizeEvent(self, event: QResizeEvent) -> None:
        self._redraw_layer()

    def hideEvent(self, event: QHideEvent) -> None:
        """A gesture ends with its canvas; what was drawn of it stays."""
        if self._device is not None:
            self._finish(self._device)
        super().hideEvent(event)

    def changeEvent(self, event: QEvent) -> None:
        if event.type() in (QEvent.Type.PaletteChange, QEvent.Type.DevicePixelRatioChange):
            self._redraw_layer()
            self.update()
        super().changeEvent(event)

    def _paint_hint(self, painter: QPainter) -> None:
        font = self.font()
        font.setPixelSize(max(12, round(min(self.height(), self.width()) * _HINT_SHARE)))
        painter.setFont(font)
        painter.setPen(self.palette().color(QPalette.ColorRole.PlaceholderText))
        flags = Qt.AlignmentFlag.AlignCenter | Qt.TextFlag.TextWordWrap
        painter.drawText(self.rect().adjusted(24, 24, -24, -24), flags, self._hint)

    def _paint_boxes(self, painter: QPainter) -> None:
        colour = self.palette().color(QPalette.ColorRole.Highlight)
        for index, box in enumerate(self._boxes):
            width = 2.5 if index == self._selected else 1.0
            painter.setPen(QPen(colour, width))
            shown = box.grown(PEN_WIDTH / 2 + 3)
            painter.drawRect(QRectF(shown.x, shown.y, shown.width, shown.height))

    def _redraw_layer(self) -> None:
        """The layer anew, in the display's own pixels, with all of the ink."""
        ratio = self.devicePixelRatioF()
        self._layer = QPixmap(self.size() * ratio)
        self._layer.setDevicePixelRatio(ratio)
        self._layer.fill(Qt.GlobalColor.transparent)
        live = self.live_stroke
        self._draw_on_layer(self._ink.strokes if live is None else (*self._ink.strokes, live))

    def _draw_on_layer(self, strokes: tuple[Stroke, ...]) -> None:
        painter = self._ink_painter()
        for stroke in strokes:
            _draw_stroke(painter, stroke)
        painter.end()

    def _draw_segment(self, start: PenPoint, end: PenPoint) -> None:
        """Draws the newest piece of the live stroke at once, and repaints no more than it."""
        pressures = np.array([start.pressure, end.pressure], np.float32)
        painter = self._ink_painter()
        _draw_line(painter, QPointF(start.x, start.y), QPointF(end.x, end.y), _width(pressures))
        painter.end()
        reach = PEN_WIDTH * WIDEST / 2 + 2
        touched = QRectF(QPointF(start.x, start.y), QPointF(end.x, end.y)).normalized()
        if self._ink or self._live is None:
            self.update(touched.adjusted(-reach, -reach, reach, reach).toAlignedRect())
        else:
            self.update()  # the hint goes

    def _ink_painter(self) -> QPainter:
        painter = QPainter(self._layer)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        colour = self.palette().color(QPalette.ColorRole.Text)
        painter.setBrush(QBrush(colour))
        painter.setPen(
            QPen(
                colour,
                PEN_WIDTH,
                Qt.PenStyle.SolidLine,
                Qt.PenCapStyle.RoundCap,
                Qt.PenJoinStyle.RoundJoin,
            )
        )
        return painter


def _draw_stroke(painter: QPainter, stroke: Stroke) -> None:
    """One stroke, the same as it looked while it was drawn."""
    places = [QPointF(x, y) for x, y in stroke.xy.tolist()]
    pressure = stroke.points[:, 2]
    if np.ptp(pressure) == 0:
        painter.setPen(_with_width(painter.pen(), _width(pressure)))
        if len(places) == 1:
            painter.drawPoint(places[0])
        painter.drawPolyline(QPolygonF(places))
        return
    for index in range(1, len(places)):
        width = _width(pressure[index - 1 : index + 1])
        _draw_line(painter, places[index - 1], places[index], width)


def _draw_line(painter: QPainter, start: QPointF, end: QPointF, width: float) -> None:
    painter.setPen(_with_width(painter.pen(), width))
    if start == end:
        painter.drawPoint(start)
    else:
        painter.drawLine(start, end)


def _with_width(pen: QPen, width: float) -> QPen:
    pen.setWidthF(width)
    return pen


def _width(pressure: np.ndarray[tuple[int], np.dtype[np.float32]]) -> float:
    """The width of a piece of stroke, in pixels, from the pressures at its ends."""
    return PEN_WIDTH * float(width_factor(pressure).mean())
