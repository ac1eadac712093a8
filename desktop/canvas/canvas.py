"""The canvas: shows the ink of the pad, and turns what the hand does into strokes."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING

import numpy as np
from PySide6.QtCore import QEvent, QObject, QPointF, QRectF, QSize, Qt, QTimer, Signal
from PySide6.QtGui import (
    QColor,
    QEventPoint,
    QGuiApplication,
    QHideEvent,
    QKeyEvent,
    QMouseEvent,
    QNativeGestureEvent,
    QPainter,
    QPaintEvent,
    QPalette,
    QPen,
    QPixmap,
    QPointingDevice,
    QResizeEvent,
    QTabletEvent,
    QTouchEvent,
    QTransform,
    QWheelEvent,
)
from PySide6.QtWidgets import QWidget

from core.box import Box, enclosing
from core.ink import Ink, Stroke, StrokeKind, StrokeStyle
from core.ink_index import InkChange, InkIndex, seen_box
from core.pen_width import PEN_WIDTH
from core.selecting import Placement
from desktop.canvas.guide_lines import paint_guides
from desktop.canvas.ink_layers import InkLayers
from desktop.canvas.page_place import PagePlace
from desktop.canvas.painting import StrokeShape, stroke_colour, to_box, to_rect
from desktop.canvas.selection_frame import MARGIN, Grip, handle
from desktop.hand.cursors import cursor_for
from desktop.hand.gestures import Drawing, Erasing, Gesture, Lassoing, Panning, selecting
from desktop.hand.one_hand import Kind, OneHand, Press, Verdict
from desktop.hand.pen import (
    ERASERS,
    PenPoint,
    Tool,
    mouse_point,
    mouse_tool,
    tablet_point,
    tablet_tool,
    touch_point,
)
from desktop.hand.pinch import Pinch

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from core.guides import Guides

_HINT_SHARE = 0.06
"""Height of the hint's letters as a share of the canvas."""

_PAINT_SECONDS = 0.004
"""How long one paint may spend on ink that is not painted yet, while nobody draws: with the part
that is begun last, and all else of a frame, less than the 16 ms that a frame has."""

_PAINT_SECONDS_DRAWING = 0.002
"""The same while somebody does: the stroke under the pen comes first."""

_FEW = 12
"""Changes of more strokes than this repaint the whole canvas at once."""

_MANY_SELECTED = 400
"""More selected strokes than this are shown by their frame alone."""

_BOX_MARGIN = PEN_WIDTH / 2 + 3
"""Page pixels between the points of a character and the box that is drawn around it."""

_HALO = 0.45
"""Opacity of the tint of selected strokes."""

_NOTCH = 120.0
"""What a wheel tells for one notch (Qt's `angleDelta`)."""

_NOTCH_PIXELS = 64.0
"""How far the page moves for a notch of the wheel."""

ZOOM_STEP = 1.2
"""How much a notch of the wheel or a key enlarges."""

_NUDGE = 1.0
_LARGE_NUDGE = 10.0
"""How far an arrow key moves selected ink, in canvas pixels, without and with Shift."""

_ARROWS = {
    Qt.Key.Key_Left: (-1, 0),
    Qt.Key.Key_Right: (1, 0),
    Qt.Key.Key_Up: (0, -1),
    Qt.Key.Key_Down: (0, 1),
}

_SLACK = 2
"""Canvas pixels around what changed that are painted again too: anti-aliasing, and the rounding of
displays with fractional scales."""


