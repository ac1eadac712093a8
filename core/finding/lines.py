"""Pieces of ink → lines, and characters → words."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from core.box import Box, enclosing
from core.finding.parts import MARK_HEIGHT, Component, Group

SAME_LINE = 0.4
"""A letter is on a line when this share of its height lies within the line's."""

LINE_END = 3
"""How many letters at the end of a line show where the line has got to: lines may slope."""

MARK_REACH = 0.8
"""A mark belongs to a line whose letters are nearer than this many letter heights."""

WORD_GAP = 0.55
"""A gap between characters is between words only above this share of the letter height..."""

WORD_GAP_RATIO = 1.9
"""... and above this many times the line's usual gap: letters can be set wide apart."""

USUAL_GAP = 25
"""The percentile of a line's gaps that is the usual one between letters. The median would be a gap
between words in "I am" and "1 + 2"."""


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

    def add(self, box: Box) -> None:
        self._count += 1
        self.move(self._count - 1, box)

    def move(self, line: int, box: Box) -> None:
        self._edges[line] = box.y, box.bottom


def letter_height(components: Sequence[Component]) -> float:
    """The typical height of letters among `components`: the median of those that are no specks
    or marks, in raster pixels; 0 where there are none."""
    if not components:
        return 0.0
    heights = np.array([component.box.height for component in components])
    return float(np.median(heights[heights >= MARK_HEIGHT * np.percentile(heights, 90)]))


def group_lines(
    components: Sequence[Component], height: float
) -> tuple[tuple[Component, ...], ...]:
    """`components` by line, from top to bottom.

    Letters make the lines; marks (dots, commas, dashes) then go to the nearest.

    Args:
        components: Any pieces of ink.
        height: `letter_height` of the page.
    """
    letters = [part for part in components if part.box.height >= MARK_HEIGHT * height]
    marks = [part for part in components if part.box.height < MARK_HEIGHT * height]
    lines: list[list[Component]] = []
    _line_up(sorted(letters, key=lambda part: part.box.x), lines)
    _attach(marks, lines, MARK_REACH * height)
    ordered = sorted(lines, key=lambda line: _box(line).centre[1])
    return tuple(tuple(line) for line in ordered)


def split_words(groups: Sequence[Group], height: float) -> tuple[tuple[Group, ...], ...]:
    """The characters of one line, by word.

    Args:
        groups: From left to right.
        height: Typical height of the line's letters, in the same pixels.
    """
    gaps = [right.box.x - left.box.right for left, right in pairwise(groups)]
    if not gaps:
        return (tuple(groups),)
    usual = max(float(np.percentile(gaps, USUAL_GAP)), 0.0)
    least = max(WORD_GAP * height, WORD_GAP_RATIO * usual)
    words: list[list[Group]] = [[groups[0]]]
    for gap, group in zip(gaps, groups[1:], strict=True):
        if gap > least:
            words.append([])
        words[-1].append(group)
    return tuple(tuple(word) for word in words)


def _line_up(letters: Sequence[Component], lines: list[list[Component]]) -> None:
    """Puts each letter on the line whose last letters it stands beside, or begins a line."""
    ends = _Bands(len(letters))
    for part in letters:
        line = _beside(part.box, ends)
        if line is None:
            lines.append([part])
            ends.add(part.box)
        else:
            lines[line].append(part)
            ends.move(line, _box(lines[line][-LINE_END:]))


def _beside(box: Box, ends: _Bands) -> int | None:
    """The line of which `box` shares most of the height, and enough of it."""
    shared = np.minimum(box.bottom, ends.bottoms) - np.maximum(box.y, ends.tops)
    overlaps = shared / np.minimum(box.height, ends.bottoms - ends.tops)
    if not (overlaps >= SAME_LINE).any():
        return None
    return int(overlaps.argmax())


def _attach(marks: Sequence[Component], lines: list[list[Component]], reach: float) -> None:
    """Puts each mark on the line of the letter nearest to it; one far from all letters on the
    line at its height ("a   -   b"), or else on a line of its own."""
    letters = [(part.box, number) for number, line in enumerate(lines) for part in line]
    edges = np.array([[box.x, box.y, box.right, box.bottom] for box, _ in letters])
    bands = _Bands(len(lines) + len(marks))
    for line in lines:
        bands.add(_box(line))
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
            bands.add(mark.box)
        else:
            lines[number].append(mark)
            bands.move(number, _box(lines[number]))


def _at_height_of(box: Box, bands: _Bands) -> int | None:
    """The first line that the middle of `box` is in."""
    middle = box.centre[1]
    inside = (bands.tops <= middle) & (middle <= bands.bottoms)
    return int(inside.argmax()) if inside.any() else None


def _box(line: Sequence[Component]) -> Box:
    return enclosing(component.box for component in line)


def _distances(box: Box, edges: NDArray[np.float64]) -> NDArray[np.float64]:
    """(N,): from `box` to N boxes (left, top, right, bottom); 0 where they overlap."""
    across = np.maximum(np.maximum(box.x - edges[:, 2], edges[:, 0] - box.right), 0)
    down = np.maximum(np.maximum(box.y - edges[:, 3], edges[:, 1] - box.bottom), 0)
    return np.asarray(np.hypot(across, down), np.float64)
