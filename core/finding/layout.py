"""The layout of a raster: one character, one line, or a page of lines; and what may be one
character among the parts of a line."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from core.box import Box, enclosing
from core.finding.columns import in_columns
from core.finding.cutting import cut, may_be_cut
from core.finding.joints import distances
from core.finding.lines import MARK_HEIGHT, group_lines, letter_height
from core.finding.ordering import blanks, in_order
from core.finding.parts import (
    Component,
    Part,
    distance,
    label_components,
    pen_thickness,
    whole_part,
)
from core.glyph import Glyph, make_tile
from core.lattice import JOINT_FEATURES, Hypothesis, Lattice
from core.layouts import Layout
from core.raster import Raster

MOST_PARTS = 5
"""Most parts of one character: a broken H has four, and one cut too many."""

WIDEST = 1.8
"""A character of several parts is at most so many letter heights wide."""

NEAR = 0.16
"""Parts further apart than this share of the letters' height are of two characters..."""

NEAR_MARK = 0.05
"""... and a mark beside a letter, as a full stop is, if it all but touches it..."""

NEAR_MARKS = 0.4
"""... but two marks may stand apart, as those of a quote do."""

NEAR_WITHIN = 0.22
"""... and a bar may lie within the arms of its letter without touching it."""

ABOVE = 0.2
"""Parts that share so much of the narrower one's width are one above the other, however far apart,
or one within the other."""

SIGN_PIECES = 2

STACKED_OVERLAP = 0.5
"""Pieces one above the other may be one sign (:, =) when they share this part of the narrower one's
width."""

BAR_ASPECT = 2.0
"""A piece at least so many times as wide as high is a bar: two make an equals sign."""

DOT_FILL = 0.7
"""Least share of its box that a dot fills: a disc fills 0.79, a letter less than 0.67."""

DOT_HEIGHT, COMMA_HEIGHT = 0.35, 0.5
"""Most heights of a colon's dot, and of the dot or comma below it, as shares of the whole sign."""

MOST_COMPONENTS = 10_000
"""More pieces of ink than a written page has (some 3,000): dither or noise, not writing."""

Components = tuple[Component, ...]

Joined = Callable[[Sequence[Part]], Glyph]
"""Makes the glyph of some parts."""


@dataclass(frozen=True, eq=False)
class Line:
    """The ink of one line of a picture.

    Attributes:
        parts: Connected pieces of ink, in order.
        height: Of its letters, in raster pixels.
        pen: How thick its lines are, in raster pixels.
        alone: Whether all of them are known to be one character.
    """

    parts: tuple[Part, ...]
    height: float
    pen: float
    alone: bool = False


Looked = Callable[[Part], bool]
"""Whether a connected piece is, by its looks, surely a character by itself."""


def find_lines(raster: Raster, layout: Layout = "auto") -> tuple[Line, ...]:
    """The lines of `raster` in reading order; none where there is no ink.

    Args:
        raster: Any ink.
        layout: What it is known to hold. "character" is one; "line" is one line; "page" finds the
            lines; "auto" too, unless all the ink is one sign of two pieces.
    """
    labels, components = label_components(raster.pixels)
    if not components or len(components) > MOST_COMPONENTS:
        return ()
    pen = pen_thickness(raster.pixels)
    alone = layout == "character" or (layout == "auto" and _is_lone_sign(components))
    lines = (components,) if alone or layout == "line" else _page(components)
    return tuple(
        Line(
            in_order([whole_part(raster.pixels, labels, component) for component in line]),
            max(letter_height(line), 1.0),
            pen,
            alone,
        )
        for line in lines
    )


def uncut_lattice(line: Line, glyph_of: Joined) -> Lattice:
    """Each connected piece of a line by itself: what is looked at first.

    Args:
        line: As `find_lines` has it.
        glyph_of: As `line_lattice` has it.
    """
    if line.alone:
        return lone_lattice(glyph_of(line.parts))
    return _lattice(line.parts, line, frozenset(), glyph_of, most=1)


def line_lattice(line: Line, is_sure: Looked, glyph_of: Joined) -> Lattice:
    """What may be one character on a line: its connected pieces, those together that are near, and
    those apart that may be cut; but what surely is a character is not asked about any further.

    Args:
        line: As `find_lines` has it.
        is_sure: What is known of the pieces by themselves.
        glyph_of: Makes the glyph of some parts; it may remember those that it made before.
    """
    if line.alone:
        return lone_lattice(glyph_of(line.parts))
    sure = {part.label for part in line.parts if is_sure(part)}
    parts = [piece for part in line.parts for piece in _pieces(part, line, part.label in sure)]
    return _lattice(in_order(parts), line, frozenset(sure), glyph_of)


def lone_lattice(glyph: Glyph) -> Lattice:
    """A line of one character, which was not looked for: all the ink is it."""
    joints = np.zeros((1, JOINT_FEATURES))
    return Lattice(max(glyph.box.height, 1.0), np.zeros(1), joints, (Hypothesis(0, 1, glyph),))


