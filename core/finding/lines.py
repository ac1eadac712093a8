"""Pieces of ink → lines, and characters → words."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from core.box import Box, enclosing
from core.finding.parts import MARK_HEIGHT, Component, Group

SAME_LINE = 0.4
"""A letter is on a line when this share of its height lies within the line's."""

MARK_REACH = 0.8
"""A mark belongs to a line whose letters are nearer than this many letter heights."""

WORD_GAP = 0.55
"""A gap between characters is between words only above this share of the letter height..."""

WORD_GAP_RATIO = 1.9
"""... and above this many times the line's usual gap: letters can be set wide apart."""


@dataclass(eq=False)
class _Line:
    components: list[Component] = field(default_factory=list)

    @property
    def box(self) -> Box:
        return enclosing(component.box for component in self.components)


def letter_height(components: Sequence[Component]) -> float:
    """The typical height of letters among `components`: the median of those that are no specks
    or marks, in raster pixels; 0 where there are none."""
    if not components:
        return 0.0
    heights = np.array([component.box.height for component in components])
    sides = np.array([max(c.box.width, c.box.height) for c in components])
    letters = heights[sides >= MARK_HEIGHT * np.percentile(sides, 90)]
    return float(np.median(letters))


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
    lines: list[_Line] = []
    for part in sorted(letters, key=lambda part: part.box.x):
        _place(part, lines)
    _attach(marks, lines, MARK_REACH * height)
    ordered = sorted(lines, key=lambda line: line.box.centre[1])
    return tuple(tuple(line.components) for line in ordered)


def split_words(groups: Sequence[Group], height: float) -> tuple[tuple[Group, ...], ...]:
    """The characters of one line, by word.

    Args:
        groups: From left to right.
        height: Typical height of the line's letters, in the same pixels.
    """
    gaps = [right.box.x - left.box.right for left, right in pairwise(groups)]
    if not gaps:
        return (tuple(groups),)
    usual = max(float(np.median(gaps)), 0.0)
    least = max(WORD_GAP * height, WORD_GAP_RATIO * usual)
    words: list[list[Group]] = [[groups[0]]]
    for gap, group in zip(gaps, groups[1:], strict=True):
        if gap > least:
            words.append([])
        words[-1].append(group)
    return tuple(tuple(word) for word in words)


def _place(part: Component, lines: list[_Line]) -> None:
    """Puts a letter on the line whose last letters it stands beside, or begins a line."""
    best, share = None, SAME_LINE
    for line in lines:
        near = enclosing(neighbour.box for neighbour in line.components[-3:])
        shared = min(part.box.bottom, near.bottom) - max(part.box.y, near.y)
        overlap = shared / min(part.box.height, near.height)
        if overlap >= share:
            best, share = line, overlap
    if best is None:
        best = _Line()
        lines.append(best)
    best.components.append(part)


def _attach(marks: Sequence[Component], lines: list[_Line], reach: float) -> None:
    """Puts each mark on the line of the letter nearest to it; one far from all letters on the
    line at its height ("a   -   b"), or else on a line of its own."""
    letters = [(part.box, line) for line in lines for part in line.components]
    edges = np.array([[box.x, box.y, box.right, box.bottom] for box, _ in letters])
    for mark in marks:
        line = None
        if letters:
            distances = _distances(mark.box, edges)
            nearest = int(distances.argmin())
            line = letters[nearest][1] if distances[nearest] < reach else None
        if line is None:
            line = next((each for each in lines if _at_height_of(mark.box, each)), None)
        if line is None:
            line = _Line()
            lines.append(line)
        line.components.append(mark)


def _at_height_of(box: Box, line: _Line) -> bool:
    return line.box.y <= box.centre[1] <= line.box.bottom


def _distances(box: Box, edges: NDArray[np.float64]) -> NDArray[np.float64]:
    """(N,): from `box` to N boxes (left, top, right, bottom); 0 where they overlap."""
    across = np.maximum(np.maximum(box.x - edges[:, 2], edges[:, 0] - box.right), 0)
    down = np.maximum(np.maximum(box.y - edges[:, 3], edges[:, 1] - box.bottom), 0)
    return np.asarray(np.hypot(across, down), np.float64)
