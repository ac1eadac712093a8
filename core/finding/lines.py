"""Pieces of ink → lines."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol, TypeVar

import numpy as np
from numpy.typing import NDArray

from core.arrays import median
from core.box import Box, enclosing

MARK_HEIGHT = 0.55
"""Pieces lower than this share of the line's letters may be marks: dots, quotes, dashes."""

SAME_LINE = 0.2
"""A letter is on a line when this share of its height lies within that of the letters beside it.
With twice as much, lines of val writers that slope fell apart more often than it kept others
apart."""

LINE_END = 3
"""How many letters show where a line is, at some place of it: lines may slope."""

LEAST_HEIGHT = 1e-3
"""Of what is measured against; a point has none."""

MOST = 0.5
"""Lines of which more than this share of one's letters are on the other are one line."""

MARK_REACH = 0.8
"""A mark belongs to a line whose letters are nearer than this many letter heights."""


class Placed(Protocol):
    """A piece of ink, of a picture or of a pen."""

    @property
    def box(self) -> Box:
        """Where it is."""
        ...


P = TypeVar("P", bound=Placed)


class _Bands:
    """From where to where, up and down, each of a growing number of lines lies; as arrays, so that
    noise, of which every speck is a line, is told in time."""

    def __init__(self, most: int) -> None:
        self._edges = np.zeros((most, 2))
        self._count = 0

    @property
    def tops(self) -> NDArray[np.float64]:
        return self._edges[: self._count, 0]

    @property
    def bottoms(self) -> NDArray[np.float64]:
        return self._edges[: self._count, 1]

    def add(self, top: float, bottom: float) -> None:
        self._count += 1
        self.move(self._count - 1, top, bottom)

    def move(self, line: int, top: float, bottom: float) -> None:
        self._edges[line] = top, bottom

    def grow(self, line: int, box: Box) -> None:
        """Lets a line reach as far as `box`."""
        top, bottom = self._edges[line]
        self.move(line, min(top, box.y), max(bottom, box.bottom))


def letter_height(pieces: Sequence[Placed]) -> float:
    """The typical height of letters among `pieces`: the median of those that are no specks
    or marks, in their own pixels; 0 where there are none."""
    if not pieces:
        return 0.0
    heights = np.sort([piece.box.height for piece in pieces])
    # as `np.percentile` has it, which is as slow at its first call as `np.median`
    tall = np.interp(0.9 * (len(heights) - 1), np.arange(len(heights)), heights)
    return median(heights[heights >= MARK_HEIGHT * tall])


def group_lines(pieces: Sequence[P], height: float) -> tuple[tuple[P, ...], ...]:
    """`pieces` by line, from top to bottom.

    Letters make the lines; marks (dots, commas, dashes) then go to the nearest.

    Args:
        pieces: Any pieces of ink.
        height: `letter_height` of the page.
    """
    letters = [part for part in pieces if part.box.height >= MARK_HEIGHT * height]
    marks = [part for part in pieces if part.box.height < MARK_HEIGHT * height]
    lines = _merged(_line_up(sorted(letters, key=lambda part: part.box.x)))
    _attach(marks, lines, MARK_REACH * height)
    ordered = sorted(lines, key=lambda line: _box(line).centre[1])
    return tuple(tuple(line) for line in ordered)


def _line_up(letters: Sequence[P]) -> list[list[P]]:
    """Letters, from left to right, by the line whose last letters they stand beside."""
    lines: list[list[P]] = []
    ends = _Bands(len(letters))
    for part in letters:
        line = _beside(part.box, ends)
        if line is None:
            lines.append([part])
            ends.add(part.box.y, part.box.bottom)
        else:
            lines[line].append(part)
            last = [letter.box for letter in lines[line][-LINE_END:]]
            ends.move(line, min(box.y for box in last), max(box.bottom for box in last))
    return lines