class Canvas(QWidget):
    """Shows ink and reports gestures; it owns neither. Places are in page pixels.

    Signals:
        strokeProgressed: The stroke under the pen has grown; see `live_stroke`.
        strokeFinished(Stroke): The pen was lifted.
        eraserMoved(Sweep, bool): The eraser went on; whether it is the one of an area.
        eraseFinished: The eraser was lifted.
        lassoed(ndarray): A line was drawn around something, float32 (M, 2).
        tapped(float, float): A place was tapped with the selecting tool.
        selectionPlaced(Placement): The selected ink was moved or scaled.
        deselected: The selection is no longer wanted.
        zoomChanged(float): Canvas pixels a page pixel.
    """

    strokeProgressed = Signal()
    strokeFinished = Signal(object)
    eraserMoved = Signal(object, bool)
    eraseFinished = Signal()
    lassoed = Signal(object)
    tapped = Signal(float, float)
    selectionPlaced = Signal(object)
    deselected = Signal()
    zoomChanged = Signal(float)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._layers = InkLayers(InkIndex())
        self._place = PagePlace()
        self._boxes: tuple[Box, ...] = ()
        self._box_edges: NDArray[np.float64] | None = None
        self._selected_box: int | None = None
        self._selection: tuple[Stroke, ...] = ()
        self._selection_box: Box | None = None
        self._placement: Placement | None = None
        self._lifted: QPixmap | None = None
        self._guides: Guides | None = None
        self._hint = ""
        self._tool = Tool.PEN
        self._eraser = Tool.ERASER
        self._styles = {kind: StrokeStyle(kind) for kind in StrokeKind}
        self._pen_only = False
        self._space_held = False
        self._hand = OneHand()
        self._gesture: Gesture | None = None
        self._pending: Tool | None = None
        self._finished: tuple[Stroke, StrokeShape] | None = None
        self._pinch: Pinch | None = None
        self._pressing: set[str] = set()
        self._rest = QTimer(self)
        self._rest.setSingleShot(True)
        self._rest.setInterval(0)
        self._rest.timeout.connect(self.update)
        self.setAttribute(Qt.WidgetAttribute.WA_AcceptTouchEvents)
        self.setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)
        self.setTabletTracking(True)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setMinimumSize(QSize(240, 240))
        self._resize_layers()
        self._show_cursor()

    # --- what it shows ---

    def set_ink(self, ink: Ink) -> None:
        """Shows other ink; what is under the pen stays."""
        self._layers.forget(self._layers.index.ink.strokes)
        self._layers.index = InkIndex(ink.strokes)
        self._layers.renew_all()
        self.update()

    def change_ink(self, change: InkChange) -> None:
        """Shows a change of the ink, at the cost of the change."""
        index = self._layers.index
        on_top = not change.taken and change.placed[:1] == (len(index),)
        was_empty = len(index) == 0
        index.apply(change)
        if on_top and len(change.added) <= _FEW:
            for stroke in change.added:
                # the stroke just lifted keeps its shape
                known = self._finished if self._finished and self._finished[0] is stroke else None
                self._layers.add(stroke, None if known is None else known[1])
        elif len(change.removed) + len(change.added) > _MANY_SELECTED:
            self._layers.renew_all()
        else:
            self._layers.renew(map(seen_box, (*change.removed, *change.added)))
        self._finished = None
        self._layers.forget(change.removed)
        if was_empty or len(index) == 0:
            self.update()  # the hint goes or comes
        else:
            self._update_strokes((*change.removed, *change.added))

    def set_boxes(self, boxes: tuple[Box, ...], selected: int | None) -> None:
        """Shows a box around each character that was found, one of them as the selected."""
        different = _different(self._boxes, boxes)
        marked = _at(self._boxes, self._selected_box), _at(boxes, selected)
        if marked[0] != marked[1]:
            different += tuple(box for box in marked if box is not None)
        if different:
            self._box_edges = _edges(boxes) if boxes else None
        self._boxes, self._selected_box = boxes, selected
        if len(different) > _FEW:
            self.update()
            return
        for box in different:
            self.update_page(_around(box))

    def set_selection(self, strokes: tuple[Stroke, ...]) -> None:
        """Shows strokes of the ink as selected, in a frame that they can be moved and scaled by."""
        if strokes == self._selection:
            return
        self.show_placement(None)
        self._selection = strokes
        self._selection_box = enclosing(stroke.box for stroke in strokes) if strokes else None
        self.update()

    def set_guides(self, guides: Guides | None) -> None:
        """Shows guide lines, or none."""
        if guides != self._guides:
            self._guides = guides
            self.update()

    def set_hint(self, text: str) -> None:
        """What an empty canvas says."""
        self._hint = text
        self.update()

    def set_tool(self, tool: Tool) -> None:
        """What the next gesture will do. An eraser is from now on what the eraser end is too."""
        self._tool = tool
        if tool in ERASERS:
            self._eraser = tool
        self._show_cursor()

    def set_style(self, style: StrokeStyle) -> None:
        """What the next strokes of its kind will look like."""
        self._styles[style.kind] = style

    def set_pen_only(self, *, pen_only: bool) -> None:
        """Whether fingers move the page instead of writing."""
        self._pen_only = pen_only

    @property
    def tool(self) -> Tool:
        return self._tool

    @property
    def live_stroke(self) -> Stroke | None:
        """The stroke that is being drawn now."""
        return self._gesture.stroke if isinstance(self._gesture, Drawing) else None

    @property
    def place(self) -> PagePlace:
        """Where the page is under the canvas."""
        return self._place

    @property
    def visible_box(self) -> Box:
        """The part of the page that is seen."""
        return self._place.box_to_page(Box(0, 0, self.width(), self.height()))

    @property
    def selection_box(self) -> Box | None:
        """The box of the selected ink's points."""
        return self._selection_box

    @property
    def selection_frame(self) -> Box | None:
        """The frame around the selected ink, in canvas pixels."""
        if self._selection_box is None:
            return None
        placement = self._placement or Placement()
        return self._place.box_to_canvas(placement.box(self._selection_box)).grown(MARGIN)

    def sizeHint(self) -> QSize:
        return QSize(560, 520)

    # --- zoom and pan ---

    def zoom_by(self, factor: float, at: QPointF | None = None) -> None:
        """Enlarges the page around a place of the canvas, or its middle."""
        centre = QPointF(self.rect().center()) if at is None else at
        self.move_to(self._place.zoomed(factor, centre.x(), centre.y()))

    def reset_zoom(self) -> None:
        """Shows the page as it was at first."""
        self.move_to(PagePlace())

    def move_page(self, dx: float, dy: float) -> None:
        """Moves the page by canvas pixels."""
        self.move_to(self._place.moved(dx, dy))

    def move_to(self, place: PagePlace) -> None:
        """Shows the page at another place: the nearest at which something of it is in sight."""
        home = Box(0, 0, self.width(), self.height())
        ink = self._layers.index.box
        content = home if ink is None else enclosing((home, ink))
        place = place.in_sight(content, self.width(), self.height())
        place = place.on_grid(self.devicePixelRatioF())
        old, self._place = self._place, place
        if place == old:
            return
        self._layers.move_to(place)
        if self._placement is not None:
            self._lift()
        self.update()
        if place.zoom != old.zoom:
            self.zoomChanged.emit(place.zoom)

    def wheelEvent(self, event: QWheelEvent) -> None:
        if event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            turned = (event.angleDelta().y() or event.angleDelta().x()) / _NOTCH
            self.zoom_by(ZOOM_STEP**turned, event.position())
        elif not event.pixelDelta().isNull():
            self.move_page(event.pixelDelta().x(), event.pixelDelta().y())
        else:
            dx, dy = event.angleDelta().x() / _NOTCH, event.angleDelta().y() / _NOTCH
            if event.modifiers() & Qt.KeyboardModifier.ShiftModifier:
                dx, dy = dy, dx
            self.move_page(dx * _NOTCH_PIXELS, dy * _NOTCH_PIXELS)
        event.accept()

    # --- what the hand does ---

    def tabletEvent(self, event: QTabletEvent) -> None:
        self._hand.see_pen()
        device, point = event.pointingDevice(), tablet_point(event)
        if event.type() == QEvent.Type.TabletPress:
            tool = tablet_tool(event, self._left_tool(), self._eraser)
            self._press(Kind.PEN, device, event.button(), tool, point)
        elif event.type() == QEvent.Type.TabletMove:
            if event.buttons() == Qt.MouseButton.NoButton and point.pressure == 0:
                self._end_of(device)  # it hovers: its release was lost
            self._move(device, point)
        elif event.type() == QEvent.Type.TabletRelease:
            self._release(device, event.button())
        # accepted even when it does nothing, or Qt would send the same as a mouse event too
        event.accept()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        tool = mouse_tool(event, self._left_tool(), self._eraser)
        if tool is not None:
            device = event.pointingDevice()
            self._press(Kind.MOUSE, device, event.button(), tool, mouse_point(event))

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        self._move(event.pointingDevice(), mouse_point(event))

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        self._release(event.pointingDevice(), event.button())

    def event(self, event: QEvent) -> bool:
        if isinstance(event, QTouchEvent):
            self._touch(event)
            event.accept()
            return True
        if isinstance(event, QNativeGestureEvent):
            return self._native_gesture(event)
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key = Qt.Key(event.key())
        if key == Qt.Key.Key_Space and not event.isAutoRepeat():
            self._space_held = True
            self._show_cursor()
        elif key == Qt.Key.Key_Escape:
            self._give_up()
        elif key in _ARROWS and self._selection and self._gesture is None:
            far = event.modifiers() & Qt.KeyboardModifier.ShiftModifier
            step = (_LARGE_NUDGE if far else _NUDGE) / self._place.zoom
            x, y = _ARROWS[key]
            self.selectionPlaced.emit(Placement(shift_x=x * step, shift_y=y * step))
        else:
            super().keyPressEvent(event)

    def keyReleaseEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Space and not event.isAutoRepeat():
            self._space_held = False
            self._show_cursor()
        else:
            super().keyReleaseEvent(event)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Sees a pen go out of reach, which Qt tells the application only. Installed while a pen
        is down."""
        if event.type() == QEvent.Type.TabletLeaveProximity:
            self._end()
        return super().eventFilter(watched, event)

    def _left_tool(self) -> Tool:
        return Tool.HAND if self._space_held else self._tool

    def _touch(self, event: QTouchEvent) -> None:
        """One finger does what is chosen, or moves the page; two move and zoom it. A second finger
        that comes late to a stroke does nothing."""
        device = event.pointingDevice()
        if event.type() == QEvent.Type.TouchCancel:
            # the system took the gesture away; what was drawn of it stays
            self._pinch = None
            self._end_of(device)
            return
        points = event.points()
        if event.type() == QEvent.Type.TouchBegin:
            tool = Tool.HAND if self._pen_only else self._left_tool()
            button = Qt.MouseButton.LeftButton
            self._press(Kind.TOUCH, device, button, tool, touch_point(points[0]))
        elif event.type() == QEvent.Type.TouchUpdate:
            self._continue_touch(device, points)
        elif event.type() == QEvent.Type.TouchEnd:
            self._pinch = None
            self._end_of(device)

    def _continue_touch(self, device: QPointingDevice, points: list[QEventPoint]) -> None:
        if not self._hand.goes_on(device):
            return
        if self._pinch is None and len(points) > 1 and Pinch.begins(points):
            self._pinch = Pinch(points, self._place)
            if self._gesture is not None:
                gesture, self._gesture = self._gesture, None
                gesture.drop()
        elif self._pinch is not None:
            self.move_to(self._pinch.moved(points))
        elif points[0].state() == QEventPoint.State.Released:
            self._end_of(device)
        elif points[0].state() == QEventPoint.State.Updated:
            self._move(device, touch_point(points[0]))

    def _native_gesture(self, event: QNativeGestureEvent) -> bool:
        """A pinch on a touchpad."""
        if event.gestureType() != Qt.NativeGestureType.ZoomNativeGesture:
            return super().event(event)
        self.zoom_by(max(1 + event.value(), 0.1), event.position())
        return True

    def _press(
        self,
        kind: Kind,
        device: QPointingDevice,
        button: Qt.MouseButton,
        tool: Tool,
        point: PenPoint,
    ) -> None:
        """Begins a gesture, unless it is one already that another device tells of."""
        before = self._hand.press
        verdict = self._hand.judge(Press(kind, device, button, point.x, point.y))
        if verdict is Verdict.IGNORE:
            return
        if before is not None:
            self._stop_watching(before)
            self._close_gesture(keep=verdict is Verdict.END_FIRST)
        self._watch(kind, device)
        self.setFocus(Qt.FocusReason.MouseFocusReason)
        self._pending = tool
        self._start(point)

    def _start(self, point: PenPoint) -> None:
        """Starts what was pressed for; a driver that does not know yet where its pen is, makes it
        wait."""
        if self._pending is None or not point.is_somewhere:
            return
        tool, self._pending = self._pending, None
        self._gesture = self._begin(tool, point)
        self._gesture.begin()

    def _begin(self, tool: Tool, point: PenPoint) -> Gesture:
        styles = {Tool.PEN: StrokeKind.PEN, Tool.MARKER: StrokeKind.MARKER}
        makers: dict[Tool, Callable[[Canvas, PenPoint], Gesture]] = {
            Tool.ERASER: partial(Erasing, by_area=False),
            Tool.AREA_ERASER: partial(Erasing, by_area=True),
            Tool.SELECT: selecting,
            Tool.HAND: Panning,
        }
        if tool in styles:
            press = self._hand.press
            known = press is None or press.kind is not Kind.PEN or _name(press) in self._pressing
            return Drawing(self, point, self._styles[styles[tool]], knows_pressure=known)
        return makers[tool](self, point)

    def _move(self, device: QPointingDevice, point: PenPoint) -> None:
        if not self._hand.goes_on(device) or not point.is_somewhere:
            return
        if self._gesture is None:
            self._start(point)
        else:
            self._gesture.move(point)

    def _release(self, device: QPointingDevice, button: Qt.MouseButton) -> None:
        if self._hand.ends(device, button):
            self._end()

    def _end_of(self, device: QPointingDevice) -> None:
        if self._hand.goes_on(device):
            self._end()

    def _end(self) -> None:
        """Ends the gesture, if there is one; what was drawn of it stays."""
        press = self._hand.press
        if press is None:
            return
        self._stop_watching(press)
        gesture = self._gesture
        if isinstance(gesture, Drawing) and press.kind is Kind.PEN and gesture.knows_pressure:
            self._pressing.add(_name(press))
        self._hand.end()
        self._close_gesture(keep=True)

    def _lose_device(self) -> None:
        """Ends the gesture of a device that is no more: nothing may be asked of it."""
        self._ignore_application()
        self._hand.end()
        self._close_gesture(keep=True)

    def _close_gesture(self, *, keep: bool) -> None:
        gesture, self._gesture, self._pending = self._gesture, None, None
        if gesture is not None:
            gesture.end() if keep else gesture.drop()

    def _give_up(self) -> None:
        """Escape: the lasso or the dragging under way is dropped, else the selection."""
        if self._gesture is None or isinstance(self._gesture, Lassoing):
            self.deselected.emit()
        if self._gesture is not None and not isinstance(self._gesture, Drawing):
            press = self._hand.press
            if press is not None:
                self._stop_watching(press)
            self._hand.end()
            self._close_gesture(keep=False)

    def _watch(self, kind: Kind, device: QPointingDevice) -> None:
        """Has the gesture end when its device is pulled out, or its pen out of reach."""
        device.destroyed.connect(self._lose_device)
        application = QGuiApplication.instance()
        if kind is Kind.PEN and application is not None:
            application.installEventFilter(self)

    def _stop_watching(self, press: Press) -> None:
        press.device.destroyed.disconnect(self._lose_device)
        self._ignore_application()

    def _ignore_application(self) -> None:
        application = QGuiApplication.instance()
        if application is not None:
            application.removeEventFilter(self)

    # --- what gestures tell ---

    def finish_stroke(self, stroke: Stroke, shape: StrokeShape) -> None:
        """A stroke was drawn to its end."""
        shape.finish()
        self._finished = (stroke, shape)
        self.strokeFinished.emit(stroke)

    def show_placement(self, placement: Placement | None) -> None:
        """Shows the selected ink where it is about to go; None: where it is."""
        if self._selection_box is None:
            return
        if placement is not None and self._placement is None:
            self._lift()
        elif placement is None and self._placement is not None:
            self._layers.hidden = frozenset()
            self._lifted = None
            self._layers.renew(map(seen_box, self._selection))
        self._placement = placement
        self.update()

    def _lift(self) -> None:
        """Takes the selected ink out of the picture, to be moved about on one of its own."""
        self._layers.hidden = frozenset(self._selection)
        self._layers.renew(map(seen_box, self._selection))
        self._lifted = self._layers.picture_of(self._selection)

    def update_page(self, box: Box) -> None:
        """Has a part of the page painted again."""
        if len(self._layers.index) == 0:
            self.update()  # the hint goes
            return
        rect = to_rect(self._place.box_to_canvas(box).grown(_SLACK))
        self.update(rect.intersected(QRectF(self.rect())).toAlignedRect())

    def _update_strokes(self, strokes: tuple[Stroke, ...]) -> None:
        if len(strokes) > _FEW:
            self.update()
            return
        for stroke in strokes:
            self.update_page(seen_box(stroke))

    # --- what is seen ---

    def paintEvent(self, event: QPaintEvent) -> None:
        draws = isinstance(self._gesture, Drawing)
        self._layers.paint_stale(_PAINT_SECONDS_DRAWING if draws else _PAINT_SECONDS)
        if self._layers.stale:
            self._rest.start()
        painter = QPainter(self)
        painter.setClipRect(event.rect())
        self._put_on_grid(painter)
        painter.fillRect(event.rect(), self.palette().color(QPalette.ColorRole.Base))
        text = self.palette().color(QPalette.ColorRole.Text)
        if self._guides is not None:
            paint_guides(painter, self._guides, self._place, to_box(QRectF(event.rect())), text)
        if not self._layers.index.ink and not isinstance(self._gesture, Drawing):
            self._paint_hint(painter)
        self._paint_ink(painter, QRectF(event.rect()), text)
        self._paint_boxes(painter, QRectF(event.rect()))
        self._paint_selection(painter, QRectF(event.rect()))
        if self._gesture is not None:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            self._gesture.paint(painter, self.palette().color(QPalette.ColorRole.Highlight))

    def resizeEvent(self, event: QResizeEvent) -> None:
        self._resize_layers()

    def hideEvent(self, event: QHideEvent) -> None:
        """A gesture ends with its canvas; what was drawn of it stays."""
        self._end()
        super().hideEvent(event)

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.PaletteChange:
            self._layers.set_text_colour(self.palette().color(QPalette.ColorRole.Text))
            self.update()
        elif event.type() == QEvent.Type.DevicePixelRatioChange:
            self._resize_layers()
        super().changeEvent(event)

    def _resize_layers(self) -> None:
        ratio = self.devicePixelRatioF()
        self._layers.set_text_colour(self.palette().color(QPalette.ColorRole.Text))
        self._layers.resize(self.size(), ratio)
        self._place = self._place.on_grid(ratio)
        self._layers.move_to(self._place)
        self.update()

    def _put_on_grid(self, painter: QPainter) -> None:
        """Has the canvas begin at a whole pixel of the display: within a window it need not at
        fractional scales, and the stroke under the pen would lie beside the ink that is kept."""
        at = painter.deviceTransform()
        ratio = self.devicePixelRatioF()
        painter.translate((round(at.dx()) - at.dx()) / ratio, (round(at.dy()) - at.dy()) / ratio)

    def _paint_hint(self, painter: QPainter) -> None:
        font = self.font()
        font.setPixelSize(max(12, round(min(self.height(), self.width()) * _HINT_SHARE)))
        painter.setFont(font)
        painter.setPen(self.palette().color(QPalette.ColorRole.PlaceholderText))
        flags = Qt.AlignmentFlag.AlignCenter | Qt.TextFlag.TextWordWrap
        painter.drawText(self.rect().adjusted(24, 24, -24, -24), flags, self._hint)

    def _paint_ink(self, painter: QPainter, part: QRectF, text: QColor) -> None:
        """Markers below, pens above, and the stroke under the pen with its kind."""
        painter.save()
        ratio = self.devicePixelRatioF()
        painter.scale(1 / ratio, 1 / ratio)
        for kind in (StrokeKind.MARKER, StrokeKind.PEN):
            self._layers.draw(painter, kind)
            live = self._gesture
            if isinstance(live, Drawing) and live.shape.style.kind is kind:
                self._paint_live(painter, live.shape, part, text)
        if self._lifted is not None and self._placement is not None:
            painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
            painter.setTransform(self._placing(self._placement), combine=True)
            painter.drawPixmap(0, 0, self._lifted)
        painter.restore()

    def _paint_live(
        self, painter: QPainter, shape: StrokeShape, part: QRectF, text: QColor
    ) -> None:
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setTransform(self._layers.page_to_pixels(), combine=True)
        seen = self._place.box_to_page(to_box(part).grown(_SLACK))
        shape.fill(painter, stroke_colour(shape.style, text), to_rect(seen))
        painter.restore()

    def _placing(self, placement: Placement) -> QTransform:
        """Moves a picture of the selected ink, in the layers' pixels, to where it is to go."""
        there = self._layers.page_to_pixels()
        back, _ = there.inverted()
        move = QTransform(
            placement.scale_x, 0, 0, placement.scale_y, placement.shift_x, placement.shift_y
        )
        return back * move * there

    def _paint_boxes(self, painter: QPainter, part: QRectF) -> None:
        if self._box_edges is None:
            return
        colour = self.palette().color(QPalette.ColorRole.Highlight)
        slack = _SLACK / self._place.zoom
        near = self._place.box_to_page(to_box(part)).grown(_BOX_MARGIN + slack)
        # a page has a thousand boxes, and this runs at every event of the pen
        left, top, right, bottom = self._box_edges
        seen = (left <= near.right) & (right >= near.x) & (top <= near.bottom) & (bottom >= near.y)
        for index in np.flatnonzero(seen).tolist():
            painter.setPen(QPen(colour, 2.5 if index == self._selected_box else 1.0))
            painter.drawRect(to_rect(self._place.box_to_canvas(_around(self._boxes[index]))))

    def _paint_selection(self, painter: QPainter, part: QRectF) -> None:
        frame = self.selection_frame
        if frame is None:
            return
        colour = self.palette().color(QPalette.ColorRole.Highlight)
        if self._placement is None and len(self._selection) <= _MANY_SELECTED:
            self._paint_halo(painter, part, colour)
        painter.setPen(QPen(colour, 1.0, Qt.PenStyle.DashLine))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawRect(to_rect(frame))
        painter.setPen(QPen(colour, 1.5))
        painter.setBrush(self.palette().color(QPalette.ColorRole.Base))
        for grip in Grip:
            if grip is not Grip.INSIDE:
                painter.drawRect(to_rect(handle(frame, grip)))

    def _paint_halo(self, painter: QPainter, part: QRectF, colour: QColor) -> None:
        """Tints the selected strokes, so that they stand out among others in the frame."""
        seen = to_rect(self._place.box_to_page(to_box(part).grown(_SLACK)))
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.translate(self._place.x, self._place.y)
        painter.scale(self._place.zoom, self._place.zoom)
        tint = QColor(colour)
        tint.setAlphaF(_HALO)
        for stroke in self._selection:
            self._layers.shape_of(stroke).fill(painter, tint, seen)
        painter.restore()

    def _show_cursor(self) -> None:
        self.setCursor(cursor_for(self._left_tool(), self.devicePixelRatioF()))


