"""The order of the pieces of a line, of pen strokes and of parts of a picture alike."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TypeVar

import numpy as np
from numpy.typing import NDArray

from core.finding.lines import Placed, letter_height

SMALL = 0.45
"""A piece of at most this share of the letters' height may be a dot or a bar of another piece."""

P = TypeVar("P", bound=Placed)


def in_order(line: Sequence[P]) -> tuple[P, ...]:
    """The pieces of a line from left to right; a dot or a bar stands right behind the piece that it
    belongs to."""
    least = SMALL * letter_height(line)
    large = [piece for piece in line if piece.box.height > least]
    keys: dict[int, tuple[float, int]] = {}
    for piece in line:
        owner = _owner(piece, large) if piece.box.height <= least else None
        placed = piece if owner is None else owner
        keys[id(piece)] = (placed.box.centre[0], int(owner is not None))
    return tuple(sorted(line, key=lambda piece: keys[id(piece)]))


def blanks(pieces: Sequence[Placed]) -> NDArray[np.float64]:
    """float64 (P,): the blank on the left of each piece and of all that come after it, in the
    pieces' own pixels; below 0 where they overlap, and 0 before the first."""
    lefts = np.array([piece.box.x for piece in pieces])
    rights = np.array([piece.box.right for piece in pieces])
    gaps = np.zeros(len(pieces))
    gaps[1:] = np.minimum.accumulate(lefts[::-1])[::-1][1:] - np.maximum.accumulate(rights)[:-1]
    return gaps


def _owner(small: P, large: Sequence[P]) -> P | None:
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
