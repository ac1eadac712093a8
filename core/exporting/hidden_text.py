"""Text on a page of PDF that is not seen, where its ink is: what is searched and copied."""

from __future__ import annotations

from core.exporting.baselines import line_frame
from core.exporting.blank_font import ADVANCE, UNITS
from core.exporting.pdf_numbers import pdf_numbers
from core.reading import ReadLine

LEAST_SIDE = 1.0
"""Pixels that a word is wide and high at least, where its ink is a dot or a stroke by itself."""

FONT = "F"
"""What a page calls the font."""


class SignCodes:
    """The code of each sign in the font of a document, given as they come up.

    Attributes:
        codes: The code of each sign that came up, from 1.
    """

    def __init__(self) -> None:
        self.codes: dict[str, int] = {}

    def encoded(self, text: str) -> str:
        """The codes of `text`, in hexadecimal."""
        return "".join(f"{self.codes.setdefault(sign, len(self.codes) + 1):04X}" for sign in text)


def hidden_text(lines: tuple[ReadLine, ...], signs: SignCodes) -> str:
    """What puts the words of a page on their ink, in source pixels with y down."""
    return "\n".join([f"BT /{FONT} 1 Tf 3 Tr", *(_line(line, signs) for line in lines), "ET"])


def _line(line: ReadLine, signs: SignCodes) -> str:
    """The words of a line, each as wide as its ink and as high as the line, with spaces between.

    On a line that slants, each word stands level at its own height: programs take a slanted word
    for several. A space fills its gap: PDFium takes large letters that stand far apart for columns.
    One ends the line, too: a page that is narrower than two lines are high it reads downwards.
    """
    slope, top, bottom = _extent(line)
    height = max(bottom - top, LEAST_SIDE)
    shown = []
    starts = [*(word.box.x for word in line.words), line.box.right + LEAST_SIDE]
    at = line.box.x
    for word, following in zip(line.words, starts[1:], strict=True):
        width = max(word.box.right - at, LEAST_SIDE)
        gap = max(following - at - width, LEAST_SIDE)
        foot = bottom + slope * word.box.centre[0]
        # turned over, because the y of the ink runs down
        shown.append(f"{pdf_numbers(height, 0, 0, -height, at, foot)} Tm")
        shown.append(_stretched(word.text, width / height, signs))
        shown.append(_stretched(" ", gap / height, signs))
        at += width + gap
    return " ".join(shown)


def _extent(line: ReadLine) -> tuple[float, float, float]:
    """How far the line falls a pixel to the right, and the top and bottom of its characters where x
    is 0."""
    frame = line_frame(line)
    slope = frame.slope if frame else 0.0
    boxes = [glyph.box for word in line.words for glyph in word.glyphs]
    top = min(box.y - slope * box.centre[0] for box in boxes)
    return slope, top, max(box.bottom - slope * box.centre[0] for box in boxes)


def _stretched(text: str, width: float, signs: SignCodes) -> str:
    """Text that is `width` wide, in sizes of the font."""
    stretch = 100 * width / (len(text) * ADVANCE / UNITS)
    return f"{pdf_numbers(stretch)} Tz <{signs.encoded(text)}> Tj"