def _different(old: tuple[Box, ...], new: tuple[Box, ...]) -> tuple[Box, ...]:
    """The boxes from the first in which two tuples differ to the last, of both."""
    most = min(len(old), len(new))
    pairs = zip(old, new, strict=False)
    head = next((place for place, (one, other) in enumerate(pairs) if one != other), most)
    ends = zip(reversed(old[head:]), reversed(new[head:]), strict=False)
    tail = next((place for place, (one, other) in enumerate(ends) if one != other), most - head)
    return old[head : len(old) - tail] + new[head : len(new) - tail]


def _edges(boxes: tuple[Box, ...]) -> NDArray[np.float64]:
    """The left, top, right and bottom edges of boxes, (4, N)."""
    rows = [(box.x, box.y, box.right, box.bottom) for box in boxes]
    return np.array(rows, np.float64).reshape(-1, 4).T


def _at(boxes: tuple[Box, ...], index: int | None) -> Box | None:
    return None if index is None else boxes[index]


def _around(box: Box) -> Box:
    """What is drawn around the box of a character's points, in page pixels."""
    return box.grown(_BOX_MARGIN)


def _name(press: Press) -> str:
    """What a device is known by."""
    device = press.device
    return f"{device.name()} {device.systemId()} {device.pointerType()}"
