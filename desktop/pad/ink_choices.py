"""What pens and markers can be chosen: their colours and widths, by name."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from core.curves import MARKER_COLOUR
from core.ink import Colour, StrokeKind

PEN_COLOURS: Mapping[str, Colour | None] = MappingProxyType(
    {
        "text": None,
        "blue": Colour(47, 127, 209),
        "red": Colour(214, 64, 56),
        "green": Colour(34, 145, 80),
        "orange": Colour(205, 110, 0),
        "purple": Colour(150, 90, 200),
    }
)
"""Each has a contrast of 3 to 1 or more on light and on dark paper (WCAG 2.2, 1.4.11)."""

MARKER_COLOURS: Mapping[str, Colour | None] = MappingProxyType(
    {
        "yellow": MARKER_COLOUR,
        "green": Colour(80, 200, 90),
        "blue": Colour(60, 160, 255),
        "pink": Colour(255, 90, 160),
    }
)

COLOURS: Mapping[StrokeKind, Mapping[str, Colour | None]] = MappingProxyType(
    {StrokeKind.PEN: PEN_COLOURS, StrokeKind.MARKER: MARKER_COLOURS}
)

WIDTHS: Mapping[str, float] = MappingProxyType({"fine": 0.6, "medium": 1.0, "broad": 1.6})
"""Over the nominal width."""

DEFAULT_COLOURS: Mapping[StrokeKind, str] = MappingProxyType(
    {StrokeKind.PEN: "text", StrokeKind.MARKER: "yellow"}
)
DEFAULT_WIDTH = "medium"
