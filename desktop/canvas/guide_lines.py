"""Guide lines on the canvas: the baseline stands out, x-height and capital height are fainter."""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import QRectF
from PySide6.QtGui import QColor, QPainter

if TYPE_CHECKING:
    from core.box import Box
    from core.guides import Guides
    from desktop.canvas.page_place import PagePlace

_BASELINE = 0.40
_HEIGHT = 0.16
"""Opacity of a baseline, and of the two lines above it, in the colour of text."""

_LEAST_GAP = 5.0
"""Canvas pixels between two lines below which they are no help, and are left out."""


@dataclass(frozen=True, slots=True)
class _Line:
    """One line: where, in canvas pixels, and how opaque."""

    y: float
    opacity: float


def paint_guides(
    painter: QPainter, guides: Guides, place: PagePlace, part: Box, text: QColor
) -> None:
    """Paints the lines that cross `part`, in canvas pixels."""
    for line in _lines(guides, place, part):
        colour = QColor(text)
        colour.setAlphaF(line.opacity)
        painter.fillRect(QRectF(part.x, line.y - 0.5, part.width, 1.0), colour)


def _lines(guides: Guides, place: PagePlace, part: Box) -> Iterator[_Line]:
    if guides.spacing * place.zoom < _LEAST_GAP:
        return
    page = place.box_to_page(part)
    first = math.floor((page.y - guides.first) / guides.spacing)
    last = math.ceil((page.bottom + guides.capital_height - guides.first) / guides.spacing)
    heights = [(0.0, _BASELINE)]
    if guides.x_height * place.zoom >= _LEAST_GAP:
        heights += [(guides.x_height, _HEIGHT), (guides.capital_height, _HEIGHT)]
    for number in range(first, last + 1):
        for height, opacity in heights:
            _, y = place.to_canvas(0, guides.baseline(number) - height)
            if part.y - 1 <= y <= part.bottom + 1:
                yield _Line(y, opacity)
