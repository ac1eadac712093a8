"""How InkML strokes look: brushes → styles, and styles → brushes (W3C InkML 1.0, 5.4)."""

from __future__ import annotations

import re
from collections.abc import Mapping
from types import MappingProxyType
from xml.etree.ElementTree import Element

from core.curves import MARKER_WIDTH
from core.exporting.drawing import hex_colour
from core.ink import PLAIN, WIDEST_STYLE, Colour, StrokeKind, StrokeStyle
from core.inkml.elements import children, finite
from core.inkml.formats import DOTS_AN_INCH, length_in_pixels
from core.pen_width import PEN_WIDTH

_NOMINAL: Mapping[StrokeKind, float] = MappingProxyType(
    {StrokeKind.PEN: PEN_WIDTH, StrokeKind.MARKER: MARKER_WIDTH}
)
"""Widths in pixels."""

_RASTER_OPS: Mapping[StrokeKind, str] = MappingProxyType(
    {StrokeKind.PEN: "copyPen", StrokeKind.MARKER: "maskPen"}
)
"""The standard's ways to draw: one covers what lies under it, the other lets the darker win."""

_LEAST_WIDTH = 0.01
"""Least width factor that a file can give: a line that nobody sees is no ink."""

_WIDTH_DECIMALS = 6
"""Of width factors that are read, so that the same one comes back through other units."""

_CENTIMETRE = DOTS_AN_INCH / 2.54
"""Pixels."""

_BLACK = Colour(0, 0, 0)
_HEX = re.compile(r"#(?:[0-9a-fA-F]{3}|[0-9a-fA-F]{6})")

_NAMED_COLOURS: Mapping[str, Colour] = MappingProxyType(
    {
        "white": Colour(255, 255, 255),
        "red": Colour(255, 0, 0),
        "green": Colour(0, 128, 0),
        "blue": Colour(0, 0, 255),
        "yellow": Colour(255, 255, 0),
    }
)
"""The names of CSS that brushes have; others are taken for the colour of text."""


def brush_style(brush: Element | None, *, device_pixels: float) -> StrokeStyle:
    """The style that a brush means; where it says nothing that we draw, a plain pen's.

    Black is taken for the colour of text, because programs write it where nobody chose a colour,
    and on a dark pad it would not be seen.

    Args:
        brush: The element, or None where there is none.
        device_pixels: Pixels in a unit of the trace, for widths that are counted in those.
    """
    if brush is None:
        return PLAIN
    properties = {each.get("name", ""): each for each in children(brush, "brushProperty")}
    operation = _value(properties.get("rasterOp"))
    kind = StrokeKind.MARKER if operation == _RASTER_OPS[StrokeKind.MARKER] else StrokeKind.PEN
    pixels = _pixels(properties.get("width"), device_pixels)
    width = 1.0 if pixels is None else pixels / _NOMINAL[kind]
    width = min(max(round(width, _WIDTH_DECIMALS), _LEAST_WIDTH), WIDEST_STYLE)
    return StrokeStyle(kind, _colour(_value(properties.get("color"))), width)


def format_brush(style: StrokeStyle, name: str) -> str:
    """The element `brush` of a style, in lines of their own."""
    width = f"{style.width * _NOMINAL[style.kind] / _CENTIMETRE:.9f}".rstrip("0")
    colour = () if style.colour is None else (("color", hex_colour(style.colour), ""),)
    properties = (
        ("width", width, ' units="cm"'),
        ("height", width, ' units="cm"'),
        *colour,
        ("tip", "ellipse", ""),
        ("rasterOp", _RASTER_OPS[style.kind], ""),
    )
    lines = (
        f'      <brushProperty name="{each}" value="{value}"{units}/>\n'
        for each, value, units in properties
    )
    return f'    <brush xml:id="{name}">\n{"".join(lines)}    </brush>\n'


def _value(element: Element | None) -> str:
    return "" if element is None else element.get("value", "").strip()


def _pixels(element: Element | None, device_pixels: float) -> float | None:
    """A length in pixels; None where there is none."""
    number = None if element is None else finite(element.get("value"))
    if element is None or number is None or number <= 0:
        return None
    return number * (length_in_pixels(element.get("units", "")) or device_pixels)


def _colour(written: str) -> Colour | None:
    if not _HEX.fullmatch(written):
        return _NAMED_COLOURS.get(written.lower())
    digits = (
        written[1:] if len(written) > len("#rgb") else "".join(2 * each for each in written[1:])
    )
    colour = Colour(*bytes.fromhex(digits))
    return None if colour == _BLACK else colour
