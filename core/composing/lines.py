"""Glyphs and what they may be → the reading."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import groupby

from core.glyph import Glyph
from core.prediction import Prediction
from core.reading import ReadGlyph, ReadLine, ReadWord

CANDIDATES = 10
"""How many candidates a glyph keeps: all of the digits."""


def compose_lines(
    glyphs: Sequence[Glyph], prediction: Prediction, *, least_sureness: float = 0.0
) -> tuple[ReadLine, ...]:
    """The lines of a reading: each glyph as its likeliest label, in its word and line.

    Args:
        glyphs: In reading order.
        prediction: A row a glyph.
        least_sureness: A glyph of less is perhaps no character.

    Raises:
        ValueError: There are more or fewer rows than glyphs.
    """
    read = [
        _read_glyph(glyph, prediction, row, stray=bool(prediction.sureness[row] < least_sureness))
        for row, glyph in zip(range(len(prediction)), glyphs, strict=True)
    ]
    return tuple(
        ReadLine(
            tuple(
                ReadWord(tuple(word)) for _, word in groupby(line, key=lambda item: item.glyph.word)
            )
        )
        for _, line in groupby(read, key=lambda item: item.glyph.line)
    )


def _read_glyph(glyph: Glyph, prediction: Prediction, row: int, *, stray: bool) -> ReadGlyph:
    candidates = prediction.top(CANDIDATES, row)
    best = candidates[0]
    return ReadGlyph(best.label, best.probability, candidates, glyph, stray)
