"""What a hand is doing on a page: a press that becomes a click or a drag, and two fingers."""

from __future__ import annotations

import math
from collections.abc import Sequence
from enum import Enum, auto

from PySide6.QtCore import QPointF
from PySide6.QtGui import QEventPoint

from desktop.reading.sight import Sight


class Purpose(Enum):
    """What a drag does: moves the page, draws a box, or moves it with a finger whose tap is a
    click."""

    MOVE = auto()
    DRAW = auto()
    FINGER = auto()


class Press:
    """A button or a finger that is down.

    Args:
        purpose: What dragging it does.
        at: Where it went down, in view pixels.
    """

    def __init__(self, purpose: Purpose, at: QPointF) -> None:
        self.purpose = purpose
        self.began = self.at = QPointF(at)
        self.moved = False

    def move(self, at: QPointF, slack: float) -> bool:
        """Takes note of where it is now; whether it is dragged: it is once it was `slack` away from
        where it began, and stays so."""
        way = at - self.began
        self.moved = self.moved or math.hypot(way.x(), way.y()) >= slack
        if self.moved:
            self.at = QPointF(at)
        return self.moved


class Fingers:
    """Where two fingers and the page were when it began: steps would add up their roundings.

    Args:
        points: Of a touch event; the first two count.
        sight: Of the page.
    """

    def __init__(self, points: Sequence[QEventPoint], sight: Sight) -> None:
        self._x, self._y, self._apart = _middle(points)
        self._sight = sight

    def moved(self, points: Sequence[QEventPoint]) -> Sight:
        """Where the page goes with the fingers."""
        x, y, apart = _middle(points)
        factor = max(apart, 1.0) / max(self._apart, 1.0)
        page_x, page_y = self._sight.to_page(self._x, self._y)
        there = self._sight.zoomed(factor, self._x, self._y)
        # what was under their middle is under it now
        dx = x - (there.x + page_x * there.zoom)
        dy = y - (there.y + page_y * there.zoom)
        return there.moved(dx, dy)


def _middle(points: Sequence[QEventPoint]) -> tuple[float, float, float]:
    """The middle between the first two of `points`, and how far they are apart."""
    one, other = points[0].position(), points[1].position()
    apart = math.hypot(one.x() - other.x(), one.y() - other.y())
    return (one.x() + other.x()) / 2, (one.y() + other.y()) / 2, apart
