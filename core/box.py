"""An upright rectangle, in whatever pixels its owner says."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Box:
    """A rectangle with x growing to the right and y growing down.

    Attributes:
        x: Left edge.
        y: Top edge.
        width: At least 0.
        height: At least 0.
    """

    x: float
    y: float
    width: float
    height: float

    def __post_init__(self) -> None:
        if self.width < 0 or self.height < 0:
            raise ValueError(f"a box cannot be {self.width} x {self.height}")

    @property
    def right(self) -> float:
        return self.x + self.width

    @property
    def bottom(self) -> float:
        return self.y + self.height

    @property
    def centre(self) -> tuple[float, float]:
        return self.x + self.width / 2, self.y + self.height / 2

    def grown(self, margin: float) -> Box:
        """This box with `margin` more on every side."""
        return Box(
            self.x - margin, self.y - margin, self.width + 2 * margin, self.height + 2 * margin
        )

    def contains(self, x: float, y: float) -> bool:
        return self.x <= x < self.right and self.y <= y < self.bottom


def enclosing(boxes: Iterable[Box]) -> Box:
    """The smallest box around all `boxes`.

    Raises:
        ValueError: There are none.
    """
    boxes = tuple(boxes)
    if not boxes:
        raise ValueError("no boxes to enclose")
    left, top = min(box.x for box in boxes), min(box.y for box in boxes)
    right, bottom = max(box.right for box in boxes), max(box.bottom for box in boxes)
    return Box(left, top, right - left, bottom - top)
