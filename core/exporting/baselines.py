"""Where a line that was read stands: what hOCR and ALTO call its baseline."""

from __future__ import annotations

import numpy as np

from core.alphabet import ASCII94
from core.composing import Frame, load_context
from core.composing.placing import fit_frame
from core.reading import ReadLine


def line_frame(line: ReadLine) -> Frame | None:
    """The line on which the characters stand best, in source pixels; None where nobody knows how
    any of its signs stand."""
    boxes, odds = [], []
    for word in line.words:
        for glyph in word.glyphs:
            known = [sign for sign in _both_cases(glyph.text) if sign in ASCII94.index]
            if known:
                row = np.zeros(len(ASCII94))
                row[[ASCII94.index[sign] for sign in known]] = 1 / len(known)
                boxes.append(glyph.box)
                odds.append(row)
    return fit_frame(boxes, np.stack(odds), load_context()) if boxes else None


def _both_cases(sign: str) -> set[str]:
    """A narrow alphabet writes a small letter as a capital; the place tells which it was."""
    return {sign, sign.upper(), sign.lower()}
