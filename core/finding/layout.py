"""The layout of a raster: one character, one line, or a page of lines."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from types import MappingProxyType
from typing import Literal, get_args

import numpy as np

from core.box import enclosing
from core.finding.lines import group_lines, letter_height, split_words
from core.finding.parts import (
    STACKED_OVERLAP,
    Component,
    Labelled,
    group_line,
    label_components,
)
from core.glyph import Glyph, make_tile, whole_glyph
from core.lattice import JOINT_FEATURES, Hypothesis, Lattice
from core.raster import Raster

Layout = Literal["auto", "character", "line", "page"]
LAYOUTS: tuple[Layout, ...] = get_args(Layout)

Lines = tuple[tuple[Component, ...], ...]

SIGN_PIECES = 2

BAR_ASPECT = 2.0
"""A piece at least so many times as wide as high is a bar: two make an equals sign."""

DOT_FILL = 0.7
"""Least share of its box that a dot fills: a disc fills 0.79, a letter less than 0.67."""

DOT_HEIGHT, COMMA_HEIGHT = 0.35, 0.5
"""Most heights of a colon's dot, and of the dot or comma below it, as shares of the whole sign."""

MOST_COMPONENTS = 10_000
"""More pieces of ink than a written page has (some 3,000): dither or noise, not writing."""


def find_glyphs(raster: Raster, layout: Layout = "auto") -> tuple[Glyph, ...]:
    """The characters of `raster`, in reading order; none where there is no ink.

    Args:
        raster: Any ink.
        layout: What it is known to hold. "character" takes all ink as one; "line" as one line;
            "page" finds the lines; "auto" too, unless all the ink is one sign of two pieces.
    """
    if layout == "character":
        glyph = whole_glyph(raster)
        return () if glyph is None else (glyph,)
    labelled = label_components(raster.pixels)
    if not labelled.components or len(labelled.components) > MOST_COMPONENTS:
        return ()
    height = letter_height(labelled.components)
    return _glyphs(raster, labelled, _LINE_FINDERS[layout](labelled.components, height))


def separate_lattice(glyphs: Sequence[Glyph]) -> Lattice:
    """A line whose characters were found: each is one by itself.

    Args:
        glyphs: At least one, from left to right.
    """
    height = max(letter_height(glyphs), 1.0)
    lefts = np.array([glyph.box.x for glyph in glyphs])
    rights = np.array([glyph.box.right for glyph in glyphs])
    gaps = np.zeros(len(glyphs))
    gaps[1:] = (lefts[1:] - np.maximum.accumulate(rights)[:-1]) / height
    hypotheses = tuple(Hypothesis(place, place + 1, one) for place, one in enumerate(glyphs))
    return Lattice(height, gaps, np.zeros((len(glyphs), JOINT_FEATURES)), hypotheses)


def _one_line(components: Sequence[Component], _height: float) -> Lines:
    return (tuple(components),)


def _lines_or_one_sign(components: Sequence[Component], height: float) -> Lines:
    """The lines; but a colon, semicolon or equals sign that is alone is one line, not two."""
    if _is_lone_sign(components):
        return (tuple(components),)
    return group_lines(components, height)


def _is_lone_sign(components: Sequence[Component]) -> bool:
    """Whether there are two pieces, one above the other: bars, or a dot and another or a comma."""
    if len(components) != SIGN_PIECES:
        return False
    lower, higher = sorted(components, key=lambda component: component.box.height)
    first, second = lower.box, higher.box
    overlap = min(first.right, second.right) - max(first.x, second.x)
    if overlap < STACKED_OVERLAP * min(first.width, second.width):
        return False
    whole = enclosing((first, second)).height
    bars = all(box.width >= BAR_ASPECT * box.height for box in (first, second))
    dotted = lower.fill >= DOT_FILL and first.height <= DOT_HEIGHT * whole
    return bars or (dotted and second.height <= COMMA_HEIGHT * whole)


_LINE_FINDERS: Mapping[Layout, Callable[[Sequence[Component], float], Lines]] = MappingProxyType(
    {"auto": _lines_or_one_sign, "line": _one_line, "page": group_lines}
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
