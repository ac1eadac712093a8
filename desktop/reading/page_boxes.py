"""Boxes over a picture: which are where, and how they are painted."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import starmap

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QLine, QRect, Qt
from PySide6.QtGui import QColor, QPainter, QPen

from core.box import Box
from core.reading import ReadGlyph
from desktop.reading.confidence import GRADES, Grade, grade, line_colour

_LINE = 1.5
"""Width of a box's line in view pixels; that of the selected one is twice that."""

_APART = 2.0
"""View pixels between a character and its box."""

_SMALL = 14.0
"""Boxes whose smaller side has fewer view pixels have a thin line, or they would be all line."""

_DASHES = (4.0, 3.0)
"""Pixels of the display that are painted, and left out, in turn."""

_FEW = 600
"""So many boxes have their full line, and are made anew at every paint, in some 2 ms. Where there
are more, their line is thin: the page is seen as a whole, and a paint stays under 8 ms."""

_HALO = QColor("white")
_STRONG_HALO = QColor("black")
"""Outside the line: it is seen on dark pictures too."""


class PageBoxes:
    """The boxes of glyphs, in pixels of their picture."""

    def __init__(self, glyphs: tuple[ReadGlyph, ...] = ()) -> None:
        self.glyphs = glyphs
        rows = [(g.box.x, g.box.y, g.box.right, g.box.bottom) for g in glyphs]
        self._edges = np.array(rows, np.float64).reshape(-1, 4)
        self._grades = np.array([grade(g).number for g in glyphs], np.intp)
        self._kept: list[_Frames] = []
        self._kept_for = (0.0, 0.0, False)

    def __len__(self) -> int:
        return len(self.glyphs)

    def at(self, x: float, y: float, reach: float) -> int | None:
        """The glyph whose box is at a place, or at most `reach` from it; of several the smallest;
        None where there is none."""
        left, top, right, bottom = self._edges.T
        hits = (left - reach <= x) & (x < right + reach) & (top - reach <= y) & (y < bottom + reach)
        (places,) = np.nonzero(hits)
        if not len(places):
            return None
        areas = (right - left)[places] * (bottom - top)[places]
        return int(places[np.argmin(areas)])

    def within(self, box: Box) -> tuple[int, ...]:
        """The glyphs whose middle is in a box."""
        left, top, right, bottom = self._edges.T
        x, y = (left + right) / 2, (top + bottom) / 2
        hits = (box.x <= x) & (x < box.right) & (box.y <= y) & (y < box.bottom)
        return tuple(np.flatnonzero(hits).tolist())

    def on_line(self, index: int, by: int) -> int:
        """The glyph that is nearest below, or above for a `by` of -1, on the next line in the order
        of reading; the same where there is no such line."""
        wanted = self.glyphs[index].glyph.line + by
        lines = np.array([glyph.glyph.line for glyph in self.glyphs])
        (places,) = np.nonzero(lines == wanted)
        if not len(places):
            return index
        middles = (self._edges[places, 0] + self._edges[places, 2]) / 2
        return int(places[np.argmin(abs(middles - self.glyphs[index].box.centre[0]))])

    def paint(self, painter: QPainter, shown: PlaceOnDisplay, part: QRect, look: BoxLook) -> None:
        """Paints the boxes in a part of the display, in pixels of which the painter counts."""
        painter.save()
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.translate(shown.x, shown.y)
        for each in self._frames(shown, part, look) if look.every else ():
            each.paint(painter, strong=look.strong)
        if look.selected is not None:
            row = shown.edges(self._edges[look.selected : look.selected + 1])
            one = GRADES[self._grades[look.selected]]
            _Frames(one, row, 2 * look.width, halo=True).paint(painter, strong=look.strong)
        painter.restore()

    def _frames(self, shown: PlaceOnDisplay, part: QRect, look: BoxLook) -> list[_Frames]:
        """The frames that are seen in a part of the display; where they are many, those of all
        boxes, which are made once for every zoom."""
        edges = shown.edges(self._edges)
        left, top, right, bottom = edges.T
        there = part.translated(-shown.x, -shown.y)
        seen = (left <= there.right() + 1) & (right >= there.left())
        seen &= (top <= there.bottom() + 1) & (bottom >= there.top())
        if np.count_nonzero(seen) <= _FEW:
            return self._framed(edges[seen], self._grades[seen], shown.ratio, look)
        now = (shown.zoom, shown.ratio, look.strong)
        if self._kept_for != now:
            self._kept_for = now
            self._kept = self._framed(edges, self._grades, shown.ratio, look)
        return self._kept

    def _framed(
        self, edges: NDArray[np.intp], grades: NDArray[np.intp], ratio: float, look: BoxLook
    ) -> list[_Frames]:
        """Frames by their grade and width."""
        left, top, right, bottom = edges.T
        crowded = len(edges) > _FEW
        small = (np.minimum(right - left, bottom - top) < _SMALL * ratio) | crowded
        return [
            _Frames(one, edges[mine], 1 if thin else look.width, halo=look.strong or not thin)
            for one in GRADES
            for thin in (True, False)
            for mine in ((grades == one.number) & (small == thin),)
        ]


