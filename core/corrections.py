"""What a person put right about ink: which strokes are one character, and perhaps which."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from core.ink import Stroke


@dataclass(frozen=True, eq=False)
class Correction:
    """Strokes that someone said are one character, and perhaps which.

    Attributes:
        strokes: At least one, as the ink has them.
        text: The sign; None if it is to be read.
    """

    strokes: tuple[Stroke, ...]
    text: str | None = None


def carried(
    corrections: Iterable[Correction], instead: Mapping[Stroke, Stroke]
) -> tuple[Correction, ...]:
    """Corrections of some strokes, about others in their stead.

    Args:
        corrections: Any.
        instead: For a stroke the one that is there now; others stay as they are.
    """
    return tuple(
        replace(one, strokes=tuple(instead.get(stroke, stroke) for stroke in one.strokes))
        for one in corrections
    )
