"""How the pieces of a line stand to one another: what tells where characters end."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TypeVar

import numpy as np
from numpy.typing import NDArray

from core.finding.lines import Placed
from core.finding.ordering import SMALL
from core.lattice import JOINT_FEATURES

TOUCHING = 0.08
"""Pieces that come nearer than this share of the letters' height touch or cross."""

ACROSS = 3
"""So many pieces after a piece are asked whether they touch it."""

P = TypeVar("P", bound=Placed)


def distances(
    pieces: Sequence[P], height: float, distance: Callable[[P, P], float]
) -> NDArray[np.float64]:
    """float64 (P, ACROSS + 1): how near each piece comes to itself, and to those after it, in
    letter heights; infinite where there are none, or their boxes are further apart than that
    matters.

    Args:
        pieces: Of one line, in order.
        height: Of the line's letters, in the pieces' pixels.
        distance: How near two pieces come to each other, in those pixels.
    """
    apart = np.full((len(pieces), ACROSS + 1), np.inf)
    for index, piece in enumerate(pieces):
        apart[index, 0] = 0
        for step in range(1, min(ACROSS, len(pieces) - 1 - index) + 1):
            other = pieces[index + step]
            if step == 1 or other.box.x <= piece.box.right + TOUCHING * height:
                apart[index, step] = distance(piece, other) / height
    return apart


def joint(
    pieces: Sequence[Placed],
    index: int,
    *,
    gap: float,
    height: float,
    apart: NDArray[np.float64],
    linked: bool,
) -> tuple[float, ...]:
    """How a piece stands to the one before it; see `Lattice`.

    Args:
        pieces: Of one line, in order.
        index: Of the piece.
        gap: The blank before it, in letter heights.
        height: Of the line's letters, in the pieces' pixels.
        apart: As `distances` has it.
        linked: Whether the two were drawn one after the other.
    """
    if index == 0:
        return (0.0,) * JOINT_FEATURES
    first, second = pieces[index - 1].box, pieces[index].box
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
        float(linked),
        float(above),
        float(_held_together(apart, index)),
        float(min(whole / height, 2)),
    )


def _held_together(apart: NDArray[np.float64], index: int) -> bool:
    """Whether a piece after a cut before `index` touches one before it, the two beside it apart."""
    return any(
        apart[index - back, back + on] < TOUCHING
        for back in range(1, min(ACROSS, index) + 1)
        for on in range(ACROSS - back + 1)
        if (back, on) != (1, 0)
    )