def _pieces(part: Part, line: Line, sure: bool) -> tuple[Part, ...]:  # noqa: FBT001
    """A connected piece, cut where it may be several characters."""
    if sure or not may_be_cut(part, height=line.height, pen=line.pen):
        return (part,)
    return cut(part, height=line.height, pen=line.pen)


def _lattice(
    parts: Sequence[Part],
    line: Line,
    sure: frozenset[int],
    glyph_of: Joined,
    *,
    most: int = MOST_PARTS,
) -> Lattice:
    height = line.height
    apart = distances(parts, height, distance) if most > 1 else np.zeros((len(parts), 1))
    hypotheses = []
    for start in range(len(parts)):
        for end in range(start + 1, min(start + most, len(parts)) + 1):
            run = parts[start:end]
            if len(run) > 1 and not _may_be_one(run, apart[end - 2, 1], height, sure):
                break
            hypotheses.append(Hypothesis(start, end, glyph_of(run)))
    gaps = blanks(parts) / height
    joints = np.zeros((len(parts), JOINT_FEATURES))
    graphics = [_graphic(parts, one, gaps, apart, line) for one in hypotheses]
    return Lattice(height, gaps, joints, tuple(hypotheses), np.array(graphics))


def _graphic(
    parts: Sequence[Part],
    one: Hypothesis,
    gaps: NDArray[np.float64],
    apart: NDArray[np.float64],
    line: Line,
) -> tuple[float, ...]:
    """How the ink of a hypothesis lies; see `Lattice`."""
    box, run = one.glyph.box, parts[one.start : one.end]
    left = run[0].cut / line.pen
    after = parts[one.end] if one.end < len(parts) else None
    right = 0.0 if after is None else after.cut / line.pen
    inner = apart[one.start : one.end - 1, 1:2]
    return (
        min(box.width / line.height, 2),
        min(box.height / line.height, 2),
        min(len(run) - 1, 3),
        min(float(inner.max()), 1) if len(inner) else 0.0,
        sum(part.cut > 0 for part in run[1:]),
        float(left > 0),
        float(right > 0),
        min(left, 2),
        min(right, 2),
        float(np.clip(gaps[one.start], -0.5, 0.5)) if one.start else 0.5,
        0.5 if after is None else float(np.clip(gaps[one.end], -0.5, 0.5)),
        min((_shared(*pair) for pair in pairwise(run)), default=1.0),
        min(min(part.box.height for part in run) / line.height, 2),
    )


def _shared(one: Part, other: Part) -> float:
    """The share of the narrower part that lies over or under the other, 0 to 1."""
    shared = min(one.box.right, other.box.right) - max(one.box.x, other.box.x)
    return float(np.clip(shared / max(min(one.box.width, other.box.width), 1.0), 0, 1))


def _may_be_one(run: Sequence[Part], step: float, height: float, sure: frozenset[int]) -> bool:
    """Whether parts are near enough to be one character.

    Args:
        run: At least two; all but the last may be.
        step: How near the last comes to the one before it, in letter heights.
        height: Of letters, in raster pixels.
        sure: The connected pieces that surely are characters.
    """
    if enclosing(part.box for part in run).width > WIDEST * height:
        return False
    one, other = run[-2], run[-1]
    if one.label == other.label or any(_above(earlier, other) for earlier in run[:-1]):
        return True
    shared = _shared(one, other) >= ABOVE
    small = sum(part.box.height < MARK_HEIGHT * height for part in (one, other))
    if not small and not shared and {one.label, other.label} <= sure:
        return False
    if shared and small:
        return step <= NEAR_WITHIN
    return step <= (NEAR, NEAR_MARK, NEAR_MARKS)[small]


def _above(one: Part, other: Part) -> bool:
    """Whether one of two parts is above the other."""
    apart = one.box.bottom < other.box.y or other.box.bottom < one.box.y
    return apart and _shared(one, other) >= ABOVE


def joined_glyph(run: Sequence[Part]) -> Glyph:
    """The glyph of some parts, in raster pixels: their ink and no other."""
    ink, box = joined_ink(run)
    return Glyph(make_tile(ink), box)


def joined_ink(run: Sequence[Part]) -> tuple[NDArray[np.uint8], Box]:
    """The ink of some parts and no other, uint8 (h, w), and its box in raster pixels."""
    box = enclosing(part.box for part in run)
    ink = np.zeros((int(box.height), int(box.width)), np.uint8)
    for part in run:
        top, left = int(part.box.y - box.y), int(part.box.x - box.x)
        height, width = part.pixels.shape
        place = ink[top : top + height, left : left + width]
        np.maximum(place, part.pixels, out=place)
    return ink, box


def _page(components: Components) -> tuple[Components, ...]:
    """The lines of a page, column after column."""
    height = letter_height(components)
    return tuple(
        line for column in in_columns(components, height) for line in group_lines(column, height)
    )


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
