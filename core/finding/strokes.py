"""Pen strokes → lines, and the neighbouring strokes of a line that may be one character."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from core.box import Box, enclosing
from core.finding.joints import distances, joint
from core.finding.lines import group_lines, letter_height
from core.finding.ordering import blanks, in_order
from core.glyph import Glyph
from core.ink import Ink, Stroke
from core.lattice import Hypothesis, Lattice
from core.track import way_along

MOST_STROKES = 5
"""Most strokes of one character: an E or a # has four, and a hand that lifts often one more."""

WIDEST = 2.2
"""A character of several strokes is at most so many letter heights wide."""

LEAST_HEIGHT = 1.0
"""Of letters, in ink pixels: a dot alone has none."""

NEAR_POINTS = 24
"""Points along each stroke that its distance from another is measured at."""

Stroked = Callable[[tuple[Stroke, ...]], Glyph]
"""Makes the glyph of some strokes."""


@dataclass(frozen=True, eq=False)
class Piece:
    """What is never cut: one stroke, or the strokes of a character that someone put right.

    Attributes:
        strokes: At least one, in the order in which they were drawn.
        settled: Whether they are a character by themselves, whatever they look like.
    """

    strokes: tuple[Stroke, ...]
    settled: bool = False

    @cached_property
    def box(self) -> Box:
        return enclosing(stroke.box for stroke in self.strokes)

    @property
    def key(self) -> tuple[object, ...]:
        """Equal for the same strokes, settled or not."""
        return (*self.strokes, self.settled)


def stroke_lines(
    ink: Ink, settled: Sequence[tuple[Stroke, ...]] = (), *, one_line: bool = False
) -> tuple[tuple[Piece, ...], ...]:
    """The strokes by line, from top to bottom, and in each from left to right: a dot or a bar
    stands right behind the stroke that it belongs to, whenever it was drawn.

    Args:
        ink: Any ink, none too.
        settled: Strokes of the ink that are known to be a character; no stroke is in two.
        one_line: Whether all of it is known to be one line.
    """
    if not ink:
        return ()
    taken = {stroke for strokes in settled for stroke in strokes}
    pieces = [Piece((stroke,)) for stroke in ink.strokes if stroke not in taken]
    pieces += [Piece(strokes, settled=True) for strokes in settled]
    lines = (tuple(pieces),) if one_line else group_lines(pieces, letter_height(pieces))
    return tuple(in_order(line) for line in lines)


def stroke_lattice(ink: Ink, pieces: Sequence[Piece], glyph_of: Stroked) -> Lattice:
    """What may be one character among the pieces of one line.

    Args:
        ink: All ink, which has the order in which it was drawn.
        pieces: At least one, as `stroke_lines` orders them.
        glyph_of: Makes a glyph; it may remember those that it made before.
    """
    height = max(letter_height(pieces), LEAST_HEIGHT)
    hypotheses = []
    for start in range(len(pieces)):
        for end in range(start + 1, min(start + MOST_STROKES, len(pieces)) + 1):
            run = pieces[start:end]
            if len(run) > 1 and (
                any(piece.settled for piece in run)
                or enclosing(piece.box for piece in run).width > WIDEST * height
            ):
                break
            strokes = tuple(stroke for piece in run for stroke in piece.strokes)
            hypotheses.append(Hypothesis(start, end, glyph_of(strokes)))
    drawn = {stroke: place for place, stroke in enumerate(ink.strokes)}
    gaps = blanks(pieces) / height
    apart = distances(pieces, height, _distance)
    joints = [
        joint(
            pieces,
            index,
            gap=gaps[index],
            height=height,
            apart=apart,
            linked=_drawn_together(pieces, index, drawn),
        )
        for index in range(len(pieces))
    ]
    return Lattice(height, gaps, np.array(joints), tuple(hypotheses))


def _drawn_together(pieces: Sequence[Piece], index: int, drawn: Mapping[Stroke, int]) -> bool:
    """Whether a piece was drawn right before or after the one on its left."""
    if index == 0:
        return False
    return abs(drawn[pieces[index].strokes[0]] - drawn[pieces[index - 1].strokes[-1]]) == 1


def _distance(one: Piece, other: Piece) -> float:
    """How near two pieces come to each other, from point to point of both, each stroke filled up to
    `NEAR_POINTS` along its way."""
    mine, theirs = (
        np.concatenate([_filled(s.xy) for s in piece.strokes]) for piece in (one, other)
    )
    apart = mine[:, None] - theirs[None]
    return float(np.sqrt((apart**2).sum(axis=2).min()))


def _filled(places: NDArray[np.float32]) -> NDArray[np.float64]:
    way = way_along(places)
    at = np.linspace(0, way[-1], NEAR_POINTS)
    return np.stack([np.interp(at, way, places[:, axis]) for axis in (0, 1)], axis=1)
