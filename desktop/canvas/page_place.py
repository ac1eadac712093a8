"""Where the page is under the canvas: zoom and pan, and places of the one on the other."""

from __future__ import annotations

import math
from dataclasses import dataclass

from core.box import Box

LEAST_ZOOM = 0.1
LARGEST_ZOOM = 8.0
"""Canvas pixels a page pixel: from a whole page of 10,000 pixels to a letter that fills the pad."""

KEPT_IN_SIGHT = 48.0
"""Canvas pixels of the page that cannot be moved out of sight."""


@dataclass(frozen=True, slots=True)
class PagePlace:
    """How the page lies under the canvas. Both count in device-independent pixels, y down.

    Attributes:
        zoom: Canvas pixels a page pixel, LEAST_ZOOM to LARGEST_ZOOM.
        x, y: Where on the canvas the page's origin is.
    """

    zoom: float = 1.0
    x: float = 0.0
    y: float = 0.0

    def __post_init__(self) -> None:
        if not LEAST_ZOOM <= self.zoom <= LARGEST_ZOOM:
            raise ValueError(f"the zoom is {LEAST_ZOOM:g} to {LARGEST_ZOOM:g}")
        if not (math.isfinite(self.x) and math.isfinite(self.y)):
            raise ValueError("the page must be somewhere")

    def to_page(self, x: float, y: float) -> tuple[float, float]:
        """The place of the page that is at a place of the canvas."""
        return (x - self.x) / self.zoom, (y - self.y) / self.zoom

    def to_canvas(self, x: float, y: float) -> tuple[float, float]:
        """Where on the canvas a place of the page is."""
        return x * self.zoom + self.x, y * self.zoom + self.y

    def box_to_page(self, box: Box) -> Box:
        """The part of the page that is under a part of the canvas."""
        x, y = self.to_page(box.x, box.y)
        return Box(x, y, box.width / self.zoom, box.height / self.zoom)

    def box_to_canvas(self, box: Box) -> Box:
        """Where on the canvas a part of the page is."""
        x, y = self.to_canvas(box.x, box.y)
        return Box(x, y, box.width * self.zoom, box.height * self.zoom)

    def moved(self, dx: float, dy: float) -> PagePlace:
        """The page moved by canvas pixels."""
        return PagePlace(self.zoom, self.x + dx, self.y + dy)

    def zoomed(self, factor: float, x: float, y: float) -> PagePlace:
        """The page enlarged, within the limits, around a place of the canvas."""
        zoom = min(max(self.zoom * factor, LEAST_ZOOM), LARGEST_ZOOM)
        page_x, page_y = self.to_page(x, y)
        return PagePlace(zoom, x - page_x * zoom, y - page_y * zoom)

    def on_grid(self, ratio: float) -> PagePlace:
        """The page moved to whole pixels of a display that has `ratio` of them a canvas pixel, so
        that ink that was painted once can be moved without painting it anew."""
        return PagePlace(self.zoom, round(self.x * ratio) / ratio, round(self.y * ratio) / ratio)

    def in_sight(self, content: Box, width: float, height: float) -> PagePlace:
        """The page moved as little as need be for some of `content`, a part of the page, to be
        seen on a canvas of `width` x `height`."""
        shown = self.box_to_canvas(content)
        keep = min(KEPT_IN_SIGHT, width / 2, height / 2)
        dx = max(keep - shown.right, 0.0) + min(width - keep - shown.x, 0.0)
        dy = max(keep - shown.bottom, 0.0) + min(height - keep - shown.y, 0.0)
        return self.moved(dx, dy)
