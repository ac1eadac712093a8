"""The layout of a raster: one character, one line, or a page of lines."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from types import MappingProxyType
from typing import Literal, get_args

import numpy as np

from core.finding.lines import group_lines, letter_height, split_words
from core.finding.parts import Component, Labelled, group_line, label_components
from core.glyph import Glyph, make_tile, whole_glyph
from core.raster import Raster

Layout = Literal["auto", "character", "line", "page"]
LAYOUTS: tuple[Layout, ...] = get_args(Layout)

Lines = tuple[tuple[Component, ...], ...]

MOST_COMPONENTS = 10_000
"""More pieces of ink than a written page has (some 3,000): dither or noise, not writing."""


def find_glyphs(raster: Raster, layout: Layout = "auto") -> tuple[Glyph, ...]:
    """The characters of `raster`, in reading order; none where there is no ink.

    Args:
        raster: Any ink.
        layout: What it is known to hold. "character" takes all ink as one; "line" as one line;
            "page" and "auto" find the lines.
    """
    if layout == "character":
        glyph = whole_glyph(raster)
        return () if glyph is None else (glyph,)
    labelled = label_components(raster.pixels)
    if not labelled.components or len(labelled.components) > MOST_COMPONENTS:
        return ()
    height = letter_height(labelled.components)
    return _glyphs(raster, labelled, _LINE_FINDERS[layout](labelled.components, height))


def _one_line(components: Sequence[Component], _height: float) -> Lines:
    return (tuple(components),)


_LINE_FINDERS: Mapping[Layout, Callable[[Sequence[Component], float], Lines]] = MappingProxyType(
    {"auto": group_lines, "line": _one_line, "page": group_lines}
)


def _glyphs(raster: Raster, labelled: Labelled, lines: Lines) -> tuple[Glyph, ...]:
    glyphs = []
    for line_number, components in enumerate(lines):
        height = letter_height(components)
        words = split_words(group_line(components, height), height)
        for word_number, word in enumerate(words):
            for group in word:
                box = group.box
                window = raster.pixels[int(box.y) : int(box.bottom), int(box.x) : int(box.right)]
                ink = np.where(labelled.pixels_of(group), window, np.uint8(0))
                glyphs.append(
                    Glyph(make_tile(ink), raster.to_source(box), line_number, word_number)
                )
    return tuple(glyphs)
