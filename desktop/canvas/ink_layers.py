"""Ink painted once and kept: markers on one layer, pens on another above it.

A layer is as large as the canvas, in the display's own pixels. What changes is painted anew in the
smallest part that shows it; after a zoom, part by part, the old picture standing in meanwhile.
"""

from __future__ import annotations

import time
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from typing import TYPE_CHECKING

from PySide6.QtCore import QPoint, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPixmap, QTransform

from core.ink import Stroke, StrokeKind
from core.ink_index import InkIndex, seen_box
from desktop.canvas.page_place import PagePlace
from desktop.canvas.painting import StrokeShape, stroke_colour, to_box, to_rect

if TYPE_CHECKING:
    from core.box import Box

_TILE = 256
"""Side of the parts that a whole layer is painted in, in the display's pixels."""

_MANY = 12
"""More stale parts than this are put together to tiles, so that none is painted twice."""

_SOFT_EDGE = 1.5
"""How far anti-aliasing reaches beyond a shape, in the display's pixels."""

_ROLES = (StrokeKind.MARKER, StrokeKind.PEN)
"""From the lowest layer to the uppermost."""


class InkLayers:
    """Keeps a picture of the ink in `index`, where the page has a place."""

    def __init__(self, index: InkIndex) -> None:
        self.index = index
        self.hidden: frozenset[Stroke] = frozenset()
        self._size = QSize()
        self._ratio = 1.0
        self._place = PagePlace()
        self._text = QColor(Qt.GlobalColor.black)
        self._layers: dict[StrokeKind, QPixmap] = {}
        self._stale: list[QRect] = []
        self._shapes: dict[Stroke, StrokeShape] = {}

    @property
    def stale(self) -> bool:
        """Whether something is still to be painted."""
        return bool(self._stale)

    def page_to_pixels(self) -> QTransform:
        """From page pixels to the layers' own."""
        scale = self._place.zoom * self._ratio
        x, y = self._place.x * self._ratio, self._place.y * self._ratio
        return QTransform(scale, 0, 0, scale, x, y)

    def resize(self, size: QSize, ratio: float) -> None:
        """Takes another size, in canvas pixels; what was there stays, and what is new is stale."""
        same_scale = ratio == self._ratio
        pixels = QSize(round(size.width() * ratio), round(size.height() * ratio))
        old = QRect(QPoint(), self._size)
        self._size, self._ratio = pixels, ratio
        for kind, layer in self._layers.items():
            self._layers[kind] = self._blank()
            if same_scale:
                with _copying(self._layers[kind]) as painter:
                    painter.drawPixmap(0, 0, layer)
        if not same_scale:
            self.renew_all()
            return
        right = QRect(old.width(), 0, pixels.width() - old.width(), pixels.height())
        below = QRect(0, old.height(), pixels.width(), pixels.height() - old.height())
        self._stale += [part for whole in (right, below) for part in _tiles(whole)]

    def set_text_colour(self, colour: QColor) -> None:
        """Paints ink that has no colour of its own in another one."""
        if colour != self._text:
            self._text = QColor(colour)
            self.renew_all()

    def move_to(self, place: PagePlace) -> None:
        """Shows the page at another place: moved, where the zoom stays, and else painted anew, the
        old picture enlarged standing in."""
        old, self._place = self._place, place
        if old.zoom == place.zoom:
            dx = round((place.x - old.x) * self._ratio)
            dy = round((place.y - old.y) * self._ratio)
            self._scroll(dx, dy)
        elif place != old:
            self._stretch(old, place)
            self.renew_all()

    def renew_all(self) -> None:
        """Has everything painted anew."""
        self._stale = list(_tiles(QRect(QPoint(), self._size)))

    def renew(self, boxes: Iterable[Box]) -> None:
        """Has some boxes of the page painted anew."""
        whole = QRect(QPoint(), self._size)
        parts = [self._pixels_of(box).intersected(whole) for box in boxes]
        self._stale += [part for part in parts if not part.isEmpty()]
        if len(self._stale) > _MANY:
            self._stale = list(_joined(self._stale, whole))

    def forget(self, strokes: Iterable[Stroke]) -> None:
        """Lets go of the shapes of strokes that are gone."""
        for stroke in strokes:
            self._shapes.pop(stroke, None)

    def add(self, stroke: Stroke, shape: StrokeShape | None = None) -> None:
        """Paints a stroke on top of the others of its kind.

        Args:
            stroke: One that has just come.
            shape: Its shape, where it is known.
        """
        if shape is not None:
            self._shapes[stroke] = shape
        box = seen_box(stroke)
        part = self._pixels_of(box).intersected(QRect(QPoint(), self._size))
        if not part.isEmpty():
            self._fill(self._layer(stroke.style.kind), part, (stroke,))

    def paint_stale(self, seconds: float) -> None:
        """Paints what is stale until the time is up, a little of it at least: shapes that are not
        known take longer than all else, and a part with many of them comes in the end."""
        until = time.thread_time() + seconds
        while self._stale:
            strokes = self._shown_in(self._stale[-1])
            for stroke in strokes:
                if stroke not in self._shapes:
                    self.shape_of(stroke)
                    if time.thread_time() >= until:
                        return
            self._paint_anew(self._stale.pop(), strokes)
            if time.thread_time() >= until:
                return

    def draw(self, painter: QPainter, kind: StrokeKind) -> None:
        """Draws one layer; `painter` counts in the layers' pixels."""
        layer = self._layers.get(kind)
        if layer is not None:
            painter.drawPixmap(0, 0, layer)

    def picture_of(self, strokes: Iterable[Stroke]) -> QPixmap:
        """Some strokes alone, on a pixmap of the size of a layer."""
        picture = self._blank()
        chosen = tuple(strokes)
        for kind in _ROLES:
            of_kind = tuple(stroke for stroke in chosen if stroke.style.kind is kind)
            self._fill(picture, QRect(QPoint(), self._size), of_kind)
        return picture

    def shape_of(self, stroke: Stroke) -> StrokeShape:
        """The shape of a stroke, made once."""
        shape = self._shapes.get(stroke)
        if shape is None:
            shape = self._shapes[stroke] = StrokeShape.of(stroke)
        return shape

    def _shown_in(self, part: QRect) -> list[Stroke]:
        near = self.index.in_box(self._page_box(part))
        return [stroke for stroke in near if stroke not in self.hidden]

    def _paint_anew(self, part: QRect, strokes: Sequence[Stroke]) -> None:
        for kind in _ROLES:
            of_kind = tuple(stroke for stroke in strokes if stroke.style.kind is kind)
            if kind in self._layers:
                with _copying(self._layers[kind]) as painter:
                    painter.fillRect(part, Qt.GlobalColor.transparent)
            if of_kind:
                self._fill(self._layer(kind), part, of_kind)

    def _fill(self, layer: QPixmap, part: QRect, strokes: tuple[Stroke, ...]) -> None:
        """Fills strokes in order, within `part` only."""
        seen = to_rect(self._page_box(part))
        painter = QPainter(layer)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setClipRect(part)
        painter.setTransform(self.page_to_pixels())
        for stroke in strokes:
            self.shape_of(stroke).fill(painter, stroke_colour(stroke.style, self._text), seen)
        painter.end()

    def _layer(self, kind: StrokeKind) -> QPixmap:
        """A layer, made when the first stroke comes to lie on it."""
        if kind not in self._layers:
            self._layers[kind] = self._blank()
        return self._layers[kind]

    def _blank(self) -> QPixmap:
        pixmap = QPixmap(self._size)
        pixmap.fill(Qt.GlobalColor.transparent)
        return pixmap

    def _scroll(self, dx: int, dy: int) -> None:
        whole = QRect(QPoint(), self._size)
        kept = whole.translated(dx, dy).intersected(whole)
        if (dx, dy) == (0, 0):
            return
        if kept.isEmpty():
            self.renew_all()
            return
        moved = (part.translated(dx, dy).intersected(whole) for part in self._stale)
        self._stale = [part for part in moved if not part.isEmpty()]
        bare = (
            QRect(0, 0, whole.width(), kept.top()),
            QRect(0, kept.bottom() + 1, whole.width(), whole.height() - kept.bottom() - 1),
            QRect(0, kept.top(), kept.left(), kept.height()),
            QRect(kept.right() + 1, kept.top(), whole.width() - kept.right() - 1, kept.height()),
        )
        for layer in self._layers.values():
            layer.scroll(dx, dy, whole)
            with _copying(layer) as painter:
                for strip in bare:
                    painter.fillRect(strip, Qt.GlobalColor.transparent)
        self._stale += [part for strip in bare for part in _tiles(strip)]

    def _stretch(self, old: PagePlace, new: PagePlace) -> None:
        factor = new.zoom / old.zoom
        x, y = (new.x - old.x * factor) * self._ratio, (new.y - old.y * factor) * self._ratio
        for kind, layer in self._layers.items():
            self._layers[kind] = self._blank()
            with _copying(self._layers[kind]) as painter:
                painter.setTransform(QTransform(factor, 0, 0, factor, x, y))
                painter.drawPixmap(0, 0, layer)

    def _pixels_of(self, box: Box) -> QRect:
        rect = self.page_to_pixels().mapRect(to_rect(box))
        # beyond the layer by far, whole numbers overflow
        bounds = QRectF(QPoint(), self._size).adjusted(-9, -9, 9, 9)
        edge = _SOFT_EDGE
        return rect.adjusted(-edge, -edge, edge, edge).intersected(bounds).toAlignedRect()

    def _page_box(self, part: QRect) -> Box:
        back, _ = self.page_to_pixels().inverted()
        edge = _SOFT_EDGE
        return to_box(back.mapRect(QRectF(part).adjusted(-edge, -edge, edge, edge)))


@contextmanager
def _copying(layer: QPixmap) -> Iterator[QPainter]:
    """A painter that puts pixels in the place of those that are there."""
    painter = QPainter(layer)
    painter.setCompositionMode(QPainter.CompositionMode.CompositionMode_Source)
    try:
        yield painter
    finally:
        painter.end()


def _tiles(whole: QRect) -> Iterator[QRect]:
    """`whole` in parts; none where it is empty."""
    for y in range(whole.top(), whole.top() + max(whole.height(), 0), _TILE):
        for x in range(whole.left(), whole.left() + max(whole.width(), 0), _TILE):
            yield QRect(x, y, _TILE, _TILE).intersected(whole)


def _joined(parts: Iterable[QRect], whole: QRect) -> Iterator[QRect]:
    """The tiles of `whole` that any of `parts` is in."""
    tiles = {
        (x, y)
        for part in parts
        for x in range(part.left() // _TILE, part.right() // _TILE + 1)
        for y in range(part.top() // _TILE, part.bottom() // _TILE + 1)
    }
    for x, y in sorted(tiles):
        yield QRect(x * _TILE, y * _TILE, _TILE, _TILE).intersected(whole)
