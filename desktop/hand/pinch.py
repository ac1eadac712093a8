"""Two fingers on a screen: the page follows them."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from PySide6.QtGui import QEventPoint

    from desktop.canvas.page_place import PagePlace

LATEST = 0.3
"""Seconds after the first finger that a second one still begins a pinch."""

LONGEST_WAY = 24.0
"""Canvas pixels that the first finger may have gone by then: beyond, it is drawing."""


class Pinch:
    """Where two fingers and the page were when it began: steps would add up their roundings.

    Args:
        points: Of a touch event; the first two count.
        place: Of the page.
    """

    def __init__(self, points: Sequence[QEventPoint], place: PagePlace) -> None:
        self._x, self._y, self._apart = _middle(points)
        self._place = self._now = place

    @staticmethod
    def begins(points: Sequence[QEventPoint]) -> bool:
        """Whether fingers mean to pinch, and do not rest beside a finger that draws."""
        first = points[0]
        gone = first.position() - first.pressPosition()
        early = first.timestamp() - first.pressTimestamp() <= LATEST * 1000
        return early and math.hypot(gone.x(), gone.y()) <= LONGEST_WAY

    def moved(self, points: Sequence[QEventPoint]) -> PagePlace:
        """Where the page goes with the fingers."""
        if len(points) > 1:  # else one was lifted
            x, y, apart = _middle(points)
            factor = max(apart, 1.0) / max(self._apart, 1.0)
            self._now = self._place.moved(x - self._x, y - self._y).zoomed(factor, x, y)
        return self._now


def _middle(points: Sequence[QEventPoint]) -> tuple[float, float, float]:
    """The middle between the first two of `points`, and how far they are apart."""
    one, other = points[0].position(), points[1].position()
    apart = math.hypot(one.x() - other.x(), one.y() - other.y())
    return (one.x() + other.x()) / 2, (one.y() + other.y()) / 2, apart
