"""Pen strokes → lines, and the neighbouring strokes of a line that may be one character."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from core.box import Box, enclosing
from core.finding.lines import group_lines, letter_height
from core.glyph import Glyph
from core.ink import Ink, Stroke
from core.lattice import JOINT_FEATURES, Hypothesis, Lattice
from core.track import way_along

MOST_STROKES = 5
"""Most strokes of one character: an E or a # has four, and a hand that lifts often one more."""

WIDEST = 2.2
"""A character of several strokes is at most so many letter heights wide."""

SMALL = 0.45
"""A stroke of at most this share of the letters' height may be a dot or a bar of another stroke."""

LEAST_HEIGHT = 1.0
"""Of letters, in ink pixels: a dot alone has none."""

TOUCHING = 0.08
"""Strokes that come nearer than this share of the letters' height touch or cross."""

ACROSS = 3
"""So many pieces after a piece are asked whether they touch it."""

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
    return tuple(_in_order(line) for line in lines)


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
    gaps = _gaps(pieces) / height
    apart = _distances(pieces, height)
    joints = [
        _joint(pieces, index, gaps[index], height, drawn, apart) for index in range(len(pieces))
    ]
    return Lattice(height, gaps, np.array(joints), tuple(hypotheses))


def _in_order(line: Sequence[Piece]) -> tuple[Piece, ...]:
    least = SMALL * letter_height(line)
    large = [piece for piece in line if piece.box.height > least]
    keys = {piece: (piece.box.centre[0], 0) for piece in line}
    for piece in line:
        owner = _owner(piece, large) if piece.box.height <= least else None
        if owner is not None:
            keys[piece] = (owner.box.centre[0], 1)
    return tuple(sorted(line, key=keys.__getitem__))


def _owner(small: Piece, large: Sequence[Piece]) -> Piece | None:
    """The piece that a bar crosses, or that a dot stands above; None where there is none."""
    x = small.box.centre[0]
    over = [
        piece
        for piece in large
        if piece.box.x <= small.box.right and piece.box.right >= small.box.x
    ]
    if not over:
        return None
    return min(over, key=lambda piece: abs(piece.box.centre[0] - x))


def _gaps(pieces: Sequence[Piece]) -> NDArray[np.float64]:
    """The blank on the left of each piece, and of all that come after it."""
    lefts = np.array([piece.box.x for piece in pieces])
    rights = np.array([piece.box.right for piece in pieces])
    gaps = np.zeros(len(pieces))
    gaps[1:] = np.minimum.accumulate(lefts[::-1])[::-1][1:] - np.maximum.accumulate(rights)[:-1]
    return gaps


def _joint(  # noqa: PLR0917  # all that is known of a line
    pieces: Sequence[Piece],
    index: int,
    gap: float,
    height: float,
    drawn: Mapping[Stroke, int],
    apart: NDArray[np.float64],
) -> tuple[float, ...]:
    """How a piece stands to the one before it; see `Lattice`."""
    if index == 0:
        return (0.0,) * JOINT_FEATURES
    one, other = pieces[index - 1], pieces[index]
    first, second = one.box, other.box
    between = max(first.x, second.x) - min(first.right, second.right)
    narrower = max(min(first.width, second.width), 0.05 * height)
    near = apart[index - 1, 1]
    above = second.bottom < first.y or first.bottom < second.y
    whole = max(first.right, second.right) - min(first.x, second.x)
    return (
        float(np.clip(gap, -1, 1)),
        float(np.clip(between / height, -1, 1)),
        float(np.clip(-between / narrower, 0, 1)),
        float(min(near, 1)),
        float(near < TOUCHING),
        float(second.height <= SMALL * height),
        float(first.height <= SMALL * height),
        float(abs(drawn[other.strokes[0]] - drawn[one.strokes[-1]]) == 1),
        float(above),
        float(_held_together(apart, index)),
        float(min(whole / height, 2)),
    )


def _distances(pieces: Sequence[Piece], height: float) -> NDArray[np.float64]:
    """float64 (P, ACROSS + 1): how near each piece comes to itself, and to those after it, in
    letter heights; infinite where there are none, or their boxes are further apart than that
    matters."""
    apart = np.full((len(pieces), ACROSS + 1), np.inf)
    for index, piece in enumerate(pieces):
        apart[index, 0] = 0
        for step in range(1, min(ACROSS, len(pieces) - 1 - index) + 1):
            other = pieces[index + step]
            if step == 1 or other.box.x <= piece.box.right + TOUCHING * height:
                apart[index, step] = _distance(piece, other) / height
    return apart


def _held_together(apart: NDArray[np.float64], index: int) -> bool:
    """Whether a piece after a cut before `index` touches one before it, the two beside it apart."""
    return any(
        apart[index - back, back + on] < TOUCHING
        for back in range(1, min(ACROSS, index) + 1)
        for on in range(ACROSS - back + 1)
        if (back, on) != (1, 0)
    )


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