@dataclass(frozen=True, slots=True)
class PlaceOnDisplay:
    """Where a picture is on the display.

    Attributes:
        x: Its left edge, in pixels of the display.
        y: Its top edge.
        zoom: Pixels of the display a pixel of the picture.
        ratio: Pixels of the display a view pixel.
    """

    x: int
    y: int
    zoom: float
    ratio: float

    def edges(self, boxes: NDArray[np.float64]) -> NDArray[np.intp]:
        """Left, top, right and bottom of frames around boxes, (N, 4), in pixels of the display from
        the picture's corner."""
        apart = _APART * self.ratio
        there = boxes * self.zoom
        grown = np.concatenate([np.floor(there[:, :2] - apart), np.ceil(there[:, 2:] + apart)], 1)
        return grown.astype(np.intp)


@dataclass(frozen=True, slots=True)
class BoxLook:
    """How boxes are painted.

    Attributes:
        selected: The index of the selected glyph.
        width: Of the lines, in pixels of the display.
        strong: Whether in high contrast.
        every: Whether all are shown, not the selected one alone.
    """

    selected: int | None
    width: int
    strong: bool
    every: bool = True


class _Frames:
    """Frames of one grade and width, made of lines of one pixel: those are painted ten times faster
    than broader ones.

    Args:
        one: Their grade.
        edges: Left, top, right and bottom of each, (N, 4), in pixels of the display.
        width: Of their line; it grows to the outside.
        halo: Whether there is a light line around it.
    """

    def __init__(self, one: Grade, edges: NDArray[np.intp], width: int, *, halo: bool) -> None:
        self._grade = one
        self._rims = [_frames(edges, by) for by in range(width)]
        self._sides = [_sides(edges, by) for by in range(width)] if one.doubtful else []
        self._outside = _frames(edges, width) if halo else []

    def paint(self, painter: QPainter, *, strong: bool) -> None:
        if self._outside:
            painter.setPen(_one_pixel(_STRONG_HALO if strong else _HALO))
            painter.drawRects(self._outside)
            for rim in self._rims if strong else ():  # black also between the dashes
                painter.drawRects(rim)
        pen = _one_pixel(line_colour(self._grade, strong=strong))
        if self._grade.doubtful:
            pen.setDashPattern(_DASHES)
            painter.setPen(pen)
            for sides in self._sides:
                painter.drawLines(sides)
            return
        painter.setPen(pen)
        for rim in self._rims:
            painter.drawRects(rim)


def _frames(edges: NDArray[np.intp], by: int) -> list[QRect]:
    """Frames that are grown to the outside."""
    left, top, right, bottom = edges.T
    rows = (left - by, top - by, right - left - 1 + 2 * by, bottom - top - 1 + 2 * by)
    return list(starmap(QRect, np.stack(rows, 1).tolist()))


def _sides(edges: NDArray[np.intp], by: int) -> list[QLine]:
    """The sides of such frames, each from the same corner however far it is grown, so that their
    dashes lie side by side."""
    left, top, right, bottom = edges.T
    right, bottom = right - 1, bottom - 1
    rows = (
        (left, top - by, right, top - by),
        (left, bottom + by, right, bottom + by),
        (left - by, top, left - by, bottom),
        (right + by, top, right + by, bottom),
    )
    return [line for side in rows for line in starmap(QLine, np.stack(side, 1).tolist())]


def _one_pixel(colour: QColor) -> QPen:
    pen = QPen(colour, 1)
    pen.setCosmetic(True)
    return pen


def line_width(ratio: float) -> int:
    """Of boxes, in pixels of a display that has `ratio` of them a view pixel."""
    return max(1, round(_LINE * ratio))
