"""Marks under the signs of a text that were read in doubt."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtGui import (
    QColor,
    QPalette,
    QSyntaxHighlighter,
    QTextBlock,
    QTextCharFormat,
    QTextDocument,
)

from desktop.look.theme import SHAPE_CONTRAST, contrast
from desktop.reading.confidence import Grade, grade, line_colour, shows_high_contrast

if TYPE_CHECKING:
    from core.reading import Reading, ReadLine

_TINT = 0.16
"""Opacity of what lies under a doubtful sign, beside the line under it."""

_LIGHTER = 112
"""Per cent: how much lighter a colour gets at each step, until it can be seen on dark ground."""

_MOST_STEPS = 12


class DoubtMarks(QSyntaxHighlighter):
    """Marks the signs of a document that shows the text of a reading, a block for each line.

    Args:
        document: Of the text.
    """

    def __init__(self, document: QTextDocument) -> None:
        super().__init__(document)
        self._lines: tuple[ReadLine, ...] = ()
        self._palette = QPalette()

    def show(self, reading: Reading | None) -> None:
        """Marks what is doubtful in a reading; to be called before its text is put in."""
        self._lines = () if reading is None else reading.lines

    def set_palette(self, palette: QPalette) -> None:
        """Takes over the colours that the text is shown in."""
        self._palette = palette
        self.rehighlight()

    def highlightBlock(self, text: str) -> None:
        number = self.currentBlock().blockNumber()
        if not QTextBlock.isValid(self.currentBlock()) or number >= len(self._lines):
            return
        line, at = self._lines[number], 0
        if line.text != text:
            return  # the text of before, that is about to be replaced
        for word in line.words:
            for glyph in word.glyphs:
                one = grade(glyph)
                if one.doubtful:
                    self.setFormat(at, len(glyph.text), self._format(one))
                at += len(glyph.text)
            at += 1

    def _format(self, one: Grade) -> QTextCharFormat:
        colour = line_colour(one, strong=shows_high_contrast())
        colour = _seen_on(colour, self._palette.color(QPalette.ColorRole.Base))
        mark = QTextCharFormat()
        mark.setUnderlineStyle(QTextCharFormat.UnderlineStyle.DashUnderline)
        mark.setUnderlineColor(colour)
        tint = QColor(colour)
        tint.setAlphaF(_TINT)
        mark.setBackground(tint)
        return mark


def _seen_on(colour: QColor, ground: QColor) -> QColor:
    """A colour, made lighter until it can be seen on dark ground; as it is on light ground."""
    for _ in range(_MOST_STEPS):
        if contrast(colour, ground) >= SHAPE_CONTRAST:
            break
        colour = colour.lighter(_LIGHTER)
    return colour