def _merged(lines: Sequence[list[P]]) -> list[list[P]]:
    """`lines`, those in one that turn out to be: where a line began with a g, an h may not have
    been seen to stand beside it, but what came later does."""
    kept: list[list[P]] = []
    bands = _Bands(len(lines))
    for line in sorted(lines, key=len, reverse=True):
        found = _box(line)
        level = np.flatnonzero((bands.tops < found.bottom) & (bands.bottoms > found.y)).tolist()
        near = [index for index in level if _share_on(line, kept[index]) > MOST]
        if near:
            kept[near[0]] = sorted([*kept[near[0]], *line], key=lambda part: part.box.x)
            bands.grow(near[0], found)
        else:
            kept.append(line)
            bands.add(found.y, found.bottom)
    return kept


def _share_on(line: Sequence[P], other: Sequence[P]) -> float:
    """The share of the letters of `line` that stand beside the nearest ones of `other`."""
    edges = np.array([[part.box.centre[0], part.box.y, part.box.bottom] for part in other])
    beside = 0
    for part in line:
        apart = np.abs(edges[:, 0] - part.box.centre[0])
        nearest = edges[np.argsort(apart, kind="stable")[:LINE_END]]
        ends = _Bands(1)
        ends.add(float(nearest[:, 1].min()), float(nearest[:, 2].max()))
        beside += _beside(part.box, ends) is not None
    return beside / len(line)


def _beside(box: Box, ends: _Bands) -> int | None:
    """The line of which `box` shares most of the height, and enough of it: or the middle of one
    lies within the other, as with a g beside an h, one of which goes up and one down."""
    shared = np.minimum(box.bottom, ends.bottoms) - np.maximum(box.y, ends.tops)
    lower = np.maximum(np.minimum(box.height, ends.bottoms - ends.tops), LEAST_HEIGHT)
    overlaps = shared / lower
    middle, middles = box.centre[1], (ends.tops + ends.bottoms) / 2
    inside = (ends.tops <= middle) & (middle <= ends.bottoms)
    inside |= (box.y <= middles) & (middles <= box.bottom)
    if not ((overlaps >= SAME_LINE) | inside).any():
        return None
    return int(overlaps.argmax())


def _attach(marks: Sequence[P], lines: list[list[P]], reach: float) -> None:
    """Puts each mark on the line of the letter nearest to it; one far from all letters on the
    line at its height ("a   -   b"), or else on a line of its own."""
    letters = [(part.box, number) for number, line in enumerate(lines) for part in line]
    edges = np.array([[box.x, box.y, box.right, box.bottom] for box, _ in letters])
    bands = _Bands(len(lines) + len(marks))
    for line in lines:
        found = _box(line)
        bands.add(found.y, found.bottom)
    for mark in marks:
        number = None
        if letters:
            distances = _distances(mark.box, edges)
            nearest = int(distances.argmin())
            number = letters[nearest][1] if distances[nearest] < reach else None
        if number is None:
            number = _at_height_of(mark.box, bands)
        if number is None:
            lines.append([mark])
            bands.add(mark.box.y, mark.box.bottom)
        else:
            lines[number].append(mark)
            bands.grow(number, mark.box)


def _at_height_of(box: Box, bands: _Bands) -> int | None:
    """The first line that the middle of `box` is in."""
    middle = box.centre[1]
    inside = (bands.tops <= middle) & (middle <= bands.bottoms)
    return int(inside.argmax()) if inside.any() else None


def _box(line: Sequence[Placed]) -> Box:
    return enclosing(part.box for part in line)


def _distances(box: Box, edges: NDArray[np.float64]) -> NDArray[np.float64]:
    """(N,): from `box` to N boxes (left, top, right, bottom); 0 where they overlap."""
    across = np.maximum(np.maximum(box.x - edges[:, 2], edges[:, 0] - box.right), 0)
    down = np.maximum(np.maximum(box.y - edges[:, 3], edges[:, 1] - box.bottom), 0)
    return np.asarray(np.hypot(across, down), np.float64)
