"""Ink as SVG: a vector drawing that a browser shows and a drawing program takes apart.

One path a stroke: its outline as it is seen on the pad, filled, because a line of SVG has one width
and a stroke's follows the pressure. The standard is SVG 1.1 (https://www.w3.org/TR/SVG11/).
"""

from __future__ import annotations

from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from core.box import Box
from core.curves import MARKER_COLOUR, MARKER_OPACITY, half_widths, stroke_outlines
from core.exporting.markup import NO_XML, xml_text
from core.files import replace_file
from core.ink import Colour, Ink, Stroke, StrokeKind, StrokeStyle

SVG_SUFFIX = ".svg"
SVG_MIME = "image/svg+xml"

MARGIN = 12.0
"""Blank around the ink, in ink pixels: two widths of the pen."""

BLACK, WHITE = Colour(0, 0, 0), Colour(255, 255, 255)

_DECIMALS = 2
"""A hundredth of a pixel is seen at no size that ink is printed at."""


def write_svg(
    ink: Ink, path: str | Path, *, text: str = "", background: Colour | None = None
) -> None:
    """Writes `ink` as an SVG file; what was there stays until all is written.

    Args:
        ink: Any strokes.
        path: The file.
        text: What it reads as, for its title; "" where that is not known.
        background: None for a transparent one.

    Raises:
        UnwritableFileError: The folder is missing or may not be written, or the disk is full.
    """
    replace_file(path, format_svg(ink, text=text, background=background).encode())


def format_svg(ink: Ink, *, text: str = "", background: Colour | None = None) -> str:
    """An SVG document of `ink`, just large enough for it; a unit is a pixel of the ink.

    Args:
        ink: Any strokes; of none, the drawing is blank.
        text: What it reads as, for its title; "" where that is not known.
        background: None for a transparent one.
    """
    box = drawn_box(ink)
    size = f'width="{_number(box.width)}" height="{_number(box.height)}"'
    view = " ".join(map(_number, (box.x, box.y, box.width, box.height)))
    lines = [
        '<?xml version="1.0" encoding="UTF-8"?>',
        f'<svg xmlns="http://www.w3.org/2000/svg" {size} viewBox="{view}">',
        *_described(text, len(ink.strokes)),
        *([] if background is None else [_sheet(background, box)]),
        *(_path(stroke) for stroke in ink.strokes),
        "</svg>",
    ]
    return "\n".join(lines) + "\n"


def drawn_box(ink: Ink, *, margin: float = MARGIN) -> Box:
    """The box of all that is seen of `ink`, with a margin around it; of no ink, the margin alone.

    Args:
        ink: Any strokes.
        margin: In ink pixels.
    """
    if not ink:
        return Box(0, 0, 0, 0).grown(margin)
    points = np.concatenate([stroke.points for stroke in ink.strokes]).astype(np.float64)
    # a curve stays within its points; making all outlines once more would take twice the time
    halves = np.concatenate(
        [half_widths(stroke.points[:, 2], stroke.style) for stroke in ink.strokes]
    )[:, None]
    left, top = (points[:, :2] - halves).min(axis=0).tolist()
    right, bottom = (points[:, :2] + halves).max(axis=0).tolist()
    return Box(left, top, right - left, bottom - top).grown(margin)


def _described(text: str, count: int) -> list[str]:
    title = " ".join(NO_XML.sub("", text).split())
    strokes = "1 stroke" if count == 1 else f"{count} strokes"
    described = f"<desc>Ink of {strokes}, written by hand with Glyphpad</desc>"
    return [f"<title>{xml_text(title)}</title>", described] if title else [described]


def _sheet(colour: Colour, box: Box) -> str:
    corner = f'x="{_number(box.x)}" y="{_number(box.y)}"'
    size = f'width="{_number(box.width)}" height="{_number(box.height)}"'
    return f'<rect {corner} {size} fill="{hex_colour(colour)}"/>'


def _path(stroke: Stroke) -> str:
    # the outlines of a stroke overlap, and all run the same way: non-zero, SVG's own rule, joins
    # them
    outlines = "".join(f"M{_places(outline)}Z" for outline in stroke_outlines(stroke))
    opacity = (
        f' fill-opacity="{MARKER_OPACITY:g}"' if stroke.style.kind is StrokeKind.MARKER else ""
    )
    return f'<path fill="{hex_colour(printed_colour(stroke.style))}"{opacity} d="{outlines}"/>'


def printed_colour(style: StrokeStyle) -> Colour:
    """The colour that a stroke has on paper, where text is black."""
    return style.colour or (MARKER_COLOUR if style.kind is StrokeKind.MARKER else BLACK)


def hex_colour(colour: Colour) -> str:
    """As HTML, SVG and InkML write it: #rrggbb."""
    return f"#{colour.red:02x}{colour.green:02x}{colour.blue:02x}"


def _places(outline: NDArray[np.float64]) -> str:
    """Corners with straight lines between them; those that look the same are one."""
    rounded = np.round(outline, _DECIMALS) + 0.0
    moved = (np.diff(rounded, axis=0) != 0).any(axis=1)
    kept = rounded[np.concatenate([[True], moved])]
    return " ".join(map(_number, kept.ravel().tolist()))


def _number(value: float) -> str:
    """The shortest text of a number that is rounded. It has no exponent: it is no less than a
    hundredth, and what Python writes with one, 1e16 pixels and more, no ink has."""
    return str(round(value, _DECIMALS) + 0.0).removesuffix(".0")
