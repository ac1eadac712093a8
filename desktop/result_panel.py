"""The right side of the window: what was read, and why it may be that."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QPlainTextEdit, QVBoxLayout, QWidget

from core.reading import ReadGlyph, Reading
from desktop.chart import CandidateChart, TileView, percent

_TEXT_LINES = 3

_TEXT_SIZE = 1.6
"""The text that was read is what people look for: its letters are this much larger."""


class ResultPanel(QWidget):
    """The text, the glyph as the model sees it, and its candidates."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.text = QPlainTextEdit()
        self.text.setReadOnly(True)
        self.text.setTabChangesFocus(True)
        self.text.setAccessibleName(self.tr("Text"))
        self.text.setToolTip(self.tr("What was read"))
        font = self.text.font()
        font.setPointSizeF(font.pointSizeF() * _TEXT_SIZE)
        self.text.setFont(font)
        self.text.setFixedHeight(round(self.text.fontMetrics().lineSpacing() * (_TEXT_LINES + 0.7)))
        self.summary = QLabel()
        self.summary.setTextFormat(Qt.TextFormat.PlainText)
        self.summary.setWordWrap(True)
        self.tile = TileView()
        self.chart = CandidateChart()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.text)
        column.addWidget(self.summary)
        column.addWidget(self.tile)
        column.addWidget(self.chart, 1)
        self.setMinimumWidth(260)

    def show_reading(self, reading: Reading | None) -> None:
        """Shows what was read; with nothing known yet, nothing."""
        text = "" if reading is None else reading.text
        if text != self.text.toPlainText():
            self.text.setPlainText(text)
        if reading is not None and reading.nothing_here:
            self._say(self.tr("Nothing here"))

    def show_glyph(self, glyph: ReadGlyph | None) -> None:
        """Shows one glyph's candidates."""
        self.tile.show_tile(None if glyph is None else glyph.glyph.tile)
        self.chart.show_candidates(() if glyph is None else glyph.candidates)
        if glyph is not None:
            sure = self.tr("{sign}, {percent} sure")
            said = self.tr("Perhaps no character") if glyph.stray else sure
            self._say(said.format(sign=glyph.text, percent=percent(glyph.confidence)))

    def say_nothing(self) -> None:
        """Leaves the summary empty: nothing is known."""
        self._say("")

    def _say(self, text: str) -> None:
        self.summary.setText(text)
        self.summary.setAccessibleName(self.tr("Result: {text}").format(text=text))
