"""Raster → lines, each with what may be one character in it."""

from core.finding.layout import (
    Line,
    find_lines,
    joined_glyph,
    joined_ink,
    line_lattice,
    lone_lattice,
    uncut_lattice,
)
from core.finding.lines import MARK_HEIGHT
from core.finding.parts import Part, key_of
from core.layouts import LAYOUTS, Layout

__all__ = [
    "LAYOUTS",
    "MARK_HEIGHT",
    "Layout",
    "Line",
    "Part",
    "find_lines",
    "joined_glyph",
    "joined_ink",
    "key_of",
    "line_lattice",
    "lone_lattice",
    "uncut_lattice",
]
