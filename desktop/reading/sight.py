"""How a page lies under the view that shows it: zoom and place, for pages of any size."""

from __future__ import annotations

from dataclasses import dataclass

from core.box import Box

LARGEST_ZOOM = 16.0
"""View pixels a page pixel: from where on only squares are seen. Of a page that is so small that
it fits in larger, FIT_TIMES its fitting zoom."""

FIT_TIMES = 4.0
"""How much larger than it fits in any page can be seen."""

MARGIN = 48.0
"""View pixels between the edge and what was moved into sight, where there is room."""


@dataclass(frozen=True, slots=True)
class Extent:
    """A width and a height, each above 0."""

    width: float
    height: float

    def __post_init__(self) -> None:
        if not (self.width > 0 and self.height > 0):
            raise ValueError(f"nothing has an extent of {self.width} x {self.height}")


@dataclass(frozen=True, slots=True)
class Sight:
    """How a page lies under a view.

    Attributes:
        page: The page's size in its own pixels.
        view: The view's size in device-independent pixels.
        zoom: View pixels a page pixel.
        x: Where in the view the page's left edge is.
        y: Where in the view the page's top edge is.
    """

    page: Extent
    view: Extent
    zoom: float
    x: float
    y: float

    @property
    def fitting(self) -> float:
        """The zoom at which the whole page just fits in."""
        return min(self.view.width / self.page.width, self.view.height / self.page.height)

    @property
    def least(self) -> float:
        """The least zoom that makes sense: all of the page is seen, or it is as it is."""
        return min(self.fitting, 1.0)

    @property
    def largest(self) -> float:
        return max(LARGEST_ZOOM, FIT_TIMES * self.fitting)

    def to_page(self, x: float, y: float) -> tuple[float, float]:
        """The place of the page that is at a place of the view."""
        return (x - self.x) / self.zoom, (y - self.y) / self.zoom

    def box_to_page(self, box: Box) -> Box:
        """The part of the page that is at a part of the view."""
        x, y = self.to_page(box.x, box.y)
        return Box(x, y, box.width / self.zoom, box.height / self.zoom)

    def box_to_view(self, box: Box) -> Box:
        """Where in the view a part of the page is."""
        return Box(
            self.x + box.x * self.zoom,
            self.y + box.y * self.zoom,
            box.width * self.zoom,
            box.height * self.zoom,
        )

    def moved(self, dx: float, dy: float) -> Sight:
        """The page moved by view pixels, as far as it goes."""
        return self._at(self.zoom, self.x + dx, self.y + dy)

    def zoomed(self, factor: float, x: float, y: float) -> Sight:
        """The page enlarged, within the limits, around a place of the view."""
        zoom = min(max(self.zoom * factor, self.least), self.largest)
        page_x, page_y = self.to_page(x, y)
        return self._at(zoom, x - page_x * zoom, y - page_y * zoom)

    def with_view(self, view: Extent) -> Sight:
        """The same page in a view of another size; what was in the middle stays there."""
        x, y = self.to_page(self.view.width / 2, self.view.height / 2)
        there = Sight(self.page, view, self.zoom, 0, 0)
        zoom = min(max(self.zoom, there.least), there.largest)
        return there._at(zoom, view.width / 2 - x * zoom, view.height / 2 - y * zoom)

    def showing(self, box: Box) -> Sight:
        """The page moved as little as need be for a part of it to be seen, with a margin."""
        there = self.box_to_view(box)
        dx = _way(there.x, there.right, self.view.width)
        dy = _way(there.y, there.bottom, self.view.height)
        return self.moved(dx, dy) if dx or dy else self

    def on_grid(self, ratio: float) -> Sight:
        """The page moved to whole pixels of a display that has `ratio` of them a view pixel."""
        x, y = round(self.x * ratio) / ratio, round(self.y * ratio) / ratio
        return Sight(self.page, self.view, self.zoom, x, y)

    def _at(self, zoom: float, x: float, y: float) -> Sight:
        """The page at the nearest place: in the middle where there is room around it, else so that
        it fills the view."""
        return Sight(
            self.page,
            self.view,
            zoom,
            _held(x, self.page.width * zoom, self.view.width),
            _held(y, self.page.height * zoom, self.view.height),
        )


def fit_page(page: Extent, view: Extent) -> Sight:
    """The whole page, as large as it fits in."""
    there = Sight(page, view, 1.0, 0, 0)
    return there._at(there.fitting, 0, 0)  # noqa: SLF001  # the same module


def fit_width(page: Extent, view: Extent) -> Sight:
    """The page as wide as the view, from its top."""
    there = Sight(page, view, 1.0, 0, 0)
    zoom = min(max(view.width / page.width, there.least), there.largest)
    return there._at(zoom, 0, 0)  # noqa: SLF001  # the same module


def _held(start: float, length: float, room: float) -> float:
    """Where a side begins: in the middle where there is room, else without a gap at either end."""
    if length <= room:
        return (room - length) / 2
    return min(max(start, room - length), 0.0)


def _way(start: float, end: float, room: float) -> float:
    """How far to move what reaches from `start` to `end`, for it to be seen."""
    margin = min(MARGIN, max((room - (end - start)) / 2, 0.0))
    if start < margin:
        return margin - start
    if end > room - margin:
        return room - margin - end
    return 0.0
