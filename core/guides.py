"""The guide lines of a pad: where lines of writing stand, and how high letters are on them."""

from __future__ import annotations

import math
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Guides:
    """Evenly spaced lines, as in a school's exercise book; all in ink pixels, y down.

    Attributes:
        first: Where the first baseline is; there are others above and below it without end.
        spacing: From one baseline to the next, above 0.
        x_height: Height of an x above its baseline, above 0.
        capital_height: Height of an X above its baseline, more than `x_height`.
    """

    first: float = 90.0
    spacing: float = 120.0
    x_height: float = 40.0
    capital_height: float = 64.0

    def __post_init__(self) -> None:
        values = (self.first, self.spacing, self.x_height, self.capital_height)
        if not all(map(math.isfinite, values)):
            raise ValueError("guide lines must be finite")
        if not 0 < self.x_height < self.capital_height < self.spacing:
            raise ValueError("x-height, capital height and spacing must rise, from above 0")

    def baseline(self, line: int) -> float:
        """Where a baseline is; `line` may be negative."""
        return self.first + line * self.spacing

    def line_at(self, y: float) -> int:
        """The line that a letter belongs to whose middle is at `y`."""
        return round((y + self.capital_height / 2 - self.first) / self.spacing)
