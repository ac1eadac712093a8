"""A picture with a box on each character that was found in it."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QColor,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPalette,
    QPen,
    QPixmap,
)
from PySide6.QtWidgets import QWidget

from core.picture import Picture
from core.reading import ReadGlyph
from desktop.imaging import to_image

DOUBTFUL = 0.6
"""A confidence below it is shown as doubtful."""

_SURE_COLOUR = QColor(0, 130, 100)
_DOUBTFUL_COLOUR = QColor(200, 80, 0)
"""Both stand out on paper and differ for the colour-blind (Okabe and Ito 2008); doubtful boxes are
also dashed."""

_REACH = 6.0
"""How far outside a box a click still means it, in widget pixels."""

_STEPS = {
    Qt.Key.Key_Right: 1,
    Qt.Key.Key_Down: 1,
    Qt.Key.Key_Left: -1,
    Qt.Key.Key_Up: -1,
}


class PageView(QWidget):
    """Shows a picture as large as fits, and the boxes over it.

    Signals:
        glyphSelected(int): A box was clicked, or reached with the arrow keys; its index.
    """

    glyphSelected = Signal(int)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._pixmap = QPixmap()
        self._scaled = QPixmap()
        self._glyphs: tuple[ReadGlyph, ...] = ()
        self._selected: int | None = None
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAccessibleName(self.tr("Picture"))
        self.setMinimumSize(QSize(240, 240))

    def show_picture(self, picture: Picture) -> None:
        """Shows another picture, without boxes yet."""
        self._pixmap = QPixmap.fromImage(to_image(picture.pixels))
        self._scaled = QPixmap()
        self.show_glyphs((), None)

    def show_glyphs(self, glyphs: tuple[ReadGlyph, ...], selected: int | None) -> None:
        """Shows a box around each of `glyphs`, one of them as the selected."""
        self._glyphs, self._selected = glyphs, selected
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(560, 520)

    def glyph_at(self, place: QPointF) -> int | None:
        """The index of the glyph whose box is at a place of the widget; of several the smallest."""
        scale, left, top = self._placing()
        x, y = (place.x() - left) / scale, (place.y() - top) / scale
        hits = [
            (glyph.box.width * glyph.box.height, index)
            for index, glyph in enumerate(self._glyphs)
            if glyph.box.grown(_REACH / scale).contains(x, y)
        ]
        return min(hits)[1] if hits else None

    def glyph_rect(self, index: int) -> QRectF:
        """Where the box of a glyph is on the widget."""
        scale, left, top = self._placing()
        box = self._glyphs[index].box
        return QRectF(
            left + box.x * scale, top + box.y * scale, box.width * scale, box.height * scale
        )

    def mousePressEvent(self, event: QMouseEvent) -> None:
        hit = self.glyph_at(event.position())
        if hit is not None and event.button() == Qt.MouseButton.LeftButton:
            self.glyphSelected.emit(hit)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        step = _STEPS.get(Qt.Key(event.key()))
        if step is None or not self._glyphs:
            super().keyPressEvent(event)
            return
        now = -1 if self._selected is None else self._selected
        self.glyphSelected.emit(min(max(now + step, 0), len(self._glyphs) - 1))

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if self._pixmap.isNull():
            return
        scale, left, top = self._placing()
        painter.drawPixmap(QPointF(left, top), self._scaled_pixmap(scale))
        for index in range(len(self._glyphs)):
            self._paint_box(painter, index)

    def _paint_box(self, painter: QPainter, index: int) -> None:
        glyph = self._glyphs[index]
        doubtful = glyph.stray or glyph.confidence < DOUBTFUL
        rect = self.glyph_rect(index).adjusted(-2, -2, 2, 2)
        pen = QPen(_DOUBTFUL_COLOUR if doubtful else _SURE_COLOUR, 1.5)
        if doubtful:
            pen.setStyle(Qt.PenStyle.DashLine)
        if index == self._selected:
            fill = self.palette().color(QPalette.ColorRole.Highlight)
            fill.setAlphaF(0.25)
            painter.fillRect(rect, fill)
            pen.setWidthF(3)
        painter.setPen(pen)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawRect(rect)

    def _scaled_pixmap(self, scale: float) -> QPixmap:
        """The picture at the display's own pixels, kept until the size changes."""
        ratio = self.devicePixelRatioF()
        size = (self._pixmap.size().toSizeF() * scale * ratio).toSize()
        if self._scaled.size() != size:
            self._scaled = self._pixmap.scaled(
                size.expandedTo(QSize(1, 1)),
                Qt.AspectRatioMode.IgnoreAspectRatio,
                Qt.TransformationMode.SmoothTransformation,
            )
            self._scaled.setDevicePixelRatio(ratio)
        return self._scaled

    def _placing(self) -> tuple[float, float, float]:
        """Widget pixels a picture pixel, and where the picture's top left corner is."""
        width, height = max(self._pixmap.width(), 1), max(self._pixmap.height(), 1)
        scale = min(self.width() / width, self.height() / height)
        return scale, (self.width() - width * scale) / 2, (self.height() - height * scale) / 2
