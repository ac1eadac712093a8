"""Hypotheses: which neighbouring pieces of a line may be one character, while nobody has
decided."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from core.arrays import read_only

if TYPE_CHECKING:
    from core.glyph import Glyph


@dataclass(frozen=True, eq=False)
class Hypothesis:
    """Pieces of a line that may be one character.

    Attributes:
        start: The first of them.
        end: The one after the last; above `start`.
        glyph: What they look like together.
    """

    start: int
    end: int
    glyph: Glyph

    def __post_init__(self) -> None:
        if not 0 <= self.start < self.end:
            raise ValueError(f"no pieces from {self.start} to {self.end}")


JOINT_FEATURES = 11
"""How many numbers say how two neighbouring pieces stand to each other."""


GRAPHIC_FEATURES = 13
"""How many numbers say how the ink of a hypothesis lies on its line."""


@dataclass(frozen=True, eq=False)
class Lattice:
    """All ways to cut one line into characters, of which one is to be chosen.

    Attributes:
        height: Of the line's letters, in source pixels, above 0.
        gaps: float64 (P,), the blank before each of the line's pieces in letter heights, from all
            ink on its left; below 0 where they overlap. That of the first is 0.
        joints: float64 (P, JOINT_FEATURES), how each piece stands to the one before it; of the
            first 0. In letter heights: the gap, from -1 to 1; the same between the two alone; the
            share of the narrower that lies over or under the other; how near they come, at most 1.
            As 0 or 1: whether they touch; whether this piece, and the one before, is small; whether
            they were drawn one after the other; whether one is above the other; whether other
            pieces touch across them, as the bar of an H does. And their width together, at most 2.
            Of a picture all 0: its `graphics` say more.
        hypotheses: Each piece is one by itself, so that there is always a way.
        graphics: float64 (H, GRAPHIC_FEATURES), of a picture: how the ink of each hypothesis lies.
            Its width and its height in letter heights, at most 2; how many pieces it has beyond
            one, at most 3. How near its pieces come to each other at most, in letter heights, at
            most 1; how many cuts go through it. As 0 or 1: whether it was cut off from ink on its
            left, and on its right. How thick the ink is that was cut there, in thicknesses of the
            pen, at most 2. The blank on its left and on its right in letter heights, from -0.5 to
            0.5. The share of the narrower of two of its pieces that lies over or under the other,
            at least, from 0 to 1; and the height of its lowest piece in letter heights, at most 2.
            None of a pen, whose strokes are never cut.
    """

    height: float
    gaps: NDArray[np.float64]
    joints: NDArray[np.float64]
    hypotheses: tuple[Hypothesis, ...]
    graphics: NDArray[np.float64] | None = None

    def __post_init__(self) -> None:
        gaps = read_only(self.gaps, name="gaps", dtype=np.float64, shape=(None,))
        object.__setattr__(self, "gaps", gaps)
        shape = (len(gaps), JOINT_FEATURES)
        joints = read_only(self.joints, name="joints", dtype=np.float64, shape=shape)
        object.__setattr__(self, "joints", joints)
        if self.graphics is not None:
            shape = (len(self.hypotheses), GRAPHIC_FEATURES)
            graphics = read_only(self.graphics, name="graphics", dtype=np.float64, shape=shape)
            object.__setattr__(self, "graphics", graphics)
        if not self.height > 0:
            raise ValueError("letters have a height")
        alone = {one.start for one in self.hypotheses if one.end == one.start + 1}
        if not len(gaps) or alone != set(range(len(gaps))):
            raise ValueError("a line has pieces, and each may be a character by itself")
        if max(one.end for one in self.hypotheses) > len(gaps):
            raise ValueError("a hypothesis ends after its line")

    @property
    def pieces(self) -> int:
        """How many there are."""
        return len(self.gaps)
