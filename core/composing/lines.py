"""A line that was decided → a line of the reading."""

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
