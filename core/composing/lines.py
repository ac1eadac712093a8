"""Glyphs and what they may be → lines of a reading."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from itertools import groupby

import numpy as np

from core.alphabet import Alphabet
from core.composing.deciding import Decided
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
        _in_words(tuple(line)) for _, line in groupby(read, key=lambda item: item.glyph.line)
    )


def read_line(
    decided: Decided,
    alphabet: Alphabet,
    number: int,
    *,
    strays: Sequence[bool],
    told: Sequence[str | None],
) -> ReadLine:
    """A line that was cut and decided.

    Args:
        decided: Over `alphabet`.
        alphabet: What came out.
        number: Of the line, from the top.
        strays: Of each character, whether it is perhaps none.
        told: Of each character, what someone said that it is; None if nobody did.
    """
    odds = Prediction(alphabet, np.stack([one.odds for one in decided.characters]))
    starts = np.array([one.begins_word for one in decided.characters])
    starts[0] = False
    read = []
    for row, (one, word) in enumerate(zip(decided.characters, starts.cumsum(), strict=True)):
        glyph = replace(one.hypothesis.glyph, line=number, word=int(word))
        text = told[row]
        if text is None:
            read.append(_read_glyph(glyph, odds, row, stray=strays[row]))
        else:
            read.append(ReadGlyph(text, 1.0, odds.top(CANDIDATES, row), glyph, told=True))
    return _in_words(read)


def _in_words(glyphs: Sequence[ReadGlyph]) -> ReadLine:
    words = groupby(glyphs, key=lambda item: item.glyph.word)
    return ReadLine(tuple(ReadWord(tuple(word)) for _, word in words))


def _read_glyph(glyph: Glyph, prediction: Prediction, row: int, *, stray: bool) -> ReadGlyph:
    candidates = prediction.top(CANDIDATES, row)
    best = candidates[0]
    return ReadGlyph(best.label, best.probability, candidates, glyph, stray)
