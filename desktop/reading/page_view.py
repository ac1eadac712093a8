"""A picture with a box on each character that was found in it: to look at, to walk through, to
draw a box of one's own on."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import (
    QEvent,
    QPoint,
    QPointF,
    QRect,
    QRectF,
    QSize,
    Qt,
    QTimer,
    Signal,
    Slot,
)
from PySide6.QtGui import (
    QAccessible,
    QAccessibleAnnouncementEvent,
    QFocusEvent,
    QGuiApplication,
    QHelpEvent,
    QHideEvent,
    QKeyEvent,
    QMouseEvent,
    QNativeGestureEvent,
    QPainter,
    QPaintEvent,
    QPalette,
    QResizeEvent,
    QTouchEvent,
    QWheelEvent,
)
from PySide6.QtWidgets import QToolTip, QWidget

from core.box import Box
from core.picture import Picture
from core.reading import ReadGlyph
from desktop.reading.candidate_popup import CandidatePopup
from desktop.reading.chart import percent
from desktop.reading.confidence import DOUBTFUL, GRADES, shows_high_contrast
from desktop.reading.page_boxes import BoxLook, PageBoxes, PlaceOnDisplay, line_width
from desktop.reading.page_gestures import Fingers, Press, Purpose
from desktop.reading.page_marks import paint_label, paint_region, tint
from desktop.reading.page_tiles import PageTiles
from desktop.reading.sight import Extent, Sight, fit_page, fit_width
from desktop.reading.sign_keys import candidate_number, deletes, typed_sign

__all__ = ["DOUBTFUL", "ZOOM_STEP", "PageView"]

_REACH = 6.0
"""How far outside a box a click still means it, in view pixels."""

ZOOM_STEP = 1.2
"""How much a notch of the wheel or a key enlarges."""

_NOTCH = 120.0
"""What a wheel tells for one notch (Qt's `angleDelta`)."""

_NOTCH_PIXELS = 64.0
"""How far the page moves for a notch of the wheel, or for an arrow key with Shift."""

_PAINT_SECONDS = 0.002
"""How long one paint may spend on tiles that are not made yet; with up to 4 ms for the boxes of a
full page, it stays under half of a frame's 16 ms."""

_PREPARE_SECONDS = 0.004
"""How long the window may be kept at making halves of a picture, before it looks up again."""

_SMALLEST_REGION = 4.0
"""Pixels of the picture: a box that was drawn with a shorter side is a slip of the hand."""

_HOVER = 0.18
_SELECTED = 0.25
"""Opacity of what lies over the glyph under the mouse, and over the selected one."""

_WALKS = {Qt.Key.Key_Right: 1, Qt.Key.Key_Left: -1}
_LINES = {Qt.Key.Key_Down: 1, Qt.Key.Key_Up: -1}
_MOVES = {
    Qt.Key.Key_Left: (1, 0),
    Qt.Key.Key_Right: (-1, 0),
    Qt.Key.Key_Up: (0, 1),
    Qt.Key.Key_Down: (0, -1),
}
_ASKS = frozenset({Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_F2})
_IN = frozenset({Qt.Key.Key_Plus, Qt.Key.Key_Equal, Qt.Key.Key_ZoomIn})
_OUT = frozenset({Qt.Key.Key_Minus, Qt.Key.Key_ZoomOut})


class PageView(QWidget):
    """Shows a picture, and the boxes over it.

    Ctrl and the wheel, two fingers, and Ctrl with plus, minus, 0 (the whole page), 8 (actual size)
    and 9 (the page's width) zoom; the wheel, the middle button, space and the left button, one
    finger, and Shift with the arrow keys move the page. The arrow keys walk through the glyphs, a
    sign that is typed is told, Enter asks for the candidates, a box is drawn with the left button.

    Signals:
        glyphSelected(int): A box was clicked, or reached with the arrow keys; its index.
        signTyped(str): Someone says what stands in the region, or where there is none in the
            selected glyph's box; empty for nothing at all.
        regionDrawn(Box): A box was drawn, in source pixels.
        regionCleared: It is no longer wanted.
        partModeChanged(bool): Whether every drag draws a box, a finger's too.
        zoomChanged(float): View pixels a page pixel.
    """

    glyphSelected = Signal(int)
    signTyped = Signal(str)
    regionDrawn = Signal(object)
    regionCleared = Signal()
    partModeChanged = Signal(bool)
    zoomChanged = Signal(float)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._picture: Picture | None = None
        self._tiles: PageTiles | None = None
        self._stage: PageTiles | None = None
        self._boxes = PageBoxes()
        self._selected: int | None = None
        self._hovered: int | None = None
        self._region: Box | None = None
        self._shows_boxes = True
        self._part_mode = False
        self._space_held = False
        self._press: Press | None = None
        self._fingers: Fingers | None = None
        self._sight = fit_page(Extent(1, 1), Extent(1, 1))
        self._fit = fit_page
        self._fitted = True
        self._rest = QTimer(self)
        self._rest.setSingleShot(True)
        self._rest.setInterval(0)
        self._rest.timeout.connect(self._go_on)
        self.popup = CandidatePopup(self)
        self.popup.chosen.connect(self._tell_chosen)
        self.popup.closed.connect(self._take_keys)
        self.setMouseTracking(True)
        self.setAttribute(Qt.WidgetAttribute.WA_AcceptTouchEvents)
        self.setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAccessibleName(self.tr("Picture"))
        self.setMinimumSize(QSize(240, 240))

    # --- what it shows ---

    def show_picture(self, picture: Picture) -> None:
        """Shows another picture, without boxes yet. What was fitted in is fitted in again."""
        self._picture = picture
        self._tiles, self._stage = PageTiles(picture.pixels), None
        self._region, self._press = None, None
        self.show_glyphs((), None)
        if not self._fitted:
            self._fit, self._fitted = fit_page, True
        self._refit(fresh=True)
        self._rest.start()

    def show_stage(self, pixels: NDArray[np.uint8] | None) -> None:
        """Shows a stage of the cleaning in the place of the picture, without boxes: it may be of
        another size. None brings the picture back.

        Args:
            pixels: uint8 (H, W) grey, or (H, W, 3) RGB.
        """
        before = self._stage
        self._stage = None if pixels is None else PageTiles(pixels)
        if before is None and self._stage is None:
            return
        self.popup.hide()
        self._hovered = None
        self._refit()
        self._rest.start()

    def show_glyphs(self, glyphs: tuple[ReadGlyph, ...], selected: int | None) -> None:
        """Shows a box around each of `glyphs`, one of them as the selected, in sight."""
        if glyphs is not self._boxes.glyphs:
            self._boxes, self._hovered = PageBoxes(glyphs), None
            self.popup.hide()
        if selected != self._selected:
            self.popup.hide()
            self._selected = selected
            self._bring_into_sight()
            self._announce()
        self._selected = selected
        self.update()

    def show_region(self, region: Box | None) -> None:
        """Shows a box that was drawn, in source pixels, with the rest dimmed; None for no box."""
        self._region = region
        self.update()

    def show_boxes(self, *, shown: bool) -> None:
        """Shows the boxes, or hides them; the selected one stays."""
        self._shows_boxes = shown
        self.update()

    def show_candidates(self) -> None:
        """Offers the selected glyph's candidates at its box."""
        if self._selected is not None and self._stage is None:
            glyph = self._boxes.glyphs[self._selected]
            self.popup.show_glyph(glyph, self.glyph_rect(self._selected))

    def set_part_mode(self, *, on: bool) -> None:
        """Whether every drag draws a box, a finger's too; it ends with the box."""
        if on != self._part_mode:
            self._part_mode = on
            self._show_cursor()
            self.partModeChanged.emit(on)

    @property
    def region(self) -> Box | None:
        """The box that was drawn, in source pixels."""
        return self._region

    @property
    def shows_boxes(self) -> bool:
        return self._shows_boxes

    @property
    def shows_stage(self) -> bool:
        """Whether a stage of the cleaning is in the place of the picture."""
        return self._stage is not None

    @property
    def sight(self) -> Sight:
        """How the page lies under the view."""
        return self._sight

    def sizeHint(self) -> QSize:
        return QSize(560, 520)

    def glyph_at(self, place: QPointF) -> int | None:
        """The index of the glyph whose box is at a place of the widget; of several the smallest."""
        if self._stage is not None or not self._shows_boxes:
            return None
        x, y = self._sight.to_page(place.x(), place.y())
        return self._boxes.at(x, y, _REACH / self._sight.zoom)

    def glyph_rect(self, index: int) -> QRectF:
        """Where the box of a glyph is on the widget."""
        return _rect(self._sight.box_to_view(self._boxes.glyphs[index].box))

    # --- zoom and pan ---

    def zoom_by(self, factor: float, at: QPointF | None = None) -> None:
        """Enlarges the page around a place of the widget, or its middle."""
        centre = QPointF(self.rect().center()) if at is None else at
        self._fitted = False
        self._look(self._sight.zoomed(factor, centre.x(), centre.y()))

    def fit_page(self) -> None:
        """Shows the whole page, and keeps doing so."""
        self._fit, self._fitted = fit_page, True
        self._refit()

    def fit_width(self) -> None:
        """Shows the page as wide as the view, and keeps doing so; what is selected is in sight."""
        self._fit, self._fitted = fit_width, True
        self._refit()
        self._bring_into_sight()

    def actual_size(self) -> None:
        """Shows a pixel of the picture as a pixel of the display."""
        self.zoom_by(1 / self.devicePixelRatioF() / self._sight.zoom)

    def move_page(self, dx: float, dy: float) -> None:
        """Moves the page by view pixels."""
        self._fitted = self._fitted and self._fit is fit_width and not dx
        self._look(self._sight.moved(dx, dy))

    def _look(self, sight: Sight) -> None:
        old, self._sight = self._sight, sight.on_grid(self.devicePixelRatioF())
        if self._sight == old:
            return
        if self._selected is not None and self.popup.isVisible():
            self.popup.place_at(self.glyph_rect(self._selected))
        self.update()
        if self._sight.zoom != old.zoom:
            self.zoomChanged.emit(self._sight.zoom)

    def _refit(self, *, fresh: bool = False) -> None:
        """Fits the page in where it is to be; else keeps what is in the middle there.

        Args:
            fresh: Whether it is another page, which begins at its top.
        """
        shown = self._shown
        if shown is None:
            return
        page = Extent(shown.size.width(), shown.size.height())
        view = Extent(max(self.width(), 1), max(self.height(), 1))
        same = not fresh and page == self._sight.page
        _, top = self._sight.to_page(0, 0)
        if same and not self._fitted:
            self._look(self._sight.with_view(view))
        elif same and self._fit is fit_width:
            there = fit_width(page, view)
            self._look(there.moved(0, -max(top, 0) * there.zoom))
        else:
            self._look(self._fit(page, view))
        self.update()

    def _bring_into_sight(self) -> None:
        if self._selected is not None and self._stage is None and self._tiles is not None:
            self._look(self._sight.showing(self._boxes.glyphs[self._selected].box))

    @property
    def _shown(self) -> PageTiles | None:
        return self._tiles if self._stage is None else self._stage

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

    def mousePressEvent(self, event: QMouseEvent) -> None:
        purpose = self._purpose(event.button())
        if purpose is not None and self._press is None:
            self._begin(purpose, event.position())

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        if self._press is None:
            self._hover(self.glyph_at(event.position()))
        else:
            self._drag(self._press, event.position())

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        if self._press is not None and self._purpose_ends(event):
            self._end(self._press)

    def leaveEvent(self, event: QEvent) -> None:
        self._hover(None)
        super().leaveEvent(event)

    def event(self, event: QEvent) -> bool:
        if isinstance(event, QTouchEvent):
            self._touch(event)
            event.accept()
            return True
        if isinstance(event, QNativeGestureEvent):
            return self._native_gesture(event)
        if isinstance(event, QHelpEvent) and event.type() == QEvent.Type.ToolTip:
            self._explain(event)
            return True
        asks = event.type() == QEvent.Type.ShortcutOverride
        if asks and isinstance(event, QKeyEvent) and self._wants(event):
            event.accept()  # the window has actions of its own on some of these keys
            return True
        return super().event(event)

    def _purpose(self, button: Qt.MouseButton) -> Purpose | None:
        if self._tiles is None:
            return None
        if button == Qt.MouseButton.MiddleButton:
            return Purpose.MOVE
        if button != Qt.MouseButton.LeftButton:
            return None
        return Purpose.MOVE if self._space_held or self._stage is not None else Purpose.DRAW

    def _purpose_ends(self, event: QMouseEvent) -> bool:
        ends = {Qt.MouseButton.LeftButton, Qt.MouseButton.MiddleButton}
        return event.button() in ends and not event.buttons() & ~event.button()

    def _begin(self, purpose: Purpose, at: QPointF) -> None:
        self.setFocus(Qt.FocusReason.MouseFocusReason)
        self.popup.hide()
        self._press = Press(purpose, at)
        self._show_cursor()

    def _drag(self, press: Press, at: QPointF) -> None:
        before = press.at
        if not press.move(at, QGuiApplication.styleHints().startDragDistance()):
            return
        if press.purpose is Purpose.MOVE:
            self.move_page(at.x() - before.x(), at.y() - before.y())
        else:
            self.update()

    def _end(self, press: Press) -> None:
        self._press = None
        self._show_cursor()
        if not press.moved and press.purpose is not Purpose.MOVE:
            self._click(press.at)
        elif press.moved and press.purpose is Purpose.DRAW:
            self._take_region(press)
        self.update()

    def _click(self, at: QPointF) -> None:
        """Selects what is there; on empty ground, a box that was drawn is given up."""
        hit = self.glyph_at(at)
        if hit is not None:
            self.glyphSelected.emit(hit)
            if hit == self._selected:
                self.show_candidates()
        elif self._region is not None and not self._inside_region(at):
            self.clear_region()

    def _inside_region(self, at: QPointF) -> bool:
        x, y = self._sight.to_page(at.x(), at.y())
        return self._region is not None and self._region.contains(x, y)

    def _take_region(self, press: Press) -> None:
        self.set_part_mode(on=False)
        box = self._on_page(press)
        if box is None:
            return
        self._region = box
        self.regionDrawn.emit(box)

    def _on_page(self, press: Press) -> Box | None:
        """What was drawn, within the picture, in its pixels; None where that is next to nothing."""
        x0, y0 = self._sight.to_page(press.began.x(), press.began.y())
        x1, y1 = self._sight.to_page(press.at.x(), press.at.y())
        page = self._sight.page
        left, right = sorted(min(max(x, 0.0), page.width) for x in (x0, x1))
        top, bottom = sorted(min(max(y, 0.0), page.height) for y in (y0, y1))
        if min(right - left, bottom - top) < min(_SMALLEST_REGION, page.width, page.height):
            return None
        return Box(left, top, right - left, bottom - top)

    def clear_region(self) -> None:
        """Gives up the box that was drawn."""
        if self._region is not None:
            self._region = None
            self.update()
            self.regionCleared.emit()

    def _hover(self, index: int | None) -> None:
        if index != self._hovered:
            self._hovered = index
            self.update()

    def _touch(self, event: QTouchEvent) -> None:
        """One finger moves the page, or draws where a part is to be drawn; two move and zoom it; a
        tap is a click."""
        points = event.points()
        if event.type() == QEvent.Type.TouchBegin and self._tiles is not None:
            draws = self._part_mode and self._stage is None
            self._fingers = None
            self._begin(Purpose.DRAW if draws else Purpose.FINGER, points[0].position())
        elif event.type() == QEvent.Type.TouchUpdate:
            if len(points) > 1:
                self._press = None
                self._fingers = self._fingers or Fingers(points, self._sight)
                self._fitted = False
                self._look(self._fingers.moved(points))
            elif self._press is not None:
                self._drag_finger(self._press, points[0].position())
        elif event.type() in (QEvent.Type.TouchEnd, QEvent.Type.TouchCancel):
            press, self._fingers = self._press, None
            if press is not None and event.type() == QEvent.Type.TouchEnd:
                self._end(press)
            self._press = None

    def _drag_finger(self, press: Press, at: QPointF) -> None:
        before = press.at
        if press.purpose is Purpose.DRAW:
            self._drag(press, at)
        elif press.move(at, QGuiApplication.styleHints().startDragDistance()):
            self.move_page(at.x() - before.x(), at.y() - before.y())

    def _native_gesture(self, event: QNativeGestureEvent) -> bool:
        """A pinch on a touchpad."""
        if event.gestureType() != Qt.NativeGestureType.ZoomNativeGesture:
            return super().event(event)
        self.zoom_by(max(1 + event.value(), 0.1), event.position())
        return True

    # --- what the keyboard does ---

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if not (self._zoom_key(event) or self._walk_key(event) or self._telling_key(event)):
            super().keyPressEvent(event)

    def keyReleaseEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Space and not event.isAutoRepeat():
            self._space_held = False
            self._show_cursor()
        else:
            super().keyReleaseEvent(event)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        self._space_held = False
        self._show_cursor()
        super().focusOutEvent(event)

    def _wants(self, event: QKeyEvent) -> bool:
        """Whether a key is the view's before it is an action's."""
        key = Qt.Key(event.key())
        if _with_control(event):
            return key in _IN | _OUT or key in self._zoom_keys()
        if key == Qt.Key.Key_Escape:
            return self._can_give_up()
        return deletes(event) and self._can_tell()

    def _zoom_key(self, event: QKeyEvent) -> bool:
        key = Qt.Key(event.key())
        if not _with_control(event):
            return False
        if key in _IN or key in _OUT:
            self.zoom_by(ZOOM_STEP if key in _IN else 1 / ZOOM_STEP)
            return True
        how = self._zoom_keys().get(key)
        if how is not None:
            how()
        return how is not None

    def _zoom_keys(self) -> dict[Qt.Key, Callable[[], None]]:
        return {
            Qt.Key.Key_0: self.fit_page,
            Qt.Key.Key_8: self.actual_size,
            Qt.Key.Key_9: self.fit_width,
        }

    def _walk_key(self, event: QKeyEvent) -> bool:
        key, keys = Qt.Key(event.key()), event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
        if key in _MOVES and keys == Qt.KeyboardModifier.ShiftModifier:
            x, y = _MOVES[key]
            self.move_page(x * _NOTCH_PIXELS, y * _NOTCH_PIXELS)
            return True
        if keys or not len(self._boxes) or self._stage is not None:
            return False
        last = len(self._boxes) - 1
        now = self._selected
        if key in _WALKS:
            there = (-1 if now is None else now) + _WALKS[key]
        elif key in _LINES:
            there = 0 if now is None else self._boxes.on_line(now, _LINES[key])
        elif key in (Qt.Key.Key_Home, Qt.Key.Key_End):
            there = 0 if key == Qt.Key.Key_Home else last
        else:
            return False
        self.glyphSelected.emit(min(max(there, 0), last))
        return True

    def _telling_key(self, event: QKeyEvent) -> bool:
        """Space, Escape, Enter, Alt with a digit, a sign, or one that says that there is none."""
        key, keys = Qt.Key(event.key()), event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
        if key == Qt.Key.Key_Space and not keys:
            self._space_held = True
            self._show_cursor()
        elif key == Qt.Key.Key_Escape and self._can_give_up():
            self._give_up()
        elif not self._can_tell():
            return False
        elif key in _ASKS and not keys:
            self.show_candidates()
            self.popup.take_keys()
        elif deletes(event):
            self.signTyped.emit("")
        elif typed_sign(event) is not None:
            self.popup.hide()
            self.signTyped.emit(typed_sign(event))
        else:
            return self._choose(candidate_number(event))
        return True

    def _choose(self, number: int | None) -> bool:
        """Tells the selected glyph's candidate of a number, from 1; whether there is one."""
        if self._selected is None or number is None:
            return False
        candidates = self._boxes.glyphs[self._selected].candidates
        if number > len(candidates):
            return False
        self.popup.hide()
        self.signTyped.emit(candidates[number - 1].label)
        return True

    def _can_tell(self) -> bool:
        """Whether it is known what a sign that is typed would be about."""
        return self._stage is None and (self._region is not None or self._selected is not None)

    def _can_give_up(self) -> bool:
        drawing = self._press is not None or self._part_mode
        return drawing or self.popup.isVisible() or self._region is not None

    def _give_up(self) -> None:
        """Escape: what is being drawn, else what is offered, else the box that was drawn."""
        if self._press is not None or self._part_mode:
            self._press = None
            self.set_part_mode(on=False)
            self._show_cursor()
            self.update()
        elif self.popup.isVisible():
            self.popup.hide()
        else:
            self.clear_region()

    @Slot(str)
    def _tell_chosen(self, text: str) -> None:
        self._take_keys()
        self.signTyped.emit(text)

    @Slot()
    def _take_keys(self) -> None:
        self.setFocus(Qt.FocusReason.ShortcutFocusReason)

    # --- what is told ---

    def describe_glyph(self, index: int) -> str:
        """A glyph in words: the sign, how sure it is, and which of how many it is."""
        glyph = self._boxes.glyphs[index]
        return self.tr("{sign}, {n} of {count}").format(
            sign=self._sign(glyph), n=index + 1, count=len(self._boxes)
        )

    def _sign(self, glyph: ReadGlyph) -> str:
        if glyph.told:
            return self.tr("{sign}, as you said").format(sign=glyph.text)
        if glyph.stray:
            return self.tr("{sign}, perhaps no character").format(sign=glyph.text)
        return self.tr("{sign}, {percent} sure").format(
            sign=glyph.text, percent=percent(glyph.confidence)
        )

    def _announce(self) -> None:
        """Has a screen reader say which glyph is selected, to who walks through them."""
        if self._selected is not None and self.hasFocus():
            event = QAccessibleAnnouncementEvent(self, self.describe_glyph(self._selected))
            QAccessible.updateAccessibility(event)

    def _explain(self, event: QHelpEvent) -> None:
        """The legend, on empty ground; over a glyph its sign is shown anyway."""
        if self._shown is None or self.glyph_at(QPointF(event.pos())) is not None:
            QToolTip.hideText()
            return
        QToolTip.showText(event.globalPos(), self.legend(), self)

    def legend(self) -> str:
        """What the lines of the boxes mean, in rich text."""
        rows = []
        for one in reversed(GRADES):
            text = self.tr("{percent} sure or more").format(percent=percent(one.least))
            if one.number == 0:
                text = self.tr("less sure, or perhaps no character")
            line = "┅┅" if one.doubtful else "━━"
            rows.append(f'<tr><td style="color:{one.colour}">{line}</td><td>{text}</td></tr>')
        dashed = self.tr("Dashed: in doubt, worth a look")
        return f"<table>{''.join(rows)}</table>{dashed}"

    # --- what is seen ---

    @Slot()
    def _go_on(self) -> None:
        """Makes more of what is to be seen, while nothing else is to be done."""
        shown = self._shown
        if shown is None:
            return
        if not shown.prepared:
            shown.prepare(_PREPARE_SECONDS)
            self._rest.start()
        if shown.prepared:
            self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        shown = self._shown
        ground = self.palette().color(QPalette.ColorRole.Window)
        if shown is None:
            painter.fillRect(event.rect(), ground)
            return
        ratio = self.devicePixelRatioF()
        place = PlaceOnDisplay(
            round(self._sight.x * ratio),
            round(self._sight.y * ratio),
            self._sight.zoom * ratio,
            ratio,
        )
        painter.save()
        painter.scale(1 / ratio, 1 / ratio)
        part = QRect(0, 0, round(self.width() * ratio), round(self.height() * ratio))
        painter.fillRect(part, ground)
        corner = QPoint(place.x, place.y)
        missing = shown.paint(painter, corner, place.zoom, part, _PAINT_SECONDS)
        if missing and shown.prepared:
            self._rest.start()
        if self._stage is None:
            self._paint_boxes(painter, place, part)
        painter.restore()
        if self._stage is None:
            self._paint_marks(painter)

    def _paint_boxes(self, painter: QPainter, place: PlaceOnDisplay, part: QRect) -> None:
        strong = shows_high_contrast()
        width = line_width(place.ratio)
        look = BoxLook(self._selected, width, strong=strong, every=self._shows_boxes)
        self._boxes.paint(painter, place, part, look)

    def _paint_marks(self, painter: QPainter) -> None:
        """What lies over the boxes: tints, the sign under the mouse, the box that was drawn."""
        highlight = self.palette().color(QPalette.ColorRole.Highlight)
        if self._selected is not None:
            tint(painter, self.glyph_rect(self._selected), highlight, _SELECTED)
        press = self._press
        if press is not None and press.moved and press.purpose is Purpose.DRAW:
            drawn = QRectF(press.began, press.at).normalized()
            paint_region(painter, drawn, QRectF(self.rect()), highlight)
        elif self._region is not None:
            region = _rect(self._sight.box_to_view(self._region))
            paint_region(painter, region, QRectF(self.rect()), highlight)
        if self._hovered is not None and press is None:
            rect = self.glyph_rect(self._hovered)
            tint(painter, rect, highlight, _HOVER)
            text = self._sign(self._boxes.glyphs[self._hovered])
            paint_label(painter, text, rect, QRectF(self.rect()), self.palette())

    def resizeEvent(self, event: QResizeEvent) -> None:
        self._refit()

    def hideEvent(self, event: QHideEvent) -> None:
        """What was begun ends with the view."""
        self._press, self._fingers, self._space_held = None, None, False
        self.popup.hide()
        super().hideEvent(event)

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.DevicePixelRatioChange:
            self._refit()
        super().changeEvent(event)

    def _show_cursor(self) -> None:
        moves = self._press is not None and self._press.purpose is not Purpose.DRAW
        if moves:
            self.setCursor(Qt.CursorShape.ClosedHandCursor)
        elif self._space_held:
            self.setCursor(Qt.CursorShape.OpenHandCursor)
        elif self._part_mode:
            self.setCursor(Qt.CursorShape.CrossCursor)
        else:
            self.unsetCursor()


def _with_control(event: QKeyEvent) -> bool:
    allowed = Qt.KeyboardModifier.ShiftModifier | Qt.KeyboardModifier.KeypadModifier
    return event.modifiers() & ~allowed == Qt.KeyboardModifier.ControlModifier


def _rect(box: Box) -> QRectF:
    return QRectF(box.x, box.y, box.width, box.height)
