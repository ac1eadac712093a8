"""What a person put right about ink: which strokes are one character, and perhaps which."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

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
    corrections: Iterable[Correction], old: Sequence[Stroke], new: Sequence[Stroke]
) -> tuple[Correction, ...]:
    """Corrections of some strokes, about others in their stead; those with strokes that are not
    among `old` are left out.

    Args:
        corrections: Of `old`.
        old: Any strokes.
        new: As many, each for the one in the same place.
    """
    instead = dict(zip(old, new, strict=True))
    return tuple(
        Correction(tuple(instead[stroke] for stroke in one.strokes), one.text)
        for one in corrections
        if all(stroke in instead for stroke in one.strokes)
    )
